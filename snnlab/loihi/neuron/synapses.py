r"""Synapses of Loihi: from spikes and stored weights to the input of each compartment.

$$ q_i(t) = 64 \cdot 2^{e} \sum_j w_{ij}\, s_j(t - d_{ij} - a) $$

with the mantissa $w_{ij}$ of the weight, the exponent $e$ that a group of weights shares, the delay $d_{ij}$
and the arrival $a$ of the convention. A negative exponent leaves fractions, and here emulators part: lava
rounds the sum down, brian2-loihi each weight down, nengo-loihi each weight to the nearest whole number.

Source: C. Michaelis et al. (2022), Frontiers in Neuroinformatics 16:1015624, section 2.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, whole
from snnlab.loihi.conventions import BRIAN2_LOIHI, Convention, check_convention
from snnlab.loihi.fixed_point import (
    DELAY_MAX,
    EXCITATORY,
    INHIBITORY,
    MIXED,
    SHIFT_BITS,
    WEIGHT_EXP_MAX,
    WEIGHT_EXP_MIN,
    WEIGHT_LIMIT,
    rounded,
    weight_limits,
    weight_mantissa,
    whole_array,
)
from snnlab.networks.running.delivery import read_all, ring_for
from snnlab.networks.running.events import Events

__all__ = ["Synapse", "effective_weights", "sign_mode_of", "stored_weights", "synaptic_input"]


class Synapse(NamedTuple):
    """How a group of weights is stored.

    Examples
    --------
    >>> Synapse(exponent=-2).exponent
    -2
    """

    bits: int = 8
    """Bits of a mantissa, 1 to 8."""
    exponent: int = 0
    """Exponent that all weights share, −8 to 7."""
    sign_mode: int = MIXED
    """`MIXED`, `EXCITATORY`, `INHIBITORY`, or `SPLIT` for two groups, one of each sign."""


def sign_mode_of(w: ArrayLike) -> int:
    """The sign mode that wastes no bit on these weights.

    Parameters
    ----------
    w : array
        Weights.

    Returns
    -------
    int
        `EXCITATORY` if none is negative, `INHIBITORY` if none is positive, otherwise `MIXED`.

    Examples
    --------
    >>> sign_mode_of([1, -2]) == MIXED
    True
    """
    values = finite_array("w", w, tuple(range(33)), "any")
    if not (values < 0).any():
        return EXCITATORY
    return MIXED if (values > 0).any() else INHIBITORY


def stored_weights(
    w: ArrayLike, synapse: Synapse = Synapse(), convention: Convention = BRIAN2_LOIHI
) -> np.ndarray:
    """The mantissas that the chip keeps of weights.

    Parameters
    ----------
    w : array of any shape
        Weights in units of the mantissa, −256 to 255; what is beyond is cut.
    synapse
        How they are stored.
    convention
        How the chip is read.

    Returns
    -------
    array of int64 of the shape of `w`

    Examples
    --------
    >>> from snnlab.loihi import LAVA
    >>> print(stored_weights([-77, 77]), stored_weights([-77, 77], convention=LAVA))
    [-76  76] [-78  76]
    """
    if not isinstance(synapse, Synapse):
        raise TypeError(f"synapse must be a Synapse, got {type(synapse).__name__}")
    convention = check_convention(convention)
    _power(synapse)  # is not needed here, and looked at nevertheless
    m = weight_mantissa(w, synapse.bits, synapse.sign_mode, convention.weight_rounding)
    low, _ = row_ends(synapse, convention)
    return np.maximum(np.where(np.asarray(w) <= low, low, m), low)


def effective_weights(
    w: ArrayLike, synapse: Synapse = Synapse(), convention: Convention = BRIAN2_LOIHI
) -> np.ndarray:
    """What one spike adds to the current, 64 · round(mantissa · 2^exponent).

    Parameters
    ----------
    w, synapse, convention
        As in `stored_weights`.

    Returns
    -------
    array of int64 of the shape of `w`
        At most 2²¹ − 64 in magnitude. Where the exponent belongs to the sum, this is the sum of one spike,
        and at most 2²¹.

    Examples
    --------
    >>> print(effective_weights([7, -7], Synapse(exponent=-2, bits=8)))
    [  64 -128]
    """
    return told(stored_weights(w, synapse, convention), *row_ends(synapse, convention), synapse, convention)


def told(mantissas: np.ndarray, low: int, high: int, synapse: Synapse, convention: Convention) -> np.ndarray:
    """What one spike adds through mantissas from `low` to `high`, which are stored as they are."""
    power = _power(synapse)
    least, most = (int(np.floor(end * power)) for end in (low, high))
    m = rounded(mantissas * power, convention.exponent_rounding)
    limit = 1 << 15 if convention.exponent_on_sum else WEIGHT_LIMIT >> SHIFT_BITS  # a sum is not cut
    return np.clip(m, max(least, -limit), min(most, limit)) << SHIFT_BITS


def synaptic_input(
    spikes: ArrayLike,
    w: ArrayLike,
    synapse: Synapse = Synapse(),
    convention: Convention = BRIAN2_LOIHI,
    *,
    delay: ArrayLike = 0,
) -> np.ndarray:
    """The input of each step that spikes bring through weights and delays.

    Parameters
    ----------
    spikes : array of 0 and 1 of shape (steps, n_pre)
        Spikes, as `Spikes.to_raster(1.0)` gives them.
    w : array of shape (n_post, n_pre)
        Weights, as in `stored_weights`.
    synapse
        How the weights are stored.
    convention
        How the chip is read.
    delay : int or array of shape (n_post, n_pre)
        Steps, 0 to 62.

    Returns
    -------
    array of int32 of shape (steps, n_post)
        In units of the current; a sum beyond 32 bits overflows, as it would in the 24 bits of the current.

    Examples
    --------
    >>> print(synaptic_input([[1], [0], [0]], [[10]], delay=1).ravel())
    [  0 640   0]
    """
    raster = np.ascontiguousarray(whole_array("spikes", spikes, 0, 1), np.uint8)
    weights = finite_array("w", w, (2,), "(n_post, n_pre)")
    if raster.ndim != 2 or raster.shape[1] != weights.shape[1]:
        raise ValueError(f"spikes must have shape (steps, {weights.shape[1]}), got {raster.shape}")
    delays = whole_array("delay", delay, 0, DELAY_MAX)
    if delays.ndim and delays.shape != weights.shape:
        raise ValueError(f"delay must be a number or have shape {weights.shape}, got {delays.shape}")
    convention = check_convention(convention)
    late = np.broadcast_to(delays + convention.arrival, weights.shape)
    if not convention.exponent_on_sum:
        return _delivered(raster, effective_weights(weights, synapse, convention), late)
    q = _delivered(raster, stored_weights(weights, synapse, convention), late)
    total = rounded(q * _power(synapse), convention.exponent_rounding) << SHIFT_BITS
    return total.astype(np.int32)


def _power(synapse: Synapse) -> float:
    """2^exponent."""
    exponent = whole("exponent", synapse.exponent, WEIGHT_EXP_MIN)
    if exponent > WEIGHT_EXP_MAX:
        raise ValueError(f"exponent must be at most {WEIGHT_EXP_MAX}, got {exponent}")
    return 2.0**exponent


def row_ends(synapse: Synapse, convention: Convention) -> tuple[int, int]:
    """The smallest and the largest mantissa."""
    _, low, high = weight_limits(synapse.bits, synapse.sign_mode)
    if synapse.sign_mode == INHIBITORY:
        return (-256 if convention.lowest_inhibitory == -256 else low), high
    return (max(low, -high) if convention.symmetric and high else low), high


def _delivered(raster: np.ndarray, w: np.ndarray, late: np.ndarray) -> np.ndarray:
    """What the spikes bring to each compartment in each step, int32 of shape (steps, n_post)."""
    steps, n = len(raster), len(w)
    pre, post = np.nonzero(w.T)
    begin = np.searchsorted(pre, np.arange(w.shape[1] + 1))
    events = Events(begin, *(x.astype(np.int32) for x in (post, w[post, pre], late[post, pre])))
    times, units = np.nonzero(raster)
    q = np.empty((steps, n), np.int32)
    read_all(q, units, np.searchsorted(times, np.arange(steps + 1)), ring_for(events, n), events)
    return q
