"""Mistakes that anybody can make in any exercise, recognised from the numbers alone.

Most of them are themselves an answer: what is right with the wrong sign, in the wrong unit, upside down.
`suspects` lists these, and `suspects_of_one` those in which one of several numbers is wrong. The generators
below compare what the student has (`got`) with what is right (`right`) in other ways. Exercises add their
own, more telling mistakes, which are tried first. In a page
``static/diagnose.js`` does the same.
"""

import math
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

import numpy as np

from snnlab.course.values import with_unit

__all__ = [
    "Suspect",
    "agree",
    "close",
    "general_mistake",
    "suspects",
    "suspects_of_one",
]

_TIGHT = 5e-3  # three digits: a guess at a mistake must fit better than most right answers must
_EXACT = 1e-9
_NOTHING = 1e-12  # of the largest number: what should be 0 may differ from it by the rounding of a sum

_NEARLY_BELOW = 0.05  # relative error

_UNITS = {  # unit: (1000 times larger, 1000 times smaller)
    "ms": ("s", "µs"),
    "mV": ("V", "µV"),
    "nA": ("µA", "pA"),
    "MΩ": ("GΩ", "kΩ"),
    "Hz": ("kHz, which is spikes per ms", "mHz"),
}

_Found = Iterator[tuple[str, str]]


def agree(got: np.ndarray, right: np.ndarray, tolerance: float | np.ndarray) -> np.ndarray:
    """Which numbers of `got` are those of `right`, NaN and infinities included.

    Each is measured by its own size, so that a small number may stand beside a large one.

    Parameters
    ----------
    got, right : array
        Of one shape.
    tolerance : float or array
        Relative error allowed, of all or of each; where 0 is right, a thousandth of it times the largest
        number.

    Returns
    -------
    array of bool

    Examples
    --------
    >>> agree(np.array([10.0, 0.0021]), np.array([10.0, 0.002]), tolerance=0.01).tolist()
    [True, False]
    """
    size = np.abs(right)
    finite = size[np.isfinite(size)]
    largest = finite.max() if finite.size else 0.0
    allowed = tolerance * np.where(size <= _NOTHING * largest, 1e-3 * largest, size)
    with np.errstate(invalid="ignore"):  # infinity minus infinity
        near = np.isfinite(right) & (np.abs(got - right) <= allowed)
    return near | (got == right) | (np.isnan(got) & np.isnan(right))


def close(got: np.ndarray, right: np.ndarray, tolerance: float | np.ndarray) -> bool:
    """True if every number of `got` is the one of `right`: see `agree`.

    Parameters
    ----------
    got, right : array
        Of one shape, or the answer is no.
    tolerance : float or array
        Relative error allowed, of all or of each.

    Examples
    --------
    >>> close(np.array([1.0, np.nan]), np.array([1.001, np.nan]), tolerance=0.01)
    True
    """
    return got.shape == right.shape and bool(agree(got, right, tolerance).all())


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
    for suspect in suspects(right, unit):
        if close(got, suspect.answer, suspect.tolerance):
            return suspect.name, suspect.hint
    looks = (_shifted, _offset, _nearly)
    return next(chain.from_iterable(look(got, right, unit) for look in looks), None)


# --- mistakes that are an answer themselves ---


class Suspect(NamedTuple):
    """A wrong answer that follows from the right one."""

    name: str
    answer: np.ndarray
    tolerance: float | np.ndarray
    """Relative error within which an answer counts as this one, of all numbers or of each."""
    hint: str


def suspects(right: np.ndarray, unit: str = "") -> list[Suspect]:
    """The wrong answers that follow from `right` in any exercise, in the order in which they are tried.

    Parameters
    ----------
    right : array
        The right numbers, finite and not all zero.
    unit : str
        Of the right numbers, so that a factor of 1000 can be named.

    Returns
    -------
    list of Suspect

    Examples
    --------
    >>> [float(s.answer) for s in suspects(np.array(4.0)) if s.name in ("sign", "twice", "half")]
    [-4.0, 8.0, 2.0]
    """
    return [*_signs(right), *_units(right, unit), *_factors(right), *_roundings(right)]


def suspects_of_one(right: np.ndarray, unit: str, tolerance: float) -> list[Suspect]:
    """The wrong answers in which one number is one of `suspects` and the others are right.

    Parameters
    ----------
    right : array
        The right numbers, finite; none follow from a single one.
    unit : str
        Of the right numbers.
    tolerance : float
        Relative error of a right number.

    Returns
    -------
    list of Suspect

    Examples
    --------
    >>> found = suspects_of_one(np.array([3.0, 0.5]), "ms", 0.01)
    >>> print(next(s.hint for s in found if s.answer.tolist() == [3.0, 1.0]))
    Look at number 2, the rest is right. This is twice the right answer. Is something counted two times?
    """
    found = []
    for k in np.flatnonzero(right) if right.size > 1 else []:
        for one in suspects(np.asarray(right.flat[k]), unit):
            if one.name in ("reciprocal", "cut", "zero"):  # in one number of several a coincidence
                continue
            answer, near = right.copy(), np.full(right.shape, tolerance)
            answer.flat[k], near.flat[k] = one.answer, one.tolerance
            hint = f"Look at number {k + 1}, the rest is right. {one.hint}"
            found.append(Suspect(one.name, answer, near, hint))
    return found


def _signs(right: np.ndarray) -> Iterator[Suspect]:
    hint = "The size is right and the sign is wrong. Which of the two belongs before the minus?"
    yield Suspect("sign", -right, _TIGHT, hint)
    if right.ndim == 1:
        hint = "The numbers are right and stand in the opposite order."
        yield Suspect("reversed", right[::-1], _TIGHT, hint)
    if right.ndim == 2:
        hint = "The numbers are right, but rows and columns are swapped. Use .T once."
        yield Suspect("transposed", right.T, _TIGHT, hint)


def _units(right: np.ndarray, unit: str) -> Iterator[Suspect]:
    larger, smaller = _UNITS.get(unit, ("", ""))
    wanted = f" The answer is wanted in {unit}." if unit else ""
    for power in (3, -3, 2, -2, 6, -6, 9, -9):
        name = {3: larger, -3: smaller}.get(power, "")
        size = f"{10 ** abs(power)} times too {'small' if power > 0 else 'large'}"
        hint = f"The digits are right, but this is {f'in {name}' if name else size}.{wanted}"
        yield Suspect("units", right / 10.0**power, _TIGHT, hint)


def _factors(right: np.ndarray) -> Iterator[Suspect]:
    hint = "This has the logarithm to base 10 where the natural one belongs. In NumPy that is np.log."
    yield Suspect("log10", right / math.log(10), _TIGHT / 10, hint)
    hint = "This is twice the right answer. Is something counted two times?"
    yield Suspect("twice", 2 * right, _TIGHT, hint)
    hint = "This is half the right answer. Is something counted only once, or divided by 2?"
    yield Suspect("half", right / 2, _TIGHT, hint)
    if right.all():
        hint = (
            "This is the right answer upside down. Is it an interval for a rate, or a rate for an interval?"
        )
        for factor in (1.0, 1000.0):
            yield Suspect("reciprocal", factor / right, _TIGHT, hint)


def _roundings(right: np.ndarray) -> Iterator[Suspect]:
    size = np.floor(np.log10(np.where(right == 0, 1.0, np.abs(right))))
    last = 10.0 ** (size - 1)  # the place of the second digit
    rounded = [
        (np.round(right, 2), "two decimals"),
        (np.round(right, 1), "one decimal"),
        (np.round(right), "whole numbers"),
        (last * np.round(right / last), "two digits"),
    ]
    for answer, places in rounded:
        if answer[right != 0].all():  # 0 is not what anybody rounds to
            hint = f"This is right but for rounding to {places}. Give at least one digit more."
            yield Suspect("rounded", answer, _EXACT, hint)
    hint = "The decimals are cut off. Was // written for /, or int() used?"
    yield Suspect("cut", np.floor(right), _EXACT, hint)
    hint = "This is 0 everywhere. Was the result computed and then not used?"
    yield Suspect("zero", np.zeros_like(right), 0.0, hint)


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
    if right.ndim == 0 and got.shape == (2,):
        return "shape", "One number is wanted, and these are two. Is there a decimal comma? Write a point."
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


def _shifted(got: np.ndarray, right: np.ndarray, unit: str) -> _Found:
    if right.ndim == 0 or right.shape[0] < 3:
        return
    for part, other, word in ((got[1:], right[:-1], "late"), (got[:-1], right[1:], "early")):
        if close(part, other, _TIGHT):
            yield "off by one", f"Every element comes one step too {word}. Is an index off by one?"


def _offset(got: np.ndarray, right: np.ndarray, unit: str) -> _Found:
    differences = np.ravel(got - right)
    if differences.size > 2 and close(differences, np.full_like(differences, differences[0]), _TIGHT):
        amount = with_unit(f"{abs(differences[0]):.3g}", unit)
        size = "large" if differences[0] > 0 else "small"
        yield "offset", f"Every number is {amount} too {size}: something constant is missing, or added twice."


def _nearly(got: np.ndarray, right: np.ndarray, unit: str) -> _Found:
    scale = np.where(right == 0, np.abs(right).max(), np.abs(right))  # each number has its own
    error = (np.abs(got - right) / scale).max()
    if error < _NEARLY_BELOW:
        hint = f"This is close, {100 * error:.2g} % off at most."
        yield "nearly", f"{hint} Something small is left out or approximated."
