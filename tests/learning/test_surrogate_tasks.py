"""Tasks from the literature, with the accuracy that they are known for."""

import numpy as np
import pytest

from snnlab import spread
from snnlab.coding import encode_first_spikes
from snnlab.course import load_table
from snnlab.data import load_mnist_5k
from snnlab.learning import (
    Adam,
    CurrentLIF,
    Surrogate,
    ann_accuracy,
    initial_weights,
    linear_accuracy,
    samples_from_spikes,
    train,
)
from snnlab.learning.gradients.augmentation import shift_images


def test_random_patterns_are_learnt_by_heart():
    """SpyTorch's first tutorial, over twelve seeds: tests/nightly/surrogate_patterns.py has trained them."""
    runs = load_table("surrogate_patterns")
    right = {kind: runs["accuracy"][runs["kind"] == kind] for kind in np.unique(runs["kind"])}
    assert np.mean(right["largest"]) >= 0.80  # with one dead readout among them
    assert right["mean"].min() >= 0.90
    assert np.mean(right["readout only"]) <= 0.65  # no error passes a spike: the control
    paired = spread(right["largest"] - right["readout only"])
    assert paired.mean > paired.sd


def test_a_wider_surrogate_wakes_no_dead_readout():
    """Its own weights have no slope, and the surrogate does not come into that."""
    runs = load_table("surrogate_patterns")
    awake = {kind: runs["awake"][runs["kind"] == kind] for kind in ("largest", "mean", "wide")}
    asleep = np.flatnonzero(awake["largest"] < 2)
    assert asleep.size and np.all(awake["wide"][asleep] < 2) and np.all(awake["mean"] == 2)


@pytest.mark.slow
def test_digits_whose_pixels_fire_once():
    """100 hidden neurons on 4000 digits of MNIST, beside a linear classifier and an artificial network."""
    digits, rng = load_mnist_5k(), np.random.default_rng(1)
    moved = [shift_images(digits.x_train, rng=rng) for _ in range(5)]
    images, labels = np.concatenate([digits.x_train, *moved]), np.tile(digits.y_train, 6)
    x, x_test = (part.reshape(len(part), -1) / digits.white for part in (images, digits.x_test))
    trials, tested = ([encode_first_spikes(row, 20, 0.2, 100) for row in part] for part in (x, x_test))
    samples = samples_from_spikes(trials, labels, steps=100)
    test = samples_from_spikes(tested, digits.y_test, steps=100)
    neuron, surrogate = CurrentLIF(tau_m=20.0), Surrogate(width=0.1)
    weights = initial_weights(784, 100, 10, neuron, gain=10.0, rng=rng)
    for rate, epochs in ((1e-3, 6), (2e-4, 2)):
        learnt = train(
            weights,
            samples,
            epochs,
            neuron,
            surrogate,
            adam=Adam(rate),
            batch=50,
            rng=rng,
            test=test,
            progress=False,
        )
        weights = learnt.weights
    spiking = learnt.history.test_accuracy[-1]
    linear = linear_accuracy(x, labels, x_test, digits.y_test, epochs=4)
    ann = ann_accuracy(x, labels, x_test, digits.y_test, 100, epochs=6)
    print(f"spiking {spiking:.3f}, linear {linear:.3f}, artificial {ann:.3f}")
    assert spiking >= 0.93 > linear


def of_words(kind):
    """Share of a stranger's words that are known, shape (starts, speakers): tests/nightly/spoken_words.py."""
    runs = load_table("spoken_words")
    return runs["accuracy"][runs["kind"] == kind].reshape(-1, 6)


def test_spoken_digits_of_somebody_who_was_never_heard():
    """Each of six speakers in turn is left out of the 180 recordings, and compared start by start."""
    network, counts, halves = (of_words(kind) for kind in ("recurrent", "counts", "halves"))
    assert network.size >= 10
    by_speaker = network.mean(axis=0)
    assert by_speaker.min() < 0.65 and by_speaker.max() > 0.85  # speakers differ by more than networks
    assert network.mean() >= 0.72  # known of a linear read-out of counts
    assert network.mean() >= counts.mean() + 0.08
    assert network.mean() >= of_words("without variants").mean() + 0.02
    assert network.mean() >= of_words("highest value").mean() + 0.1
    assert abs(of_words("counts of variants").mean() - counts.mean()) < 0.05
    assert halves.mean() >= 0.77  # so the network does not beat every linear classifier
