"""Labelled equations of the book against the tests that carry their label.

An equation is labelled ``$$ … $$ (lif-membrane)``, a test says which one it checks with the marker
``@pytest.mark.equation("lif-membrane")``. A label without a test and a marker without an equation are both
errors. The markers are read from the sources of the tests, so that the answer does not depend on which tests
were selected.
"""

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from chapters.notebook import Chapter, Problem, blank

__all__ = ["equation_labels", "equation_markers", "labels_under_test", "orphans"]

LABELLED = re.compile(r"\$\$.*?\$\$(?:[ \t]*\(([\w-]+)\))?", re.S)


def equation_labels(chapter: Chapter) -> list[tuple[int, str]]:
    """The labels of a chapter, each with the number of its cell."""
    return [
        (cell.number, found.group(1))
        for cell in chapter.cells
        if cell.kind == "markdown"
        for found in LABELLED.finditer(blank(cell.source, "fences", "code"))
        if found.group(1)
    ]


@cache  # every chapter asks for the markers of all tests
def equation_markers(source: str) -> set[str]:
    """The labels that the tests in one source file carry.

    >>> equation_markers('''
    ... @pytest.mark.equation("lif-membrane")
    ... def test_decay(): ...
    ... ''')
    {'lif-membrane'}
    """
    labels: set[str] = set()
    if "equation" not in source:
        return labels
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr="equation", value=ast.Attribute(attr="mark")), args=args):
                for arg in args:
                    if not isinstance(arg, ast.Constant):
                        raise ValueError(f"line {node.lineno}: write the label of the equation as a text")
                    labels.add(arg.value)
    return labels


def labels_under_test(folder: Path) -> set[str]:
    """The labels that all tests below `folder` carry."""
    sources = (path.read_text(encoding="utf-8") for path in folder.rglob("test_*.py"))
    return set().union(*map(equation_markers, sources))


def orphans(chapters: Iterable[Chapter], tested: set[str]) -> list[Problem]:
    """Labels without a test, markers without an equation, and labels that stand twice."""
    problems, seen = [], {}
    for chapter in chapters:
        for cell, label in equation_labels(chapter):
            if label in seen:
                problems.append(Problem(cell, f"{chapter.path.name}: ({label}) is also in {seen[label]}"))
            seen[label] = chapter.path.name
            if label not in tested:
                problems.append(
                    Problem(cell, f'{chapter.path.name}: no test is marked @pytest.mark.equation("{label}")')
                )
    problems += [
        Problem(None, f'a test is marked equation("{label}"), but no chapter has this label')
        for label in sorted(tested - set(seen))
    ]
    return problems
