"""Clustering without labels: a layer of competing neurons learns images, and is asked what it has learnt."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import affordable, finite_array, function, positive, steps_in, whole
from snnlab.foreign_arrays import as_array
from snnlab.learning.competition.winner_take_all import (
    ClusterNet,
    Layer,
    Shown,
    check_cluster_net,
    normalise,
    present,
)
from snnlab.progress import Bar
from snnlab.random import generator, seed_from

__all__ = [
    "Clustering",
    "Clusters",
    "classify_responses",
    "cluster_responses",
    "initial_clusters",
    "label_clusters",
    "learn_clusters",
]


NO_TIMES, NO_UNITS = np.empty(0), np.empty(0, np.int32)  # how often neurons fire is enough


class Clusters(NamedTuple):
    """What a layer has learnt. `np.savez("mine.npz", **clusters._asdict())` keeps it.

    Examples
    --------
    >>> Clusters(w=np.full((16, 64), 0.1), theta=np.full(16, 20.0)).w.shape
    (16, 64)
    """

    w: np.ndarray
    """The weights, from 0 to 1, shape (neurons, inputs): the receptive fields."""
    theta: np.ndarray
    """The adaptive parts of the thresholds, mV, shape (neurons,)."""


class Clustering(NamedTuple):
    """What came out.

    Examples
    --------
    >>> clusters = Clusters(np.full((2, 3), 0.1), np.full(2, 20.0))
    >>> Clustering(clusters, counts=np.zeros((0, 2)), finished=True).finished
    True
    """

    clusters: Clusters
    """What was learnt."""
    counts: np.ndarray
    """How often each neuron fired at each image, in the order in which they were shown, (shown, neurons)."""
    finished: bool
    """False if somebody stopped it."""


def initial_clusters(
    n: int, inputs: int, net: ClusterNet = ClusterNet(), *, rng: np.random.Generator
) -> Clusters:
    """Weights drawn by chance, evenly from nearly 0, and thresholds that nobody has raised.

    Parameters
    ----------
    n, inputs : int
        How many neurons, and then how many pixels: the order of the weights, and not that of
        `initial_weights`, which goes from the inputs on.
    net
        Where thresholds start, and the sum of the weights of a neuron.
    rng
        The source of chance.

    Examples
    --------
    >>> start = initial_clusters(16, 784, rng=np.random.default_rng(1))
    >>> print(f"{start.w.sum(axis=1).min():.1f}")
    78.0
    """
    n, inputs, net = whole("n", n, 1), whole("inputs", inputs, 1), check_cluster_net(net)
    if net.total > inputs / 2:
        raise ValueError(
            f"total must be at most half of the inputs ({inputs}), got {net.total:g}: "
            "the neurons come first, then the inputs"
        )
    w = 0.01 + generator(rng).random((n, inputs))
    return Clusters(w * (net.total / w.sum(axis=1, keepdims=True)), np.full(n, net.theta_start))


def learn_clusters(
    start: Clusters,
    images: ArrayLike,
    net: ClusterNet = ClusterNet(),
    *,
    shown: int | None = None,
    dt: float = 0.5,
    rng: np.random.Generator,
    stop: Callable[[int, Clusters], bool] | None = None,
    progress: bool = True,
) -> Clustering:
    """Show images, one after the other, and let the layer learn. Nobody tells it what they are.

    The stop button of JupyterLab and Ctrl-C end it after the image that is on, and so does `stop`; what was
    learnt until then is kept.

    Parameters
    ----------
    start
        Where to start; it stays as it is.
    images : array of shape (images, …)
        Brightness from 0 to 1; what follows the first axis is a row of pixels.
    net
        The neurons, the rule and how an image is shown.
    shown : int, optional
        How many images to show, in an order drawn anew each time that all have been. If left out, each once.
    dt : float
        Length of a step, ms.
    rng
        The source of chance: order and spikes.
    stop : function, optional
        Asked after each image, with how many have been shown and what has been learnt; True ends it.
    progress : bool
        Whether a line tells how far it is.

    Returns
    -------
    Clustering
        `clusters`, the `counts` at each image and whether it `finished`.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> halves = np.repeat([[1.0, 0.0], [0.0, 1.0]], 20, axis=1)
    >>> net = ClusterNet(total=10.0, rate=200.0)
    >>> learnt = learn_clusters(initial_clusters(2, 40, net, rng=rng), halves, net, rng=rng, progress=False)
    >>> learnt.counts.shape, learnt.finished
    ((2, 2), True)
    """
    w, theta = _clusters(start)
    pixels, net = _images(images, w.shape[0]), check_cluster_net(net)
    shown = len(pixels) if shown is None else whole("shown", shown)
    dt = positive("dt", dt)
    if stop is not None:
        function("stop", stop)
    room, pause, p = _room(pixels, net, dt)
    seed, order, stream = seed_from(rng), np.empty(0, np.int64), np.uint64(0)
    layer = _layer(w.shape, theta, net)
    counts, done, finished = np.zeros((shown, theta.size), np.int32), 0, True
    bar = Bar(shown if progress else 0)
    bar.begin(present, f"image 0 of {shown}")
    try:
        while done < shown and finished:
            if order.size == 0:
                order = rng.permutation(len(pixels))
            normalise(w, net.total)
            stream = present(
                pixels[order[0]], p, room, pause, w, layer, net, dt, True, counts[done],
                NO_TIMES, NO_UNITS, seed, stream,
            )  # fmt: skip
            order, done = order[1:], done + 1
            bar.show(done, f"image {done} of {shown}")
            finished = stop is None or done == shown or not stop(done, _found(w, layer, net))
    except KeyboardInterrupt:
        finished = False
    bar.end()
    return Clustering(_found(w, layer, net), counts[:done].astype(np.int64), finished)


def cluster_responses(
    clusters: Clusters,
    images: ArrayLike,
    net: ClusterNet = ClusterNet(),
    *,
    dt: float = 0.5,
    rng: np.random.Generator,
) -> np.ndarray:
    """How often each neuron fires at each image, while nothing is learnt and no threshold moves.

    Parameters
    ----------
    clusters
        What was learnt. It stays as it is.
    images, net, dt, rng
        As for `learn_clusters`. Each image finds the layer at rest.

    Returns
    -------
    array of int of shape (images, neurons)

    Examples
    --------
    >>> clusters = Clusters(np.repeat([[0.5, 0.0], [0.0, 0.5]], 20, axis=1), np.full(2, 20.0))
    >>> halves = np.repeat([[1.0, 0.0], [0.0, 1.0]], 20, axis=1)
    >>> net = ClusterNet(rate=200.0)
    >>> cluster_responses(clusters, halves, net, rng=np.random.default_rng(1)).argmax(axis=1)
    array([0, 1])
    """
    return responses_and_tries(clusters, images, net, dt=dt, rng=rng)[0]


def responses_and_tries(
    clusters: Clusters,
    images: ArrayLike,
    net: ClusterNet = ClusterNet(),
    *,
    dt: float = 0.5,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """What `cluster_responses` says, and how often each image was shown until the layer answered."""
    w, theta = _clusters(clusters)
    pixels, net = _images(images, w.shape[0]), check_cluster_net(net)
    dt = positive("dt", dt)
    room, _, p = _room(pixels, net, dt)
    seed, stream = seed_from(rng), np.uint64(0)
    counts, streams = np.zeros((len(pixels), theta.size), np.int32), [0]
    for image, count in zip(pixels, counts, strict=True):
        layer = _layer(w.shape, theta, net)
        stream = present(image, p, room, 0, w, layer, net, dt, False, count, NO_TIMES, NO_UNITS, seed, stream)
        streams.append(int(stream))  # each time the image is drawn anew, from a stream of its own
    return counts.astype(np.int64), np.diff(streams)


def label_clusters(responses: ArrayLike, labels: ArrayLike) -> np.ndarray:
    """The class to which each neuron answers most, on average over the images of the class.

    Parameters
    ----------
    responses : array of shape (images, neurons)
        What `cluster_responses` says of images that were learnt from.
    labels : array of int of shape (images,)
        What these images show, from 0.

    Returns
    -------
    array of int of shape (neurons,)
        A class, or -1 for a neuron that never fired.

    Raises
    ------
    ValueError, TypeError
        If the two do not fit together.

    Examples
    --------
    >>> label_clusters([[3, 0, 0], [1, 2, 0], [0, 4, 0]], [0, 1, 1])
    array([ 0,  1, -1])
    """
    responses = finite_array("responses", responses, (2,), "(images, neurons)")
    labels = as_array("labels", labels)
    if labels.shape != responses.shape[:1] or labels.dtype.kind not in "iu" or labels.min(initial=0) < 0:
        raise ValueError(f"labels must be a whole number from 0 for each of {len(responses)} images")
    classes = np.unique(labels)
    means = np.array([responses[labels == c].mean(axis=0) for c in classes])
    return np.where(means.max(axis=0) > 0, classes[means.argmax(axis=0)], -1)


def classify_responses(responses: ArrayLike, labelled: ArrayLike) -> np.ndarray:
    """For each image the class whose neurons answer most, on average over its neurons.

    Parameters
    ----------
    responses : array of shape (images, neurons)
        What `cluster_responses` says.
    labelled : array of int of shape (neurons,)
        What `label_clusters` says.

    Returns
    -------
    array of int of shape (images,)

    Raises
    ------
    ValueError, TypeError
        If the two do not fit together, or no neuron has a class.

    Examples
    --------
    >>> classify_responses([[5, 1, 1], [0, 2, 4]], [3, 7, 7])
    array([3, 7])
    """
    responses = finite_array("responses", responses, (2,), "(images, neurons)")
    labelled = as_array("labelled", labelled)
    if labelled.shape != responses.shape[1:] or labelled.dtype.kind not in "iu":
        raise ValueError(f"labelled must have one whole number for each of {responses.shape[1]} neurons")
    classes = np.unique(labelled[labelled >= 0])
    if classes.size == 0:
        raise ValueError("labelled must have a class for one neuron at least, got none")
    means = np.array([responses[:, labelled == c].mean(axis=1) for c in classes])
    return classes[means.argmax(axis=0)]


def _clusters(clusters: Clusters) -> tuple[np.ndarray, np.ndarray]:
    """Copies of what was learnt, the weights with a row for each input."""
    if not isinstance(clusters, Clusters):
        raise TypeError(f"clusters must be Clusters, got {type(clusters).__name__}")
    w = finite_array("w", clusters.w, (2,), "(neurons, inputs)")
    theta = finite_array("theta", clusters.theta, (1,), "(neurons,)")
    if theta.size != w.shape[0] or w.size == 0:
        raise ValueError(f"theta must have one value for each of {w.shape[0]} neurons, got {theta.size}")
    if w.min() < 0.0 or not (w.sum(axis=1) > 0.0).all():
        raise ValueError("w must be zero or positive, and not all zero for any neuron")
    return np.array(w.T, order="C"), theta.copy()


def _images(images: ArrayLike, inputs: int) -> np.ndarray:
    pixels = as_array("images", images)
    if pixels.ndim > 2:
        pixels = pixels.reshape(len(pixels), -1)
    pixels = finite_array("images", pixels, (2,), "(images, pixels)")
    if pixels.shape[1] != inputs or len(pixels) == 0:
        raise ValueError(f"images must be one or more of {inputs} pixels each, got shape {np.shape(images)}")
    if pixels.min() < 0.0 or pixels.max() > 1.0:
        raise ValueError(f"images must be from 0 to 1, got {pixels.min():g} to {pixels.max():g}")
    return pixels


def _room(pixels: np.ndarray, net: ClusterNet, dt: float) -> tuple[Shown, int, float]:
    """Room for the spikes of an image, steps of pause, and the chance of a white pixel to fire in a step."""
    p, steps = net.rate * dt / 1000.0, max(1, steps_in("show", net.show, dt))
    if p >= 1.0:
        raise ValueError(f"rate must be below one spike a step ({1000.0 / dt:g} Hz), got {net.rate:g}")
    most = round(affordable(steps * pixels.shape[1]))
    shown = Shown(*(np.empty(size, np.int32) for size in (most, steps + 1, most, most)))
    return shown, steps_in("pause", net.pause, dt), p


def _layer(shape: tuple[int, int], theta: np.ndarray, net: ClusterNet) -> Layer:
    """A layer at rest."""
    rows = np.zeros((10, shape[1]))
    rows[0], rows[4], rows[7] = net.v_rest, theta, net.partner_rest
    return Layer(*(*rows, np.zeros(shape[0])))


def _found(w: np.ndarray, layer: Layer, net: ClusterNet) -> Clusters:
    """What has been learnt so far, as it would be at the next image."""
    found = np.array(w.T, order="C")
    return Clusters(found * (net.total / found.sum(axis=1, keepdims=True)), layer.theta.copy())
