"""Arrays of other libraries that are more than their numbers: with a mask, or with a unit.

`numpy.asarray` drops both in silence: a spike that somebody masked counts again, and seconds are read as
milliseconds. Here a mask is refused, and a unit is converted where the function says which one it takes. The
libraries are known by what their arrays look like, and none is imported: `units` of pint, xarray and
quantities (with Neo), `unit` of Astropy, `dim` of Brian2.
"""

from typing import Any

import numpy as np

__all__ = ["as_array", "plain"]

_PREFIXES = {"": 0, "k": 3, "m": -3, "u": -6, "µ": -6, "μ": -6, "n": -9, "p": -12, "M": 6, "G": 9}
_SPOKEN = {"": 0, "kilo": 3, "milli": -3, "micro": -6, "nano": -9, "pico": -12, "mega": 6, "giga": 9}
_BASES = {
    "s": "second",
    "V": "volt",
    "A": "ampere",
    "Hz": "hertz",
    "ohm": "ohm",
    "F": "farad",
    "S": "siemens",
}
_NUMBERS = {float, int, bool}
_DEEPEST = 32  # lists in lists: more axes than an array has
_PLAIN = {"", "1", "dimensionless", "Dimensionless"}


def _known() -> dict[str, tuple[str, int]]:
    """The name of each unit, short and in full: what it measures, and the power of ten."""
    names = {p + short: (short, power) for short in _BASES for p, power in _PREFIXES.items()}
    full = {p + word: (short, power) for short, word in _BASES.items() for p, power in _SPOKEN.items()}
    return names | full | {f"{name}s": unit for name, unit in full.items()} | {"sec": ("s", 0)}


_UNITS = _known()


def plain(name: str, values: Any, unit: str = "") -> Any:
    """`values` without a mask and without a unit.

    Parameters
    ----------
    name : str
        The argument.
    values
        Anything.
    unit : str
        In which unit the numbers are wanted. If left out, what has a unit is refused.

    Raises
    ------
    ValueError
        If some are masked, or have a unit that cannot be converted.

    Examples
    --------
    >>> plain("times", np.ma.array([1.0, 2.0], mask=[False, True]))
    Traceback (most recent call last):
    ...
    ValueError: times must not be masked (compressed() leaves those out), got 1 masked value of 2
    """
    if type(values) in (np.ndarray, float, int):
        return values
    if isinstance(values, np.ma.MaskedArray):
        masked = int(np.ma.count_masked(values))
        if masked:
            many = f"{masked} masked value{'s' * (masked > 1)} of {values.size}"
            raise ValueError(f"{name} must not be masked (compressed() leaves those out), got {many}")
        return values.data
    if isinstance(values, list | tuple):
        _plain_inside(name, values, 0)
        return values
    theirs = _unit_of(values)
    if theirs is None:
        return values
    numbers = np.asarray(getattr(values, "magnitude", getattr(values, "value", values)))
    if theirs in _PLAIN:
        return numbers
    if not unit:
        raise ValueError(f"{name} must be plain numbers, without a unit, got some in {theirs}")
    what, power = _UNITS.get(theirs, ("", 0))
    wanted, to = _UNITS[unit]
    if what != wanted:
        raise ValueError(f"{name} must be in {unit} or have a unit that can be converted, got {theirs}")
    return numbers * 10.0 ** (power - to) if power >= to else numbers / 10.0 ** (to - power)


def as_array(name: str, values: Any, of: str = "numbers") -> np.ndarray:
    """`values`, without a mask and without a unit, as an array of whatever type it has.

    Parameters
    ----------
    name : str
        The argument.
    values
        Anything.
    of : str
        What it should hold, in words.

    Returns
    -------
    array of the shape of `values`

    Raises
    ------
    ValueError, TypeError
        If some are masked or have a unit, or lists in a list have different lengths.

    Examples
    --------
    >>> as_array("y", [[1], [2, 3]])
    Traceback (most recent call last):
    ...
    TypeError: y must be an array of numbers, got a ragged list
    """
    values = plain(name, values)
    try:
        return np.asarray(values)
    except ValueError:
        raise TypeError(f"{name} must be an array of {of}, got a ragged {type(values).__name__}") from None
    except MemoryError:
        raise ValueError(f"{name} must be what fits into memory, got arrays that are too large") from None


def _plain_inside(name: str, values: list | tuple, depth: int) -> None:
    """Refuse a list in which anything has a mask or a unit."""
    if depth < _DEEPEST and not set(map(type, values)) <= _NUMBERS:
        for value in values:
            if isinstance(value, list | tuple):
                _plain_inside(name, value, depth + 1)
            else:
                plain(name, value)


def _unit_of(values: Any) -> str | None:
    """What the unit is called; None for what has none."""
    if hasattr(values, "dimensionality") and hasattr(values.dimensionality, "string"):  # quantities, Neo
        return str(values.dimensionality.string)
    for attribute in ("units", "unit", "dim"):
        unit = getattr(values, attribute, None)
        if isinstance(unit, str) or type(unit).__name__.endswith(("Unit", "UnitBase", "Dimension")):
            return str(unit)
    return None
