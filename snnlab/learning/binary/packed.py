r"""Products of signs, 64 at a time: one bit a sign, XNOR in the place of a product, a count in that of a sum.

Let bit 1 stand for +1 and bit 0 for -1. Two signs that are equal give +1, two that differ give -1. So the
product of two rows $x$ and $w$ of $n$ signs is what agrees minus what differs,

$$ x \cdot w = n - 2\, \operatorname{popcount}(x \oplus w) $$

where $\oplus$ marks the bits that differ and popcount counts them. A row may end with a word that is only
partly in use; its other bits are 0 in all rows and differ nowhere.

The ones of a word are counted in place: of pairs of bits, of four, of eight, then all bytes by one product.

Source: M. Courbariaux, I. Hubara, D. Soudry, R. El-Yaniv and Y. Bengio (2016), Binarized neural networks,
arXiv:1602.02830; M. Rastegari, V. Ordonez, J. Redmon and A. Farhadi (2016), XNOR-Net, ECCV.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.compiling import inlined_kernel, uncounted_kernel

__all__ = ["PackedSigns", "pack_signs", "packed_product", "unpack_signs"]

WORD = 64  # bits
_1, _2, _4, _56 = np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56)
_PAIRS, _FOURS = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
_EIGHTS, _BYTES = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)


class PackedSigns(NamedTuple):
    """Rows of signs, 64 in a word.

    Examples
    --------
    >>> packed = pack_signs([[1, -1, 1]])
    >>> packed.n, f"{int(packed.words[0, 0]):b}"
    (3, '101')
    """

    words: np.ndarray
    """uint64, shape (rows, words): bit b of word k is sign 64 k + b; bits behind the last sign are 0."""
    n: int
    """How many signs a row has."""


def pack_signs(x: ArrayLike) -> PackedSigns:
    """One bit a number: 1 where it is 0 or more, 0 where it is below.

    Parameters
    ----------
    x : array of shape (rows, n)
        Signs, or numbers whose signs are taken.

    Examples
    --------
    >>> pack_signs(np.ones((2, 100))).words.shape
    (2, 2)
    """
    x = finite_array("x", x, (2,), "(rows, n)")
    if not x.shape[1]:
        raise ValueError(f"x must have at least one column, got shape {x.shape}")
    room = np.zeros((len(x), -(-x.shape[1] // WORD) * WORD), bool)
    room[:, : x.shape[1]] = x >= 0
    words = np.packbits(room, axis=1, bitorder="little").view("<u8").astype(np.uint64)
    return PackedSigns(words, x.shape[1])


def unpack_signs(packed: PackedSigns) -> np.ndarray:
    """The signs as numbers, the other way round.

    Parameters
    ----------
    packed
        Rows of signs.

    Returns
    -------
    array of float, shape (rows, n)
        +1 and −1.

    Examples
    --------
    >>> unpack_signs(pack_signs([[0.3, -2.0]]))
    array([[ 1., -1.]])
    """
    packed = check_packed("packed", packed)
    bits = np.unpackbits(packed.words.astype("<u8").view(np.uint8), axis=1, bitorder="little")
    return 2.0 * bits[:, : packed.n] - 1.0


def packed_product(x: PackedSigns, w: PackedSigns) -> np.ndarray:
    """The product of each row of `x` with each row of `w`, exactly.

    Parameters
    ----------
    x, w
        Rows of equally many signs, for example activations and weights.

    Returns
    -------
    array of int64, shape (rows of x, rows of w)

    Examples
    --------
    >>> packed_product(pack_signs([[1, 1, 1]]), pack_signs([[1, 1, -1], [-1, -1, -1]]))
    array([[ 1, -3]])
    """
    x, w = check_packed("x", x), check_packed("w", w)
    if x.n != w.n:
        raise ValueError(f"x must have as many signs a row as w ({w.n}), got {x.n}")
    product = np.empty((len(x.words), len(w.words)), np.int64)
    multiply(x.words, w.words, x.n, product)
    return product


def check_packed(name: str, packed: PackedSigns) -> PackedSigns:
    """`packed`, if it is rows of words of which just the signs are in use."""
    if not isinstance(packed, PackedSigns):
        raise TypeError(f"{name} must be PackedSigns, as pack_signs makes them, got {type(packed).__name__}")
    words = np.ascontiguousarray(packed.words)
    if words.dtype != np.uint64 or words.ndim != 2 or words.shape[1] != -(-packed.n // WORD):
        raise ValueError(
            f"{name}.words must be uint64 of {-(-packed.n // WORD)} columns for {packed.n} signs a row, "
            f"got {words.dtype} of shape {words.shape}"
        )
    used = packed.n % WORD
    if used and (words[:, -1] >> np.uint64(used)).any():
        raise ValueError(f"{name}.words must be 0 behind the last of {packed.n} signs, got other bits")
    return PackedSigns(words, packed.n)


@inlined_kernel
def ones(word):
    """How many bits of a word are 1."""
    word = word - ((word >> _1) & _PAIRS)
    word = (word & _FOURS) + ((word >> _2) & _FOURS)
    word = (word + (word >> _4)) & _EIGHTS
    return (word * _BYTES) >> _56


@uncounted_kernel
def differing(x, w):
    """How many bits differ between two rows of words."""
    total = np.uint64(0)
    for k in range(len(w)):
        total += ones(x[k] ^ w[k])
    return total


@uncounted_kernel
def multiply(x, w, n, product):
    """What agrees minus what differs, of n signs, for each pair of rows."""
    for r in range(len(x)):
        for j in range(len(w)):
            product[r, j] = n - 2 * np.int64(differing(x[r], w[j]))
