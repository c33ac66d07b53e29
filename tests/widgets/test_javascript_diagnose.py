"""Mistakes that anybody can make are named in the page as in Python, to the word."""

import numpy as np
import pytest
from course.test_check_diagnose import WRONG
from widgets.test_javascript_units import javascript

from snnlab.course.exercises import all_exercises
from snnlab.course.exercises.kinds import Function, Number
from snnlab.course.judging.diagnose import agree, general_mistake, suspects, suspects_of_one
from snnlab.course.other_process.worker import run_cases
from snnlab.course.values import plain_numbers

UNITS = ("ms", "mV", "nA", "MΩ", "Hz", "°", "")
SHAPES = ((), (1,), (2,), (3,), (7,), (1, 4), (3, 1), (2, 3), (4, 4), (2, 3, 2))


def array(value) -> dict:
    """An array as the scripts have it."""
    value = np.asarray(value, float)
    return {"shape": list(value.shape), "flat": value.ravel()}


def named(calls) -> list:
    """What Python says of each (got, right, unit), and that the page says the same."""
    mine = [general_mistake(got, right, unit) for got, right, unit in calls]
    theirs = javascript("generalMistake", [(array(got), array(right), unit) for got, right, unit in calls])
    assert [found and tuple(found) for found in theirs] == mine
    return [found and found[0] for found in mine]


def mistaken(right: np.ndarray, unit: str, rng: np.random.Generator) -> list[np.ndarray]:
    """Answers to `right` that are wrong in every way that has a name, and in some that have none."""
    answers = [suspect.answer for suspect in suspects(right, unit)] if right.any() else []
    answers += [right * (1 + off) for off in (0.004, 0.006, 0.02, 0.049, 0.051, 0.3)]
    answers += [right + off for off in (3.7, -0.02)] + [np.zeros_like(right), np.full_like(right, 12.25)]
    answers += [right * rng.choice([-1, 0.5, 1, 2, 1e3], size=right.shape) for _ in range(5)]
    answers += [right * (1 + rng.uniform(-0.06, 0.06, size=right.shape)) for _ in range(5)]
    for odd in (np.nan, np.inf, -np.inf):
        answers += [np.full_like(right, odd), np.where(rng.uniform(size=right.shape) < 0.4, odd, right)]
    answers += [right.ravel(), right.T, right[None], right.reshape(-1, 1), np.array(3.5), np.zeros((2, 2))]
    if right.ndim:
        answers += [right[1:], right[:-1], right[2:], np.roll(right, 1, 0), np.roll(right, -1, 0)]
        answers += [np.concatenate([right, right[:1]]), np.concatenate([right[-1:], right])]
    return answers


def test_each_mistake_that_has_a_name_is_named_alike():
    calls = [(np.asarray(got, float), np.asarray(right, float), unit) for _, got, right, unit, _ in WRONG]
    assert named(calls) == [name for name, *_ in WRONG]


def test_random_answers_are_named_alike():
    rng, calls = np.random.default_rng(19), []
    for unit in UNITS:
        for shape in SHAPES:
            right = rng.normal(size=shape) * 10.0 ** rng.integers(-3, 4)
            if rng.uniform() < 0.3:
                right = np.round(right)
            right = np.where(rng.uniform(size=shape) < 0.1, 0.0, right)
            calls += [(got, right, unit) for got in mistaken(right, unit, rng)]
    found = named(calls)
    assert {name for name, *_ in WRONG} | {None} == set(found)


def numbers_of(functions, case) -> list:
    """What the functions return, as far as it is numbers."""
    outcomes = [run_cases(function, [case])[0] for function in functions]
    return [outcome.value for outcome in outcomes if outcome.kind == "numbers"]


@pytest.mark.parametrize("kind", [Number, Function])
def test_what_the_tables_of_all_exercises_hold_is_named_alike(kind):
    """Every wrong answer that teachers know, against the right one; of a function, what it returns."""
    calls = []
    for task in all_exercises().values():
        if not isinstance(task, kind):
            continue
        given = [task.solution, *(mistake.answer for mistake in task.mistakes)]
        each_case = [given] if kind is Number else [numbers_of(given, case) for case in task.cases()[:3]]
        for right, *wrong in each_case:
            calls += [(plain_numbers(got), plain_numbers(right), task.unit) for got in wrong]
    calls = [call for call in calls if np.isfinite(call[1]).all()]
    assert len(calls) > 30 and len(set(named(calls))) > 3


def test_numbers_agree_alike():
    rng, calls = np.random.default_rng(20), []
    odd = [0.0, -0.0, np.nan, np.inf, -np.inf, 1e-15, 1e-300, 1.0, 1.01, 100.0]
    for _ in range(300):
        got, right = rng.choice(odd, size=(2, 4))
        calls.append((got, right, float(rng.choice([0.001, 0.01, 0.02]))))
        calls.append((got, right, rng.choice([0.001, 0.01, 2.0], size=4)))
    assert javascript("agree", calls) == [agree(*call).tolist() for call in calls]


def test_one_wrong_number_of_several_is_found_alike():
    for right in ([3.0, 0.5], [0.0, 2.25, -7.125], [[1.5, 40.0], [0.25, 0.0]]):
        (theirs,) = javascript("suspectsOfOne", [(array(right), "ms", 0.01)])
        mine = suspects_of_one(np.array(right), "ms", 0.01)
        assert [(each["name"], each["hint"]) for each in theirs] == [(each.name, each.hint) for each in mine]
        for their, own in zip(theirs, mine, strict=True):
            np.testing.assert_allclose(their["answer"]["flat"], own.answer.ravel(), rtol=1e-15)
            np.testing.assert_array_equal(their["tolerance"], np.ravel(own.tolerance))
