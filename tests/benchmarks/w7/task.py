"""W7: a square matrix of signs times a vector of signs, of 4096 entries. Read by every worker.

The vector is another one in each call, of seven. What comes out are whole numbers from -n to n, and they are
right if they are those of plain Python for some of the rows.
"""

import functools
import random

N, ROWS_LOOKED_AT = 4096, 5


@functools.cache
def words():
    """Each row of the matrix as one large whole number, whose bit k is 1 for a weight of +1 in column k."""
    chance = random.Random(7)
    return [chance.getrandbits(N) for _ in range(N)]


@functools.cache
def vectors():
    """Seven vectors, in the same way."""
    chance = random.Random(8)
    return [chance.getrandbits(N) for _ in range(7)]


def bits(numbers):
    """The bytes of such numbers, a row for each, the lowest bit first."""
    return b"".join(number.to_bytes(N // 8, "little") for number in numbers)


def seen(product):
    """What is told of a product: its size, its sum, and some of its entries."""
    return {
        "rows": len(product),
        "sum": int(sum(product)),
        "first": [int(product[k]) for k in range(ROWS_LOOKED_AT)],
    }


@functools.cache
def right():
    """Of the first vector, one bit pattern after the other."""
    return seen([N - 2 * bin(row ^ vectors()[0]).count("1") for row in words()])


def wrong(answer):
    """What is wrong with a product; empty if nothing is."""
    for name, expected in right().items():
        if answer[name] != expected:
            return f"{name} is {answer[name]}, not {expected}"
    return ""
