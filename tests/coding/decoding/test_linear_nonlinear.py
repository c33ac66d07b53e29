"""A neuron that echoes a recorded one."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import fit_linear_nonlinear, linear_nonlinear_rate, rescaled_spikes
from snnlab.coding.decoding.linear_nonlinear import LinearNonlinear
from snnlab.data import load_grasshopper

DT, STEPS = 1.0, 100_000


def known():
    """A neuron with a filter of three bumps, a stimulus without memory, and 100 s of its spikes."""
    rng = np.random.default_rng(61)
    lags = np.arange(10)
    weights = np.exp(-0.5 * ((lags - 3) / 1.5) ** 2) - 0.4 * np.exp(-0.5 * ((lags - 7) / 1.0) ** 2)
    drive = np.linspace(-10, 10, 201)
    neuron = LinearNonlinear(weights, 2.0, drive, 60 / (1 + np.exp(-1.5 * drive)), DT)
    stimulus = 2.0 + rng.standard_normal(STEPS)
    true = linear_nonlinear_rate(stimulus, neuron)
    return neuron, stimulus, true, rescaled_spikes(true, DT, rng=rng)


def test_a_known_filter_is_found():
    """For a stimulus without memory the weights are those of the neuron, times a constant (Bussgang)."""
    neuron, stimulus, _, spikes = known()
    found = fit_linear_nonlinear(spikes, stimulus, DT, memory=10.0, friction=0.0)
    scale = found.weights @ neuron.weights / (neuron.weights @ neuron.weights)
    scatter = np.sqrt(
        30 * DT / 1000 / STEPS
    )  # of a weight: counts of 0.03 a step over a stimulus of variance 1
    z = (found.weights - scale * neuron.weights) / scatter
    assert np.all(np.abs(z) < 4.5) and abs(z.var() - 1) < 4.5 * np.sqrt(2 / z.size)
    assert scale > 20 * scatter
    assert found.mean == pytest.approx(2, abs=4.5 / np.sqrt(STEPS))


def test_a_known_rate_is_found():
    """The curve follows the true rate averaged over its bins, and the error is that of counting."""
    _, stimulus, true, spikes = known()
    found = fit_linear_nonlinear(spikes, stimulus, DT, memory=10.0, friction=0.0, points=8)
    rate = linear_nonlinear_rate(stimulus, found)
    assert np.corrcoef(rate, true)[0, 1] > 0.98
    assert rate.mean() == pytest.approx(true.mean(), rel=0.05)
    assert np.all(np.diff(found.rate) >= 0) and np.all(np.diff(found.drive) > 0)


def test_friction_shrinks_the_weights():
    _, stimulus, _, spikes = known()
    sizes = [np.abs(fit_linear_nonlinear(spikes, stimulus, DT, 10.0, f).weights).sum() for f in (0, 1.0, 9.0)]
    assert sizes[1] == pytest.approx(sizes[0] / 2, rel=0.05) and sizes[2] == pytest.approx(
        sizes[0] / 10, rel=0.05
    )


def test_the_echo_of_the_grasshopper_foretells_spikes_it_was_not_fitted_to():
    """Fitted to one half, tried on the other: information per spike above that of the mean rate alone."""
    heard = load_grasshopper()
    loudness, half = np.log(heard.stimulus), heard.stimulus.size // 2
    echo = fit_linear_nonlinear(heard.spikes.between(0, 5000), loudness[:half], heard.dt)
    expected = linear_nonlinear_rate(loudness, echo)[half:] * heard.dt / 1000
    counts = heard.spikes.between(5000, 10_000).counts(heard.dt)[:, 0]
    mean = counts.mean()
    bits = ((counts * np.log2(expected / mean)).sum() - (expected - mean).sum() / np.log(2)) / counts.sum()
    error = np.std(np.log2(expected / mean)[counts > 0]) / np.sqrt(counts.sum())
    assert bits > 0.5 + 4 * error  # shuffled in time it would be below 0
    late = np.roll(expected, 400)
    assert (counts * np.log2(late / mean)).sum() - (late - mean).sum() / np.log(2) < 0


def test_before_the_beginning_the_stimulus_was_as_on_average():
    neuron = LinearNonlinear(
        np.array([0.0, 0.0, 1.0]), 5.0, np.array([-10.0, 10.0]), np.array([0.0, 100.0]), 1.0
    )
    assert linear_nonlinear_rate([7.0, 5.0, 5.0, 5.0], neuron).tolist() == [50.0, 50.0, 60.0, 50.0]


def test_a_stimulus_that_is_played_slower_goes_straight_from_step_to_step():
    neuron = LinearNonlinear(np.array([1.0]), 0.0, np.array([0.0, 10.0]), np.array([0.0, 100.0]), 1.0)
    assert linear_nonlinear_rate([0.0, 6.0, 9.0, 0.0], neuron, slower=2.0).tolist() == [0.0, 30.0, 60.0, 75.0]


def test_bad_input():
    spikes, stimulus = Spikes([1.0, 5.0], duration=1000), np.sin(np.arange(1000.0))
    with pytest.raises(TypeError, match="spikes must be Spikes, got list"):
        fit_linear_nonlinear([1.0], stimulus, 1.0)
    with pytest.raises(ValueError, match="spikes must be of one unit, got 2"):
        fit_linear_nonlinear(Spikes([1.0], n_units=2, duration=1000), stimulus, 1.0)
    with pytest.raises(
        ValueError, match="stimulus must have ten times as many steps as the filter and the curve, got 50"
    ):
        fit_linear_nonlinear(spikes, stimulus[:50], 1.0)
    with pytest.raises(ValueError, match="spikes and stimulus must change"):
        fit_linear_nonlinear(spikes, np.ones(1000), 1.0)
    with pytest.raises(ValueError, match="friction must be zero or positive, and finite, got -1"):
        fit_linear_nonlinear(spikes, stimulus, 1.0, friction=-1)
    with pytest.raises(TypeError, match="neuron must be a LinearNonlinear, got int"):
        linear_nonlinear_rate(stimulus, 3)
    neuron = LinearNonlinear(np.array([1.0]), 0.0, np.array([0.0, 1.0]), np.array([0.0, 50.0]), 1.0)
    with pytest.raises(ValueError, match="slower must be at least 1"):
        linear_nonlinear_rate(stimulus, neuron, slower=0.5)
