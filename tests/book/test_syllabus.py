"""The syllabus names chapters that are in the book, and its minutes follow from them."""

import re

import pytest
from chapters.notebook import exercises, read, words
from sample_book import BOOK

WORDS, PANEL, EXERCISE, SLACK = 130, 4, 8, 2  # words a minute; minutes
ROW = re.compile(
    r"^\| \[(\d+)[^|]*\]\(chapters/([\w]+)\.ipynb\) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.M
)
TEXT = (BOOK / "syllabus.md").read_text(encoding="utf-8")


def minutes(cells):
    """What the cells take: words are read, panels played with."""
    panels = sum("part:panel" in cell.tags and cell.kind == "code" for cell in cells)
    return sum(words(cell) for cell in cells) / WORDS + PANEL * panels


@pytest.mark.parametrize("row", ROW.findall(TEXT), ids=lambda row: row[1])
def test_minutes_follow_from_the_chapter(row):
    _, name, path, rest, tasks, together = row
    chapter = read(BOOK / "chapters" / f"{name}.ipynb")
    stop = next(cell.number for cell in chapter.cells if "part:stop" in cell.tags)
    first, whole = minutes(chapter.cells[:stop]), minutes(chapter.cells)
    assert abs(int(path) - first) <= SLACK and abs(int(rest) - (whole - first)) <= SLACK
    assert int(tasks) == EXERCISE * len(exercises(chapter))
    assert int(together) == int(path) + int(rest) + int(tasks)


def test_it_names_every_chapter_of_the_book():
    there = re.findall(r"file: chapters/(\d\w+)", (BOOK / "_toc.yml").read_text(encoding="utf-8"))
    named = [row[1] for row in ROW.findall(TEXT)]
    assert len(there) >= 16 and sorted(named) == sorted(there)
