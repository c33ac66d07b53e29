"""W5: 10,000 compartments of Loihi under a given input, 1000 steps. Every worker reads this.

In one step of ten a compartment gets an activation of 0 to 39, in units of the weights: 64 times as much is
added to its current. Wanted are all spikes, and current and voltage after the last step. No register
overflows and nothing is inhibited, so lava, nengo-loihi and brian2-loihi do the same here, and an answer is
right only if every one of 20,000 registers is, to the last bit.
"""

import functools
import zlib

import numpy as np

COMPARTMENTS, STEPS = 10_000, 1000
DECAY_U, DECAY_V, V_TH = 410, 128, 1000  # as lava counts: 4096ths of u, one less than are lost; mantissa
SHIFTS = 8  # the k-th call begins so many steps later, modulo this


@functools.lru_cache(maxsize=1)
def activations():
    """The input of all steps, int16 of shape (STEPS + SHIFTS − 1, COMPARTMENTS), hashed from its place."""
    t, n = np.ogrid[: STEPS + SHIFTS - 1, :COMPARTMENTS]
    x = (t * COMPARTMENTS + n).astype(np.uint64)
    for factor in (0xBF58476D1CE4E5B9, 0x94D049BB133111EB):
        x = (x ^ (x >> np.uint64(29))) * np.uint64(factor)
    x ^= x >> np.uint64(32)
    size = (x >> np.uint64(16)) % np.uint64(40)
    return np.where(x % np.uint64(10) == 0, size, np.uint64(0)).astype(np.int16)


def part(a, k):
    """The input of the k-th call."""
    first = k % SHIFTS
    return a[first : first + STEPS]


def answer(spikes, u, v):
    """What is handed in: the number of spikes (−1: not read out), and a sum over each kind of register."""
    sums = (zlib.crc32(np.ascontiguousarray(x, "<i4").tobytes()) for x in (u, v))
    return {"spikes": int(spikes), **dict(zip(("u", "v"), sums))}  # noqa: B905  # Python 3.9 has no strict=


def stepped(a):
    """The equations in NumPy, as lava states them: spikes of each step, and the registers at the end."""
    u, v, fired = np.zeros(a.shape[1], np.int64), np.zeros(a.shape[1], np.int64), 0
    for row in a:
        u = np.sign(u) * ((np.abs(u) * (4096 - DECAY_U - 1)) >> 12) + (row.astype(np.int64) << 6)
        u = np.where(u > 2**23, u - 2**24, np.where(u <= -(2**23), u + 2**24, u))
        v = np.clip(np.sign(v) * ((np.abs(v) * (4096 - DECAY_V)) >> 12) + u, 1 - 2**23, 2**23 - 1)
        fires = v > V_TH << 6
        v[fires] = 0
        fired += int(fires.sum())
    return fired, u, v


@functools.lru_cache(maxsize=1)
def expected():
    """The right answer to call 0."""
    return answer(*stepped(part(activations(), 0)))


def wrong(found):
    """What is wrong with an answer; empty if nothing is."""
    right = expected()
    if found["spikes"] not in (right["spikes"], -1):
        return f"{found['spikes']} spikes, not {right['spikes']}"
    other = [name for name in ("u", "v") if found[name] != right[name]]
    return f"other numbers in the registers of {' and '.join(other)}" if other else ""
