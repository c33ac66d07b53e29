"""Learning online against the gradient that goes through all steps, and against what a change does to it."""

import numpy as np
import pytest

from snnlab.learning import samples_from_raster, samples_from_times
from snnlab.learning.teaching.online_readout import learn_online, learn_online_from_numbers


def loss(w, raster, label, decay):
    """Cross-entropy of a sample, summed over its steps, from traces that are all kept."""
    trace, total = np.zeros(raster.shape[1]), 0.0
    for spikes in raster:
        trace = decay * trace + spikes
        y = w @ trace
        total += np.log(np.exp(y - y.max()).sum()) + y.max() - y[label]
    return total


@pytest.mark.equation("online-readout")
def test_a_sample_moves_the_weights_down_the_gradient_of_all_its_steps():
    """The running sums give what differences of the loss of the whole trial give."""
    rng = np.random.default_rng(1)
    raster = (rng.random((2, 30, 6)) < 0.1).astype(float)
    samples, tau, eta = samples_from_raster(raster, [2, 0]), 8.0, 0.03
    before = learn_online(samples, 3, eta, tau, until=1).w  # starts at 0, so this is a step
    after = learn_online(samples, 3, eta, tau).w
    decay, small = np.exp(-1 / tau), 1e-5
    gradient = np.zeros_like(before)
    for k, j in np.ndindex(before.shape):
        moved = before.copy()
        moved[k, j] += small
        lower = before.copy()
        lower[k, j] -= small
        gradient[k, j] = (loss(moved, raster[1], 0, decay) - loss(lower, raster[1], 0, decay)) / (2 * small)
    np.testing.assert_allclose(after - before, -eta * gradient, atol=1e-9)


def test_what_is_kept_does_not_grow_with_the_trial_and_what_goes_back_does():
    kept = [
        learn_online(samples_from_times(np.zeros((1, 6)), [0], steps=steps), 3) for steps in (10, 50, 250)
    ]
    assert {seen.kept for seen in kept} == {(3 + 2) * 6 + 3 * 3}
    assert [seen.of_all_steps for seen in kept] == [9 * 10, 9 * 50, 9 * 250]


def stream(seed, n=300):
    """Two classes of which each has its inputs; halfway they change places."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 2, n)
    seen_as = np.where(np.arange(n) < n // 2, labels, 1 - labels)
    chance = np.where((np.arange(8) < 4) == (seen_as[:, None] == 0), 0.6, 0.2)
    return (rng.random((n, 8)) < chance).astype(float), labels


def test_it_comes_back_after_a_change_and_frozen_it_does_not_for_ten_seeds():
    for seed in range(10):
        x, labels = stream(seed)
        samples = samples_from_raster(x[:, None, :], labels)
        online, frozen = learn_online(samples, 2, 0.1), learn_online(samples, 2, 0.1, until=150)
        assert online.right[100:150].mean() > 0.7 and online.right[-50:].mean() > 0.7
        assert frozen.right[-50:].mean() < 0.4
        np.testing.assert_array_equal(online.right[:150], frozen.right[:150])


def test_the_rule_without_spikes_is_the_same_rule_in_one_step():
    x, labels = stream(3)
    spiking = learn_online(samples_from_raster(x[:, None, :], labels), 2, 0.1)
    plain = learn_online_from_numbers(x, labels, 2, 0.1)
    np.testing.assert_array_equal(spiking.right, plain.right)
    np.testing.assert_allclose(spiking.w, plain.w, atol=1e-12)


def test_without_learning_it_knows_nothing():
    x, labels = stream(4)
    seen = learn_online(samples_from_raster(x[:, None, :], labels), 2, until=0)
    assert (seen.w == 0).all() and seen.right.mean() == np.mean(labels == 0)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"classes": 1}, "classes must be at least 2, got 1"),
        ({"eta": -0.1}, "eta must be zero or positive, and finite, got -0.1"),
        ({"tau": 0.0}, "tau must be positive and finite, got 0"),
        ({"until": -1}, "until must be at least 0, got -1"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    samples = samples_from_times(np.zeros((2, 3)), [0, 1], steps=4)
    with pytest.raises(ValueError) as failure:
        learn_online(**{"samples": samples, "classes": 2} | wrong)
    assert str(failure.value) == sentence


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        ([0], "labels must be 2 whole numbers, one a sample, got shape (1,)"),
        ([0, 2], "labels must be from 0 to 1, got 0 to 2"),
    ],
)
def test_labels_that_do_not_fit(labels, sentence):
    with pytest.raises(ValueError) as failure:
        learn_online_from_numbers(np.ones((2, 3)), labels, 2)
    assert str(failure.value) == sentence
