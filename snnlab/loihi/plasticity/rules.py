r"""Learning rules of Loihi: sums of products, and nothing else.

$$ Z(t) = Z(t - 1) + \sum_m S_m \prod_n F_n $$

$Z$ is the weight $w$, the delay $d$ or the tag $t$ of a synapse. Each term has a constant
$S_m = \text{mantissa} \cdot 2^{\text{exponent}}$ and a *dependency*, which says when the term acts: at a
presynaptic spike (x0), at a postsynaptic one (y0), or at the end of every $2^k$-th epoch (u0, u1, …). The
factors are traces, the synapse's own numbers, the reward and spikes, each with a constant added if need be.

`snnlab.loihi.plasticity.grammar` reads a rule from text; here is what it becomes.

Source: M. Davies et al. (2018), IEEE Micro 38(1); widths of mantissa and exponent as in lava-nc 0.10.0.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from snnlab.checks import true_or_false, whole
from snnlab.loihi.conventions import BRIAN2_LOIHI, Convention, check_convention

__all__ = [
    "FACTORS",
    "REWARD_RULES",
    "STDP_RULE",
    "TRIPLET_RULE",
    "Factor",
    "Rule",
    "Term",
    "TermArrays",
    "term_shift",
]

STDP_RULE = "dw = 2^-2*x1*y0 - 2^-2*x0*y1"
"""The pair rule of STDP: x1 is read at a postsynaptic spike, y1 at a presynaptic one."""

TRIPLET_RULE = "dw = 2^-5*x1*y0*(y2 + 2) - 2^-2*x0*y1"
"""The triplet rule without its triplet of depression: a slow trace y2 makes fast pairs potentiate more.

Two traces in one term are scaled down by 2², so its constant is a 128th in the end (`term_shift`)."""

REWARD_RULES = ("dt = 2^-2*x1*y0 - 2^-2*x0*y1 - 2^-4*u0*t", "dw = u0*r*t")
"""STDP with a reward: pairs are written into the tag, which fades, and a reward moves the weight by it.

The product of reward and tag is scaled down by 2⁴ (`term_shift`)."""

MANTISSA = (-8, 7)
EXPONENT = (-7, 8)
GATE_MAX = 9  # u0 to u9
SHIFT = 7  # an accumulator counts in 128ths
ACCUMULATOR_BITS = 15  # beside the sign

FACTORS = ("x0", "y0", "x1", "x2", "y1", "y2", "y3", "w", "d", "t", "r")
"""What a factor can be: spikes, traces, weight, delay, tag, reward."""

BITS = {"x0": 1, "y0": 1, "x1": 7, "x2": 7, "y1": 7, "y2": 7, "y3": 7, "w": 9, "d": 9, "t": 9, "r": 7}
"""Bits of each factor: what is beyond −2^bits or 2^bits − 1 is cut."""

TARGETS = ("w", "d", "t")
DEPENDENCIES = ("x0", "y0", "u")


class Factor(NamedTuple):
    """One factor, name + constant, or its sign.

    Examples
    --------
    >>> print(Factor("y2", 2), Factor("w", sign=True))
    (y2 + 2) sgn(w)
    """

    name: str
    """One of `FACTORS`."""
    constant: int = 0
    """What is added to it."""
    sign: bool = False
    """Of the sum only the sign counts: −1, 0 or 1."""

    def __str__(self) -> str:
        inside = self.name
        if self.constant:
            inside += f" {'+' if self.constant > 0 else '-'} {abs(self.constant)}"
        return f"sgn({inside})" if self.sign else f"({inside})" if self.constant else inside


class Term(NamedTuple):
    """A product of a constant, a dependency and factors.

    Examples
    --------
    >>> print(Term(-3, -4, "x0", (Factor("y1"),)))
    -3*2^-4*x0*y1
    """

    mantissa: int
    """−8 to 7."""
    exponent: int
    """−7 to 8."""
    dependency: str
    """What makes it act: "x0", "y0" or "u"."""
    factors: tuple[Factor, ...] = ()
    gate: int | None = None
    """It acts in every 2^gate-th epoch; None: in all. A "u" has a gate."""

    def __str__(self) -> str:
        size = abs(self.mantissa)
        constant = [] if (size, self.exponent) == (1, 0) else [str(size)]
        if self.exponent:
            constant = [f"2^{self.exponent}"] if size == 1 else [str(size), f"2^{self.exponent}"]
        acts = [] if self.dependency == "u" else [self.dependency]
        gate = [] if self.gate is None else [f"u{self.gate}"]
        return ("-" if self.mantissa < 0 else "") + "*".join([
            *constant,
            *acts,
            *gate,
            *map(str, self.factors),
        ])


class Rule(NamedTuple):
    """What a learning rule adds to one number of a synapse.

    Examples
    --------
    >>> print(Rule("w", (Term(1, -2, "y0", (Factor("x1"),)), Term(-1, -3, "x0", (Factor("y1"),)))))
    dw = 2^-2*y0*x1 - 2^-3*x0*y1
    """

    target: str
    """What changes: "w", "d" or "t"."""
    terms: tuple[Term, ...]
    """The products that are added."""

    def __str__(self) -> str:
        text = str(self.terms[0]) if self.terms else "0"
        for term in self.terms[1:]:
            text += f" - {str(term)[1:]}" if term.mantissa < 0 else f" + {term}"
        return f"d{self.target} = {text}"


def check_rule(rule: Rule) -> Rule:
    """`rule`, if it is one that the chip can hold; what `parse_rule` returns always is."""
    _one_of("target", rule.target, TARGETS)
    if not isinstance(rule.terms, tuple | list):
        raise TypeError(f"terms must be a tuple of Term, got {type(rule.terms).__name__}")
    return rule._replace(terms=tuple(map(check_term, rule.terms)))


def check_term(term: Term) -> Term:
    """`term`, if the chip can hold it."""
    if not isinstance(term, Term):
        raise TypeError(f"term must be a Term, got {type(term).__name__}")
    _one_of("dependency", term.dependency, DEPENDENCIES)
    for name, value, (least, most) in (
        ("mantissa", term.mantissa, MANTISSA),
        ("exponent", term.exponent, EXPONENT),
        ("gate", 0 if term.gate is None else term.gate, (0, GATE_MAX)),
    ):
        if not least <= whole(name, value, -(1 << 62), 1 << 62) <= most:
            raise ValueError(f"the {name} of a term must be from {least} to {most}, got {value}")
    if not isinstance(term.factors, tuple | list):
        raise TypeError(f"factors must be a tuple of Factor, got {type(term.factors).__name__}")
    for factor in term.factors:
        if not isinstance(factor, Factor):
            raise TypeError(f"each of factors must be a Factor, got {type(factor).__name__}")
        _one_of("factor", factor.name, FACTORS)
        whole("the constant of a factor", factor.constant, -(1 << 62), 1 << 62)
        true_or_false("sign", factor.sign)
    return term._replace(factors=tuple(term.factors))


def _one_of(what: str, name: object, names: tuple[str, ...]) -> None:
    if not isinstance(name, str) or name not in names:
        raise ValueError(f"a {what} must be one of {', '.join(names)}, got {name!r}")


def term_shift(term: Term, convention: Convention = BRIAN2_LOIHI) -> int:
    """By how many bits a term is scaled down: its product has so many more than the accumulator's 15.

    A pair rule with one trace in each term has none. Two traces in one term exceed the accumulator by two
    bits (lava: three), and the term is a quarter of what its text says.

    Parameters
    ----------
    term
        The term.
    convention
        How many bits its mantissa counts for.

    Returns
    -------
    int
        Zero or positive, bits.

    Examples
    --------
    >>> from snnlab.loihi import LAVA, parse_rule
    >>> term = parse_rule("dw = x1*y1*y0").terms[0]
    >>> term_shift(term), term_shift(term, LAVA)
    (2, 3)
    """
    term, convention = check_term(term), check_convention(convention)
    bits = convention.mantissa_bits + sum(BITS[factor.name] for factor in term.factors)
    return max(0, bits - ACCUMULATOR_BITS)


class TermArrays(NamedTuple):
    """The terms of all rules as the kernels take them, one entry a term or (the last four) a factor."""

    target: np.ndarray
    dependency: np.ndarray
    gate: np.ndarray
    mantissa: np.ndarray
    exponent: np.ndarray
    shift: np.ndarray
    first: np.ndarray
    name: np.ndarray
    constant: np.ndarray
    sign: np.ndarray
    bits: np.ndarray


def term_arrays(rules: Iterable[Rule], convention: Convention) -> TermArrays:
    """All terms of `rules`, one after the other."""
    terms = [(TARGETS.index(rule.target), term) for rule in rules for term in rule.terms]
    factors = [factor for _, term in terms for factor in term.factors]
    gates = [term.gate or 0 if term.dependency == "u" or convention.gated_spikes else 0 for _, term in terms]
    columns = (
        [target for target, _ in terms],
        [DEPENDENCIES.index(term.dependency) for _, term in terms],
        gates,
        [term.mantissa for _, term in terms],
        [term.exponent for _, term in terms],
        [
            min(term_shift(term, convention), 63) for _, term in terms
        ],  # a product has 32 bits; no shift is longer
        np.cumsum([0, *(len(term.factors) for _, term in terms)]),
        [FACTORS.index(factor.name) for factor in factors],
        [factor.constant for factor in factors],
        [factor.sign for factor in factors],
        [BITS[factor.name] for factor in factors],
    )
    return TermArrays(*(np.asarray(column, np.int64) for column in columns))
