"""The panels of chapter 14 show what the functions of the library find."""

import numpy as np
import pytest
from snnlab_widgets import drawn_neuron_panel, soft_curve_panel, ternary_tiles_panel

from snnlab.learning import Adam
from snnlab.learning.constrained.drawn_neuron import drawn_neuron
from snnlab.learning.constrained.soft_curve import soft_curve
from snnlab.learning.constrained.soft_lif import SoftLIF
from snnlab.learning.constrained.ternary_tiles import ternary_tiles


@pytest.mark.parametrize(("current", "gamma", "tau_s"), [(0.9, 0.03, 5.0), (2.2, 0.0, 20.0)])
def test_the_curve_is_that_of_the_function(current, gamma, tau_s):
    shown = soft_curve_panel(engine="kernel", current=current, gamma=gamma, tau_s=tau_s).result
    seen = soft_curve(current, SoftLIF(gamma=gamma), tau_s)
    for name in ("hard", "soft", "slope", "filtered"):
        np.testing.assert_array_equal(getattr(shown, name), getattr(seen, name))
    assert (shown.rate, shown.soft_rate, shown.soft_slope) == (seen.rate, seen.soft_rate, seen.soft_slope)
    assert (shown.sd, shown.n) == (seen.sd, seen.n)


def test_the_draws_are_those_of_the_function():
    panel = drawn_neuron_panel(engine="kernel", lines=30, chance=0.3, positive=0.7, bias=-1.25, seed=4)
    shown, seen = panel.result, drawn_neuron(30, 0.3, 0.7, -1.25, rng=np.uint64(4))
    for name in ("counted", "law", "by_normal", "by_law", "by_zero"):
        np.testing.assert_array_equal(getattr(shown, name), getattr(seen, name))
    assert (shown.fired, shown.exact, shown.normal) == (seen.fired, seen.exact, seen.normal)


def test_the_tiles_are_those_of_the_function():
    panel = ternary_tiles_panel(engine="kernel", hysteresis=0.2, rate=0.05, seed=3)
    panel.epochs = 2
    panel.epochs = 5  # goes on
    shown, seen = panel.result, ternary_tiles(5, 0.2, Adam(rate=0.05), rng=np.uint64(3))
    np.testing.assert_array_equal(shown.tiles, seen.tiles)
    np.testing.assert_array_equal(shown.shadow, seen.shadow)
    np.testing.assert_array_equal(shown.right[:6], seen.right)
    assert np.isnan(shown.right[6:]).all()
    assert (shown.percent, shown.flips, shown.zeros) == (seen.percent, seen.flips, seen.zeros)
