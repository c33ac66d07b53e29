r"""Nine compartments of the chip that sort small digits while one looks, and then name others.

It is the layer of `snnlab.loihi.networks.clustered_digits`, with images of 8 by 8 pixels and equal ink:

$$ \Delta w = 2^{-a}\, (x_1 - \tfrac{\ell}{4}\, w)\, y_0, \qquad \Delta h = 2 \eta\, (2^{-3}\, x_0 - y_0) $$

So a weight settles at $4/\ell$ of the mean trace, the faster the smaller $a$ is, and nine share the images
if each fires in one epoch of eight with an image. With $\ell = 0$ nothing is lost, with $\eta = 0$ the clock
learns nothing.

Then learning stops. The layer is shown the eighty images that it may learn from, with their labels, and a
compartment stands for the digit to which it answers most; then it names eighty others. So do
`snnlab.learning.label_clusters` and `classify_responses`, but that here an image without a spike has no name.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.compiling import kernel
from snnlab.data import load_digits
from snnlab.learning.competition.cluster_fields import alike
from snnlab.learning.competition.small_clusters import small_digits
from snnlab.learning.weight_tiles import draw_tiles, tiles_shape
from snnlab.loihi.fixed_point import whole_within
from snnlab.loihi.networks.clustered_digits import (
    PAUSE,
    SHOWN,
    START_CLOCK,
    START_HIGH,
    START_LOW,
    ChipClusters,
    ClusteringChip,
    calm,
    clustering_chip,
    equal_ink,
    image_step,
    show_image,
)
from snnlab.loihi.networks.learning_group import LOWEST
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["WatchedClusters", "watched_clusters"]

RULE = "dw = 2^-3*x1*y0 - 2^-5*y0*w"
HOMEOSTASIS = "dw = 2^-2*x0 - 2^1*y0"
N, SIDE, CLASSES, IMAGES = 9, 8, 4, 80  # compartments, pixels across, digits, images to learn from
LOSSES, RATES = 7, 7  # the largest ℓ and η: a constant of a rule is at most 7
SLOWEST = 5  # the largest a: a loss of 2^-7, the smallest power of two
FIELDS, SPIKES = np.uint64(1 << 40), np.uint64(0x9E3779B97F4A7C15)  # where weights, and spikes, come from


class WatchedClusters(NamedTuple):
    """What nine compartments have learnt.

    Examples
    --------
    >>> watched_clusters(2, rng=np.random.default_rng(1)).fields.shape
    (27, 27)
    """

    fields: np.ndarray
    """The weights of each as a tile of a picture, the first row at the bottom; NaN between tiles."""
    times: Annotated[np.ndarray, "n"]
    """When compartments fired while they learned; an image with its pause counts 1."""
    units: Annotated[np.ndarray, "n"]
    """Which they were, from 0."""
    n: int
    """How many spikes there are."""
    right: float
    """How many of eighty new digits are named rightly, %."""
    unnamed: int
    """How many of them have no name, as nobody fires who stands for a digit."""
    answers: np.ndarray
    """How often each compartment fires at an image of each digit to learn from, on average, shape (4, 9)."""
    alike: float
    """The correlation of two fields, mean of all pairs; NaN where all weights of one are the same."""
    busiest: float
    """What the busiest fired of all spikes, %; NaN if there is none."""


def watched_clusters(
    shown: int = IMAGES,
    a: int = 3,
    loss: int = 2,
    eta: int = 4,
    *,
    rng: np.random.Generator | np.uint64,
) -> WatchedClusters:
    """Let nine compartments of the chip sort small digits, and name others.

    Parameters
    ----------
    shown : int
        How many of eighty images are learnt from.
    a : int
        The learning rate is 2^-a, 1 to 5.
    loss : int
        ℓ, how strongly weights are lost at a spike, 0 to 7.
    eta : int
        η, how quickly the clock learns, 0 to 7.
    rng
        Where weights, spikes and roundings come from, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> seen, untaught = (watched_clusters(shown, rng=np.random.default_rng(1)) for shown in (80, 0))
    >>> seen.right > untaught.right
    True
    """
    shown, a = whole_within("shown", shown, 0, IMAGES), whole_within("a", a, 1, SLOWEST)
    loss, eta = whole_within("loss", loss, 0, LOSSES), whole_within("eta", eta, 0, RATES)
    seen, chip = recorded(), laid_out(seed_from(rng))
    run_watched(seen, chip, *shown_digits(), room(), float(shown), float(a), float(loss), float(eta))
    return read(seen)


def recorded() -> WatchedClusters:
    """A blank record, with room for a spike of each compartment in every step."""
    most = N * IMAGES * (SHOWN + PAUSE)
    arrays = {"fields": tiles_shape(N, SIDE), "times": most, "answers": (CLASSES, N)}
    return blank(WatchedClusters, units=np.zeros(most, np.int32), **arrays)


def shown_digits() -> tuple[np.ndarray, np.ndarray]:
    """Brightness of 160 digits from 0 to 3, and what they show: eighty to learn from, eighty others."""
    digits = load_digits()
    labels = digits.y_train[digits.y_train < CLASSES][: 2 * IMAGES]
    return np.round(equal_ink(small_digits(2 * IMAGES)), 2), labels.astype(np.int32)


def laid_out(seed: np.uint64) -> ClusteringChip:
    """The chip before the first image, with weights that the kernel draws."""
    start = ChipClusters(np.full((N, SIDE * SIDE), START_LOW), np.full(N, START_CLOCK))
    return clustering_chip(start, RULE, HOMEOSTASIS, rng=seed)


class Room(NamedTuple):
    """What the kernel works in."""

    w: np.ndarray
    """Weights, shape (pixels, compartments)."""
    counts: np.ndarray
    """Spikes of each compartment at an image."""
    shows: np.ndarray
    """How many images there are of each digit."""
    stands: np.ndarray
    """For which digit each compartment stands."""


def room() -> Room:
    """Room for the kernel."""
    counts, shows, stands = (np.empty(n, np.int32) for n in (N, CLASSES, N))
    return Room(np.empty((SIDE * SIDE, N)), counts, shows, stands)


@kernel
def run_watched(seen, chip, pixels, labels, room, shown, a, loss, eta):
    """The layer learns the first images; then its weights are drawn, and it names the last ones."""
    w, counts, shows, stands = room
    fields, clock, first = chip.fields, chip.homeostasis, chip.begin[1]
    seed = fields.engine.numbers.seed
    terms = fields.engine.terms
    terms.exponent[0], terms.exponent[1], terms.mantissa[1] = -int(a), -int(a) - 2, -int(loss)
    clock.engine.terms.mantissa[0], clock.engine.terms.mantissa[1] = int(eta), -int(eta)
    _draw_weights(chip, seed)
    n, spikes = 0, seed ^ SPIKES
    for i in range(counts.size):
        counts[i] = 0
    for k in range(int(shown)):
        for s in range(SHOWN + PAUSE):
            image_step(chip, k * (SHOWN + PAUSE) + s, pixels[k], s < SHOWN, True, spikes)
            for i in range(counts.size):
                if chip.state.fired[first + i]:
                    seen.times[n], seen.units[n] = k + (s + 0.5) / (SHOWN + PAUSE), i
                    counts[i] += 1
                    n += 1
    most = 0
    for i in range(counts.size):
        most = max(most, counts[i])
    seen.n[0], seen.busiest[0] = n, 100.0 * most / n if n > 0 else math.nan
    for s in range(fields.place.size):
        w[s % w.shape[0], s // w.shape[0]] = fields.state.z[0, s]
    draw_tiles(w, seen.fields)
    seen.alike[0] = alike(w)
    for c in range(shows.size):
        shows[c] = 0
    for k in range(IMAGES):
        _answer(chip, k, pixels[k], counts, spikes)
        shows[labels[k]] += 1
        for i in range(counts.size):
            seen.answers[labels[k], i] += counts[i]
    _label(seen.answers, shows, stands)
    for k in range(IMAGES, pixels.shape[0]):
        _answer(chip, k, pixels[k], counts, spikes)
        name = _named(counts, stands, shows.size)
        seen.unnamed[0] += name < 0
        seen.right[0] += 100.0 / (pixels.shape[0] - IMAGES) if name == labels[k] else 0.0


@kernel
def _draw_weights(chip, seed):
    """Weights of the start, by chance."""
    fields = chip.fields
    for s in range(fields.place.size):
        drawn = math.floor((START_HIGH - START_LOW) * uniform(seed, FIELDS, np.uint64(s)))
        fields.state.z[0, s] = START_LOW + drawn
        chip.events.w[fields.place[s]] = fields.reach[int(fields.state.z[0, s]) - LOWEST]


@kernel
def _answer(chip, k, image, counts, seed):
    """How often each compartment fires at image k of those that are asked, from rest, without learning."""
    calm(chip.state)
    for i in range(counts.size):
        counts[i] = 0
    show_image(chip, IMAGES * (SHOWN + PAUSE) + k * SHOWN, image, 0, False, counts, seed)


@kernel
def _label(answers, shows, stands):
    """Answers become means; the class to which each compartment answers most, −1 where it never fired."""
    for i in range(stands.size):
        stands[i], most = -1, 0.0
        for c in range(shows.size):
            answers[c, i] /= max(shows[c], 1)
            if answers[c, i] > most:
                stands[i], most = c, answers[c, i]


@kernel
def _named(counts, stands, classes):
    """The class whose compartments answer most, on average; −1 where none of them fires."""
    name, most = -1, 0.0
    for c in range(classes):
        total, own = 0.0, 0
        for i in range(counts.size):
            if stands[i] == c:
                total += counts[i]
                own += 1
        if own > 0 and total / own > most:
            name, most = c, total / own
    return name
