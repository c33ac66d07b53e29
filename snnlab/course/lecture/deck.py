"""`snnlab slides`: the slides of a chapter as a folder that opens from the disk.

reveal.js is not ours and stands nowhere in the repository: it is taken from the package `sphinx-revealjs`,
with its licence.
"""

import re
import shutil
from html import escape
from importlib.util import find_spec
from pathlib import Path

from bs4 import Tag

from snnlab.course.errors import CommandError
from snnlab.course.lecture.chapter_page import ChapterPage
from snnlab.course.lecture.cutting import Slide, cut
from snnlab.course.lecture.elsewhere import GROUPS, Entry, bring_along
from snnlab.course.lecture.teachers_notes import teachers_notes

__all__ = ["check_folder", "slides_page", "write_deck"]

MARK = ".snnlab-slides"  # a folder with this file was written here, and may be written again
OWN = Path(__file__).parent  # has the styles and the script
_FROM_PAGES = ("_static/pygments.css", "_static/snnlab-course.js", "vendor")
_FROM_REVEAL = {
    "LICENSE": "LICENSE",
    "reveal.css": "dist/reveal.css",
    "reveal.js": "dist/reveal.js",
    "notes.js": "plugin/notes/notes.js",
}
_ENTRIES, _LINES, _LETTERS = 8, 38, 56  # entries and lines on a slide, in two columns; letters in a line
_PAGE = """<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>{title}</title>
<link rel="stylesheet" href="reveal/reveal.css">
<link rel="stylesheet" href="_static/pygments.css">
<link rel="stylesheet" href="_static/lecture.css">
<link rel="stylesheet" href="_static/slides.css">
<script src="_static/paper_or_night.js"></script>
<script defer src="_static/snnlab-course.js"></script>
</head>
<body>
<div class="reveal"><div class="slides">
{slides}
</div></div>
<script src="reveal/reveal.js"></script>
<script src="reveal/notes.js"></script>
<script src="_static/slides.js"></script>
</body>
</html>
"""


def write_deck(chapter: ChapterPage, folder: Path) -> None:
    """Write the slides of a chapter; an older folder of theirs goes only when the new one is complete.

    Parameters
    ----------
    chapter : ChapterPage
        The chapter, which is taken apart.
    folder : Path
        Where to.

    Raises
    ------
    CommandError
        If the folder has something else in it.
    """
    check_folder(folder)
    fresh = folder.with_name(folder.name + ".part")
    if fresh.exists():
        shutil.rmtree(fresh)
    fresh.mkdir(parents=True)
    (fresh / MARK).write_text(
        "`snnlab slides` writes this folder and replaces it as a whole.\n", encoding="utf-8"
    )
    (fresh / "index.html").write_text(slides_page(chapter), encoding="utf-8")
    for name in _FROM_PAGES:
        source, target = chapter.pages / name, fresh / name
        target.parent.mkdir(exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    for name in ("lecture.css", "slides.css", "paper_or_night.js", "slides.js"):
        shutil.copy(OWN / name, fresh / "_static" / name)
    (fresh / "reveal").mkdir()
    for name, where in _FROM_REVEAL.items():
        shutil.copy(_reveal() / where, fresh / "reveal" / name)
    if folder.exists():
        shutil.rmtree(folder)
    fresh.rename(folder)


def check_folder(folder: Path) -> None:
    """Stop if `folder` is something that slides must not replace.

    Parameters
    ----------
    folder : Path
        Where slides are to be written.

    Raises
    ------
    CommandError
        If it is a file, or has files that are not from this command.
    """
    if folder.exists() and not folder.is_dir():
        raise CommandError(f"{folder} is a file: name another folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise CommandError(f"{folder} has files that are not from `snnlab slides`: name another folder")


def _reveal() -> Path:
    spec = find_spec("sphinx_revealjs")
    assert spec is not None and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "_static" / "revealjs"


def slides_page(chapter: ChapterPage) -> str:
    """The page with all slides.

    Parameters
    ----------
    chapter : ChapterPage
        The chapter, which is taken apart.

    Returns
    -------
    str
        The page.
    """
    entries = bring_along(chapter)
    columns = cut(chapter, teachers_notes(chapter))
    slides = [_column([_slide(slide) for slide in column]) for column in columns]
    for group in GROUPS:
        there = [entry for entry in entries if entry.group == group]
        if there:
            slides.append(_column([_entries(group, part) for part in _shared_out(there)]))
    page = _PAGE.format(title=escape(chapter.title), slides="\n".join(slides))
    return chapter.aside.back(page)


def _shared_out(entries: list[Entry]) -> list[list[Entry]]:
    """As many entries on each slide as it has room for."""
    parts: list[list[Entry]] = [[]]
    for entry in entries:
        if len(parts[-1]) == _ENTRIES or sum(map(_lines, [*parts[-1], entry])) > _LINES:
            parts.append([])
        parts[-1].append(entry)
    return [part for part in parts if part]


def _lines(entry: Entry) -> int:
    """How many lines an entry takes: its title, each paragraph, and half a line below each."""
    paragraphs = [re.sub(r"<[^>]+>", "", part) for part in entry.html.split("</p>")]
    return 2 + sum(1 + round(len(words) / _LETTERS + 0.5) for words in paragraphs if words.strip())


def _column(slides: list[str]) -> str:
    return slides[0] if len(slides) == 1 else "<section>\n" + "\n".join(slides) + "\n</section>"


def _slide(slide: Slide) -> str:
    level = "h1" if slide.kind == "title" else "h2"
    body = "".join(str(part) for part in slide.body)
    notes = "".join(_note(part) for part in slide.notes)
    return _section(slide.kind, f"<{level}>{escape(slide.heading)}</{level}>", body, notes, slide.id)


def _note(part: Tag | str) -> str:
    if isinstance(part, Tag):
        for link in part.select("a[href]"):  # the window of the notes stays where it is
            link["target"] = "_blank"
    return str(part)


def _entries(group: str, entries: list[Entry]) -> str:
    said = "".join(
        f'<div id="{entry.id}"><h3>{escape(entry.title)}</h3>{entry.html}</div>' for entry in entries
    )
    return _section("entries", f"<h2>{escape(group)}</h2>", said, "", "")


def _section(kind: str, heading: str, body: str, notes: str, id: str) -> str:
    named = f' id="{id}"' if id else ""
    spoken = f'<aside class="notes">{notes}</aside>' if notes else ""
    return (
        f'<section{named} class="leaf {kind}"><div class="page">{heading}<div class="body">{body}</div></div>'
        f"{spoken}</section>"
    )
