"""Write what others list of the chapters: a chapter is its notebook, and nothing has to be told of it.

    python tests/chapters/write_lists.py            write the lists
    python tests/chapters/write_lists.py --check    change nothing, name the files that are old

The table of contents, the minutes in the syllabus and the list in the README stand between two lines that say
who made them. The README takes its sentence from the notebook's metadata, ``"snnlab": {"about": "…"}``. A
chapter's minutes are counted anew where they are off by more than two, so that a word more changes no list.
"""

import re
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))  # pytest does it by itself

from chapters.notebook import Chapter, chapter_files, excursion_files, exercises, read, words

__all__ = ["LISTS", "SLACK", "contents", "cover", "fresh", "lacking", "main", "minutes", "syllabus"]

ROOT = Path(__file__).parents[2]
BEGIN, END = "made by tests/chapters/write_lists.py, from here", "to here"
PARTS = {
    1: "Part I: the neuron",
    5: "Part II: the code",
    9: "Part III: networks",
    12: "Part IV: learning with gradients",
    20: "Part V: learning without gradients",
    25: "Part VI: probabilistic networks",
    26: "Part VII: a chip",
}
"""The caption of each part, by the number with which its chapters begin."""
WORDS, PANEL, EXERCISE, SLACK = 130, 4, 8, 2  # words a minute; minutes


def contents(chapters: list[Chapter], old: str) -> str:
    """The parts of the table of contents that have chapters, and below each chapter its excursions."""
    lines, last = [], None
    for chapter in chapters:
        part = max(first for first in PARTS if first <= chapter.number)
        if part != last:
            lines += [f'  - caption: "{PARTS[part]}"', "    chapters:"]
        lines.append(f"      - file: chapters/{chapter.path.stem}")
        own = [file.stem for file in excursion_files() if file.name[:2] == chapter.path.name[:2]]
        lines += ["        sections:"] * bool(own) + [f"          - file: chapters/{name}" for name in own]
        last = part
    return "\n".join(lines)


def syllabus(chapters: list[Chapter], old: str) -> str:
    """The table of minutes; those in the table `old` stay where they are right."""
    lines = ["| Chapter | Path | The rest | Exercises | Together |", "|---|---|---|---|---|"]
    for chapter in chapters:
        times = minutes(chapter)
        said = re.search(rf"{chapter.path.name}\) \| (\d+) \| (\d+) \|", old)
        before = [int(said[1]), int(said[2])] if said else []
        if not before or any(abs(a - b) > SLACK for a, b in zip(before, times, strict=True)):
            before = [round(time) for time in times]
        row = [*before, EXERCISE * len(exercises(chapter))]
        link = f"[{chapter.number}, {title(chapter)}](chapters/{chapter.path.name})"
        lines.append(f"| {link} | {' | '.join(map(str, row))} | {sum(row)} |")
    return "\n".join(lines)


def cover(chapters: list[Chapter], old: str) -> str:
    """What the README says of each chapter: those from the first on as a list, the later ones below."""
    numbers = [chapter.number for chapter in chapters]
    first = [chapter for k, chapter in enumerate(chapters, 1) if numbers[:k] == [*range(1, k + 1)]]
    later = chapters[len(first) :]
    begins = "Later parts have begun. Each says in its first lines which chapters it needs."
    told = [_told(f"{chapter.number}. ", chapter) for chapter in first]
    told += ["", begins, "", *(_told(f"- {chapter.number}, ", chapter) for chapter in later)] if later else []
    return "\n".join(told)


def _told(begin: str, chapter: Chapter) -> str:
    name = title(chapter)
    text = f"{begin}**{name}**{'' if name.endswith('?') else ':'} {chapter.metadata['snnlab']['about']}"
    indent = " " * (begin.index(" ") + 1)
    return textwrap.fill(text, 120, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)


def title(chapter: Chapter) -> str:
    """Its heading without the number, as far as a colon."""
    return re.match(r"# \d+\. ([^:\n]+)", chapter.cells[0].source)[1]


def minutes(chapter: Chapter) -> tuple[float, float]:
    """What the path and the rest take: words are read, panels played with."""
    stop = next(cell.number for cell in chapter.cells if "part:stop" in cell.tags)
    taken = [
        words(cell) / WORDS + PANEL * (cell.kind == "code" and "part:panel" in cell.tags)
        for cell in chapter.cells
    ]
    return sum(taken[:stop]), sum(taken[stop:])


def lacking(chapter: Chapter) -> list[str]:
    """What a chapter has to have before anything can be listed of it, a sentence each."""
    name, ours = chapter.path.name, chapter.metadata.get("snnlab", {})
    found = []
    if not re.match(r"# \d+\. [^:\n]", chapter.cells[0].source):
        found.append(f"{name} must begin with its number and its name: # {chapter.number}. A name")
    if not any("part:stop" in cell.tags for cell in chapter.cells):
        found.append(f"{name} must have a cell with the tag part:stop, up to which its minutes are counted")
    if "about" not in ours:
        found.append(
            f'{name} must say in its metadata what the README says of it: "snnlab": {{"about": "…"}}'
        )
    return found


LISTS: dict[str, Callable[[list[Chapter], str], str]] = {
    "book/_toc.yml": contents,
    "book/syllabus.md": syllabus,
    "README.md": cover,
}
"""The files, and what makes the lines between the two that mark the place."""


def fresh(name: str, text: str, chapters: list[Chapter]) -> str:
    """The text of a file with its list made anew."""
    begin, end = (f"# {line}" if name.endswith(".yml") else f"<!-- {line} -->" for line in (BEGIN, END))
    before, _, rest = text.partition(f"{begin}\n")
    old, _, after = rest.partition(f"{end}\n")
    assert after, f"{name} has no place for its list"
    around = "" if name.endswith(".yml") else "\n"
    return f"{before}{begin}\n{around}{LISTS[name](chapters, old)}\n{around}{end}\n{after}"


def main(arguments: list[str]) -> int:
    """Write the lists, or name those that are old; the exit code."""
    chapters, old = [read(file) for file in chapter_files()], []
    if lacks := [sentence for chapter in chapters for sentence in lacking(chapter)]:
        print(*lacks, sep="\n", file=sys.stderr)
        return 2
    for name in LISTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        new = fresh(name, text, chapters)
        if new != text:
            old.append(name)
            if "--check" not in arguments:
                (ROOT / name).write_text(new, encoding="utf-8", newline="\n")
    print(*old, sep="\n", end="\n" * bool(old))
    return int("--check" in arguments and bool(old))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
