"""The pieces of code in a page of the book that is written in Markdown, and what they print."""

import contextlib
import io
import re

__all__ = ["blocks", "printed"]


def blocks(text: str, kind: str) -> list[str]:
    """The fenced blocks of a kind, such as ``python``."""
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def printed(code: list[str]) -> str:
    """What the pieces print, one after the other, as the page's reader runs them."""
    names, output = {"__name__": "page"}, io.StringIO()
    with contextlib.redirect_stdout(output):
        for piece in code:
            exec(compile(piece, "<page>", "exec"), names)
    return output.getvalue()
