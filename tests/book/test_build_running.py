"""The notebooks of the book are run together; one that fails is named and keeps no other waiting."""

import asyncio
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psutil  # ipykernel needs it
import pytest
from chapters.executed import extension
from sample_book import build_book, copy_book, write_notebook

running = extension("run_notebooks")
# Each waits until the other has begun: one after the other, neither would end.
MEET = """import pathlib, time
pathlib.Path("{me}").touch()
while not pathlib.Path("{other}").exists():
    time.sleep(0.01)
print("met", flush=True)
print("{other}")"""


def run(files, timeout=120, tell=lambda *told: None):
    """Run them; return the troubles and what each that has run printed."""
    kept = {}

    def keep(file, notebook, seconds):
        kept[file.stem] = "".join(o.text for cell in notebook.cells for o in cell.get("outputs", []))
        assert all(len(cell.get("outputs", [])) <= 1 for cell in notebook.cells)

    return running.run_all(files, tell, keep, timeout), kept


@pytest.fixture
def notebook(tmp_path):
    def write(name, *cells):
        write_notebook(tmp_path / f"{name}.ipynb", [(cell, []) if "\n" in cell else cell for cell in cells])
        return tmp_path / f"{name}.ipynb"

    return write


def test_two_run_at_a_time_and_the_lines_tell_how_many_have_ended(notebook, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 2)
    files = [
        notebook("a", MEET.format(me="a", other="b")),
        notebook("b", MEET.format(me="b", other="a")),
        notebook("c", "\nprint('last')"),
    ]
    told = []
    troubles, kept = run(files, tell=lambda file, ended: told.append((file.stem, ended)))
    assert troubles == []
    assert kept == {"a": "met\nb\n", "b": "met\na\n", "c": "last\n"}
    assert told == [("a", 0), ("b", 0), ("c", 1)]


def test_a_cell_that_fails_is_named_and_the_others_are_kept(notebook, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 1)
    files = [notebook("bad", "# Title", "\nx = 1", "\nx / 0"), notebook("good", "\nprint('right')")]
    (trouble,), kept = run(files)
    assert trouble.startswith(f"{files[0]}, cell 3: ") and "ZeroDivisionError" in trouble
    assert kept == {"good": "right\n"}


@pytest.mark.parametrize(("cell", "said"), [
    ("\nimport time\ntime.sleep(600)", "timed out"),
    ("\nimport os\nos._exit(1)", "died"),
])  # fmt: skip
def test_a_cell_without_end_and_a_kernel_that_dies_are_named(notebook, cell, said):
    (trouble,), kept = run([notebook("bad", "# Title", cell)], timeout=3)
    assert "bad.ipynb, cell 2: " in trouble and said in trouble.lower()
    assert kept == {}


def test_ctrl_c_ends_the_kernels_and_what_has_run_is_kept(notebook, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 1)
    endless = """
import os, pathlib
pathlib.Path("part").write_text(str(os.getpid()))
pathlib.Path("part").rename("pid")
while True:
    pass"""
    files = [notebook("good", "\nprint('right')"), notebook("endless", endless), notebook("never", "\n1")]
    begun, kept = [], []

    def press():
        end = time.monotonic() + 120
        while not (tmp_path / "pid").exists() and time.monotonic() < end:
            time.sleep(0.05)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)

    # A shell has those that it starts in the background ignore the key, and a Python among them leaves it so.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=press).start()
    try:
        with pytest.raises(KeyboardInterrupt):
            running.run_all(
                files, lambda file, _: begun.append(file.stem), lambda file, *_: kept.append(file.stem), 120
            )
    finally:
        signal.signal(signal.SIGINT, before)
    assert begun == ["good", "endless"]
    assert kept == ["good"]
    assert not psutil.pid_exists(int((tmp_path / "pid").read_text()))


def test_they_run_where_a_loop_runs_already(notebook):
    """As in a process that drives a browser."""

    async def inside():
        return run([notebook("good", "\nprint('right')")])

    with ThreadPoolExecutor(1) as thread:  # in this one a browser may be driven
        assert thread.submit(lambda: asyncio.run(inside())).result() == ([], {"good": "right\n"})


def test_text_in_several_pieces_is_one_and_warnings_are_no_part_of_a_page():
    from nbformat.v4 import new_output

    def stream(text, name="stdout"):
        return new_output("stream", name=name, text=text)

    picture = new_output("display_data", data={"text/plain": "a picture"})
    pieces = [stream("a"), stream("b"), stream("warning", "stderr"), stream("c"), picture, stream("d")]
    assert running.joined(pieces) == [stream("abc"), picture, stream("d")]


@pytest.mark.slow
def test_a_build_stops_with_the_cell_keeps_the_other_notebooks_and_runs_none_twice(tmp_path):
    count = 'with open("{}", "a") as file:\n    file.write("x")'
    book = copy_book(tmp_path, ["# 2. A sample", (count.format("sample") + "\n1 / 0", [])])
    write_notebook(book / "playground.ipynb", ["# Playground", (count.format("playground"), [])])
    with pytest.raises(AssertionError, match=r"02_sample\.ipynb, cell 2: (?s:.*)ZeroDivisionError"):
        build_book(book)
    write_notebook(book / "chapters" / "02_sample.ipynb", ["# 2. A sample", (count.format("sample"), [])])
    page = build_book(book) / "chapters" / "02_sample.html"
    assert page.is_file()
    assert (book / "playground").read_text() == "x"
    assert (book / "chapters" / "sample").read_text() == "xx"
