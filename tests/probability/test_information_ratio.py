import numpy as np
import pytest

from snnlab.coding.decoding.information import spike_words
from snnlab.coding.decoding.information_bias import estimate_information
from snnlab.probability.information_channel import channel_information, word_information, word_probabilities
from snnlab.probability.information_ratio import ratio_information, word_log_likelihoods

OWN = np.array([-3.0, -1.0])


def drive(bins):
    """Two stimuli: a rate that falls, and one that rises."""
    ramp = np.linspace(-2.0, 0.0, bins)
    return np.array([ramp, ramp[::-1]])


def test_the_ratio_is_right_on_average_over_ten_seeds():
    exact = word_information(drive(6), OWN)
    found = [ratio_information(drive(6), OWN, 2000, rng=np.random.default_rng(s)) for s in range(10)]
    off = np.array([(one.bits - exact) / one.error for one in found])
    assert exact > 0.1
    assert abs(off.mean()) < 3 / 10**0.5 and np.abs(off).max() < 4


@pytest.mark.equation("likelihood-ratio-bits")
def test_one_bin_gives_the_closed_form():
    u, priors = np.array([-2.0, 0.0, 2.0]), [0.2, 0.5, 0.3]
    found = ratio_information(u[:, None], trials=50_000, priors=priors, rng=np.random.default_rng(1))
    assert abs(found.bits - channel_information(u, priors)) < 3.5 * found.error < 0.02


def test_likelihoods_are_those_of_the_counted_words():
    words = word_probabilities(drive(5), OWN)
    y = np.arange(32)[:, None] >> np.arange(5) & 1
    assert np.exp(word_log_likelihoods(y, drive(5), OWN)).T == pytest.approx(words, rel=1e-12, abs=0)


def test_where_trials_are_many_the_direct_method_agrees():
    """Words of three bins, ten seeds: both are within their errors of the exact value."""
    exact = word_information(drive(3), OWN)
    for seed in range(10):
        rng = np.random.default_rng(seed)
        found = ratio_information(drive(3), OWN, 4000, rng=rng)
        direct = estimate_information(found.stimulus, spike_words(found.y), 20, rng=rng)
        assert direct.believable
        assert abs(direct.corrected - exact) < 4 * direct.error
        assert abs(found.bits - exact) < 4 * found.error


def test_where_words_are_many_the_direct_method_fails_and_the_ratio_does_not():
    """Words of 14 bins from 200 trials: hardly one is seen twice, so each seems to name its stimulus."""
    exact = word_information(drive(14), OWN)
    for seed in range(10):
        rng = np.random.default_rng(seed)
        found = ratio_information(drive(14), OWN, 200, rng=rng)
        direct = estimate_information(found.stimulus, spike_words(found.y), 20, rng=rng)
        assert direct.raw > exact + 0.25 and not direct.believable
        assert abs(found.bits - exact) < 4 * found.error and found.error < 0.1


def test_a_wrong_model_loses_bits():
    """The control of "if the neuron is as the model says": its own filter is left out of the likelihood.

    Over all words, what is lost is the divergence of the two beliefs about the stimulus, never below 0.
    """
    own = [-6.0] * 3
    true, wrong = word_probabilities(drive(8), own) / 2, word_probabilities(drive(8)) / 2
    beliefs = [p / p.sum(axis=0) for p in (true, wrong)]
    lost = (true * np.log2(beliefs[0] / beliefs[1])).sum()
    assert lost > 0.02
    found = ratio_information(drive(8), own, 20_000, rng=np.random.default_rng(1))
    log_p = word_log_likelihoods(found.y, drive(8))
    ratio = (log_p[np.arange(20_000), found.stimulus] - np.log(np.exp(log_p).mean(axis=1))) / np.log(2)
    error = ratio.std() / 20_000**0.5
    assert abs(ratio.mean() - (word_information(drive(8), own) - lost)) < 4 * error


def test_refused():
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match="trials must be at least 2, got 1"):
        ratio_information(drive(3), trials=1, rng=rng)
    with pytest.raises(ValueError, match="link must be logistic or complementary_log_log, got 'exponential'"):
        ratio_information(drive(3), link="exponential", rng=rng)
    with pytest.raises(ValueError, match="y must be 0 or 1 in 3 bins, got 4 bins"):
        word_log_likelihoods(np.zeros((2, 4)), drive(3))
