"""nbgrader's own commands on the sources of the parts: generate, autograde, feedback, export."""

import copy
import csv
import html
import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from string import Formatter

import numpy as np
import pytest
from benchmarks.environments import cache_folder
from needs import need
from tree import ROOT

from snnlab.course.classroom.handout.notebooks import student_notebook
from snnlab.course.classroom.reading import find_part, part_names
from snnlab.course.exercises.kinds import Function
from snnlab.course.opening.lab import set_paths

pytestmark = pytest.mark.slow

REQUIRED = Path(__file__).with_name("nbgrader.txt")
FIRST = "part1"  # which CI grades; the others are graded in the nightly
WRONG = {  # instead of its answers, but for the first one
    "potential": "def potential(t, own, arrivals, w):\n    return u_rest + 0 * t",
    "sweep": "found = [1, 2]",
    "curtain": "while True: pass",
}


@pytest.fixture(scope="module")
def packages():
    """The folder with nbgrader, made if it is not there; None if it is installed."""
    if find_spec("nbgrader"):
        return None
    folder = cache_folder().parent / "nbgrader"
    stamp = folder / REQUIRED.name
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != REQUIRED.read_text(encoding="utf-8"):
        shutil.rmtree(folder, ignore_errors=True)
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
        done = subprocess.run(
            [*command, "--requirement", str(REQUIRED)], capture_output=True, encoding="utf-8"
        )
        need(done.returncode == 0, f"nbgrader could not be installed: {done.stderr.strip()[-200:]}")
        shutil.copy(REQUIRED, stamp)  # last: it says that all went well
    return folder


def with_alembic(folder: Path) -> Path:
    """A folder with the program alembic, which nbgrader calls, for this Python.

    The one that pip has put beside the packages names the Python of that day, which may be gone.
    """
    folder.mkdir()
    if os.name == "nt":
        (folder / "alembic.bat").write_text(f'@"{sys.executable}" -m alembic %*\n', encoding="utf-8")
    else:
        program = folder / "alembic"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m alembic "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def nbgrader(packages, tmp_path_factory):
    """A course with all parts, and a function that runs a command in it and returns what it said."""
    course = tmp_path_factory.mktemp("course")
    sources = ROOT / "book" / "exercises"
    shutil.copy(sources / "nbgrader_config.py", course)
    for name in part_names():
        (course / "source" / name).mkdir(parents=True)
        shutil.copy(sources / f"{name}.ipynb", course / "source" / name)
    environ = {**os.environ, "JUPYTER_CONFIG_DIR": str(course / "none"), "PYTHONIOENCODING": "utf-8"}
    set_paths(environ)  # cells run in this Python
    path = [str(ROOT), str(ROOT / "widgets"), *filter(None, [os.environ.get("PYTHONPATH")])]
    if packages:
        path.insert(0, str(packages))
        environ["PATH"] = os.pathsep.join([str(with_alembic(course / "bin")), environ["PATH"]])
    environ["PYTHONPATH"] = os.pathsep.join(path)

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=course, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-3000:]
        return done.stdout

    run.course = course
    for name in part_names():
        run("generate_assignment", name)
    return run


def cells(file):
    notebook = json.loads(file.read_text(encoding="utf-8"))
    return {cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"]) for cell in notebook["cells"]}


def hand_in(course, student, name, answers, copied=""):
    """Write answers into the released notebook, as a student does who may have copied a cell before."""
    notebook = json.loads((course / "release" / name / f"{name}.ipynb").read_text(encoding="utf-8"))
    for k, cell in enumerate(notebook["cells"][:]):
        id = cell["metadata"]["nbgrader"]["grade_id"]
        if id == copied:
            notebook["cells"].insert(k, {**copy.deepcopy(cell), "id": f"{id}-copy"})
        if id in answers:
            cell["source"] = answers[id]
    folder = course / "submitted" / student / name
    folder.mkdir(parents=True)
    (folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def test_nbgrader_releases_what_assign_hands_out(nbgrader):
    for name in part_names():
        part = find_part(name)
        released = cells(nbgrader.course / "release" / name / f"{name}.ipynb")
        own = {exercise.grade_id: exercise.draw(1) for exercise in part.exercises}
        mine = student_notebook(part, own, "ada", "Ada", "token")
        for cell in mine["cells"]:
            if cell["id"] != "head":
                assert released.pop(cell["id"]).strip() == "".join(cell["source"]).strip()
        assert released.keys() == {"head"}


def machine(name):
    """The exercises of a part that a machine marks."""
    return [exercise for exercise in find_part(name).exercises if not exercise.manual]


def first_mistake(exercise):
    """A cell with the first typical mistake of the numbers that everybody has, or an aimless function."""
    task = exercise.build(exercise.draw(1))
    if isinstance(task, Function):
        return f"def {task.variable}(*arguments):\n    return 12345.0"
    return f"{task.variable} = {np.asarray(task.mistakes[0].answer, dtype=float).tolist()}"


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=[] if name == FIRST else pytest.mark.nightly) for name in part_names()],
)
def graded(nbgrader, request):
    """A part, and the rows of its students in the gradebook: autograded, with feedback, exported."""
    name, course = request.param, nbgrader.course
    whole = cells(course / "source" / name / f"{name}.ipynb")
    right = {one.grade_id: whole[one.grade_id] for one in machine(name)}
    hand_in(course, "right", name, right)
    hand_in(course, "copied", name, right, copied=machine(name)[0].grade_id)
    hand_in(course, "untouched", name, {})
    wrong = {one.grade_id: first_mistake(one) for one in machine(name)}
    hand_in(course, "wrong", name, wrong | WRONG if name == FIRST else wrong)
    nbgrader("autograde", name, "--ExecutePreprocessor.timeout=20")
    nbgrader("generate_feedback", name)
    nbgrader("export", "--to", "grades.csv")
    with (course / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file) if row["assignment"] == name}
    return name, rows


def test_right_answers_get_the_points_of_the_machine_and_the_rest_waits_for_a_person(graded):
    name, rows = graded
    assert float(rows["right"]["max_score"]) == sum(one.points for one in find_part(name).exercises)
    assert float(rows["right"]["score"]) == sum(one.points for one in machine(name))


def test_a_copied_cell_costs_nothing_and_stops_nobody(graded):
    name, rows = graded
    assert float(rows["copied"]["score"]) == sum(one.points for one in machine(name))


def test_an_untouched_notebook_and_a_wrong_one_get_nothing(graded):
    _, rows = graded
    assert float(rows["untouched"]["score"]) == 0
    assert float(rows["wrong"]["score"]) == 0


def test_the_feedback_names_the_mistake(graded, nbgrader):
    name, _ = graded
    page = (nbgrader.course / "feedback" / "wrong" / name / f"{name}.html").read_text(encoding="utf-8")
    if name == FIRST:
        latency = find_part(name)["latency"]
        hint = latency.build(latency.draw(1)).mistakes[0].hint
        assert all(words in html.unescape(page) for words, *_ in Formatter().parse(hint))
        return
    for exercise in machine(name):
        if exercise.kind == "number":
            hint = exercise.build(exercise.draw(1)).mistakes[0].hint
            assert all(words in html.unescape(page) for words, *_ in Formatter().parse(hint))
        else:
            assert "This is not the right answer." in page
