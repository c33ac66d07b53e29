"""The adaptive LIF neuron from spike to spike: every spike is the first crossing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snnlab.neurons import (
    LIF,
    AdaptiveLIF,
    lif_latency,
    simulate_adaptive_lif,
    simulate_adaptive_lif_exact,
    simulate_lif_exact,
)
from snnlab.neurons.models import adaptive_lif_exact as module


@settings(max_examples=150, deadline=None)
@given(
    v=st.floats(-90, -40),
    a=st.floats(0, 30),
    v_inf=st.floats(-80, 0),
    tau_m=st.floats(1, 100),
    ratio=st.floats(0.05, 20),
)
def test_a_wait_ends_at_the_first_crossing(v, a, v_inf, tau_m, ratio):
    """At its end the potential is at the threshold; before, nowhere above it, on a fine grid."""
    v_th, tau_a = -50.0, ratio * tau_m
    wait = module.wait_for_spike(v, a, v_inf, v_th, tau_m, tau_a)

    def distance(t):
        return v_inf + (v - v_inf) * np.exp(-t / tau_m) - v_th - a * np.exp(-t / tau_a)

    slow = max(tau_m, tau_a)
    if np.isinf(wait):
        assert np.all(distance(np.linspace(0, 40 * slow, 4001)) <= 1e-9)
        return
    assert wait >= 0
    if wait == 0:
        assert v >= v_th + a
    else:
        assert abs(distance(wait)) < 1e-9
        assert np.all(distance(np.linspace(0, wait, 4001)[:-1]) <= 1e-9)


def test_equal_time_constants_and_no_height_are_no_special_cases():
    """Both divide by something that is then zero."""
    near = [
        module.wait_for_spike(-60.0, 4.0, -30.0, -50.0, 20.0, tau_a) for tau_a in (19.999999, 20.0, 20.000001)
    ]
    assert near[1] == pytest.approx(20.0 * np.log((-30.0 + 60.0 + 4.0) / 20.0), rel=1e-12, abs=0)
    assert near == pytest.approx([near[1]] * 3, rel=1e-6)
    assert module.wait_for_spike(-40.0, 0.0, -45.0, -50.0, 20.0, 50.0) == 0.0
    assert module.wait_for_spike(-55.0, 0.0, -52.0, -50.0, 20.0, 50.0) == np.inf
    falling = module.wait_for_spike(
        -45.0, 10.0, -48.0, -50.0, 20.0, 20.0
    )  # v falls, the threshold falls to meet it
    assert falling == pytest.approx(20.0 * np.log((10.0 - 3.0) / 2.0), rel=1e-12, abs=0)


@pytest.mark.parametrize("neuron", [LIF(), LIF(v_reset=-58.0, t_ref=0.0, tau_m=7.0)])
def test_without_a_jump_it_is_the_exact_lif_neuron(neuron):
    i = np.random.default_rng(3).uniform(-0.3, 0.9, (60, 3))
    plain = simulate_lif_exact(i, neuron, dt=10.0)
    spikes = simulate_adaptive_lif_exact(i, AdaptiveLIF(*neuron, beta=0.0), dt=10.0)
    assert plain.n_spikes > 50 and spikes.n_spikes == plain.n_spikes
    assert spikes.times == pytest.approx(plain.times, rel=1e-12, abs=0)


def test_the_first_spike_knows_nothing_of_adaptation():
    i = np.array([0.16, 0.3, 2.0])
    first = [train[0] for train in simulate_adaptive_lif_exact(i[None], AdaptiveLIF(beta=9.0), dt=200.0)]
    assert first == pytest.approx(lif_latency(i, LIF()), rel=1e-12, abs=0)


@pytest.mark.parametrize("neuron", [AdaptiveLIF(), AdaptiveLIF(beta=6.0, tau_a=40.0, v_reset=-52.0)])
def test_the_grid_converges_to_it_in_first_order(neuron):
    i = np.random.default_rng(3).uniform(0.2, 0.6, 20)
    exact = simulate_adaptive_lif_exact(i, neuron, dt=10.0).times[:8]
    errors = []
    for dt in (0.1, 0.01, 0.001):
        times = simulate_adaptive_lif(np.repeat(i, round(10 / dt)), neuron, dt).spikes.times[:8]
        errors.append(np.abs(times - exact).max())
        assert errors[-1] < 8 * dt
    assert errors[2] < errors[0] / 30


def test_a_current_per_piece_and_per_step_give_the_same_times():
    pieces = np.random.default_rng(7).uniform(0, 0.8, 30)
    once = simulate_adaptive_lif_exact(pieces, dt=10.0)
    cut = simulate_adaptive_lif_exact(np.repeat(pieces, 100), dt=0.1)
    assert once.n_spikes > 8 and cut.times == pytest.approx(once.times, abs=1e-9)


def test_room_for_spikes_grows_as_needed():
    assert simulate_adaptive_lif_exact([2.0], AdaptiveLIF(beta=0.01), dt=60_000.0).n_spikes > 2000
    with pytest.raises(ValueError, match=r"number of spikes must be at most 1e\+08"):
        simulate_adaptive_lif_exact([1e6], AdaptiveLIF(t_ref=0.0, beta=0.0), dt=1e9)
