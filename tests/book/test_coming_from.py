"""The page "Coming from another tool": each of our names exists and takes what the page gives it."""

import ast
import inspect
import sys

import numpy as np
from page_code import blocks, printed
from sample_book import BOOK

sys.path.insert(0, str(BOOK / "_ext"))

from other_tools import link_our_column, our_column
from public_names import public_names
from reference_pages import Library

from snnlab.learning import arctan, fast_sigmoid

PAGE = (BOOK / "coming_from.md").read_text(encoding="utf-8")
LIBRARY = Library(public_names(), {}, {}, {})
OURS = sorted(set(our_column(PAGE)))


def value(name: str):
    return LIBRARY.by_path[LIBRARY.paths[name]].value


def test_what_the_page_calls_ours_exists():
    """A public name, a call of one with arguments that it has, or a field of a run or of `Spikes`."""
    assert len(OURS) > 90
    for code in OURS:
        tree = ast.parse(code, mode="eval").body
        if isinstance(tree, ast.Attribute):
            owner = value("LIFRun" if tree.value.id == "run" else tree.value.id)
            assert hasattr(owner, tree.attr), code
        elif isinstance(tree, ast.Call):
            taken = inspect.signature(value(tree.func.id)).parameters
            assert {word.arg for word in tree.keywords} <= set(taken), code
            assert all(value(given.id) for given in tree.args), code
        else:
            assert value(tree.id) is not None, code


def test_every_row_of_a_table_is_answered():
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.endswith("| here |")]
    assert len(rows) >= 60 and all(line.count("|") == 3 for line in rows)
    assert [row for row in rows if not our_column(row) and "array" not in row and "steps" not in row] == []


def test_the_right_column_is_linked_and_the_left_one_is_not():
    linked = link_our_column("| `cv` | `cv`, `LIF(t_ref=2.0)`, words |\n", LIBRARY)
    assert linked == (
        "| `cv` | {py:obj}`cv <snnlab.coding.cv>`, {py:obj}`LIF(t_ref=2.0) <snnlab.neurons.LIF>`, words |\n"
    )
    assert link_our_column(PAGE, LIBRARY).count("{py:obj}") >= len(OURS) - 2  # but `run.v` and `run.spikes`


def test_its_code_prints_what_it_says():
    assert printed(blocks(PAGE, "python")) == "".join(blocks(PAGE, "text"))


def test_a_surrogate_of_snntorch_is_ours():
    """Slope 25 and width 1/25, at some distances from the threshold; arctan with α = 2 and width 1/π."""
    x = np.linspace(-2.0, 2.0, 41)
    np.testing.assert_allclose(fast_sigmoid(x, 0.04), 1 / (25.0 * np.abs(x) + 1) ** 2, rtol=1e-12)
    np.testing.assert_allclose(arctan(x, 0.318), 1 / (1 + (np.pi * x) ** 2), rtol=2.1e-3)
