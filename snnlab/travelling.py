"""A reader's function on its way to another process: what it is inside, and what it takes along."""

import contextlib
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["by_value", "innermost", "installed"]


def innermost(function: Any) -> Any:
    """The function of Python behind a compiled one, a method or a partial.

    Parameters
    ----------
    function
        Anything that can be called.

    Examples
    --------
    >>> import functools
    >>> innermost(functools.partial(innermost, len)).__name__
    'innermost'
    """
    for attribute in ("func", "__func__", "py_func", "__wrapped__"):
        function = getattr(function, attribute, function)
    return function


def installed(name: str | None) -> bool:
    """Whether a module is one of Python, of a package or of this project, and not of the reader.

    Parameters
    ----------
    name : str or None
        Of the module; no name is nobody's.

    Examples
    --------
    >>> installed("numpy"), installed("__main__")
    (True, False)
    """
    if name in sys.stdlib_module_names:
        return True
    file = getattr(sys.modules.get(name or ""), "__file__", None)
    if name == "__main__" or file is None:
        return False
    paths = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return any(Path(file).is_relative_to(path) for path in [*paths, str(Path(__file__).parent)])


@contextlib.contextmanager
def by_value(function: Any) -> Iterator[None]:
    """Let a function of the reader's own module be packed as it is now.

    The other process may not have that module, or may have read an older one.

    Parameters
    ----------
    function
        Anything that can be called.

    Yields
    ------
    None

    Examples
    --------
    >>> from numba import cloudpickle
    >>> with by_value(len):
    ...     packed = cloudpickle.dumps(len)
    """
    from numba import cloudpickle

    module = sys.modules.get(getattr(innermost(function), "__module__", None) or "")
    file = getattr(module, "__file__", None)
    if module is None or module.__name__ == "__main__" or file is None or installed(module.__name__):
        yield
        return
    cloudpickle.register_pickle_by_value(module)
    try:
        yield
    finally:
        cloudpickle.unregister_pickle_by_value(module)
