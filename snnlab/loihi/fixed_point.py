r"""Integers as Loihi handles them: how a register decays, overflows and stops, and how a weight is stored.

Nothing on the chip is a fraction. A register loses some 4096ths at a time, and the remainder is dropped; a
sum that is too large comes out at the other end, or stays at the end; a weight is a small whole number, the
*mantissa*, times a power of two that many weights share. Each of these is one function here, and its formula
is the first line of its docstring. The functions on registers are kernels: one number in, one number out.

Source: M. Davies et al. (2018), Loihi: a neuromorphic manycore processor with on-chip learning, IEEE Micro
38(1); C. Michaelis, A. B. Lehr, W. Oed and C. Tetzlaff (2022), Brian2Loihi, Frontiers in Neuroinformatics
16:1015624.
"""

from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, whole
from snnlab.compiling import inlined_kernel

__all__ = [
    "BIAS_BITS",
    "BIAS_EXP_BITS",
    "DECAY_BITS",
    "DELAY_MAX",
    "EXCITATORY",
    "FLOOR",
    "INHIBITORY",
    "MIXED",
    "NEAREST",
    "REFRACTORY_MAX",
    "REGISTER_BITS",
    "REGISTER_LIMIT",
    "SHIFT_BITS",
    "SPLIT",
    "THRESHOLD_BITS",
    "TRUNCATE",
    "WEIGHT_BITS",
    "WEIGHT_EXP_MAX",
    "WEIGHT_EXP_MIN",
    "WEIGHT_LIMIT",
    "decayed",
    "rounded",
    "saturated",
    "scaled_bias",
    "weight_limits",
    "weight_mantissa",
    "wrapped",
]

REGISTER_BITS = 23  # of current and voltage, beside the sign
REGISTER_LIMIT = 1 << REGISTER_BITS
DECAY_BITS = 12  # a decay is so many 4096ths
SHIFT_BITS = 6  # weights and thresholds count in units of 64
THRESHOLD_BITS = 17
BIAS_BITS = 12  # of the mantissa, beside the sign
BIAS_EXP_BITS = 3
WEIGHT_BITS = 8  # of the mantissa, in all three emulators; the paper reports up to nine
WEIGHT_EXP_MIN, WEIGHT_EXP_MAX = -8, 7
WEIGHT_LIMIT = 2**21 - 2**SHIFT_BITS  # the largest effective weight
DELAY_MAX = 62  # steps
REFRACTORY_MAX = 64  # steps

MIXED, EXCITATORY, INHIBITORY, SPLIT = 1, 2, 3, 4  # the sign mode of weights; split: a group for each sign
FLOOR, TRUNCATE, NEAREST = 0, 1, 2  # downwards, towards zero, to the nearest (halves to the even one)


@inlined_kernel
def decayed(x, keep):
    """sgn(x) ⌊|x| keep / 4096⌋: what a decay leaves of a register, rounded towards zero.

    The product would need 36 bits. Split in halves of 12 bits, |x| = 4096 h + l, it is
    h keep + ⌊l keep / 4096⌋, and 32 bits are enough.

    Parameters
    ----------
    x : int
        The register, at most 2²⁴ in magnitude.
    keep : int
        How many 4096ths stay, 0 to 4096.

    Returns
    -------
    int32

    Examples
    --------
    >>> decayed(1000, 3686), decayed(-1000, 3686), decayed(-1, 4095)
    (899, -899, 0)
    """
    size, share = np.int32(abs(x)), np.int32(keep)
    high, low = np.int32((size >> 12) * share), np.int32((size & 4095) * share)
    left = np.int32(high + np.int32(low >> 12))  # each step in 32 bits: eight numbers fit into a register
    return np.int32(-left if x < 0 else left)


@inlined_kernel
def wrapped(x, limit, edge):
    """((x + M − edge) mod 2M) − M + edge, M the limit: an overflow comes out at the other end.

    Parameters
    ----------
    x : int
        A sum.
    limit : int
        A power of two, or 0 for no overflow at all.
    edge : int
        0 for the two's complement, −M to M − 1; 1 for −M + 1 to M, which is lava's rule.

    Returns
    -------
    int32

    Examples
    --------
    >>> wrapped(2**23 + 5, 2**23, 0), wrapped(2**23, 2**23, 0), wrapped(2**23, 2**23, 1)
    (-8388603, -8388608, 8388608)
    >>> wrapped(2**30, 0, 0)
    1073741824
    """
    return np.int32(((x + limit - edge) & (2 * limit - 1)) - limit + edge)


@inlined_kernel
def saturated(x, low, high):
    """min(max(x, low), high): an overflow stays at the end.

    Parameters
    ----------
    x : int
        A sum.
    low, high : int
        The ends, which belong to the range.

    Returns
    -------
    int32

    Examples
    --------
    >>> saturated(9_000_000, -8388607, 8388607), saturated(-3, 0, 8388607)
    (8388607, 0)
    """
    return np.int32(min(max(x, low), high))


def scaled_bias(mantissa: ArrayLike, exponent: ArrayLike = 0) -> np.ndarray:
    """2^e · m: the bias of mantissa m and exponent e, in units of the voltage.

    Parameters
    ----------
    mantissa : int or array of int
        −4096 to 4095.
    exponent : int or array of int
        0 to 7.

    Returns
    -------
    array of int32 of the shape of both, broadcast

    Examples
    --------
    >>> print(scaled_bias([5, -5], 6))
    [ 320 -320]
    """
    m = whole_array("bias", mantissa, -(1 << BIAS_BITS), (1 << BIAS_BITS) - 1)
    e = whole_array("bias_exp", exponent, 0, (1 << BIAS_EXP_BITS) - 1)
    if m.ndim and e.ndim and m.shape != e.shape:
        raise ValueError(f"bias_exp must be a number or have shape {m.shape}, got {e.shape}")
    return np.asarray(m << e, np.int32)


def rounded(x: ArrayLike, rounding: int) -> np.ndarray:
    """⌊x⌋, sgn(x) ⌊|x|⌋ or the whole number next to x, as `rounding` says.

    Parameters
    ----------
    x : float or array
        Numbers below 2⁵³ in magnitude.
    rounding
        `FLOOR`, `TRUNCATE` or `NEAREST`.

    Returns
    -------
    array of int64 of the shape of `x`

    Raises
    ------
    ValueError, TypeError
        If `rounding` is none of the three, or a number is not finite or too large.

    Examples
    --------
    >>> [int(rounded(-77 / 2, r)) for r in (FLOOR, TRUNCATE, NEAREST)]
    [-39, -38, -38]
    """
    ways = {FLOOR: np.floor, TRUNCATE: np.trunc, NEAREST: np.rint}
    if not isinstance(rounding, int) or rounding not in ways:
        raise ValueError(f"rounding must be FLOOR, TRUNCATE or NEAREST, got {rounding!r}")
    values = finite_array("x", x, tuple(range(33)), "any")
    if np.abs(values).max(initial=0.0) >= 2.0**53:
        raise ValueError(f"x must be below 2^53 in magnitude, got {np.abs(values).max():g}")
    return np.asarray(ways[rounding](values)).astype(np.int64)


def weight_limits(bits: int, sign_mode: int) -> tuple[int, int, int]:
    """2^(8 − bits), twice as much for mixed signs: the step of weights, and the ends, at most −256 and 255.

    A sign costs one bit where the weights of a group have both signs. Weights that are split have an
    excitatory and an inhibitory group, and none in either that belongs to the other.

    Parameters
    ----------
    bits
        Bits a mantissa is stored in, 1 to 8.
    sign_mode
        `MIXED`, `EXCITATORY`, `INHIBITORY` or `SPLIT`.

    Returns
    -------
    step, low, high : int
        Mantissas are multiples of `step` between `low` and `high`.

    Examples
    --------
    >>> weight_limits(8, MIXED), weight_limits(5, EXCITATORY)
    ((2, -256, 254), (8, 0, 248))
    >>> weight_limits(1, MIXED), weight_limits(1, SPLIT)
    ((256, -256, 0), (128, -128, 128))
    """
    if whole("bits", bits, 1) > WEIGHT_BITS:
        raise ValueError(f"bits must be at most {WEIGHT_BITS}, got {bits}")
    given: object = sign_mode  # of whatever kind
    if not isinstance(given, int | np.integer) or sign_mode not in (MIXED, EXCITATORY, INHIBITORY, SPLIT):
        raise ValueError(f"sign_mode must be MIXED, EXCITATORY, INHIBITORY or SPLIT, got {sign_mode!r}")
    step = 1 << (WEIGHT_BITS - bits + (sign_mode == MIXED))
    high = 255 // step * step
    ends = {MIXED: (-256, high), EXCITATORY: (0, high), INHIBITORY: (-high, 0), SPLIT: (-high, high)}
    return step, *ends[sign_mode]


def weight_mantissa(w: ArrayLike, bits: int, sign_mode: int, rounding: int) -> np.ndarray:
    """min(max(step · round(w / step), low), high): a weight as it is stored.

    Parameters
    ----------
    w : float or array
        Weights, in units of the mantissa.
    bits, sign_mode
        As in `weight_limits`.
    rounding
        `FLOOR`, `TRUNCATE` or `NEAREST`; of weights in a group of one sign it concerns the magnitude.

    Returns
    -------
    array of int64 of the shape of `w`

    Examples
    --------
    >>> print(weight_mantissa([-77, 77, 300], 8, MIXED, FLOOR), weight_mantissa(-77, 8, MIXED, TRUNCATE))
    [-78  76 254] -76
    """
    step, low, high = weight_limits(bits, sign_mode)
    values = np.clip(finite_array("w", w, tuple(range(33)), "any"), -256.0, 256.0) / step
    sign = np.where(values < 0, -1, 1) if sign_mode == SPLIT else -1 if sign_mode == INHIBITORY else 1
    return np.clip(sign * rounded(sign * values, rounding) * step, low, high)


def whole_array(name: str, values: ArrayLike, least: int, most: int) -> np.ndarray:
    """`values` as an array of int64 between `least` and `most`."""
    array = finite_array(name, values, tuple(range(33)), "any")
    wrong = array[(array != np.rint(array)) | (array < least) | (array > most)]
    if wrong.size:
        raise ValueError(f"{name} must be whole, from {least} to {most}, got {wrong.flat[0]:g}")
    return array.astype(np.int64)


def whole_within(name: str, value: object, least: int, most: int) -> int:
    """`value` as an int between `least` and `most`."""
    if type(value) is not bool and isinstance(value, Integral) and not least <= int(value) <= most:
        raise ValueError(f"{name} must be from {least} to {most}, got {value}")
    return whole(name, value, least)
