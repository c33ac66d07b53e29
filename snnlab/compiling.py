"""The one decorator of all kernels: compiled by Numba, kept on disk, never in the way.

A *kernel* is a function of loops over arrays and scalars: it does not allocate, raise, print or read.
Everything else (checks, casts, allocation) happens in the friendly function that calls it.

Numba's own disk cache has traps that are closed here:

- it looks only at the file in which a kernel stands: a kernel that calls a helper in another file would keep
  the helper's old code, and a comment in the file would lose it. Ours are kept under what they depend on
  (`snnlab.kernel_entries`);
- it raises when its folder cannot be written. We compile in every process then, and say so once.
"""

import functools
import inspect
import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba.core import config
from numba.core.options import DefaultOptions

from snnlab.kernel_arguments import keep_rules, refuse_others
from snnlab.kernel_entries import Entries

__all__ = ["inlined_kernel", "kernel", "parallel_kernel", "uncounted_kernel"]


# Private to Numba: an edition without it counts.
_UNCOUNTED = {"_nrt": False} if hasattr(DefaultOptions, "_nrt") else {}


@functools.cache  # so that it speaks once a process
def _warn() -> None:
    warnings.warn(
        "kernels are compiled anew in every process: their cache folder cannot be used "
        "(the environment variable NUMBA_CACHE_DIR can name another)",
        RuntimeWarning,
        stacklevel=4,
    )


def _guard_cache(dispatcher: Any) -> None:
    """Keep `dispatcher` under what it depends on, and survive a folder that cannot be used."""
    cache = dispatcher._cache  # private to Numba: `kernel` falls back to no cache where something is missing
    if not {"load", "save", "flush", "_dump"} <= set(dir(cache._cache_file)):
        raise AttributeError("this Numba keeps its kernels in another way")
    beside = Path(dispatcher.py_func.__code__.co_filename).parent / "__pycache__"
    shared = None if config.CACHE_DIR else beside  # type: ignore[attr-defined]  # who names a folder means it
    cache._cache_file = Entries(dispatcher, Path(cache.cache_path), cache._cache_file._dump, shared)
    load, save = cache.load_overload, cache.save_overload

    def load_or_nothing(signature, target_context):
        try:
            return load(signature, target_context)
        except OSError:
            _warn()
        except Exception:  # of an edition whose classes have moved: compile, which replaces it
            pass
        return None

    def save_or_warn(signature, data):
        try:
            save(signature, data)
        except Exception:  # a full disk, a folder gone
            _warn()

    cache.load_overload, cache.save_overload = load_or_nothing, save_or_warn


def kernel(function: Callable) -> Callable:
    """Compile `function` with Numba at its first call, and keep the result on disk.

    Division follows NumPy (``1 / 0`` is ``inf``), the interpreter lock is released while it runs.
    ``kernel(f).py_func`` is the plain Python function.

    Parameters
    ----------
    function
        Loops over arrays and scalars; it may call other kernels.

    Returns
    -------
    The compiled function.

    Examples
    --------
    >>> @kernel
    ... def total(x):
    ...     s = 0.0
    ...     for value in x:
    ...         s += value
    ...     return s
    >>> import numpy as np
    >>> total(np.arange(4.0))
    6.0
    """
    return _compiled(function)


def inlined_kernel(function: Callable) -> Callable:
    """Like `kernel`, and written into every kernel that calls it.

    The compiler then sees one loop where it saw a call in a loop, and can work on several turns at once. Good
    for a short function that is called once an element, such as a random number.

    Parameters
    ----------
    function
        As for `kernel`.

    Returns
    -------
    The compiled function.

    Examples
    --------
    >>> @inlined_kernel
    ... def twice(x):
    ...     return 2.0 * x
    >>> twice(3.0)
    6.0
    """
    return _compiled(function, inline="always")


def uncounted_kernel(function: Callable) -> Callable:
    """Like `kernel`, and without counting who uses an array: for what is called in every step of a long loop.

    Numba counts the users of an array in order to free it, at each slice and each array of a named tuple, and
    in a way that other threads see: a quarter of a step of a microsecond. Nothing is freed in a kernel.

    Parameters
    ----------
    function
        As for `kernel`; it returns no array.

    Returns
    -------
    The compiled function.

    Examples
    --------
    >>> @uncounted_kernel
    ... def half(x):
    ...     first = x[: len(x) // 2]
    ...     for k in range(len(first)):
    ...         first[k] *= 0.5
    >>> import numpy as np
    >>> x = np.ones(4)
    >>> half(x)
    >>> x
    array([0.5, 0.5, 1. , 1. ])
    """
    return _compiled(function, **_UNCOUNTED)


def parallel_kernel(function: Callable) -> Callable:
    """Like `kernel`, and several threads share the turns of its loops over ``numba.prange``.

    To wait for each other costs them microseconds, so a turn should take much longer than that. How many
    threads there are, ``numba.set_num_threads`` says.

    Parameters
    ----------
    function
        As for `kernel`; no turn of such a loop may need what another one does.

    Returns
    -------
    The compiled function.

    Examples
    --------
    >>> from numba import prange
    >>> @parallel_kernel
    ... def squares(x):
    ...     for k in prange(len(x)):
    ...         x[k] *= x[k]
    >>> import numpy as np
    >>> x = np.arange(4.0)
    >>> squares(x)
    >>> x
    array([0., 1., 4., 9.])
    """
    return _compiled(function, parallel=True)


def _compiled(function: Callable, **more: Any) -> Callable:
    if not inspect.isfunction(function):
        raise TypeError(f"function must be a function of Python, got {type(function).__name__}")
    options: dict[str, Any] = {"error_model": "numpy", "nogil": True, **more}
    file = Path(function.__code__.co_filename)
    if config.DISABLE_JIT:  # type: ignore[attr-defined]  # a debugger or a test wants the plain function
        return numba.njit(**options)(function)
    if os.environ.get("SNNLAB_JIT_CACHE") != "0" and file.is_file():
        try:
            dispatcher = numba.njit(cache=True, **options)(function)
            _guard_cache(dispatcher)
            refuse_others(dispatcher, function)
            keep_rules(dispatcher, function)
            return dispatcher
        except (RuntimeError, AttributeError, OSError):
            _warn()
    dispatcher = numba.njit(**options)(function)
    if hasattr(dispatcher, "_compile_for_args"):
        refuse_others(dispatcher, function)
        keep_rules(dispatcher, function)
    return dispatcher
