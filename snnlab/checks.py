"""Checks of arguments: each failure is one sentence with the name, the rule and the value.

The fields of a `NamedTuple` of parameters declare their rules: ``tau_m: Positive = 20.0``, in full
``Annotated[float, positive]``. A ``float`` alone may be any finite number, an ``int`` 0, 1, 2, …
"""

import functools
import math
from collections.abc import Callable
from numbers import Integral, Real
from typing import Annotated, Any, Literal, TypeVar, get_origin, get_type_hints

import numpy as np

__all__ = [
    "AtLeastOne",
    "NonNegative",
    "Positive",
    "affordable",
    "as_real",
    "checked",
    "exact_steps",
    "finite_array",
    "fraction",
    "non_negative",
    "ordered",
    "positive",
    "whole",
]

P = TypeVar("P", bound=tuple)

_MOST_SPIKES = 1e8  # sorting that many takes 5 GB


def as_real(name: str, value: object, rule: str = "finite") -> float:
    """`value` as a finite float; `rule` says in words what else the caller asks of it."""
    if type(value) is float and math.isfinite(value):
        return value  # nearly always, and before every run: none of the questions below
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, got {type(value).__name__}")
    try:
        number = float(value)
    except OverflowError:  # a whole number of more than 308 digits
        number = math.inf if value > 0 else -math.inf  # type: ignore[operator]
    if not math.isfinite(number):
        raise ValueError(f"{name} must be {rule}, got {number:g}")
    return number


def positive(name: str, value: object) -> float:
    """`value` as a float above zero."""
    number = as_real(name, value, "positive and finite")
    if number <= 0:
        raise ValueError(f"{name} must be positive and finite, got {number:g}")
    return number


def non_negative(name: str, value: object) -> float:
    """`value` as a float of zero or above."""
    number = as_real(name, value, "zero or positive, and finite")
    if number < 0:
        raise ValueError(f"{name} must be zero or positive, and finite, got {number:g}")
    return number


def fraction(name: str, value: object) -> float:
    """`value` as a float from 0 to 1."""
    number = as_real(name, value, "between 0 and 1")
    if not 0 <= number <= 1:
        raise ValueError(f"{name} must be between 0 and 1, got {number:g}")
    return number


def whole(name: str, value: object, least: int = 0) -> int:
    """`value` as an int of at least `least`."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be a whole number, got {value!r}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {value}")
    return int(value)


def exact_steps(name: str, duration: float, dt: float) -> int:
    """How many steps of `dt` a `duration` has, both in ms, at least one and no fraction of one."""
    steps = round(duration / positive("dt", dt))
    if steps < 1 or abs(steps * dt - duration) > 1e-9 * duration:
        raise ValueError(f"{name} must be a whole number of steps of {dt:g} ms, got {duration:g}")
    return steps


def finite_array(name: str, values: object, ndim: tuple[int, ...], shape: str) -> np.ndarray:
    """`values` as a C-ordered float64 array of one of the dimensions `ndim` (`shape` says it in words)."""
    try:
        array = np.asarray(values)
        if array.dtype.kind not in "biuf":
            raise TypeError
    except (TypeError, ValueError):
        wanted = "any shape" if shape == "any" else f"shape {shape}"
        raise TypeError(
            f"{name} must be an array of numbers of {wanted}, got a {type(values).__name__}"
        ) from None
    if array.ndim not in ndim:
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")
    array = np.asarray(array, dtype=np.float64, order="C")
    finite = np.isfinite(array)
    if not finite.all():
        where = tuple(int(k) for k in np.argwhere(~finite)[0])
        place = f" at {list(where)}" if where else ""
        raise ValueError(f"{name} must be finite, got {array[where]:g}{place}")
    return array


def affordable(spikes: float) -> float:
    """`spikes`, how many there will be at most or on average, if there is time and memory for them."""
    if not spikes <= _MOST_SPIKES:
        raise ValueError(f"the number of spikes must be at most {_MOST_SPIKES:g}, got about {spikes:g}")
    return spikes


def true_or_false(name: str, value: object) -> bool:
    """`value` as a bool."""
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False, got {value!r}")
    return bool(value)


Positive = Annotated[float, positive]
NonNegative = Annotated[float, non_negative]
AtLeastOne = Annotated[int, functools.partial(whole, least=1)]


def checked(name: str, parameters: object, kind: type[P]) -> P:
    """`parameters`, if they are a `kind` and each field keeps the rule that its annotation declares."""
    if not isinstance(parameters, kind):
        spoken_with_vowel = kind.__name__.startswith(("A", "E", "I", "O", "SRM", "STDP"))
        a = "an" if spoken_with_vowel else "a"
        raise TypeError(f"{name} must be {a} {kind.__name__}, got {type(parameters).__name__}")
    return kind(*(rule(field, x) for (field, rule), x in zip(_rules(kind), parameters, strict=True)))


@functools.cache
def _rules(kind: type) -> tuple[tuple[str, Callable[[str, Any], Any]], ...]:
    """What the fields are called, and the rule of each."""
    of_type: dict[type, Callable[[str, Any], Any]] = {float: as_real, int: whole, bool: true_or_false}
    return tuple(
        (field.rstrip("_"), hint.__metadata__[0] if get_origin(hint) is Annotated else of_type[hint])
        for field, hint in get_type_hints(kind, include_extras=True).items()
    )


def ordered(parameters: P, name: str, relation: Literal["below", "above"], other: str, unit: str) -> P:
    """`parameters`, if the field `name` is below, or above, the field `other`."""
    value, limit = getattr(parameters, name), getattr(parameters, other)
    if not (value < limit if relation == "below" else value > limit):
        raise ValueError(f"{name} must be {relation} {other} ({limit:g} {unit}), got {value:g}")
    return parameters
