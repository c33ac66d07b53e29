"""From the text of a learning rule to its terms; what cannot be read is shown where it stands.

The grammar, in which spaces do not count::

    rule     dw = term + term - term          also dd, dt
    term     factor * factor * factor
    factor   x0 x1 x2 y0 y1 y2 y3 w d t r     t is also called tag
             u0 … u9                          in every epoch, every second, every fourth, …
             7   2^-3   3*2^-3                constants
             (y2 + 2)   sgn(w - 10)           a constant added, a sign

It is read by the parser library lark, which comes with the course (the extra ``course`` of the package).
"""

import functools
from typing import Any

from snnlab.loihi.plasticity.rule_errors import RuleError
from snnlab.loihi.plasticity.rule_misread import misread
from snnlab.loihi.plasticity.rule_terms import read_rule
from snnlab.loihi.plasticity.rules import Rule, Term, term_shift

__all__ = ["explain_rule", "parse_rule"]

GRAMMAR = r"""
rule: NAME "=" sum
sum: SIGN? product (SIGN product)*
product: factor ("*" factor)*
factor: NAME                    -> name
      | power                   -> constant
      | "(" inner ")"           -> bracket
      | "sgn" "(" inner ")"     -> sgn
inner: SIGN? part (SIGN part)*
part: NAME | power
power: WHOLE ("^" SIGN? WHOLE)?

SIGN: "+" | "-"
NAME: /[A-Za-z_][A-Za-z_0-9]*/
WHOLE: /[0-9]+/
%ignore /\s+/
"""


def parse_rule(text: str) -> Rule:
    """A learning rule, read from its text.

    Parameters
    ----------
    text : str
        For example ``"dw = 2^-2*x1*y0 - 2^-3*x0*y1"``.

    Raises
    ------
    RuleError
        If it cannot be read; the message shows where, and what may have been meant. It is a `ValueError`.
    TypeError
        If it is no text.
    ModuleNotFoundError
        If the parser library is not installed.

    Examples
    --------
    >>> print(parse_rule("dw = 2^-2*x1*y0 - 2^-3*x0*y1"))
    dw = 2^-2*y0*x1 - 2^-3*x0*y1
    >>> parse_rule("dw = 2^-2*x1*y5")
    Traceback (most recent call last):
    snnlab.loihi.plasticity.rule_errors.RuleError: there is no y5: of the postsynaptic side there are y0, y1, y2 and y3
        dw = 2^-2*x1*y5
                     ^^
    """  # noqa: E501
    if not isinstance(text, str):
        raise TypeError(f'a rule must be text such as "dw = x1*y0", got {type(text).__name__}')
    try:
        from lark.exceptions import UnexpectedInput
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "rules are read by the parser library lark, which is not installed: "
            'pip install "snnlab-course[course]", or pip install lark'
        ) from None
    try:
        tree = _parser().parse(text)
    except UnexpectedInput:
        raise misread(text) from None
    return read_rule(text, tree)


def explain_rule(text: str) -> str:
    """A rule term by term, in words; or what is wrong with it.

    Parameters
    ----------
    text : str
        The rule.

    Returns
    -------
    str
        One line a term, or the message of `RuleError`.

    Raises
    ------
    TypeError, ModuleNotFoundError
        As `parse_rule`.

    Examples
    --------
    >>> print(explain_rule("dw = 2^-2*x1*y0 - 3*2^-7*u2*(w - 20)"))
    dw is the sum of
    1. S = 2^-2, at a postsynaptic spike, F = x1
    2. S = -3*2^-7, at the end of every 4th epoch, F = (w - 20)
    >>> print(explain_rule("dw = 2^-2*x1y0"))
    a * is missing: x1*y0, not x1y0
        dw = 2^-2*x1y0
                  ^^^^
    """
    try:
        rule = parse_rule(text)
    except RuleError as problem:
        return str(problem)
    lines = [f"d{rule.target} is the sum of"]
    for number, term in enumerate(rule.terms, 1):
        constant = str(term._replace(dependency="u", gate=None, factors=())) or "1"
        parts = [f"S = {'-1' if constant == '-' else constant}", _when(term)]
        if term.factors:
            parts.append(f"F = {', '.join(map(str, term.factors))}")
        if term_shift(term):
            parts.append(f"scaled down by 2^{term_shift(term)}")
        lines.append(f"{number}. {', '.join(parts)}")
    return "\n".join(lines)


def _when(term: Term) -> str:
    """When a term acts."""
    every = "each epoch" if not term.gate else f"every {2**term.gate}{'nd' if term.gate == 1 else 'th'} epoch"
    if term.dependency == "u":
        return f"at the end of {every}"
    side = "presynaptic" if term.dependency == "x0" else "postsynaptic"
    return f"at a {side} spike" + (f" in {every}" if term.gate else "")


@functools.cache
def _parser() -> Any:
    from lark import Lark

    return Lark(GRAMMAR, start="rule", parser="lalr", propagate_positions=True)
