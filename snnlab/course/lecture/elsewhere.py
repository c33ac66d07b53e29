"""What a chapter links to, brought along: slides and paper have no other pages beside them.

A link to a word of the glossary, to a name of the library or to another chapter leads to an entry behind the
chapter, which says in a few lines what is there. Links in the chapter and to other hosts stay as they are.
"""

import re
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import NamedTuple

from bs4 import Tag

from snnlab.course.lecture.chapter_page import ChapterPage, SetAside, parse_article, words_of

__all__ = ["GROUPS", "Entry", "bring_along"]

GROUPS = ("Words", "Names of the library", "Elsewhere in the course")
_SCHEME = re.compile(r"^(#|[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_LONG = 60  # words of an entry, to the end of the sentence that passes them


class Entry(NamedTuple):
    """What stands at the other end of a link."""

    id: str
    group: str
    title: str
    html: str


def bring_along(chapter: ChapterPage) -> list[Entry]:
    """Let the links of a chapter lead to entries behind it.

    Parameters
    ----------
    chapter : ChapterPage
        The chapter, whose links are changed.

    Returns
    -------
    list of Entry
        The entries, in the order of `GROUPS` and there by the alphabet.
    """
    entries: dict[str, Entry] = {}
    for link in chapter.article.select("a[href]"):
        href = str(link["href"])
        if _SCHEME.match(href):
            continue
        path, _, anchor = href.partition("#")
        file = (chapter.file.parent / path).resolve()
        entry = _entry(file, anchor, chapter.pages)
        entries[entry.id] = entry
        link["href"] = f"#{entry.id}"
    return sorted(entries.values(), key=lambda entry: (GROUPS.index(entry.group), entry.title.casefold()))


def _entry(file: Path, anchor: str, pages: Path) -> Entry:
    name = re.sub(r"[^\w]+", "-", f"{file.stem}-{anchor}" if anchor else file.stem).strip("-").casefold()
    id, article = f"about-{name}", _article(file)
    if article is None:
        return Entry(id, GROUPS[2], file.stem, "")
    found = article.find(id=anchor) if anchor else None
    if isinstance(found, Tag) and found.name == "dt":
        body = found.find_next_sibling("dd")
        said = body.find("p") if isinstance(body, Tag) else None
        signature = f"<code>{escape(words_of(found).removesuffix('[source]').rstrip())}</code>"
        return Entry(id, GROUPS[1], anchor, f"<p>{signature}</p>{_paragraphs([said])}")
    if file.stem == "glossary" and isinstance(found, Tag):
        heading = found.find(re.compile("^h[1-6]$"))
        title = words_of(heading) if isinstance(heading, Tag) else anchor
        return Entry(id, GROUPS[0], title, _paragraphs(found.find_all("p", recursive=False)))
    first = article.find("h1")
    title = words_of(first) if isinstance(first, Tag) else file.stem
    said = first.find_next_sibling("p") if isinstance(first, Tag) else None
    part = found.find(re.compile("^h[2-6]$")) if isinstance(found, Tag) else None
    if isinstance(part, Tag):
        title = f"{title}: {words_of(part)}"
        said = part.find_next_sibling("p")
    return Entry(id, GROUPS[2], title, _paragraphs([said]))


@lru_cache(maxsize=64)
def _article(file: Path) -> Tag | None:
    if not file.is_file():
        return None
    return parse_article(SetAside(file.read_text(encoding="utf-8")).text)


def _paragraphs(parts: list) -> str:
    """The first of `parts`, without links and as long as an entry may be."""
    said, words = "", 0
    for part in parts:
        if not isinstance(part, Tag) or words >= _LONG:
            continue
        words += len(words_of(part).split())
        text = re.sub(r"</?a\b[^>]*>| (id|class)=\"[^\"]*\"", "", str(part))
        said += text
    return said
