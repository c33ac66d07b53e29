"""Programs in the Python of a page: of each exercise three that are right and the commonest mistakes."""

import inspect
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
