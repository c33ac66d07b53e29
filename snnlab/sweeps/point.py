r"""What is computed at one point, the same wherever that is.

A point has a generator of its own, which depends on the seed and on the number of the point alone:

$$ rng_k = PCG64(SeedSequence(seed, spawn_key = (k))) $$

So a result does not depend on who computes it, nor on what was computed before.
"""

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from snnlab.foreign_arrays import plain
from snnlab.sweeps.grid import Axes, point_of
from snnlab.travelling import by_value

__all__ = ["Answer", "Task", "answer", "answer_elsewhere", "pack", "unpacked"]

_LARGEST = 50_000_000  # bytes


class Answer(NamedTuple):
    """What came out at a point."""

    value: np.ndarray | None
    """A number or an array of them, float64; None where there is none."""
    error: str = ""
    """Why not."""


class Task(NamedTuple):
    """A function, and where it is to be called."""

    function: Callable
    axes: Axes
    with_rng: bool
    seed: int


def answer(task: Task, index: int) -> Answer:
    """Call the function at the point of that number; what it raises costs this point alone."""
    drawn = np.random.SeedSequence(task.seed, spawn_key=(index,))
    more: dict[str, Any] = {"rng": np.random.default_rng(drawn)} if task.with_rng else {}
    try:
        result = task.function(**point_of(task.axes, index), **more)
    except (Exception, SystemExit) as error:  # of somebody's function: anything
        return Answer(None, _said(error))
    try:
        bare = plain("the result of function", result)
    except Exception as error:  # it has a mask or a unit, or somebody's object does not say
        return Answer(None, _said(error))
    try:
        array = np.asarray(bare)
    except Exception:  # lists of different lengths, or somebody's object
        array = np.asarray(None)
    if array.dtype.kind not in "biuf":
        return Answer(
            None, f"TypeError: function must give a number or an array of them, got {_shown(result)}"
        )
    return Answer(array.astype(np.float64))


def answer_elsewhere(task: Task, index: int) -> Answer:
    """The same in a process that no Ctrl-C is for: whatever the function raises, the process goes on."""
    try:
        return answer(task, index)
    except BaseException as error:  # KeyboardInterrupt, and what somebody made of it
        return Answer(None, _said(error))


def _said(error: BaseException) -> str:
    """The kind of an exception, and its sentence if it can say it."""
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:  # of somebody's class
        return f"{type(error).__name__}, which cannot say what it is"


def _shown(result: object) -> str:
    try:
        return f"{result!r:.60}"
    except Exception:  # of somebody's class
        return f"an object of {type(result).__name__}"


def pack(task: Task) -> bytes:
    """A task for the journey to another process, with what the function uses and that cannot import."""
    from numba import cloudpickle

    try:
        with by_value(task.function):
            packed = cloudpickle.dumps(task)
    except Exception as error:  # whatever the pickles of others raise
        raise TypeError(
            f"function must be one that another process can be sent, got {type(error).__name__}: {error}"
        ) from None
    if len(packed) > _LARGEST:
        raise ValueError(
            f"function must carry at most {_LARGEST:,} bytes to other processes, got {len(packed):,}"
        )
    return packed


@functools.lru_cache(maxsize=4)
def unpacked(packed: bytes) -> Task:
    """The task again; a process keeps it for its next point."""
    from numba import cloudpickle

    return cloudpickle.loads(packed)
