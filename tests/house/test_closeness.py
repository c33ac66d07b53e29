"""A comparison says what it allows."""

import ast
import re

import pytest
from house.closeness import loose
from tree import ROOT, files


def test_no_comparison_allows_more_than_it_says():
    """Where only a relative tolerance is meant it says `abs=0` or `atol=0`."""
    sources = {file: (ROOT / file).read_text(encoding="utf-8") for file in files() if file.suffix == ".py"}
    comparing = {
        file: text for file, text in sources.items() if re.search(r"\b(approx|isclose|allclose)\(", text)
    }
    assert len(comparing) > 250
    found = [
        f"{file.as_posix()}:{line}: {sentence}"
        for file, text in comparing.items()
        for line, sentence in loose(ast.parse(text))
    ]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize(
    "comparison",
    [
        "approx(x, rel=1e-14)",
        "pytest.approx(x, rel=1e-9, nan_ok=True)",
        "approx(x, rel=1e-14 if exact else 1e-6)",
        "approx(2e-7)",
        "approx(-3e-10, rel=1e-3)",
        "np.isclose(a, b)",
        "numpy.allclose(a, b, rtol=1e-12)",
    ],
)
def test_what_allows_more_than_it_says_is_found(comparison):
    assert [line for line, _ in loose(ast.parse("\n" + comparison))] == [2]


@pytest.mark.parametrize(
    "comparison",
    [
        "approx(x)",
        "approx(0.0)",
        "approx(2e-5)",
        "approx(x, rel=1e-8)",
        "approx(x, rel=1e-14, abs=0)",
        "approx(2e-7, abs=1e-9)",
        "np.allclose(a, b, atol=0)",
        "math.isclose(a, b)",
        "np.testing.assert_allclose(a, b, rtol=1e-14)",
    ],
)
def test_what_says_what_it_allows_passes(comparison):
    assert list(loose(ast.parse(comparison))) == []
