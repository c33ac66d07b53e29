r"""A deep belief network run with spikes, from event to event.

Each pixel fires as a Poisson process, the brighter the faster, up to $1 / t_{ref}$, and so do the units that
are always on, of each layer its own. A hidden layer is computed from input spike to input spike
(`snnlab.networks.comparisons.event_layer`); its spikes are what the next one hears, at once. There is no
clock and no copy of the rates. The readout does not fire: it adds up what the spikes of the highest layer are
worth, and at every moment the largest sum is the answer.

The formula takes all inputs for Poisson and all jumps for small. Here hidden neurons fire more regularly than
Poisson, and the weights are what learning has made of them: how much that matters is measured.

Source: P. O'Connor, D. Neil, S.-C. Liu, T. Delbruck and M. Pfeiffer (2013), Frontiers in Neuroscience 7, 178.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import affordable, finite_array, positive
from snnlab.coding.generators.poisson import poisson_spikes
from snnlab.learning.boltzmann.belief_network import ALWAYS_ON, UNIT, with_bias
from snnlab.learning.conversion.layers import Layers, check_layers
from snnlab.networks.comparisons.event_layer import run_event_layer
from snnlab.neurons.models.lif_parameters import LIF, check_lif
from snnlab.random import generator
from snnlab.spikes import Spikes

__all__ = ["SpikingBelief", "poisson_pixels", "run_spiking_belief"]


class SpikingBelief(NamedTuple):
    """What the spiking network did.

    Examples
    --------
    >>> one = Layers((np.array([[2.0]]), np.array([[1.0], [-1.0]])), (np.zeros(1), np.zeros(2)))
    >>> run = run_spiking_belief(one, [[1.0]], (500.0, 1000.0), rng=np.random.default_rng(1))
    >>> print(run.named)
    [[0]
     [0]]
    """

    named: np.ndarray
    """The largest sum at each of the times, the first of several, int64, shape (times, samples)."""
    activity: list[np.ndarray]
    """Rates of the hidden layers as shares of the highest, each of shape (samples, neurons)."""
    heard: float
    """Spikes of the pixels, a sample."""
    fired: float
    """Spikes of the hidden layers, a sample."""


def run_spiking_belief(
    layers: Layers,
    x: ArrayLike,
    times: ArrayLike = (1000.0,),
    neuron: LIF = UNIT,
    *,
    rng: np.random.Generator,
) -> SpikingBelief:
    """Show each image to the spiking network.

    Parameters
    ----------
    layers
        The way up, its readout last; a weight is a jump, in mV or, as `UNIT` has it, in thresholds.
    x : array of shape (samples, pixels)
        Images, from 0 to 1.
    times : array of shape (times,)
        When the answer is read, ms, each later than the one before; at the last one an image ends.
    neuron
        The numbers of all neurons, with a refractory time above 0.
    rng
        Of the input spikes.

    Examples
    --------
    >>> one = Layers((np.array([[2.0]]), np.array([[1.0]])), (np.zeros(1), np.zeros(1)))
    >>> run = run_spiking_belief(one, [[1.0]], [10_000.0], rng=np.random.default_rng(1))
    >>> print(f"{run.activity[0][0, 0]:.1f}")  # every jump fires a neuron that is free
    0.5
    """
    layers, neuron, rng = check_layers(layers), check_lif(neuron), generator(rng)
    x, times = finite_array("x", x, (2,), "(samples, pixels)"), finite_array("times", times, (1,), "(times,)")
    if not times.size or times[0] <= 0 or (np.diff(times) <= 0).any():
        raise ValueError(f"times must be positive and rising, at least one, got {times}")
    if x.shape[1] != layers.weights[0].shape[1]:
        raise ValueError(f"x must have {layers.weights[0].shape[1]} columns, one a pixel, got {x.shape[1]}")
    if not len(x) or x.min() < 0 or x.max() > 1:
        raise ValueError(f"x must be between 0 and 1, at least one sample, got {x.shape}")
    if neuron.t_ref == 0:
        raise ValueError("t_ref must be above 0 for a highest rate, got 0")
    if len(layers.weights) == 1:
        raise ValueError("layers must have a hidden layer and a readout, got 1")
    highest, duration = 1000.0 / neuron.t_ref, float(times[-1])
    jumps = [with_bias(w, b) for w, b in zip(layers.weights[:-1], layers.biases[:-1], strict=True)]
    counts = [np.zeros((len(x), len(w))) for w in jumps]
    named, heard = np.empty((times.size, len(x)), np.int64), 0
    for k, image in enumerate(x):
        spikes = poisson_pixels(image, duration, highest, rng=rng)
        heard += spikes.n_spikes
        for count, w in zip(counts, jumps, strict=True):
            spikes = run_event_layer(_with_always_on(spikes, highest, rng), w, neuron)
            count[k] = np.bincount(spikes.units, minlength=len(w))
        for row, end in enumerate(times):
            seen = np.bincount(spikes.units[spikes.times < end], minlength=spikes.n_units)
            share = seen * (neuron.t_ref / end)
            named[row, k] = np.argmax(layers.weights[-1] @ share + layers.biases[-1])
    shares = [count * (neuron.t_ref / duration) for count in counts]
    return SpikingBelief(named, shares, heard / len(x), sum(c.sum() for c in counts) / len(x))


def poisson_pixels(
    image: ArrayLike, duration: float, highest: float = 100.0, *, rng: np.random.Generator
) -> Spikes:
    """Pixels that fire as Poisson processes, the brighter the faster.

    Parameters
    ----------
    image : array of shape (pixels,)
        Brightness from 0 to 1.
    duration : float
        How long, ms.
    highest : float
        The rate of a pixel of brightness 1, Hz.
    rng
        The source of chance.

    Examples
    --------
    >>> print(poisson_pixels([0.0, 1.0], 10_000.0, rng=np.random.default_rng(1)).rates.round(-1))
    [  0. 100.]
    """
    image, duration = finite_array("image", image, (1,), "(pixels,)"), positive("duration", duration)
    if image.size and not 0 <= image.min() <= image.max() <= 1:
        raise ValueError(f"image must be between 0 and 1, got {image.min():g} to {image.max():g}")
    expected = image * affordable(positive("highest", highest) / 1000.0 * duration)
    counts = generator(rng).poisson(expected)
    units = np.repeat(np.arange(image.size), counts)
    return Spikes(rng.uniform(0.0, duration, units.size), units, n_units=image.size, duration=duration)


def _with_always_on(spikes: Spikes, highest: float, rng: np.random.Generator) -> Spikes:
    """The spikes, and as one unit more those of all that are always on: Poisson processes add up to one."""
    own = poisson_spikes(ALWAYS_ON * highest, spikes.duration, rng=rng)
    times, units = np.r_[spikes.times, own.times], np.r_[spikes.units, own.units + spikes.n_units]
    return Spikes(times, units, n_units=spikes.n_units + 1, duration=spikes.duration)
