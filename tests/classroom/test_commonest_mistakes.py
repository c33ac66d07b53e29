"""Mistakes that were written from the statements of a part alone: each is answered with words of its own.

One file a part stands in `commonest/`.
"""

import inspect
import math
from importlib import import_module
from pathlib import Path

import pytest
from classroom.forms import forms_of, one_of

from snnlab.course.classroom.reading import find_part
from snnlab.course.other_process.worker import run_cases

SEEDS = [1, 2, 3]
FILES = sorted((Path(__file__).parent / "commonest").glob("part*.py"))
COMMONEST = {file.stem: import_module(f"classroom.commonest.{file.stem}").COMMONEST for file in FILES}
POOLS_ALONE = ("part1", "part2", "part3", "part5")  # their other exercises are older than these mistakes
EACH = [(part, *row) for part, rows in COMMONEST.items() for row in rows]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("part", "id", "mistake", "words"), EACH)
def test_a_common_mistake_is_answered_with_its_own_words(part, id, mistake, words, seed):
    exercise = one_of(part, id)
    own = exercise.draw(seed)
    if exercise.kind == "number":
        handed_in = mistake(own)
    else:
        names = {"math": math, **own}
        exec(inspect.getsource(mistake), names)
        handed_in = run_cases(names[mistake.__name__], exercise.cases(own))
    mark = exercise.compare(own, handed_in)
    assert mark.points == 0 and words in mark.hint


@pytest.mark.parametrize("part", COMMONEST)
def test_each_exercise_that_a_machine_marks_has_three(part):
    exercises = [one for one in find_part(part).exercises if not one.manual]
    exercises = [one for one in exercises if one.forms or part not in POOLS_ALONE]
    asked = [id for exercise in exercises for id in forms_of(exercise)]
    assert [id for id, *_ in COMMONEST[part]] == [id for id in asked for _ in range(3)]
