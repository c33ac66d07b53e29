"""Neurons that differ run as each would alone."""

import numpy as np
import pytest

from snnlab.neurons import (
    LIF,
    QIF,
    AdaptiveLIF,
    AdEx,
    HodgkinHuxley,
    Izhikevich,
    simulate_adaptive_lif,
    simulate_adex,
    simulate_hodgkin_huxley,
    simulate_izhikevich,
    simulate_lif,
    simulate_qif,
    simulate_theta,
)


def test_each_neuron_has_its_own_numbers():
    i = np.random.default_rng(0).uniform(0.1, 0.5, (2000, 3))
    v_th, tau_m = np.array([-50.0, -55.0, -45.0]), [10.0, 20.0, 30.0]
    run = simulate_lif(i, LIF(v_th=v_th, tau_m=tau_m, t_ref=1.0))
    for k in range(3):
        alone = simulate_lif(i[:, k], LIF(v_th=v_th[k], tau_m=tau_m[k], t_ref=1.0))
        np.testing.assert_array_equal(run.v[:, k], alone.v)
        np.testing.assert_array_equal(run.spikes[k], alone.spikes[0])
    assert run.spikes.n_spikes > 30 and run.spikes.n_units == 3 and run.spikes.duration == pytest.approx(200)
    assert np.all(np.diff(run.spikes.times) >= 0)


MODELS = {
    "LIF": (simulate_lif, LIF(), 1.0, 0.1),
    "adaptive LIF": (simulate_adaptive_lif, AdaptiveLIF(), 1.0, 0.1),
    "AdEx": (simulate_adex, AdEx(), 3.0, 0.1),
    "Izhikevich": (simulate_izhikevich, Izhikevich(), 40.0, 0.1),
    "QIF": (simulate_qif, QIF(), 4.0, 0.1),
    "theta": (simulate_theta, QIF(), 4.0, 0.1),
    "Hodgkin–Huxley": (simulate_hodgkin_huxley, HodgkinHuxley(), 40.0, 0.03),
}


@pytest.mark.parametrize("model", MODELS)
def test_many_neurons_of_which_none_is_like_another_are_each_of_them_alone_to_the_byte(model):
    simulate, neuron, strongest, dt = MODELS[model]
    rng, n = np.random.default_rng(1), 12
    i = rng.uniform(0.0, strongest, (1500, n))
    numbers = type(neuron)(*(value * rng.uniform(0.95, 1.05, n) for value in neuron))
    run = simulate(i, numbers, dt)
    for k in range(n):
        alone = simulate(i[:, k], type(neuron)(*(values[k] for values in numbers)), dt)
        for together, value in zip(run[:-1], alone[:-1], strict=True):
            assert together[:, k].tobytes() == value.tobytes()
        assert run.spikes[k].tobytes() == alone.spikes[0].tobytes()
        assert [values[k] for values in run.state] == [values[0] for values in alone.state]
    assert run.spikes.n_spikes > 2 * n and np.all(np.diff(run.spikes.times) >= 0)


def test_where_it_may_not_start_is_named_with_its_neuron():
    with pytest.raises(ValueError, match=r"v_start must not be above v_th \(-55 mV\), got -52 \(neuron 1\)"):
        simulate_lif(np.zeros((5, 2)), LIF(v_th=[-50.0, -55.0]), v_start=-52.0)


def test_a_number_that_is_wrong_is_named_with_its_neuron():
    i = np.zeros((5, 2))
    with pytest.raises(ValueError, match=r"tau_m must be positive and finite, got 0 \(neuron 1\)"):
        simulate_lif(i, LIF(tau_m=[1.0, 0.0]))
    with pytest.raises(
        ValueError, match=r"v_th must be one number or one for each of 2 neurons, got shape \(3,\)"
    ):
        simulate_lif(i, LIF(v_th=np.full(3, -50.0)))
    with pytest.raises(ValueError, match=r"i must have shape \(steps, n\), one column for each neuron"):
        simulate_lif(np.zeros(5), LIF(v_th=np.full(1, -50.0)))
    with pytest.raises(ValueError, match="i must have a column for one neuron at least"):
        simulate_lif(np.zeros((5, 0)), LIF(v_th=np.zeros(0)))
    with pytest.raises(ValueError, match="v_th must be one number or one for each neuron, got a ragged list"):
        simulate_lif(i, LIF(v_th=[[-50.0], [-50.0, -51.0]]))
