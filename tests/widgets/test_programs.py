"""Programs in the Python of a page: of each exercise three that are right and the commonest mistakes."""

import inspect
import math
import re
from importlib import import_module

import numpy as np
import pytest
from course.test_commonest_mistakes import COMMONEST
from tree import ROOT
from widgets.page_python import in_page_python
from widgets.test_javascript_units import javascript

from snnlab.course.exercises import all_exercises
from snnlab.course.exercises.kinds import Function
from snnlab.course.judging.as_data import function_data
from snnlab.course.judging.functions import judge_outcomes
from snnlab.course.other_process.outcome import Outcome

TASKS = {id: task for id, task in all_exercises().items() if isinstance(task, Function)}
FILES = sorted((ROOT / "tests" / "course" / "programs").glob("chapter*.py"))
PROGRAMS = {
    id: programs
    for file in FILES
    for id, programs in import_module(f"course.programs.{file.stem}").PROGRAMS.items()
    if id in TASKS
}


def text_of(function, task) -> str:
    """The program as a reader would write it, under the name that is asked for."""
    return re.sub(rf"\b{function.__name__}\b", task.variable, inspect.getsource(function))


def outcome(said: dict) -> Outcome:
    """What the page says of a call, as Python's own judge takes it."""
    value = None
    if said["kind"] == "numbers":
        value = np.frombuffer(bytes.fromhex(said["hex"]), "<f8").reshape([int(n) for n in said["shape"]])
    words = {word: said[word] for word in ("name", "text", "line") if word in said}
    return Outcome(said["kind"], value, changed=tuple(said.get("changed", ())), **words)


def test_every_exercise_has_three_and_three():
    assert list(PROGRAMS) == list(TASKS)
    assert all(len(right) == len(wrong) == 3 for right, wrong in PROGRAMS.values())


@pytest.mark.parametrize("id", PROGRAMS)
def test_right_programs_are_right_and_the_commonest_mistakes_are_named(id):
    task, data = TASKS[id], function_data(TASKS[id])
    right, wrong = ([text_of(function, task) for function in each] for each in PROGRAMS[id])
    ran = [in_page_python(data, program) for program in right + wrong]
    verdicts = javascript("judgeProgram", [(data, *each) for each in zip(ran, right + wrong, strict=True)])
    said = [verdict["text"] for verdict in verdicts]
    assert said[:3] == [f"Right. {task.next_step}"] * 3
    for text, (_, _, words) in zip(said[3:], COMMONEST[id], strict=True):
        assert words in text
    mine = [judge_outcomes(task, task.cases(), [outcome(each) for each in one["outcomes"]]) for one in ran]
    assert [(each["right"], each["reason"], each["text"]) for each in verdicts] == mine


SMALL = {
    "variable": "f",
    "cases": ["(2.5, LIF(v_th=-1.0))"],
    "named": {"LIF": {"tau_m": 20.0, "v_th": -50.0}},
}
ODD = {
    "what math lacks": (
        "from math import *\n"
        "def f(x, n):\n    return [log1p(1e-9), expm1(1e-9), hypot(3, 4), prod([2, x]), inf]",
        [math.log1p(1e-9), math.expm1(1e-9), 5.0, 5.0, math.inf],
    ),
    "fields": (
        "def f(x, n):\n    return n.tau_m, n._replace(tau_m=x).tau_m, LIF().v_th, n.v_th",
        [20.0, 2.5, -50.0, -1.0],
    ),
    "a field that is set": ("def f(x, n):\n    n.tau_m = 1\n    return 1", "AttributeError"),
    "a field that is not there": ("def f(x, n):\n    return LIF(v=1).v", "TypeError"),
    "a call of itself": ("def f(x, n):\n    return f(x, n)", "RecursionError"),
    "too large": ("def f(x, n):\n    return [0] * 10**9", "MemoryError"),
    "a question": ("def f(x, n):\n    return float(input())", "EOFError"),
    "True and a whole number": ("def f(x, n):\n    return [True, 2**60, range(2)[1]]", [1.0, 2.0**60, 1.0]),
    "too large a whole number": ("def f(x, n):\n    return 10**30", "int"),
    "no rows": ("def f(x, n):\n    return [[], []]", np.zeros((2, 0))),
    "rows of two lengths": ("def f(x, n):\n    return [[1], 2]", "ragged list"),
    "numbers to come": ("def f(x, n):\n    yield x", "generator"),
}


@pytest.mark.parametrize("kind", ODD)
def test_a_call_comes_to_what_it_would_in_a_notebook(kind):
    program, wanted = ODD[kind]
    first, again = in_page_python(SMALL, program)["outcomes"]
    assert first == again
    if isinstance(wanted, str):
        assert first["name"] == wanted and first["kind"] in ("error", "type")
    else:
        np.testing.assert_allclose(outcome(first).value, wanted, rtol=1e-12)


def test_what_fills_the_memory_in_small_pieces_is_a_loop_without_end():
    ran = in_page_python(SMALL, "def f(x, n):\n    while True:\n        x = 1.1 * x")
    assert ran == {"stopped": "late", "printed": ""}


def test_what_is_printed_when_the_program_begins_is_kept_apart():
    ran = in_page_python(SMALL, "print('α', 1 / 4)\ndef f(x, n):\n    print(x)\n    return x")
    assert ran["printed"] == "α 0.25\n" and len(ran["outcomes"]) == 2


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("def g(): pass", {"missing": "f"}),
        ("f = 3.0", {"given": "float"}),
        ("class f: pass", {"given": "type"}),
        ("f = ...", {"given": "ellipsis"}),
        ("import sys\nsys.exit()", {"loading": {"kind": "exit", "name": "SystemExit"}}),
    ],
)
def test_a_program_without_the_function_says_what_it_has(program, said):
    assert in_page_python(SMALL, program) == {**said, "printed": ""}


def test_a_program_that_cannot_be_read_names_its_line():
    loading = in_page_python(SMALL, "def f(x, n):\n    return (x\n")["loading"]
    assert (loading["name"], loading["line"]) == ("SyntaxError", 3)
