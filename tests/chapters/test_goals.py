"""Every goal stands in its chapter, where its passage or its exercise does, and nowhere else."""

import re

import pytest
from chapters.notebook import chapter_files, excursion_files, exercises, read
from snnlab_widgets import CHAPTERS, GOALS
from snnlab_widgets.goals import Ask, Identify

CALL = re.compile(r'from snnlab_widgets import GOALS\n\nGOALS\["([a-z0-9-]+)"\]\(\)')


@pytest.fixture(scope="module")
def chapters():
    return [read(file) for file in chapter_files() + excursion_files()]


def shown(chapter) -> list[str]:
    """The goals of a chapter, in the order of its cells."""
    return [CALL.fullmatch(cell.source)[1] for cell in chapter.tagged("part:goal")]


def test_each_goal_stands_in_its_chapter_once(chapters):
    """Or in an excursion of it."""
    for number, (_, goals) in CHAPTERS.items():
        found = [name for chapter in chapters if chapter.number == number for name in shown(chapter)]
        assert sorted(found) == sorted(goals)


def test_a_goal_stands_under_no_question_but_its_own(chapters):
    """It follows an explanation, what a cell prints or another goal, or it is the form of an exercise."""
    for chapter in chapters:
        before = {cell.number + 1: cell for cell in chapter.cells}
        for cell in chapter.tagged("part:goal"):
            last = before[cell.number]
            assert "remove-input" in cell.tags
            if "part:exercise" in cell.tags:
                assert last.source.startswith("**Exercise ")
            else:
                assert not last.tags & {"part:panel", "part:prediction", "part:exercise", "part:stop"}
                assert not last.source.rstrip("* ").endswith("?"), (chapter.number, cell.number)


@pytest.fixture(scope="module")
def forms(chapters):
    """The exercise of each goal that stands in one."""
    return {
        CALL.fullmatch(cell.source)[1]: task.name
        for chapter in chapters
        for task in exercises(chapter)
        for cell in task.cells
        if "part:goal" in cell.tags
    }


@pytest.mark.parametrize("name", GOALS)
def test_a_goal_that_is_an_exercise_is_its_form(name, forms):
    goal = GOALS[name](engine="kernel").goal.declaration
    assert forms.get(name) == (goal.exercise.id if isinstance(goal, Ask | Identify) else None)
