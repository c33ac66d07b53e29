"""Numbers as readers type them.

``static/judge.js`` reads alike, and the sentences travel from here to the page.
"""

import math
import re

__all__ = ["WORDS", "read_number"]

WORDS = {
    "empty": "Type a number first.",
    "comma": "Write the decimals with a point: {better}, not {typed}.",
    "nan": "“{typed}” is not a number that can be compared.",
    "large": "{typed} is larger than any number that a computer keeps.",
    "unit": "The answer is wanted in {unit}: write the number alone, without “{rest}”.",
    "rest": "Write the number alone, without “{rest}”.",
    "text": "“{typed}” is not a number: write it in digits, as in 0.25.",
}
_NUMBER = re.compile(r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?![0-9.,_])\s*(.*)")
_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+(?![0-9,.])")
_NO_NUMBER = re.compile(r"[+-]?(nan|inf|infinity|∞)", re.IGNORECASE)
_LONGEST = 24  # characters of theirs that readers are shown again


def read_number(text: str, unit: str = "") -> float:
    """The number that a reader typed.

    A true minus sign, spaces around the number and the wanted unit behind it are welcome.

    Parameters
    ----------
    text
        What was typed.
    unit
        The unit that is wanted.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If it is no number; the message is what the reader is told.

    Examples
    --------
    >>> read_number(" −0.42 nA ", "nA")
    -0.42
    >>> read_number("0,42", "nA")
    Traceback (most recent call last):
    ...
    ValueError: Write the decimals with a point: 0.42, not 0,42.
    """
    typed = re.sub(r"\s+", " ", text).strip()
    shown = {"typed": _short(typed), "unit": unit}
    plain = re.sub("[−–]", "-", typed).replace("\N{GREEK SMALL LETTER MU}", "µ")
    if not plain:
        raise ValueError(WORDS["empty"])
    if comma := _COMMA.match(plain):
        better = re.sub(r"(?<![0-9]),", "0,", comma[0]).replace(",", ".")
        raise ValueError(WORDS["comma"].format(better=_short(better), typed=_short(comma[0])))
    if _NO_NUMBER.fullmatch(plain):
        raise ValueError(WORDS["nan"].format(**shown))
    found = _NUMBER.fullmatch(plain)
    if found is None:
        raise ValueError(WORDS["text"].format(**shown))
    if found[2] and found[2] != unit:
        raise ValueError(WORDS["unit" if unit else "rest"].format(rest=_short(found[2]), **shown))
    if math.isinf(number := float(found[1])):
        raise ValueError(WORDS["large"].format(**shown))
    return number


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
