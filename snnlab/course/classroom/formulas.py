"""Words for the cells of a table, of which no spreadsheet makes a formula."""

import re

__all__ = ["as_written", "harmless"]

_BEGINS = r"(?:(?<=[;\t\r\n])|\A)"  # of a cell, whatever parts them
_SIGNS = r"""(?=['"]*[=+\-@\t\r＝＋－＠])"""  # the last four are those of Japanese keyboards
_FORMULA, _MADE_HARMLESS = re.compile(_BEGINS + _SIGNS), re.compile(f"{_BEGINS}'{_SIGNS}")


def harmless(word: str) -> str:
    """What a student wrote, so that no spreadsheet takes it, or a part of it, for a formula.

    A cell may end earlier than it was written: in half of Europe a semicolon parts the cells of a row, and
    then the quotes around a word count for nothing.

    Examples
    --------
    >>> print(harmless("=1+1"), harmless("1+1"), harmless("why;=1+1"))
    '=1+1 1+1 why;'=1+1
    """
    return _FORMULA.sub("'", word)


def as_written(word: str) -> str:
    """The word of which `harmless` has made this.

    Examples
    --------
    >>> print(as_written("'=1+1"), as_written("why;'=1+1"), as_written("it's"))
    =1+1 why;=1+1 it's
    """
    return _MADE_HARMLESS.sub("", word)
