"""A kernel by hand: its guess is that of `reconstruct`, its height the best one, its rival least squares."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import Decoder, fit_decoder, reconstruct
from snnlab.coding.decoding.kernel_by_hand import kernel_by_hand
from snnlab.data import load_grasshopper


@pytest.fixture(scope="module")
def heard():
    recording = load_grasshopper()
    return recording.spikes, 20 * np.log10(recording.stimulus.reshape(-1, 2).mean(axis=1))


@pytest.mark.parametrize(
    "values", [(6.0, 6.0), (-6.5, 1.5, 40.0), (0.0, 3.0, 0.0, 100.0), (25.0, 6.0, 0.0, 50.0)]
)
def test_the_guess_is_that_of_the_kernel(heard, values):
    spikes, loudness = heard
    seen = kernel_by_hand(spikes, loudness, 1.0, *values)
    guess = reconstruct(spikes, Decoder(seen.lag, seen.curve[:, None], 0.0, 1.0))
    assert seen.correlation == pytest.approx(np.corrcoef(guess, loudness)[0, 1], rel=1e-9, abs=0)
    np.testing.assert_allclose(seen.guess, guess - guess.mean() + loudness.mean(), rtol=1e-9)
    assert seen.height == pytest.approx(np.interp(values[0], seen.lag, seen.curve))


def test_it_is_a_gaussian_with_a_dip_as_high_as_brings_it_closest(heard):
    spikes, loudness = heard
    seen = kernel_by_hand(spikes, loudness, 1.0, -6.0, 1.5, 40.0)
    x = (seen.lag + 6.0) / 1.5
    shape = np.exp(-(x**2) / 2) - 0.4 * np.exp(-((x + 2) ** 2) / 2)
    factor = seen.curve[24] / shape[24]
    np.testing.assert_allclose(seen.curve, factor * shape, rtol=1e-9, atol=1e-12)
    told = reconstruct(spikes, Decoder(seen.lag, shape[:, None], 0.0, 1.0))
    assert factor == pytest.approx(np.polyfit(told, loudness, 1)[0])


def test_the_kernel_of_least_squares_is_the_best(heard):
    seen = kernel_by_hand(*heard, 1.0, 0.0, 3.0, share=100.0)
    assert seen.curve == pytest.approx(fit_decoder(*heard, 1.0, -30, 30).kernel[:, 0], abs=1e-3)
    rng = np.random.default_rng(1)
    for _ in range(20):
        own = rng.integers(-50, 50) / 2, rng.integers(1, 30) / 2, rng.uniform(0, 100)
        assert kernel_by_hand(*heard, 1.0, *own).correlation < seen.correlation


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"spikes": Spikes([1.0], n_units=2, duration=100)}, "spikes must be those of one neuron, got 2"),
        ({"place": 31.0}, "place must be within 30 ms of the spike, got 31"),
        ({"width": 0.0}, "width must be positive and finite, got 0"),
        ({"share": 101.0}, "share must be at most 100 %, got 101"),
        ({"stimulus": np.ones(99)}, "stimulus must have one value a step (100 of 1 ms), got 99"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    given = {"spikes": Spikes([1.0], duration=100), "stimulus": np.ones(100), "dt": 1.0}
    with pytest.raises(ValueError) as failure:
        kernel_by_hand(**(given | {"place": 0.0, "width": 1.0} | wrong))
    assert str(failure.value) == sentence
