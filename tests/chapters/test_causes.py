"""The check of sentences of cause finds those without a control and lets pass those that have one."""

import pytest
from chapters.causes import cause_problems
from chapters.claims import claim_problems
from chapters.tiny import chapter, code, good_chapter, prose, shown, stream

PRINTED = code(
    "print(…)",
    outputs=(
        stream("with noise: 1.5 ms\nwithout noise: 6.0 ms\nnothing to count\n"),
        shown("Step response.\nno leak: 7 spikes."),
    ),
)
REFERENCES = prose(
    "- Knight, B. W. (1972). Dynamics. *J. Gen. Physiol.*\n- Golomb, D., and Hansel, D. (2007). Mechanisms.",
    "part:references",
)


def problems(text, *tags):
    made = chapter(PRINTED, prose(text, *tags), REFERENCES)
    return [problem.message for problem in cause_problems(made)]


def test_a_good_chapter_has_no_problem():
    assert cause_problems(good_chapter()) == []


@pytest.mark.parametrize(
    "text",
    [
        "It is early because of the noise<!-- control: without noise -->.",
        "It is early because of the noise<!-- control: with & noise -->, thanks to it alone.",
        "*It fires because it leaks<!-- control: no leak -->.* Then it rests.",
        "The noise makes it fast<!-- control: test_a_good_chapter_has_no_problem -->.",
        "It takes 1.5 ms<!-- with noise --> because of the noise<!-- control: without noise -->.",
        "It is called a compartment because it holds one cell<!-- no control: definition -->.",
        "The mean grows because both terms do<!-- no control: mathematics -->.",
        "Knight showed that noise makes it fast<!-- no control: citation -->.",
        "Noise makes it fast (Golomb and Hansel, 2007)<!-- no control: citation -->.",
        "Take the slow one, because the fast one has a test of its own<!-- no control: task -->.",
        "What makes it fire? Who decides, and *why is it fast because of noise?*",
        "It leaks. It rests. This decision was made by a maker of decisions.",
        "`because` and $because$ and\n\n    | because |\n\n## What makes it fire\n\n$$ because $$\n",
    ],
)
def test_right(text):
    assert problems(text) == []


@pytest.mark.parametrize(
    "text, complaint",
    [
        ("It is early because of the noise.", 'says "because" and names no control'),
        (
            "It is early, thanks to\nthe noise. It takes 1.5 ms<!-- control: without noise -->.",
            'says "thanks to" and names no control',
        ),
        (
            "It is early<!-- control: without noise -->. That is why it wins!",
            'says "That is why" and names no control',
        ),
        ("The leak decides<!-- control: without leak -->.", 'no printed line contains "without leak"'),
        (
            "The leak decides<!-- control: nothing to count -->.",
            'the line of "nothing to count" holds no number',
        ),
        ("The leak decides<!-- control: -->.", 'no printed line contains ""'),
        ("It makes it fast<!-- control: test_that_nobody_wrote -->.", "no test is called test_that_nobody"),
        ("It makes it fast<!-- no control: everybody knows -->.", '"everybody knows" is no reason'),
        ("They showed that it decides<!-- no control: citation -->.", "names nobody of the references"),
        ("It is fast<!-- control: without noise -->.", "has a control and no word of cause"),
    ],
)
def test_ten_planted_sentences_are_caught(text, complaint):
    found = problems(text)
    assert any(complaint in message for message in found), found


def test_each_sentence_needs_its_own_and_a_paragraph_ends_one():
    text = (
        "It leaks because\n\nnoise decides<!-- control: without noise -->\n- that makes two\n- it makes three"
    )
    assert len(problems(text)) == 3


def test_solutions_are_looked_at_exercises_are_not():
    folded = "<details>\n<summary>How fast</summary>\n\nFast, because it leaks.\n\n</details>"
    assert len(problems(folded)) == 1
    assert problems("It fires because it leaks.", "part:exercise") == []
    assert problems("It fires because it leaks.", "part:references") == []


def test_the_check_of_numbers_takes_no_mark_for_a_number():
    text = "It leaks<!-- control: with noise -->, because of 7<!-- no leak --><!-- no control: task -->."
    assert claim_problems(chapter(PRINTED, prose(text))) == []
