"""Neurons that differ run as each would alone."""

import numpy as np
import pytest

from snnlab.neurons import LIF, simulate_lif


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
