"""Equations as MathML."""

import importlib.util
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document

PATH = Path(__file__).parents[2] / "book" / "_ext" / "mathml.py"


@pytest.fixture(scope="module")
def mathml():
    spec = importlib.util.spec_from_file_location("book_mathml", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(mathml, tex) -> list[list[str]]:
    """Return the text in each filled cell of the first table of a formula."""
    table = ElementTree.fromstring(mathml.to_mathml(tex, True)).find(".//mtable")
    cells = [["".join(cell.itertext()) for cell in row.findall("mtd")] for row in table.findall("mtr")]
    return [[text for text in row if text] for row in cells]  # `align` has an empty column on either side


def test_a_fraction_has_numerator_and_denominator(mathml):
    fraction = ElementTree.fromstring(mathml.to_mathml(r"\frac{dv}{dt}", True)).find(".//mfrac")
    assert ["".join(part.itertext()) for part in fraction] == ["dv", "dt"]


@pytest.mark.parametrize("tex", [
    r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
    r"\begin{align} a &= b \\ c &= d \end{align}",
    r"a &= b \\ c &= d",
])  # fmt: skip
def test_rows_are_aligned_and_not_numbered(mathml, tex):
    assert rows(mathml, tex) == [["a", "=b"], ["c", "=d"]]


def test_rows_outside_of_an_inner_environment_are_aligned_too(mathml):
    tex = r"a = 1 \\ M = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"
    assert len(rows(mathml, tex)) == 2


def test_a_matrix_alone_keeps_its_shape(mathml):
    assert rows(mathml, r"M = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}") == [["1", "2"], ["3", "4"]]


def test_cases_have_a_value_and_a_condition(mathml):
    assert rows(mathml, r"\begin{cases} 0 & i \le 1 \\ i & \text{otherwise} \end{cases}") == [
        ["0", "i≤1"],
        ["i", "otherwise"],
    ]


def test_display_and_inline_differ(mathml):
    assert 'display="block"' in mathml.to_mathml("v", True)
    assert 'display="block"' not in mathml.to_mathml("v", False)


def test_an_equation_that_cannot_be_read_is_refused(mathml):
    with pytest.raises(mathml.LatexError):
        mathml.to_mathml(r"\frac{1}", True)


@pytest.mark.parametrize(("docname", "number"), [
    ("chapters/02_leaky_integrate_and_fire", "2.3"),
    ("chapters/14_backpropagation", "14.3"),
    ("chapters/glossary", "3"),
    ("index", "3"),
])  # fmt: skip
def test_the_number_of_an_equation_names_the_chapter(mathml, docname, number):
    assert mathml.number_of(docname, 3) == number


@pytest.mark.parametrize(("before", "after", "shown"), [
    ("Above ", ", it fires.", "Above |<v,>| it fires."),
    ("Two of them (", ").", "Two of them |<(v).>"),
    ("A ", " b", "A |v| b"),
    ("A ", "", "A |v"),
])  # fmt: skip
def test_punctuation_stays_beside_its_equation(mathml, before, after, shown):
    paragraph = nodes.paragraph("", "", nodes.Text(before), nodes.math("v", "v"), nodes.Text(after))
    document = new_document("page")
    document += paragraph
    mathml.keep_punctuation(document)
    parts = [
        f"<{part.astext()}>" if isinstance(part, nodes.inline) else part.astext()
        for part in paragraph.children
    ]
    assert "|".join(part for part in parts if part) == shown
    assert paragraph.astext() == f"{before}v{after}"
    mathml.keep_punctuation(document)  # a page that is written twice
    assert paragraph.astext() == f"{before}v{after}"
