"""The bias of an information, its corrections, its error bar and its verdict, on channels that are known."""

import math

import numpy as np
import pytest

from snnlab.coding import estimate_information, information_bias, mutual_information, poisson_information
from snnlab.coding.decoding.information import joint_counts
from snnlab.coding.decoding.information_bias import _jackknife, _possible


def repeated(repeats, trials, response, rng, shuffles=10):
    """Raw, corrected, extrapolated, shuffled and error of many experiments, and how many were believed."""
    stimulus = np.repeat([0, 1], trials)
    found = [
        estimate_information(stimulus, response(stimulus, rng), shuffles, rng=rng) for _ in range(repeats)
    ]
    return np.array([each[:5] for each in found]), np.mean([each.believable for each in found])


def poisson_counts(stimulus, rng):
    return rng.poisson(1.0 + 3.0 * stimulus)  # 20 and 80 Hz in 50 ms


@pytest.mark.equation("decode-bias")
@pytest.mark.parametrize(("stimuli", "responses"), [(2, 2), (3, 5), (6, 4)])
def test_the_first_order_bias_is_what_chance_shows(stimuli, responses):
    """(R − 1)(S − 1) / (2 N ln 2) for responses that know nothing, over many experiments."""
    rng, each = np.random.default_rng(1), 60
    stimulus = np.repeat(np.arange(stimuli), each)
    raw, corrected = [], []
    for _ in range(600):
        table = joint_counts(stimulus, rng.integers(0, responses, stimulus.size))
        raw.append(mutual_information(table))
        corrected.append(raw[-1] - information_bias(table))
    law = (responses - 1) * (stimuli - 1) / (2 * stimulus.size * math.log(2))
    error = 4.5 * np.std(raw) / math.sqrt(600)
    assert error < 0.3 * law
    assert abs(np.mean(raw) - law) < error + 0.04 * law  # the next order, 1/N²
    assert abs(np.mean(corrected)) < error + 0.04 * law


def test_the_bias_of_a_table_is_that_of_the_responses_each_stimulus_can_give():
    table = np.array([[500, 500, 0, 0], [0, 0, 500, 500]])
    assert information_bias(table) == pytest.approx((1 + 1 - 3) / (2 * 2000 * math.log(2)), rel=1e-12, abs=0)
    full = np.full((3, 4), 100)
    assert information_bias(full) == pytest.approx(2 * 3 / (2 * 1200 * math.log(2)), rel=1e-12, abs=0)
    assert information_bias(np.hstack([full, np.zeros((3, 2), int)])) == information_bias(full)


def test_responses_that_were_not_seen_are_counted_as_well():
    """Of 32 equal ones 16 trials show about 13; the count lies between what was seen and what there is."""
    rng, seen, guess = np.random.default_rng(2), [], []
    for _ in range(200):
        counts = np.bincount(rng.integers(0, 32, 16), minlength=32)
        seen.append(np.count_nonzero(counts))
        guess.append(_possible(counts))
    assert np.all(np.array(guess) >= seen) and max(guess) <= 32
    assert np.mean(seen) == pytest.approx(32 * (1 - (31 / 32) ** 16), abs=0.5)
    assert abs(np.mean(guess) - 32) < 0.6 * abs(np.mean(seen) - 32)
    assert _possible(np.array([400, 400, 0])) == 2.0


def test_corrections_of_poisson_counts_hit_the_exact_information():
    """20 against 80 Hz in 50 ms, 64 trials each: the raw estimate is off by more than 4.5 errors."""
    true, repeats = poisson_information([20.0, 80.0], 50.0), 150
    found, believed = repeated(repeats, 64, poisson_counts, np.random.default_rng(3))
    raw, corrected, extrapolated, _, error = found.T
    scatter = raw.std() / math.sqrt(repeats)
    assert raw.mean() - true > 4.5 * scatter
    assert abs(corrected.mean() - true) < 3.5 * scatter
    assert abs(extrapolated.mean() - true) < 3.5 * scatter
    assert error.mean() == pytest.approx(corrected.std(), rel=0.2)
    assert (
        np.mean(np.abs(corrected - true) < 2 * error) > 0.9
    )  # of 95 %, 150 experiments: 2.8 standard errors
    assert believed > 0.8


def test_what_knows_nothing_is_not_believed_to_know():
    """Two error bars above none are rare, and shuffling shows the same bias."""
    found, _ = repeated(100, 50, lambda s, rng: rng.integers(0, 5, s.size), np.random.default_rng(4), 20)
    raw, corrected, _, shuffled, error = found.T
    assert np.mean(corrected > 2 * error) < 0.05
    assert shuffled.mean() == pytest.approx(raw.mean(), rel=0.15)
    assert abs(corrected.mean()) < 4.5 * corrected.std() / 10


def test_the_extrapolation_takes_away_a_parabola():
    """Whatever is exactly a/N + b/N² is gone: the three weights of the formula."""
    law = [0.3 + 5 / n + 80 / n**2 for n in (400, 200, 100)]
    assert (8 * law[0] - 6 * law[1] + law[2]) / 3 == pytest.approx(0.3, rel=1e-12, abs=0)


def test_the_jackknife_leaves_out_each_trial_once():
    rng = np.random.default_rng(5)
    stimulus, response = rng.integers(0, 3, 40), rng.integers(0, 4, 40)
    table = joint_counts(stimulus, response)
    left = np.array([
        mutual_information(joint_counts(np.delete(stimulus, k), np.delete(response, k))) for k in range(40)
    ])
    assert _jackknife(table) == pytest.approx(math.sqrt(39 * left.var()), rel=1e-10, abs=0)


def test_the_verdict_says_when_not_to_believe():
    rng = np.random.default_rng(6)
    stimulus = np.repeat([0, 1], 100)
    few = estimate_information(stimulus[::10], rng.integers(0, 30, 20), rng=rng)
    assert not few.believable and few.raw > 0.5
    assert few.verdict.startswith(f"Do not believe it: {few.trials_per_response:.1f} trials")
    none = estimate_information(stimulus, rng.integers(0, 4, 200), rng=rng)
    assert none.verdict.startswith("Nothing is shown")
    some = estimate_information(stimulus, poisson_counts(stimulus, rng), rng=rng)
    assert some.believable and some.verdict == f"Believe it: {some.corrected:.2f} ± {some.error:.2f} bit."


@pytest.mark.slow
@pytest.mark.parametrize(("each", "believed"), [(128, False), (512, True)])
def test_what_is_believed_is_right(each, believed):
    """200 responses, most of them rare: from 128 trials the correction is off by more than two error bars in
    most experiments, from 2048 in less than a fifth."""
    chance = 1 / np.arange(1, 201.0)
    chance /= chance.sum()
    channel = np.vstack([chance, 0.3 * chance[::-1] + 0.7 * chance, np.roll(chance, 3)])
    rng, upto, true = np.random.default_rng(8), channel.cumsum(axis=1), mutual_information(channel)
    stimulus = np.repeat(np.arange(3), each * (4 if believed else 1))
    right, verdicts = [], []
    for _ in range(40):
        response = np.minimum((rng.random(stimulus.size)[:, None] > upto[stimulus]).sum(axis=1), 199)
        found = estimate_information(stimulus, response, 10, rng=rng)
        right.append(abs(found.corrected - true) < 2 * found.error)
        verdicts.append(found.believable)
    assert np.mean(verdicts) > 0.9 if believed else not any(verdicts)
    assert np.mean(right) > 0.8 if believed else np.mean(right) < 0.5


def test_bad_input_is_named():
    rng = np.random.default_rng(7)
    with pytest.raises(
        ValueError, match="stimulus must occur in at least 4 trials each and 8 together, got 3"
    ):
        estimate_information([0] * 9 + [1] * 3, [0] * 12, rng=rng)
    with pytest.raises(ValueError, match="shuffles must be at least 10, got 3"):
        estimate_information([0, 1] * 9, [0, 1] * 9, 3, rng=rng)
    with pytest.raises(TypeError, match=r"rng must be a numpy.random.Generator .* got 7"):
        estimate_information([0, 1] * 9, [0, 1] * 9, rng=7)
    with pytest.raises(ValueError, match=r"table must hold whole counts, got 0\.5"):
        information_bias([[0.5, 1.0]])
