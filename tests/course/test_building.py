"""`snnlab book` and `snnlab site`: how they build, what they print, what they write."""

import os
import re
import threading
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest

from snnlab.course import building, cli, places, site
from snnlab.course.opening.lab import SETTINGS
from snnlab.course.ports import choose_port

PAGES = {
    "index.html": "<h1>Spiking neural networks</h1>",
    "_static/book.js": "1",
    "chapters/02.html": "<p>54 Hz</p>",
    ".buildinfo": "x",
}


@pytest.fixture
def pages(tmp_path):
    """What a build leaves."""
    folder = tmp_path / "_build" / "html"
    for name, text in PAGES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def names(folder):
    return {f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file()}


# ---- the build ---------------------------------------------------------------------------------------------

BUILDER = """
import os, pathlib, sys
environment = os.environ["SNNLAB_STATIC"], os.environ["JUPYTER_PATH"]
print(sys.argv[2:], *environment, file=open("seen", "w", encoding="utf-8"))
print("running notebooks... [  0%] chapters/02")
print("\\x1b[01mreading sources... \\x1b[39;49;00m[ 50%] \\x1b[35mchapters/02\\x1b[39;49;00m")
print("reading sources... [100%] index")
print("noise")
print("writing output... [100%] index")
print("WARNING: no such label: tau_µ")
if {works}:
    page = pathlib.Path(sys.argv[sys.argv.index("--path-output") + 1], "_build", "html", "index.html")
    page.parent.mkdir(parents=True)
    page.touch()
sys.exit({code})
"""


def builder(monkeypatch, works=True, code=0):
    """Put a small program in the place of Jupyter Book."""
    monkeypatch.setattr(building, "_MAIN", BUILDER.format(works=works, code=code))


@pytest.mark.parametrize("strict", [True, False])
def test_the_builder_is_called_for_our_book(tmp_path, monkeypatch, strict):
    builder(monkeypatch)
    assert building.build_book(tmp_path / "out", strict=strict) == tmp_path / "out/_build/html/index.html"
    seen = (tmp_path / "out" / "seen").read_text(encoding="utf-8")
    assert str(places.repository() / "book") in seen
    assert ("-W" in seen) == strict
    assert f" 1 {SETTINGS}" in seen


def test_a_line_a_page_tells_how_far_it_is(tmp_path, monkeypatch, capfd):
    builder(monkeypatch)
    assert cli.main(["book", "--no-serve", "--out", str(tmp_path)]) == 0
    said = capfd.readouterr()
    assert said.out.splitlines() == [
        "[  0 %] running chapters/02",
        "[ 50 %] reading chapters/02",
        "[100 %] reading index",
        "[100 %] writing index",
        f"The book is at {tmp_path / '_build' / 'html' / 'index.html'}",
    ]
    assert said.err == ""


def test_a_failed_build_shows_what_was_said_and_ends_in_one_sentence(tmp_path, monkeypatch, capfd):
    builder(monkeypatch, works=True, code=1)
    assert cli.main(["book", "--no-serve", "--out", str(tmp_path)]) == 2
    lines = capfd.readouterr().err.splitlines()
    assert "WARNING: no such label: tau_µ" in lines
    assert not [line for line in lines if "reading sources" in line]
    assert (
        lines[-1] == "snnlab: the book was not built without errors and warnings: the lines above name them"
    )


def test_a_build_without_a_page_is_no_success(tmp_path, monkeypatch, capfd):
    builder(monkeypatch, works=False)
    assert cli.main(["book", "--no-serve", "--out", str(tmp_path)]) == 2
    assert "has written no" in capfd.readouterr().err


def test_the_book_is_served_to_this_machine_until_ctrl_c(pages, monkeypatch, capsys):
    port, opened, answers = choose_port(None, first=18_400), [], {}

    class Server(building.ThreadingHTTPServer):
        """It answers two requests and then finds that Ctrl-C was pressed."""

        def serve_forever(self):
            worker = threading.Thread(target=super().serve_forever)
            worker.start()
            for name in ("", "_static/book.js"):
                with urlopen(f"http://127.0.0.1:{port}/{name}", timeout=10) as answer:
                    answers[name] = answer.headers.get_content_type(), answer.read().decode()
            self.shutdown()
            worker.join()
            raise KeyboardInterrupt

    monkeypatch.setattr(building, "ThreadingHTTPServer", Server)
    monkeypatch.setattr(building.webbrowser, "open", opened.append)
    building.serve(pages, port)
    assert opened == [f"http://127.0.0.1:{port}/"]
    assert answers[""] == ("text/html", PAGES["index.html"])
    assert answers["_static/book.js"] == ("text/javascript", "1")
    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == "The server has stopped."
    assert said.err == ""


# ---- the site ----------------------------------------------------------------------------------------------


@pytest.fixture
def out(tmp_path, pages, monkeypatch):
    monkeypatch.setattr(site, "build_book", lambda: pages / "index.html")
    return tmp_path / "my site"


def test_folder_and_zip_hold_the_pages(out, tmp_path, capsys):
    assert cli.main(["site", str(out)]) == 0
    expected = set(PAGES) - {".buildinfo"} | {".snnlab-site", ".nojekyll"}
    assert names(out) == expected
    with zipfile.ZipFile(tmp_path / "my site.zip") as zipped:
        assert {info.filename for info in zipped.infolist()} == {f"my site/{name}" for name in expected}
        zipped.extractall(tmp_path / "elsewhere")
    for name in expected:
        assert (tmp_path / "elsewhere" / "my site" / name).read_bytes() == (out / name).read_bytes()
    assert "my site.zip" in capsys.readouterr().out


def test_a_second_site_replaces_the_first_as_a_whole(out, pages, tmp_path):
    assert cli.main(["site", str(out)]) == 0
    (pages / "chapters" / "02.html").rename(pages / "chapters" / "03.html")
    assert cli.main(["site", str(out)]) == 0
    assert "chapters/03.html" in names(out) and "chapters/02.html" not in names(out)
    with zipfile.ZipFile(tmp_path / "my site.zip") as zipped:
        assert "my site/chapters/02.html" not in zipped.namelist()
    assert not list(tmp_path.glob("*.part"))


def test_an_empty_folder_may_be_used(out):
    out.mkdir()
    assert cli.main(["site", str(out)]) == 0
    assert (out / "index.html").is_file()


def test_a_zip_that_is_none_is_left_alone(out, tmp_path):
    (tmp_path / "my site.zip").write_bytes(b"no zip")
    assert cli.main(["site", str(out)]) == 2
    assert (tmp_path / "my site.zip").read_bytes() == b"no zip"
    assert not out.exists()


def test_a_file_that_arrives_during_the_build_is_left_alone(out, pages, monkeypatch):
    def build():
        out.mkdir()
        (out / "mine.txt").write_text("mine", encoding="utf-8")
        return pages / "index.html"

    monkeypatch.setattr(site, "build_book", build)
    assert cli.main(["site", str(out)]) == 2
    assert names(out) == {"mine.txt"}


def test_files_older_than_a_zip_can_say(out, pages):
    """Some package managers date every file 1970."""
    os.utime(pages / "index.html", (0, 0))
    assert cli.main(["site", str(out)]) == 0


@pytest.mark.slow
def test_our_own_book_is_built_without_a_warning(whole_book):
    chapters = [file.stem for file in (places.repository() / "book" / "chapters").glob("*.ipynb")]
    assert chapters
    assert {f"chapters/{stem}.html" for stem in chapters} <= names(whole_book)
    said, errors = (
        (whole_book.parents[1] / name).read_text(encoding="utf-8") for name in ("said.txt", "errors.txt")
    )
    assert "[100 %] reading" in said and "[100 %] writing" in said
    assert errors == ""


@pytest.mark.slow
def test_a_notebook_that_nbval_has_run_is_not_run_for_the_book(whole_book):
    taken = (whole_book.parents[1] / "taken.txt").read_text(encoding="utf-8").split()
    said = (whole_book.parents[1] / "said.txt").read_text(encoding="utf-8")
    run = re.findall(r"\] running (\S+)", said)
    notebooks = [name for name in names(whole_book / "_sources") if name.endswith(".ipynb")]
    assert len(run) == len(notebooks) - len(taken)
    assert not {Path(name).stem for name in run} & set(taken)
