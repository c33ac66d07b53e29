"""What a link does with a newer edition: a notebook stays one, and keeps what its student wrote."""

import subprocess
import sys
from importlib.util import find_spec

import nbformat
import pytest
from hub.course_repository import Course
from hub.student import CHAPTER
from needs import need

pytestmark = pytest.mark.nightly
MINE = "first_spike = 27.49  # I have got it"
NOTE = "What I have found out myself."
NEW = "What was not there before."
V4 = nbformat.v4


def other_words(notebook):
    for cell in notebook.cells:
        cell.source += f"\n\n{NEW}" if cell.cell_type == "markdown" else f"\n# {NEW}"


def cells_between(notebook):
    for place in (20, 10, 4, 3):
        notebook.cells.insert(place, V4.new_code_cell(f"print({NEW!r})"))
        notebook.cells.insert(place, V4.new_markdown_cell(NEW))


def fewer_cells(notebook):
    del notebook.cells[5:9]
    notebook.cells[0].source += NEW


def other_outputs(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [V4.new_output("stream", text=f"{NEW}\n" * 3)]


def other_settings(notebook):
    notebook.metadata["new"] = NEW
    for cell in notebook.cells:
        cell.metadata["tags"] = [*cell.metadata.get("tags", []), NEW]


EDITIONS = (other_words, cells_between, fewer_cells, other_outputs, other_settings)


def of_a_student(notebook):
    """All cells have run, one has an answer, two are theirs."""
    for count, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "code":
            if 'check("2.1"' in cell.source:
                cell.source = f'{MINE}\n\ncheck("2.1", first_spike)'
            picture = {"image/png": "iVBORw0KGgo=", "text/plain": "a picture"}
            cell.outputs = [
                V4.new_output("stream", text="so many spikes\n"),
                V4.new_output("execute_result", picture, execution_count=count),
            ]
            cell.execution_count = count
    notebook.cells.insert(3, V4.new_markdown_cell(NOTE))
    notebook.cells.append(V4.new_code_cell(f"print({NOTE!r})"))


def edit(file, how):
    notebook = nbformat.read(file, as_version=4)
    how(notebook)
    nbformat.write(notebook, file)


@pytest.fixture
def course(tmp_path):
    need(find_spec("nbgitpuller"), "needs nbgitpuller, of the extra hub")
    return Course(tmp_path, 0)


def follow_the_link(course):
    """Fetch the course into the home, the first time or again; give the folder."""
    place = course.folder.parent / "home" / "course"
    command = [sys.executable, "-m", "nbgitpuller.pull", course.folder.as_uri(), "main", place]
    subprocess.run(command, check=True, capture_output=True)
    return place


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_notebook_stays_one_and_keeps_what_its_student_wrote(course, edition):
    file = follow_the_link(course) / CHAPTER
    edit(file, of_a_student)
    edit(course.folder / CHAPTER, edition)
    course.publish("A newer edition")
    follow_the_link(course)
    now = nbformat.read(file, as_version=4)
    nbformat.validate(now)
    lines = [line for cell in now.cells for line in cell.source.splitlines()]
    assert {MINE, NOTE, f"print({NOTE!r})"} <= set(lines)
    assert NEW in file.read_text(encoding="utf-8") or edition is other_outputs  # whose place has run here


def test_files_of_a_student_are_kept_beside_those_of_the_course(course):
    """One that the course brings as well, one that it gives up, and one that was thrown away."""
    place = follow_the_link(course)
    own, given_up, thrown_away = (
        place / "book" / "chapters" / name for name in ("99_new.ipynb", "glossary.md", CHAPTER.split("/")[-1])
    )
    own.write_text("mine", encoding="utf-8")
    given_up.write_text("with my notes", encoding="utf-8")
    thrown_away.unlink()
    (course.folder / "book" / "chapters" / "99_new.ipynb").write_text("theirs", encoding="utf-8")
    (course.folder / "book" / "chapters" / "glossary.md").unlink()
    course.publish("A newer edition")
    follow_the_link(course)
    assert own.read_text(encoding="utf-8") == "theirs"
    (renamed,) = own.parent.glob("99_new__*.ipynb")
    assert renamed.read_text(encoding="utf-8") == "mine"
    assert given_up.read_text(encoding="utf-8") == "with my notes"
    assert nbformat.read(thrown_away, as_version=4).cells
