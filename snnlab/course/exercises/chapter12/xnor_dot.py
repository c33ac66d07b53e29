"""Exercise 12.2, write it: the product of two rows of signs, from their bits."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["XNOR_DOT"]


def xnor_dot(x, w, n):
    """What agrees minus what differs, of the lowest n bits."""
    return n - 2 * bin((x ^ w) & ((1 << n) - 1)).count("1")


def _no_mask(x, w, n):
    return n - 2 * bin(x ^ w).count("1")


def _once(x, w, n):
    return n - bin((x ^ w) & ((1 << n) - 1)).count("1")


def _differing(x, w, n):
    return bin((x ^ w) & ((1 << n) - 1)).count("1")


def _and(x, w, n):
    return bin(x & w & ((1 << n) - 1)).count("1")


def _sign(x, w, n):
    return 2 * bin((x ^ w) & ((1 << n) - 1)).count("1") - n


def _and_doubled(x, w, n):
    return 2 * bin(x & w & ((1 << n) - 1)).count("1") - n


def _inverted_without_mask(x, w, n):
    return 2 * bin(~(x ^ w)).count("1") - n


def _mask_too_long(x, w, n):
    return n - 2 * bin((x ^ w) & ((1 << (n + 1)) - 1)).count("1")


def _mask_too_short(x, w, n):
    return n - 2 * bin((x ^ w) & ((1 << (n - 1)) - 1)).count("1")


def _or(x, w, n):
    return n - 2 * bin((x | w) & ((1 << n) - 1)).count("1")


def _product(x, w, n):
    return x * w


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Rows of 1 to 24 bits; in every second case there are other bits above them."""
    cases = []
    for k in range(12):
        n = int(rng.integers(3, 25)) if k else 1
        x, w = (int(rng.integers(0, 2**n)) for _ in range(2))
        if k % 2:
            x += (2 * int(rng.integers(0, 4)) + 1) << n
        cases.append((x, w, n))
    return cases


XNOR_DOT = Function(
    id="12.2",
    title="A product without a product",
    statement=(
        "Write the function `xnor_dot`. It gets two whole numbers `x` and `w`, 0 or more, and `n`. The "
        "lowest `n` bits of each are `n` signs: a bit 1 stands for +1, a bit 0 for −1. Bits above them mean "
        "nothing, and may be anything. It returns the product of the two rows of signs, the sum of `n` "
        "products, each +1 or −1, by [counting bits](#xnor-popcount). In Python `^` marks the bits that "
        "differ, `(1 << n) - 1` has `n` "
        'ones, and `bin(k).count("1")` counts the ones of `k`.'
    ),
    stub="def xnor_dot(x, w, n):\n    return ...",
    variable="xnor_dot",
    arguments=("x", "w", "n"),
    tolerance=1e-9,
    solution=xnor_dot,
    draw=_draw,
    next_step=(
        "Yours works for any n, as Python's numbers have as many bits as they need. A processor takes 64 at "
        "a time. What do you do with a row of 100 signs, and what must be true of the last 28 bits?"
    ),
    mistakes=(
        Mistake(
            "no mask",
            _no_mask,
            "Right as long as there is nothing above the n bits. Where there is, those bits count as well: "
            "mask them out with & ((1 << n) - 1).",
        ),
        Mistake(
            "once",
            _once,
            "You subtract each bit that differs once. It counts twice: it does not give its +1, and it gives "
            "a −1.",
        ),
        Mistake(
            "differing",
            _differing,
            "You return how many bits differ. The product is what agrees minus what differs.",
        ),
        Mistake(
            "and",
            _and,
            "The operator & multiplies bits 0 and 1. Ours stand for −1 and +1, and two zeros give +1.",
        ),
        Mistake(
            "sign",
            _sign,
            "The size is right, the sign is not: bits that agree give +1, and ^ marks those that differ.",
        ),
        Mistake(
            "and, doubled",
            _and_doubled,
            "With & two zeros count as if they differed. They agree, −1 times −1 is +1: take ^.",
        ),
        Mistake(
            "inverted without a mask",
            _inverted_without_mask,
            "The operator ~ turns all bits round, also those above the n, and the number gets negative. Mask "
            "it, or count with ^ what differs.",
        ),
        Mistake(
            "mask too long",
            _mask_too_long,
            "Your mask has one bit too many: n ones are (1 << n) - 1.",
        ),
        Mistake(
            "mask too short",
            _mask_too_short,
            "Your mask leaves out the highest of the n bits: n ones are (1 << n) - 1.",
        ),
        Mistake(
            "or",
            _or,
            "The operator | marks the bits that are 1 in either row. Those that differ are marked by ^.",
        ),
        Mistake(
            "product of the numbers",
            _product,
            "You have multiplied the two whole numbers. They are only a way to write down n signs: look at "
            "their bits.",
        ),
    ),
)
