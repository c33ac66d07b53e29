r"""Who hears the same is put on one core, where it shares input axons.

Compartments that hear the same sources are one *class*; a core that has some of it has its axons for all. A
core is filled class by class. Next comes the one whose sources the core hears already,

$$ \max_k \; |S_k \cap U| \,/\, \sqrt{|S_k|} $$

with $S_k$ what class $k$ hears and $U$ what the core hears: the cosine between the two, but for a factor that
all share. Where none shares anything, the largest class comes next. What has no room is left for another
core. Filling is tried in two ways: with whole classes, and with parts of classes, which leaves no room
unused. Then what is on the emptiest core is moved to cores that have room for it, as long as that empties it.

To how many cores a compartment talks is known when all have one. Where it is too much for a core, all are
filled a second time with what came out of the first; a core that still talks to too many is halved. No way is
known to find the smallest number of cores quickly: how many it takes at least stands beside what was found.
"""

from typing import NamedTuple

import numpy as np

from snnlab.compiling import kernel
from snnlab.loihi.mapping.graph import pairs
from snnlab.loihi.mapping.recurrent_cores import index_bits, words_of_axon

__all__ = ["Classes", "Core", "Looks", "classes_of", "fill_all"]

_MISSES = 60  # classes that do not fit, one after the other, after which a core is full
_SLICE = 30_000_000  # looks, a tenth of a second: between two Ctrl-C is heard
M, AXONS, WORDS, MISSES, NEAR, FIRST, LOOKS, FULL = range(8)  # how far a core is filled


class Classes(NamedTuple):
    """Compartments by what they hear.

    Examples
    --------
    >>> classes = classes_of(np.array([0, 1, 0, 1, 2]), np.array([0, 0, 1, 1, 2]), 3, 3)
    >>> print(classes.size, classes.class_of)
    [2 1] [0 0 1]
    """

    begin: np.ndarray
    """Where the axons of each class begin, shape (classes + 1,)."""
    axon: np.ndarray
    """The axons of one class after the other."""
    listeners_begin: np.ndarray
    """Where the classes that hear each axon begin, shape (axons + 1,)."""
    listener: np.ndarray
    """They, for one axon after the other."""
    many: np.ndarray
    """How many synapses of one compartment of a class end on an axon, as `axon`."""
    size: np.ndarray
    """Compartments of each class, falling with what a class takes."""
    class_of: np.ndarray
    """The class of each compartment."""


class Core(NamedTuple):
    """What is on a core.

    Examples
    --------
    >>> print(Core(np.array([0, 2]), np.array([5, 1])).dense(3))
    [5 0 1]
    """

    classes: np.ndarray
    """Classes that have compartments on it."""
    many: np.ndarray
    """How many, of each."""

    def dense(self, n: int) -> np.ndarray:
        """How many of each of all n classes.

        Parameters
        ----------
        n : int
            How many classes there are.
        """
        all_ = np.zeros(n, np.int64)
        all_[self.classes] = self.many
        return all_


class Looks:
    """How often a class, an axon or a listener may yet be looked at.

    Examples
    --------
    >>> Looks(100).left
    100
    """

    def __init__(self, left: int) -> None:
        self.left = left


def classes_of(axon: np.ndarray, post: np.ndarray, n: int, n_axons: int) -> Classes:
    """The classes of compartments, the one that takes most comes first.

    Parameters
    ----------
    axon, post : array of int of shape (synapses,)
        Each synapse's axon and compartment.
    n, n_axons : int
        How many of both there are.

    Examples
    --------
    >>> print(classes_of(np.array([1, 0]), np.array([0, 1]), 3, 2).size)
    [1 1 1]
    """
    post, axon, often = pairs(post, axon, n_axons)
    begin = np.searchsorted(post, np.arange(n + 1))
    mark = np.random.default_rng(1).integers(1, 1 << 62, (2, n_axons), dtype=np.uint64)
    with np.errstate(over="ignore"):
        sums = np.zeros((2, axon.size + 1), np.uint64)
        np.cumsum(mark[:, axon] * often.astype(np.uint64), axis=1, out=sums[:, 1:])
        hears = sums[:, begin[1:]] - sums[:, begin[:-1]]  # equal for the same axons, as often
    alike = np.lexsort(hears)
    new = np.ones(n, bool)
    new[1:] = (np.diff(hears[:, alike], axis=1) != 0).any(axis=0)
    of, first, size = np.empty(n, np.int64), alike[new], np.diff(np.append(np.flatnonzero(new), n))
    of[alike] = np.cumsum(new) - 1
    order = np.argsort(-size * (begin[first + 1] - begin[first] + 1), kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(order.size)
    fan = begin[first[order] + 1] - begin[first[order]]
    ends = np.concatenate([[0], np.cumsum(fan)])
    take = np.repeat(begin[first[order]] - ends[:-1], fan) + np.arange(ends[-1])
    heard = axon[take]
    by_axon, whose, _ = pairs(heard, np.repeat(np.arange(order.size), fan), order.size)
    listeners = np.searchsorted(by_axon, np.arange(n_axons + 1))
    return Classes(ends, heard, listeners, whose, often[take], size[order], rank[of])


def fill_all(
    classes: Classes,
    allowed: tuple[int, int, int, int],
    talks: np.ndarray,
    bits: int,
    looks: Looks,
    *,
    parts: bool,
) -> list[Core] | None:
    """How many compartments of which classes are on each core; None if one has no room, or no looks are left.

    Parameters
    ----------
    classes
        From `classes_of`.
    allowed : tuple of four int
        Compartments, input axons, words and output axons of a core.
    talks : array of float of shape (classes,)
        To how many cores a compartment of each class talks, as far as it is known.
    bits : int
        Bits of a synapse, without the number of its compartment.
    looks
        How many there may be. Those that it took are taken off.
    parts : bool
        Whether a part of a class may fill what is left of a core; otherwise only a class that has no room
        on an empty core is divided.

    Examples
    --------
    >>> classes = classes_of(np.array([0, 1, 0, 1, 2]), np.array([0, 0, 1, 1, 2]), 3, 3)
    >>> for core in fill_all(classes, (2, 2, 9, 9), np.zeros(2), 8, Looks(100), parts=False):
    ...     print(core.classes, core.many)
    [0] [2]
    [1] [1]
    """
    left, room = classes.size.copy(), _room(classes, allowed)
    cores: list[Core] = []
    while left.any():
        taken = np.zeros_like(left)
        _fill_one(classes, left, taken, room, allowed, talks, bits, looks, parts=parts)
        if not taken.any() or looks.left <= 0:
            return None
        cores.append(Core(np.flatnonzero(taken), taken[taken > 0]))
    return _emptied(classes, cores, room, allowed, talks, bits, looks)


def _room(classes: Classes, allowed: tuple[int, int, int, int]) -> tuple[np.ndarray, ...]:
    """What the kernel counts in: tried, shared and near by class, synapses by axon, axons by synapses."""
    n, most = classes.size.size, min(allowed[0], int(classes.size.sum()))
    sizes = n, n, classes.listeners_begin.size - 1, most + 1
    return np.zeros(n, bool), *(np.zeros(size, np.int64) for size in sizes)


def _fill_one(
    classes: Classes,
    left: np.ndarray,
    taken: np.ndarray,
    room: tuple[np.ndarray, ...],
    allowed: tuple[int, int, int, int],
    talks: np.ndarray,
    bits: int,
    looks: Looks,
    *,
    parts: bool,
) -> None:
    """Fill one core, on which `taken` is already, with what is `left`, while there are looks."""
    state, told = np.zeros(8, np.int64), np.zeros(1)
    for array in room:
        array[:] = 0
    _begin(*classes[:5], left, taken, *room, state, told, talks, bits)
    while not state[FULL] and state[LOOKS] < looks.left:
        until = min(state[LOOKS] + _SLICE, looks.left)
        _fill(*classes[:5], left, taken, *room, state, told, *allowed, talks, bits, parts, until)
    looks.left -= int(state[LOOKS])


def _emptied(
    classes: Classes,
    cores: list[Core],
    room: tuple[np.ndarray, ...],
    allowed: tuple[int, int, int, int],
    talks: np.ndarray,
    bits: int,
    looks: Looks,
) -> list[Core]:
    """The same with fewer cores, where what is on the emptiest has room on others."""
    while len(cores) > 1:
        many = np.array([core.many.sum() for core in cores])
        emptiest, spare = int(many.argmin()), allowed[0] - many
        spare[emptiest] = 0
        if spare.sum() < many[emptiest]:
            break
        left, others = cores[emptiest].dense(classes.size.size), list(cores)
        for c in np.argsort(-spare, kind="stable")[:-1]:
            taken = others[c].dense(left.size)
            _fill_one(classes, left, taken, room, allowed, talks, bits, looks, parts=True)
            others[c] = Core(np.flatnonzero(taken), taken[taken > 0])
            if not left.any() or looks.left <= 0:
                break
        if left.any():
            break
        cores = others[:emptiest] + others[emptiest + 1 :]
    return cores


@kernel
def _with_more(k, q, many_on, begin, axon, many, count, hist, m, bits):
    """Words of a core that gets q more compartments of class k; `hist` has axons by their synapses."""
    last = hist.size - 1
    for s in range(begin[k], begin[k + 1]):
        c = count[axon[s]]
        hist[min(c, last)] -= 1
        hist[min(c + q * many[s], last)] += 1
    words, dense, each = 0, words_of_axon(m + q, bits), bits + index_bits(m + q)
    for c in range(1, hist.size):
        if hist[c] > 0:
            words += hist[c] * min(dense, words_of_axon(c, each))
    if not many_on:
        for s in range(begin[k], begin[k + 1]):
            c = count[axon[s]]
            hist[min(c, last)] += 1
            hist[min(c + q * many[s], last)] -= 1
    return words


@kernel
def _join(k, q, begin, axon, many, listeners_begin, listener, shared, near, count, state):
    """Class k is on the core now: its axons are there, and shared by all that hear them, who are near."""
    for s in range(begin[k], begin[k + 1]):
        a = axon[s]
        if count[a] == 0:
            state[AXONS] += 1
            state[LOOKS] += listeners_begin[a + 1] - listeners_begin[a]
            for j in range(listeners_begin[a], listeners_begin[a + 1]):
                other = listener[j]
                if shared[other] == 0:
                    near[state[NEAR]] = other
                    state[NEAR] += 1
                shared[other] += 1
        count[a] += q * many[s]
    state[M] += q


@kernel
def _begin(
    begin, axon, listeners_begin, listener, many, left, taken, tried, shared, near, count, hist,
    state, told, talks, bits,
):  # fmt: skip
    """What is `taken` is on the core."""
    state[LOOKS] = 4 * left.size + count.size  # all that is cleared and gone through once for a core
    hist[0] = count.size
    for k in range(taken.size):
        if taken[k] > 0:
            state[WORDS] = _with_more(k, taken[k], True, begin, axon, many, count, hist, state[M], bits)
            state[LOOKS] += hist.size + 2 * (begin[k + 1] - begin[k])
            _join(k, taken[k], begin, axon, many, listeners_begin, listener, shared, near, count, state)
            told[0] += taken[k] * talks[k]
    while state[FIRST] < left.size and left[state[FIRST]] == 0:
        state[FIRST] += 1


@kernel
def _has_room(k, begin, shared, state, told, input_axons, most_words, most_told, talks):
    """Whether a class has room, as far as one sees at once: a word for each axon at least."""
    fresh = begin[k + 1] - begin[k] - shared[k]
    if state[AXONS] + fresh > input_axons or state[WORDS] + fresh > most_words:
        return False
    return state[M] == 0 or told[0] + talks[k] <= most_told


@kernel
def _next(begin, left, tried, shared, near, state, told, input_axons, most_words, most_told, talks):
    """The class that shares most, or the largest if none shares anything; -1 if none has room."""
    best, most, j = -1, 0.0, 0
    state[LOOKS] += state[NEAR] + 1
    while j < state[NEAR]:
        k = near[j]
        if left[k] == 0 or tried[k]:
            state[NEAR] -= 1
            near[j] = near[state[NEAR]]
            continue
        j += 1
        alike = shared[k] * shared[k] / (begin[k + 1] - begin[k])
        if (alike > most or (alike == most and k < best)) and _has_room(
            k, begin, shared, state, told, input_axons, most_words, most_told, talks
        ):
            best, most = k, alike
    if best >= 0:
        return best
    for k in range(state[FIRST], left.size):
        state[LOOKS] += 1
        if left[k] > 0 and not tried[k] and _has_room(
            k, begin, shared, state, told, input_axons, most_words, most_told, talks
        ):  # fmt: skip
            return k
    return -1


@kernel
def _fill(
    begin, axon, listeners_begin, listener, many, left, taken, tried, shared, near, count, hist,
    state, told, compartments, input_axons, most_words, most_told, talks, bits, parts, until,
):  # fmt: skip
    """Go on filling one core with what is `left`, until so many looks."""
    while state[LOOKS] < until:
        best = -1
        if state[M] < compartments and state[MISSES] < _MISSES:
            best = _next(
                begin, left, tried, shared, near, state, told, input_axons, most_words, most_told, talks
            )
        if best < 0:
            state[FULL] = 1
            return
        m, each = state[M], hist.size + 2 * (begin[best + 1] - begin[best])
        low, high = 0, min(left[best], compartments - m)
        if high * talks[best] > most_told - told[0]:
            high = max(int(m == 0), int((most_told - told[0]) / talks[best]))
        if high == left[best] or parts or m == 0:
            q = high
            while low < high:
                state[LOOKS] += each
                if _with_more(best, q, False, begin, axon, many, count, hist, m, bits) <= most_words:
                    low = q
                else:
                    high = q - 1
                q = (low + high + 1) // 2
            if low < left[best] and not parts and m > 0:
                low = 0
        if low == 0:
            tried[best] = True
            state[MISSES] += 1
            continue
        state[MISSES] = 0
        state[LOOKS] += each
        state[WORDS] = _with_more(best, low, True, begin, axon, many, count, hist, m, bits)
        _join(best, low, begin, axon, many, listeners_begin, listener, shared, near, count, state)
        told[0] += low * talks[best]
        taken[best] += low
        left[best] -= low
