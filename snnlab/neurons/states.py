"""How a run goes on from the state in which another one ended.

A state is a `NamedTuple` that a kernel takes and returns: numbers, or arrays with one number for each neuron.
`free` counts steps from the beginning of a run, so whoever ends it counts anew (`later`).
"""

from typing import Any, TypeVar

import numpy as np

from snnlab.compiling import inlined_kernel
from snnlab.kernel_arguments import numbers

__all__ = ["check_start", "copied", "later", "started"]

S = TypeVar("S", bound=tuple)


def started(start: Any, rest: S, given: float | None = None, name: str = "v_start") -> S:
    """`start` if it is given and fits, in arrays of its own, else `rest`, a state of the same kind.

    Its arrays get the types of those of `rest`: whole numbers that somebody has written into a state would
    otherwise stay whole at every step. Beside it there must not be `given`, an argument of that `name` which
    says where to start in another way.
    """
    if start is None:
        return rest
    check_start(start, rest, given, name)
    _refuse_nan("start", start)
    return copied(start, rest)


def check_start(start: Any, rest: tuple, given: float | None = None, name: str = "v_start") -> None:
    """Say in a sentence why `start` does not fit, if it does not; the arguments are those of `started`."""
    if type(start) is not type(rest):
        raise TypeError(f"start must be the state of a run of the same model, got {type(start).__name__}")
    if given is not None:
        raise ValueError(f"{name} must be left out where start is given, got {given:g}")
    for name_, x in zip(getattr(start, "_fields", ()), start, strict=False):
        if type(x) is not np.ndarray and not isinstance(x, tuple):  # arrays may be large, and are not copied
            numbers(f"start.{name_}", x)
    sizes = np.size(start[0]), np.size(rest[0])
    if sizes[0] != sizes[1]:
        raise ValueError(f"start must be the state of as many neurons, {sizes[1]}, got one of {sizes[0]}")
    if _shapes(start) != _shapes(rest):
        raise ValueError("start must be the state of a run of the same model, got one with other shapes")
    given_type, type_ = (np.asarray(state[0]).dtype for state in (start, rest))
    if given_type.kind == "f" and given_type != type_:
        raise ValueError(f"start must be the state of a run with {type_}, got {given_type}")


def _refuse_nan(name: str, state: tuple) -> None:
    for field, x in zip(getattr(state, "_fields", ()), state, strict=False):
        if isinstance(x, tuple):
            _refuse_nan(f"{name}.{field}", x)
        elif (x := np.asarray(x)).dtype.kind == "f" and np.isnan(x).any():
            raise ValueError(f"{name}.{field} must be a number everywhere, got nan")


def _shapes(state: tuple) -> tuple:
    return tuple(_shapes(x) if isinstance(x, tuple) else np.shape(x) for x in state)


def copied(state: Any, like: Any) -> Any:
    """A state of its own, whose arrays have the types of those of `like`."""
    return type(state)(
        *(
            copied(x, y) if isinstance(x, tuple) else np.array(x, np.result_type(y)) if np.ndim(x) else x
            for x, y in zip(state, like, strict=True)
        )
    )


@inlined_kernel
def later(free, steps):
    """The first step in which a neuron may move again, counted from `steps` later; at least −1."""
    return max(free - steps, -1)
