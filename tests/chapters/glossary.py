"""Words of the glossary and where a chapter uses them.

For authors
-----------
An entry of ``book/chapters/glossary.md`` is a heading in lower case, other names, and a definition::

    ## rheobase

    *Also: threshold current.*

    The smallest constant current that makes a neuron fire …

Entries are sorted; no name stands twice. ``<!-- ambiguous: rate, reset -->`` below a heading says that these
of the entry's names are everyday words too and need no link.

In a chapter **bold introduces a term**, which must be an entry. Bold that ends in ``.``, ``:`` or ``?``
inside its stars is a run-in head and free. **The first use of a listed term** is a link,
``[threshold](glossary.md#threshold)``, or is bold, or both. A plural is understood. Headings, the question
line, exercises, references, tables, code and mathematics are not looked at.
"""

import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from chapters.notebook import CHAPTERS, Chapter, Problem, blank

__all__ = ["GLOSSARY", "Entry", "glossary_problems", "read_glossary", "term_problems"]

GLOSSARY = CHAPTERS / "glossary.md"
HEADING = re.compile(r"^## +(.*?)\s*$", re.M)
ALSO = re.compile(r"^\*Also: (.*?)\.?\*\s*$", re.M | re.S)
AMBIGUOUS = re.compile(r"<!--\s*ambiguous:\s*(.*?)\s*-->", re.S)
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")
BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.S)
RUN_IN = (".", ":", "?")


class Entry(NamedTuple):
    """One entry of the glossary."""

    name: str
    others: tuple[str, ...]
    ambiguous: frozenset[str]
    definition: str

    @property
    def anchor(self) -> str:
        """What a link to the entry ends in."""
        return self.name.lower().replace(" ", "-")

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the entry."""
        return (self.name, *self.others)


def read_glossary(text: str) -> list[Entry]:
    """The entries of a glossary, in its order."""
    _, *parts = HEADING.split(text)
    entries = []
    for name, body in zip(parts[::2], parts[1::2], strict=True):
        also, ambiguous = ALSO.search(body), AMBIGUOUS.search(body)
        definition = AMBIGUOUS.sub("", ALSO.sub("", body)).strip()
        entries.append(Entry(name, _listed(also), frozenset(map(str.lower, _listed(ambiguous))), definition))
    return entries


def glossary_problems(text: str) -> list[Problem]:
    """What is wrong with the glossary itself."""
    entries = read_glossary(text)
    problems = [] if entries else [Problem(None, "the glossary has no entry")]
    names = [entry.name for entry in entries]
    for name, after in pairwise(names):
        if name > after:
            problems.append(Problem(None, f'"{after}" must stand before "{name}"'))
    everything = [name.lower() for entry in entries for name in entry.names]
    for name in sorted({name for name in everything if everything.count(name) > 1}):
        problems.append(Problem(None, f'"{name}" stands twice'))
    for entry in entries:
        # JupyterLab and the book make the same address of such a heading, and of no other.
        if not re.fullmatch(r"[a-z0-9][a-z0-9 -]*", entry.name):
            problems.append(
                Problem(None, f'"{entry.name}" must be lower case: letters, digits, spaces and hyphens')
            )
        if not entry.definition:
            problems.append(Problem(None, f'"{entry.name}" has no definition'))
        for word in sorted(entry.ambiguous - set(map(str.lower, entry.names))):
            problems.append(Problem(None, f'"{word}" is marked ambiguous but is no name of "{entry.name}"'))
    return problems


def term_problems(chapter: Chapter, entries: list[Entry]) -> list[Problem]:
    """Bold words that are no entries, links to none, and terms whose first use is neither bold nor a link."""
    problems: list[Problem] = []
    by_name = {name.lower(): entry for entry in entries for name in entry.names}
    anchors = {entry.anchor for entry in entries}
    seen: set[str] = set()
    for cell in chapter.cells:
        if cell.kind != "markdown":
            continue
        text = blank(
            cell.source, "fences", "code", "comments", "display", "math", "tables", "headings", "images"
        )
        for link in LINK.finditer(text):
            file, _, anchor = link[2].partition("#")
            if Path(file).name == GLOSSARY.name and anchor not in anchors:
                problems.append(Problem(cell.number, f'the glossary has no entry "{anchor}"'))
        if cell.tags & {"part:exercise", "part:references", "part:question"}:
            continue
        bold = [found for found in BOLD.finditer(text) if not LINK.sub(r"\1", found[1]).endswith(RUN_IN)]
        for found in bold:
            if _known(LINK.sub(r"\1", found[1]), by_name) is None:
                problems.append(Problem(cell.number, f'"{found[1]}" is bold but is no entry of the glossary'))
        problems += _first_uses(cell.number, text, bold, by_name, seen)
    return problems


def _first_uses(cell: int, text: str, bold: list, by_name: dict[str, Entry], seen: set[str]) -> list[Problem]:
    """Problems with the terms of `text` that are not in `seen` yet; puts them there."""
    problems = []
    links = list(LINK.finditer(text))
    for found in _terms(by_name).finditer(blank(text, "addresses", "tags")):
        word = _tidy(found[1])
        entry = by_name[word]
        if entry.name in seen or word in entry.ambiguous:
            continue
        seen.add(entry.name)
        target = next((link[2] for link in links if _inside(found, link)), None)
        right = target is not None and target.endswith(f"{GLOSSARY.name}#{entry.anchor}")
        if not right and not any(_inside(found, span) for span in bold):
            link = f"[{found[0]}]({GLOSSARY.name}#{entry.anchor})"
            problems.append(Problem(cell, f'the first "{found[0]}" must be a link: {link}'))
    return problems


def _terms(by_name: dict[str, Entry]) -> re.Pattern:
    """Any of the names, the longest first, also when a line breaks inside."""
    names = sorted(by_name, key=len, reverse=True)
    any_name = "|".join(r"[\s>]+".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"(?<![\w-])({any_name or '(?!)'})(?:e?s)?(?![\w-])", re.I)


def _known(words: str, by_name: dict[str, Entry]) -> Entry | None:
    word = _tidy(words)
    return next(
        (
            by_name[form]
            for form in (word, word.removesuffix("s"), word.removesuffix("es"))
            if form in by_name
        ),
        None,
    )


def _tidy(words: str) -> str:
    return re.sub(r"[\s>]+", " ", words).strip().lower()


def _listed(found: re.Match | None) -> tuple[str, ...]:
    return tuple(re.sub(r"\s+", " ", name).strip() for name in found[1].split(",")) if found else ()


def _inside(inner: re.Match, outer: re.Match) -> bool:
    return outer.start() <= inner.start() and inner.end() <= outer.end()
