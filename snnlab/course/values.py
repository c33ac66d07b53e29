"""A student's answer as an array of numbers, or one sentence that says why it is none.

An answer may be anything, also an object that claims to equal everything. So its exact type decides, before
any of its methods can run: what is not a plain number, list, tuple or NumPy array is refused unseen.
"""

import re
from typing import Any

import numpy as np

__all__ = ["NotNumbers", "describe_type", "plain_numbers", "sentence", "type_name", "with_unit"]

_SCALARS = (int, float, np.float16, np.float32, np.float64)
_INTEGERS = (np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64)
_EXACT = frozenset(_SCALARS + _INTEGERS)
_MOST = 1_000_000  # elements
_DEEPEST = 8  # lists within lists

_COUNTED = re.compile("[a-z]{4,}s")
"""Units that are words for what is counted: steps, thresholds, pixels."""

_WORDS = {
    "str": "text: leave the quotes out",
    "bool": "True or False, not a number",
    "complex": "a complex number: was a root or a logarithm taken of a negative number?",
    "dict": "a dictionary, not a number",
    "set": "a set, which has no order: use a list",
    "generator": "a generator: was `yield` written for `return`?",
    "coroutine": "a coroutine: leave `async` out",
    "function": "a function: call it, and pass on what it returns",
    "type": "a class, not a number",
    "ndarray": "an array of objects, not of numbers",
    "ragged list": "a list whose rows have different lengths",
}
_ALIASES = {"builtin_function_or_method": "function", "method": "function", "CPUDispatcher": "function"}
_ALIASES |= {
    "bool_": "bool",
    "str_": "str",
    "complex128": "complex",
    "complex64": "complex",
    "frozenset": "set",
}


class NotNumbers(Exception):
    """The answer is no number; the message completes the sentence "Your answer is …"."""


def describe_type(name: str) -> str:
    """A type's name in a teacher's words, to complete "This is …".

    Examples
    --------
    >>> print(describe_type("str"))
    text: leave the quotes out
    >>> print(describe_type("Spikes"))
    a Spikes, not a number
    """
    article = "an" if name[:1] in "AEIOUaeiou" else "a"
    return _WORDS.get(_ALIASES.get(name, name), f"{article} {name}, not a number")


def sentence(text: str) -> str:
    """`text` with a full stop, unless it ends in a question already.

    Examples
    --------
    >>> print(sentence("This is text"), sentence("Is it?"))
    This is text. Is it?
    """
    return text if text.endswith((".", "?")) else f"{text}."


def with_unit(text: str, unit: str) -> str:
    """`text` with its unit, after a space; the sign of a degree follows its number at once.

    What is no number has no unit, and of what is counted there may be one.

    Examples
    --------
    >>> with_unit("64", "°"), with_unit("64", "ms"), with_unit("64", "")
    ('64°', '64 ms', '64')
    >>> with_unit("2", "steps"), with_unit("1", "steps"), with_unit("–", "steps")
    ('2 steps', '1 step', '–')
    """
    if text == "–":
        return text
    if text.lstrip("-−") == "1" and _COUNTED.fullmatch(unit):
        unit = unit[:-1]
    return text + unit if unit == "°" else f"{text} {unit}".rstrip()


def type_name(value: object) -> str:
    """The name of the type of `value`, without asking `value` or a metaclass."""
    return type.__dict__["__name__"].__get__(type(value))


def plain_numbers(answer: Any) -> np.ndarray:
    """`answer` as a float64 array (of shape () for one number).

    Parameters
    ----------
    answer
        Anything. Numbers of Python and NumPy, lists and tuples of them and NumPy arrays are accepted.

    Returns
    -------
    array of float64

    Raises
    ------
    NotNumbers
        If it is anything else.

    Examples
    --------
    >>> plain_numbers([1, 2.5])
    array([1. , 2.5])
    >>> plain_numbers("12 ms")
    Traceback (most recent call last):
    ...
    snnlab.course.values.NotNumbers: text: leave the quotes out
    """
    kind = type(answer)
    if kind is np.ndarray:
        if answer.dtype.kind == "b":
            raise NotNumbers("an array of True and False, not of numbers")
        if answer.dtype.kind not in "iuf":
            raise NotNumbers(f"an array of {answer.dtype.name}, not of numbers")
        if answer.size > _MOST:
            raise NotNumbers(f"an array of {answer.size} numbers, more than anybody asked for")
        return answer.astype(np.float64)
    if kind is list or kind is tuple:
        shape, flat = _walk(answer)
        return np.array(flat, dtype=np.float64).reshape(shape)
    return np.array(_number(answer))


def _number(value: Any) -> float:
    if type(value) not in _EXACT:
        raise NotNumbers(describe_type(type_name(value)))
    try:
        return float(value)
    except OverflowError:
        raise NotNumbers("a whole number of more than 300 digits") from None


def _walk(nested: list | tuple) -> tuple[tuple[int, ...], list[float]]:
    """Shape and numbers of lists within lists."""
    level: list[Any] = [nested]
    shape: tuple[int, ...] = ()
    while True:
        lengths = {len(part) for part in level}
        if len(lengths) > 1:
            raise NotNumbers(_WORDS["ragged list"])
        shape += (lengths.pop(),)
        if len(level) * shape[-1] > _MOST or len(shape) > _DEEPEST:
            raise NotNumbers("a list too large or too deep to be an answer")
        level = [item for part in level for item in part]
        if not level or not all(type(item) in (list, tuple) for item in level):
            break
    if any(type(item) is np.ndarray and item.ndim == 0 for item in level):
        level = [item[()] if type(item) is np.ndarray and item.ndim == 0 else item for item in level]
    if any(type(item) is np.ndarray for item in level):
        raise NotNumbers("a list of arrays: join them with np.array(...)")
    if any(type(item) in (list, tuple) for item in level):
        raise NotNumbers("a list that mixes numbers and lists")
    return shape, [_number(item) for item in level]
