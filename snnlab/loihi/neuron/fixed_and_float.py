"""A compartment in fixed point and its twin in floating point, under the same pulses.

Both get what the chip's weight brings, so what parts them happens in the registers: a loss that is rounded
up, a current that comes out at the other end. The equations stand in `snnlab.loihi.neuron.compartments` and
`snnlab.loihi.neuron.float_twin`; the chip is read as brian2-loihi reads it.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.compiling import kernel
from snnlab.loihi.fixed_point import (
    BIAS_BITS,
    DECAY_BITS,
    REGISTER_BITS,
    SHIFT_BITS,
    WEIGHT_EXP_MAX,
    WEIGHT_EXP_MIN,
    decayed,
    whole_array,
    whole_within,
)
from snnlab.loihi.neuron.compartments import Compartment, check_compartment
from snnlab.loihi.neuron.compartments import step as chip_step
from snnlab.loihi.neuron.float_twin import step as real_step
from snnlab.loihi.neuron.synapses import Synapse, effective_weights
from snnlab.records import blank, read

__all__ = ["FixedAndFloat", "fixed_and_float"]

GLOW = 5  # steps for which an overflow is seen


class FixedAndFloat(NamedTuple):
    """What both compartments did.

    Examples
    --------
    >>> seen = fixed_and_float([1, 0, 0], weight=2, exponent=0)
    >>> print(seen.u, seen.v, seen.v_real.round(1))
    [128 115 103] [128 236 327] [128.  236.8 328.6]
    """

    u: np.ndarray
    """The current on the chip after each step, int32."""
    v: np.ndarray
    """The voltage on the chip after each step, int32."""
    v_real: np.ndarray
    """The voltage in real numbers."""
    times: Annotated[np.ndarray, "n"]
    """The steps in which the chip's compartment fires."""
    times_real: Annotated[np.ndarray, "n_real"]
    """The steps in which its twin fires."""
    bits: np.ndarray
    """`u` bit by bit, shape (25, steps), row 23 the sign: NaN where a bit is 0, else 0.5, and 1 in the five
    steps from an overflow on. The last row is 1 in these steps, else NaN."""
    n: int
    """How many spikes there are on the chip."""
    n_real: int
    """How many there are in real numbers."""
    wraps: int
    """Steps in which the current overflows."""
    size: int
    """The largest magnitude of the current."""
    end: int
    """The chip's voltage after the last step."""


def fixed_and_float(
    pulses: ArrayLike,
    compartment: Compartment = Compartment(),
    weight: int = 128,
    exponent: int = 0,
    bias: int = 0,
) -> FixedAndFloat:
    """Send pulses through one synapse into a compartment of the chip and into its twin in real numbers.

    Parameters
    ----------
    pulses : array of 0 and 1 of shape (steps,)
        In which steps a spike comes.
    compartment
        The numbers of the compartment.
    weight : int
        Mantissa of the weight, −256 to 254; it is stored as one of a group with both signs.
    exponent : int
        The exponent of its group, −8 to 7.
    bias : int
        What is added to the voltage in each step, −4096 to 4095.

    Examples
    --------
    Where the loss is rounded up the chip never fires, and real numbers do:

    >>> seen = fixed_and_float(np.zeros(300), Compartment(decay_v=32, v_th=5), bias=3)
    >>> print(f"{seen.n} and {seen.n_real}; the chip stands still at {seen.end}")
    0 and 1; the chip stands still at 257
    """
    came, compartment = whole_array("pulses", pulses, 0, 1).astype(np.int32), check_compartment(compartment)
    if came.ndim != 1 or came.size == 0:
        raise ValueError(f"pulses must have shape (steps,) and one step at least, got {came.shape}")
    exponent = whole_within("exponent", exponent, WEIGHT_EXP_MIN, WEIGHT_EXP_MAX)
    weight = whole_within("weight", weight, -256, 254)
    bias = whole_within("bias", bias, -(1 << BIAS_BITS), (1 << BIAS_BITS) - 1)
    seen = recorded(came.size)
    run_both(seen, came, by_exponent(weight), compartment, exponent, bias)
    return read(seen)


def by_exponent(weight: int) -> np.ndarray:
    """What one pulse brings through a weight with each exponent, from the smallest one on."""
    exponents = range(WEIGHT_EXP_MIN, WEIGHT_EXP_MAX + 1)
    return np.array([effective_weights(weight, Synapse(exponent=e)) for e in exponents], np.int32)


def recorded(steps: int) -> FixedAndFloat:
    """A blank record."""
    whole = {name: np.zeros(steps, np.int32) for name in ("u", "v")}
    real = dict.fromkeys(("v_real", "times", "times_real"), steps)
    return blank(FixedAndFloat, **whole, **real, bits=(REGISTER_BITS + 2, steps))


@kernel
def _show_bits(bits, t, u, glows):
    """Column `t`: the bits of `u`, and the lamp for an overflow."""
    for k in range(REGISTER_BITS + 1):
        bits[k, t] = math.nan
        if (u >> k) & 1:
            bits[k, t] = 1.0 if glows else 0.5
    bits[REGISTER_BITS + 1, t] = 1.0 if glows else math.nan


@kernel
def run_both(seen, pulses, weights, compartment, exponent, bias):
    """Both compartments step by step; `weights` holds what a pulse brings, exponent by exponent."""
    decay_u, decay_v, v_th, refractory, v_min, soft = compartment
    full = 1 << DECAY_BITS
    keep_u, keep_v = np.int32(full - int(decay_u)), np.int32(full - int(decay_v))
    b, threshold, rest = np.int32(bias), np.int32(int(v_th) << SHIFT_BITS), int(refractory)
    brings = weights[int(exponent) - WEIGHT_EXP_MIN]
    u, v, u_real, v_real = np.int32(0), np.int32(0), 0.0, 0.0
    n, n_real, free, free_real, glow = 0, 0, 0, 0, 0
    for t in range(pulses.size):
        q = np.int32(brings * pulses[t])
        total = decayed(u, keep_u) + q
        u, v = chip_step(u, v, q, b, keep_u, keep_v, np.int32(v_min), np.int32(0), np.int32(0))
        u_real, v_real = real_step(u_real, v_real, float(q), bias, keep_u / full, keep_v / full)
        v = np.int32(0 if t < free else v)
        v_real = 0.0 if t < free_real else v_real
        if v > threshold:
            seen.times[n] = t
            n, v, free = n + 1, np.int32(v - threshold if soft else 0), t + rest
        if v_real > threshold:
            seen.times_real[n_real] = t
            n_real, v_real, free_real = n_real + 1, v_real - threshold if soft else 0.0, t + rest
        glow = GLOW if total != u else max(glow - 1, 0)
        seen.wraps[0] += total != u
        seen.size[0] = max(seen.size[0], abs(float(u)))
        seen.u[t], seen.v[t], seen.v_real[t] = u, v, v_real
        _show_bits(seen.bits, t, u, glow > 0)
    seen.n[0], seen.n_real[0], seen.end[0] = n, n_real, v
