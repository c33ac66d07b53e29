"""Sentences of cause against their controls.

For authors
-----------
A number can be right and its explanation wrong. A sentence of the prose with one of the words *because*,
*thanks to*, *that is why*, *decides* or *makes* therefore says, before its full stop, what was done to find
out that this is the cause::

    It fires early because of the noise<!-- control: without noise -->.
    The leak makes it forget<!-- control: test_without_a_leak_it_forgets_nothing -->.

A control is the same experiment with the claimed cause taken away, and the difference: paired where it can
be, and larger than its spread. It is named by the words of its printed line, joined by ``&`` (the line must
hold a number), or by a test function in ``tests/``. A sentence may name several.

A sentence that claims nothing about a result says why it needs none: ``<!-- no control: definition -->``, or

``definition``
    It says what a word means, or how a model, a chip or an experiment is built.
``mathematics``
    It follows from an equation or a count that the page shows.
``citation``
    Somebody else showed it: the sentence names an author of the chapter's references.
``task``
    It says what the reader should do, or what the page does and why.

**Not looked at** are questions, exercises, references, code, mathematics, tables, headings. A mark in the
next sentence does not count, and one in a sentence without such a word is an error: it may have lost it.
"""

import ast
import re
from functools import cache
from pathlib import Path

from chapters.notebook import Chapter, Problem, printed_lines
from chapters.sentences import Sentence, lines_with, sentences

__all__ = ["REASONS", "cause_problems", "is_control"]

TESTS = Path(__file__).parents[1]
CAUSE = re.compile(r"\b(because|thanks\s+to|that\s+is\s+why|decides|makes)\b", re.I)
MARK = re.compile(r"(no )?control:\s*(.*)", re.S)
REASONS = ("definition", "mathematics", "citation", "task")
AUTHOR = re.compile(r"[^\W\d_a-z][\w'’-]+(?=,)|(?<=, )[^\W\d_a-z][\w'’-]{2,}")


def is_control(mark: str) -> bool:
    """Whether the text of a comment is a mark of this check."""
    return MARK.fullmatch(mark) is not None


def cause_problems(chapter: Chapter) -> list[Problem]:
    """Every sentence of cause without a control, and every control that does not exist."""
    lines, authors = printed_lines(chapter), _authors(chapter)
    problems = []
    for sentence in sentences(chapter):
        marks = [found for found in map(MARK.fullmatch, sentence.marks) if found]
        word = CAUSE.search(sentence.said)
        if marks and not word:
            problems.append(
                Problem(
                    sentence.cell, f'"{sentence.short}" has a control and no word of cause: {marks[0][0]}'
                )
            )
        elif word and not marks and not sentence.said.rstrip(" \n*_\"'”’)").endswith("?"):
            problems.append(
                Problem(sentence.cell, f'"{sentence.short}" says "{word[0]}" and names no control')
            )
        for mark in marks:
            why = _no_reason(mark[2], sentence, authors) if mark[1] else _no_control(mark[2], lines)
            if why:
                problems.append(Problem(sentence.cell, why))
    return problems


def _no_control(control: str, lines: list[str]) -> str:
    """Why `control` is none; empty if it is one."""
    if re.fullmatch(r"test_\w+", control):
        return "" if control in _tests() else f"no test is called {control}"
    found = lines_with(control, lines)
    if not found:
        return f'no printed line contains "{control}" (named as a control)'
    return "" if any(re.search(r"\d", line) for line in found) else f'the line of "{control}" holds no number'


def _no_reason(reason: str, sentence: Sentence, authors: set[str]) -> str:
    """Why `reason` does not free `sentence` from a control; empty if it does."""
    if reason not in REASONS:
        return f'"{reason}" is no reason to have no control: {", ".join(REASONS)}'
    if reason == "citation" and not authors & set(re.findall(r"[\w'’-]+", sentence.said)):
        return f'"{sentence.short}" names nobody of the references'
    return ""


def _authors(chapter: Chapter) -> set[str]:
    """The surnames in the references: what stands before a comma, ahead of the year."""
    items = "\n".join(cell.source for cell in chapter.tagged("part:references", "markdown")).splitlines()
    return {name for item in items for name in AUTHOR.findall(re.split(r"\(\d{4}", item)[0])}


@cache
def _tests() -> frozenset[str]:
    """The names of all test functions."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in TESTS.rglob("test_*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return frozenset(node.name for node in nodes if node.name.startswith("test_"))
