"""The check of the figures finds each fault and lets pass what is right."""

import pytest
from chapters.figures import figure_problems
from chapters.tiny import chapter, code, good_chapter, prose, shown

ALT = "A line that rises"


def pictures(count):
    return [code("plot()", outputs=(shown(ALT),)) for _ in range(count)]


def problems(*cells):
    return [problem.message for problem in figure_problems(chapter(*cells))]


def test_a_good_chapter_has_no_problem():
    assert figure_problems(good_chapter()) == []


@pytest.mark.parametrize("count, right", [(3, False), (4, True), (8, True), (9, False)])
def test_number_of_figures(count, right):
    cells = [*pictures(count - 1), prose("![A line](line.png)")]
    found = problems(*cells)
    assert found == [] if right else f"{count} figures" in found[0]


@pytest.mark.parametrize(
    "alt",
    [
        "",
        " ",
        "<Figure size 640x480 with 1 Axes>",
        "array([1., 2.])",
        "Spikes(3 spikes of 1 unit)",
        "63.0",
        "(1, 2)",
    ],
)
def test_a_figure_needs_words(alt):
    cells = [*pictures(3), code("plot()", outputs=(shown(alt),))]
    assert len(problems(*cells)) == 1


def test_a_picture_in_markdown_needs_words():
    cells = [*pictures(3), prose("![](line.png)")]
    assert problems(*cells) == ["a picture has no text in its brackets"]
