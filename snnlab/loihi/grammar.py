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
import re
from typing import Any, NamedTuple

from snnlab.loihi import rule_errors as errors
from snnlab.loihi.rule_errors import RuleError
from snnlab.loihi.rule_misread import check_characters, misread
from snnlab.loihi.rules import DEPENDENCIES, EXPONENT, GATE_MAX, MANTISSA, Factor, Rule, Term, term_shift

__all__ = ["explain_rule", "parse_rule"]

GRAMMAR = r"""
rule: NAME "=" sum
sum: SIGN? product (SIGN product)*
product: factor ("*" factor)*
factor: NAME                    -> name
      | power                   -> constant
      | "(" inner ")"           -> bracket
      | NAME "(" inner ")"      -> call
inner: SIGN? part (SIGN part)*
part: NAME | power
power: NUMBER ("^" SIGN? NUMBER)?

SIGN: "+" | "-"
NAME: /[A-Za-z_]\w*/
NUMBER: /\d+(\.\d*)?|\.\d+/
%ignore /\s+/
"""
CONSTANT_MAX = 255
SIGNED = ("w", "d", "t")


def parse_rule(text: str) -> Rule:
    """A learning rule, read from its text.

    Parameters
    ----------
    text : str
        For example ``"dw = 2^-2*x1*y0 - 2^-3*x0*y1"``.

    Returns
    -------
    Rule

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
    snnlab.loihi.rule_errors.RuleError: there is no y5: of the postsynaptic side there are y0, y1, y2 and y3
        dw = 2^-2*x1*y5
                     ^^
    """
    if not isinstance(text, str):
        raise TypeError(f'a rule must be text such as "dw = x1*y0", got {type(text).__name__}')
    check_characters(text)
    try:
        from lark.exceptions import UnexpectedInput, UnexpectedToken
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "rules are read by the parser library lark, which is not installed: "
            'pip install "snnlab-course[course]", or pip install lark'
        ) from None
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as problem:
        ended = isinstance(problem, UnexpectedToken) and problem.token.type == "$END"
        raise misread(text, None if ended else problem.pos_in_stream) from None
    target, total = tree.children
    return Rule(errors.target_of(text, str(target), target.start_pos), tuple(_terms(text, total)))


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


def _terms(text: str, total: Any) -> list[Term]:
    """The signed products of a sum."""
    terms, sign = [], 1
    for child in total.children:
        if hasattr(child, "data"):
            terms.append(_term(text, child, sign))
            sign = 1
        else:
            sign = -1 if child == "-" else 1
    return terms


class _Draft(NamedTuple):
    """A product as far as it has been read; lists that grow."""

    numbers: list[tuple[int, int]]
    acts: list[str]
    gates: list[int]
    factors: list[Factor]


def _term(text: str, product: Any, sign: int) -> Term:
    """One product: constants are multiplied, the first dependency is taken out."""
    where = product.meta.start_pos, product.meta.end_pos
    draft = _Draft([(sign, 0)], [], [], [])
    for factor in product.children:
        _read(text, factor, draft)
    if not draft.acts:
        spike = next((f"; {f} is a factor only" for f in draft.factors if f.name in DEPENDENCIES), "")
        power = re.match(r"2\s*-\s*(\d+)", text[where[0] :])
        raise RuleError(
            f"this term is a number alone: was 2^-{power.group(1)} meant?"
            if power and not draft.factors
            else "this term never acts: it needs x0 (at a presynaptic spike), y0 (at a postsynaptic one) "
            f"or u0 (in every epoch){spike}",
            text,
            *where,
        )
    if len(set(draft.gates)) > 1:
        raise RuleError(
            f"a term can have one u, this one has u{draft.gates[0]} and u{draft.gates[1]}", text, *where
        )
    mantissa, exponent = _normal(draft.numbers)
    for name, value, (least, most) in (("mantissa", mantissa, MANTISSA), ("exponent", exponent, EXPONENT)):
        if not least <= value <= most:
            size = min(abs(mantissa), 1 << 20) * 2.0 ** min(exponent, 20)
            near, _ = errors.nearest(size if mantissa > 0 else -size)
            raise RuleError(
                f"the constant of this term is {errors.written(mantissa, exponent)}: its {name} must be from "
                f"{least} to {most}; the nearest constant is {near}",
                text,
                *where,
            )
    gate = draft.gates[0] if draft.gates else None
    return Term(mantissa, exponent, draft.acts[0], tuple(draft.factors), gate)


def _normal(numbers: list[tuple[int, int]]) -> tuple[int, int]:
    """The product of constants; a large mantissa is halved as long as it is even."""
    mantissa, exponent = 1, 0
    for m, e in numbers:
        mantissa, exponent = mantissa * m, exponent + e
    while abs(mantissa) > MANTISSA[1] and mantissa % 2 == 0 and exponent < EXPONENT[1]:
        mantissa, exponent = mantissa // 2, exponent + 1
    return mantissa, exponent


def _read(text: str, factor: Any, draft: _Draft) -> None:
    """Put one factor into the draft."""
    if factor.data == "constant":
        draft.numbers.append(_power(text, factor.children[0]))
    elif factor.data == "name":
        _read_name(text, factor.children[0], draft)
    elif factor.data == "bracket" and _lone_name(factor):
        _read_name(text, _lone_name(factor), draft)
    else:
        _read_bracket(text, factor, draft)


def _lone_name(bracket: Any) -> Any:
    """The name in a bracket that holds nothing else, as in (x1); None for another."""
    parts = bracket.children[-1].children
    inside = parts[0].children[0] if len(parts) == 1 else None
    return None if hasattr(inside, "data") else inside


def _read_name(text: str, token: Any, draft: _Draft) -> None:
    """Put a name into the draft: what makes the term act, or a factor."""
    name = errors.factor_of(text, str(token), token.start_pos)
    if name[0] == "u":
        if int(name[1:]) > GATE_MAX:
            raise RuleError(f"the largest u is u{GATE_MAX}", text, token.start_pos, token.end_pos)
        draft.gates.append(int(name[1:]))
        draft.acts.append("u")
    elif name in ("x0", "y0") and not draft.acts:
        draft.acts.append(name)
    else:
        draft.factors.append(Factor(name))


def _read_bracket(text: str, factor: Any, draft: _Draft) -> None:
    """(name + constant), sgn(name + constant) or (constant)."""
    sign = factor.data == "call"
    if sign and factor.children[0] != "sgn":
        token = factor.children[0]
        raise errors.no_function(text, str(token), token.start_pos)
    where = factor.meta.start_pos, factor.meta.end_pos
    names, constant, numbers, turned = [], 0, [], 1
    for child in factor.children[-1].children:
        if not hasattr(child, "data"):
            turned = -1 if child == "-" else 1
            continue
        item = child.children[0]
        if hasattr(item, "data"):
            mantissa, exponent = _power(text, item)
            if exponent < 0:
                raise RuleError(
                    "a constant in brackets must be whole", text, item.meta.start_pos, item.meta.end_pos
                )
            constant += turned * mantissa * 2**exponent
            numbers.append(mantissa)
        else:
            name = errors.factor_of(text, str(item), item.start_pos)
            names.append((name, turned))
        turned = 1
    if not names and not sign:
        draft.numbers.append((constant, 0))
        return
    if len(names) != 1 or names[0][0][0] == "u":
        raise RuleError(
            "in brackets stand one name and a constant, as in (x1 + 3): write each product as a term of "
            "its own",
            text,
            *where,
        )
    name, direction = names[0]
    if sign and name not in SIGNED:
        raise RuleError(f"sgn is for w, d and t, not for {name}", text, *where)
    if sign and direction < 0:
        raise RuleError(f"{name} cannot be negative in sgn: put the minus before sgn", text, *where)
    if abs(constant) > CONSTANT_MAX:
        raise RuleError(
            f"a constant in brackets must be from -{CONSTANT_MAX} to {CONSTANT_MAX}, not {constant}",
            text,
            *where,
        )
    if direction < 0:
        draft.numbers.append((-1, 0))
    draft.factors.append(Factor(name, direction * constant, sign))


def _power(text: str, power: Any) -> tuple[int, int]:
    """Mantissa and exponent of 5 or of 2^-3."""
    tokens = power.children
    where = power.meta.start_pos, power.meta.end_pos
    if len(tokens) > 1 and not re.fullmatch(r"\d+", tokens[-1]):
        raise RuleError("an exponent is a whole number, as in 2^-2", text, *where)
    if not re.fullmatch(r"\d+", tokens[0]) or not re.fullmatch(r"\d+", tokens[-1]):
        raise errors.no_decimals(text, "".join(tokens), *where)
    if len(tokens) == 1:
        return int(tokens[0]), 0
    if tokens[0] != "2":
        raise RuleError(f"only 2 can have an exponent, not {tokens[0]}", text, *where)
    exponent = int("".join(tokens[1:]))
    if not 2 * EXPONENT[0] <= exponent <= 2 * EXPONENT[1]:
        raise RuleError(
            f"the exponent must be from {EXPONENT[0]} to {EXPONENT[1]}, not {exponent}", text, *where
        )
    return 1, exponent
