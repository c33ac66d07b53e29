"""Pools: of some exercises each student of a class gets one of several forms, which ask something else."""

import itertools
import re
from collections import Counter

import pytest
from chapters.notebook import BOOK, chapter_files
from classroom.forms import forms_of, one_of

from snnlab.course import cli
from snnlab.course.classroom.giving_back.standings import part_of
from snnlab.course.classroom.key import read_key
from snnlab.course.classroom.parts import pool, visible
from snnlab.course.classroom.reading import find_part, part_names

POOLS = [(name, one.grade_id) for name in part_names() for one in find_part(name).exercises if one.forms]


def words(text):
    """What a statement says, apart from its numbers."""
    return set(re.findall(r"[^\W\d_]{4,}", text))


def questions():
    """All that a machine marks, each form of a pool for itself: part and name."""
    parts = {name: find_part(name).exercises for name in part_names()}
    return [
        (name, id) for name, all in parts.items() for one in all if not one.manual for id in forms_of(one)
    ]


def numbers_of_chapters():
    return {int(file.name[:2]) for file in chapter_files()}


def test_each_chapter_has_two_questions_that_a_machine_marks():
    asked = Counter(one_of(*each).chapter for each in questions())
    assert asked.keys() == numbers_of_chapters() and min(asked.values()) >= 2, asked


def test_the_page_for_teachers_knows_how_many_questions_there_are():
    page = (BOOK / "teaching.md").read_text(encoding="utf-8")
    pools = [find_part(part)[id] for part, id in POOLS]
    words = f"{len(questions())} questions", f"{len(pools)} pools"
    assert [word for word in words if word not in page] == []


def test_each_question_is_of_a_chapter_that_its_part_is_for():
    for part, id in questions():
        named = re.findall(r"(\d+)(?: to (\d+))?", find_part(part).introduction)
        there = {number for low, high in named for number in range(int(low), int(high or low) + 1)}
        assert one_of(part, id).chapter in there, (part, id)


def test_no_form_takes_the_name_of_a_number_of_another_exercise():
    """All cells of a notebook share one namespace, whichever forms somebody got."""
    for name in part_names():
        taken = []
        for one in find_part(name).exercises:
            given = [visible(form.draw(1)) for form in one.forms or (one,) if not one.manual]
            taken += {one.variable, *itertools.chain(*given)}
        assert [word for word, count in Counter(taken).items() if count > 1] == [], name


@pytest.mark.parametrize(("part", "id"), POOLS)
def test_the_forms_of_a_pool_ask_something_else(part, id):
    """Not only for other numbers: they share less than half of their words, and no hint."""
    forms = find_part(part)[id].forms
    assert len(forms) >= 2
    tasks = [one.build(one.draw(1)) for one in forms]
    for first, second in itertools.combinations([words(task.statement) for task in tasks], 2):
        assert len(first & second) < len(first | second) / 2
    hints = [mistake.hint for task in tasks for mistake in task.mistakes]
    assert len(set(hints)) == len(hints)


@pytest.mark.parametrize(("part", "id"), POOLS)
def test_the_seed_decides_which_form_somebody_gets(part, id):
    exercise = find_part(part)[id]
    drawn = [exercise.draw(seed) for seed in range(40)]
    assert {one["_form"] for one in drawn} == set(range(len(exercise.forms)))
    for one in drawn[:4]:
        assert exercise.form(one) is exercise.forms[one["_form"]]


@pytest.mark.parametrize(("part", "id"), POOLS)
def test_rules_may_name_the_mistakes_of_every_form(part, id):
    exercise = find_part(part)[id]
    for form in exercise.forms:
        assert {one.name for one in form.build(form.draw(2)).mistakes} <= set(exercise.mistakes)


def test_forms_that_cannot_take_each_other_s_place_are_refused():
    registers, needs = find_part("part9")["registers"], find_part("part9")["needs"]
    with pytest.raises(AssertionError):
        pool(registers.forms[0], needs.forms[0])
    with pytest.raises(AssertionError):
        pool(find_part("part9")["follows"])


def test_a_class_of_a_part_with_pools_has_all_forms(tmp_path):
    (tmp_path / "roster.csv").write_text("id\n" + "".join(f"s{k}\n" for k in range(8)), encoding="utf-8")
    folder = tmp_path / "class"
    words = ["assign", "part9", "--roster", str(tmp_path / "roster.csv"), "--seed", "5", "--out", str(folder)]
    assert cli.main(words) == 0
    key = read_key(folder)
    assert part_of(key) is find_part("part9")
    given = [one["exercises"]["registers"]["parameters"]["_form"] for one in key["students"].values()]
    assert set(given) == {0, 1}
    for k, form in enumerate(given):
        page = (folder / f"students/s{k}/part9.html").read_text(encoding="utf-8")
        assert ("largest weight exponent" in page) == bool(form) and "_form" not in page
