"""A learning rule is judged in a page as `check` judges it: the same numbers, words and place."""

import random

import numpy as np
import pytest
from course.commonest.chapter27 import COMMONEST
from loihi.plasticity.test_grammar import TYPOS
from widgets.test_javascript_units import javascript

from snnlab.course.exercises import all_exercises, find
from snnlab.course.exercises.kinds import Mistake, Text
from snnlab.course.judging.answers import judge
from snnlab.course.judging.rule_as_data import for_javascript, rule_data
from snnlab.loihi import REWARD_RULES, STDP_RULE, TRIPLET_RULE, pairing_change_real, parse_rule

RULES = ["27.2", "27.4"]
READ = [
    STDP_RULE, TRIPLET_RULE, *REWARD_RULES, "dw = x0", "dw=-2^-2*x1*y0", "dw = 3*2^-4*x0*y1 + u2*w",
    "dw = (-1) * 2 ^ - 3 * x0", "dw = 16*x0", "dw = -8*x0", "dw = x0*y0*x0", "dw = u1*x0*y1", "dw = x0*u1",
    "dw = (y2 + 2)*y0", "dw = (2^3 - y2)*y0", "dw = sgn(w - 10)*u0*tag", "dw = x1*(y0) + (u2)*w", "dtag = x0",
    "dw = (+x1)*y0", "dw = (3)*(-x1 + 4 - 2^2)*y0", "\tdw\n=\n x1 * y0\n", "dw = sgn(t)*y0", "dd = x1*y0",
    "dw = 2^-7*w*w*x0 - 2^-7*w*y0 + (w - 50)*2^-6*u3", "dw = x1*y0\xa0- y1*x0", "dw = 2^+3*x0",
    "dw = 3*2^-5*x1*x1*y0 + 5*2^-6*y1*x0 - 7*2^-7*x1*u0*w", "dw = sgn(w - 100)*x1*y0 - sgn(w)*u1",
]  # fmt: skip
MISREAD = [typo for typo, _, _ in TYPOS] + [
    "dw = IF*y0", "dw = x1*y0 IF w", "dw = SGN(w)*y0", "dw = sgn (w", "sgn = x0", "dw = (sgn)*y0",
    "dw = 02^1*x0", "dw = tagg*y0", "dw = ag*y0", "dw = t_a_g*y0", "dw = gat*y0", "dw = 7/3*x0",
    "dw = x1\u2028*y0 +", "dw = 😀*y0", "dw = x1*y0😀", "dw = 2^99999999999999999999*x0", " ",
    "dw = " + "9" * 40 + "*x0", "dw = (x1 + 2^16)*y0", "dw = 2^-2*x1y0 - 2^-3*x0*y4", "dw = x1/3^40*y0",
    "dw = x1 y0 (x2)", "dw = 1.5.2*y0", "dw = x0; dw = y0",
]  # fmt: skip
PIECES = [
    *"dwxyutr012345^*-+()= .,/[_\n;√²",
    "sgn",
    "tag",
    "dw = ",
    "x1",
    "y0",
    "x0",
    "2^-2",
    "*",
    " - ",
    "u0",
]


def nonsense(rng: random.Random) -> str:
    """A rule with a few slips, or nothing that looks like one."""
    if rng.random() < 0.3:
        return "".join(rng.choices(PIECES, k=rng.randrange(12)))
    text = list(rng.choice(READ + MISREAD))
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(text) + 1)
        text[at : at + rng.randrange(2)] = rng.choices(PIECES, k=rng.randrange(2))
    return "".join(text)


def verdicts(id: str, texts: list[str]) -> list[tuple[bool, str]]:
    """What `check` says, and that a page says the same."""
    task = find(id)
    mine = [(one.right, one.message) for one in (judge(task, text) for text in texts)]
    theirs = javascript("judgeRule", [(rule_data(task), text) for text in texts])
    assert [(one["right"], one["text"]) for one in theirs] == mine
    return mine


@pytest.mark.parametrize("id", RULES)
def test_what_teachers_know_is_said_alike(id):
    task = find(id)
    texts = [task.solution, *(mistake.answer for mistake in task.mistakes)]
    texts += [answer for _, answer, _ in COMMONEST[id]]
    said = verdicts(id, texts)
    assert [right for right, _ in said] == [True] + [False] * (len(texts) - 1)
    assert {mistake.hint for mistake in task.mistakes} <= {words for _, words in said}
    for (_, words), (_, _, expected) in zip(said[-len(COMMONEST[id]) :], COMMONEST[id], strict=True):
        assert expected in words


@pytest.mark.parametrize("id", RULES)
def test_whatever_is_typed_is_read_and_judged_alike(id):
    rng = random.Random(27)
    known = [mistake.answer for mistake in find(id).mistakes]  # they have words of their own
    misread = [text for text in MISREAD if text not in known]
    said = verdicts(id, READ + misread + [nonsense(rng) for _ in range(400)])
    unread = ["Your text cannot be read" in words for _, words in said]
    assert not any(unread[: len(READ)]) and all(unread[len(READ) : len(READ + misread)])
    assert 100 < sum(unread[len(READ + misread) :]) < 400


def test_a_rule_comes_to_the_same_number_to_the_last_bit():
    task = find("27.2")
    theirs = javascript("ruleChanges", [(rule_data(task), text) for text in READ])
    mine = [pairing_change_real(text, task.measure.delta_t) for text in READ]
    np.testing.assert_array_equal(theirs, mine)
    assert len(np.unique(mine)) > 40


def test_each_rule_of_the_course_can_be_judged_in_a_page():
    assert [id for id, task in all_exercises().items() if isinstance(task, Text)] == RULES


def test_what_a_page_could_not_measure_is_refused():
    task = Text(
        id="99.1", title="", statement="", stub="", variable="rule", mistakes=(Mistake("a", "b", "c"),),
        next_step="", tolerance=0.1, solution="x", measure=lambda text: np.zeros(1), says="",
    )  # fmt: skip
    with pytest.raises(TypeError, match=r"exercise 99\.1 must measure by PairChanges, got function"):
        rule_data(task)


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        (r"[^\w\s.]", r"[^\w \t\n\r\f\v.]"),
        (r"\.(?<!\S)(?P<a>x)", r"\.(?<![^ \t\n\r\f\v])(?<a>x)"),
        (r"(?i:if|or)(?=.)", r"(?:[iI][fF]|[oO][rR])(?=[^\n])"),
    ],
)
def test_patterns_are_those_of_python(pattern, written):
    assert for_javascript(pattern) == written


QUOTED = [
    ("dw = x0", "dw = x0"), (' "dw = x0" ', "dw = x0"), ("'dw = x0'", "dw = x0"),
    ('rule = "dw = x0"', "dw = x0"), ('"dw = x0', '"dw = x0'), ("", ""),
]  # fmt: skip


def test_quotation_marks_may_be_typed():
    assert javascript("withoutQuotes", [[typed] for typed, _ in QUOTED]) == [rule for _, rule in QUOTED]
    assert all(parse_rule(rule) for _, rule in QUOTED[:4])
