"""What a page says of a program is what `check` says of the function, to the word."""

import math

import numpy as np
import pytest
from widgets.test_javascript_units import javascript
from widgets.test_programs import TASKS

from snnlab.course.exercises.kinds import Function, Mistake
from snnlab.course.judging.as_data import function_data, literal
from snnlab.course.judging.functions import judge_outcomes
from snnlab.course.other_process.outcome import MOST_NUMBERS, Outcome
from snnlab.course.other_process.worker import run_cases
from snnlab.course.values import describe_type

CURVE = Function(
    id="99.2",
    title="A curve",
    statement="Fill a table.",
    stub="def curve(x, n):\n    return ...",
    variable="curve",
    arguments=("x", "n"),
    solution=lambda x, n: np.outer(x, np.arange(1.0, n + 1)),
    draw=lambda rng: [(rng.uniform(1, 2, size=3), int(n)) for n in (4, 2, 5, 4)],
    mistakes=(Mistake("one column", lambda x, n: x, "That is one column."),),
    next_step="Go on.",
    tolerance=1e-9,
    unit="mV",
)
ALL = {**TASKS, CURVE.id: CURVE}


def as_said(outcome: Outcome) -> dict:
    """An outcome as it comes to the page."""
    said = outcome._asdict()
    value = said.pop("value")
    if value is not None:
        said |= {"shape": list(np.shape(value)), "hex": np.asarray(value, "<f8").tobytes().hex()}
    return said


def not_from(task):
    """Functions that nobody's table has."""
    right = task.solution

    def stops(*given):
        raise ValueError("nothing  works\nhere")

    def calls_itself(*given):
        return calls_itself(*given)

    def remembers(*given, seen=[]):  # noqa: B006  # the mistake that is tested
        seen.append(1)
        return np.asarray(right(*given), float) * 0.0 + len(seen)

    def changes(*given):
        for value in given:
            if isinstance(value, np.ndarray):
                value *= 0
        return right(*given)

    def sometimes(result):
        def function(*given):
            numbers = np.asarray(right(*given), float)
            return result if numbers.size % 2 or numbers.sum() < 1 else right(*given)

        return function

    def scaled(factor, by=0.0):
        return lambda *given: np.asarray(right(*given), float) * factor + by

    wrong_numbers = [scaled(factor) for factor in (-1, 2, 0.5, 1e-3, 1e3, 0.0, 1.03, 1.7, math.nan, math.inf)]
    wrong_types = [
        lambda *given, result=result: result for result in (None, "12 ms", {1: 2}, 1j, [[1], [2, 3]], True)
    ]
    wrong_shapes = [
        lambda *given: [right(*given)],
        lambda *given: np.zeros((2, 3)),
        lambda *given: np.append(right(*given), 1.0),
        lambda *given: np.asarray(right(*given)).T,
        lambda *given: np.atleast_1d(right(*given))[1:],
        lambda *given: np.zeros(MOST_NUMBERS + 1),
    ]
    some = [sometimes(None), sometimes("text"), sometimes(math.nan), sometimes(0.0), sometimes(...)]
    calls = [
        stops,
        calls_itself,
        remembers,
        changes,
        lambda: 1.0,
        lambda *given: ...,
        lambda *given: (_ for _ in ()),
    ]
    return [*wrong_numbers, scaled(1.0, 4.0), *wrong_types, *wrong_shapes, *some, *calls]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("id", ALL)
def test_programs_are_judged_as_check_judges_functions(id):
    task = ALL[id]
    cases, data = task.cases(), function_data(task)
    functions = [task.solution, *(mistake.answer for mistake in task.mistakes), *not_from(task)]
    came = [run_cases(function, [*cases, cases[0]]) for function in functions]
    came = [[one._replace(line=0) for one in each] for each in came]  # there is no program to show a line of
    came += [came[0][:-1], [*came[0][:2], Outcome("exit", name="SystemExit")]]
    mine = [judge_outcomes(task, cases, outcomes) for outcomes in came]
    theirs = javascript("judgeOutcomes", [(data, [as_said(one) for one in each], "") for each in came])
    again = "and run the cell again", "and check again"
    said = [(one.right, one.reason, one.message.replace(*again)) for one in mine]
    assert [(one["right"], one["reason"], one["text"]) for one in theirs] == said
    assert {mistake.name for mistake in task.mistakes} < {one.reason for one in mine}


def test_types_are_described_alike():
    names = ["str", "bool", "complex", "dict", "set", "generator", "function", "type", "ragged list"]
    names += ["NoneType", "frozenset", "method", "builtin_function_or_method", "map", "object", "int", "list"]
    assert javascript("describeType", [(name,) for name in names]) == [describe_type(name) for name in names]


def test_a_line_of_the_program_is_shown_and_named():
    data, program = function_data(CURVE), "def curve(x, n):\n    return x / 0\n"
    error = {"kind": "error", "name": "ZeroDivisionError", "text": "divide by zero", "line": 2}
    (verdict,) = javascript("judgeProgram", [(data, {"outcomes": [error] * 5}, program)])
    assert verdict["line"] == 2
    assert (
        verdict["text"]
        == "Your function stops in the line `return x / 0`: ZeroDivisionError: divide by zero."
    )


@pytest.mark.parametrize("id", TASKS)
def test_the_arguments_are_those_of_the_cases(id):
    """Read by a Python that knows nothing but the names that come along."""
    task, data = TASKS[id], function_data(TASKS[id])
    names = {name: lambda **fields: tuple(fields.values()) for name in data["named"]}
    for text, case in zip(data["cases"], task.cases(), strict=True):
        for value, argument in zip(eval(text, dict(names)), case, strict=True):
            np.testing.assert_array_equal(value, argument)
            assert isinstance(argument, np.ndarray) == isinstance(value, list)


def test_what_no_page_could_read_is_refused():
    with pytest.raises(
        TypeError, match="an argument must be numbers, text, an array or a named tuple, got dict"
    ):
        literal(({},))


PAGE_ONLY = [
    (
        {"stopped": "late"},
        "Your function did not come back within 2 s and was stopped. Is there a loop, or a",
    ),
    ({"stopped": "died"}, "Your function ended Python instead of returning: it calls exit, or it crashed."),
    ({"loading": {"kind": "exit", "name": "SystemExit"}}, "Your function ended Python instead of returning"),
    (
        {"loading": {"kind": "error", "name": "SyntaxError", "text": "invalid syntax", "line": 2}},
        "Python cannot read in the line `return x +`: invalid syntax.",
    ),
    (
        {"loading": {"kind": "error", "name": "SyntaxError", "text": "invalid syntax", "line": 9}},
        "Python cannot read in line 9: invalid syntax.",
    ),
    (
        {"loading": {"kind": "error", "name": "NameError", "text": "name 'np' isn't defined", "line": 1}},
        "Your program stops in the line `def curve(x, n):`: NameError: name 'np' isn't defined. There is no",
    ),
    ({"missing": "curve"}, "Your program has no function `curve`: it is called by this name."),
    (
        {"given": "float"},
        "A function is wanted, and `curve` is a float. It begins with def curve(x, n):",
    ),
    ({"given": "type"}, "A function is wanted, and `curve` is a class."),
    ({"given": "ellipsis"}, "Not started yet. Replace the dots of `curve` and check again."),
]


def test_what_only_a_page_says():
    data, program = function_data(CURVE), "def curve(x, n):\n    return x +"
    said = javascript("judgeProgram", [(data, ran, program) for ran, _ in PAGE_ONLY])
    for verdict, (_, words) in zip(said, PAGE_ONLY, strict=True):
        assert not verdict["right"] and verdict["text"].startswith(words)


MORE = [
    ("TypeError", "unsupported types for __gt__: 'list', 'float'", "An array comes as a list in this page"),
    ("ImportError", "no module named 'scipy'", "In this page there is math, and little else."),
    ("EOFError", "EOF when reading a line", "so input() is not needed."),
    ("ValueError", "math domain error", ""),
]


def test_what_helps_in_a_page_alone_is_added():
    added = javascript("more", [row[:2] for row in MORE])
    assert all(words in more for (_, _, words), more in zip(MORE, added, strict=True)) and added[-1] == ""
