"""Our docstrings, with ``$ … $`` and single backticks, as the reStructuredText that Sphinx reads."""

import re
from collections.abc import Callable

_CODE_OR_MATHS = re.compile(
    r"(?P<literal>``.+?``)"
    r"|`(?P<code>[^`\n]+)`(?!_)"
    r"|(?<![\\$\w])\$(?P<maths>[^\s$](?:[^$]*[^\s$\\])?)\$"
    r"|(?P<bar>\|)",
    re.DOTALL,
)
_TABLE = re.compile(r"(?:^\|.*\|[ ]*\n)+", re.MULTILINE)


def to_rst(text: str, link: Callable[[str], str | None]) -> str:
    """Return `text` as reStructuredText.

    Parameters
    ----------
    text
        A docstring without its indentation. Examples (``>>>``) stay as they are.
    link
        Given what stands between single backticks, the public name it means, or None.
    """
    displayed = re.split(r"^([ ]*)\$\$(.+?)\$\$[ ]*$", text, flags=re.DOTALL | re.MULTILINE)
    pieces = [_prose(displayed[0], link)]
    for indent, formula, rest in zip(displayed[1::3], displayed[2::3], displayed[3::3], strict=True):
        body = "\n".join(f"{indent}   {line.strip()}" for line in formula.strip().splitlines())
        pieces += [f"\n{indent}.. math::\n\n{body}\n", _prose(rest, link)]
    return "".join(pieces)


def _prose(text: str, link: Callable[[str], str | None]) -> str:
    text = _TABLE.sub(_list_table, text)
    blocks = re.split(r"(^[ ]*>>> .*?(?:\n[ ]*\n|\Z))", text, flags=re.DOTALL | re.MULTILINE)
    return "".join(
        block if number % 2 else _CODE_OR_MATHS.sub(lambda found: _role(found, link), block)
        for number, block in enumerate(blocks)
    )


def _list_table(found: re.Match) -> str:
    rows = [line.strip("| ").split("|") for line in found[0].strip().splitlines()]
    rows = [row for row in rows if set("".join(row)) - set("-: ")]
    cells = [
        f"   {' ' if number else '*'} - {cell.strip()}" for row in rows for number, cell in enumerate(row)
    ]
    return ".. list-table::\n   :header-rows: 1\n\n" + "\n".join(cells) + "\n"


def _role(found: re.Match, link: Callable[[str], str | None]) -> str:
    if found["bar"]:
        return r"\|"
    if found["literal"]:
        role = found["literal"]
    elif found["maths"]:
        role = ":math:`" + " ".join(found["maths"].split()) + "`"
    elif target := link(found["code"]):
        role = f":py:obj:`{found['code']} <{target}>`"
    else:
        role = f"``{found['code']}``"
    # Roles end and begin at a space or a punctuation mark; elsewhere they are told to.
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return (r"\ " if before.isalnum() else "") + role + (r"\ " if after.isalnum() else "")


def escaped(text: str) -> str:
    """Return `text` with nothing in it that reStructuredText would read."""
    return re.sub(r"([\\*`|_])", r"\\\1", text)
