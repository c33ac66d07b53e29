"""Tasks from the literature, with the accuracy that they are known for."""

import time

import numpy as np
import pytest
from tree import ROOT

from snnlab.coding import encode_first_spikes, encode_levels, sound_levels
from snnlab.data import load_mnist_5k, load_spoken_digits
from snnlab.learning import (
    Adam,
    CurrentLIF,
    Surrogate,
    ann_accuracy,
    initial_weights,
    linear_accuracy,
    poisson_patterns,
    predict,
    samples_from_spikes,
    shift_images,
    sound_samples,
    train,
    vary_levels,
)

pytestmark = pytest.mark.slow


def test_random_patterns_are_learnt_by_heart():
    """SpyTorch's first tutorial: 0.859 there in one run with a surrogate, 0.512 without."""
    whole, readout, took = [], [], []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        patterns = poisson_patterns(rng=rng)
        weights = initial_weights(100, 4, 2, rng=rng)
        start = time.process_time()
        whole.append(train(weights, patterns, 1000, progress=False).history.accuracy[-1])
        took.append(time.process_time() - start)
        silent = Surrogate(height=0.0)
        readout.append(train(weights, patterns, 1000, surrogate=silent, progress=False).history.accuracy[-1])
    print(f"surrogate {np.mean(whole):.3f}, readout only {np.mean(readout):.3f}, {max(took):.1f} s")
    assert np.mean(whole) >= 0.80
    assert np.mean(readout) <= 0.65


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


SAID = {
    "recurrent": 77,
    "counts": 61,
    "feed-forward": 74,
    "without variants": 69,
    "highest value": 57,
    "halves": 81,
}
"""What chapter 16 says of words of all speakers, in percent; its page trains for one of them only."""


def parts(trials, n):
    """Spikes of each unit in n equal parts of each trial, shape (trials, n · units)."""
    return np.array([trial.counts(trial.duration / n).ravel() for trial in trials], float)


def test_spoken_digits_of_somebody_who_was_never_heard():
    """Each of six speakers in turn is left out of the 180 recordings, three times over.

    Beside it stands a linear classifier that gets the spike counts of the word, or of its first and of its
    second half (it is told where the word ends, which the network is not). Measured: recurrent 0.767, 0.733
    and 0.794, feed-forward 0.733 and 0.756, without variants 0.700 and 0.689, scored by the highest value
    0.589 and 0.556, counts 0.611, counts of variants 0.600, halves 0.806; one word is 0.006. By speaker the
    recurrent network knows 0.556 to 0.944.
    """
    spoken, slow = load_spoken_digits(), CurrentLIF(20.0, 10.0, 5.0, tau_out=500.0, mean_score=True)
    quick = CurrentLIF(20.0, 10.0, 5.0)  # scores by the highest value, as for the images
    levels = [sound_levels(sound, spoken.dt) for sound in spoken.sounds]
    words = [encode_levels(level) for level in levels]
    trials = (  # neuron, gain of the recurrent weights, variants of each sound, epochs, starts
        ("recurrent", slow, 1.0, 16, (3, 1), range(3)),
        ("feed-forward", slow, 0.0, 16, (3, 1), range(2)),
        ("without variants", slow, 1.0, 0, (48, 16), range(2)),
        ("highest value", quick, 1.0, 16, (3, 1), range(2)),
    )
    right = {name: [] for name in (*SAID, "counts of variants")}
    for speaker in np.unique(spoken.speakers):
        new = spoken.speakers == speaker
        heard = [level for level, left_out in zip(levels, new, strict=True) if not left_out]
        unheard = [level for level, left_out in zip(levels, new, strict=True) if left_out]
        test = sound_samples(unheard, spoken.digits[new])
        for name, neuron, gain, variants, epochs, seeds in trials:
            for seed in seeds:
                rng = np.random.default_rng(seed)
                samples = sound_samples(heard, spoken.digits[~new], variants=variants, rng=rng)
                weights = initial_weights(72, 100, 10, neuron, gain_rec=gain, rng=rng)
                for rate, n in zip((2e-3, 4e-4), epochs, strict=True):
                    weights = train(
                        weights,
                        samples,
                        n,
                        neuron,
                        Surrogate(width=0.2),
                        adam=Adam(rate),
                        batch=30,
                        rng=rng,
                        progress=False,
                    ).weights
                right[name].append(np.mean(predict(weights, test, neuron) == test.labels))
        said, unsaid = (
            [word for word, out in zip(words, new, strict=True) if out == k] for k in (False, True)
        )
        rng = np.random.default_rng(0)
        many = [encode_levels(vary_levels(level, rng=rng)) for _ in range(16) for level in heard]
        for name, trained, n, epochs in (
            ("counts", said, 1, 200),
            ("counts of variants", many, 1, 30),
            ("halves", said, 2, 200),
        ):
            x, x_test = parts(trained, n), parts(unsaid, n)
            y = np.tile(spoken.digits[~new], len(trained) // len(said))
            right[name].append(
                linear_accuracy(x / x.max(), y, x_test / x.max(), spoken.digits[new], epochs=epochs)
            )
    each = {name: np.reshape(found, (6, -1)) for name, found in right.items()}
    mean = {name: found.mean(axis=0) for name, found in each.items()}
    print({name: np.round(found, 3).tolist() for name, found in mean.items()})
    hardest, *_, easiest = sorted(each["recurrent"].mean(axis=1))
    print(f"the hardest speaker {hardest:.3f}, the easiest {easiest:.3f}")
    assert hardest < 0.65 and easiest > 0.85  # half of the words of one, nine of ten of another
    assert np.mean(mean["recurrent"]) >= 0.72  # known of a linear read-out of counts
    assert np.mean(mean["recurrent"]) >= mean["counts"][0] + 0.08
    assert np.mean(mean["recurrent"]) >= np.mean(mean["without variants"]) + 0.02
    assert np.mean(mean["recurrent"]) >= np.mean(mean["highest value"]) + 0.1
    assert abs(mean["counts of variants"][0] - mean["counts"][0]) < 0.05
    assert mean["halves"][0] >= 0.77  # so the network does not beat every linear classifier
    chapter = (ROOT / "book" / "chapters" / "16_surrogate_gradients.ipynb").read_text(encoding="utf-8")
    for name, percent in SAID.items():
        assert f"{percent} %<!-- given -->" in chapter
        assert abs(100 * np.mean(mean[name]) - percent) < 3, name  # the standard error of a share of 180
