r"""A neuron that keeps to a rhythm, and an oscillation that is held against its spikes.

The neuron fires in a share of the cycles, always at one phase, but early or late by a normal random number of
standard deviation $\sigma$. An oscillation of the right period $T$ sees a vector strength of about

$$ R = e^{-2 (\pi \sigma / T)^2} $$

Under one of another period the phases slide away, and what remains is about $1/\sqrt n$, which chance makes.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import NonNegative, Positive, affordable, as_real, checked, fraction, positive
from snnlab.coding.codes.phase import chance_of_strength, locking
from snnlab.coding.trains import insert
from snnlab.compiling import kernel
from snnlab.random import normal, seed_from, uniform
from snnlab.records import blank, read

__all__ = ["HiddenRhythm", "RhythmicNeuron", "hidden_rhythm"]

SHORTEST, LONGEST, STEP = 80.0, 200.0, 1.0
"""The periods that are tried, ms."""
SHOWN, DT = 1000.0, 1.0  # ms
BINS = 24  # of 15 degrees
FEET, TIPS = 1.3, 1.9  # where needles for the spikes begin and end, above the crests of the oscillation


class RhythmicNeuron(NamedTuple):
    """A neuron that fires once in most cycles of a rhythm.

    Examples
    --------
    >>> print(RhythmicNeuron(jitter=0.0))
    RhythmicNeuron(jitter=0.0, rhythm=125.0, onset=50.0, fires=0.7)
    """

    jitter: NonNegative = 10.0
    """How early or late a spike is, standard deviation, ms."""
    rhythm: Positive = 125.0
    """Period of the rhythm, ms."""
    onset: float = 50.0
    """When the spike of the first cycle is due, ms."""
    fires: Annotated[float, fraction] = 0.7
    """In which share of the cycles it fires."""


class HiddenRhythm(NamedTuple):
    """The spikes under the oscillation, and under that of every other period.

    Examples
    --------
    >>> seen = hidden_rhythm(110.0, rng=np.random.default_rng(1))
    >>> print(f"{seen.periods[seen.strength_curve.argmax()]:.0f} ms")
    125 ms
    """

    times: Annotated[np.ndarray, "n"]
    """Spike times, ms."""
    time: np.ndarray
    """Each millisecond of the first second."""
    wave: np.ndarray
    """The oscillation there, 1 at a crest."""
    needles: np.ndarray
    """The spikes as needles above it: higher where a spike is."""
    phases: np.ndarray
    """How many spikes come at each phase, in bins of 15 degrees."""
    law: np.ndarray
    """How many would, were they a Gaussian of the same strength, wrapped round the circle."""
    periods: np.ndarray
    """Periods from 80 to 200 ms."""
    strength_curve: np.ndarray
    """The vector strength under an oscillation of each; NaN without spikes."""
    n: int
    """How many spikes there are."""
    strength: float
    """Vector strength, from 0 to 1; NaN without spikes."""
    phase: float
    """Mean phase, degrees from 0 to 360; NaN without spikes."""
    p: float
    """Probability of such a strength by chance, by the Rayleigh test; NaN without spikes."""
    chance: float
    """The strength that chance makes, about 1/√n; NaN without spikes."""


def hidden_rhythm(
    period: float,
    start: float = 0.0,
    neuron: RhythmicNeuron = RhythmicNeuron(),
    seconds: float = 4.0,
    *,
    rng: np.random.Generator | np.uint64,
) -> HiddenRhythm:
    """Hold an oscillation against the spikes of a rhythmic neuron.

    Parameters
    ----------
    period, start : float
        Of the oscillation: its period and the moment of a crest, ms.
    neuron
        The rhythm that it keeps to, and how well.
    seconds : float
        How long it is recorded, s.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Returns
    -------
    HiddenRhythm

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> for period in (125.0, 140.0):
    ...     seen = hidden_rhythm(period, seconds=20.0, rng=np.random.default_rng(1))
    ...     print(f"{seen.strength:.1f}")
    0.9
    0.1
    """
    period, start, seconds = positive("period", period), as_real("start", start), positive("seconds", seconds)
    neuron = checked("neuron", neuron, RhythmicNeuron)
    affordable(1000.0 * seconds / neuron.rhythm)
    told = recorded(seconds, neuron.rhythm)
    run_rhythm(told, neuron, period, start, seconds, seed_from(rng))
    return read(told)


def recorded(seconds: float, rhythm: float) -> HiddenRhythm:
    """A blank record of so many seconds."""
    shown, tried = round(SHOWN / DT) + 1, round((LONGEST - SHORTEST) / STEP) + 1
    lines = dict.fromkeys(("time", "wave", "needles"), shown) | dict.fromkeys(("phases", "law"), BINS)
    room = int(1000.0 * seconds / rhythm) + 1
    return blank(HiddenRhythm, times=room, **lines, periods=tried, strength_curve=tried)


@kernel
def _fire(times, neuron, duration, seed):
    """One spike in most cycles, in order; returns their number."""
    jitter, rhythm, onset, fires = neuron
    n = 0
    for k in range(int(duration / rhythm) + 1):
        if uniform(seed, 0, k) < fires:
            at = onset + k * rhythm + jitter * normal(seed, 1, k)
            if 0.0 <= at < duration:
                insert(times, n, at)
                n += 1
    return n


@kernel
def run_rhythm(told, neuron, period, start, seconds, seed):
    """The spikes, the oscillation under them, their phases, and the vector strength of every period."""
    times, law = told.times, told.law
    n = _fire(times, neuron, 1000.0 * seconds, seed)
    for t in range(told.time.size):
        told.time[t] = t * DT
        told.wave[t] = math.cos(2.0 * math.pi * (told.time[t] - start) / period)
        told.needles[t] = FEET
    for s in range(n):
        t = int(times[s] / DT + 0.5)
        if t < told.needles.size:
            told.needles[t] = TIPS
        turn = (times[s] - start) / period
        told.phases[min(int((turn - math.floor(turn)) * BINS), BINS - 1)] += 1.0
    for k in range(told.periods.size):
        told.periods[k] = SHORTEST + k * STEP
        told.strength_curve[k], _ = locking(times, n, told.periods[k], start)
    strength, mean = locking(times, n, period, start)
    told.n[0], told.strength[0], told.phase[0] = n, strength, 360.0 * mean
    told.p[0], told.chance[0] = math.nan, math.nan
    if n > 0:
        told.p[0], told.chance[0] = chance_of_strength(strength, n), 1.0 / math.sqrt(n)
        # in turns; a bell much narrower than a bin would slip through between the middles of two bins
        width = max(math.sqrt(-2.0 * math.log(max(strength, 1e-6))) / (2.0 * math.pi), 0.6 / BINS)
        for b in range(BINS):
            for around in range(-2, 3):  # the circle is closed: what leaves at one end comes in at the other
                off = ((b + 0.5) / BINS + around - mean) / width
                law[b] += n / BINS * math.exp(-0.5 * off * off) / (math.sqrt(2.0 * math.pi) * width)
