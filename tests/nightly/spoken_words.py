"""Words of a speaker who was never heard, each of six left out in turn, from four starts: see chapter 16.

A network learns from 16 variants of each word of the five others: *recurrent*; *feed-forward*, whose hidden
neurons do not hear one another; *without variants*, from as many steps on the words as they are; *highest
value*, scored as for the images. A linear classifier gets the spike counts of the whole word, *counts*; of
the variants, too, *counts of variants*; or of its two *halves*: it is told where the word ends, which the
network is not. `accuracy` is the share of the speaker's 30 words. A classifier has one start.
"""

import sys
from functools import cache
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.coding import encode_levels, sound_levels
from snnlab.data import load_spoken_digits
from snnlab.learning import (
    Adam,
    CurrentLIF,
    Surrogate,
    initial_weights,
    linear_accuracy,
    predict,
    sound_samples,
    train,
)
from snnlab.learning.gradients.varied_sounds import vary_levels

SLOW = CurrentLIF(20.0, 10.0, 5.0, tau_out=500.0, mean_score=True)
NETWORKS = {  # neuron, gain of the recurrent weights, variants of each sound, epochs at each rate
    "recurrent": (SLOW, 1.0, 16, (3, 1)),
    "feed-forward": (SLOW, 0.0, 16, (3, 1)),
    "without variants": (SLOW, 1.0, 0, (48, 16)),
    "highest value": (CurrentLIF(20.0, 10.0, 5.0), 1.0, 16, (3, 1)),
}
LINEAR = {"counts": (1, 0, 200), "halves": (2, 0, 200), "counts of variants": (1, 16, 30)}
"""Equal parts of a word, variants of each sound, epochs."""

SPEAKERS = ("george", "jackson", "lucas", "nicolas", "theo", "yweweler")
STARTS = range(4)
KEYS = (
    ("kind", "speaker", "start"),
    [(kind, speaker, start) for start in STARTS for kind in NETWORKS for speaker in SPEAKERS]
    + [(kind, speaker, 0) for kind in LINEAR for speaker in SPEAKERS],
)
RESULTS = ("accuracy",)


@cache
def sounds():
    spoken = load_spoken_digits()
    return spoken, [sound_levels(sound, spoken.dt) for sound in spoken.sounds]


def parts(trials, n):
    """Spikes of each unit in n equal parts of each trial, shape (trials, n · units)."""
    return np.array([trial.counts(trial.duration / n).ravel() for trial in trials], float)


def network(kind, heard, y, unheard, y_test, rng):
    neuron, gain, variants, epochs = NETWORKS[kind]
    samples = sound_samples(heard, y, variants=variants, rng=rng)
    weights = initial_weights(72, 100, 10, neuron, gain_rec=gain, rng=rng)
    how = {"surrogate": Surrogate(width=0.2), "batch": 30, "rng": rng, "progress": False}
    for rate, n in zip((2e-3, 4e-4), epochs, strict=True):
        weights = train(weights, samples, n, neuron, adam=Adam(rate), **how).weights
    return np.mean(predict(weights, sound_samples(unheard, y_test), neuron) == y_test)


def classifier(kind, heard, y, unheard, y_test, rng):
    n, variants, epochs = LINEAR[kind]
    # a classifier of variants hears them alone, as the network does
    levels = [vary_levels(level, rng=rng) for _ in range(variants) for level in heard] or heard
    x, x_test = (parts([encode_levels(level) for level in some], n) for some in (levels, unheard))
    return linear_accuracy(
        x / x.max(), np.tile(y, len(levels) // len(heard)), x_test / x.max(), y_test, epochs=epochs
    )


def row(kind, speaker, start):
    spoken, levels = sounds()
    new = spoken.speakers == speaker
    heard, unheard = ([levels[k] for k in np.flatnonzero(some)] for some in (~new, new))
    knows = network if kind in NETWORKS else classifier
    rng = np.random.default_rng(start)
    return (knows(kind, heard, spoken.digits[~new], unheard, spoken.digits[new], rng),)


if __name__ == "__main__":
    main()
