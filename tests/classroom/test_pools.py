"""Pools: of some exercises each student of a class gets one of several forms, which ask something else."""

import re

import pytest

from snnlab.course import cli
from snnlab.course.classroom.giving_back.standings import part_of
from snnlab.course.classroom.key import read_key
from snnlab.course.classroom.parts import pool
from snnlab.course.classroom.reading import find_part, part_names

POOLS = [(name, one.grade_id) for name in part_names() for one in find_part(name).exercises if one.forms]
CHAPTERS = {24: "credit", 26: "registers", 27: "engine", 28: "needs"}  # the pools of part 9, by chapter


def words(text):
    """What a statement says, apart from its numbers."""
    return set(re.findall(r"[^\W\d_]{4,}", text))


def test_the_chapters_of_part_9_have_a_pool_each():
    assert [one.grade_id for one in find_part("part9").exercises if one.forms] == list(CHAPTERS.values())


@pytest.mark.parametrize(("part", "id"), POOLS)
def test_the_forms_of_a_pool_ask_something_else(part, id):
    """Not only for other numbers: they share less than half of their words, and no hint."""
    forms = find_part(part)[id].forms
    assert len(forms) >= 2
    tasks = [one.build(one.draw(1)) for one in forms]
    first, second = (words(task.statement) for task in tasks[:2])
    assert len(first & second) < len(first | second) / 2
    hints = [mistake.hint for task in tasks for mistake in task.mistakes]
    assert len(set(hints)) == len(hints)


@pytest.mark.parametrize(("part", "id"), POOLS)
def test_the_seed_decides_which_form_somebody_gets(part, id):
    exercise = find_part(part)[id]
    drawn = [exercise.draw(seed) for seed in range(20)]
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
