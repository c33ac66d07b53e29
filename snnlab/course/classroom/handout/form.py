"""The check that a student's notebook carries: it looks at the form of an answer and knows no right one."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from snnlab.course.judging.verdict import is_untouched
from snnlab.course.values import NotNumbers, describe_type, plain_numbers, sentence, type_name

__all__ = ["check_form"]

_LATER = "Whether it is right you learn when it is marked."


def check_form(
    answer: object, shape: tuple[int, ...] = (), unit: str = "", example: tuple | None = None
) -> None:
    """Look whether an answer has the form that is wanted, and print one sentence.

    Parameters
    ----------
    answer
        A number, a list or array of numbers, a function (without brackets), or a text.
    shape : tuple of int
        Of the numbers, () for a single one; −1 stands for any length.
    unit : str
        Named in the sentence.
    example : tuple, optional
        Arguments for one call: a function is wanted, and `shape` is that of what it returns.

    Examples
    --------
    >>> check_form([3.0, 4.0], shape=(2,), unit="ms")
    Two numbers in ms: the form is right. Whether it is right you learn when it is marked.
    >>> check_form("3 ms")
    The form is not right yet. This is text: leave the quotes out.
    """
    print(_function(answer, shape, unit, example) if example is not None else _numbers(answer, shape, unit))


def _numbers(answer: Any, shape: tuple[int, ...], unit: str, what: str = "This is") -> str:
    if is_untouched(answer):
        return "Not started yet: replace the dots."
    try:
        got = plain_numbers(answer)
    except NotNumbers as reason:
        return sentence(f"The form is not right yet. {what} {reason}")
    wanted = describe_form(shape, unit)
    if len(got.shape) != len(shape) or any(n not in (m, -1) for m, n in zip(got.shape, shape, strict=True)):
        return f"The form is not right yet. {what} {describe_form(got.shape, '')}, and wanted is {wanted}."
    if not np.isfinite(got).all():
        which = "not a number (nan)" if np.isnan(got).any() else "infinite"
        return (
            f"The form is not right yet. {what} {wanted}, but {'it is' if not shape else 'one is'} {which}."
        )
    return f"{wanted[0].upper()}{wanted[1:]}: the form is right. {_LATER}"


def _function(answer: Any, shape: tuple[int, ...], unit: str, example: tuple) -> str:
    if answer is None or answer is ...:
        return "Not started yet: replace the dots."
    if not isinstance(answer, Callable):  # type: ignore[arg-type]  # it is more than a type
        return sentence(
            f"The form is not right yet. A function is wanted, and this is {describe_type(type_name(answer))}"
        )
    given = tuple(arg.copy() if isinstance(arg, np.ndarray) else arg for arg in example)
    try:
        result = answer(*given)
    except NotImplementedError:
        return "Not started yet: replace the dots."
    except Exception as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())
        return sentence(f"The form is not right yet. With the arguments of this cell it stops: {said}")
    if result is None:
        return "The form is not right yet. It returns nothing: does every way through it end with `return`?"
    return _numbers(result, shape, unit, "It returns")


def describe_form(shape: tuple[int, ...], unit: str) -> str:
    """Numbers of this shape in words."""
    of = f" in {unit}" if unit else ""
    if shape == ():
        return f"one number{of}"
    if len(shape) == 1 and shape[0] >= 0:
        words = {0: "no", 1: "a list of one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
        return f"{words.get(shape[0], shape[0])} number{'s' if shape[0] != 1 else ''}{of}"
    size = "" if -1 in shape else f" of shape {shape}, {math.prod(shape)} numbers"
    return f"an array with {len(shape)} {'axis' if len(shape) == 1 else 'axes'}{size}{of}"
