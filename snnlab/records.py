"""A record: what an experiment's kernel fills and what its reader gets, one named tuple for both.

A kernel allocates nothing and writes into what it is given. So every field is an array of zeros, and a number
is an array of one value, of which `read` then makes a number. Where only the first entries of an array are in
use, as those of spike times are, its annotation names the field that says how many:
``Annotated[np.ndarray, "n"]``.
"""

import functools
import inspect
import re
import warnings
from typing import Any, NamedTuple, TypeVar, get_type_hints

import numpy as np

__all__ = ["blank", "read"]

T = TypeVar("T", bound=NamedTuple)


def blank(kind: type[T], **arrays: Any) -> T:
    """A record full of zeros.

    Parameters
    ----------
    kind
        Its named tuple, with annotated fields.
    **arrays
        The shape of each array, or, for integers, the array itself.

    Examples
    --------
    >>> class Count(NamedTuple):
    ...     line: np.ndarray
    ...     n: int
    >>> blank(Count, line=3)
    Count(line=array([0., 0., 0.]), n=array([0.]))
    """
    made = {name: x if isinstance(x, np.ndarray) else np.zeros(x) for name, x in arrays.items()}
    make: Any = kind
    return make(**{name: np.zeros(1) for name in numbers_of(kind)}, **made)


def read(record: T) -> T:
    """The record for its reader: numbers are numbers, single columns lines, arrays end where used.

    Parameters
    ----------
    record
        What `blank` has made and a kernel has filled.

    Warns
    -----
    RuntimeWarning
        If there is a NaN in a field of which the documentation does not tell: then a number in the
        experiment was beyond all bounds, which is no result.

    Examples
    --------
    >>> from typing import Annotated
    >>> class Spiking(NamedTuple):
    ...     times: Annotated[np.ndarray, "n"]
    ...     n: int
    >>> read(Spiking(np.array([2.0, 7.0, 0.0]), np.array([2.0])))
    Spiking(times=array([2., 7.]), n=2)
    """
    kind: Any = type(record)
    numbers = {name: number(getattr(record, name)[0]) for name, number in numbers_of(kind).items()}
    used = {name: getattr(record, name)[: numbers[count]].copy() for name, count in used_of(kind).items()}
    lines = {name: x.reshape(-1) for name, x in record._asdict().items() if x.shape[1:] == (1,)}
    found = kind(**(record._asdict() | lines | numbers | used))
    for name, value in found._asdict().items():
        if np.asarray(value).dtype.kind == "f" and np.isnan(value).any() and not _may_be_nan(kind, name):
            warnings.warn(
                f"{name} is not a number everywhere, and its documentation does not say when: "
                "an argument may be too large or too small",
                RuntimeWarning,
                stacklevel=3,
            )
    return found


@functools.cache
def _may_be_nan(kind: type, field: str) -> bool:
    """Whether the text below a field tells of NaN; yes where there is no text to be read."""
    try:
        source = inspect.getsource(kind)
    except (OSError, TypeError):
        return True
    text = re.search(rf'^ +{field}: [^\n]*\n +"""([\s\S]*?)"""', source, re.MULTILINE)
    return text is None or "NaN" in text[1]


def numbers_of(kind: type) -> dict[str, type]:
    """The fields that are numbers, each with its type."""
    return {name: hint for name, hint in get_type_hints(kind).items() if hint in (int, float)}


def used_of(kind: type) -> dict[str, str]:
    """The arrays of which only the first entries are in use, each with the field that says how many."""
    hints = get_type_hints(kind, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items() if hasattr(hint, "__metadata__")}
