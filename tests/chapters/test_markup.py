"""The checks of text and equations find each fault and let pass what is right."""

import pytest
from chapters.equations import equation_labels, equation_markers, labels_under_test, orphans
from chapters.markup import markup_problems
from chapters.tiny import chapter, good_chapter, prose
from nbformat import v4


def problems(text):
    return [problem.message for problem in markup_problems(chapter(prose(text)))]


def test_a_good_chapter_has_no_problem():
    assert markup_problems(good_chapter()) == []


@pytest.mark.parametrize(
    "text",
    [
        "$$\nv = R i\n$$ (ohm)\n\nSee [the law](#ohm).",
        "## Where it breaks\n\nSee [above](#where-it-breaks).",
        "[checks](test_markup.py) [web](https://example.org) <https://example.org> [mail](mailto:a@b.org)",
        "<details><summary>More</summary>\n\nText\n\n</details>",
        "> **A closer look.** Text with *x* and `a {x}` and `<b>`.",
        "$x_{{a}}$ and ${a}$ `{{x}}`",
        "$a < b$ and $\\{x\\}$ and a set {1, 2} <!-- given -->",
        "```python\nx = {}  # ::: {eq}\n```",
        "100 % of it",
    ],
)
def test_right(text):
    assert problems(text) == []


@pytest.mark.parametrize(
    "text, complaint",
    [
        ("See {eq}`ohm`.", "is a role"),
        ("See {numref}`Figure %s <x>`.", "is a role"),
        (":::{note}\nx\n:::", "is a directive"),
        ("```{note}\nx\n```", "is a directive"),
        ("~~~ {math}\nx\n~~~", "is a directive"),
        ("(here)=\n# A", "is a target"),
        ("+++", "is a block break"),
        ("% hidden", "is a MyST comment"),
        ("{{ version }}", "is a substitution"),
        ("Text[^1]", "is a footnote"),
        ("$$ x \\label{a} $$", "numbers an equation"),
        ("<div>x</div>", "<div> is not allowed"),
        ('<img src="x.png">', "<img> is not allowed"),
        ("a<br/>b", "<br> is not allowed"),
        ("\\begin{align}x\\end{align}", "stands outside of $$"),
        ("$$ x", "is not closed"),
        ("[x](#nowhere)", "names no equation"),
        ("[x](#)", "names no equation"),
        ("[x]()", "names no equation"),
        ("[x](nowhere.ipynb)", "names a file that does not exist"),
        ("![x](attachment:x.png)", "names a file that does not exist"),
    ],
)
def test_wrong(text, complaint):
    assert complaint in "\n".join(problems(text))


def test_raw_cells():
    assert "raw cell" in markup_problems(chapter(v4.new_raw_cell("x")))[0].message


def test_labels_and_markers_are_read(tmp_path):
    text = "$$ a $$ (one)\n\n$$\nb\n$$ (two-b)\n\n$$ c $$ (not a label)\n\n`$$ d $$ (code)`"
    assert equation_labels(chapter(prose("x"), prose(text))) == [(2, "one"), (2, "two-b")]

    source = (
        "import pytest\npytestmark = pytest.mark.equation('module')\n"
        "@pytest.mark.equation('one')\n@pytest.mark.slow\n@pytest.mark.parametrize('x', ["
        "pytest.param(1, marks=pytest.mark.equation('two'))])\n"
        "def test_a(x): ...\n# pytest.mark.equation('comment')\n"
    )
    assert equation_markers(source) == {"module", "one", "two"}
    with pytest.raises(ValueError, match="line 1: write the label"):
        equation_markers("pytest.mark.equation(LABEL)")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "test_x.py").write_text(source, encoding="utf-8")
    (tmp_path / "other.py").write_text("pytest.mark.equation('other')", encoding="utf-8")
    assert labels_under_test(tmp_path) == {"module", "one", "two"}


def test_orphans_on_both_sides_are_found():
    first, second = chapter(prose("$$ a $$ (one)")), chapter(prose("$$ b $$ (two)"), name="03_b.ipynb")
    assert orphans([first, second], {"one", "two"}) == []
    assert "03_b.ipynb: no test is marked" in orphans([first, second], {"one"})[0].message
    assert "no chapter has this label" in orphans([first], {"one", "two"})[0].message
    assert "(one) is also in 02_tiny.ipynb" in orphans([first, first], {"one"})[0].message
