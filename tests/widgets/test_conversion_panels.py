"""The panels of chapter 13 against the package, beyond the start values."""

import numpy as np
import pytest
from snnlab_widgets import diffusion_limit_panel, dragged_point_panel, drawn_digit_panel, rate_counts_panel
from snnlab_widgets.chapters.chapter13.rate_counts import seen_before

from snnlab.coding.nef.dragged_point import dragged_point
from snnlab.data.drawings import load_drawings
from snnlab.learning.conversion.drawn_digit import drawn_digit
from snnlab.learning.conversion.rate_counts import rate_counts
from snnlab.networks.comparisons.diffusion_limit import diffusion_limit


@pytest.mark.parametrize(
    ("steps", "a", "percentile", "subtract"), [(1, 0.0, 100.0, 1), (63, 1.27, 95.5, 0), (200, 2.9, 90.0, 1)]
)
def test_a_count_is_that_of_the_package(steps, a, percentile, subtract):
    panel = rate_counts_panel(engine="kernel", steps=steps, a=a, percentile=percentile, subtract=subtract)
    seen = rate_counts(a, steps, seen_before(), percentile, subtract=subtract == 1)
    for name, value in seen._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


@pytest.mark.parametrize(
    ("x", "y", "neurons", "noise", "seed"), [(-1.0, 1.0, 4, 0.01, 1), (0.0, 0.0, 36, 0.5, 7)]
)
def test_a_point_is_that_of_the_package(x, y, neurons, noise, seed):
    panel = dragged_point_panel(engine="kernel", x=x, y=y, neurons=neurons, noise=noise, seed=seed)
    seen = dragged_point(x, y, neurons, noise, rng=np.uint64(seed))
    for name, value in seen._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


@pytest.mark.parametrize(("digit", "steps", "v_0"), [(4, 1, 0.0), (8, 33, 0.5), (None, 100, 0.25)])
def test_a_drawn_digit_is_that_of_the_package(digit, steps, v_0):
    strokes = load_drawings()[digit] if digit else []
    panel = drawn_digit_panel(engine="kernel", steps=steps, v_0=v_0, drawing=strokes)
    for name, value in drawn_digit(strokes, steps, v_0)._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


def test_what_the_outputs_say_of_ten_digits_stays_on_the_scale():
    """Nine of ten values; beyond its ends the scale has the colour of the end."""
    low, high = drawn_digit_panel(engine="kernel").views[2].z_axis.ends
    said = np.array([drawn_digit(strokes).said for strokes in load_drawings()])
    assert np.mean((said >= low) & (said <= high)) > 0.9
    assert np.ptp(said) > 0.5 * (high - low)


def test_what_is_drawn_of_the_point_stays_in_the_frame():
    """At the start values of ten seeds."""
    for seed in range(1, 11):
        result = dragged_point_panel(engine="kernel", seed=seed).result
        drawn = np.concatenate([result.at_x, result.circle, result.spokes, result.readings])
        assert np.nanmax(np.abs(drawn)) < 1.3
        assert max(result.distortions.max(), result.noises.max()) < 1.0


@pytest.mark.parametrize(("jump", "drive", "share", "seed"), [(1.2, 0.0, 0.4, 1), (0.13, 1.7, 0.15, 7)])
def test_jumps_are_those_of_the_package(jump, drive, share, seed):
    panel = diffusion_limit_panel(engine="kernel", jump=jump, drive=drive, share=share, seed=seed)
    seen = diffusion_limit(jump, drive, share, rng=np.uint64(seed))
    for name, value in seen._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


def test_the_rates_under_jumps_stay_in_the_frame():
    """At the fastest corner: the highest mean, and the most noise."""
    result = diffusion_limit_panel(engine="kernel", drive=2.0, jump=1.2, share=0.4).result
    rates = (result.fired, result.told, result.told_by_drive, result.without_noise)
    assert 100 < max(np.max(each) for each in rates) < 120
