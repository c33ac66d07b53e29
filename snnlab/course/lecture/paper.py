"""`snnlab pdf`: a chapter on paper, to hand round.

The page has no script: a panel is the picture that stands in the page before it lives, everything that is
folded is open, and an exercise has lines for its answer. Chromium prints it.
"""

import shutil
import tempfile
from html import escape
from pathlib import Path

from bs4 import Tag

from snnlab.course.lecture.chapter_page import ChapterPage
from snnlab.course.lecture.chromium import print_page
from snnlab.course.lecture.deck import OWN
from snnlab.course.lecture.elsewhere import GROUPS, bring_along

__all__ = ["paper_page", "print_chapter"]

_PAGE = """<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="stylesheet" href="_static/pygments.css">
<link rel="stylesheet" href="_static/lecture.css">
<link rel="stylesheet" href="_static/paper.css">
</head>
<body>
{article}
{entries}
</body>
</html>
"""


def print_chapter(chapter: ChapterPage, file: Path, program: str) -> None:
    """Print a chapter.

    Parameters
    ----------
    chapter : ChapterPage
        The chapter, which is changed.
    file : Path
        The PDF.
    program : str
        The path of Chromium.

    Raises
    ------
    CommandError
        If Chromium cannot print.
    """
    with tempfile.TemporaryDirectory(prefix="snnlab-") as name:
        folder = Path(name).resolve()
        (folder / "_static").mkdir()
        shutil.copytree(chapter.pages / "vendor", folder / "vendor")
        shutil.copy(chapter.pages / "_static" / "pygments.css", folder / "_static")
        for style in ("lecture.css", "paper.css"):
            shutil.copy(OWN / style, folder / "_static")
        page = folder / "index.html"
        page.write_text(paper_page(chapter), encoding="utf-8")
        print_page(page, file, program)


def paper_page(chapter: ChapterPage) -> str:
    """The page that is printed.

    Parameters
    ----------
    chapter : ChapterPage
        The chapter, which is changed.

    Returns
    -------
    str
        The page, without scripts.
    """
    article = chapter.article
    entries = bring_along(chapter)
    for part in article.select("script, noscript, .snn-note"):
        part.decompose()
    for folded in article.select("details"):
        folded["open"] = ""
    for folded in article.select(".cell > details.hide"):  # "show the source": it is shown
        for line in folded.find_all("summary", recursive=False):
            line.decompose()
        folded.unwrap()
    for form in article.select(".snn-exercise"):
        form.append(Tag(name="span", attrs={"class": "answer"}))
    end = ""
    for group in GROUPS:
        said = "".join(
            f'<div id="{entry.id}"><h3>{escape(entry.title)}</h3>{entry.html}</div>'
            for entry in entries
            if entry.group == group
        )
        end += f'<section class="entries"><h2>{escape(group)}</h2>{said}</section>' if said else ""
    page = _PAGE.format(title=escape(chapter.title), article=article, entries=end)
    return chapter.aside.back(page)
