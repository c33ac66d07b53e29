"""Where a mouse was facing: the filter against its equation, and a mouse that looks around."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import bayes_posterior, decode_direction, tuning_curve
from snnlab.coding.decoding.direction_decoding import circular_gaussian, run
from snnlab.coding.decoding.population_decoding import smooth_around
from snnlab.data import load_head_direction


@pytest.fixture(scope="module")
def mouse():
    return load_head_direction()


def filtered(counts, rate, window, blur, memory):
    """The equation of the module, window by window."""
    bins = rate.shape[0]
    turned = np.array([np.roll(blur, b) for b in range(bins)]).T
    posterior = np.empty((len(counts), bins))
    before = np.full(bins, 1 / bins)
    for k, likely in enumerate(bayes_posterior(counts, rate, window)):
        posterior[k] = likely * (memory * (turned @ before) + (1 - memory) / bins)
        posterior[k] /= posterior[k].sum()
        before = posterior[k]
    return posterior


@pytest.mark.parametrize("memory", [0.0, 0.6, 1.0])
def test_each_window_is_bayes_rule_with_what_was_believed_before(memory):
    rng = np.random.default_rng(1)
    rate, counts = rng.uniform(1, 60, (12, 3)), rng.integers(0, 9, (40, 3))
    blur, expected = np.empty(12), rate * 0.1
    circular_gaussian(0.4, blur)
    found = np.zeros((40, 12))
    run(counts, np.log(expected), expected.sum(axis=1), blur, memory, blur.copy(), found)
    np.testing.assert_allclose(found, filtered(counts, rate, 100.0, blur, memory), rtol=1e-6, atol=1e-9)


def test_the_blur_is_a_gaussian_wrapped_around_the_circle():
    for width in (0.05, 0.5, 2.0):
        blur = np.empty(36)
        circular_gaussian(width, blur)
        assert blur.sum() == pytest.approx(1)
        assert blur[1:] == pytest.approx(blur[:0:-1])
        mean_cosine = blur @ np.cos(np.arange(36) * 2 * np.pi / 36)
        assert mean_cosine == pytest.approx(np.exp(-(width**2) / 2), abs=0.01)  # of a wrapped Gaussian


def test_each_half_is_read_by_what_the_other_one_taught(mouse):
    half, window = 264_000, 200.0
    cells = mouse.spikes[:7].between(0, 2 * half)
    found = decode_direction(cells, mouse.stimulus, mouse.dt, window, smoothings=[8.0])
    seen = mouse.stimulus[: round(half / mouse.dt)]
    curve = tuning_curve(cells.between(0, half), seen, mouse.dt, np.linspace(0, 2 * np.pi, 37))
    rate = np.maximum(smooth_around(curve, np.radians(8)).rate, 0.1)
    n = half // 200
    expected = bayes_posterior(cells.counts(window)[n : 2 * n], rate, window)
    np.testing.assert_allclose(found.posterior[n:], expected, rtol=1e-6, atol=1e-9)
    assert found.time[0] == window and found.time.size == 2 * n
    at = np.searchsorted(np.arange(mouse.stimulus.size) * mouse.dt, found.time) - 1
    apart = np.angle(np.exp(1j * (found.truth - mouse.stimulus[at])))
    assert np.abs(apart).max() < np.radians(20)  # a step of the recording is 25 ms


def test_where_the_mouse_was_facing(mouse):
    """200 ms, halves swapped, the smoothing chosen inside: the mean of both median errors is 10° at most."""
    found = decode_direction(mouse.spikes, mouse.stimulus, mouse.dt, 200.0)
    assert found.error.mean() <= 10
    assert set(found.smoothing) <= {4.0, 6.0, 8.0, 12.0}
    short, kept = (
        decode_direction(mouse.spikes[:7], mouse.stimulus, mouse.dt, 100.0, memory, smoothings=[6.0])
        for memory in (0.0, 0.9)
    )
    assert kept.error.mean() < short.error.mean() - 1


def test_bad_input_is_named():
    spikes, direction = Spikes([1.0, 7.0], duration=1000), np.zeros(100)
    for arguments, error, sentence in [
        (([1.0], direction, 10, 50), TypeError, "spikes must be Spikes, got list"),
        ((spikes, [np.nan] * 100, 10, 50), ValueError, "direction must be finite"),
        ((spikes, direction, 0, 50), ValueError, "dt must be positive and finite, got 0"),
        ((spikes, direction, 10, 0), ValueError, "window must be positive and finite, got 0"),
        ((spikes, direction, 10, 400), ValueError, "four windows or more in each half, got 400 ms"),
        ((spikes, direction, 10, 50, -1), ValueError, "memory must be zero or positive"),
        ((spikes, direction, 10, 50, 1.5), ValueError, "memory must be at most 1, got 1.5"),
    ]:
        with pytest.raises(error, match=sentence):
            decode_direction(*arguments)
    with pytest.raises(ValueError, match="smoothings must be one width or more"):
        decode_direction(spikes, direction, 10, 50, smoothings=[])
