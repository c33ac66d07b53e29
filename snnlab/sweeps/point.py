r"""What is computed at one point, the same wherever that is.

A point has a generator of its own, which depends on the seed and on the number of the point alone:

$$ rng_k = PCG64(seed, k) $$

So a result does not depend on who computes it, nor on what was computed before.
"""

import contextlib
import functools
import hashlib
import inspect
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from snnlab.sweeps.grid import Axes, point_of

__all__ = ["Answer", "Task", "answer", "digest", "pack", "unpacked"]

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
    more: dict[str, Any] = {"rng": np.random.default_rng([task.seed, index])} if task.with_rng else {}
    try:
        result = task.function(**point_of(task.axes, index), **more)
    except Exception as error:  # of somebody's function: anything
        return Answer(None, f"{type(error).__name__}: {error}")
    try:
        array = np.asarray(result)
    except ValueError:  # lists of different lengths
        array = np.asarray(None)
    if array.dtype.kind not in "biuf":
        return Answer(None, f"TypeError: function must give a number or an array of them, got {result!r:.60}")
    return Answer(array.astype(np.float64))


def pack(task: Task) -> bytes:
    """A task for the journey to another process, with what the function uses and that cannot import."""
    from numba import cloudpickle

    try:
        with _by_value(task.function):
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


@contextlib.contextmanager
def _by_value(function: Any) -> Iterator[None]:
    """A function of the reader's own module travels by what it is now: others may not have the module."""
    from numba import cloudpickle

    module = sys.modules.get(getattr(_innermost(function), "__module__", None) or "")
    file = getattr(module, "__file__", None)
    if module is None or module.__name__ == "__main__" or file is None or _installed(Path(file)):
        yield
        return
    cloudpickle.register_pickle_by_value(module)
    try:
        yield
    finally:
        cloudpickle.unregister_pickle_by_value(module)


def _installed(file: Path) -> bool:
    paths = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return any(file.is_relative_to(path) for path in [*paths, str(Path(__file__).parents[1])])


def _innermost(function: Any) -> Any:
    """The function of Python behind a compiled one, a method or a partial."""
    for attribute in ("func", "__func__", "py_func", "__wrapped__"):
        function = getattr(function, attribute, function)
    return function


def digest(function: Any) -> str:
    """What tells a function from what it was before somebody changed it.

    Its text, or its code where there is no text, and the plain values that it is bound to; what it calls is
    not looked at.
    """
    inner = _innermost(function)
    code = getattr(inner, "__code__", None)
    try:
        text = inspect.getsource(inner)
    except (OSError, TypeError):
        text = (
            repr((code.co_code, code.co_names, [x for x in code.co_consts if _is_plain(x)])) if code else ""
        )
    cells = [cell.cell_contents for cell in getattr(inner, "__closure__", None) or () if _is_filled(cell)]
    bound = [*getattr(function, "args", ()), *getattr(function, "keywords", {}).items(), *cells]
    bound += getattr(inner, "__defaults__", None) or ()
    name = getattr(inner, "__qualname__", type(function).__name__)
    return hashlib.sha256(repr((name, text, [x for x in bound if _is_plain(x)])).encode()).hexdigest()[:16]


def _is_plain(value: object) -> bool:
    if isinstance(value, tuple):
        return all(map(_is_plain, value))
    return isinstance(value, int | float | str | bytes | None)


def _is_filled(cell: Any) -> bool:
    try:
        cell.cell_contents  # noqa: B018  # it raises where there is nothing
    except ValueError:
        return False
    return True
