"""Mistakes that anybody can make in any exercise, recognised from the numbers alone.

Each generator below looks at what the student has (`got`) and what is right (`right`), two float arrays,
and yields a name and a sentence if it recognises its mistake. Exercises add their own, more telling ones,
which are tried first.
"""

import math
from collections.abc import Iterator
from itertools import chain

import numpy as np

__all__ = ["close", "general_mistake"]

_TIGHT = 2e-3  # a guess at a mistake must fit better than a right answer must

_UNITS = {  # unit: (1000 times larger, 1000 times smaller)
    "ms": ("s", "µs"),
    "mV": ("V", "µV"),
    "nA": ("µA", "pA"),
    "MΩ": ("GΩ", "kΩ"),
    "Hz": ("kHz, which is spikes per ms", "mHz"),
}

_Found = Iterator[tuple[str, str]]


def close(got: np.ndarray, right: np.ndarray, tolerance: float) -> bool:
    """True if every number of `got` is the one of `right`, NaN and infinities included.

    Parameters
    ----------
    got, right : array
        Of one shape, or the answer is no.
    tolerance : float
        Relative error allowed; where 0 is right, a thousandth of it times the largest number.

    Returns
    -------
    bool

    Examples
    --------
    >>> close(np.array([1.0, np.nan]), np.array([1.001, np.nan]), tolerance=0.01)
    True
    """
    if got.shape != right.shape:
        return False
    finite = right[np.isfinite(right)]
    floor = tolerance * 1e-3 * (np.abs(finite).max() if finite.size else 0.0)
    return bool(np.allclose(got, right, rtol=tolerance, atol=floor, equal_nan=True))


def general_mistake(got: np.ndarray, right: np.ndarray, unit: str = "") -> tuple[str, str] | None:
    """Name and description of the first mistake that fits.

    Parameters
    ----------
    got, right : array
        Of any shapes; `right` is finite.
    unit : str
        Of the right numbers, so that a factor of 1000 can be named.

    Returns
    -------
    (name, sentences) or None

    Examples
    --------
    >>> name, hint = general_mistake(np.array(0.012), np.array(12.0), "ms")
    >>> print(hint)
    The digits are right, but this is in s. The answer is wanted in ms.
    """
    if got.shape != right.shape:
        return _shape(got, right)
    if not np.isfinite(got).all():
        return _not_finite(got)
    if not right.any():
        return None  # a factor of nothing is nothing
    looks = (
        _sign,
        _order,
        _units,
        _logarithm,
        _factor_two,
        _reciprocal,
        _shifted,
        _rounded,
        _offset,
        _zero,
        _nearly,
    )
    return next(chain.from_iterable(look(got, right, unit) for look in looks), None)


# --- wrong shape ---


def _shape(got: np.ndarray, right: np.ndarray) -> tuple[str, str]:
    if got.ndim == 2 and close(got.T, right, _TIGHT):
        return (
            "transposed",
            "The numbers are right, but rows and columns are swapped: time comes first. Use .T once.",
        )
    if right.ndim and got.size == right.size and close(got.reshape(right.shape), right, _TIGHT):
        return "shape", f"The numbers are right, but their shape is {got.shape} and should be {right.shape}."
    if got.ndim == right.ndim == 1 and abs(got.size - right.size) == 1:
        return _one_element(got, right)
    if right.ndim == 0:
        return "shape", f"One number is wanted, and this is an array of shape {got.shape}."
    return "shape", f"The shape is {got.shape} and should be {right.shape}."


def _one_element(got: np.ndarray, right: np.ndarray) -> tuple[str, str]:
    longer, shorter = (got, right) if got.size > right.size else (right, got)
    word = "too many" if got.size > right.size else "too few"
    ask = "Does the loop start or stop one off?"
    for part, where in ((longer[1:], "at the start"), (longer[:-1], "at the end")):
        if close(part, shorter, _TIGHT):
            return "off by one", f"There is one element {word} {where}; all others are right. {ask}"
    return "off by one", f"There is one element {word}: {got.size} where {right.size} are wanted. {ask}"


def _not_finite(got: np.ndarray) -> tuple[str, str]:
    bad = int((~np.isfinite(got)).sum())
    share = "This is" if got.size == 1 else f"{bad} of {got.size} numbers {'is' if bad == 1 else 'are'}"
    if np.isnan(got).any():
        return "nan", f"{share} NaN, not a number: look for the logarithm of a negative number, or for 0/0."
    return "infinite", f"{share} infinite: look for a division by 0."


# --- right shape, wrong numbers ---


def _sign(got: np.ndarray, right: np.ndarray, unit: str) -> _Found:
    if close(-got, right, _TIGHT):
        yield "sign", "The size is right and the sign is wrong. Which of the two belongs before the minus?"


def _order(got: np.ndarray, right: np.ndarray, unit: str) -> _Found:
    if got.ndim == 1 and close(got[::-1], right, _TIGHT):
        yield "reversed", "The numbers are right and stand in the opposite order."
    if got.ndim == 2 and close(got.T, right, _TIGHT):
        yield "transposed", "The numbers are right, but rows and columns are swapped. Use .T once."


def _units(got: np.ndarray, right: np.ndarray, unit: str) -> _Found:
    larger, smaller = _UNITS.get(unit, ("", ""))
    wanted = f" The answer is wanted in {unit}." if unit else ""
    for power in (3, -3, 2, -2, 6, -6, 9, -9):
        if close(got * 10.0**power, right, _TIGHT):
            name = {3: larger, -3: smaller}.get(power, "")
            size = f"{10 ** abs(power)} times too {'small' if power > 0 else 'large'}"
            yield "units", f"The digits are right, but this is {f'in {name}' if name else size}.{wanted}"


def _logarithm(got: np.ndarray, right: np.ndarray, unit: str) -> _Found:
    if close(got * math.log(10), right, _TIGHT / 10):
        yield (
            "log10",
            "This has the logarithm to base 10 where the natural one belongs. In NumPy that is np.log.",
        )


def _factor_two(got: np.ndarray, right: np.ndarray, unit: str) -> _Found:
    if close(got / 2, right, _TIGHT):
        yield "twice", "This is twice the right answer. Is something counted two times?"
    if close(got * 2, right, _TIGHT):
        yield "half", "This is half the right answer. Is something counted only once, or divided by 2?"


def _reciprocal(got: np.ndarray, right: np.ndarray, unit: str) -> _Found:
    if got.all() and any(close(factor / got, right, _TIGHT) for factor in (1.0, 1000.0)):
        yield (
            "reciprocal",
            "This is the right answer upside down. Is it an interval for a rate, or a rate for an interval?",
        )


def _shifted(got: np.ndarray, right: np.ndarray, unit: str) -> _Found:
    if right.ndim == 0 or right.shape[0] < 3:
        return
    for part, other, word in ((got[1:], right[:-1], "late"), (got[:-1], right[1:], "early")):
        if close(part, other, _TIGHT):
            yield "off by one", f"Every element comes one step too {word}. Is an index off by one?"


def _rounded(got: np.ndarray, right: np.ndarray, unit: str) -> _Found:
    for digits, places in ((2, "two decimals"), (1, "one decimal"), (0, "whole numbers")):
        if close(got, np.round(right, digits), 1e-9):
            yield (
                "rounded",
                f"This is right but for rounding to {places}. Leave the rounding to the last moment.",
            )
    if close(got, np.floor(right), 1e-9):
        yield "cut", "The decimals are cut off. Was // written for /, or int() used?"


def _offset(got: np.ndarray, right: np.ndarray, unit: str) -> _Found:
    differences = np.ravel(got - right)
    if differences.size > 2 and close(differences, np.full_like(differences, differences[0]), _TIGHT):
        amount = f"{abs(differences[0]):.3g} {unit}".strip()
        size = "large" if differences[0] > 0 else "small"
        yield "offset", f"Every number is {amount} too {size}: something constant is missing, or added twice."


def _zero(got: np.ndarray, right: np.ndarray, unit: str) -> _Found:
    if not got.any():
        yield "zero", "This is 0 everywhere. Was the result computed and then not used?"


def _nearly(got: np.ndarray, right: np.ndarray, unit: str) -> _Found:
    error = np.abs(got - right).max() / np.abs(right).max()
    if error < 0.05:
        yield (
            "nearly",
            f"This is close, {100 * error:.2g} % off at most. Something small is left out or approximated.",
        )
