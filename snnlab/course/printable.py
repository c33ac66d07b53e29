"""Words of strangers, as a terminal may show them.

A name that somebody else has chosen may hold what a terminal obeys instead of showing it: a line feed forges
a line, an escape sequence moves the cursor or renames the window, and a mark of direction turns round what
follows.
"""

import unicodedata

__all__ = ["printable", "say", "shortened"]

# Persian and Hindi names need them, and they move nothing.
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"


def printable(text: str) -> str:
    r"""Text on one line, in which whatever does not show itself has become a question mark.

    Parameters
    ----------
    text : str
        Of anybody.

    Examples
    --------
    >>> printable("Zoë\x1b[2J\nNothing from s1.\x9b\N{RIGHT-TO-LEFT OVERRIDE}")
    'Zoë?[2J?Nothing from s1.??'
    """
    return text if text.isascii() and text.isprintable() else "".join(c if _shows(c) else "?" for c in text)


def _shows(c: str) -> bool:
    category = unicodedata.category(c)  # C: controls, formats, half characters; Zl and Zp end a line
    return c in _JOINERS or not (category.startswith("C") or category in ("Zl", "Zp"))


def shortened(text: str, most: int = 60) -> str:
    """Printable text of at most `most` characters, without needless space.

    Examples
    --------
    >>> shortened("a  long name of somebody", 10)
    'a long na…'
    """
    plain = " ".join(printable(text).split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def say(line: str) -> None:
    """Print one line, whatever names stand in it."""
    print(printable(line))
