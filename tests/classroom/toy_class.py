"""A small part with a class, so that marking can be tried without the real exercises."""

import copy
import json

import numpy as np

from snnlab.course.classroom.handout.notebooks import student_notebook
from snnlab.course.classroom.key import make_key
from snnlab.course.classroom.parts import ClassExercise, Part, visible
from snnlab.course.exercises.kinds import Exercise, Function, Mistake, Number

SEED = 7
RIGHT = {
    "first": "first = 2 * a",
    "middle": "def scaled(x, y):\n    return factor * x * np.asarray(y)",
    "last": "last = [b, b + 1]",
    "essay": "Because it leaks.",
}


def number_exercise(name, variable, letter, solution):
    def build(variant):
        right = solution(variant[letter])
        return Number(
            id="1.1",
            title=name,
            statement=f"{letter} is {variant[letter]}.",
            stub=f"{variable} = ...",
            variable=variable,
            unit="ms",
            tolerance=0.01,
            solution=right,
            next_step="Go on.",
            mistakes=(Mistake("too much", right + 1000.0, "{answer} ms has 1000 ms too many."),),
        )

    return ClassExercise(
        grade_id=name,
        title=name,
        points=2,
        variable=variable,
        parameters=lambda rng: {letter: round(float(rng.uniform(3, 90)), 2)},
        build=build,
        answer=lambda **given: solution(given[letter]),
    )


def _function():
    def build(variant):
        def scaled(x, y):
            return variant["factor"] * x * y

        def unscaled(x, y):
            return x * y

        return Function(
            id="1.2",
            title="middle",
            statement="Scale.",
            stub="def scaled(x, y):\n    return ...",
            variable="scaled",
            arguments=("x", "y"),
            tolerance=1e-6,
            solution=scaled,
            draw=lambda rng: [(float(rng.uniform(1, 9)), rng.uniform(1, 9, 3)) for _ in range(4)],
            next_step="Go on.",
            mistakes=(Mistake("unscaled", unscaled, "The factor is missing."),),
        )

    return ClassExercise(
        grade_id="middle",
        title="middle",
        points=3,
        variable="scaled",
        parameters=lambda rng: {"factor": round(float(rng.uniform(2, 5)), 2)},
        build=build,
    )


def _essay():
    def build(_):
        return Exercise(
            id="1.4",
            title="essay",
            statement="Why?",
            stub="*Write here.*",
            variable="essay",
            mistakes=(),
            next_step="",
            tolerance=0.0,
        )

    return ClassExercise(
        grade_id="essay",
        title="essay",
        points=4,
        variable="essay",
        parameters=lambda rng: {"k": int(rng.integers(9))},
        build=build,
        manual=True,
        rubric="4 points: says why.",
    )


TOY = Part(
    "toy",
    "Toy",
    "An introduction.",
    "import numpy as np",
    "1+toy",
    (
        number_exercise("first", "first", "a", lambda a: np.array(2 * a)),
        _function(),
        number_exercise("last", "last", "b", lambda b: np.array([b, b + 1.0])),
        _essay(),
    ),
)
WORTH = {exercise.grade_id: exercise.points for exercise in TOY.exercises}


def toy_key(students):
    return make_key(TOY, SEED, students)


def handed_out(key, student):
    """The notebook that a student is given."""
    entry = key["students"][student]
    variants = {name: visible(one["parameters"]) for name, one in entry["exercises"].items()}
    return student_notebook(TOY, variants, student, "", entry["token"])


def filled(notebook, answers):
    """The notebook with a student's cells."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        name = cell["metadata"]["nbgrader"]["grade_id"]
        if name in answers:
            cell["source"] = answers[name].splitlines(keepends=True)
    return notebook


def make_class(folder, work):
    """A class in `folder`, in which each student handed in `work[student]`: a notebook, bytes, or answers."""
    key = toy_key(work)
    folder.mkdir(exist_ok=True)
    (folder / "key.json").write_text(json.dumps(key), encoding="utf-8")
    for student, what in work.items():
        own = folder / "submitted" / student
        own.mkdir(parents=True)
        if callable(what):
            what = what(key, student)
        if isinstance(what, dict) and "cells" not in what and "answers" in what:
            (own / "answers.json").write_text(json.dumps(what), encoding="utf-8")
        elif what is not None:
            data = what if isinstance(what, bytes) else json.dumps(what).encode("utf-8")
            (own / "toy.ipynb").write_bytes(data)
    return key


def honest(**changed):
    """Work of a student who has everything right but for what is `changed`."""
    return lambda key, student: filled(handed_out(key, student), {**RIGHT, **changed})
