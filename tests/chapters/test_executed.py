"""What nbval has run is kept as a build of the book would have run it, and only if all of it is right."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from chapters import executed
from chapters.tiny import code, prose, shown, stream
from jupyter_cache import get_cache
from nbformat import v4

PROJECT = Path(__file__).parents[2]
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
CELLS = (
    prose("# A title"),
    code(
        "import os\nprint('one')\nprint('two', os.environ['SNNLAB_STATIC'])",
        outputs=(stream("one\ntwo 1\n"),),
    ),
    code(
        "from IPython.display import HTML, display\n"
        "class Words(HTML):\n    __repr__ = lambda self: 'a bar of 3'\n"
        "print('before', flush=True)\nprint('it')\ndisplay(Words('<hr>'))\nprint('after')",
        outputs=(stream("before\nit\n"), shown("a bar of 3"), stream("after\n")),
    ),
    code("6 * 7", outputs=(v4.new_output("execute_result", data={"text/plain": "42"}, execution_count=3),)),
)


def committed(path: Path, *cells) -> Path:
    notebook = v4.new_notebook(
        cells=list(cells), metadata={"kernelspec": KERNEL, "language_info": {"name": "python"}}
    )
    for count, cell in enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), 1):
        cell.execution_count = count
    nbformat.write(notebook, path)
    return path


def run_nbval(folder: Path, *files: str) -> subprocess.CompletedProcess:
    """Run the notebooks in `folder` with the settings of this project; what is kept goes to its `kept`."""
    (folder / "conftest.py").write_text((PROJECT / "conftest.py").read_text("utf-8"), "utf-8")
    (folder / "pytest.ini").write_text(f"[pytest]\npythonpath = {PROJECT / 'tests'}\n", encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env", *files],
        cwd=folder, env={**os.environ, executed.VARIABLE: str(folder / "kept")},
        capture_output=True, encoding="utf-8", errors="replace",
    )  # fmt: skip


def run_all(files: list[Path]) -> list[nbformat.NotebookNode]:
    """What a build of the book makes of notebooks."""
    built = []
    run = executed.extension("run_notebooks").run_all
    assert run(files, lambda *told: None, lambda file, notebook, seconds: built.append(notebook), 60) == []
    return built


def test_it_is_kept_as_a_build_keeps_it_and_only_what_is_right(tmp_path, monkeypatch):
    """The same outputs, cell by cell, as those of a build that runs the notebook itself."""
    good = committed(tmp_path / "good.ipynb", *CELLS)
    committed(tmp_path / "wrong.ipynb", *CELLS[:3], code("6 * 8", outputs=CELLS[3].outputs))
    run = run_nbval(tmp_path, "good.ipynb", "wrong.ipynb")
    assert "1 failed, 5 passed" in run.stdout, run.stdout

    monkeypatch.setenv(executed.VARIABLE, str(tmp_path / "kept"))
    assert executed.take_executed(tmp_path / "_build") == ["good"]
    (folder,) = (tmp_path / "_build" / ".jupyter_cache").iterdir()
    cache = get_cache(str(folder))
    _, kept = cache.merge_match_into_notebook(nbformat.read(good, as_version=4))
    cache.db.dispose()

    monkeypatch.setenv("SNNLAB_STATIC", "1")
    (built,) = run_all([good])
    assert kept.metadata.language_info == built.metadata.language_info
    for cell, other in zip(kept.cells, built.cells, strict=True):
        assert cell.source == other.source
        assert cell.get("outputs") == other.get("outputs")
        assert cell.get("execution_count") == other.get("execution_count")


def test_without_the_variable_nothing_is_kept(tmp_path, monkeypatch):
    monkeypatch.delenv(executed.VARIABLE, raising=False)
    assert executed.executed_folder() is None
    assert executed.take_executed(tmp_path) == []
    assert not list(tmp_path.iterdir())


def test_what_was_kept_of_other_sources_is_not_taken(tmp_path, monkeypatch):
    monkeypatch.setenv(executed.VARIABLE, str(tmp_path / "kept"))
    (tmp_path / "kept" / "0123456789abcdef" / "executed").mkdir(parents=True)
    assert executed.take_executed(tmp_path / "_build") == []
    assert not (tmp_path / "_build").exists()


@pytest.mark.parametrize("next_is_a_notebook", [True, False])
def test_a_worker_is_busy_until_its_last_notebook_is_done(tmp_path, next_is_a_notebook):
    keeper = executed.KeepExecuted(tmp_path / "hash")
    cell = executed.IPyNbCell.__new__(executed.IPyNbCell)
    keeper.pytest_runtest_setup(cell)
    assert keeper.busy.is_locked
    keeper.pytest_runtest_teardown(cell, cell if next_is_a_notebook else None)
    assert keeper.busy.is_locked == next_is_a_notebook
    keeper.busy.release()
