r"""A place cell that crosses its field: a LIF neuron between a ramp and an oscillation.

An animal runs at constant speed through the *place field* of a neuron, from $x = 0$ to its length $L$. The
input of the neuron rises along the field, and inhibition comes and goes with a rhythm of period $T$:

$$ i(t) = i_0 + (i_1 - i_0)\, \frac{x(t)}{L} - a \cos \frac{2\pi (t - t_0)}{T} $$

At phase 0 inhibition is strongest. Where the input is weak the neuron reaches its threshold only late in the
cycle, where it is strong already early: from cycle to cycle the phase of its first spike moves forward.

This is a model of *theta phase precession* (J. O'Keefe and M. L. Recce, 1993, Hippocampus 3, 317–330); the
ramp follows M. R. Mehta, A. K. Lee and M. A. Wilson (2002), Nature 417, 741–746. With an input that rises and
falls again the phase would turn back half way, which is not what is seen.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import Positive, checked, non_negative, whole
from snnlab.neurons.inputs.noisy_current import noisy_current
from snnlab.neurons.models.lif import simulate_lif
from snnlab.neurons.models.lif_parameters import LIF, check_lif
from snnlab.random import generator

__all__ = ["Crossings", "PlaceField", "cross_place_field"]

_DT = 0.1  # ms


class PlaceField(NamedTuple):
    """The numbers of a place field and of the rhythm.

    Examples
    --------
    >>> PlaceField(length=30.0).period
    125.0
    """

    length: Positive = 40.0
    """L, cm."""
    speed: Positive = 40.0
    """Of the animal, cm/s."""
    first: float = 0.0
    """Current at the begin of the field, nA."""
    last: float = 0.30
    """Current at its end, nA."""
    inhibition: float = 0.2
    """Amplitude a of the rhythm, nA."""
    period: Positive = 125.0
    """T, ms: a rhythm of 8 Hz."""


class Crossings(NamedTuple):
    """Every spike of every run.

    Examples
    --------
    >>> print(Crossings(np.array([12.0]), np.array([250.0]), np.array([0]), np.array([True])).phase)
    [250.]
    """

    position: np.ndarray
    """Where the animal was, cm, shape (spikes,)."""
    phase: np.ndarray
    """Phase of the rhythm, degrees from 0 to 360, shape (spikes,)."""
    run: np.ndarray
    """In which run, from 0, shape (spikes,)."""
    first: np.ndarray
    """Whether it is the first spike of its cycle, bool, shape (spikes,)."""


def cross_place_field(
    runs: int,
    sigma: float = 3.0,
    field: PlaceField = PlaceField(),
    neuron: LIF = LIF(tau_m=10.0),
    *,
    rng: np.random.Generator,
) -> Crossings:
    """Let an animal cross the field of a neuron again and again; the rhythm starts each run at another phase.

    Parameters
    ----------
    runs : int
        How often.
    sigma : float
        Noise, standard deviation of a potential that never fires, mV.
    field, neuron
        The numbers of the field and of the neuron.
    rng
        The source of chance, for example ``np.random.default_rng(1)``.

    Examples
    --------
    >>> seen = cross_place_field(20, rng=np.random.default_rng(1))
    >>> early, late = seen.position < 15, seen.position > 30
    >>> bool(np.median(seen.phase[seen.first & early]) > np.median(seen.phase[seen.first & late]) + 50)
    True
    """
    rng = generator(rng)
    runs, sigma, neuron = whole("runs", runs, least=1), non_negative("sigma", sigma), check_lif(neuron)
    field = checked("field", field, PlaceField)
    length, speed, period = field.length, field.speed, field.period
    duration = 1000.0 * length / speed
    i = noisy_current(0.0, sigma, duration, runs, neuron=neuron, dt=_DT, rng=rng)
    time = (np.arange(len(i)) + 0.5) * _DT
    start = period * rng.random(runs)
    ramp = field.first + (field.last - field.first) * time / duration
    i += ramp[:, None] - field.inhibition * np.cos(2.0 * np.pi * (time[:, None] - start) / period)
    spikes = simulate_lif(i, neuron, dt=_DT).spikes
    turns = (spikes.times - start[spikes.units]) / period
    cycle = np.floor(turns)
    seen, first = set(), np.empty(spikes.n_spikes, bool)
    for k, key in enumerate(zip(spikes.units.tolist(), cycle.tolist(), strict=True)):  # in order of time
        first[k] = key not in seen
        seen.add(key)
    return Crossings(speed * spikes.times / 1000.0, 360.0 * (turns - cycle), spikes.units.copy(), first)
