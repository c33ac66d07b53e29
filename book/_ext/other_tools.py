"""The page "Coming from another tool": the names in the right column of its tables lead to the reference."""

import re

from reference_pages import Library

_ROW = re.compile(r"^(\|.+\|)([^|\n]+)\|$", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")


def our_column(text: str) -> list[str]:
    """Return every piece of code in the right column of the tables of a page."""
    return [code for row in _ROW.finditer(text) for code in _CODE.findall(row[2])]


def link_our_column(text: str, library: Library) -> str:
    """Return a page in Markdown with links from that column to the entries of the library."""

    def link(found: re.Match) -> str:
        path = library.link(found[1]) or library.link(found[1].partition(".")[0])
        return f"{{py:obj}}`{found[1]} <{path}>`" if path else found[0]

    return _ROW.sub(lambda row: f"{row[1]}{_CODE.sub(link, row[2])}|", text)
