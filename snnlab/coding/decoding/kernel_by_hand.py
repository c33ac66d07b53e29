r"""A kernel shaped by hand, put at every spike, and how well the sum reads the stimulus.

The kernel is a Gaussian with a dip before it,

$$ k(\ell) \propto e^{-x^2/2} - d\, e^{-(x + 2)^2/2}, \qquad x = (\ell - \ell_p) / w $$

as high as brings the guess closest to the stimulus, in the mean square. The lag $\ell$ is the time of the
stimulus minus that of the spike, as in `snnlab.coding.decoding.reconstruction`, whose kernel is the rival:
nothing of this length does better.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, non_negative, positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.coding.decoding.reconstruction import fit_decoder
from snnlab.compiling import kernel
from snnlab.neurons.models.srm_kernels import add_responses
from snnlab.records import blank, read
from snnlab.spikes import Spikes

__all__ = ["KernelByHand", "kernel_by_hand"]

REACH = 30  # steps of the kernel on either side of a spike


class KernelByHand(NamedTuple):
    """A kernel, and what it reads.

    Examples
    --------
    >>> stimulus = np.zeros(200)
    >>> stimulus[20:190:17] = 1.0
    >>> seen = kernel_by_hand(Spikes(np.arange(23.5, 190, 17), duration=200), stimulus, 1.0, -3.0, 0.2)
    >>> print(f"{seen.lag[seen.curve.argmax()]:.0f} ms, {seen.height:.2f} high")
    -3 ms, 1.00 high
    """

    lag: np.ndarray
    """Time of the stimulus minus that of the spike, ms, 30 steps to either side."""
    curve: np.ndarray
    """What a spike adds to the guess there, in the unit of the stimulus."""
    guess: np.ndarray
    """The stimulus as it is read, one value a step; its mean is that of the stimulus."""
    correlation: float
    """Of the guess and the stimulus; 0 where nothing is guessed."""
    height: float
    """Of the kernel at its place, in the unit of the stimulus."""


def kernel_by_hand(
    spikes: Spikes,
    stimulus: ArrayLike,
    dt: float,
    place: float,
    width: float,
    dip: float = 0.0,
    share: float = 0.0,
) -> KernelByHand:
    """Read a stimulus with a kernel of one's own.

    Parameters
    ----------
    spikes
        The train of one neuron, as long as the stimulus.
    stimulus : array of shape (steps,)
        Its value in each step.
    dt : float
        Length of a step, ms.
    place : float
        Lag of the peak, ms, within 30 steps of the spike; negative: the stimulus came first.
    width : float
        Standard deviation of the Gaussian, ms.
    dip : float
        Depth of the dip two widths before the peak, % of the peak.
    share : float
        How much of the kernel is that of `fit_decoder`, 0 to 100 %.

    Examples
    --------
    >>> from snnlab.data import load_grasshopper
    >>> heard = load_grasshopper()
    >>> loudness = 20 * np.log10(heard.stimulus.reshape(-1, 2).mean(axis=1))
    >>> for width in (1.5, 6.0):
    ...     print(f"{kernel_by_hand(heard.spikes, loudness, 1.0, -6.0, width).correlation:.2f}")
    0.52
    0.25
    """
    be_spikes("spikes", spikes)
    if spikes.n_units != 1:
        raise ValueError(f"spikes must be those of one neuron, got {spikes.n_units}")
    dt, width, dip = positive("dt", dt), positive("width", width), non_negative("dip", dip)
    place, share = as_real("place", place), non_negative("share", share)
    if abs(place) > REACH * dt:
        raise ValueError(f"place must be within {REACH * dt:g} ms of the spike, got {place:g}")
    if share > 100.0:
        raise ValueError(f"share must be at most 100 %, got {share:g}")
    best = least_squares(spikes, stimulus, dt)
    heard = np.array(stimulus, float)
    seen, (counts, said) = recorded(heard.size), np.zeros((2, heard.size))
    run_by_hand(seen, in_steps(spikes, dt), heard, best, counts, said, place, width, dip, share, 0, dt)
    return read(seen)


def recorded(steps: int) -> KernelByHand:
    """A blank record with so many steps of the guess."""
    return blank(KernelByHand, lag=2 * REACH + 1, curve=2 * REACH + 1, guess=steps)


def in_steps(spikes: Spikes, dt: float) -> np.ndarray:
    """The step of each spike."""
    return (spikes.times / dt).astype(np.int32)


def least_squares(spikes: Spikes, stimulus: ArrayLike, dt: float) -> np.ndarray:
    """The kernel of `fit_decoder`, to three digits: they are the same on every machine."""
    return np.round(fit_decoder(spikes, stimulus, dt, -REACH * dt, REACH * dt).kernel[:, 0], 3)


@kernel
def _closest(said, heard):
    """The factor that brings `said` closest to `heard`, the difference of their means, their correlation."""
    mean_said, mean_heard, both, of_said, of_heard = 0.0, 0.0, 0.0, 0.0, 0.0
    for t in range(said.size):
        mean_said += said[t] / said.size
        mean_heard += heard[t] / said.size
    for t in range(said.size):
        a, b = said[t] - mean_said, heard[t] - mean_heard
        both += a * b
        of_said += a * a
        of_heard += b * b
    if of_said <= 0.0 or of_heard <= 0.0:
        return 0.0, mean_heard - mean_said, 0.0
    return both / of_said, mean_heard - mean_said, both / math.sqrt(of_said * of_heard)


@kernel
def run_by_hand(seen, when, heard, best, counts, said, place, width, dip, share, begin, step):
    """The kernel at every spike, scaled, mixed with the best one, and the guess from step `begin` on."""
    lag, curve, reach, mixed = seen.lag, seen.curve, seen.lag.size // 2, share / 100.0
    for t in when:
        counts[t] += 1.0
    for k in range(lag.size):
        lag[k] = (k - reach) * step
        x = (lag[k] - place) / width
        curve[k] = math.exp(-0.5 * x * x) - dip / 100.0 * math.exp(-0.5 * (x + 2.0) * (x + 2.0))
    add_responses(counts, curve, reach, said)
    factor, _, _ = _closest(said, heard)
    for k in range(lag.size):
        curve[k] = (1.0 - mixed) * factor * curve[k] + mixed * best[k]
    said[:] = 0.0
    add_responses(counts, curve, reach, said)
    _, shift, correlation = _closest(said, heard)
    for t in range(seen.guess.size):
        seen.guess[t] = shift + said[begin + t]
    left = min(int(place / step + reach), lag.size - 2)
    part = place / step + reach - left
    seen.correlation[0] = correlation
    seen.height[0] = (1.0 - part) * curve[left] + part * curve[left + 1]
