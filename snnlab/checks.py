"""Checks of arguments: each failure is one sentence with the name, the rule and the value.

The fields of a `NamedTuple` of parameters declare their rules: ``tau_m: Positive = 20.0``, in full
``Annotated[float, positive]``. A ``float`` alone may be any finite number, an ``int`` 0, 1, 2, …
"""

import functools
import math
from collections.abc import Callable, Iterable, Sized
from numbers import Integral, Real
from typing import Annotated, Any, Literal, TypeVar, get_origin, get_type_hints

import numpy as np

from snnlab.foreign_arrays import plain
from snnlab.work_and_memory import afford

__all__ = [
    "AtLeastOne",
    "NonNegative",
    "Positive",
    "affordable",
    "as_real",
    "checked",
    "entries",
    "exact_steps",
    "finite_array",
    "fraction",
    "function",
    "non_negative",
    "ordered",
    "positive",
    "rule_of",
    "steps_in",
    "text",
    "true_or_false",
    "whole",
    "wholes",
    "within",
]

P = TypeVar("P", bound=tuple)

_SMALLEST = 2.0**-1022  # a float below has lost digits, and its reciprocal may be infinite
_MOST_SPIKES = 1e8  # sorting that many takes 5 GB
_FEW = 1_000_000  # of whatever: no question of memory
_PER_ENTRY = 5.0  # numbers of 8 bytes that an entry of a list takes: a pointer, and what stands there
_PER_SPIKE = 6  # numbers that are held for a spike while all are sorted


def as_real(name: str, value: object, rule: str = "finite") -> float:
    """`value` as a finite float; `rule` says in words what else the caller asks of it."""
    if type(value) is float and math.isfinite(value):
        return value  # nearly always, and before every run: none of the questions below
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = plain(name, value)[()]
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
    """`value` as a float above zero, by which one can divide."""
    number = as_real(name, value, "positive and finite")
    if number < _SMALLEST:
        rule = "positive and finite" if number <= 0 else f"positive and finite, at least {_SMALLEST:g}"
        raise ValueError(f"{name} must be {rule}, got {number:g}")
    return number


def non_negative(name: str, value: object) -> float:
    """`value` as a float of zero or above."""
    number = as_real(name, value, "zero or positive, and finite")
    if number < 0:
        raise ValueError(f"{name} must be zero or positive, and finite, got {number:g}")
    return number + 0.0  # of -0.0 it makes 0.0, whose reciprocal has the other sign


def fraction(name: str, value: object) -> float:
    """`value` as a float from 0 to 1."""
    number = as_real(name, value, "between 0 and 1")
    if not 0 <= number <= 1:
        raise ValueError(f"{name} must be between 0 and 1, got {number:g}")
    return number + 0.0


def whole(name: str, value: object, least: int = 0, most: int | None = None) -> int:
    """`value` as an int of at least `least`; a number of things unless `most` says how far it goes.

    So many things have to fit into memory with 8 bytes each, which is less than nearly all of them take.
    """
    if isinstance(value, bool | np.bool_) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be a whole number, got {value!r}")
    number = int(value)
    if number < least:
        raise ValueError(f"{name} must be at least {least}, got {_in_short(number)}")
    if most is not None and number > most:
        raise ValueError(f"{name} must be at most {most}, got {_in_short(number)}")
    if most is None and number > _FEW:
        if number.bit_length() > 63:
            raise ValueError(f"{name} must be below 2**63, got {_in_short(number)}")
        afford(name, numbers=number)
    return number


def entries(name: str, values: object, of: str) -> list:
    """What `values` hold, of anything that one can go through; `of` says in words what that is."""
    if not isinstance(values, Iterable) or (isinstance(values, np.ndarray) and values.ndim == 0):
        raise TypeError(f"{name} must be a sequence of {of}, got {values!r:.60}")
    if isinstance(values, Sized):
        try:
            many: float = len(values)
        except OverflowError:
            many = math.inf
        except TypeError:  # an array of another package, without a dimension
            raise TypeError(f"{name} must be a sequence of {of}, got {values!r:.60}") from None
        afford(name, numbers=_PER_ENTRY * many)  # a view may be of a few numbers as of many
    return list(values)


def wholes(name: str, values: object, least: int = 0, most: int | None = None) -> list[int]:
    """`values` as a list of ints, each as `whole` has it."""
    numbers = entries(name, plain(name, values), "whole numbers")
    return [whole(name, number, least, most) for number in numbers]


def _in_short(number: int) -> str:
    """A whole number as one reads it; of a long one its size."""
    return str(number) if number.bit_length() < 128 else f"about {'-' * (number < 0)}2**{number.bit_length()}"


def exact_steps(name: str, duration: float, dt: float) -> int:
    """How many steps of `dt` a `duration` has, both in ms, at least one and no fraction of one."""
    steps = round(duration / positive("dt", dt))
    if steps < 1 or abs(steps * dt - duration) > 1e-9 * duration:
        raise ValueError(f"{name} must be a whole number of steps of {dt:g} ms, got {duration:g}")
    return steps


def steps_in(name: str, duration: float, dt: float) -> int:
    """How many steps of `dt` are in `duration`, rounded, if there is memory for a number in each."""
    steps = non_negative(f"{name} in steps", duration / dt)
    afford(f"{name} in steps", numbers=steps)
    return round(steps)


def finite_array(name: str, values: object, ndim: tuple[int, ...], shape: str, unit: str = "") -> np.ndarray:
    """`values` as a C-ordered float64 array of one of the dimensions `ndim` (`shape` says it in words).

    What has a `unit` of its own, as the arrays of some libraries do, is converted to this one.
    """
    values = plain(name, values, unit)
    try:
        array = np.asarray(values)
        if array.dtype.kind not in "biuf":
            raise TypeError
    except MemoryError:
        raise ValueError(f"{name} must be what fits into memory, got a list of too large arrays") from None
    except (TypeError, ValueError):
        wanted = "any shape" if shape == "any" else f"shape {shape}"
        of = f" of {values.dtype}" if isinstance(values, np.ndarray) else ""
        raise TypeError(
            f"{name} must be an array of numbers of {wanted}, got a {type(values).__name__}{of}"
        ) from None
    if array.ndim not in ndim:
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")
    as_it_is = array.dtype == np.float64 and array.flags.c_contiguous
    afford(name, numbers=(0.125 if as_it_is else 1.125) * array.size)  # a copy, and whether each is finite
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
    afford("the number of spikes", numbers=_PER_SPIKE * spikes)
    return spikes


def true_or_false(name: str, value: object) -> bool:
    """`value` as a bool."""
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False, got {value!r}")
    return bool(value)


def text(name: str, value: object) -> str:
    """`value`, if it is a text."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a text, got {type(value).__name__}")
    return value


def function(name: str, value: object) -> Callable:
    """`value`, if it can be called."""
    if not callable(value):
        raise TypeError(f"{name} must be a function, got {type(value).__name__}")
    return value


def within(name: str, values: np.ndarray, most: float) -> np.ndarray:
    """`values`, finite, if none is larger than `most` in magnitude, so that products of them stay finite."""
    largest = max(abs(float(values.max(initial=0.0))), abs(float(values.min(initial=0.0))))
    if largest > most:
        raise ValueError(f"{name} must be at most {most:g} in magnitude, got {largest:g}")
    return values


Positive = Annotated[float, positive]
NonNegative = Annotated[float, non_negative]
AtLeastOne = Annotated[int, functools.partial(whole, least=1)]


def checked(name: str, parameters: object, kind: type[P]) -> P:
    """`parameters`, if they are a `kind` and each field keeps the rule that its annotation declares."""
    if not isinstance(parameters, kind):
        spoken_with_vowel = kind.__name__.startswith(("A", "E", "I", "O", "SRM", "STDP"))
        a = "an" if spoken_with_vowel else "a"
        raise TypeError(f"{name} must be {a} {kind.__name__}, got {type(parameters).__name__}")
    values = [rule(field, x) for (field, rule), x in zip(_rules(kind), parameters, strict=True)]
    if _axes(kind):
        _fit(kind, values)
    return kind(*values)


@functools.cache
def _rules(kind: type) -> tuple[tuple[str, Callable[[str, Any], Any]], ...]:
    """What the fields are called, and the rule of each."""
    return tuple(
        (field.rstrip("_"), rule_of(hint))
        for field, hint in get_type_hints(kind, include_extras=True).items()
    )


def rule_of(hint: Any) -> Callable[[str, Any], Any]:
    """The rule that an annotation declares.

    Of a type alone: a named tuple keeps the rules of its own fields, anything else is what it is.
    """
    if get_origin(hint) is Annotated:
        return hint.__metadata__[0]
    of_type: dict[Any, Callable[[str, Any], Any]] = {float: as_real, int: whole, bool: true_or_false}
    if hint in of_type:
        return of_type[hint]
    if hasattr(hint, "_fields"):
        return functools.partial(checked, kind=hint)
    return functools.partial(_instance, kind=get_origin(hint) or hint)


def _instance(name: str, value: object, kind: type) -> object:
    if not isinstance(value, kind):
        raise TypeError(f"{name} must be {kind.__name__}, got {type(value).__name__}")
    return value


@functools.cache
def _axes(kind: type) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The fields that are arrays with named axes, by their number."""
    named = ((k, getattr(rule, "axes", ())) for k, (_, rule) in enumerate(_rules(kind)))
    return tuple((k, axes) for k, axes in named if axes)


def _fit(kind: type, values: list) -> None:
    """Refuse two fields in which an axis of one name has two lengths."""
    known: dict[str, tuple[int, str]] = {}
    for k, axes in _axes(kind):
        field, rule = _rules(kind)[k]
        for axis, size in zip(axes, values[k].shape, strict=True):
            expected, other = known.setdefault(axis, (size, field))
            if size != expected and axis.isidentifier():
                raise ValueError(
                    f"{field} must have shape {rule.shape}, with as many {axis} as {other} "  # type: ignore[attr-defined]
                    f"({expected}), got {values[k].shape}"
                )


def ordered(parameters: P, name: str, relation: Literal["below", "above"], other: str, unit: str) -> P:
    """`parameters`, if the field `name` is below, or above, the field `other`."""
    value, limit = getattr(parameters, name), getattr(parameters, other)
    if not (value < limit if relation == "below" else value > limit):
        raise ValueError(f"{name} must be {relation} {other} ({limit:g} {unit}), got {value:g}")
    return parameters
