"""The pages that the course writes: a template with words in braces, and whatever others wrote as text."""

import html
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

__all__ = ["as_text", "filled", "plain"]


def filled(template: Path, words: Mapping[str, str]) -> str:
    """The page: each word in braces is replaced once, and what takes its place is looked at no more.

    Parameters
    ----------
    template : Path
        HTML in UTF-8.
    words : mapping
        HTML for each; other braces stay as they are.
    """
    page = template.read_text(encoding="utf-8")
    return re.sub(r"\{(" + "|".join(map(re.escape, words)) + r")\}", lambda found: words[found[1]], page)


def plain(text: object) -> str:
    r"""Without characters that are invisible or turn the direction of what follows.

    Examples
    --------
    >>> print(plain("no\u202eleak"))
    noleak
    """
    return "".join(c for c in str(text) if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def as_text(text: object) -> str:
    """What somebody wrote, as HTML that shows it.

    Examples
    --------
    >>> print(as_text("a < b"))
    a &lt; b
    """
    return html.escape(plain(text))
