"""The page of versions: what a run leaves behind, how the table keeps it, and what the page says of it."""

import json
import platform
import subprocess
import sys

import pytest
import versions
from chapters.notebook import chapter_files, excursion_files
from sample_book import BOOK

sys.path.append(str(BOOK / "_ext"))

import which_versions

CASE = '<testcase classname="book.{}.ipynb" name="Cell {}">{}</testcase>'


def report(*cases, day="2026-01-31"):
    inside = "".join(CASE.format(*case) for case in cases)
    other = '<testcase classname="tests.test_spikes" name="test_a"><failure/></testcase>'
    return f'<testsuites><testsuite timestamp="{day}T12:00:00">{inside}{other}</testsuite></testsuites>'


def test_a_notebook_has_passed_if_all_its_cells_have():
    day, found = versions.chapters(
        report(
            ("chapters.01_a", 0, ""),
            ("chapters.01_a", 1, "<failure/>"),
            ("chapters.01_a", 2, ""),
            ("chapters.02_b", 0, ""),
            ("index", 0, "<skipped/>"),
        )
    )
    assert day == "2026-01-31"
    assert found == {"chapters/01_a": "failed", "chapters/02_b": "passed", "index": "skipped"}


def test_a_run_tells_what_it_ran_on(tmp_path):
    (tmp_path / "report.xml").write_text(report(("chapters.01_a", 0, "")), encoding="utf-8")
    asked = ["note", "newest", str(tmp_path / "report.xml"), str(tmp_path / "note.json")]
    assert subprocess.run([sys.executable, versions.__file__, *asked]).returncode == 0
    note = json.loads((tmp_path / "note.json").read_text(encoding="utf-8"))
    assert (note["which"], note["python"]) == ("newest", platform.python_version())
    assert platform.machine() in note["system"]
    assert note["packages"].keys() >= {"numpy", "numba", "jupyterlab", "sphinx-revealjs", "neo"}
    assert {"pytest", "snnlab-course"}.isdisjoint(note["packages"])
    assert "pytest" in note["others"] and "snnlab-course" not in note["others"]
    assert note["chapters"] == {"chapters/01_a": ["passed", "2026-01-31"]}


def test_a_run_without_notebooks_leaves_nothing(tmp_path):
    (tmp_path / "report.xml").write_text(report(), encoding="utf-8")
    assert versions.main(["note", "tested", str(tmp_path / "report.xml"), str(tmp_path / "note.json")]) == 0
    assert not (tmp_path / "note.json").exists()
    assert versions.main(["note", "latest", "a", "b"]) == 2


def ran(day, *names, which="tested", numpy="2.0", system="Debian"):
    return {
        "day": day,
        "which": which,
        "python": "3.12.1",
        "system": system,
        "packages": {"numpy": numpy},
        "others": {"uv": "1"},
        "chapters": {name: ["passed", day] for name in names},
    }


def test_a_chapter_keeps_its_last_run_on_each_system():
    table = {}
    for note in (
        ran("2026-01-01", "a", "b"),
        ran("2026-01-02", "b", "c"),
        ran("2026-01-03", "c", numpy="2.1"),
        ran("2026-01-04", "a", system="macOS"),
        ran("2026-01-05", "a", which="newest"),
        ran("2025-12-31", "a", "b", "c", numpy="1.9"),  # one that was left lying about
    ):
        table = versions.merged(table, note)
    found = [
        (run["which"], run["system"], run["packages"]["numpy"], dict(run["chapters"]))
        for run in table["runs"]
    ]
    assert found == [
        ("tested", "Debian", "2.0", {"a": ["passed", "2026-01-01"], "b": ["passed", "2026-01-02"]}),
        ("tested", "Debian", "2.1", {"c": ["passed", "2026-01-03"]}),
        ("tested", "macOS", "2.0", {"a": ["passed", "2026-01-04"]}),
        ("newest", "Debian", "2.0", {"a": ["passed", "2026-01-05"]}),
    ]


def test_each_system_and_each_python_is_looked_up(monkeypatch):
    calls = []

    def uv(command, **given):
        calls.append(command)
        windows = "x86_64-pc-windows-msvc" in command
        assert given["env"]["MACOSX_DEPLOYMENT_TARGET"]
        said = "  × No solution found when resolving:\n  ╰─▶ Because it has no\n  │   wheels and we need it"
        return subprocess.CompletedProcess(command, int(windows), "numba==0.63.1\nnumpy==2.3.5\nx==1\n", said)

    monkeypatch.setattr(versions.subprocess, "run", uv)
    table = versions.merged(versions.merged({}, ran("2026-01-01", "a")), versions.resolved("python"))
    assert len(table["resolved"]) == len(versions.PLATFORMS) * len(versions.PYTHONS)
    assert len(calls) == 2 * len(table["resolved"]) and all("--only-binary" in call for call in calls)
    text = which_versions.what_was_looked_up(table)
    assert text.count("NumPy 2.3.5, Numba 0.63.1") == 16 and text.count("| no |") >= 1
    assert "- Windows, Python 3.14, the course: it has no wheels." in text


def test_what_is_no_answer_of_uv_is_no_row():
    with pytest.raises(SystemExit, match="uv could not be asked: error: no network"):
        versions.reason("error: no network")


def test_the_page_tells_of_every_notebook_and_of_every_kind_of_run():
    committed = json.loads((BOOK / which_versions.TABLE).read_text(encoding="utf-8"))
    source = (BOOK / f"{which_versions.PAGE}.md").read_text(encoding="utf-8")
    page = which_versions.filled(source, BOOK)
    assert source.count("<!--") == 3 and "<!--" not in page
    for file in [*chapter_files(), *excursion_files(), BOOK / "index.ipynb", BOOK / "playground.ipynb"]:
        assert f"({file.relative_to(BOOK).as_posix()})" in page
    assert set(which_versions.WHICH) == set(versions.WHICH)
    told = {run["which"] for run in committed["runs"]}
    for which, words in which_versions.WHICH.items():
        assert (f"on the {words}" in page) != (which in told)
    assert {said for run in committed["runs"] for said, _ in run["chapters"].values()} <= {"passed", "failed"}
