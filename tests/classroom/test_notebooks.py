"""The notebook of a part: nbgrader's format, and a run from top to bottom with and without answers."""

import json

import nbformat
import numpy as np
import pytest

from snnlab.course.classroom.handout.notebooks import (
    BEGIN_SOLUTION,
    END_SOLUTION,
    as_text,
    solution_source,
    source_notebook,
    student_notebook,
)
from snnlab.course.classroom.reading import find_part, part_names

PARTS = {name: find_part(name) for name in part_names()}
each_part = pytest.mark.parametrize("name", PARTS)


def variants(part, seed):
    return {exercise.grade_id: exercise.draw(seed) for exercise in part.exercises}


def student(name, seed=3):
    return student_notebook(PARTS[name], variants(PARTS[name], seed), "ada", "Ada", "token")


def run(notebook, capsys, **instead):
    """Run the code cells in one namespace, with other text in the cells named; what each printed."""
    names, said = {}, {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec(instead.get(cell["id"].replace("-", "_"), "".join(cell["source"])), names)
            said[cell["id"]] = capsys.readouterr().out.strip()
    return names, said


@each_part
@pytest.mark.parametrize(
    "make", [student, lambda name: source_notebook(PARTS[name])], ids=["student", "source"]
)
def test_a_notebook_keeps_the_format_and_that_of_nbgrader(name, make):
    notebook = make(name)
    nbformat.validate(nbformat.from_dict(json.loads(as_text(notebook))))
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    assert len(cells) == len(notebook["cells"])
    own = {id: cell["metadata"]["nbgrader"] for id, cell in cells.items()}
    assert all(mine["grade_id"] == id and mine["schema_version"] == 3 for id, mine in own.items())
    for exercise in PARTS[name].exercises:
        answer = own[exercise.grade_id]
        assert answer["solution"] and not answer["locked"] and answer["grade"] == exercise.manual
        graded = answer if exercise.manual else own[f"{exercise.grade_id}-test"]
        assert graded["grade"] and graded["points"] == exercise.points
    assert sum(mine.get("points", 0) for mine in own.values()) == sum(
        exercise.points for exercise in PARTS[name].exercises
    )


@each_part
def test_a_student_s_notebook_runs_from_top_to_bottom_before_anything_is_done(name, capsys):
    _, said = run(student(name), capsys)
    for exercise in PARTS[name].exercises:
        if not exercise.manual:
            assert said[f"{exercise.grade_id}-test"].startswith("Not started yet")


@each_part
def test_with_the_solutions_in_it_every_form_is_right(name, capsys):
    part, own = PARTS[name], variants(PARTS[name], 3)
    asked = [exercise for exercise in part.exercises if not exercise.manual]
    filled = {one.grade_id.replace("-", "_"): solution_source(one, own[one.grade_id]) for one in asked}
    names, said = run(student(name), capsys, **filled)
    for exercise in asked:
        assert "the form is right" in said[f"{exercise.grade_id}-test"]
        if exercise.kind == "number":
            np.testing.assert_allclose(
                np.asarray(names[exercise.variable], dtype=float), exercise.expected(own[exercise.grade_id])
            )


@each_part
def test_the_source_passes_its_own_hidden_tests(name, capsys):
    run(source_notebook(PARTS[name]), capsys)


@each_part
def test_the_stub_and_each_mistake_fail_the_hidden_tests(name, capsys):
    """In the source each answer is replaced by a wrong one: its test stops, with the hint."""
    part = PARTS[name]
    source = source_notebook(part)
    cells = {cell["id"]: "".join(cell["source"]) for cell in source["cells"]}
    for exercise in part.exercises:
        if exercise.manual:
            continue
        task = exercise.build(exercise.draw(1))
        wrong = {mistake.hint.split("{answer}")[-1]: mistake.answer for mistake in task.mistakes}
        names = {}
        exec(cells["setup"] + "\n" + cells.get(f"{exercise.grade_id}-given", ""), names)
        exec(cells[exercise.grade_id].partition(BEGIN_SOLUTION)[0], names)
        for hint, answer in [("Not started", names[exercise.variable]), *wrong.items()]:
            with pytest.raises(AssertionError) as stopped:
                exec(cells[f"{exercise.grade_id}-test"], {**names, exercise.variable: answer})
            assert hint in str(stopped.value)


@each_part
def test_the_student_s_version_is_the_source_without_what_is_marked(name):
    """The two are made on separate ways; for the same numbers they differ in the marked lines only."""
    source = {cell["id"]: "".join(cell["source"]) for cell in source_notebook(PARTS[name])["cells"]}
    mine = {cell["id"]: "".join(cell["source"]) for cell in student(name, seed=1)["cells"]}
    assert source.keys() == mine.keys()
    for id, text in source.items():
        if id != "head":
            for begin, end in ((BEGIN_SOLUTION, END_SOLUTION), ("### BEGIN HIDDEN", "### END HIDDEN TESTS")):
                before, found, rest = text.partition(begin)
                text = before + rest.partition(end)[2] if found else text
            assert text.strip() == mine[id].strip()


@each_part
def test_no_exercise_takes_the_name_of_another_one_s_number(name):
    """All cells share one namespace: a function that is called late must find its own numbers."""
    taken = [
        word
        for exercise in PARTS[name].exercises
        for word in [exercise.variable, *(() if exercise.manual else exercise.draw(1))]
        if not word.startswith("_")
    ]
    assert len(set(taken)) == len(taken)


def test_a_name_cannot_become_code_or_leave_its_line():
    own = variants(PARTS["part1"], 1)
    notebook = student_notebook(PARTS["part1"], own, "ada", 'Ada "; import os', "token")
    assert "import os" not in "".join(
        "".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"
    )
