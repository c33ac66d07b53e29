"""`snnlab open playground`: the panels beside the chapters, in the reader's folder."""

import nbformat
import pytest
from reader import write_chapters

from snnlab.course.errors import CommandError
from snnlab.course.opening import open_course
from snnlab.course.opening.playground_notebook import PLAYGROUND


@pytest.fixture
def folder(tmp_path, monkeypatch):
    source = write_chapters(tmp_path / "chapters")
    monkeypatch.setattr(open_course, "chapters_folder", lambda: source)
    return tmp_path / "mine"


@pytest.mark.parametrize("asked", ["playground", "Playground", "playground.ipynb", "play"])
def test_it_is_opened_by_its_name(folder, asked):
    assert open_course.prepare(asked, str(folder)) == (folder, PLAYGROUND)
    notebook = nbformat.read(folder / PLAYGROUND, as_version=4)
    nbformat.validate(notebook)
    assert [cell.cell_type for cell in notebook.cells] == ["markdown", "code"]
    exec(notebook.cells[1].source, {})


def test_it_comes_only_when_it_is_asked_for(folder):
    open_course.prepare("2", str(folder))
    assert not (folder / PLAYGROUND).exists()


def test_the_readers_own_is_left_alone(folder):
    folder.mkdir()
    (folder / PLAYGROUND).write_text("mine", encoding="utf-8")
    assert open_course.prepare("playground", str(folder)) == (folder, PLAYGROUND)
    assert (folder / PLAYGROUND).read_text(encoding="utf-8") == "mine"


def test_a_mistyped_name_is_offered(folder):
    with pytest.raises(CommandError, match=r"did you mean `snnlab open playground`\?"):
        open_course.prepare("plaground", str(folder))
