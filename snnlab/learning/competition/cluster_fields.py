"""Receptive fields of competing neurons after so many images, as a picture, and how alike they are."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive, whole
from snnlab.compiling import kernel
from snnlab.foreign_arrays import as_array
from snnlab.learning.competition.clustering import _images
from snnlab.learning.competition.small_clusters import SMALL, begin, check_layer, taking_part
from snnlab.learning.competition.winner_take_all import ClusterNet, normalise, present
from snnlab.learning.weight_tiles import draw_tiles, tiles_shape
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = ["ClusterFields", "cluster_fields"]


class ClusterFields(NamedTuple):
    """What has been learnt.

    Examples
    --------
    >>> from snnlab.learning.competition.small_clusters import small_digits
    >>> seen = cluster_fields(small_digits(4), rng=np.random.default_rng(1))
    >>> print(seen.fields.shape)
    (27, 27)
    """

    fields: np.ndarray
    """The weights of each neuron as a tile of a picture, the first row at the bottom; NaN between tiles."""
    each: np.ndarray
    """How often each neuron has fired."""
    course: np.ndarray
    """The correlation of two fields, mean of all pairs, before the first image and after each; NaN after
    images that are not shown, and with one neuron."""
    alike: float
    """The same in the end; NaN with one neuron."""
    busy: int
    """How many neurons have at least a quarter of an even share of the spikes."""


def cluster_fields(
    images: ArrayLike,
    shown: int | None = None,
    net: ClusterNet = SMALL,
    n: int = 9,
    dt: float = 1.0,
    *,
    rng: np.random.Generator | np.uint64,
) -> ClusterFields:
    """Show images, one after the other, to a layer that begins with weights drawn by chance.

    Parameters
    ----------
    images : array of shape (images, …)
        Brightness from 0 to 1, of square images; what follows the first axis is a row of pixels.
    shown : int, optional
        How many of them are shown. If left out, all.
    net
        The neurons, the rule and how an image is shown.
    n : int
        How many neurons.
    dt : float
        Time step, ms.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    Without inhibition all neurons learn the same.

    >>> from snnlab.learning.competition.small_clusters import small_digits
    >>> free = SMALL._replace(g_in=0.0)
    >>> print(f"{cluster_fields(small_digits(80), 80, free, rng=np.random.default_rng(1)).alike:.1f}")
    1.0
    """
    array = as_array("images", images)
    pixels = _images(images, math.prod(array.shape[1:]))
    side = math.isqrt(pixels.shape[1])
    if side**2 != pixels.shape[1]:
        raise ValueError(f"images must be square, got {pixels.shape[1]} pixels")
    shown = len(pixels) if shown is None else whole("shown", shown)
    if shown > len(pixels):
        raise ValueError(f"shown must be at most {len(pixels)}, the number of images, got {shown}")
    dt = positive("dt", dt)
    net, work = check_layer(net, n, pixels, dt)
    seen = recorded(n, side, len(pixels))
    run_fields(seen, work, pixels, np.empty(pixels.shape[1]), net, 1.0, float(shown), dt, seed_from(rng))
    return read(seen)


def recorded(n: int, side: int, images: int) -> ClusterFields:
    """A blank record of `n` neurons that may see so many images with sides of so many pixels."""
    return blank(ClusterFields, fields=tiles_shape(n, side), each=n, course=images + 1)


@kernel
def run_fields(seen, work, pixels, image, net, white, shown, dt, seed):
    """The layer learns the first images, which `white` divides; then its weights are drawn."""
    layer, room = begin(work, net, seed)
    none, nobody = seen.each[:0], work.counts[:0]  # how often neurons fire is enough
    w, counts, pause, stream = work.w, work.counts, int(net.pause / dt + 0.5), np.uint64(1)
    for s in range(int(shown)):
        seen.course[s] = alike(w)
        normalise(w, net.total)
        for j in range(image.size):
            image[j] = pixels[s, j] / white
        stream = present(
            image, net.rate * dt / 1000.0, room, pause, w, layer, net, dt, True, counts, none, nobody, seed,
            stream,
        )  # fmt: skip
        for k in range(counts.size):
            seen.each[k] += counts[k]
    normalise(w, net.total)
    draw_tiles(w, seen.fields)
    seen.alike[0], seen.busy[0] = alike(w), taking_part(seen.each)
    seen.course[int(shown)] = seen.alike[0]
    for s in range(int(shown) + 1, seen.course.size):
        seen.course[s] = math.nan


@kernel
def alike(w):
    """The mean correlation of two columns of `w`."""
    total, pairs = 0.0, 0
    for a in range(w.shape[1]):
        for b in range(a):
            x = y = xx = yy = xy = 0.0
            for j in range(w.shape[0]):
                x += w[j, a]
                y += w[j, b]
                xx += w[j, a] * w[j, a]
                yy += w[j, b] * w[j, b]
                xy += w[j, a] * w[j, b]
            n = w.shape[0]
            total += (n * xy - x * y) / math.sqrt((n * xx - x * x) * (n * yy - y * y))
            pairs += 1
    return total / pairs
