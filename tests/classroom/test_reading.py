"""A part is read from the files that teachers correct, and what they break is told with its line."""

import pytest

from snnlab.course import cli
from snnlab.course.classroom import reading
from snnlab.course.classroom.reading import exercises_folder


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy of the first part, which may be broken."""
    folder = tmp_path / "exercises" / "part98"
    folder.mkdir(parents=True)
    for file in (exercises_folder() / "part1").glob("*.py"):
        (folder / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(reading, "exercises_folder", lambda: folder.parent)
    return folder


BREAK = {
    "EXERCISE = (": (lambda text: "first = 1\nEXERCISE = (\n" + text, "latency.py, line "),
    "a name that is none": (
        lambda text: "import math\n\nmath.logg(1)\n",
        "latency.py, line 3: AttributeError",
    ),
    "no exercise": (lambda text: "first = 1\n", "latency.py does not define EXERCISE"),
    "something else": (lambda text: "EXERCISE = 1\n", "latency.py does not define EXERCISE"),
}


@pytest.mark.parametrize("name", BREAK)
def test_what_a_teacher_breaks_is_told_with_its_line(copy, tmp_path, capsys, name):
    change, said = BREAK[name]
    file = copy / "latency.py"
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    (tmp_path / "roster.csv").write_text("id\nada\n", encoding="utf-8")
    assert cli.main(["assign", "part98", "--roster", str(tmp_path / "roster.csv"), "--out", "nowhere"]) == 2
    err = capsys.readouterr().err
    assert said in err and err.count("\n") == 1


UNLIKE = {
    '("latency", "sweep")': "latency, sweep of part98 cannot share one exercise: one has the grade_id",
    '("latency", "missing")': "missing.py is missing",
    '("judgement", "judgement")': "is marked by a person",
}


@pytest.mark.parametrize("names", UNLIKE)
def test_questions_that_cannot_share_one_exercise_are_told(copy, tmp_path, capsys, names):
    file = copy / "part.py"
    head = file.read_text(encoding="utf-8").partition("ORDER = ")[0]
    file.write_text(f"{head}ORDER = ({names},)\n", encoding="utf-8")
    (tmp_path / "roster.csv").write_text("id\nada\n", encoding="utf-8")
    assert cli.main(["assign", "part98", "--roster", str(tmp_path / "roster.csv"), "--out", "nowhere"]) == 2
    assert UNLIKE[names] in capsys.readouterr().err


def test_a_head_without_its_words_is_told(copy, tmp_path, capsys):
    (copy / "part.py").write_text('TITLE = "Spikes"\n', encoding="utf-8")
    (tmp_path / "roster.csv").write_text("id\nada\n", encoding="utf-8")
    assert cli.main(["assign", "part98", "--roster", str(tmp_path / "roster.csv"), "--out", "nowhere"]) == 2
    assert "part.py does not define INTRODUCTION" in capsys.readouterr().err
