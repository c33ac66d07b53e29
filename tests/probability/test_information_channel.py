import numpy as np
import pytest

from snnlab.probability.glm_simulation import simulate_glm
from snnlab.probability.information_channel import (
    binary_entropy,
    channel_information,
    word_information,
    word_probabilities,
)
from snnlab.probability.links import expected_counts, log_likelihood

LINKS = ("logistic", "complementary_log_log")


def test_a_coin():
    assert binary_entropy([0.0, 0.5, 1.0]).tolist() == [0.0, 1.0, 0.0]
    assert binary_entropy(0.25) == pytest.approx(2 - 0.75 * np.log2(3), rel=1e-12, abs=0)


@pytest.mark.parametrize("wrong", [0.01, 0.1, 0.4])
def test_the_symmetric_channel(wrong):
    u = np.log(wrong / (1 - wrong))
    exact = 1 + wrong * np.log2(wrong) + (1 - wrong) * np.log2(1 - wrong)
    assert channel_information([u, -u]) == pytest.approx(exact, rel=1e-10, abs=1e-14)


def test_the_channel_that_is_only_sometimes_silent():
    """A Z-channel: one input is never heard, the other half the time; at best log2(5/4) bits."""
    u = [-800.0, 0.0]
    assert channel_information(u, [0.6, 0.4]) == pytest.approx(np.log2(5 / 4), rel=1e-10, abs=0)
    assert channel_information(u, [0.5, 0.5]) < np.log2(5 / 4) > channel_information(u, [0.7, 0.3])


@pytest.mark.parametrize("link", LINKS)
def test_a_word_of_one_bin_is_the_channel(link):
    u, priors = np.array([-2.0, 0.3, 1.0]), [0.5, 0.3, 0.2]
    word = word_information(u[:, None], priors=priors, link=link)
    assert word == pytest.approx(channel_information(u, priors, link), rel=1e-10, abs=0)


@pytest.mark.parametrize("link", LINKS)
def test_words_have_the_probability_that_the_neuron_gives_them(link):
    """Bin by bin from the potentials of `simulate_glm`'s equation, and all together 1."""
    rng = np.random.default_rng(1)
    drive, own = rng.normal(-0.5, 1.0, (3, 6)), np.array([-3.0, 1.0, 0.5])
    found = word_probabilities(drive, own, link)
    assert found.sum(axis=1) == pytest.approx(np.ones(3), rel=1e-12, abs=0)
    for word in (0, 5, 42, 63):
        y = (word >> np.arange(6) & 1).astype(float)
        heard = np.convolve(np.concatenate([[0.0], y]), own)[:6]
        for x in range(3):
            exact = np.exp(log_likelihood(drive[x] + heard, y, link))
            assert found[x, word] == pytest.approx(exact, rel=1e-11, abs=0)


def test_words_come_as_often_as_they_are_probable():
    drive, own = np.array([-1.0, 0.5, 0.0]), np.array([-2.0, 1.0])
    y = simulate_glm(np.repeat(drive[:, None], 40_000, 1), own, rng=np.random.default_rng(1)).y
    share = np.bincount(y.T @ (1 << np.arange(3)), minlength=8) / 40_000
    exact = word_probabilities(drive[None], own)[0]
    assert (np.abs(share - exact) < 4.5 * np.sqrt(exact * (1 - exact) / 40_000)).all()


def test_more_bins_tell_more_and_independent_bins_add_up_at_most():
    u = np.array([-2.0, 0.0])
    bits = [word_information(np.repeat(u[:, None], bins, 1)) for bins in (1, 2, 4, 8, 12)]
    assert (np.diff(bits) > 0).all() and bits[-1] < 1
    assert bits[1] < 2 * bits[0]


def test_a_stimulus_that_changes_nothing_tells_nothing():
    assert word_information(np.zeros((4, 5)), [-1.0]) == pytest.approx(0.0, abs=1e-12)
    assert channel_information([0.7, 0.7]) == pytest.approx(0.0, abs=1e-12)
    assert channel_information([-3.0, 3.0], [0.0, 1.0]) == pytest.approx(0.0, abs=1e-12)


def test_the_expected_count_is_what_the_channel_is_made_of():
    u = np.array([-1.0, 2.0])
    p = expected_counts(u, "complementary_log_log")
    by_hand = binary_entropy(p.mean()) - binary_entropy(p).mean()
    assert channel_information(u, link="complementary_log_log") == pytest.approx(by_hand, rel=1e-12, abs=0)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: channel_information([0.0, 1.0], [0.5, 0.6]),
            r"priors must be 2 probabilities that add up to 1",
        ),
        (
            lambda: channel_information([0.0], link="exponential"),
            r"link must be logistic or complementary_log",
        ),
        (lambda: word_probabilities(np.zeros((1, 17))), r"drive must have a stimulus and 1 to 16 bins"),
        (lambda: binary_entropy([0.5, 1.5]), r"p must be between 0 and 1, got 1.5"),
    ],
)
def test_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
