"""`snnlab doctor`: one line for each finding, and an exit code that says whether the course opens."""

import importlib.metadata
import json
from types import SimpleNamespace

import pytest
from reader import write_chapters
from snnlab_widgets.wasm import cache as wasm_cache

from snnlab.course import cli, doctor, warmup


@pytest.fixture
def healthy(tmp_path, monkeypatch):
    """A machine on which everything works: the course is installed, with chapters, and has a home.

    What has been compiled for the page stays where it is kept: making all panels anew takes half a minute.
    """
    kept = wasm_cache.folder()
    monkeypatch.setattr(wasm_cache, "folder", lambda: kept)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv("SNNLAB_HOME", raising=False)
    chapters = write_chapters(tmp_path / "chapters")
    monkeypatch.setattr(doctor, "chapters_folder", lambda: chapters)
    monkeypatch.setattr(warmup, "cache_folder", lambda: tmp_path)
    return tmp_path


def examine(capsys, *arguments):
    code = cli.main(["doctor", *arguments])
    said = capsys.readouterr()
    assert said.err == ""
    *lines, verdict = said.out.splitlines()
    assert all(line.split(" ")[0] in ("ok", "note", "problem") for line in lines)
    assert verdict.startswith("The course can") and ("cannot" in verdict) == (code == 1)
    return code, lines


def the(lines, part):
    (line,) = [line for line in lines if part in line]
    return line


def test_all_is_well(healthy, capsys):
    code, lines = examine(capsys)
    assert code == 0
    assert not [line for line in lines if line.startswith("problem")]
    assert the(lines, "Python 3.").startswith("ok")
    assert "jupyterlab 4" in the(lines, "anywidget")
    assert "2 chapters" in the(lines, "chapters in")
    assert "snnlab open` will make" in the(lines, "snnlab-course")


def test_nothing_is_left_behind(healthy, capsys):
    before = sorted(healthy.rglob("*"))
    examine(capsys)
    assert sorted(healthy.rglob("*")) == before


@pytest.mark.parametrize("name", list(doctor.CHECKS))
def test_a_check_that_fails_is_a_finding_and_stops_no_other(healthy, capsys, monkeypatch, name):
    def fails(*_):
        raise ImportError("numpy.core.multiarray failed\nto import")

    monkeypatch.setitem(doctor.CHECKS, name, fails)
    code, lines = examine(capsys)
    assert code == 1
    assert the(lines, "multiarray") == f"problem  {name}: ImportError: numpy.core.multiarray failed to import"
    assert len(lines) >= len(doctor.CHECKS) - 2


def test_a_missing_package_is_a_problem_or_a_note(healthy, capsys, monkeypatch):
    there = importlib.metadata.version

    def version(name):
        if name in ("jupyterlab", "bokeh", "jupyter-book"):
            raise importlib.metadata.PackageNotFoundError(name)
        return there(name)

    monkeypatch.setattr(doctor, "version", version)
    code, lines = examine(capsys)
    assert code == 1
    assert the(lines, "jupyterlab is not").startswith("problem  jupyterlab is not installed: run ")
    assert "[course]" in the(lines, "jupyterlab is not")
    assert the(lines, " bokeh is not").startswith("note")
    assert the(lines, "jupyter-book is not").startswith("note") and "[book]" in the(
        lines, "jupyter-book is not"
    )


def test_kernels_that_cannot_be_kept_are_a_note(healthy, capsys, monkeypatch):
    monkeypatch.setattr(warmup, "cache_folder", lambda: None)
    code, lines = examine(capsys)
    assert code == 0
    assert the(lines, "NUMBA_CACHE_DIR").startswith("note")


def test_a_panel_without_the_browsers_engine_says_why(healthy, capsys, monkeypatch):
    made = SimpleNamespace(
        engine="kernel", spec={"note": "Python computes this figure: Numba 0.1 is not known"}
    )
    monkeypatch.setattr(doctor, "panels_to_show", lambda: {"lif": lambda: made})
    code, lines = examine(capsys)
    assert code == 0
    line = the(lines, "the panel lif")
    assert line == f"note     the panel lif works with the kernel only: {made.spec['note']}"


def test_no_panels(healthy, capsys, monkeypatch):
    monkeypatch.setattr(doctor, "panel_packages", list)
    code, lines = examine(capsys)
    assert code == 1
    assert the(lines, "panels are missing").startswith("problem")


def test_another_python3_kernel_is_a_note(healthy, capsys, monkeypatch):
    kernel = healthy / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    spec = {"argv": ["/another/python"], "display_name": "Another", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(healthy / "jupyter"))
    code, lines = examine(capsys)
    assert code == 0
    assert the(lines, "/another/python").startswith("note")


def test_no_chapters(healthy, capsys, monkeypatch):
    monkeypatch.setattr(doctor, "chapters_folder", lambda: None)
    code, lines = examine(capsys)
    assert code == 1
    assert the(lines, "no chapters").startswith("problem")


def test_the_other_snnlab(healthy, capsys, monkeypatch):
    monkeypatch.setattr(doctor, "conflict", lambda: "the unrelated project snnlab 9 is installed")
    code, lines = examine(capsys)
    assert code == 1
    assert the(lines, "unrelated").startswith("problem")


def test_no_port_is_free(healthy, capsys, monkeypatch):
    monkeypatch.setattr("snnlab.course.ports.is_free", lambda port: False)
    code, lines = examine(capsys)
    assert code == 1
    assert the(lines, "all in use").startswith("problem")


@pytest.mark.parametrize("state", ["fresh", "used", "file", "damaged", "below a file", "read-only"])
def test_the_readers_folder(healthy, capsys, monkeypatch, state):
    folder = healthy / "mine"
    if state in ("used", "damaged"):
        (folder / ".snnlab").mkdir(parents=True)
        text = json.dumps({"a.ipynb": "1", "b.md": "2"}) if state == "used" else "{"
        (folder / ".snnlab" / "delivered.json").write_text(text, encoding="utf-8")
    if state == "file":
        folder.touch()
    if state == "below a file":
        (healthy / "file").touch()
        folder = healthy / "file" / "mine"
    if state == "read-only":
        folder.mkdir()
        monkeypatch.setattr(doctor, "can_write", lambda folder: False)
    said = {
        "fresh": "ok       `snnlab open` will make",
        "used": f"ok       your folder {folder} can be written (2 files delivered)",
        "file": "problem",
        "damaged": "problem",
        "below a file": "problem",
        "read-only": "problem",
    }[state]
    code, lines = examine(capsys, "--dir", str(folder))
    assert the(lines, str(folder)).startswith(said)
    assert code == said.startswith("problem")


def test_no_chromium_is_a_note(healthy, capsys, monkeypatch):
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    code, lines = examine(capsys)
    assert code == 0
    assert the(lines, "Chromium").startswith("note")
