"""The tiny format language of a panel's sentences, spoken alike by Python and by the page.

``{rate}``               the number with the decimals that its declaration gives
``{rate:.2f}``           two decimals; ``{rate:+.2f}`` always with a sign
``{n|spike|spikes}``     the first word if the number reads "1", the second otherwise
``{n|one|many|none}``    the third one where there is no number; the others may be left empty
``[after {t} ms]``       is said only where all numbers in it are there
``{{`` and ``}}``        braces

A half is rounded away from zero (as JavaScript's ``toFixed`` does; Python's own format rounds it to even),
zero has no sign, the minus sign is a true minus. ``static/format.js`` is the same in JavaScript; a test
compares the two.
"""

import math
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal

__all__ = ["as_code", "decimals_of", "fill", "fixed", "names_in"]

MINUS = "\N{MINUS SIGN}"
_FIELD = re.compile(r"\{\{|\}\}|\{(\w+)(?::(\+?)\.(\d+)f)?(?:\|([^{}|]*)\|([^{}|]*)(?:\|([^{}|]*))?)?\}")
_PART = re.compile(r"\[([^\[\]]*)\]")
_EXACT = Context(prec=400)


def fixed(value: float, decimals: int, plus: bool = False) -> str:
    """`value` with a fixed number of decimals.

    Parameters
    ----------
    value
        Any float; infinity reads "∞" and not-a-number "–".
    decimals
        Digits after the point.
    plus
        Show the sign of a positive number too.

    Examples
    --------
    >>> fixed(-0.25, 1), fixed(-0.04, 1), fixed(17, 0, plus=True)
    ('−0.3', '0.0', '+17')
    """
    if math.isnan(value):
        return "–"
    size = abs(value)
    if math.isinf(size):
        digits = "∞"
    elif size >= 1e21:
        digits = repr(float(size))
    else:
        step = Decimal(1).scaleb(-decimals)
        digits = f"{Decimal(float(size)).quantize(step, ROUND_HALF_UP, context=_EXACT):f}"
    if not digits.strip("0."):
        return digits
    return (MINUS if value < 0 else "+" if plus else "") + digits


def fill(template: str, values: Mapping[str, float | str], decimals: Mapping[str, int]) -> str:
    """Put `values` into `template`.

    Parameters
    ----------
    template
        Text in the format language of this module.
    values
        The numbers by name; a text instead of a number is put in as it is.
    decimals
        Digits after the point for a field that does not say it.

    Examples
    --------
    >>> fill("v_th = {v_th} mV: {n} {n|spike|spikes}", {"v_th": -50, "n": 1}, {"v_th": 1, "n": 0})
    'v_th = −50.0 mV: 1 spike'
    >>> [fill("[after {t} ms]{t|||never}", {"t": t}, {"t": 0}) for t in (3.0, math.nan)]
    ['after 3 ms', 'never']
    """

    def one(field: re.Match) -> str:
        name, plus, digits, single, many, none = field.groups()
        if name is None:
            return field[0][0]
        value = values[name]
        if isinstance(value, str):
            return value
        if single is not None and math.isnan(value):
            return none or many
        text = fixed(value, decimals[name] if digits is None else int(digits), plus == "+")
        return text if single is None else single if text == "1" else many

    def part(found: re.Match) -> str:
        fields = (values[field[1]] for field in _FIELD.finditer(found[1]) if field[1])
        absent = any(not isinstance(value, str) and math.isnan(value) for value in fields)
        return "" if absent else found[1]

    return _FIELD.sub(one, _PART.sub(part, template))


def as_code(template: str, values: Mapping[str, float | str], decimals: Mapping[str, int]) -> str:
    """Put `values` into `template` as Python writes numbers: in full, a whole number where `decimals` is 0.

    Parameters
    ----------
    template, values, decimals
        As in `fill`.

    Examples
    --------
    >>> as_code("LIF(v_th={v_th}), n={n}", {"v_th": -52, "n": 3}, {"v_th": 1, "n": 0})
    'LIF(v_th=-52.0), n=3'
    """

    def one(field: re.Match) -> str:
        name = field[1]
        if name is None:
            return field[0][0]
        value = values[name]
        if isinstance(value, str):
            return value
        whole = decimals[name] == 0 and value == int(value)
        return repr(int(value) if whole else float(value))

    return _FIELD.sub(one, template)


def names_in(template: str) -> set[str]:
    """The names that `template` asks for.

    Raises
    ------
    ValueError
        If a brace belongs to no field.

    Examples
    --------
    >>> sorted(names_in("{n} {n|spike|spikes}, {rate:.1f} Hz"))
    ['n', 'rate']
    """
    if re.search(r"[{}]", _FIELD.sub("", template)):
        forms = "{name}, {name:.1f} or {name|one|many}"
        raise ValueError(f"a field must look like {forms}, got {template!r}")
    return {field[1] for field in _FIELD.finditer(template)} - {None}


def decimals_of(step: float) -> int:
    """How many decimals the multiples of `step` need.

    Examples
    --------
    >>> decimals_of(0.05), decimals_of(1.0)
    (2, 0)
    """
    exponent = Decimal(repr(float(step))).normalize().as_tuple().exponent
    return max(0, -int(exponent))
