"""`snnlab slides` and `snnlab pdf`: what is said where something is in the way, before anything is built."""

import sys

import pytest

pytest.importorskip("bs4")

from snnlab.course import cli
from snnlab.course.lecture import chromium, commands, deck

PAGE = """<article class="bd-article"><section id="a">
<h1>5. Random spikes</h1><p><em>Why?</em></p></section></article>"""


@pytest.fixture
def pages(tmp_path):
    """Built pages, as far as the commands look at them."""
    folder = tmp_path / "html"
    for name, text in {
        "chapters/05_random_spikes.html": PAGE,
        "_static/pygments.css": "",
        "_static/snnlab-course.js": "",
        "vendor/python.js": "",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def reveal(monkeypatch, tmp_path):
    """reveal.js, whether it is installed or not; and nothing is built."""
    folder = tmp_path / "reveal"
    for file in deck._FROM_REVEAL.values():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).touch()
    monkeypatch.setattr(deck, "_reveal", lambda: folder)
    monkeypatch.setattr(commands, "require", lambda extra, *modules: None)
    monkeypatch.setattr(commands, "build_book", lambda: pytest.fail("a book was built"))
    monkeypatch.chdir(tmp_path)


def said(capsys, *words: str) -> str:
    """What a command that fails says."""
    assert cli.main(words) == 2
    text = capsys.readouterr().err
    assert text.count("\n") == 1
    return text


def names(folder):
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("command", ["slides", "pdf"])
def test_no_such_chapter_and_the_nearest(capsys, command):
    assert f"did you mean `snnlab {command} 05_random_spikes`?" in said(capsys, command, "random_spike_s")
    assert "there is no chapter '77'" in said(capsys, command, "77")


def test_pages_that_are_none(capsys, tmp_path):
    assert "has no pages of chapters" in said(capsys, "slides", "5", "--pages", str(tmp_path))


def test_a_folder_of_slides_is_replaced_as_a_whole(pages, tmp_path, capsys):
    folder = tmp_path / "snnlab-slides-05"
    assert cli.main(["slides", "5", "--pages", str(pages)]) == 0
    assert str(folder / "index.html") in capsys.readouterr().out
    first = names(folder)
    assert {"index.html", "reveal/LICENSE", "vendor/python.js", "_static/slides.css"} <= first
    (folder / "old.txt").touch()
    assert cli.main(["slides", "5", "--pages", str(pages)]) == 0
    assert names(folder) == first


@pytest.mark.parametrize("make", ["file", "folder"])
def test_what_is_not_ours_is_left_alone(pages, tmp_path, capsys, make):
    out = tmp_path / "mine"
    if make == "folder":
        out.mkdir()
    thesis = out / "thesis.tex" if make == "folder" else out
    thesis.write_text("years", encoding="utf-8")
    assert "name another folder" in said(capsys, "slides", "5", "--pages", str(pages), "--out", str(out))
    assert thesis.read_text(encoding="utf-8") == "years"


def test_a_pdf_has_the_name_of_one(pages, capsys, tmp_path):
    assert "ends in .pdf" in said(capsys, "pdf", "5", "--pages", str(pages), "--out", "notes.txt")


def test_without_chromium_it_says_what_to_install(pages, capsys, monkeypatch):
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    assert "install one of them" in said(capsys, "pdf", "5", "--pages", str(pages))
    text = said(capsys, "pdf", "5", "--pages", str(pages), "--browser", "netscape")
    assert "there is no program netscape" in text


def test_a_browser_that_prints_nothing_is_named(pages, capsys):
    text = said(capsys, "pdf", "5", "--pages", str(pages), "--browser", sys.executable)
    assert "has printed nothing" in text and "--browser" in text
