"""Equations as MathML: drawn by the browser itself, without a script, and read aloud by screen readers.

A labelled equation of `chapters/02_….ipynb` is numbered (2.1), (2.2), …; other pages count 1, 2, ….
"""

import html
import re

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.domains.math import MathDomain
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
CONVERTER = LatexToMathML(fancy_error=False)


def to_mathml(tex: str, display: bool) -> str:
    """Convert one formula; rows without an environment of their own become `aligned`."""
    outside = re.sub(r"\\begin\{(\w+\*?)\}.*\\end\{\1\}", "", tex, flags=re.DOTALL)
    if "&" in outside or r"\\" in outside:
        tex = r"\begin{aligned}" + tex + r"\end{aligned}"
    # Numbers come from Sphinx, so the environments that count by themselves lose their counter.
    tex = re.sub(r"\\(begin|end)\{(align|gather|equation)\}", r"\\\1{\2*}", tex)
    return CONVERTER.convert_with_local_state(tex, displaystyle=display)


def number_of(docname: str, number: int) -> str:
    """Return the number shown beside an equation: "2.1" for the first one of chapter 2."""
    chapter = re.search(r"(?:^|/)(\d+)_[^/]*$", docname)
    return f"{int(chapter.group(1))}.{number}" if chapter else str(number)


class NamedMathDomain(MathDomain):
    """Let `[the membrane equation](#lif-membrane)` keep its words, where Sphinx writes a bare number."""

    def resolve_any_xref(self, env, fromdocname, builder, target, node, contnode):
        """Resolve a link to an equation."""
        found = super().resolve_any_xref(env, fromdocname, builder, target, node, contnode)
        for _, reference in found:
            if contnode.astext().strip() in ("", target):
                docname, number = self.equations[target]
                contnode = nodes.inline("", f"({number_of(docname, number)})")
            reference.clear()
            reference += contnode
        return found


def _convert(translator, node, display: bool) -> str:
    tex = node.astext().strip()
    try:
        return to_mathml(tex, display)
    except LatexError as error:
        LOGGER.warning("math-core cannot read the equation %r: %s", tex, error, location=node)
        return f"<code>{html.escape(tex)}</code>"


def visit_inline(translator, node):
    """Write an equation within a line."""
    translator.body.append(_convert(translator, node, display=False))
    raise nodes.SkipNode


def visit_block(translator, node):
    """Write an equation of its own, with its number if it has a label."""
    translator.body.append(translator.starttag(node, "div", CLASS="math"))
    translator.body.append(_convert(translator, node, display=True))
    if node["number"]:
        number = number_of(translator.builder.current_docname, node["number"])
        translator.body.append(f'<span class="eqno">({number})')
        translator.add_permalink_ref(node, "Link to this equation")
        translator.body.append("</span>")
    translator.body.append("</div>\n")
    raise nodes.SkipNode


BEFORE, AFTER = re.compile(r"[(\[“]+$"), re.compile(r"^[,.;:!?)\]”]+")


def keep_punctuation(doctree: nodes.document) -> None:
    """Hold each equation within a line and the punctuation that touches it together.

    A browser may break the line on both sides of an equation, and a comma would begin the next one.
    """
    for equation in list(doctree.findall(nodes.math)):
        parent = equation.parent
        place = parent.index(equation)
        before = _cut(parent, place - 1, BEFORE) if place else ""
        after = _cut(parent, place + 1, AFTER)
        if before or after:
            kept = nodes.inline("", "", classes=["keep"])
            parent.replace(equation, kept)
            kept += [nodes.Text(before), equation, nodes.Text(after)]


def _cut(parent: nodes.Element, place: int, edge: re.Pattern) -> str:
    """Cut what `edge` matches off a text of `parent`, if a text stands there."""
    if place >= len(parent) or not isinstance(parent[place], nodes.Text):
        return ""
    text = parent[place].astext()
    found = edge.search(text)
    if not found:
        return ""
    parent[place] = nodes.Text(text[: found.start()] + text[found.end() :])
    return found[0]


def setup(app):
    """Make MathML the form of all equations."""
    app.add_domain(NamedMathDomain, override=True)
    app.connect("doctree-resolved", lambda app, doctree, docname: keep_punctuation(doctree))
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
