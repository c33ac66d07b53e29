"""One image, shown again and again to competing neurons: who answers it.

Under inhibition the neuron that was a little ahead by chance silences the others, learns alone, and is
further ahead the next time. Where each spike raises a threshold, the winner tires and another one gets its
turn.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive, whole
from snnlab.compiling import kernel
from snnlab.foreign_arrays import as_array
from snnlab.learning.competition.clustering import _images
from snnlab.learning.competition.small_clusters import SMALL, begin, check_layer, taking_part
from snnlab.learning.competition.winner_take_all import ClusterNet, normalise, present
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = ["RepeatedImage", "repeated_image"]


BINS = 7  # of the input, in a showing with its pause


class RepeatedImage(NamedTuple):
    """Who answers an image.

    Examples
    --------
    >>> from snnlab.learning.competition.small_clusters import small_digits
    >>> seen = repeated_image(small_digits(1)[0], SMALL._replace(g_in=0.0), rng=np.random.default_rng(1))
    >>> seen.busy  # without inhibition all do
    9
    """

    times: Annotated[np.ndarray, "n"]
    """Spike times, ms, showing after showing."""
    units: Annotated[np.ndarray, "n"]
    """The neurons that fired, from 0."""
    each: np.ndarray
    """How often each neuron fired."""
    light: np.ndarray
    """The input: how often a pixel of brightness 1 fires, Hz, in sevenths of a showing with its pause,
    estimated from the spikes of all pixels; NaN if all are dark."""
    n: int
    """How many spikes there are."""
    busy: int
    """How many neurons have at least a quarter of an even share of them."""
    share: float
    """What the busiest neuron fired of them, %; NaN if there is none."""
    first: float
    """Which neuron, from 1, fired most at the first showing; NaN if none did."""
    last: float
    """The same at the last showing at which one did; NaN if none did."""


def repeated_image(
    image: ArrayLike,
    net: ClusterNet = SMALL,
    n: int = 9,
    showings: int = 6,
    dt: float = 1.0,
    *,
    rng: np.random.Generator | np.uint64,
) -> RepeatedImage:
    """Show one image again and again to a layer that begins with weights drawn by chance.

    Parameters
    ----------
    image : array
        Brightness of the pixels, from 0 to 1.
    net
        The neurons, the rule and how an image is shown.
    n : int
        How many neurons.
    showings : int
        How often the image is shown, once at least.
    dt : float
        Time step, ms.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> from snnlab.learning.competition.small_clusters import small_digits
    >>> seen = repeated_image(small_digits(1)[0], rng=np.random.default_rng(1))
    >>> seen.share > 50  # one neuron takes it
    True
    """
    array, dt = as_array("image", image), positive("dt", dt)
    if not array.size:
        raise ValueError("image must hold one pixel at least, got none")
    pixels = _images(array.reshape(1, -1), array.size)
    (net, work), showings = check_layer(net, n, pixels, dt), whole("showings", showings, 1)
    seen = recorded(n, showings * (work.ends.size + int(net.pause / dt + 0.5)), showings)
    run_repeated(seen, work, pixels[0], net, showings, dt, seed_from(rng))
    return read(seen)


def recorded(n: int, steps: int, showings: int) -> RepeatedImage:
    """A blank record of `n` neurons, each of which can fire in every step."""
    units = np.zeros(n * steps, np.int32)
    return blank(RepeatedImage, times=n * steps, units=units, each=n, light=BINS * showings)


@kernel
def run_repeated(seen, work, image, net, showings, dt, seed):
    """All spikes of the layer, and how many each neuron has."""
    layer, shown = begin(work, net, seed)
    w, counts, pause = work.w, work.counts, int(net.pause / dt + 0.5)
    n, stream, first, last = 0, np.uint64(1), 0, 0
    for showing in range(showings):
        normalise(w, net.total)
        stream = present(
            image, net.rate * dt / 1000.0, shown, pause, w, layer, net, dt, True, counts,
            seen.times[n:], seen.units[n:], seed, stream,
        )  # fmt: skip
        tell_input(shown.start, pause, image, dt, seen.light[BINS * showing : BINS * (showing + 1)])
        begun, best = n, 0
        for k in range(counts.size):
            seen.each[k] += counts[k]
            n += counts[k]
            if counts[k] > counts[best]:
                best = k
        for e in range(begun, n):
            seen.times[e] += showing * (shown.start.size - 1 + pause) * dt
        if n > begun:
            last = best + 1
            if showing == 0:
                first = last
    most = 0.0
    for k in range(counts.size):
        most = max(most, seen.each[k])
    seen.n[0], seen.busy[0] = n, taking_part(seen.each)
    seen.share[0] = 100.0 * most / n if n > 0 else math.nan
    seen.first[0] = first if first > 0 else math.nan
    seen.last[0] = last if last > 0 else math.nan


@kernel
def tell_input(ends, pause, image, dt, light):
    """How often a white pixel fired in each part of a showing; the spikes of a step end at `ends`."""
    steps, bins, begin, before = ends.size - 1, light.size, 0, 0
    for k in range(bins):
        end = (k + 1) * (steps + pause) // bins
        spikes = ends[min(end, steps) - 1] if end > 0 else 0
        bright = image.sum() * (end - begin) * dt / 1000.0
        light[k] = (spikes - before) / bright if bright > 0.0 else math.nan
        begin, before = end, spikes
