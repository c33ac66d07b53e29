"""What stands where marking does not look is put before a person, and never ends at 0 by silence."""

import copy
import dataclasses
import json

import pytest
from classroom.hand_ins import ADA, BO, new_class, page
from classroom.toy_class import RIGHT, TOY, filled, handed_out

from snnlab.course.classroom.assessment.assessing import assess
from snnlab.course.classroom.sandbox.limits import Limits

WORDS = "The membrane leaks, so it forgets."
BLANK = {"first": "first = ...", "essay": "*Write here.*"}


@pytest.fixture
def marked(tmp_path, isolation):
    """Mark a notebook, beside which other files of the same student may lie."""
    key = new_class(tmp_path / "class")
    given = tmp_path / "class" / "students" / ADA.id / "toy.ipynb"
    given.parent.mkdir(parents=True)
    given.write_text(json.dumps(handed_out(key, ADA.id)), encoding="utf-8")

    def mark(change, answers=(), part=TOY, **received):
        notebook = filled(handed_out(key, ADA.id), {**RIGHT, **BLANK, **dict(answers)})
        notebook = change(copy.deepcopy(notebook)) or notebook if change else notebook
        own = tmp_path / "class" / "submitted" / ADA.id
        (own / "received").mkdir(parents=True)
        for name, data in received.items():
            (own / "received" / f"{name}.json").write_bytes(data(key))
        (own / "toy.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        return assess(key, part, ADA.id, own / "toy.ipynb", Limits(), isolation).mark["exercises"]

    return mark


def with_cell(kind, text, at=None):
    def change(notebook):
        cell = {"cell_type": kind, "id": "own", "metadata": {}, "source": text}
        notebook["cells"].insert(len(notebook["cells"]) if at is None else at, cell)
        return notebook

    return change


def without_marks(notebook):
    """As a service leaves it that does not know these metadata."""
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    return notebook


def test_what_was_handed_out_is_nobodys_answer(marked):
    found = marked(None)
    assert (found["essay"]["points"], found["essay"]["needs_eye"]) == (0, False)
    assert (found["first"]["points"], found["first"]["needs_eye"]) == (0, False)


@pytest.mark.parametrize("kind", ["markdown", "raw", "code"])
def test_a_text_in_a_cell_of_ones_own_is_read(marked, kind):
    essay = marked(with_cell(kind, WORDS))["essay"]
    assert essay["points"] is None and essay["needs_eye"] and WORDS in essay["answer"]


def test_a_text_in_two_cells_is_read_whole(marked):
    essay = marked(with_cell("markdown", WORDS), {"essay": "Because of"})["essay"]
    assert essay["answer"].startswith("Because of") and WORDS in essay["answer"] and essay["needs_eye"]


def test_a_text_without_its_mark_is_read(marked):
    """Nothing is marked any more; only what was not handed out is shown."""
    essay = marked(without_marks, {"essay": WORDS})["essay"]
    assert essay["points"] is None and WORDS in essay["answer"] and "Scale." not in essay["answer"]
    assert TOY.setup not in essay["answer"]


def test_an_answer_that_the_stub_takes_back_is_seen(marked):
    first = marked(with_cell("code", "first = 2 * a", at=3))["first"]
    assert first["points"] is None and first["needs_eye"] and "first = 2 * a" in first["answer"]


def test_an_answer_in_the_cell_of_another_exercise_is_seen(marked):
    """Its own cell comes later and takes it back; the other's answer is right and left alone."""
    found = marked(None, {"first": "first = 2 * a\nlast = [b, b + 1]", "last": "last = ..."})
    assert found["last"]["points"] is None and found["last"]["needs_eye"]
    assert found["last"]["answer"] == "(in the cell of first)\nfirst = 2 * a\nlast = [b, b + 1]"
    assert (found["first"]["points"], found["first"]["needs_eye"]) == (2, False)


def test_an_answer_that_was_found_elsewhere_and_is_right_is_nobody_s_to_look_at(marked):
    found = marked(None, {"last": "first = 2 * a\nlast = [b, b + 1]"})
    assert (found["first"]["points"], found["first"]["needs_eye"]) == (2, False)
    assert (found["last"]["points"], found["last"]["needs_eye"]) == (2, False)


def test_a_name_within_a_function_of_another_exercise_is_no_answer(marked):
    inside = "def scaled(x, y):\n    last = factor * x * np.asarray(y)\n    return last"
    found = marked(None, {"middle": inside, "last": "last = ..."})
    assert (found["last"]["points"], found["last"]["needs_eye"]) == (0, False)


def test_a_cell_that_names_nothing_asked_for_changes_nothing(marked):
    found = marked(with_cell("code", "test = 3"))
    assert (found["first"]["points"], found["first"]["needs_eye"]) == (0, False)


def test_what_is_answered_is_not_asked_again(marked):
    last = marked(with_cell("code", "last_try = last"))["last"]
    assert (last["points"], last["needs_eye"]) == (2, False)


def test_a_fuller_page_beside_a_nearly_blank_notebook_is_seen(marked):
    found = marked(None, fuller=lambda key: page(key, ADA, first=17.5, essay=WORDS))
    assert "fuller.json" in found["essay"]["answer"] and WORDS in found["essay"]["answer"]
    assert found["first"]["points"] is None and "17.5" in found["first"]["answer"]
    assert found["middle"]["points"] == 3 and not found["middle"]["needs_eye"]


def test_the_file_of_another_is_no_answer(marked):
    found = marked(None, other=lambda key: page(key, BO, first=17.5), rubbish=lambda key: b"{")
    assert (found["first"]["points"], found["first"]["needs_eye"]) == (0, False)


@pytest.fixture
def corrected():
    """The part after `snnlab regrade`, with other words in each statement."""
    exercises = [
        dataclasses.replace(
            one, build=lambda v, b=one.build: dataclasses.replace(b(v), statement="Now without a typo.")
        )
        for one in TOY.exercises
    ]
    return dataclasses.replace(TOY, edition="2+toy", exercises=tuple(exercises))


def test_a_statement_that_was_corrected_since_is_nobodys_answer(marked, corrected):
    found = marked(None, part=corrected)
    assert (found["essay"]["points"], found["essay"]["needs_eye"]) == (0, False)
    assert (found["first"]["points"], found["first"]["needs_eye"]) == (0, False)


def test_after_a_correction_the_other_files_are_still_theirs(marked, corrected):
    found = marked(None, part=corrected, fuller=lambda key: page(key, ADA, first=17.5, essay=WORDS))
    assert "17.5" in found["first"]["answer"] and WORDS in found["essay"]["answer"]
