"""Equations of a chapter as JupyterLab shows them: with their numbers.

A chapter labels an equation for the book, ``$$ … $$ (lif-membrane)``, and JupyterLab would print the label
beside it. In the reader's copy the equation has the number that it has in the book, and words that the book
links to it are followed by that number.
"""

import re
from collections.abc import Iterator
from typing import Any

__all__ = ["number_equations"]

_LABELLED = re.compile(r"\$\$(?P<tex>.+?)(?P<end>\s*)\$\$ *\((?P<label>[\w-]+)\)", re.DOTALL)
_LINK = re.compile(r"\[(?P<words>[^\]]+)\]\(#(?P<label>[\w-]+)\)")


def number_equations(notebook: dict[str, Any], name: str) -> bool:
    r"""Put numbers in the place of labels; whether there was anything to do.

    Parameters
    ----------
    notebook : dict
        What stands in the file; it is changed.
    name : str
        The name of the file, which begins with the number of the chapter.

    Examples
    --------
    >>> text = "$$\\tau \\dot v = -v$$ (leak)\n\nThe [leak](#leak) has one solution."
    >>> notebook = {"cells": [{"cell_type": "markdown", "source": text}]}
    >>> number_equations(notebook, "02_leaky.ipynb")
    True
    >>> print(notebook["cells"][0]["source"])
    $$\tau \dot v = -v \tag{2.1}$$
    <BLANKLINE>
    The leak (2.1) has one solution.
    """
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    texts = ["".join(cell["source"]) for cell in cells]
    number = dict(_numbers(texts, name))

    def with_number(equation: re.Match) -> str:
        return f"$${equation['tex']} \\tag{{{number[equation['label']]}}}{equation['end']}$$"

    def with_words(link: re.Match) -> str:
        known = number.get(link["label"])
        return f"{link['words']} ({known})" if known else link[0]

    for cell, text in zip(cells, texts, strict=True):
        shown = _LINK.sub(with_words, _LABELLED.sub(with_number, text))
        if shown != text:
            cell["source"] = shown if isinstance(cell["source"], str) else shown.splitlines(keepends=True)
    return bool(number)


def _numbers(texts: list[str], name: str) -> Iterator[tuple[str, str]]:
    """Each label with its number, as the book counts: 2.1, 2.2, … in chapter 2."""
    chapter = re.match(r"(\d+)_", name)
    before = f"{int(chapter[1])}." if chapter else ""
    for count, equation in enumerate(_LABELLED.finditer("\n\n".join(texts)), 1):
        yield equation["label"], f"{before}{count}"
