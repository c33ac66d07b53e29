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
from snnlab.loihi.mapping.recurrent_cores import index_bits, words_of_axon

__all__ = ["Classes", "Core", "classes_of", "fill_all"]

_MISSES = 60  # classes that do not fit, one after the other, after which a core is full
_MOST_WORK = 1_000_000_000  # classes and axons that are looked at, some seconds


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
    key, often = np.unique(post * n_axons + axon, return_counts=True)
    post, axon = key // n_axons, key % n_axons
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
    by_axon = np.argsort(heard, kind="stable")
    whose = np.repeat(np.arange(order.size), fan)[by_axon]
    listeners = np.searchsorted(heard[by_axon], np.arange(n_axons + 1))
    return Classes(ends, heard, listeners, whose, often[take], size[order], rank[of])


def fill_all(
    classes: Classes, allowed: tuple[int, int, int, int], talks: np.ndarray, bits: int, *, parts: bool
) -> list[Core] | None:
    """How many compartments of which classes are on each core; None if one has no room, or it takes too long.

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
    parts : bool
        Whether a part of a class may fill what is left of a core; otherwise only a class that has no room
        on an empty core is divided.

    Examples
    --------
    >>> classes = classes_of(np.array([0, 1, 0, 1, 2]), np.array([0, 0, 1, 1, 2]), 3, 3)
    >>> for core in fill_all(classes, (2, 2, 9, 9), np.zeros(2), 8, parts=False):
    ...     print(core.classes, core.many)
    [0] [2]
    [1] [1]
    """
    if classes.size.size**2 > _MOST_WORK:  # each class is looked for among all
        return None
    left, room, work = classes.size.copy(), _room(classes, allowed), 0
    cores: list[Core] = []
    while left.any():
        taken = np.zeros_like(left)
        looked = _fill(*classes[:5], left, taken, *room, *allowed, talks, bits, parts)
        work += looked + room[2].size
        if not taken.any() or work > _MOST_WORK:
            return None
        cores.append(Core(np.flatnonzero(taken), taken[taken > 0]))
    return _emptied(classes, cores, allowed, talks, bits, work)


def _room(classes: Classes, allowed: tuple[int, int, int, int]) -> tuple[np.ndarray, ...]:
    """What the kernel counts in: tried and shared by class, synapses by axon, axons by synapses."""
    n, most = classes.size.size, min(allowed[0], int(classes.size.sum()))
    axons = classes.listeners_begin.size - 1
    return np.zeros(n, bool), np.zeros(n, np.int64), np.zeros(axons, np.int64), np.zeros(most + 1, np.int64)


def _emptied(
    classes: Classes,
    cores: list[Core],
    allowed: tuple[int, int, int, int],
    talks: np.ndarray,
    bits: int,
    work: int,
) -> list[Core]:
    """The same with fewer cores, where what is on the emptiest has room on others."""
    room = _room(classes, allowed)
    while len(cores) > 1:
        many = np.array([core.many.sum() for core in cores])
        emptiest, spare = int(many.argmin()), allowed[0] - many
        spare[emptiest] = 0
        work += len(cores) * (classes.size.size + room[2].size)
        if spare.sum() < many[emptiest] or work > _MOST_WORK:
            break
        left, others = cores[emptiest].dense(classes.size.size), list(cores)
        for c in np.argsort(-spare, kind="stable")[:-1]:
            taken = others[c].dense(left.size)
            _fill(*classes[:5], left, taken, *room, *allowed, talks, bits, True)
            others[c] = Core(np.flatnonzero(taken), taken[taken > 0])
            if not left.any():
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
def _join(k, q, begin, axon, many, listeners_begin, listener, shared, count):
    """Class k is on the core now: its axons are there, and shared by all that hear them."""
    fresh = 0
    for s in range(begin[k], begin[k + 1]):
        a = axon[s]
        if count[a] == 0:
            fresh += 1
            for j in range(listeners_begin[a], listeners_begin[a + 1]):
                shared[listener[j]] += 1
        count[a] += q * many[s]
    return fresh


@kernel
def _fill(
    begin, axon, listeners_begin, listener, many, left, taken, tried, shared, count, hist,
    compartments, input_axons, most_words, most_told, talks, bits, parts,
):  # fmt: skip
    """Fill one core, on which `taken` is already, with what is `left`; how many classes were looked at."""
    tried[:] = False
    shared[:] = 0
    count[:] = 0
    hist[:] = 0
    hist[0] = count.size
    m = axons = words = misses = looked = 0
    told = 0.0
    for k in range(taken.size):
        if taken[k] > 0:
            words = _with_more(k, taken[k], True, begin, axon, many, count, hist, m, bits)
            axons += _join(k, taken[k], begin, axon, many, listeners_begin, listener, shared, count)
            m += taken[k]
            told += taken[k] * talks[k]
    while m < compartments and misses < _MISSES:
        best, most = -1, -1.0
        looked += left.size
        for k in range(left.size):
            if left[k] == 0 or tried[k]:
                continue
            heard = begin[k + 1] - begin[k]
            fresh = heard - shared[k]
            if axons + fresh > input_axons or words + fresh > most_words:
                continue
            if m > 0 and told + talks[k] > most_told:
                continue
            alike = shared[k] * shared[k] / max(1, heard)
            if alike > most:
                best, most = k, alike
        if best < 0:
            break
        low, high = 0, min(left[best], compartments - m)
        if high * talks[best] > most_told - told:
            high = max(int(m == 0), int((most_told - told) / talks[best]))
        if high == left[best] or parts or m == 0:
            q = high
            while low < high:
                if _with_more(best, q, False, begin, axon, many, count, hist, m, bits) <= most_words:
                    low = q
                else:
                    high = q - 1
                q = (low + high + 1) // 2
            if low < left[best] and not parts and m > 0:
                low = 0
        if low == 0:
            tried[best] = True
            misses += 1
            continue
        misses = 0
        words = _with_more(best, low, True, begin, axon, many, count, hist, m, bits)
        axons += _join(best, low, begin, axon, many, listeners_begin, listener, shared, count)
        m += low
        told += low * talks[best]
        taken[best] += low
        left[best] -= low
    return looked
