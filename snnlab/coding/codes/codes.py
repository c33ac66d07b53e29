"""The codes of single values, with one set of numbers each, so that they can be compared."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from snnlab.checks import positive, whole
from snnlab.coding.codes.burst_code import decode_bursts, encode_bursts
from snnlab.coding.codes.first_spike import decode_first_spikes, encode_first_spikes
from snnlab.coding.codes.phase import decode_phases, encode_phases
from snnlab.coding.codes.rate_code import decode_rates, encode_rates
from snnlab.coding.codes.receptive_fields import decode_fields, encode_fields, receptive_fields
from snnlab.coding.values import countable
from snnlab.spikes import Spikes

__all__ = ["Code", "dated", "value_codes", "whole_ticks"]

# The drives of the smallest and the largest value, in thresholds: spikes at 0.95 and 0.11 of the window.
_WEAKEST, _STRONGEST = -1.0 / math.expm1(-1.9), 5.0


class Code(NamedTuple):
    """A way to tell values in spikes, and back."""

    name: str
    encode: Callable[[np.ndarray], Spikes]
    decode: Callable[[Spikes], np.ndarray]
    n_each: int = 1
    """How many neurons a value takes."""


def value_codes(
    window: float, low: float, high: float, most: int, n_fields: int, rng: np.random.Generator
) -> list[Code]:
    """The five codes that tell values from `low` to `high` in a window."""
    window, most = positive("window", window), whole("most", most, least=1)
    countable("most", most)
    r_max, tau, span = 1000.0 * most / window, window / 2.0, high - low
    d_min, d_max = window / (4.0 * most), window / most
    fields = receptive_fields(n_fields, low, high)

    def drive(x: np.ndarray) -> np.ndarray:
        return _WEAKEST + (_STRONGEST - _WEAKEST) * (x - low) / span

    def value(spikes: Spikes) -> np.ndarray:
        share = (decode_first_spikes(spikes, tau, 1.0) - _WEAKEST) / (_STRONGEST - _WEAKEST)
        return low + span * share

    return [
        Code(
            "rate",
            lambda x: encode_rates(x, r_max, window, low, high, rng=rng),
            lambda s: decode_rates(s, r_max, low, high),
        ),
        Code("latency", lambda x: encode_first_spikes(drive(x), tau, 1.0, window), value),
        Code(
            "phase",
            lambda x: encode_phases(x, window, low=low, high=high),
            lambda s: decode_phases(s, window, low, high),
        ),
        Code(
            "burst",
            lambda x: encode_bursts(x, window, most, d_min, d_max, low, high),
            lambda s: decode_bursts(s, most, d_min, d_max, low, high),
        ),
        Code(
            "population",
            lambda x: encode_fields(x, fields, window),
            lambda s: decode_fields(s, fields),
            fields.centres.size,
        ),
    ]


def whole_ticks(tick: float, window: float) -> float:
    """The time between two ticks, of which a window holds a whole number."""
    tick, window = positive("tick", tick), positive("window", window)
    if not abs(window / tick - round(min(window / tick, 1e15))) < 1e-6 or tick > window:
        raise ValueError(f"window must be a multiple of tick ({tick:g} ms), got {window:g}")
    return tick


def dated(spikes: Spikes, tick: float) -> Spikes:
    """The spikes as a clock sees them: in the middle of its ticks."""
    times = np.minimum((np.floor(spikes.times / tick) + 0.5) * tick, spikes.duration)
    return Spikes(times, spikes.units, n_units=spikes.n_units, duration=spikes.duration)
