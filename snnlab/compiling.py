"""The one decorator of all kernels: compiled by Numba, kept on disk, never in the way.

A *kernel* is a function of loops over arrays and scalars: it does not allocate, raise, print or read.
Everything else (checks, casts, allocation) happens in the friendly function that calls it.

Numba's own disk cache has two traps that are closed here:

- it looks only at the file in which a kernel stands, so a kernel that calls a helper in another file would
  keep the helper's old code. Our cache entries carry a hash of snnlab's sources and of those beside the file;
- it raises when its folder cannot be written. We compile in every process then, and say so once.
"""

import functools
import hashlib
import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numba
from numba.core import config

__all__ = ["inlined_kernel", "kernel"]

_PACKAGE = Path(__file__).parent


def _sources(folder: Path) -> Iterator[Path]:
    """The Python files in `folder` and in the packages below it, but not all that a home folder may hold."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".py":
            yield path
        elif (path / "__init__.py").is_file():
            yield from _sources(path)


@functools.cache
def sources_hash(*folders: Path) -> str:
    """A hash of every Python source of `folders`."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in _sources(folder):
            digest.update(file.relative_to(folder).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


@functools.cache  # so that it speaks once a process
def _warn() -> None:
    warnings.warn(
        "kernels are compiled anew in every process: their cache folder cannot be used "
        "(the environment variable NUMBA_CACHE_DIR can name another)",
        RuntimeWarning,
        stacklevel=4,
    )


def _guard_cache(dispatcher: Any, file: Path) -> None:
    """Make the disk cache of `dispatcher` see every source, and survive a folder that cannot be used."""
    folders = {_PACKAGE} if file.is_relative_to(_PACKAGE) else {_PACKAGE, file.parent}
    cache = dispatcher._cache  # private to Numba: `kernel` falls back to no cache where it is missing
    if not hasattr(cache._cache_file, "_source_stamp"):
        raise AttributeError("this Numba has no source stamp")
    cache._cache_file._source_stamp = sources_hash(*sorted(folders))
    load, save = cache.load_overload, cache.save_overload

    def load_or_nothing(signature, target_context):
        try:
            return load(signature, target_context)
        except OSError:
            _warn()
        except Exception:  # damaged, or of an edition whose classes have moved: forget it, and compile
            try:
                cache._cache_file.flush()
            except OSError:
                _warn()
        return None

    def save_or_warn(signature, data):
        try:
            save(signature, data)
        except Exception:  # a full disk, a folder gone, a damaged index
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


def _compiled(function: Callable, **more: Any) -> Callable:
    options: dict[str, Any] = {"error_model": "numpy", "nogil": True, **more}
    file = Path(function.__code__.co_filename)
    if config.DISABLE_JIT:  # type: ignore[attr-defined]  # a debugger or a test wants the plain function
        return numba.njit(**options)(function)
    if os.environ.get("SNNLAB_JIT_CACHE") != "0" and file.is_file():
        try:
            dispatcher = numba.njit(cache=True, **options)(function)
            _guard_cache(dispatcher, file)
            return dispatcher
        except (RuntimeError, AttributeError, OSError):
            _warn()
    return numba.njit(**options)(function)
