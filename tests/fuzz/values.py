"""What a hostile user puts in the place of a value: one list for each kind of value.

A mutation is told by its label, and makes the same of the same value each time. Some keep what the value
means (`same`): the answer has to stay what it was. Some say more than their numbers, a mask or a unit
(`more`): that must be refused or understood, and not be dropped.
"""

import zlib
from collections.abc import Callable
from numbers import Integral, Real
from typing import Any, NamedTuple

import numpy as np

from snnlab import Spikes

__all__ = ["Mutation", "mutations"]


class Mutation(NamedTuple):
    """One change of a value."""

    label: str
    make: Callable[[Any], Any]
    same: bool = False
    """Whether it means what it meant."""
    more: bool = False
    """Whether it has a mask or a unit that no function of ours takes."""


class Metres(np.ndarray):
    """What an array of lengths looks like in the library quantities."""

    class dimensionality:
        """Of the unit."""

        string = "m"


def metres(value: Any) -> np.ndarray:
    """The numbers of `value`, in metres."""
    return np.asarray(value).view(Metres)


def constants(*values: Any) -> list[Mutation]:
    """Each of `values`, whatever was there."""
    return [Mutation(" ".join(repr(value).split()), lambda _, value=value: value) for value in values]


def moved(s: Spikes, to: float) -> Spikes:
    """All spikes at one time."""
    return Spikes(np.full(s.n_spikes, to), s.units, n_units=s.n_units, duration=s.duration)


def written(*texts: str) -> list[Mutation]:
    """Each of the whole numbers that are written, whatever was there."""
    return [Mutation(text, lambda _, value=_power(text): value) for text in texts]


def _power(text: str) -> int:
    base, _, rest = text.lstrip("-").partition("**")
    power, _, less = rest.partition("-")
    number = int(base) ** int(power) - int(less or 0)
    return -number if text.startswith("-") else number


HUGE = written("2**31", "2**32", "2**40", "2**63-1", "2**63", "-2**63", "10**400")
FLOATS = [
    *constants(np.nan, np.inf, -np.inf, -0.0, 0.0, 1.0, 5e-324, 1e-16, 1e15, 1e308, -1e308, True, "1", None),
    *written("10**400"),
    Mutation("negative", lambda x: -x),
    Mutation("thousandfold", lambda x: 1000.0 * x),
    Mutation("thousandth", lambda x: x / 1000.0),
    Mutation("complex", lambda x: complex(x, 1.0)),
    Mutation("[it]", lambda x: [x]),
    Mutation("array of two", lambda x: np.array([x, x])),
    Mutation("0-d array", np.array, same=True),
    Mutation("float64", np.float64, same=True),
    Mutation("metres", metres, more=True),
    Mutation("masked", lambda x: np.ma.array(x, mask=True), more=True),
]
INTS = [
    *constants(0, 1, -1, True, None, np.nan, 1.5, "1"),
    *HUGE,
    Mutation("one more", lambda x: x + 1),
    Mutation("one less", lambda x: x - 1),
    Mutation("[it]", lambda x: [x]),
    Mutation("int64", np.int64, same=True),
    Mutation("int32", np.int32, same=True),
    Mutation("metres", metres, more=True),
]
BOOLS = [*constants(None, 2, 0.5, "a", []), Mutation("bool_", np.bool_, same=True)]
TEXTS = [*constants("", "nonsense", None, 1, b"bytes"), Mutation("twice", lambda x: x + x)]
MISSING = [
    *constants(np.nan, -1.0, 1.0, "a", [], np.zeros(0), np.ones(3), np.ones((2, 2))),
    *written("2**40"),
]
RANDOM = [
    *constants(None, 1, "seed"),
    Mutation("np.random", lambda _: np.random),
    Mutation("RandomState", lambda _: np.random.RandomState(1)),  # an old hand's
]
FUNCTIONS = [
    *constants(None, 1),
    Mutation("gives None", lambda _: lambda *_, **__: None),
    Mutation("gives NaN", lambda _: lambda *_, **__: np.nan),
]
TRAINS = [
    *constants(None, 1, [], [1.0, 2.0]),
    Mutation("its times", lambda s: s.times),
    Mutation("none of them", lambda s: Spikes([], n_units=s.n_units, duration=s.duration)),
    Mutation("no units", lambda s: Spikes([], n_units=0, duration=s.duration)),
    Mutation("no time", lambda s: Spikes(0.0 * s.times, s.units, n_units=s.n_units, duration=0.0)),
    Mutation("all at once", lambda s: moved(s, 0.0)),
    Mutation("twice", lambda s: s.merge(s)),
    Mutation("one unit more", lambda s: Spikes(s.times, s.units, n_units=s.n_units + 1, duration=s.duration)),
    Mutation("2**40 units", lambda s: Spikes(s.times, s.units, n_units=2**40, duration=s.duration)),
    Mutation("denormal times", lambda s: moved(s, 5e-324)),
    Mutation("1e15 ms", lambda s: Spikes(s.times, s.units, n_units=s.n_units, duration=1e15)),
]  # fmt: skip
OTHERS = constants(None, 1, "a", [])


def entry(label: str, value: Any) -> list[Mutation]:
    """`value` as the first, the last and another entry of an array of floats."""

    def at(where: str) -> Callable[[np.ndarray], np.ndarray]:
        def make(x: np.ndarray) -> np.ndarray:
            new = np.array(x)
            inside = zlib.crc32(label.encode()) % new.size
            new.flat[{"first": 0, "last": -1, "inside": inside}[where]] = value
            return new

        return make

    return [Mutation(f"{label} {where}", at(where)) for where in ("first", "last", "inside")]


def every_second(x: np.ndarray) -> np.ndarray:
    """The same numbers, not side by side in memory."""
    apart = np.repeat(x, 2, axis=-1)
    return apart[..., ::2]


def read_only(x: np.ndarray) -> np.ndarray:
    """The same numbers, which nobody may change."""
    x = x.copy()
    x.flags.writeable = False
    return x


def one_masked(x: np.ndarray) -> np.ma.MaskedArray:
    """The same numbers, the first of which does not count."""
    masked = np.ma.array(x.copy())
    masked[(0,) * x.ndim] = np.ma.masked
    return masked


SHAPES = [
    Mutation("empty", lambda x: x[:0]),
    Mutation("0-d", lambda x: x.flat[0] if x.size else np.zeros(())[()]),
    Mutation("one axis more", lambda x: x[..., None]),
    Mutation("one axis more in front", lambda x: x[None]),
    Mutation("flat", np.ravel),
    Mutation("first row", lambda x: x[0]),
    Mutation("one shorter", lambda x: x[:-1]),
    Mutation("one longer", lambda x: np.concatenate([x, x[-1:]])),
    Mutation("no last axis", lambda x: x[..., :0]),
    Mutation("transposed", lambda x: x.T),
    Mutation("2**40 long", lambda x: np.broadcast_to(x[:1], (2**40, *x.shape[1:]))),
]
TYPES = [
    *constants(None, 1.0, "a", [], [[1.0], [1.0, 2.0]]),
    Mutation("objects", lambda x: x.astype(object)),
    Mutation("texts", lambda x: x.astype(str)),
    Mutation("complex", lambda x: x + 1j),
    Mutation("dates", lambda x: np.zeros(x.shape, "datetime64[s]")),
    Mutation("bools", lambda x: x > 0),
]
ORDERS = [
    Mutation("backwards", lambda x: x[::-1].copy()),
    Mutation("all the same", lambda x: np.full_like(x, x.flat[0])),
    Mutation("duplicates", lambda x: np.concatenate([x[:1], x[:-1]])),
    Mutation("negative", lambda x: -x),
]
ALIKE = [
    Mutation("read-only", read_only, same=True),
    Mutation("big-endian", lambda x: x.astype(x.dtype.newbyteorder(">")), same=True),
    Mutation("every second of another", every_second, same=True),
    Mutation("Fortran's order", np.asfortranarray, same=True),
    Mutation("nothing masked", lambda x: np.ma.array(x.copy()), same=True),
    Mutation("one masked", one_masked, more=True),
    Mutation("metres", metres, more=True),
]
FLOAT_ENTRIES = [
    mutation
    for label, value in (
        ("nan", np.nan), ("inf", np.inf), ("-inf", -np.inf), ("-0.0", -0.0), ("5e-324", 5e-324),
        ("1e308", 1e308), ("-1e308", -1e308), ("1e15", 1e15),
    )
    for mutation in entry(label, value)
]  # fmt: skip
INT_ENTRIES = [
    mutation
    for label, value in (("-1", -1), ("2**31", 2**31), ("2**62", 2**62), ("-2**63", -(2**63)))
    for mutation in entry(label, value)
]
ARRAYS = [
    Mutation("as floats with a half", lambda x: x + 0.5),
    Mutation("as floats with a nan", lambda x: np.where(np.arange(x.size).reshape(x.shape) == 0, np.nan, x)),
]
LISTS = [
    *constants(None, 1, "a", [], ()),
    Mutation("one shorter", lambda x: x[:-1]),
    Mutation("one longer", lambda x: x + x[-1:]),
    Mutation("backwards", lambda x: x[::-1]),
    Mutation("nested", lambda x: type(x)([x])),
]
NAMED = [*constants(None, 1, "a", ()), Mutation("a plain tuple", tuple)]
DICTS = [*constants(None, 1, {}, []), Mutation("one key more", lambda x: x | {"nonsense": 1})]


def mutations(value: Any) -> list[Mutation]:
    """What can be put in the place of `value`, by what it is."""
    kinds: list[tuple[Any, list[Mutation]]] = [
        (bool | np.bool_, BOOLS),
        (Integral, INTS),
        (Real, FLOATS),
        (str, TEXTS),
        (type(None), MISSING),
        (np.random.Generator, RANDOM),
        (Spikes, TRAINS),
        (dict, DICTS),
    ]
    if isinstance(value, np.ndarray):
        return _of_array(value)
    for kind, found in kinds:
        if isinstance(value, kind):
            return found
    if hasattr(value, "_fields"):
        return NAMED
    if isinstance(value, list | tuple):
        return LISTS + (_numbers(value) if isinstance(value, list) else [])
    return FUNCTIONS if callable(value) else OTHERS


def _of_array(value: np.ndarray) -> list[Mutation]:
    found = SHAPES + TYPES
    if value.dtype.kind in "iu":
        found = (
            found
            + ARRAYS
            + [Mutation(m.label, lambda x, m=m: m.make(x.astype(np.int64))) for m in INT_ENTRIES]
        )
    elif value.dtype.kind == "f":
        found = found + FLOAT_ENTRIES
    if value.dtype.kind in "iuf":
        found = found + ORDERS + ALIKE
    return found if value.size else [m for m in found if m in (*SHAPES, *TYPES)]


def _numbers(value: list) -> list[Mutation]:
    """Of a list of numbers, what one does to the array of them."""
    array = np.asarray(value) if all(isinstance(x, int | float) for x in value) else np.zeros(0)
    if not array.size or array.dtype.kind not in "iuf":
        return []
    return [
        m._replace(label=f"array, {m.label}", make=lambda x, m=m: m.make(np.asarray(x)))
        for m in _of_array(array)
    ]
