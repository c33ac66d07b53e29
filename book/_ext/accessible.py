"""What a screen reader is told of folded cells and of the bibliography.

myst-nb calls every folded cell "Toggle hidden content", whatever is written on it, and docutils gives the
entries of a list roles that stand in no list.

The parts of the theme that need the same stand in `_templates`.
"""

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode, depart_HideCellInput, visit_HideCellInput


def _visit_folded(translator, node):
    """A folded cell is called what is written on it."""
    start = len(translator.body)
    visit_HideCellInput(translator, node)
    _say_instead(translator, start, ' aria-label="Toggle hidden content"', "")


def _visit_citation(translator, node):
    """An entry of the bibliography stands in a list, and is one of its items."""
    start = len(translator.body)
    type(translator).visit_citation(translator, node)
    _say_instead(translator, start, "doc-biblioentry", "listitem")


def _depart_citation(translator, node):
    type(translator).depart_citation(translator, node)


def _say_instead(translator, start: int, words: str, instead: str) -> None:
    translator.body[start:] = [part.replace(words, instead) for part in translator.body[start:]]


def setup(app):
    """Take the place of those who write these parts."""
    app.add_node(HideCodeCellNode, override=True, html=(_visit_folded, depart_HideCellInput))
    app.add_node(nodes.citation, override=True, html=(_visit_citation, _depart_citation))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
