"""The built page of a chapter, as a tree that can be taken apart.

What is large and stays as it is (pictures, panels' numbers, drawings) is set aside while the tree is parsed
and cut, which is ten times faster, and comes back when it is written.
"""

import re
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer

from snnlab.course.errors import CommandError

__all__ = ["ChapterPage", "SetAside", "parse_article", "read_chapter", "words_of"]

_LARGE = re.compile(
    r"(?P<open><script\b[^>]*>)(?P<script>.+?)(?P<close></script>)"
    r"|(?P<svg><svg\b.*?</svg>)|(?P<data>data:[\w/+-]+;base64,[\w+/=]{200,})",
    re.DOTALL,
)
_PLACE = re.compile(r'<svg data-aside="(\d+)"></svg>|snnlab-aside-(\d+)-')
_UNSEEN = ".headerlink, .copybtn, .toctree-wrapper"  # what a page has for those who read it on a screen
_AT_A_KEYBOARD = "In JupyterLab, run"  # begins what a hall and paper have no key for


class SetAside:
    """What is large in a page, and stands elsewhere while the page is parsed.

    Parameters
    ----------
    text
        The page.

    Examples
    --------
    >>> aside = SetAside('<p>See <svg viewBox="0 0 1 1"><path/></svg></p>')
    >>> aside.text
    '<p>See <svg data-aside="0"></svg></p>'
    >>> aside.back(aside.text)
    '<p>See <svg viewBox="0 0 1 1"><path/></svg></p>'
    """

    def __init__(self, text: str):
        self._kept: list[str] = []
        self.text = _LARGE.sub(self._put, text)

    def _put(self, found: re.Match[str]) -> str:
        number = len(self._kept)
        if found["svg"]:
            self._kept.append(found["svg"])
            return f'<svg data-aside="{number}"></svg>'
        self._kept.append(found["script"] or found["data"])
        place = f"snnlab-aside-{number}-"
        return f"{found['open']}{place}{found['close']}" if found["script"] else place

    def back(self, text: str) -> str:
        """Put everything back into `text`.

        Parameters
        ----------
        text : str
            What was made of `text`.

        Returns
        -------
        str
            It, complete.

        Examples
        --------
        >>> SetAside("<p>nothing large</p>").back("<p>nothing large</p>")
        '<p>nothing large</p>'
        """
        return _PLACE.sub(lambda found: self._kept[int(found[1] or found[2])], text)


class ChapterPage(NamedTuple):
    """A chapter as it was built."""

    file: Path
    """The page, in the folder of all pages."""
    article: Tag
    """What the chapter says."""
    aside: SetAside
    """What is to be put back into whatever is written of it."""
    title: str
    """Its heading."""

    @property
    def name(self) -> str:
        """The number of the chapter in two digits, with the letter of an excursion: ``05``, ``04x``."""
        return self.file.stem.partition("_")[0]

    @property
    def pages(self) -> Path:
        """The folder of all pages."""
        return self.file.parents[1]


def parse_article(text: str) -> Tag | None:
    """The article of a page, without what only a screen shows.

    Parameters
    ----------
    text : str
        The page.

    Returns
    -------
    Tag or None
        None if it has no article.

    Examples
    --------
    >>> parse_article('<nav>x</nav><article class="bd-article"><p>Hello</p></article>').get_text()
    'Hello'
    """
    soup = BeautifulSoup(text, "html.parser", parse_only=SoupStrainer("article"))
    article = soup.select_one("article.bd-article")
    for part in article.select(_UNSEEN) if article else []:
        part.decompose()
    return article


def read_chapter(file: Path) -> ChapterPage:
    """Read the page of a chapter.

    Parameters
    ----------
    file : Path
        The page.

    Returns
    -------
    ChapterPage
        The chapter.

    Raises
    ------
    CommandError
        If there is no such page, or it is none of the book.
    """
    if not file.is_file():
        raise CommandError(f"{file} is missing: build the book again, or name other pages")
    aside = SetAside(file.read_text(encoding="utf-8"))
    article = parse_article(aside.text)
    heading = article.select_one("h1") if article else None
    if article is None or heading is None:
        raise CommandError(f"{file} is no page of a chapter: build the book again, or name other pages")
    for quote in article.select("blockquote"):
        if words_of(quote).startswith(_AT_A_KEYBOARD):
            quote.decompose()
    return ChapterPage(file, article, aside, words_of(heading))


def words_of(part: Tag) -> str:
    """The text of `part` on one line.

    Parameters
    ----------
    part : Tag
        What has the text.

    Returns
    -------
    str
        Its words, with one space between them.

    Examples
    --------
    >>> words_of(parse_article('<article class="bd-article">Two <b>words</b>.</article>'))
    'Two words.'
    """
    return " ".join(part.get_text().split())
