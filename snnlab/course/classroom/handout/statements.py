r"""What stands in a line of a statement or a hint, from Markdown to HTML: code, bold, italic and mathematics.

Mistune reads the Markdown, as it does for nbconvert, and links, pictures and HTML are none here: in a hint
there may be words of a student. It leaves the mathematics of a line to us, and MathML or a script would make
too much of `$\tau_m$` for a page that asks no server: Greek letters, indices and powers are HTML.
"""

import html
import re

import mistune
from mistune.plugins.math import math

__all__ = ["as_html"]

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "epsilon": "ε", "eta": "η", "lambda": "λ", "mu": "μ", "tau": "τ",
}  # fmt: skip
_UNIT = re.compile(r"(\d) (?=(?:ms|mV|Hz|nA|MΩ|%)(?!\w))")


class _Words(mistune.HTMLRenderer):
    """As Mistune writes them, but for formulas, and a number stays with its unit."""

    def text(self, text: str) -> str:
        return super().text(_UNIT.sub("\\1\N{NO-BREAK SPACE}", text))

    def inline_math(self, text: str) -> str:
        return f"<i>{_formula(text)}</i>"

    block_math = inline_math


def _in_a_line() -> mistune.Markdown:
    inline = mistune.InlineParser()
    inline.rules = ["codespan", "emphasis"]  # and, before them, mathematics
    return mistune.Markdown(_WORDS, inline=inline, plugins=[math])


_WORDS = _Words()
_MARKDOWN = _in_a_line()


def as_html(text: str) -> str:
    r"""The Markdown of a statement as HTML: code, bold, italic, and formulas in a line.

    Parameters
    ----------
    text : str
        Words in which nothing else of Markdown means anything.

    Raises
    ------
    AssertionError, KeyError
        If a formula has more in it than letters, indices and powers.

    Examples
    --------
    >>> print(as_html(r"*All* of `x` count **two** times $e^{-s/\tau_+}$."))
    <em>All</em> of <code>x</code> count <strong>two</strong> times <i>e<sup>−s/τ<sub>+</sub></sup></i>.
    """
    return _WORDS.render_tokens(_MARKDOWN.inline(text, {}), mistune.BlockState())


def _formula(tex: str) -> str:
    """Greek letters, indices and powers; a formula with more than that is refused."""
    tex = html.escape(tex, quote=False).replace(r"\,", "\N{THIN SPACE}").replace("-", "\N{MINUS SIGN}")
    tex = re.sub(r"\\(\w+?)(?=[^a-zA-Z]|$)", lambda found: _GREEK[found[1]], tex)
    while (done := re.sub(r"([_^])(?:\{([^{}]*)\}|([^{}\s]))", _raised, tex)) != tex:
        tex = done
    assert not re.search(r"[\\{}^]", tex), f"the page cannot show the formula {tex}"
    return tex


def _raised(found: re.Match) -> str:
    tag = "sup" if found[1] == "^" else "sub"
    return f"<{tag}>{found[2] or found[3]}</{tag}>"
