"""A table of an LMS in which single cells are changed and every other byte stays.

Encoding, byte order mark, separator, quotes and line ends are found out and kept: the text is never parsed
and written anew, only cut at the cells that change.
"""

from pathlib import Path
from typing import NamedTuple

from snnlab.course.errors import CommandError

__all__ = ["Cell", "Table", "read_table"]

_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_MOST = 50 * 2**20


class Cell(NamedTuple):
    """One cell of a table."""

    text: str
    """Without quotes."""
    start: int
    end: int
    """Its place in the text of the file, with quotes."""
    quoted: bool


class Table(NamedTuple):
    """A table as it stands in its file."""

    file: Path
    mark: bytes
    """The byte order mark, b"" if there is none."""
    encoding: str
    text: str
    separator: str
    rows: list[list[Cell]]

    def changed(self, new: dict[Cell, str]) -> bytes:
        """The file with other words in some cells.

        Parameters
        ----------
        new : dict
            What stands in each cell to be changed.
        """
        pieces, at = [], 0
        for cell in sorted(new, key=lambda cell: cell.start):
            pieces += [self.text[at : cell.start], self._written(new[cell], cell.quoted)]
            at = cell.end
        return self.mark + ("".join(pieces) + self.text[at:]).encode(self.encoding)

    def _written(self, word: str, quoted: bool) -> str:
        if quoted or any(c in word for c in (self.separator, '"', "\n", "\r")):
            return '"' + word.replace('"', '""') + '"'
        return word


def read_table(file: Path) -> Table:
    """Read a table of any encoding that a spreadsheet or an LMS writes.

    Parameters
    ----------
    file : Path
        Text with commas, semicolons, tabs or colons.

    Raises
    ------
    CommandError
        If it is no such text.
    """
    try:
        if file.stat().st_size > _MOST:
            raise CommandError(f"{file} is larger than any gradebook: is it the right file?")
        data = file.read_bytes()
    except FileNotFoundError:
        raise CommandError(f"there is no {file}: export the gradebook of your LMS as a text file") from None
    except IsADirectoryError:
        raise CommandError(f"{file} is a folder: name the file that your LMS exports") from None
    if data.startswith(b"PK"):
        raise CommandError(f"{file} is a spreadsheet: export the gradebook as plain text (CSV) instead")
    mark, encoding, text = _decoded(data)
    if not text.strip() or "\0" in text:
        raise CommandError(f"{file} is no table: export the gradebook as plain text (CSV)")
    begin = text.index("\n") + 1 if text.startswith(("sep=", '"sep=')) and "\n" in text else 0
    separator = _separator(text[begin:])
    return Table(file, mark, encoding, text, separator, _rows(text, begin, separator))


def _decoded(data: bytes) -> tuple[bytes, str, str]:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            try:
                return mark, encoding, data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                break
    wide = data[:2000]
    if wide[1::2].count(0) > len(wide) // 4:
        guesses = ["utf-16-le"]
    elif wide[::2].count(0) > len(wide) // 4:
        guesses = ["utf-16-be"]
    else:
        guesses = ["utf-8", "cp1252"]
    for encoding in guesses:
        try:
            text = data.decode(encoding)
            if text.encode(encoding) == data:
                return b"", encoding, text
        except UnicodeError:
            continue
    return b"", "latin-1", data.decode("latin-1")  # each byte a letter, so that all come back


def _separator(text: str) -> str:
    """The one that stands most often in the first line, outside of quotes."""
    head = "".join(text.split("\n", 1)[0].split('"')[::2])
    return max(",;\t:", key=lambda sign: head.count(sign) if sign != ":" else 0.5 * (":" in head))


def _rows(text: str, at: int, separator: str) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    row: list[Cell] = []
    while at < len(text):
        cell = _cell(text, at, separator)
        row.append(cell)
        at = cell.end
        if at < len(text) and text[at] == separator:
            at += 1
            if at == len(text):
                row.append(Cell("", at, at, False))
        else:
            at += 2 if text.startswith("\r\n", at) else 1
            rows.append(row)
            row = []
    return rows + ([row] if row else [])


def _cell(text: str, start: int, separator: str) -> Cell:
    at, stops = start, (separator, "\n", "\r")
    if text[start] != '"':
        while at < len(text) and text[at] not in stops:
            at += 1
        return Cell(text[start:at], start, at, False)
    at += 1
    while at < len(text):
        if text[at] == '"':
            if not text.startswith('""', at):
                break
            at += 1
        at += 1
    inside = text[start + 1 : at].replace('""', '"')
    at = min(at + 1, len(text))
    while at < len(text) and text[at] not in stops:  # something after the quotes
        at += 1
    return Cell(inside, start, at, True)
