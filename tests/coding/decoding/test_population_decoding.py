"""What a population says: Bayes' rule by hand and by simulation, votes, and a mouse that looks around."""

import numpy as np
import pytest

from snnlab.coding import angle_between, bayes_posterior, population_vector, tuning_curve
from snnlab.coding.decoding.population_decoding import smooth_around
from snnlab.coding.decoding.tuning import TuningCurve
from snnlab.data import load_head_direction


@pytest.mark.equation("decode-bayes")
def test_posterior_is_the_product_of_poisson_laws():
    rng = np.random.default_rng(1)
    rate, counts, prior = rng.uniform(1, 30, (4, 3)), rng.integers(0, 5, (6, 3)), rng.uniform(0.1, 1, 4)
    found = bayes_posterior(counts, rate, 150.0, prior)
    mean = rate * 0.15
    for row, n in zip(found, counts, strict=True):
        law = prior * np.prod(mean**n * np.exp(-mean), axis=1)
        np.testing.assert_allclose(row, law / law.sum(), rtol=1e-12)


def test_posterior_is_calibrated():
    """Of stimuli drawn from the prior, those said to have the probability p are right as often."""
    rng = np.random.default_rng(2)
    rate, prior = rng.uniform(0, 25, (5, 4)), np.array([0.1, 0.3, 0.2, 0.15, 0.25])
    stimulus = rng.choice(5, 20_000, p=prior)
    posterior = bayes_posterior(rng.poisson(rate[stimulus] * 0.1), rate, 100.0, prior)
    hit, said = stimulus == posterior.argmax(axis=1), posterior.max(axis=1)
    for low in (0.3, 0.5, 0.7, 0.9):
        chosen = (said >= low) & (said < low + 0.2)
        error = np.sqrt((said[chosen] * (1 - said[chosen])).sum()) / chosen.sum()
        assert abs(hit[chosen].mean() - said[chosen].mean()) < 4.5 * error


def test_many_spikes_do_not_overflow_and_impossible_ones_are_nan():
    rate = [[100.0, 0.0], [0.0, 100.0]]
    assert bayes_posterior([[100_000, 0]], rate, 1e6).tolist() == [[1.0, 0.0]]
    assert np.isnan(bayes_posterior([[1, 1]], rate, 100.0)).all()


@pytest.mark.equation("decode-vector")
def test_votes_of_cosine_neurons_point_the_right_way():
    preferred = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    angle = np.array([0.3, 3.0, 6.2])
    rate = 10 + 8 * np.cos(angle[:, None] - preferred)
    np.testing.assert_allclose(population_vector(rate, preferred), angle, atol=1e-12)
    assert np.isnan(population_vector(np.ones((1, 12)), preferred)).all()


def test_smoothing_keeps_spikes_and_weighs_by_time():
    angle = np.radians(np.arange(5, 360, 10))
    curve = TuningCurve(angle, np.where(angle[:, None] < 1, 40.0, 0.0), np.linspace(100, 900, 36))
    found = smooth_around(curve, np.radians(15))
    np.testing.assert_allclose(found.rate[:, 0] @ found.time, curve.rate[:, 0] @ curve.time, rtol=1e-6)
    np.testing.assert_allclose(smooth_around(curve, 1e-3).rate, curve.rate, atol=1e-9)
    flat = smooth_around(curve._replace(rate=np.full((36, 1), 7.0)), 0.5)
    np.testing.assert_allclose(flat.rate, 7.0)
    gap = curve._replace(rate=np.where(np.arange(36)[:, None] == 4, np.nan, 7.0))
    gap.time[4] = 0.0
    np.testing.assert_allclose(smooth_around(gap, 0.5).rate, 7.0)


def directions(mouse, window):
    """The mean direction of the head in each window."""
    steps = np.arange(mouse.stimulus.size)
    where = (steps * mouse.dt / window).astype(int)
    n = where[-1]  # the last window is not full
    sums = [np.bincount(where, f(mouse.stimulus))[:n] for f in (np.cos, np.sin)]
    return np.arctan2(sums[1], sums[0]) % (2 * np.pi)


def errors(mouse, window, seen, guessed, width):
    """Angles between guess and truth in the windows `guessed`, with curves measured in the windows `seen`."""
    counts, truth = mouse.spikes.counts(window), directions(mouse, window)
    start, stop = seen.start * window, seen.stop * window
    steps = slice(round(start / mouse.dt), round(stop / mouse.dt))
    edges = np.linspace(0, 2 * np.pi, 61)
    curve = tuning_curve(mouse.spikes.between(start, stop), mouse.stimulus[steps], mouse.dt, edges)
    curve = smooth_around(curve, width)
    posterior = bayes_posterior(counts[guessed], np.maximum(curve.rate, 0.1), window)
    return angle_between(curve.stimulus[posterior.argmax(axis=1)], truth[guessed])


def test_where_a_mouse_was_facing():
    """200 ms, halves swapped, the width chosen inside the training half: at most 10° on average."""
    mouse, window = load_head_direction(), 200.0
    half = int(mouse.spikes.duration / window) // 2
    medians = []
    for start, other in ((0, half), (half, 0)):
        middle = start + half // 2
        first, second = slice(start, middle), slice(middle, start + half)

        def inside(width, first=first, second=second):
            return np.median(errors(mouse, window, first, second, width)) + np.median(
                errors(mouse, window, second, first, width)
            )

        width = min(np.radians([4.0, 6.0, 8.0, 12.0]), key=inside)
        found = errors(mouse, window, slice(start, start + half), slice(other, other + half), width)
        medians.append(np.degrees(np.median(found)))
    assert np.mean(medians) <= 10 and max(medians) < 11


def test_bad_input_is_named():
    for arguments, sentence in [
        (([[1]], [[1.0, 2.0]], 100.0), "counts must have a column for each of 2 neurons, got 1"),
        (([[-1]], [[1.0]], 100.0), "counts must be zero or positive, got -1"),
        (([[1]], [[-2.0]], 100.0), "rate must be zero or positive, got -2"),
        (([[1]], [[1.0]], 0.0), "window must be positive and finite, got 0"),
        (([[1]], [[1.0]], 100.0, [1.0, 2.0]), "prior must have 1 values of zero or more, got 2"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            bayes_posterior(*arguments)
    with pytest.raises(ValueError, match="preferred must have one angle for each of 2 neurons, got 1"):
        population_vector([[1, 2]], [0.0])
