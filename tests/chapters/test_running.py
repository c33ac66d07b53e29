"""What happens around a chapter: its run under nbval, its time, stripping it, the command that checks it."""

import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from chapters import check_chapter, strip_notebooks
from chapters.strip_notebooks import strip, text_of
from chapters.timing import ChapterTimes
from chapters.tiny import code, good_cells, prose, shown, stream
from nbformat import v4

PROJECT = Path(__file__).parents[2]
HTML = "from IPython.display import HTML, Image, display\n"
ADDRESS = "class A:\n    pass\nA()"


def write(path, *cells, **metadata):
    path.write_text(text_of(strip(v4.new_notebook(cells=list(cells), metadata=metadata))), encoding="utf-8")
    return path


def result(text):
    return v4.new_output("execute_result", data={"text/plain": text}, execution_count=None)


def test_nbval_runs_every_chapter_and_is_strict(pytestconfig):
    assert pytestconfig.getoption("nbval") and not pytestconfig.getoption("nbval_lax")
    assert "book/chapters" in pytestconfig.getini("testpaths")


@pytest.mark.slow
def test_nbval_compares_what_is_printed_and_what_figures_say(tmp_path):
    """With the settings of this project: words and numbers are compared, pictures and addresses are not."""
    write(
        tmp_path / "mixed.ipynb",
        code("print(1 + 1)", outputs=(stream("2\n"),)),
        code("print(1 + 1)", outputs=(stream("3\n"),)),
        code(HTML + "HTML('<b>alive</b>')", outputs=(result("<IPython.core.display.HTML object>"),)),
        code(HTML + "HTML('<b>alive</b>')", outputs=(result("a trace with 12 spikes"),)),
        code(ADDRESS, outputs=(result("<__main__.A at 0x7f0123456789>"),)),
        code("import sys\nprint('x', file=sys.stderr)"),
        code("print('unexpected')"),
        code("raise ValueError('no')"),
    )
    (tmp_path / "conftest.py").write_text((PROJECT / "conftest.py").read_text("utf-8"), "utf-8")
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]
    options = [option for option in settings["addopts"] if option.startswith("--nbval")]
    options = [option.replace("=tests", f"={PROJECT / 'tests'}") for option in options]
    (tmp_path / "pytest.ini").write_text(f"[pytest]\npythonpath = {PROJECT / 'tests'}\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", *options, "mixed.ipynb"],
        cwd=tmp_path, capture_output=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    told = [line.split()[0] for line in run.stdout.splitlines() if line.startswith(("PASSED", "FAILED"))]
    numbers = [int(line.split("Cell ")[1]) for line in run.stdout.splitlines() if line.startswith("PASSED")]
    assert len(told) == 8 and numbers == [0, 2, 4, 5], run.stdout
    assert "mixed.ipynb ran in" in run.stdout


def test_a_slow_chapter_is_told():
    times = ChapterTimes(limit=60.0)
    for seconds in (30.0, 29.0):
        times.pytest_runtest_logreport(SimpleNamespace(nodeid="book/02_a.ipynb::Cell 1", duration=seconds))
    times.pytest_runtest_logreport(SimpleNamespace(nodeid="tests/test_a.py::test", duration=100.0))
    assert times.lines() == ["book/02_a.ipynb ran in 59.0 s"]

    times.pytest_runtest_logreport(SimpleNamespace(nodeid="book/02_a.ipynb::Cell 2", duration=2.0))
    assert times.lines() == ["book/02_a.ipynb ran in 61.0 s: a chapter should run in 60 s"]


def test_stripping_keeps_words_and_removes_the_rest():
    picture = v4.new_output(
        "display_data", data={"text/plain": "A line", "image/png": "aGk=", "text/html": "<b>"}
    )
    outputs = (stream("a\n"), stream("b\n"), picture, v4.new_output("stream", name="stderr", text="warning"))
    cell = code("plot()", "part:hook", "hide-input", outputs=outputs)
    cell.metadata |= {"execution": {"started": "now"}, "collapsed": True}
    cell.execution_count = 7
    metadata = {
        "widgets": {"state": {}},
        "snnlab": {"prerequisites": []},
        "language_info": {"name": "python", "version": "3.11"},
    }
    before = v4.new_notebook(cells=[cell, prose("text", "part:stop")], metadata=metadata)

    after = strip(before)
    assert [output.get("text") or output.data for output in after.cells[0].outputs] == [
        "a\nb\n",
        {"text/plain": "A line"},
    ]
    assert after.cells[0].execution_count == 1
    assert after.cells[0].metadata == {"tags": ["part:hook", "hide-input"]}
    assert after.metadata["snnlab"] == {"prerequisites": []} and "widgets" not in after.metadata
    assert "version" not in after.metadata["language_info"]
    assert text_of(strip(after)) == text_of(after)
    assert before.cells[0].execution_count == 7


def test_the_strip_command(tmp_path, capsys):
    cell = code(
        "plot()", outputs=(v4.new_output("display_data", data={"text/plain": "A", "image/png": "aGk="}),)
    )
    path = tmp_path / "02_a.ipynb"
    dirty = text_of(v4.new_notebook(cells=[cell]))
    path.write_text(dirty, encoding="utf-8")

    assert strip_notebooks.main(["--check", str(path)]) == 1
    assert "is not stripped" in capsys.readouterr().out
    assert path.read_text("utf-8") == dirty

    assert strip_notebooks.main([str(path)]) == 0
    assert "image/png" not in path.read_text("utf-8")
    assert strip_notebooks.main(["--check", str(path)]) == 0
    with pytest.raises(SystemExit) as stopped:
        strip_notebooks.main([str(tmp_path / "none.ipynb")])
    assert stopped.value.code == 2


@pytest.mark.slow
def test_the_strip_command_can_run_a_notebook(tmp_path):
    path = write(tmp_path / "02_a.ipynb", code("print(6 * 7)"))
    assert strip_notebooks.main(["--run", str(path)]) == 0
    assert nbformat.read(path, as_version=4).cells[0].outputs[0].text == "42\n"


def test_the_check_command_lists_every_problem(tmp_path, capsys):
    cells = good_cells()
    cells["answer"] = prose("It fires 13<!-- v_th --> times.")
    cells["source"] = code("for i in x: pass", outputs=(shown("63.0"),))
    path = write(tmp_path / "02_a.ipynb", *cells.values(), snnlab={"prerequisites": [], "about": "a neuron."})

    assert check_chapter.main([str(path)]) == 1
    told = capsys.readouterr().out
    place = list(cells).index("answer") + 1
    assert f"numbers: cell {place}: 13 is told" in told
    assert (
        "code: cell" in told
        and "figures: cell" in told
        and "parts: no code cell has the tag part:code" in told
    )
    assert told.rstrip().endswith("problems")
    with pytest.raises(SystemExit) as stopped:
        check_chapter.main([str(tmp_path / "glossary.ipynb")])
    assert stopped.value.code == 2
    assert set(check_chapter.all_problems(path)) == set(check_chapter.CHECKS)


@pytest.mark.parametrize("name", ["check_chapter.py", "strip_notebooks.py"])
def test_the_commands_start_from_anywhere(name, tmp_path):
    script = PROJECT / "tests" / "chapters" / name
    run = subprocess.run(
        [sys.executable, script, "--help"], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    assert run.returncode == 0 and "usage" in run.stdout
