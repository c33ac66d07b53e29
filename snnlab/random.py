r"""Random numbers by counting: Philox4x32-10.

A *counter-based* generator has no state. Random number `counter` of stream `stream` is a fixed function of
the two and of a seed: ten rounds that multiply, split and mix the bits,

$$ (c_0, c_1, c_2, c_3) \to
(h(M_1 c_2) \oplus c_1 \oplus k_0,\ l(M_1 c_2),\ h(M_0 c_0) \oplus c_3 \oplus k_1,\ l(M_0 c_0)) $$

with $h$ and $l$ the high and low 32 bits of a product and $k$ the key, which grows by a constant every round.
So neuron 7 draws the same numbers alone or among a thousand, in any order, in a notebook or in a web page.

Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw (2011), Parallel random numbers: as easy as
1, 2, 3, SC11, section 3.3; tested against the authors' known answers.
"""

import math

import numpy as np

from snnlab.compiling import inlined_kernel, kernel

__all__ = ["normal", "philox", "seed_from", "uniform", "uniform_pair", "uniforms"]

_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)
_11 = np.uint64(11)
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)


@inlined_kernel
def philox(seed, stream, counter):
    """128 random bits for (`seed`, `stream`, `counter`), as two unsigned 64-bit integers.

    Parameters
    ----------
    seed, stream, counter : uint64
        The key of the generator; which of its streams; how far along that stream.

    Returns
    -------
    tuple of two uint64
        Words (0, 1) and words (2, 3) of Philox4x32-10, the lower word in the lower bits.

    Examples
    --------
    >>> a, b = philox(np.uint64(0), np.uint64(0), np.uint64(0))
    >>> print(f"{int(a):016x} {int(b):016x}")
    e169c58d6627e8d5 9b00dbd8bc57ac4c
    """
    k0, k1 = np.uint64(seed) & _LOW, np.uint64(seed) >> _32  # signed numbers would be shifted differently
    c0, c1 = np.uint64(counter) & _LOW, np.uint64(counter) >> _32
    c2, c3 = np.uint64(stream) & _LOW, np.uint64(stream) >> _32
    for _ in range(10):
        p0, p1 = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = (p1 >> _32) ^ c1 ^ k0, p1 & _LOW, (p0 >> _32) ^ c3 ^ k1, p0 & _LOW
        k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    return c0 | (c1 << _32), c2 | (c3 << _32)


@inlined_kernel
def uniform(seed, stream, counter):
    """One random number, uniform in [0, 1), for (`seed`, `stream`, `counter`).

    Parameters
    ----------
    seed, stream, counter : uint64
        As in `philox`.

    Returns
    -------
    float
        A multiple of 2⁻⁵³.

    Examples
    --------
    >>> x = uniform(np.uint64(1), np.uint64(0), np.uint64(0))
    >>> 0 <= x < 1
    True
    """
    return (philox(seed, stream, counter)[0] >> _11) * (1.0 / 9007199254740992.0)


@inlined_kernel
def uniform_pair(seed, stream, counter):
    """Two random numbers, uniform in [0, 1) and independent, for (`seed`, `stream`, `counter`).

    Parameters
    ----------
    seed, stream, counter : uint64
        As in `philox`.

    Returns
    -------
    tuple of two float
        Multiples of 2⁻⁵³; the first is that of `uniform`.

    Examples
    --------
    >>> x, y = uniform_pair(np.uint64(1), np.uint64(0), np.uint64(0))
    >>> bool(x == uniform(np.uint64(1), np.uint64(0), np.uint64(0))), 0 <= y < 1
    (True, True)
    """
    a, b = philox(seed, stream, counter)
    return (a >> _11) * (1.0 / 9007199254740992.0), (b >> _11) * (1.0 / 9007199254740992.0)


@kernel
def uniforms(out, seed, stream, first):
    """Fill `out` with the random numbers `first`, `first` + 1, … of a stream, several at once.

    Parameters
    ----------
    out : array of float of shape (n,)
        Where they go.
    seed, stream : uint64
        As in `philox`.
    first : uint64
        The counter of the first of them.

    Examples
    --------
    >>> x = np.empty(3)
    >>> uniforms(x, np.uint64(1), np.uint64(0), np.uint64(5))
    >>> bool(x[2] == uniform(np.uint64(1), np.uint64(0), np.uint64(7)))
    True
    """
    for n in range(out.size):
        out[n] = uniform(seed, stream, first + np.uint64(n))


@inlined_kernel
def normal(seed, stream, counter):
    """One random number with mean 0 and variance 1, normally distributed, for (`seed`, `stream`, `counter`).

    Parameters
    ----------
    seed, stream, counter : uint64
        As in `philox`.

    Returns
    -------
    float
        Made of the two words of `philox` as G. E. P. Box and M. E. Muller do (1958, Annals of Mathematical
        Statistics 29, 610–611).

    Examples
    --------
    >>> x = normal(np.uint64(1), np.uint64(0), np.uint64(0))
    >>> -9 < x < 9
    True
    """
    u, around = uniform_pair(seed, stream, counter)
    return math.sqrt(-2.0 * math.log1p(-u)) * math.cos(2.0 * math.pi * around)


def seed_from(rng: np.random.Generator | np.uint64) -> np.uint64:
    """Draw the 64-bit seed of a kernel from `rng`.

    Parameters
    ----------
    rng
        A NumPy generator, for example ``np.random.default_rng(1)``; or the seed itself, as ``np.uint64(1)``:
        so the numbers of a panel can be had again.

    Returns
    -------
    uint64
        The seed.

    Raises
    ------
    TypeError
        If `rng` is not a generator: a number would be easy to reuse by accident.

    Examples
    --------
    >>> int(seed_from(np.random.default_rng(1))) == int(seed_from(np.random.default_rng(1)))
    True
    """
    if isinstance(rng, np.uint64):
        return rng
    return generator(rng).integers(0, 2**64, dtype=np.uint64)


def generator(rng: object) -> np.random.Generator:
    """`rng`, if it is a generator of NumPy."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator such as np.random.default_rng(1), got {rng!r}")
    return rng
