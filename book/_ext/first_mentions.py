"""Where a chapter first names something of the library, in its text and in its code, the name is a link.

The link leads to the entry in the reference. It is made in the finished page; the notebooks stay as they are.
"""

import re
from collections.abc import Callable

_INSIDE_LINK = re.compile(r"<a\b.*?</a>", re.DOTALL)
_CODE_BLOCK = re.compile(r'<div class="highlight">.*?</pre>', re.DOTALL)
_PROSE = re.compile(
    r'<code class="docutils literal notranslate"><span class="pre">(?P<name>\w+)(?:\([^<]*\))?</span></code>'
)
_IN_CODE = re.compile(r'<span class="n">(?P<name>\w+)</span>')


def link_first_mentions(html: str, address: Callable[[str], str | None]) -> str:
    """Return `html` with links.

    Parameters
    ----------
    html
        The body of a page.
    address
        Given a word, where its entry stands, or None.
    """
    linked = [(found.start(), found.end()) for found in _INSIDE_LINK.finditer(html)]
    blocks = [(found.start(), found.end()) for found in _CODE_BLOCK.finditer(html)]

    def within(places: list[tuple[int, int]], at: int) -> bool:
        return any(start <= at < end for start, end in places)

    edits = []
    for pattern, in_code in ((_PROSE, False), (_IN_CODE, True)):
        seen = set()
        for found in pattern.finditer(html):
            name = found["name"]
            if name in seen or within(linked, found.start()) or within(blocks, found.start()) != in_code:
                continue
            if target := address(name):
                seen.add(name)
                edits.append((found.start(), found.end(), f'<a class="api" href="{target}">{found[0]}</a>'))
    for start, end, link in sorted(edits, reverse=True):
        html = html[:start] + link + html[end:]
    return html
