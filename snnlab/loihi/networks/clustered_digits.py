r"""Digits that are clustered on the chip: compartments that compete, and two rules that nobody teaches.

Each pixel drives a relay, which fires in a step with a chance of $0.2\,b$ for a brightness $b$. The relays
excite all compartments of the layer, and each of these, when it fires, inhibits all others. While an image
is on, a clock fires in each step and inhibits all of them, each by a weight $h$ of its own. Two rules are
followed at the end of each epoch of 8 steps in which they had a spike to go by:

$$ \Delta w = 2^{-5}\, y_0\, x_1 - 2^{-6}\, y_0\, w, \qquad \Delta h = 2^{-5}\, x_0 - y_0 $$

$x_0$, $y_0$ are 1 in an epoch in which the clock, the compartment, fired, however often (the clock 8 times),
else 0; $2^{-5}$ is 4/128, so a coin gives one step in 32 epochs.

The first moves weights towards twice the trace $x_1$ of the pixel, whenever the compartment fires: so they
end where gain and loss are equal, at twice the mean trace $x_1$ of what it answers to. No sum of weights is
kept, as in `snnlab.learning.learn_clusters`: the chip cannot divide. The second is the homeostasis: a
compartment that fires much is inhibited more by the clock ($h$ is negative), one that does not is inhibited
less. Each drifts towards 1 epoch with a spike in 32 of those with an image, while $h$ is neither 0 nor −255;
with seed 1, from image 600 to 1000, they are between 0.7 and 1.9 in 32.

What has more ink drives all compartments more. There the host helps: `equal_ink` scales each image to the
same total, where the network of P. U. Diehl and M. Cook shows one that finds no answer again, brighter.

Source: P. U. Diehl and M. Cook (2015), Frontiers in Computational Neuroscience 9:99, on competition and
homeostasis; B. Nessler et al. (2013), PLoS Computational Biology 9(4):e1003037, on a loss that the weight
itself sets.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, whole
from snnlab.compiling import kernel
from snnlab.foreign_arrays import as_array
from snnlab.loihi.conventions import BRIAN2_LOIHI
from snnlab.loihi.fixed_point import EXCITATORY, INHIBITORY, whole_array, whole_within
from snnlab.loihi.networks.closed_loop import built
from snnlab.loihi.networks.learning_group import Learner, LearningGroup, learn_step
from snnlab.loihi.networks.recurrent import (
    RING,
    CompartmentGroup,
    NetworkState,
    Numbers,
    SynapseGroup,
    groups_step,
)
from snnlab.loihi.neuron.compartments import Compartment
from snnlab.loihi.neuron.synapses import Synapse
from snnlab.loihi.neuron.traces import Trace, Traces
from snnlab.loihi.plasticity.rules import Rule
from snnlab.networks.running.events import Events
from snnlab.random import generator, seed_from, uniform
from snnlab.work_and_memory import afford, slices

__all__ = [
    "CLUSTER_RULE",
    "HOMEOSTASIS_RULE",
    "ChipClustering",
    "ChipClusters",
    "ClusteringChip",
    "chip_responses",
    "clustering_chip",
    "equal_ink",
    "learn_chip_clusters",
    "show_image",
]

CLUSTER_RULE = "dw = 2^-5*x1*y0 - 2^-6*y0*w"
"""A weight moves towards twice the trace of its pixel when the compartment fires."""
HOMEOSTASIS_RULE = "dw = 2^-5*x0 - 1*y0"
"""The clock inhibits a compartment more for each epoch in which that fires, and less in the others."""

RELAY = Compartment(decay_u=4096, decay_v=4096, v_th=1)  # fires whenever it is pushed
# Compartments: if more inhibit one at once, its current of 24 bits overflows, and it fires. So brian2-loihi
# reads it; by the 21 bits that nengo-loihi gives to an input, nine rivals would do.
MOST = 32
LAYER = Compartment(decay_u=4096, decay_v=128, v_th=4000, v_min=-(2**19) + 1)
INHIBITS, RIVAL = -255, Synapse(exponent=4, sign_mode=INHIBITORY)
CLOCK = Synapse(exponent=3, sign_mode=INHIBITORY)
START_LOW, START_HIGH, START_CLOCK = 20, 90, -75  # weights at the start
CHANCE = 0.2  # of a spike in a step of a pixel of brightness 1
SHOWN, PAUSE, EPOCH = 40, 24, 8  # steps
BRIGHTEST = 5.0  # a spike in each step
INK = 100.0
NS = 10.0  # about how long a synapse takes in a step, nanoseconds


class ChipClusters(NamedTuple):
    """What a layer on the chip has learnt.

    Examples
    --------
    >>> ChipClusters(np.full((30, 784), 20), np.full(30, -75)).w.shape
    (30, 784)
    """

    w: np.ndarray
    """Weights, 0 to 255, int16 of shape (compartments, pixels)."""
    clock: np.ndarray
    """Weights from the clock, −255 to 0, int16 of shape (compartments,)."""


class ChipClustering(NamedTuple):
    """What came out.

    Examples
    --------
    >>> clusters = ChipClusters(np.full((2, 3), 20), np.full(2, -75))
    >>> ChipClustering(clusters, counts=np.zeros((0, 2))).counts.shape
    (0, 2)
    """

    clusters: ChipClusters
    """What was learnt."""
    counts: np.ndarray
    """Spikes of each compartment at each image, in the order of showing, shape (shown, compartments)."""


class ClusteringChip(NamedTuple):
    """The network as the kernel takes it.

    Examples
    --------
    >>> chip = clustering_chip(ChipClusters(np.full((3, 64), 20), np.full(3, -75)), rng=np.uint64(1))
    >>> chip.fields.place.size, chip.homeostasis.place.size
    (192, 3)
    """

    state: NetworkState
    events: Events
    fields: Learner
    """The synapses from the pixels."""
    homeostasis: Learner
    """Those from the clock."""
    begin: np.ndarray
    """Where relays, compartments of the layer, and nothing more begin; the clock is the last relay."""
    numbers: Numbers


def equal_ink(images: ArrayLike, ink: float = INK) -> np.ndarray:
    """Images of which each has the same total brightness.

    Parameters
    ----------
    images : array of shape (images, …)
        Brightness, zero or positive.
    ink : float
        The sum of each image.

    Returns
    -------
    array of float of shape (images, pixels)
        0 for an image that is all black, and at most 5.

    Examples
    --------
    >>> print(equal_ink([[1.0, 0.0, 1.0, 0.0], [0.0, 0.5, 0.0, 0.0]], 4.0))
    [[2. 0. 2. 0.]
     [0. 4. 0. 0.]]
    """
    pixels = _pixels(images, np.inf)
    total = pixels.sum(axis=1, keepdims=True)
    wanted = as_real("ink", ink)
    if wanted < 0.0:
        raise ValueError(f"ink must be zero or positive, got {wanted:g}")
    shares = np.divide(pixels, total, out=np.zeros_like(pixels), where=total > 0.0)
    return np.minimum(wanted * shares, BRIGHTEST)


def learn_chip_clusters(
    images: ArrayLike,
    n: int = 30,
    *,
    shown: int | None = None,
    rule: str | Rule = CLUSTER_RULE,
    homeostasis: str | Rule = HOMEOSTASIS_RULE,
    rng: np.random.Generator,
) -> ChipClustering:
    """Show images to a layer on the chip, one after the other, and let it learn what it likes.

    Parameters
    ----------
    images : array of shape (images, …)
        Brightness from 0 to 5; what follows the first axis is a row of pixels. `equal_ink` makes them.
    n : int
        Compartments of the layer, 1 to 32: more of them could overflow a current of 24 bits, all inhibiting
        at once, as brian2-loihi reads it. By the 21 bits that nengo-loihi gives to an input, nine would.
    shown : int, optional
        How many images to show, in an order drawn anew each time that all have been. If left out, each once.
    rule, homeostasis
        The rules of the synapses from the pixels and from the clock.
    rng
        Where the weights at the start, the order, spikes and roundings come from.

    Examples
    --------
    >>> halves = np.repeat([[1.0, 0.0], [0.0, 1.0]], 100, axis=1)
    >>> learnt = learn_chip_clusters(halves, 2, shown=40, rng=np.random.default_rng(1))
    >>> learnt.clusters.w.reshape(2, 2, 100).mean(axis=2).argmax(axis=1)
    array([1, 0])
    """
    pixels, n = _pixels(images, BRIGHTEST), whole_within("n", n, 1, MOST)
    shown = len(pixels) if shown is None else whole("shown", shown)
    afford("n and the pixels", numbers=40.0 * n * pixels.shape[1])
    of_image = NS * (SHOWN + PAUSE) * n * pixels.shape[1]
    afford("shown", numbers=float(shown) * n, steps=shown, ns=of_image)
    rng = generator(rng)
    start = ChipClusters(rng.integers(START_LOW, START_HIGH, (n, pixels.shape[1])), np.full(n, START_CLOCK))
    orders = [rng.permutation(len(pixels)) for _ in range(-(-shown // len(pixels)))]
    order = np.concatenate([np.zeros(0, np.int64), *orders])[:shown]
    chip, seed = clustering_chip(start, rule, homeostasis, rng=rng), seed_from(rng)
    counts = np.zeros((shown, n), np.int32)
    for first, last in slices(shown, of_image):
        run(chip, pixels, order[first:last], first, PAUSE, True, counts[first:last], seed)
    z = (learner.state.z[0].astype(np.int16) for learner in (chip.fields, chip.homeostasis))
    return ChipClustering(ChipClusters(next(z).reshape(n, -1), next(z)), counts.astype(np.int64))


def chip_responses(clusters: ChipClusters, images: ArrayLike, *, rng: np.random.Generator) -> np.ndarray:
    """How often each compartment fires at each image, while nothing is learnt.

    Parameters
    ----------
    clusters
        What was learnt.
    images, rng
        As for `learn_chip_clusters`. Each image finds the layer at rest.

    Returns
    -------
    array of int of shape (images, compartments)

    Examples
    --------
    >>> clusters = ChipClusters(np.repeat([[100, 0], [0, 100]], 100, axis=1), np.full(2, -75))
    >>> halves = np.repeat([[1.0, 0.0], [0.0, 1.0]], 100, axis=1)
    >>> chip_responses(clusters, halves, rng=np.random.default_rng(1)).argmax(axis=1)
    array([0, 1])
    """
    if not isinstance(clusters, ChipClusters):
        raise TypeError(f"clusters must be ChipClusters, got {type(clusters).__name__}")
    pixels, rng = _pixels(images, BRIGHTEST), generator(rng)
    w, clock = whole_array("w", clusters.w, 0, 255), whole_array("clock", clusters.clock, -255, 0)
    if w.ndim != 2 or not 1 <= len(w) <= MOST or clock.shape != w.shape[:1] or w.shape[1] != pixels.shape[1]:
        raise ValueError(
            f"clusters must have w of shape (1 to {MOST}, {pixels.shape[1]}) and clock of as many, "
            f"got {w.shape} and {clock.shape}"
        )
    of_image = NS * SHOWN * w.size
    afford("images", numbers=float(len(pixels)) * len(w), steps=len(pixels), ns=of_image)
    chip, seed = clustering_chip(ChipClusters(w, clock), rng=rng), seed_from(rng)
    counts, order = np.zeros((len(pixels), len(w)), np.int32), np.arange(len(pixels))
    for first, last in slices(len(pixels), of_image):
        run(chip, pixels, order[first:last], first, 0, False, counts[first:last], seed)
    return counts.astype(np.int64)


def _pixels(images: ArrayLike, most: float) -> np.ndarray:
    pixels = as_array("images", images)
    if pixels.ndim > 2:
        pixels = pixels.reshape(len(pixels), -1)
    pixels = finite_array("images", pixels, (2,), "(images, pixels)")
    if pixels.size == 0:
        raise ValueError(f"images must be one or more of a pixel or more, got shape {np.shape(images)}")
    if pixels.min() < 0.0 or pixels.max() > most:
        upper = f"from 0 to {most:g}" if np.isfinite(most) else "zero or positive"
        raise ValueError(f"images must be {upper}, got {pixels.min():g} to {pixels.max():g}")
    return pixels


def clustering_chip(
    start: ChipClusters,
    rule: str | Rule = CLUSTER_RULE,
    homeostasis: str | Rule = HOMEOSTASIS_RULE,
    *,
    rng: np.random.Generator | np.uint64,
) -> ClusteringChip:
    """Relays, the clock, the layer, and the synapses between them."""
    n, pixels = np.shape(start.w)
    first = pixels + 1
    post, pre = np.divmod(np.arange(n * pixels), pixels)
    lines = SynapseGroup(pre, first + post, np.ravel(start.w), synapse=Synapse(sign_mode=EXCITATORY))
    clock = SynapseGroup(np.full(n, pixels), first + np.arange(n), start.clock, synapse=CLOCK)
    one, other = np.nonzero(~np.eye(n, dtype=bool))
    rivals = SynapseGroup(first + one, first + other, INHIBITS, synapse=RIVAL)
    groups: list[LearningGroup | SynapseGroup] = [
        LearningGroup(lines, rule, Traces(x1=Trace(impulse=20, tau=16))),
        LearningGroup(clock, homeostasis),
        rivals,
    ]
    cells = [CompartmentGroup(first, RELAY), CompartmentGroup(n, LAYER)]
    bias = np.zeros(first + n, np.int32)
    chip = built(first + n, groups, cells, BRIAN2_LOIHI, EPOCH, bias, 0, rng)
    fields, clocked = chip.learners
    return ClusteringChip(chip.state, chip.events, fields, clocked, chip.begin, chip.numbers)


@kernel
def run(chip, images, order, first, pause, learns, counts, seed):
    """Images one after the other, of which the first has the number `first`; at rest if nothing is learnt."""
    for k in range(order.size):
        if not learns:
            calm(chip.state)
        show_image(chip, (first + k) * (SHOWN + pause), images[order[k]], pause, learns, counts[k], seed)


@kernel
def calm(state):
    """Nothing is under way, and all are at rest."""
    state.ring[:] = 0
    state.u[:] = 0
    state.v[:] = 0
    state.wait[:] = 0


@kernel
def show_image(chip, t, image, pause, learns, counts, seed):
    """An image from step t on, and a pause; spikes of the layer are added to `counts`."""
    for s in range(SHOWN + pause):
        image_step(chip, t + s, image, s < SHOWN, learns, seed)
        for k in range(counts.size):
            counts[k] += chip.state.fired[chip.begin[1] + k]


@kernel
def image_step(chip, t, image, on, learns, seed):
    """Step t, while the image is on or in a pause."""
    state = chip.state
    if on:
        _push(state.ring[t % RING], t, image, seed)
    groups_step(t, state, chip.events, np.int32(0), chip.begin, chip.numbers)
    if learns:
        learn_step(t, state.fired, chip.events, chip.fields, 0.0)
        learn_step(t, state.fired, chip.events, chip.homeostasis, 0.0)


@kernel
def _push(row, t, image, seed):
    """What comes from outside in step t: to the pixels by chance, and to the clock behind them."""
    for i in range(image.size):
        if image[i] > 0.0 and uniform(seed, np.uint64(i), np.uint64(t)) < CHANCE * image[i]:
            row[i] += 128
    row[image.size] += 128
