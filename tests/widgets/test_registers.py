"""The panel of registers: what it draws is what the package computes, bit for bit."""

import itertools

import numpy as np
import pytest
from snnlab_widgets import registers_panel
from snnlab_widgets.chapters.chapter26.registers import CHIP, EVERY, FIRST, GLOW, LAST, MANTISSA, STEPS

from snnlab.loihi import (
    Synapse,
    float_twin,
    simulate_compartments,
    simulate_float_compartments,
    step_through,
    synaptic_input,
)


@pytest.fixture(scope="module")
def panel():
    return registers_panel(engine="kernel")


@pytest.mark.parametrize(
    ("decay_u", "decay_v", "exponent", "bias"),
    [*itertools.product((0, 60, 410, 1024), (0, 205), (-8, -7, 0, 7), (-20, 3)), (410, 32, -8, 3)],
)
def test_it_is_the_simulation(panel, decay_u, decay_v, exponent, bias):
    for name, value in (
        ("decay_u", decay_u), ("decay_v", decay_v), ("exponent", exponent), ("bias", bias)
    ):  # fmt: skip
        setattr(panel, name, value)
    result = panel.result
    spikes = np.zeros((STEPS, 1), int)
    spikes[FIRST:LAST:EVERY] = 1
    q = synaptic_input(spikes, [[MANTISSA]], Synapse(exponent=exponent))
    chip = CHIP._replace(decay_u=decay_u, decay_v=decay_v)
    run = simulate_compartments(q, chip, bias=bias)
    np.testing.assert_array_equal(result.u, run.u[:, 0])
    np.testing.assert_array_equal(result.v, run.v[:, 0])
    np.testing.assert_array_equal(result.times, run.spikes.times)
    real = simulate_float_compartments(q, float_twin(chip), bias=bias)
    np.testing.assert_allclose(result.v_real, real.v[:, 0], rtol=1e-12, atol=1e-9)
    np.testing.assert_array_equal(result.times_real, real.spikes.times)
    assert (result.n, result.n_real) == (run.spikes.n_spikes, real.spikes.n_spikes)
    wraps = np.array([step.wraps for step in step_through(q[:, 0], chip, bias=bias)])
    assert result.wraps == wraps.sum() and result.size == np.abs(run.u).max() and result.end == run.v[-1, 0]
    digits = (run.u[:, 0].astype(np.int64)[None] >> np.arange(24)[:, None]) & 1
    np.testing.assert_array_equal(np.isfinite(result.bits[:24]), digits == 1)
    glow = np.convolve(wraps, np.ones(GLOW))[:STEPS] > 0
    np.testing.assert_array_equal(result.bits[24] == 1, glow)
    lit = result.bits[:24, glow]
    assert set(lit[np.isfinite(lit)]) <= {1.0} and not (result.bits[:24, ~glow] == 1).any()


def test_the_presets_do_what_they_are_called(panel):
    panel.preset("a small bias")
    assert panel.result.n == 0 < panel.result.n_real
    panel.preset("overflow")
    assert panel.result.wraps > 0 and panel.result.n < panel.result.n_real
    panel.preset("a weight of nothing")
    assert panel.result.size == 0
    panel.preset("a slow current")
    assert panel.result.times[-1] > LAST + 50
