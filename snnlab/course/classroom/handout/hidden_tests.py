"""What the hidden tests of an nbgrader source notebook call.

The notebook brings the right numbers and the typical wrong ones; this module knows none. nbgrader runs it in
the process of the student's notebook, so it protects against mistakes and not against intent.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from snnlab.course.judging.diagnose import close
from snnlab.course.judging.verdict import is_untouched
from snnlab.course.other_process.worker import run_cases
from snnlab.course.values import NotNumbers, plain_numbers, sentence

__all__ = ["expect_function", "expect_numbers"]

_WRONG = "This is not the right answer."
_ROUNDED = 1e-7  # the numbers in a notebook have eight digits


def expect_numbers(answer: Any, right: Any, tolerance: float, hints: Mapping[str, Any]) -> None:
    """Stop with a hint unless `answer` is right.

    Parameters
    ----------
    answer
        What the student's cell came to.
    right
        A number or lists of numbers.
    tolerance : float
        Relative error of a right answer.
    hints : mapping
        A typical wrong answer for each hint.

    Raises
    ------
    AssertionError
        If the answer is wrong: nbgrader shows the sentence in its feedback.

    Examples
    --------
    >>> expect_numbers(4.0, 5.0, 0.01, {"This is the side and not the diagonal.": 4.0})
    Traceback (most recent call last):
    ...
    AssertionError: This is the side and not the diagonal.
    """
    _insist(not is_untouched(answer), "Not started yet.")
    try:
        got = plain_numbers(answer)
    except NotNumbers as reason:
        raise AssertionError(sentence(f"Your answer is {reason}")) from None
    if close(got, plain_numbers(right), tolerance + _ROUNDED):
        return
    for hint, wrong in hints.items():
        _insist(not close(got, plain_numbers(wrong), tolerance + _ROUNDED), hint)
    raise AssertionError(_WRONG)


def expect_function(
    function: Any,
    cases: Sequence[tuple],
    right: Sequence[Any],
    tolerance: float,
    hints: Mapping[str, Sequence[Any]],
) -> None:
    """Stop with a hint unless `function` is right in each of `cases`.

    Parameters
    ----------
    function
        What the student's cell defines.
    cases : sequence of tuple
        Arguments of each call.
    right : sequence
        What each call must return.
    tolerance : float
        Relative error of a right answer.
    hints : mapping
        What a typical wrong function returns, for each hint; where it stops with an error, the name of that.

    Raises
    ------
    AssertionError
        If it is wrong.

    Examples
    --------
    >>> hints = {"Twice, not squared.": [4.0, 6.0]}
    >>> expect_function(lambda x: x + x, [(2.0,), (3.0,)], [4.0, 9.0], 0.01, hints)
    Traceback (most recent call last):
    ...
    AssertionError: Twice, not squared.
    """
    _insist(callable(function), "A function is wanted, without brackets.")
    outcomes = run_cases(function, [*cases, cases[0]])
    _insist(len(outcomes) == len(cases) + 1, "Your function ends Python instead of returning.")
    got = [None if one.value is None else np.asarray(one.value, dtype=np.float64) for one in outcomes[:-1]]
    _insist(all(one.name != "ellipsis" for one in outcomes), "Not started yet.")
    if all(_alike(a, b, tolerance) for a, b in zip(got, right, strict=True)):
        _insist(
            not any(one.changed for one in outcomes), "Your function changes its arguments: work on a copy."
        )
        _insist(
            _alike(got[0], outcomes[-1].value, tolerance), "Called twice, it gives two different results."
        )
        return
    errors = [one.name if one.kind == "error" else None for one in outcomes[:-1]]
    for hint, wrong in hints.items():
        same = (
            error == b if isinstance(b, str) else _alike(a, b, tolerance)
            for a, error, b in zip(got, errors, wrong, strict=True)
        )
        _insist(not all(same), hint)
    stopped = next((one for one in outcomes if one.kind == "error"), None)
    raise AssertionError(f"Your function stops: {stopped.name}: {stopped.text}" if stopped else _WRONG)


def _insist(holds: bool, sentence: str) -> None:
    if not holds:
        raise AssertionError(sentence)


def _alike(got: Any, wanted: Any, tolerance: float) -> bool:
    if got is None or wanted is None:
        return got is wanted
    return close(np.asarray(got, dtype=np.float64), plain_numbers(wanted), tolerance + _ROUNDED)
