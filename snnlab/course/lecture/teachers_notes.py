"""The teacher's notes on a chapter, from the built page `teaching`, in the parts that slides want."""

import re
from typing import NamedTuple

from bs4 import Tag

from snnlab.course.lecture.chapter_page import ChapterPage, SetAside, parse_article, words_of

__all__ = ["TeachersNotes", "teachers_notes"]

_AFTER = re.compile(r"\(after (\d+\.\d+)\)$")
_TALK = "To talk about"
_TASK = re.compile(r"(\d+\.\d+),")


class TeachersNotes(NamedTuple):
    """What the page says of one chapter, as HTML."""

    opening: str
    """How long it takes, what comes before it, its aims, and what to talk about at any time."""
    questions: dict[str, str]
    """What to talk about after an exercise."""
    mistakes: dict[str, str]
    """What goes wrong in an exercise."""


def teachers_notes(chapter: ChapterPage) -> TeachersNotes:
    """The notes on a chapter; an excursion has none.

    Parameters
    ----------
    chapter : ChapterPage
        The chapter.

    Returns
    -------
    TeachersNotes
        All empty if there are none.
    """
    page = chapter.pages / "teaching.html"
    article = parse_article(SetAside(page.read_text(encoding="utf-8")).text) if page.is_file() else None
    link = article.select_one(f'h3 a[href$="chapters/{chapter.file.name}"]') if article else None
    section = link.find_parent("section") if link else None
    return _parts(section) if isinstance(section, Tag) else TeachersNotes("", {}, {})


def _parts(section: Tag) -> TeachersNotes:
    for link in section.select("a[href]"):
        link.unwrap()  # the window of the notes has no pages beside it
    opening, questions, mistakes = "", {}, {}
    question = section.find("p", recursive=False)  # stands on the slide
    for part in section.find_all(True, recursive=False):
        if part.name == "details":
            mistakes = _mistakes(part)
        elif part.name == "ul" and any(_AFTER.search(words_of(item)) for item in part.select("li")):
            for item in part.find_all("li", recursive=False):
                after = _AFTER.search(words_of(item))
                if after:
                    questions[after[1]] = str(item)
                else:
                    opening += f"<p><strong>{_TALK}</strong></p><ul>{item}</ul>"
        elif part.name in ("p", "ul") and part is not question and words_of(part) != _TALK:
            opening += str(part)
    return TeachersNotes(opening, questions, mistakes)


def _mistakes(folded: Tag) -> dict[str, str]:
    found: dict[str, str] = {}
    task = ""
    for part in folded.find_all(True, recursive=False):
        name = _TASK.match(words_of(part)) if part.name == "p" else None
        if name:
            task = name[1]
        elif task and part.name == "ul":
            found[task] = str(part)
    return found
