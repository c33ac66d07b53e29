"""The checks of parts, layout and exercises accept a good chapter and refuse each fault."""

import pytest
from chapters.exercises import exercise_problems
from chapters.figures import figure_problems
from chapters.layout import layout_problems, panel_problems
from chapters.notebook import chapter_files, exercises, words
from chapters.parts import PARTS, part_problems
from chapters.tiny import EXPLAINED, FILLER, chapter, code, good_cells, good_chapter, prose, shown, stream

TABLE = "| Symbol | Meaning | Unit |\n|---|---|---|\n"


def said(problems):
    return "\n".join(map(str, problems))


def test_a_good_chapter_has_no_problem():
    good = good_chapter()
    assert said(part_problems(good) + layout_problems(good) + exercise_problems(good)) == ""


@pytest.mark.parametrize("tag", PARTS)
def test_each_part_is_missed(tag):
    cells = [cell for cell in good_cells().values() if tag not in cell.metadata.tags]
    assert f"cell has the tag {tag}" in said(part_problems(chapter(*cells)))


@pytest.mark.parametrize(
    "changed, complaint",
    [
        ({"question": prose("*A statement.*", "part:question")}, "italic line"),
        ({"question": prose("Is it not italic?", "part:question")}, "italic line"),
        ({"question": prose("*One?*\n\n*Two?*", "part:question")}, "italic line"),
        ({"story": prose("*Twice?*", "part:hook", "part:question")}, "a second part:question"),
        ({"data": code("plot(1)", "part:hook")}, "load a recording"),
        ({"assert": code("assert True", "part:by-hand")}, "assert something"),
        ({"assert": code("t = 1", "part:by-hand")}, "assert something"),
        ({"equation": prose("$$ v = R i $$", "part:equation")}, "write $$ … $$ (label)"),
        ({"symbols": prose(TABLE + "| $v$ | it | |", "part:symbols")}, "Symbol and Unit"),
        ({"symbols": prose(TABLE, "part:symbols")}, "Symbol and Unit"),
        ({"symbols": prose("Symbol, Unit", "part:symbols")}, "Symbol and Unit"),
        ({"source": code("print('x')", "part:code", outputs=(stream("x"),))}, "print source"),
        ({"failure": code("plot()", "part:breaks")}, "show the failure"),
        ({"stop": prose("Stop here if you like. Or not.", "part:stop")}, "Stop here if you like"),
        ({"references": prose("A book.", "part:references")}, "write a list"),
        ({"bridge": prose("On.", "part:brigde")}, "part:brigde is no tag"),
        ({"bridge": code("plot()", "part:bridge")}, "does not belong on a code cell"),
        ({"objectives": prose("- One (exercise 2.1)", "part:objectives")}, "1 objectives are listed"),
        (
            {"objectives": prose("- a (exercise 2.1)\n- b (exercise 2.2)\n- c", "part:objectives")},
            "no exercise of this chapter is named",
        ),
        (
            {
                "objectives": prose(
                    "- a (exercise 2.1)\n- b (exercise 2.2)\n- c (exercise 3.1)", "part:objectives"
                )
            },
            "no exercise of this chapter is named",
        ),
    ],
)
def test_faults_of_parts(changed, complaint):
    assert complaint in said(part_problems(good_chapter(**changed)))


DRAWN = (shown("A circuit of four parts"),)


def with_scheme(*cells):
    """A good chapter with `cells` after its second explanation."""
    good = good_cells()
    place = list(good).index("after") + 1
    return chapter(*list(good.values())[:place], *cells, *list(good.values())[place:])


def test_a_scheme_may_stand_after_words_and_is_no_figure():
    drawing = code("plots.scheme_of_membrane()", "part:scheme", outputs=DRAWN)
    found = with_scheme(drawing)
    assert said(part_problems(found) + layout_problems(found)) == ""
    many = chapter(*[code("plot()", outputs=DRAWN) for _ in range(8)], drawing)
    assert figure_problems(many) == []


@pytest.mark.parametrize(
    "cells, complaint",
    [
        ([code("plots.scheme_of_membrane()", outputs=DRAWN)], "needs the tag part:scheme"),
        ([code("x = 1\nplots.scheme_of_membrane()", "part:scheme", outputs=DRAWN)], "and nothing else"),
        ([code("plots.trace(v)", "part:scheme", outputs=DRAWN)], "and nothing else"),
        ([code("x = 1"), code("plots.scheme_of_membrane()", "part:scheme", outputs=DRAWN)], "no words stand"),
        (
            [
                each
                for _ in range(3)
                for each in (prose("So."), code("plots.scheme_of_membrane()", "part:scheme", outputs=DRAWN))
            ],
            "has 3 schemes, it may have 2",
        ),
        ([prose("plots.scheme_of_membrane()", "part:scheme")], "does not belong on a markdown cell"),
    ],
)
def test_faults_of_schemes(cells, complaint):
    assert complaint in said(part_problems(with_scheme(*cells)))


@pytest.mark.parametrize(
    "snnlab, complaint",
    [
        ({}, "prerequisites"),
        ({"prerequisites": "01"}, "prerequisites"),
        ({"prerequisites": ["00_none"]}, "is no chapter"),
        ({"prerequisites": []}, "a sentence for the README"),
        ({"prerequisites": [], "about": "a bucket with a hole"}, "a sentence for the README"),
    ],
)
def test_faults_of_the_metadata(snnlab, complaint):
    assert complaint in said(part_problems(chapter(*good_cells().values(), snnlab=snnlab)))


def symbols(n):
    """An equation and a table of so many symbols."""
    rows = "".join(f"| $x_{{{k}}}$ | one | 1 |\n" for k in range(n))
    return f"$$ x = 1 $$ (some)\n\n| Symbol | Meaning | Unit |\n|---|---|---|\n{rows}"


@pytest.mark.parametrize(
    "changed, complaint",
    [
        ({"before": prose("Look.")}, "no question stands in the cell before"),
        ({"after": prose("Nice.")}, "no explanation"),
        ({"after": prose(EXPLAINED, "part:exercise")}, "no explanation"),
        ({"panel 2": code("lif_panel()", "part:panel")}, "the panel is not shown"),
        (
            {"panel 2": code("plot()", "part:panel", outputs=(shown("A line that rises"),))},
            "calls one function",
        ),
        ({"panel 2": None}, "1 panels"),
        ({"failure": code("poisson_panel()", "part:breaks")}, "needs the tag part:panel"),
        ({"answer": prose("Short. " + EXPLAINED)}, "the 20-minute path has"),
        ({"limit": prose(FILLER * 3 + FILLER * 9, "part:breaks")}, "the 20-minute path has"),
        ({"limit": prose(FILLER, "part:breaks")}, "words, it should have 1500 to 2400"),
        ({"limit": prose(FILLER * 12, "part:breaks")}, "words, it should have 1500 to 2400"),
        ({"statement": None, "check": None}, "between the first panel and the second"),
        ({"guess": prose(f"{FILLER} {FILLER}", "part:prediction")}, "words, it should come within 350"),
        ({"equation": prose(symbols(13), "part:equation", "part:symbols")}, "the table has 13 symbols"),
    ],
)
def test_faults_of_layout(changed, complaint):
    assert complaint in said(layout_problems(good_chapter(**changed)))


def test_twelve_symbols_are_not_too_many():
    found = good_chapter(equation=prose(symbols(12), "part:equation", "part:symbols"))
    assert "symbols" not in said(layout_problems(found))


@pytest.mark.parametrize(
    "name, before, complaint",
    [
        ("equation", "guess", "part:equation must not stand before question, hook and prediction"),
        ("guess", "story", "part:prediction must not stand before part:hook"),
        ("bridge", "limit", "part:bridge must stand after"),
        ("references", "objectives", "part:references must stand after"),
        ("stop", "panel", "the 20-minute path has no part:panel"),
    ],
)
def test_faults_of_order(name, before, complaint):
    cells = good_cells()
    moved = cells.pop(name)
    place = list(cells).index(before)
    order = list(cells.values())
    assert complaint in said(layout_problems(chapter(*order[:place], moved, *order[place:])))


def test_the_first_exercise_must_not_stand_before_the_first_panel():
    cells = good_cells()
    early = [cells.pop("statement"), cells.pop("check")]
    assert "between the first panel" in said(layout_problems(chapter(*early, *cells.values())))


@pytest.mark.parametrize(
    "changed, complaint",
    [
        ({"check": code("answer = None", "part:exercise")}, 'must end in check("2.1", …)'),
        ({"check": code('check("2.2", answer)', "part:exercise")}, 'must end in check("2.1", …)'),
        ({"check": code('check("2.1")', "part:exercise")}, 'must end in check("2.1", …)'),
        ({"check": code('check("2.1", answer)\nprint("x")', "part:exercise")}, 'must end in check("2.1", …)'),
        (
            {"statement 2": prose("**Exercise 2.4 — x.**", "part:exercise", "kind:sketch")},
            "2.4 should be 2.2",
        ),
        (
            {"statement 2": prose("**Exercise 2.2 — x.**", "part:exercise")},
            "the statement needs one of the tags",
        ),
        (
            {"statement 3": prose("**Exercise 2.3 — x.**", "part:exercise", "kind:sketch")},
            "no statement of an exercise has the tag kind:inverse",
        ),
        ({"statement": prose("Exercise", "part:exercise")}, "an exercise starts with a markdown cell"),
        ({"statement 3": None, "check 3": None}, "2 exercises"),
    ],
)
def test_faults_of_exercises(changed, complaint):
    assert complaint in said(exercise_problems(good_chapter(**changed)))


def test_the_cells_of_an_exercise_stand_together():
    cells = list(good_cells().values())
    place = list(good_cells()).index("check")
    assert "do not stand together" in said(
        exercise_problems(chapter(*cells[:place], prose("x"), *cells[place:]))
    )


def test_panels_have_few_sliders_and_presets():
    good = {"controls": [{}] * 4, "presets": {"fast": {}}}
    assert panel_problems(good_chapter(), lambda name: good) == []
    assert "has 5 sliders" in said(panel_problems(good_chapter(), lambda name: good | {"controls": [{}] * 5}))
    assert "lif_panel has no presets" in said(
        panel_problems(good_chapter(), lambda name: good | {"presets": {}})
    )


def test_words_are_those_of_the_prose():
    text = "# Two words\nA $x$ `b` [link](far/away.md) <!-- no --> it's.\n\n$$ y $$\n\n| a | b |\n|---|---|"
    cells = chapter(prose(text), prose("- not counted", "part:references"), code("x = 1")).cells
    assert list(map(words, cells)) == [5, 0, 0]


def test_exercises_are_found_in_boxes_too():
    found = exercises(chapter(prose("> **Exercise 2.1 — a.**", "part:exercise"), code("x", "part:exercise")))
    assert [(exercise.name, len(exercise.cells)) for exercise in found] == [("2.1", 2)]


def test_chapters_have_numbers():
    assert good_chapter().number == 2
    assert all(path.name[:2].isdigit() for path in chapter_files())
