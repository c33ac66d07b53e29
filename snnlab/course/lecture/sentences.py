"""How much of a paragraph stands on a slide: whole sentences; the speaker has the rest in the notes."""

import re

from bs4 import Tag
from bs4.element import NavigableString

from snnlab.course.lecture.chapter_page import words_of

__all__ = ["count", "split_list", "split_words"]

_END = re.compile(r"(?<=[.?!:])\s+(?=[A-ZÀ-Þ“‘])|(?<=[.?!]”)\s+(?=[A-ZÀ-Þ“‘])")


def count(part: Tag) -> int:
    """The number of words in `part`.

    Parameters
    ----------
    part : Tag
        What has them.

    Returns
    -------
    int
        How many.

    Examples
    --------
    >>> from snnlab.course.lecture.chapter_page import parse_article
    >>> count(parse_article('<article class="bd-article">Two <b>words</b>.</article>'))
    2
    """
    return len(words_of(part).split())


def split_words(paragraph: Tag, budget: int) -> Tag | None:
    """Leave as many whole sentences in `paragraph` as have at most `budget` words, but at least one.

    Parameters
    ----------
    paragraph : Tag
        The paragraph. What does not stay in it is taken out.
    budget : int
        The number of words.

    Returns
    -------
    Tag or None
        A paragraph with the rest. A third more than the budget stays together.

    Examples
    --------
    >>> from snnlab.course.lecture.chapter_page import parse_article
    >>> text = "A cell fires. It <b>rests</b>. Then it fires again, and so on."
    >>> both = parse_article(f'<article class="bd-article"><p>{text}</p></article>').p
    >>> split_words(both, 6)
    <p class="rest">Then it fires again, and so on.</p>
    >>> both
    <p>A cell fires. It <b>rests</b>.</p>
    """
    if count(paragraph) <= budget * 4 / 3:
        return None
    words, cut = 0, None  # where the last sentence within the budget ends: a child, and a place in its text
    for child in list(paragraph.children):
        if isinstance(child, NavigableString):
            at = 0
            for end in _END.finditer(str(child)):
                words += len(str(child)[at : end.start()].split())
                at = end.end()
                if cut is None or words <= budget:
                    cut = (child, end)
            words += len(str(child)[at:].split())
        elif isinstance(child, Tag):
            words += count(child)
        if words > budget and cut is not None:
            break
    return None if cut is None else _cut(paragraph, *cut)


def _cut(paragraph: Tag, child: NavigableString, end: re.Match[str]) -> Tag:
    rest = Tag(name=paragraph.name, attrs={"class": "rest"})
    later = list(child.next_siblings)
    text = str(child)
    first = NavigableString(text[end.end() :])
    child.replace_with(NavigableString(text[: end.start()]))
    rest.append(first)
    for part in later:
        rest.append(part.extract())
    return rest


def split_list(items: Tag, budget: int) -> list[Tag]:
    """Lists of at most `budget` words each, with the items of `items`, none of which is cut.

    Parameters
    ----------
    items : Tag
        A list, whose items are taken out.
    budget : int
        The number of words; a longer item has a list of its own.

    Returns
    -------
    list of Tag
        The lists.

    Examples
    --------
    >>> from snnlab.course.lecture.chapter_page import parse_article
    >>> text = "<ul><li>one two</li><li>three</li><li>four</li></ul>"
    >>> split_list(parse_article(f'<article class="bd-article">{text}</article>').ul, 3)
    [<ul><li>one two</li><li>three</li></ul>, <ul><li>four</li></ul>]
    """
    made: list[Tag] = []
    words = budget
    for item in items.find_all("li", recursive=False):
        words += count(item)
        if words > budget or not made:
            made.append(Tag(name=items.name))
            words = count(item)
        made[-1].append(item.extract())
    return made
