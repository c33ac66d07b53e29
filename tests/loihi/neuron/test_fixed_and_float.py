"""Both compartments against the simulations of each, bit for bit, and the bits against whole numbers."""

import itertools

import numpy as np
import pytest

from snnlab.loihi import (
    Compartment,
    Synapse,
    float_twin,
    simulate_compartments,
    simulate_float_compartments,
    step_through,
    synaptic_input,
)
from snnlab.loihi.neuron.fixed_and_float import GLOW, fixed_and_float

PULSES = np.zeros(300, int)
PULSES[20:160:4] = 1


@pytest.mark.parametrize(
    ("decay_u", "decay_v", "exponent", "bias", "refractory"),
    [
        *itertools.product((0, 60, 410, 1024), (0, 205), (-8, -7, 0, 7), (-20, 3), (1,)),
        (410, 32, -8, 3, 1),
        (410, 205, -7, 2, 3),
        (60, 205, 7, 0, 10),
    ],
)
def test_they_are_the_simulations(decay_u, decay_v, exponent, bias, refractory):
    chip = Compartment(decay_u, decay_v, v_th=5, refractory=refractory)
    seen = fixed_and_float(PULSES, chip, 128, exponent, bias)
    q = synaptic_input(PULSES[:, None], [[128]], Synapse(exponent=exponent))
    run = simulate_compartments(q, chip, bias=bias)
    np.testing.assert_array_equal(seen.u, run.u[:, 0])
    np.testing.assert_array_equal(seen.v, run.v[:, 0])
    np.testing.assert_array_equal(seen.times, run.spikes.times)
    real = simulate_float_compartments(q, float_twin(chip), bias=bias)
    np.testing.assert_allclose(seen.v_real, real.v[:, 0], rtol=1e-12, atol=1e-9)
    np.testing.assert_array_equal(seen.times_real, real.spikes.times)
    assert (seen.n, seen.n_real) == (run.spikes.n_spikes, real.spikes.n_spikes)
    wraps = np.array([step.wraps for step in step_through(q[:, 0], chip, bias=bias)])
    assert seen.wraps == wraps.sum() and seen.size == np.abs(run.u).max() and seen.end == run.v[-1, 0]
    digits = (run.u[:, 0].astype(np.int64)[None] >> np.arange(24)[:, None]) & 1
    np.testing.assert_array_equal(np.isfinite(seen.bits[:24]), digits == 1)
    glow = np.convolve(wraps, np.ones(GLOW))[:300] > 0
    np.testing.assert_array_equal(seen.bits[24] == 1, glow)
    lit = seen.bits[:24, glow]
    assert set(lit[np.isfinite(lit)]) <= {1.0} and not (seen.bits[:24, ~glow] == 1).any()


def test_a_soft_reset_takes_the_threshold_off_in_both():
    chip = Compartment(v_th=5, soft_reset=True)
    seen = fixed_and_float(PULSES, chip, 4)
    run = simulate_compartments(synaptic_input(PULSES[:, None], [[4]]), chip)
    np.testing.assert_array_equal(seen.v, run.v[:, 0])
    assert seen.n == run.spikes.n_spikes > fixed_and_float(PULSES, chip._replace(soft_reset=False), 4).n
    assert abs(seen.n_real - seen.n) < 0.1 * seen.n and seen.v_real[seen.times_real[0].astype(int)] > 0


def test_the_lowest_voltage_belongs_to_the_chip_alone():
    seen = fixed_and_float(np.zeros(50), Compartment(v_min=-100, decay_v=0), bias=-20)
    assert seen.v.min() == -100 and seen.v_real[-1] == -1000


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"pulses": [0, 2]}, "pulses must be whole, from 0 to 1, got 2"),
        ({"pulses": []}, "pulses must have shape (steps,) and one step at least, got (0,)"),
        ({"compartment": Compartment(refractory=65)}, "refractory must be from 1 to 64, got 65"),
        ({"exponent": 8}, "exponent must be from -8 to 7, got 8"),
        ({"bias": 5000}, "bias must be from -4096 to 4095, got 5000"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        fixed_and_float(**({"pulses": PULSES} | wrong))
    assert str(failure.value) == sentence
