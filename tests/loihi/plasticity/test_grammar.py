"""Rules from text: what they become, and what is said to a typo, with the place."""

import pickle
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snnlab.loihi import (
    REWARD_RULES,
    STDP_RULE,
    TRIPLET_RULE,
    Factor,
    Rule,
    RuleError,
    Term,
    explain_rule,
    parse_rule,
)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("dw = x0", [Term(1, 0, "x0")]),
        ("dw=-2^-2*x1*y0", [Term(-1, -2, "y0", (Factor("x1"),))]),
        (
            "dw = 3*2^-4*x0*y1 + u2*w",
            [Term(3, -4, "x0", (Factor("y1"),)), Term(1, 0, "u", (Factor("w"),), 2)],
        ),
        ("dw = (-1) * 2 ^ - 3 * x0", [Term(-1, -3, "x0")]),
        ("dw = 16*x0", [Term(4, 2, "x0")]),
        ("dw = -8*x0", [Term(-4, 1, "x0")]),
        ("dw = 2*3*x0", [Term(6, 0, "x0")]),
        ("dw = x0*y0*x0", [Term(1, 0, "x0", (Factor("y0"), Factor("x0")))]),
        ("dw = u1*x0*y1", [Term(1, 0, "u", (Factor("x0"), Factor("y1")), 1)]),
        ("dw = x0*u1", [Term(1, 0, "x0", (), 1)]),
        ("dw = (y2 + 2)*y0", [Term(1, 0, "y0", (Factor("y2", 2),))]),
        ("dw = (2^3 - y2)*y0", [Term(-1, 0, "y0", (Factor("y2", -8),))]),
        ("dw = sgn(w - 10)*u0*tag", [Term(1, 0, "u", (Factor("w", -10, True), Factor("t")), 0)]),
        ("dw = x1*(y0) + (u2)*w", [Term(1, 0, "y0", (Factor("x1"),)), Term(1, 0, "u", (Factor("w"),), 2)]),
        ("dw = (x1)*y0 - (3)*y0", [Term(1, 0, "y0", (Factor("x1"),)), Term(-3, 0, "y0")]),
        ("dw = - x0 - y0", [Term(-1, 0, "x0"), Term(-1, 0, "y0")]),
    ],
)
def test_a_text_becomes_terms(text, terms):
    assert parse_rule(text) == Rule("w", tuple(terms))


def test_targets():
    assert [parse_rule(f"{name} = x0").target for name in ("dw", "dd", "dt", "dtag")] == ["w", "d", "t", "t"]


def test_any_number_of_terms():
    rule = parse_rule("dw = " + " + ".join(f"2^-{k % 8}*x1*y0" for k in range(200)))
    assert len(rule.terms) == 200


FACTOR = st.builds(
    Factor,
    st.sampled_from(["x1", "x2", "y1", "y2", "y3", "w", "d", "t", "r"]),
    st.integers(-255, 255),
    st.just(False),
)
TERM = st.builds(
    Term,
    st.integers(-7, 7),
    st.integers(-7, 8),
    st.sampled_from(["x0", "y0"]),
    st.lists(FACTOR, max_size=4).map(tuple),
    st.none() | st.integers(0, 9),
)


@given(st.sampled_from("wdt"), st.lists(TERM, min_size=1, max_size=6))
def test_what_is_printed_can_be_read(target, terms):
    rule = Rule(target, tuple(terms))
    assert parse_rule(str(rule)) == rule


def test_the_known_rules_are_rules():
    for text in (STDP_RULE, TRIPLET_RULE, *REWARD_RULES):
        assert parse_rule(str(parse_rule(text))) == parse_rule(text)


TYPOS = [
    ("dw = 2^-2*x1*y5", "y5", "there is no y5: of the postsynaptic side there are y0, y1, y2 and y3"),
    ("dw = x3*y0", "x3", "there is no x3: of the presynaptic side there are x0, x1 and x2"),
    ("dw = 2^-2 x1*y0", "x1", "a * is missing between 2 and x1"),
    ("dw = y0 (x1)", "(", "a * is missing between y0 and the bracket"),
    ("dw = x1*x1y0", "x1y0", "a * is missing: x1*y0, not x1y0"),
    ("dw = X1*y0", "X1", "names are in lower case: x1, not X1"),
    ("dw = 2^-9*x1*y0", "2^-9*x1*y0", "its exponent must be from -7 to 8"),
    (
        "dw = 2^-10*y0",
        "2^-10*y0",
        "this term is 2^-10: its exponent must be from -7 to 8; the nearest constant is 2^-7",
    ),
    ("dw = -300*y0", "300*y0", "the constant of this term is -75*2^2: its mantissa must be from -8 to 7"),
    ("dw = 2^20*y0", "2^20", "the exponent must be from -7 to 8, not 20"),
    (
        "dw = 9*x1*y0",
        "9*x1*y0",
        "the constant of this term is 9: its mantissa must be from -8 to 7; the nearest constant is 2^3",
    ),
    ("dw = x0 + 2^-2*x1*y1", "2^-2*x1*y1", "this term never acts: it needs x0"),
    ("dw = 2-2*x1*y0", "2", r"this term is a number alone: was 2^-2 meant?"),
    ("dw = 0.25*x1*y0", "0.25", "constants are whole numbers and powers of two: 0.25 is 2^-2"),
    ("dw = 0.3*x1*y0", "0.3", "constants are whole numbers and powers of two: near 0.3 is 5*2^-4"),
    ("dw = 1.5*x1*y0", "1.5", "constants are whole numbers and powers of two: 1.5 is 3*2^-1"),
    ("dw = 1,5*x1*y0", "1,5", "constants are whole numbers and powers of two"),
    ("dw = 1e-3*y0", "1e", "constants are whole numbers and powers of two, as in 2^-7"),
    ("dw = 2**-2*x1*y0", "**", "a power is written with ^, as in 2^-2"),
    ("dw = 3^2*y0", "3^2", "only 2 can have an exponent, not 3"),
    ("dw = 2^0.5*y0", "2^0.5", "an exponent is a whole number, as in 2^-2"),
    ("dw = 2^x1*y0", "x1", "an exponent is a whole number, as in 2^-2"),
    ("dw = x1^2*y0", "^", "only 2 can have an exponent, as in 2^-2: the square of x1 is x1*x1"),
    ("dw = x1/4*y0", "/4", "there is no division: /4 is *2^-2"),
    ("dw = 1/4*x1*y0", "1/4", "there is no division: 1/4 is 2^-2"),
    ("dw = 3 / 128*x1*y0", "3 / 128", "there is no division: 3/128 is 3*2^-7"),
    ("dw = x1*y0/3", "/3", "there is no division: near /3 is *5*2^-4"),
    ("dw = 2^2/8*y0", "/8", "there is no division: /8 is *2^-3"),
    ("dw = x1/y1*y0", "/", "there is no division: a quarter of x1 is 2^-2*x1"),
    ("dw = x1*y0/2^2", "/2^2", "there is no division: /2^2 is *2^-2"),
    ("dw = 1/2 ^ 7*x1*y0", "1/2 ^ 7", "there is no division: 1/2^7 is 2^-7"),
    ("dw = (x1 + 3)/4*y0", "/4", "there is no division: /4 is *2^-2"),
    ("dw = x1/0*y0", "/", "there is no division: a quarter of x1 is 2^-2*x1"),
    ("dw = 2^(-2)*y0", "(", "an exponent has no brackets, as in 2^-2"),
    ("dw = x1.y0", ".", "a product is written with *, not with a dot"),
    ("dw = 2^-2.x1*y0", ".", "a product is written with *, not with a dot"),
    ("dw = x 1*y0", "x 1", "x1 is one word"),
    ("dw = .25x1*y0", "x1", "a * is missing between .25 and x1"),
    ("dw = sgn w*y0", "w", "sgn is followed by a bracket"),
    ("dw = (y0 + 1)*x1", "(y0 + 1)*x1", "or u0 (in every epoch); (y0 + 1) is a factor only"),
    ("dw = 2 * *x1*y0", "*", "between * and * a factor is missing"),
    ("dw => x0", ">", "write = alone, not =>"),
    ("tag = x0", "tag", "not tag: write dt"),
    ("dw = x1 x y0", "x", "a product is written with *, not with x"),
    ("dw = 2^-2*(x1*y0 - x0*y1)", "*", "write each product as a term of its own"),
    ("dw = x1(t)*y0", "(t)", "the time is not written: x1, not x1(t)"),
    ("dw = w(t - 1)*y0", "(t - 1)", "the time is not written: w, not w(t - 1)"),
    ("dw = x1[t]*y0", "[", "the time is not written: x1, not x1[t]"),
    ("dw = x_1*y0", "x_1", "names have no underscore: x1, not x_1"),
    ("dw = xl*y0", "xl", "xl ends in a letter: write it with a digit, x1"),
    ("dw = x1*yO", "yO", "yO ends in a letter: write it with a digit, y0"),
    ("dw = pre*x1", "pre", "a presynaptic spike is x0, and its traces are x1 and x2"),
    ("dw = x1*post_spike", "post_spike", "a postsynaptic spike is y0, and its traces are y1, y2 and y3"),
    ("dw = x_pre*y0", "x_pre", "a presynaptic spike is x0"),
    ("dw = y0*x1 if w", "if", "there is no if in a rule"),
    ("dw = x1*y0 and w", "and", "each rule is a text of its own"),
    ("dw = tau*y0", "tau", "time constants and impulses are given to Traces"),
    ("dw = A*x1*y0", "A", "a constant is a number, such as 5 or 2^-3"),
    ("dw = 2^-2*x1*y0 -- x0", "-", "two signs stand in a row"),
    ("dw = x1*-y0", "-", "a minus stands before the term, or as (-1)*"),
    ("dw = 2*-2*x1*y0", "-", "was 2^-2 meant?"),
    ("dw = sign(w)*y0", "sign", "there is no function sign, only sgn: write sgn"),
    ("dw = sgnx(w)*y0", "sgnx", "there is no function sgnx, only sgn"),
    ("dw = sgn(w, 10)*y0", ",", "there is no comma in a rule"),
    ("dw = 2^-x1*y0", "x1", "an exponent is a whole number, as in 2^-2"),
    ("dw = 1e3*y0", "1e3", "constants are whole numbers and powers of two, as in 2^-7"),
    ("dw = .5^2*y0", ".5", "constants are whole numbers and powers of two: .5 is 2^-1"),
    ("dw = x1_y0", "x1_y0", "a * is missing: x1*y0, not x1_y0"),
    ("dw = max(x1, 10)*y0", "max", "there is no function max, only sgn"),
    ("dw = x1, y0", ",", "there is no comma in a rule"),
    ("dw = x1*y0*(w < 9)", "<", "nothing is compared in a rule"),
    ("dw = 2⁻²*y0", "⁻²", "an exponent is not raised but written ^-2, as in 2^-2"),
    ("dw = x₁*y0", "₁", "a number of a name is not lowered: write 1, as in x1"),
    ("dw = ½*y0", "½", "a fraction is written as a power of two"),
    ('dw = "x1*y0"', '"', "a quotation mark stands before and behind a rule"),
    ("dw = x0 # grow", "#", "a rule has no comment in it"),
    ("dw = |w|*y0", "|", "there is no absolute value, only sgn"),
    ("dw += x0", "+=", "write = alone, not +=: what stands on the right is added anyway"),
    ("dw := x0", ":=", "write = alone, not :="),
    ("dw/dt = x0", "dw/dt", "write dw, not dw/dt"),
    ("Δw = x0", "Δw", "write dw, not Δw"),
    ("d w = x0", "d w", "write dw, not d w"),
    ("dw(t) = x0", "dw(t)", "write dw, not dw(t)"),
    ("dx1 = y0", "dx1", "traces are moved by spikes alone"),
    ("dr = x0", "dr", "not dr: the reward is given from outside"),
    ("dw = u*w", "u", "u needs a number: u0 acts in every epoch"),
    ("dw = u12*w", "u12", "the largest u is u9"),
    ("dw = x0*u1*u2", "x0*u1*u2", "a term can have one u, this one has u1 and u2"),
    ("w = x1*y0", "w", "a rule changes the weight (dw), the delay (dd) or the tag (dt), not w: write dw"),
    ("DW = x1*y0", "DW", "not DW: write dw"),
    ("x1*y0", "x", "a rule begins with what it changes: dw =, dd = or dt ="),
    ("2*x1 = dw", "2", "a rule begins with what it changes"),
    ("dw == x0", "=", "a rule has one = only"),
    ("dw =", " ", "after = the terms are missing"),
    ("dw = x1*y0 -", " ", "after - a factor is missing"),
    ("dw = x1*y0*", " ", "after * a factor is missing"),
    ("dw = * x1*y0", "*", "between = and * a factor is missing"),
    ("dw = (x1+2*y0", "(", "this bracket is not closed"),
    ("dw = (x1", "(", "this bracket is not closed"),
    ("dw = x1*y0)", ")", "this bracket was never opened"),
    ("dw = ()*x0", "()", "this bracket is empty"),
    ("dw = ((x1+1)+2)*y0", "(", "there are no brackets inside brackets"),
    ("dw = (x1*2)*y0", "*", "nothing is multiplied"),
    ("dw = (x1 + y1)*y0", "(x1 + y1)", "in brackets stand one name and a constant"),
    ("dw = (u0 + 1)*y0", "(u0 + 1)", "in brackets stand one name and a constant"),
    ("dw = (x1 + 300)*y0", "(x1 + 300)", "a constant in brackets must be from -255 to 255, not 300"),
    ("dw = (x1 + 2^-1)*y0", "2^-1", "a constant in brackets must be whole"),
    ("dw = sgn(x1)*y0", "sgn(x1)", "sgn is for w, d and t, not for x1"),
    ("dw = sgn(3 - w)*y0", "sgn(3 - w)", "w cannot be negative in sgn: put the minus before sgn"),
    ("dw = sgn*y0", "sgn", "sgn is followed by a bracket, as in sgn(w - 10)"),
    ("dw = abs(w)*y0", "abs", "there is no function abs, only sgn"),
    ("dw = reward*u0", "reward", "the reward is called r, not reward"),
    ("dw = weight*u0", "weight", "the weight is called w, not weight"),
    ("dw = dt*u0", "dt", "dt stands on the left; its value is the factor t"),
    ("dw = tags*u0", "tags", "did you mean tag?"),
    ("dw = z*y0", "z", "there is no z: a factor is x0, x1, x2, y0, y1, y2, y3, w, d, t, r or u0 to u9"),
    ("dw = x1*y0 − x0", "−", "this is the character − of a text: write -"),
    ("dw = x1·y0", "·", "this is the character · of a text: write *"),
    ("dw = x0; dt = y0", " dt =", "each rule is a text of its own"),
    ("dw = x0 & y0", "&", "& has no place in a rule"),
    ("dw = x0 = 3", "=", "a rule has one = only"),
    ("", " ", "the rule is empty"),
]


@pytest.mark.parametrize(("text", "place", "sentence"), TYPOS, ids=[typo[0] for typo in TYPOS])
def test_a_typo_is_shown_where_it_stands(text, place, sentence):
    with pytest.raises(RuleError) as caught:
        parse_rule(text)
    said, shown, carets = str(caught.value).split("\n")
    assert sentence in said
    assert shown == f"    {text}"
    assert f"{text}  "[caught.value.start : caught.value.end] == place
    assert carets == "    " + " " * caught.value.start + "^" * len(place)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (f"dw = -{'9' * 400}*y0", "the nearest constant is -7*2^8"),
        (f"dw = {'*'.join(['2^16'] * 100)}*y0", "the nearest constant is 7*2^8"),
        (f"dw = {'9' * 400}.5*y0", "constants are whole numbers and powers of two"),
        (f"dw = x1/{'9' * 400}*y0", "there is no division"),
    ],
    ids=["whole", "power", "decimal", "division"],
)
def test_a_huge_number_gets_a_sentence_too(text, sentence):
    with pytest.raises(RuleError, match="^" + ".*" + re.escape(sentence)):
        parse_rule(text)


def test_two_rules_in_two_lines_are_two_texts():
    with pytest.raises(RuleError, match=r"several of them are a list, \[rule, rule\]") as caught:
        parse_rule("dw = x0\ndt = y0")
    assert str(caught.value).splitlines()[1:] == ["    dw = x0 dt = y0", "            ^^^^"]


@given(st.text(alphabet="dwxyut012345^*-+()= .,/[_\n", max_size=30))
def test_nonsense_gets_a_sentence_and_never_a_traceback_of_the_parser(text):
    try:
        parse_rule(text)
    except RuleError as problem:
        assert problem.sentence and 0 <= problem.start < problem.end <= max(len(text), 1) + 2


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("dw = x0", "1. S = 1, at a presynaptic spike"),
        ("dt = -y0*u1", "1. S = -1, at a postsynaptic spike in every 2nd epoch"),
        ("dd = -2^-3*u0*d", "1. S = -2^-3, at the end of each epoch, F = d"),
        ("dw = 5*2^2*x1*y1*y0", "1. S = 5*2^2, at a postsynaptic spike, F = x1, y1, scaled down by 2^2"),
    ],
)
def test_a_rule_in_words(text, last):
    assert explain_rule(text) == f"{text[:2]} is the sum of\n{last}"


def test_an_error_travels():
    problem = RuleError("wrong", "dw = x0", 5, 7)
    assert str(pickle.loads(pickle.dumps(problem))) == str(problem)


def test_a_rule_is_text():
    with pytest.raises(TypeError, match=r'a rule must be text such as "dw = x1\*y0", got int'):
        parse_rule(3)  # type: ignore[arg-type]


def test_without_the_parser_library_one_sentence_says_what_to_install():
    script = (
        "import sys; sys.modules['lark'] = None\n"
        "from snnlab.loihi import Rule, Term, parse_rule\n"
        "Rule('w', (Term(1, 0, 'x0'),))\n"
        "try:\n    parse_rule('dw = x0')\n"
        "except ModuleNotFoundError as problem:\n    print(problem)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == (
        "rules are read by the parser library lark, which is not installed: "
        'pip install "snnlab-course[course]", or pip install lark'
    )
