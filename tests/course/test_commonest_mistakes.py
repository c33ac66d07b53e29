"""The three commonest mistakes of every exercise, each answered with words that name it.

They were written down from the statements alone, before a look into the exercises' tables of mistakes, and
are handed in as `check` hands them in. One file a chapter stands in `commonest/`.
"""

from importlib import import_module

import pytest
from course.test_exercises import as_answer, stimulated

from snnlab.course.exercises import all_exercises
from snnlab.course.judging.answers import judge
from snnlab.course.other_process.runner import Runner

ALL = all_exercises()
CHAPTERS = sorted({int(id.split(".")[0]) for id in ALL})
COMMONEST = {
    id: mistakes
    for chapter in CHAPTERS
    for id, mistakes in import_module(f"course.commonest.chapter{chapter:02d}").COMMONEST.items()
}
EACH = [pytest.param(id, *row, id=f"{id}: {row[0]}") for id, rows in COMMONEST.items() for row in rows]


@pytest.fixture(scope="module")
def runner():
    with Runner() as runner:
        yield runner


def test_every_exercise_has_three():
    assert list(COMMONEST) == list(ALL)
    assert all(len(rows) == 3 for rows in COMMONEST.values())


@pytest.mark.parametrize(("id", "done", "answer", "words"), EACH)
def test_it_is_answered_by_name(id, done, answer, words, runner):
    task = ALL[id]
    hidden = stimulated(task)
    verdict = judge(task, as_answer(task, answer, hidden), hidden, runner)
    assert not verdict.right
    assert words in verdict.message, done
