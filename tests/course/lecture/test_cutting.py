"""What stands on which slide, from pages of a few lines."""

from pathlib import Path

import pytest

pytest.importorskip("bs4")

from snnlab.course.lecture.chapter_page import ChapterPage, SetAside, parse_article, words_of
from snnlab.course.lecture.cutting import ABOVE, ALONE, cut
from snnlab.course.lecture.teachers_notes import TeachersNotes

NONE = TeachersNotes("", {}, {})
PANEL = (
    '<div class="cell tag_part:panel"><div class="cell_input"><pre>lif_panel()</pre></div>'
    '<div class="cell_output"><div class="output text_html"><div class="snnlab-host"><figure></figure></div>'
    "</div></div></div>"
)
FIGURE = (
    '<div class="cell"><div class="cell_input"><pre>plots.trains(x)</pre></div><div class="cell_output">'
    '<div class="output text_html"><img src="a.png"></div></div></div>'
)
HIDDEN = (
    FIGURE
    .replace("cell_output", "hidden")
    .replace('<div class="hidden">', '<details class="hide"><summary>Show</summary><div class="cell_output">')
    .replace("</div></div></div>", "</div></div></details></div>")
)
EQUATION = '<div class="math"><math><mi>v</mi></math></div>'
SENTENCE = "The cell fires once more, and then it is quiet again for a while."
CODE = (
    '<div class="cell tag_part:code"><div class="cell_input"><pre>print(inspect.getsource(step))</pre></div>'
    '<div class="cell_output"><pre>def step(v):\n    return v\n</pre></div></div>'
)


def paragraph(words: int) -> str:
    return "<p>" + " ".join([SENTENCE] * (words // 13)) + "</p>"


def slides(body: str, teacher: TeachersNotes = NONE):
    head = '<section id="top"><h1>5. Spikes</h1><p><em>Why?</em></p>'
    text = f'<article class="bd-article">{head}{body}</section></article>'
    chapter = ChapterPage(Path("05_spikes.html"), parse_article(text), SetAside(""), "5. Spikes")
    return [slide for column in cut(chapter, teacher) for slide in column]


def kinds(body: str) -> list[str]:
    return [slide.kind for slide in slides(body)]


def test_the_first_slide_is_title_and_question_with_the_teachers_opening():
    first, *rest = slides("", NONE._replace(opening="<p>Ten minutes.</p>"))
    assert (first.kind, first.heading, words_of(first.body[0])) == ("title", "5. Spikes", "Why?")
    assert first.notes == ["<p>Ten minutes.</p>"] and rest == []


def test_every_section_is_a_column_with_its_heading_on_every_slide():
    section = f'<section id="more"><h2>More</h2>{paragraph(39)}{PANEL}{paragraph(39)}</section>'
    found = slides(section)
    assert [slide.heading for slide in found] == ["5. Spikes", "More", "More", "More"]
    assert [slide.kind for slide in found] == ["title", "words", "panel", "words"]
    assert found[1].id == "more"


def test_a_panel_has_its_slide_and_its_call_is_for_the_speaker():
    _, before, panel, behind = slides(paragraph(13) + PANEL + paragraph(13))
    assert len(panel.body) == 1 and panel.body[0].select_one("[data-screen] > .snnlab-host")
    assert "lif_panel()" in "".join(map(str, panel.notes))
    assert "lif_panel()" not in str(panel.body + before.body + behind.body)


@pytest.mark.parametrize("look, kind", [(FIGURE, "figure"), (EQUATION, "equation"), (CODE, "code")])
def test_words_stand_with_what_they_lead_to(look, kind):
    assert kinds(paragraph(26) + look + paragraph(26)) == ["title", kind]
    assert kinds(paragraph(26) + look + paragraph(26) + paragraph(13)) == ["title", kind, "words"]
    assert kinds(paragraph(26) + paragraph(39) + look) == ["title", "words", kind]
    assert kinds(look + look) == ["title", kind, kind]  # at most one thing to look at


def test_a_sentence_that_goes_on_comes_along():
    lead = "<p>The potential obeys:</p>"
    _, words, equation = slides(
        paragraph(52) + "<p>It is a little more than that, or so one would think, and</p>" + EQUATION
    )
    assert words_of(words.body[-1]).endswith(".") and len(equation.body) == 2
    _, first, second = slides(EQUATION + paragraph(13) + lead + EQUATION)
    assert len(first.body) == 2 and words_of(second.body[0]) == "The potential obeys:"


def test_what_is_too_long_is_for_the_speaker_and_nothing_is_lost():
    said = paragraph(130)
    _, slide = slides(said)
    shown, rest = words_of(slide.body[0]), words_of(slide.notes[0])
    assert len(shown.split()) <= ALONE and shown.endswith(".")
    assert f"{shown} {rest}" == words_of(parse_article(f'<article class="bd-article">{said}</article>'))


def test_a_picture_that_answers_comes_after_its_question_and_an_answer_alone_is_open():
    fold = f"<details><summary>Where it ends</summary>{paragraph(13)}</details>"
    found = slides(paragraph(ABOVE) + HIDDEN + PANEL + fold)
    assert [slide.kind for slide in found] == ["title", "words", "figure", "panel", "words"]
    assert found[2].body[0].find("img") and "open" in found[4].body[0].attrs
    below = slides(paragraph(13) + FIGURE + fold)[1]
    assert "open" not in below.body[-1].attrs


def test_an_exercise_has_statement_hint_form_and_what_the_teacher_knows():
    teacher = NONE._replace(
        mistakes={"5.1": "<ul><li>upside down</li></ul>"}, questions={"5.1": "<li>And then?</li>"}
    )
    statement = '<p id="exercise-5-1"><strong>Exercise 5.1 — Four spikes.</strong> Count them.</p>'
    form = '<div class="snn-exercise"><script type="application/json">{}</script></div>'
    _, slide, behind = slides(statement + "<p>A hint.</p>" + form + paragraph(13), teacher)
    assert slide.heading == "Exercise 5.1 — Four spikes" and slide.kind == "exercise"
    assert [words_of(part) for part in slide.body[:2]] == ["Count them.", "A hint."]
    assert slide.body[2]["class"] == ["snn-exercise"]
    assert "upside down" in "".join(map(str, slide.notes)) and "And then?" in "".join(map(str, slide.notes))
    assert behind.kind == "words"


def test_a_program_that_is_too_long_is_for_the_speaker():
    long = CODE.replace("    return v\n", "    v += 1\n" * 40)
    _, slide = slides(paragraph(13) + long)
    assert slide.kind == "words" and "def step" in "".join(map(str, slide.notes))
    _, slide = slides(CODE)
    assert "def step" in str(slide.body) and "getsource" in str(slide.notes)
