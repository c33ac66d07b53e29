"""The twin in real numbers: closed forms, and the distance from whole numbers."""

import numpy as np
import pytest

from snnlab.loihi import (
    LAVA,
    Compartment,
    FloatCompartment,
    float_twin,
    simulate_compartments,
    simulate_float_compartments,
)


def test_a_current_decays_as_a_power():
    """One input: u = q k_u^t, and v = q (k_v^(t+1) − k_u^(t+1)) / (k_v − k_u)."""
    q, t = np.r_[1000.0, np.zeros(59)], np.arange(60)
    run = simulate_float_compartments(q, FloatCompartment(0.2, 0.05, 1e9))
    np.testing.assert_allclose(run.u[:, 0], 1000.0 * 0.8**t, rtol=1e-12)
    v = 1000.0 * (0.95 ** (t + 1) - 0.8 ** (t + 1)) / 0.15
    np.testing.assert_allclose(run.v[:, 0], v, rtol=1e-12)


def test_a_bias_fills_the_voltage():
    """v = b (1 − k_v^(t+1)) / (1 − k_v), for each compartment its own, from where it starts."""
    t = np.arange(80)[:, None]
    run = simulate_float_compartments(
        np.zeros((80, 2)), FloatCompartment(1.0, 0.1, 1e9), bias=[3.0, -2.0], v_start=[0.0, 7.0]
    )
    v = np.array([3.0, -2.0]) * (1 - 0.9 ** (t + 1)) / 0.1 + [0.0, 7.0] * 0.9 ** (t + 1)
    np.testing.assert_allclose(run.v, v, rtol=1e-12)


@pytest.mark.parametrize("rest", [1, 2, 7])
def test_it_fires_above_its_threshold_and_rests(rest):
    run = simulate_float_compartments(np.full(20, 5.0), FloatCompartment(1.0, 0.0, 5.0, rest))
    assert run.spikes.times.tolist() == list(range(1, 20, rest + 1))
    assert (run.u == 5.0).all() and set(run.v.ravel()) == {0.0, 5.0}


def test_whole_numbers_are_as_near_as_their_rounding_allows():
    """Each step drops less than 1 of u and of v; what is dropped decays. So |Δu| < 1/a_u, |Δv| < …."""
    neuron = Compartment(decay_u=410, decay_v=205, v_th=131071)
    q = np.random.default_rng(4).integers(-2000, 2000, (500, 6))
    chip, real = simulate_compartments(q, neuron), simulate_float_compartments(q, float_twin(neuron))
    a_u, a_v = 410 / 4096, 205 / 4096
    assert 0 < np.abs(chip.u - real.u).max() < 1 / a_u
    assert np.abs(chip.v - real.v).max() < (1 + 1 / a_u) / a_v


def test_the_twin_has_the_numbers_of_its_convention():
    numbers = Compartment(decay_u=1023, decay_v=0, v_th=3, refractory=1)
    assert float_twin(numbers, LAVA) == FloatCompartment(0.25, 0.0, 192.0, 1)
    assert float_twin(numbers).decay_u == 1023 / 4096


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((FloatCompartment(1.5),), "decay_u must be between 0 and 1, got 1.5"),
        ((FloatCompartment(decay_v=-0.1),), "decay_v must be between 0 and 1, got -0.1"),
        ((FloatCompartment(v_th=-1.0),), "v_th must be zero or positive, and finite, got -1"),
        ((FloatCompartment(refractory=0),), "refractory must be at least 1, got 0"),
    ],
)
def test_what_cannot_be_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        simulate_float_compartments([1.0], *arguments)
    with pytest.raises(ValueError, match=r"bias must be a number or have shape \(1,\), got \(2,\)"):
        simulate_float_compartments([1.0], bias=[1.0, 2.0])
    with pytest.raises(ValueError, match=r"q must be finite, got nan at \[0\]"):
        simulate_float_compartments([np.nan])


def test_a_soft_reset_has_no_twin():
    with pytest.raises(ValueError, match="soft_reset must be False for a twin in real numbers, got True"):
        float_twin(Compartment(soft_reset=True))
