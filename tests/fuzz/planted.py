"""Small functions with one mistake each, which the fuzz has to find, and two without.

`MISTAKES` says which verdict each has to get.
"""

import ctypes
import math
from typing import NamedTuple

import numba
import numpy as np

from snnlab import Spikes
from snnlab.checks import as_real, finite_array, non_negative, positive, whole

MISTAKES = {
    "reads_elsewhere": "crash", "ends_the_process": "internal",
    "counts_for_ever": "hang", "sleeps_never": "hang",
    "compiles_anything": "numba", "adds_nothing": "numba", "forgets_its_check": "internal",
    "floors_infinity": "internal", "takes_all_memory": "internal", "asks_the_seed": "internal",
    "index_of_a_list": "internal", "divides_by_a_tiny_one": "internal", "trusts_its_tuple": "internal",
    "sentence_that_fails": "internal", "says_nothing": "vague", "mean_of_none": "nan",
    "negative_zero": "nan", "passes_it_on": "nan", "sorts_in_place": "changed", "drops_the_mask": "dropped",
    "reads_the_bytes": "differs",
}  # fmt: skip
RIGHT = ("mean_time", "all_is_well")

__all__ = [*MISTAKES, *RIGHT]


class Rule(NamedTuple):
    """Two numbers."""

    tau: float = 20.0
    gain: float = 1.0


def reads_elsewhere(index: int) -> float:
    """Read an entry of an array, behind its end as well.

    >>> reads_elsewhere(1)
    0.0
    """
    index = whole("index", index, most=2**62)
    return 0.0 if index < 2**31 else float(ctypes.c_double.from_address(8).value)


def ends_the_process(n: int) -> int:
    """Leave where an exception was meant.

    >>> ends_the_process(1)
    1
    """
    if whole("n", n, most=2**63) == 0:
        raise SystemExit("n must not be 0")
    return n


def counts_for_ever(x: float) -> int:
    """How often one can be taken from it.

    >>> counts_for_ever(3.0)
    3
    """
    x, steps = non_negative("x", x), 0
    while x >= 1.0:
        x, steps = x - 1.0, steps + 1
    return steps


def sleeps_never(n: int) -> int:
    """Add up, as a kernel that no signal interrupts.

    >>> sleeps_never(3)
    3
    """
    return _added(whole("n", n, most=2**62))


@numba.njit
def _added(n):
    total, k = 0, 0
    while k < n:
        total += k % 3 - k % 2 + (total ^ k) % 2
        k += 1
    return k if total > -n else 0


@numba.njit
def _first(x):
    return x[0] + 1.0


def compiles_anything(x: np.ndarray) -> float:
    """Give what it gets to a kernel.

    >>> compiles_anything(np.ones(2))
    2.0
    """
    return _first(x)


def adds_nothing(x: float, y: float | None = 1.0) -> float:
    """Add two numbers, one of which need not be there.

    >>> adds_nothing(1.0)
    2.0
    """
    return _sum(as_real("x", x), y if y is None else as_real("y", y))


@numba.njit
def _sum(x, y):
    return x + y


def forgets_its_check(x: float) -> float:
    """Take a root.

    >>> forgets_its_check(4.0)
    2.0
    """
    return math.sqrt(x)


def floors_infinity(rate: float) -> int:
    """How many steps it takes to be sure.

    >>> floors_infinity(0.5)
    2
    """
    rate = non_negative("rate", rate)
    return math.floor(1.0 / rate) if rate else 0


def takes_all_memory(n: int) -> np.ndarray:
    """So many zeros.

    >>> takes_all_memory(2).shape
    (2,)
    """
    return np.ones(whole("n", n, most=2**50), np.uint8)


def asks_the_seed(rng: np.random.Generator) -> float:
    """Draw a number.

    >>> asks_the_seed(np.random.default_rng(1)) < 1
    True
    """
    return rng.random()


def index_of_a_list(which: str) -> int:
    """The number of a word.

    >>> index_of_a_list("b")
    1
    """
    return ["a", "b"].index(which)


def divides_by_a_tiny_one(tau: float) -> float:
    """One over its square.

    >>> divides_by_a_tiny_one(2.0)
    0.25
    """
    return 1.0 / positive("tau", tau) ** 2


def trusts_its_tuple(rule: Rule) -> float:
    """Multiply its fields.

    >>> trusts_its_tuple(Rule())
    20.0
    """
    if not isinstance(rule, Rule):
        raise TypeError(f"rule must be a Rule, got {type(rule).__name__}")
    return float(rule.tau * positive("gain", rule.gain))


def sentence_that_fails(x: float) -> float:
    """Refuse in a sentence that only numbers fit in.

    >>> sentence_that_fails(1.0)
    1.0
    """
    if not isinstance(x, float) or not x > 0:
        raise ValueError(f"x must be positive, got {x:g}")
    return 1.0


def says_nothing(x: float) -> float:
    """Refuse without a word.

    >>> says_nothing(1.0)
    1.0
    """
    if not isinstance(x, float) or not math.isfinite(x):
        raise ValueError("bad input")
    return x


def mean_of_none(spikes: Spikes) -> float:
    """The mean time of the spikes.

    >>> mean_of_none(Spikes([1.0, 3.0], duration=5.0))
    2.0
    """
    if not isinstance(spikes, Spikes):
        raise TypeError(f"spikes must be Spikes, got {type(spikes).__name__}")
    return float(spikes.times.sum() / np.float64(spikes.n_spikes))


def negative_zero(x: float) -> float:
    """The logarithm of its reciprocal, of the sign that it has.

    >>> negative_zero(1.0)
    0.0
    """
    x = as_real("x", x)
    return float(np.log(1.0 / np.float64(x))) if x >= 0 else 0.0


def passes_it_on(times: np.ndarray, tau: float) -> float:
    """The last time in units of `tau`; NaN if there is none.

    Parameters
    ----------
    times : array of shape (spikes,)
        When, ms.
    tau : float
        A unit, ms.

    Examples
    --------
    >>> passes_it_on(np.array([2.0, 4.0]), 2.0)
    2.0
    """
    times, tau = np.asarray(times), positive("tau", tau)
    if times.dtype != np.float64 or times.ndim != 1:
        raise TypeError(f"times must be floats of shape (spikes,), got {times.dtype} of {times.shape}")
    return float(times[-1] / tau) if times.size else math.nan


def sorts_in_place(times: np.ndarray) -> float:
    """The smallest.

    >>> sorts_in_place(np.array([1.0, 2.0]))
    1.0
    """
    times = finite_array("times", times, (1,), "(spikes,)")
    if times.size == 0 or not times.flags.writeable:
        raise ValueError(f"times must be writeable and not empty, got {times.size}")
    times.sort()
    return float(times[0])


def drops_the_mask(times: np.ndarray) -> float:
    """The sum.

    >>> drops_the_mask(np.array([2.0, 1.0]))
    3.0
    """
    return float(finite_array("times", np.asarray(times), (1,), "(spikes,)").sum())


def reads_the_bytes(x: np.ndarray) -> float:
    """The first number.

    >>> reads_the_bytes(np.array([2.0, 1.0]))
    2.0
    """
    if type(x) is not np.ndarray or x.dtype.kind != "f" or x.size == 0:
        raise TypeError(f"x must be an array of floats, got {type(x).__name__}")
    return float(np.frombuffer(x.tobytes(), np.float64)[0]) if np.isfinite(x).all() else 0.0


def mean_time(spikes: Spikes) -> float:
    """The mean time of the spikes; NaN if there is none.

    >>> mean_time(Spikes([1.0, 3.0], duration=5.0))
    2.0
    """
    if not isinstance(spikes, Spikes):
        raise TypeError(f"spikes must be Spikes, got {type(spikes).__name__}")
    return float(np.mean(spikes.times)) if spikes else math.nan


def all_is_well(x: np.ndarray, rule: Rule = Rule(), n: int = 2) -> np.ndarray:
    """Whatever comes in.

    >>> all_is_well(np.ones(2)).tolist()
    [1.0, 1.0]
    """
    x = finite_array("x", x, (1,), "(n,)")
    if not isinstance(rule, Rule):
        raise TypeError(f"rule must be a Rule, got {type(rule).__name__}")
    gain = min(positive("gain", rule.gain), 1.0) * min(positive("tau", rule.tau), 1.0)
    return gain * np.clip(x, -1e9, 1e9)[: whole("n", n, most=2**62)]
