"""The files that judge a part: all that runs when its answers are judged, and not the rest of the course."""

import shutil
import sys
from pathlib import Path

import pytest

from snnlab.course.classroom.judging_files import judging_files
from snnlab.course.classroom.reading import edition_of, exercises_folder, find_part, part_names
from snnlab.course.errors import CommandError
from snnlab.course.exercises.kinds import Function
from snnlab.course.other_process.outcome import Outcome
from snnlab.course.places import PACKAGE

FIRST = "part1"  # which has a recording, a neuron, and an exercise of the book


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The package, to be changed; `changed` says which files of part 1 that changes."""
    folder = tmp_path_factory.mktemp("copy") / "snnlab"
    shutil.copytree(PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__", "chapters"))
    return folder


def changed(copy, name, change):
    file, before = copy.parent / name, judging_files(exercises_folder() / FIRST, copy)
    data = file.read_bytes()
    try:
        file.write_bytes(change(data))
        after = judging_files(exercises_folder() / FIRST, copy)
    finally:
        file.write_bytes(data)
    return {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)}


@pytest.mark.parametrize(
    "name",
    [
        "snnlab/course/judging/diagnose.py",
        "snnlab/course/exercises/chapter02/curtain.py",
        "snnlab/neurons/models/lif.py",
        "snnlab/data/recording.py",
        "snnlab/data/patch_fast_spiking.npz",
        "snnlab/course/classroom/intake/extract.py",
        "snnlab/course/classroom/sandbox/limits.py",
        "snnlab/course/classroom/sandbox/student_process.py",
    ],
)
def test_what_judges_counts(copy, name):
    assert changed(copy, name, lambda data: data + b"\n# another\n") == {name}


@pytest.mark.parametrize(
    "name",
    [
        "snnlab/plots/drawings.py",
        "snnlab/course/exercises/chapter20/faster.py",
        "snnlab/course/classroom/giving_back/feedback.py",
        "snnlab/data/grasshopper.npz",
        "snnlab/data/__init__.py",
    ],
)
def test_what_judges_nothing_does_not(copy, name):
    assert changed(copy, name, lambda data: data + b"\n# another\n") == set()


def test_the_ends_of_lines_are_no_change_and_a_module_that_is_imported_is_one(copy):
    name = "snnlab/course/judging/diagnose.py"
    assert changed(copy, name, lambda data: data.replace(b"\n", b"\r\n")) == set()
    more = "snnlab/plots/drawings.py"
    imported = b"\nfrom snnlab.plots import drawings\n"
    assert {name, more} <= changed(copy, name, lambda data: data + imported)


def test_a_file_that_is_no_python_is_named(copy):
    with pytest.raises(CommandError, match=r"diagnose\.py, line 2: SyntaxError"):
        changed(copy, "snnlab/course/judging/diagnose.py", lambda data: b"x = 1\n1 +\n")


def test_a_part_is_of_another_edition_where_the_course_is_another():
    part, folder = find_part(FIRST), exercises_folder() / FIRST
    assert part.edition == edition_of(folder, judging_files(folder))
    other = edition_of(folder, {**part.course, "snnlab/course/judging/diagnose.py": "0"})
    assert other != part.edition and other.startswith(f"{part.definitions}-")


@pytest.mark.parametrize("name", part_names())
def test_all_that_runs_when_answers_are_judged_is_listed(name):
    """Seen from outside, by what Python really runs while numbers are drawn and answers compared."""
    part, ran = find_part(name), set()
    sys.setprofile(lambda frame, event, _: ran.add(frame.f_code.co_filename))
    try:
        for exercise in part.exercises:
            variant = exercise.draw(3)
            task, right = exercise.build(variant), exercise.expected(variant)
            received = [Outcome("numbers", one) for one in right] if isinstance(task, Function) else right
            mark = exercise.compare(variant, received)
            assert exercise.manual or mark.reason == "right"
            for answer in ("text", -1.0, [1.0, 2.0]):
                if not isinstance(task, Function):
                    exercise.compare(variant, answer)
    finally:
        sys.setprofile(None)
    files = {Path(file) for file in ran if Path(file).is_relative_to(PACKAGE)}
    seen = {file.relative_to(PACKAGE.parent).as_posix() for file in files}
    assert {"snnlab/course/judging/answers.py", "snnlab/course/classroom/parts.py"} <= seen
    assert seen - part.course.keys() <= {"snnlab/__init__.py", "snnlab/course/__init__.py"}
