"""A page with exercises beside the script of the course, as the book has them, and what is answered."""

from pathlib import Path

import numpy as np
from snnlab_widgets.goals.in_chapter import KINDS, course_script, exercise_block, record_of
from snnlab_widgets.programs.interpreter import python_script
from widgets.goal_answers import as_typed

from snnlab.course.exercises import all_exercises
from snnlab.course.exercises.kinds import Exercise, Number, Text
from snnlab.course.judging.answers import judge

TYPED = [id for id, task in all_exercises().items() if isinstance(task, Number | Text)]
FEW = ["2.1", "2.3", "6.4", "26.1", "27.5"]
"""A number with a unit, two numbers, choices, a whole number, a learning rule."""


def write_course(folder: Path, ids: list[str]) -> Path:
    """Write a chapter with these exercises, the page "Where you are" and their script; give the chapter."""
    tasks = [
        {
            "kind": KINDS[type(task)],
            "name": record_of(task.id),
            "title": task.title,
            "anchor": record_of(task.id),
        }
        for task in map(all_exercises().get, ids)
    ]
    chapter = {"page": "chapters/01_one.html", "title": "1. One", "tasks": tasks}
    head = '<!doctype html><html lang=en><meta charset=utf-8><title>x</title><link rel=icon href="data:,">'
    for file, body in {
        "chapters/01_one.html": "".join(
            f'<p id="{record_of(id)}">{id}</p>{exercise_block(all_exercises()[id])}' for id in ids
        ),
        "where.html": '<div id="snn-where">Without JavaScript.</div>',
    }.items():
        root = "../" * file.count("/")
        contents = (
            f'<nav class="bd-links"><a class="internal" href="{root}{chapter["page"]}">1. One</a></nav>'
        )
        script = f'<script defer src="{root}_static/snnlab-course.js"></script>'
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(f"{head}{script}<body>{contents}{body}</body></html>", encoding="utf-8")
    (folder / "_static").mkdir(exist_ok=True)
    (folder / "_static" / "snnlab-course.js").write_text(course_script([chapter]), encoding="utf-8")
    (folder / "vendor").mkdir(exist_ok=True)
    (folder / "vendor" / "python.js").write_text(python_script(), encoding="utf-8")
    return folder / chapter["page"]


def typed_answers(id: str) -> list[tuple[list[str], str]]:
    """What is typed into the fields of an exercise, and what `check` says: right, wrong, and wrong again."""
    task = all_exercises()[id]
    if isinstance(task, Text):
        answers = [task.solution, *(mistake.answer for mistake in task.mistakes), "dw = x1*y5", "dw = 3*y0"]
        return [([answer], said_by_check(task, answer)) for answer in answers]
    right = np.asarray(task.solution, float)
    answers = [right, *(np.asarray(mistake.answer, float) for mistake in task.mistakes), 1.37 * right + 0.1]
    fitting = [each for each in answers if each.shape == right.shape and np.isfinite(each).all()]
    given = []
    for answer in fitting:
        typed = np.atleast_1d(as_typed(answer)).tolist()
        read = [float(text) for text in typed]  # 20.650000000000002 is typed as 20.65, another number
        given.append((typed, said_by_check(task, read if answer.ndim else read[0])))
    return given


def said_by_check(task: Exercise, answer: object) -> str:
    """The verdict as `check` prints it, behind the number of the exercise."""
    verdict = judge(task, answer)
    return ("" if verdict.right else "Not yet. ") + verdict.message
