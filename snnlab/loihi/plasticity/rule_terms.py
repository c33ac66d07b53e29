"""From the tree of a learning rule to its terms; what the grammar allows and the chip does not is refused."""

import re
from typing import Any, NamedTuple

from snnlab.loihi.plasticity.rule_errors import RuleError, nearest, written
from snnlab.loihi.plasticity.rule_names import no_factor, no_target
from snnlab.loihi.plasticity.rules import (
    DEPENDENCIES,
    EXPONENT,
    FACTORS,
    GATE_MAX,
    MANTISSA,
    Factor,
    Rule,
    Term,
)

__all__ = ["read_rule"]

CONSTANT_MAX = 255
SIGNED = ("w", "d", "t")
TARGETS = {"dw": "w", "dd": "d", "dt": "t", "dtag": "t"}


def read_rule(text: str, tree: Any) -> Rule:
    """The rule of a tree, as `snnlab.loihi.plasticity.grammar` makes it from `text`."""
    target, total = tree.children
    if target not in TARGETS:
        raise RuleError(no_target(target), text, target.start_pos, target.end_pos)
    return Rule(TARGETS[target], tuple(_terms(text, total)))


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
            near, _ = nearest(size if mantissa > 0 else -size)
            raise RuleError(
                f"the constant of this term is {written(mantissa, exponent)}: its {name} must be from "
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
    elif name := factor.children[0] if factor.data == "name" else _lone_name(factor):
        _read_name(text, name, draft)
    else:
        _read_bracket(text, factor, draft)


def _lone_name(bracket: Any) -> Any:
    """The name in a bracket that holds nothing else, as in (x1); None for another."""
    parts = bracket.children[0].children
    alone = bracket.data == "bracket" and len(parts) == 1 and not hasattr(parts[0].children[0], "data")
    return parts[0].children[0] if alone else None


def _read_name(text: str, token: Any, draft: _Draft) -> None:
    """Put a name into the draft: what makes the term act, or a factor."""
    name = _factor(text, token)
    if name[0] == "u":
        if int(name[1:]) > GATE_MAX:
            raise RuleError(f"the largest u is u{GATE_MAX}", text, token.start_pos, token.end_pos)
        draft.gates.append(int(name[1:]))
        draft.acts.append("u")
    elif name in ("x0", "y0") and not draft.acts:
        draft.acts.append(name)
    else:
        draft.factors.append(Factor(name))


def _factor(text: str, name: Any) -> str:
    """The factor of this name; "tag" is "t"."""
    if name not in FACTORS and not re.fullmatch(r"tag|u\d+", name):
        raise RuleError(no_factor(name), text, name.start_pos, name.end_pos)
    return "t" if name == "tag" else str(name)


def _read_bracket(text: str, factor: Any, draft: _Draft) -> None:
    """(name + constant), sgn(name + constant) or (constant)."""
    sign = factor.data == "sgn"
    where = factor.meta.start_pos, factor.meta.end_pos
    names, constant, numbers, turned = [], 0, [], 1
    for child in factor.children[0].children:
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
            name = _factor(text, item)
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
