"""Rules for what a figure is given: declared in the annotations of its function, and kept before it draws.

As the fields of a tuple of parameters do, an argument declares its rule as ``Annotated[type, rule]``
(`snnlab.checks`). A figure may show a gap, where a number is NaN, and a curve that leaves it, so that rules
of arrays here say which of their numbers must be finite.
"""

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, ParamSpec, Union, get_args, get_origin, get_type_hints

import numpy as np

from snnlab.checks import as_real, entries, rule_of, text, whole
from snnlab.foreign_arrays import plain
from snnlab.plots.picture import Picture, Values
from snnlab.work_and_memory import afford

__all__ = [
    "Curves",
    "Each",
    "Numbers",
    "Of",
    "Pair",
    "Period",
    "Text",
    "Times",
    "Together",
    "Trains",
    "anything",
    "drawn",
    "indices",
    "is_list",
    "many",
    "text",
]

P = ParamSpec("P")


def drawn(function: Callable[P, Picture]) -> Callable[P, Picture]:
    """A figure whose arguments keep what its annotations declare."""

    @functools.cache
    def rules() -> dict[str, Callable[[str, Any], Any]]:
        hints = get_type_hints(function, include_extras=True)
        return {name: _or_none(hints[name]) for name in signature.parameters}

    signature = inspect.signature(function)

    @functools.wraps(function)
    def checked(*given: P.args, **named: P.kwargs) -> Picture:
        bound = signature.bind(*given, **named)
        for name, value in bound.arguments.items():
            bound.arguments[name] = rules()[name](name, value)
        return function(*bound.args, **bound.kwargs)

    return checked


def _or_none(hint: Any) -> Callable[[str, Any], Any]:
    """The rule of a hint; of ``X | None`` that of X, or nothing."""
    if get_origin(hint) not in (Union, UnionType):
        return rule_of(hint)
    (kind,) = (part for part in get_args(hint) if part is not NoneType)
    rule = rule_of(kind)
    return lambda name, value: None if value is None else rule(name, value)


@dataclass(frozen=True)
class Numbers:
    """An array of numbers."""

    shape: str = "(n,)"
    """The axes in words."""
    least: int = 1
    """How many there have to be."""
    but: Literal["finite", "gaps", "any"] = "finite"
    """Whether some may be NaN, or infinite as well."""

    def __call__(self, name: str, value: Any) -> np.ndarray:
        """`value` as an array, if it keeps the rule."""
        value = plain(name, value)
        try:
            array = np.asarray(value)
        except ValueError:
            raise TypeError(f"{name} must be numbers of shape {self.shape}, got a ragged list") from None
        if array.dtype.kind not in "biuf" and array.size:
            raise TypeError(
                f"{name} must be numbers of shape {self.shape}, got a {type(value).__name__} of {array.dtype}"
            )
        if array.ndim != self.shape.count(",") + (not self.shape.endswith(",)")):
            raise ValueError(f"{name} must have shape {self.shape}, got {array.shape}")
        if array.size < self.least:
            raise ValueError(f"{name} must hold {self.least} or more, got {array.size}")
        afford(name, numbers=0.125 * array.size)  # whether each is finite
        array = array if array.dtype.kind in "biuf" else array.astype(np.float64)
        wrong = array[~np.isfinite(array)] if self.but == "finite" else array[np.isinf(array)]
        if wrong.size and self.but != "any":
            raise ValueError(f"{name} must be finite, got {wrong[0]:g}")
        if self.but == "any" and array.size and not np.isfinite(array).any():
            raise ValueError(f"{name} must hold a finite number, got {array.flat[0]:g} everywhere")
        return array


@dataclass(frozen=True)
class Each:
    """A dictionary whose values keep a rule; each is called by its label."""

    rule: Callable[[str, Any], Any]
    least: int = 1
    """How many there have to be."""

    def __call__(self, name: str, value: Any) -> dict:
        """`value` as a dictionary, if it keeps the rule."""
        if not isinstance(value, Mapping):
            raise TypeError(f"{name} must be a dict, got {type(value).__name__}")
        if len(value) < self.least:
            raise ValueError(f"{name} must hold {self.least} or more, got none")
        return {label: self.rule(f"{name}[{label!r}]", inside) for label, inside in value.items()}


class Together:
    """Several values that belong together, each with a rule; the first axes of arrays are as long."""

    def __init__(self, *rules: Callable[[str, Any], Any], more: bool = False):
        self.rules, self.more = rules, more

    def __call__(self, name: str, value: Any) -> tuple:
        """`value` as a tuple, if it keeps the rules; what comes after them is left out."""
        n = len(self.rules)
        if not is_list(value):
            raise TypeError(f"{name} must be {n} values, got {type(value).__name__}")
        if len(value) < n or (len(value) > n and not self.more):
            raise ValueError(f"{name} must be {n} values, got {len(value)}")
        found = tuple(
            rule(f"{name}[{k}]", x) for k, (rule, x) in enumerate(zip(self.rules, value, strict=False))
        )
        sizes = [len(x) for x in found if isinstance(x, np.ndarray) and x.ndim]
        if len(set(sizes)) > 1:
            raise ValueError(f"{name} must be arrays of one length, got {', '.join(map(str, sizes))}")
        return found


class Of:
    """A named tuple of one kind, of which some fields keep rules; axes of one name are as long."""

    def __init__(self, kind: type, **rules: Callable[[str, Any], Any]):
        self.kind, self.rules = kind, rules

    def __call__(self, name: str, value: Any) -> Any:
        """`value` with these fields as arrays, if it keeps the rules."""
        if not isinstance(value, self.kind):
            raise TypeError(f"{name} must be {self.kind.__name__}, got {type(value).__name__}")
        for field in self.kind._fields:  # type: ignore[attr-defined]
            if field not in self.rules:  # not drawn; a mask would say that it should not be
                plain(f"{name}.{field}", getattr(value, field))
        known: dict[str, int] = {}
        found = {}
        for field, rule in self.rules.items():
            found[field] = rule(f"{name}.{field}", getattr(value, field))
            axes = getattr(rule, "shape", "").strip("()").split(",")
            for axis, size in zip(
                filter(None, map(str.strip, axes)), getattr(found[field], "shape", ()), strict=False
            ):
                if known.setdefault(axis, size) != size:
                    raise ValueError(f"{name}.{field} must have {known[axis]} {axis}, got {size}")
        return value._replace(**found)  # type: ignore[attr-defined]


def is_list(value: Any) -> bool:
    """Whether it is a list, a tuple or an array with an axis."""
    return isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim > 0)


def pair(name: str, value: Any) -> tuple[float, float]:
    """`value`, if it is two numbers."""
    if not is_list(value) or len(value) != 2:
        raise TypeError(f"{name} must be two numbers, got {value!r:.60}")
    first, second = (as_real(f"{name}[{k}]", x) for k, x in enumerate(value))
    return first, second


_LONGEST = 1e300  # ms: the margins of an axis stay finite


def period(name: str, value: Any) -> tuple[float, float]:
    """`value`, if it is two times in order."""
    start, stop = pair(name, value)
    if not start < stop:
        raise ValueError(f"{name} must be two times in order, got {value}")
    if not stop - start <= _LONGEST:
        raise ValueError(f"{name} must be at most {_LONGEST:g} ms apart, got {start:g} and {stop:g}")
    return start, stop


def indices(name: str, value: Any) -> list[int]:
    """`value` as whole numbers from 0, one at least."""
    found = [whole(f"{name}[{k}]", x) for k, x in enumerate(many(name, plain(name, value)))]
    if not found:
        raise ValueError(f"{name} must hold one at least, got none")
    return found


def many(name: str, value: Any) -> list:
    """`value` as a list, of whatever; a text is one of letters."""
    if not isinstance(value, Sequence | np.ndarray):
        raise TypeError(f"{name} must be a list, got {type(value).__name__}")
    if isinstance(value, np.ndarray) and value.ndim != 1:
        raise ValueError(f"{name} must have shape (n,), got {value.shape}")
    return entries(name, value, "whatever")


def anything(name: str, value: Any) -> Any:
    """`value`: the function looks for itself."""
    return value


Text = Annotated[str, text]
Pair = Annotated[tuple[float, float], pair]
Period = Annotated[tuple[float, float], period]
Times = Annotated[Values, Numbers("(spikes,)", least=0)]
Trains = Annotated[Mapping, Each(Numbers("(spikes,)", least=0))]
Curves = Annotated[Mapping, Each(Together(Numbers("(points,)"), Numbers("(points,)", but="any")))]
