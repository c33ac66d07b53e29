"""Smoothed trials: their spikes, their rate and what is expected of it are those of the other functions."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import rescaled_spikes, smooth_rate, smoothing_error
from snnlab.coding.generators.smoothed_trials import smoothed_trials

SEED, DT = np.uint64(6), 0.5
TRUE = 40 + 30 * np.sin(2 * np.pi * np.arange(0.25, 400, DT) / 50)


def seen(**changed):
    return smoothed_trials(**({"rate": TRUE, "dt": DT, "trials": 30, "width": 4.0, "rng": SEED} | changed))


@pytest.mark.parametrize(("trials", "width"), [(1, 4.0), (30, 0.5), (30, 10.0)])
def test_the_rate_is_that_of_the_same_trials_smoothed(trials, width):
    found, drawn = seen(trials=trials, width=width), rescaled_spikes(TRUE, DT, trials, rng=SEED)
    assert (
        found.n == drawn.n_spikes and Spikes(found.times, found.units, n_units=trials, duration=400) == drawn
    )
    np.testing.assert_allclose(found.estimate, smooth_rate(drawn, width, DT).rate, rtol=1e-9, atol=1e-9)
    assert found.error == pytest.approx(np.sqrt(np.mean((found.estimate - TRUE) ** 2)))
    assert (found.bias, found.noise, found.expected) == pytest.approx(
        smoothing_error(TRUE, DT, width, trials)
    )


def test_the_curve_is_what_each_width_lets_expect():
    widths = [0.5, 2.0, 8.0]
    found = seen(widths=widths)
    expected = [smoothing_error(TRUE, DT, width, 30) for width in widths]
    np.testing.assert_allclose(np.transpose([found.bias_at, found.noise_at, found.error_at]), expected)
    assert seen().error_at.size == 0


def test_the_error_is_the_expected_one():
    """The squares of fifty experiments; a smoothed curve has about T / 4 σ values of its own in each."""
    runs, values = 50, 400 / (4 * 4.0)
    squares = [seen(rng=np.random.default_rng(k)).error ** 2 for k in range(runs)]
    expected = seen().expected ** 2
    assert np.mean(squares) == pytest.approx(expected, rel=4.5 * np.sqrt(2 / (runs * values)))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rate": [1.0, -1.0]}, "rate must be zero or positive in one step or more, got -1"),
        ({"trials": 0}, "trials must be at least 1, got 0"),
        ({"width": 0.0}, "width must be positive and finite, got 0"),
        ({"widths": [1.0, -2.0]}, "widths must be positive, got -2"),
        ({"rate": [1e12]}, "the number of spikes must be at most 1e+08, got about 1.50012e+10"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        seen(**wrong)
    assert str(failure.value) == sentence
