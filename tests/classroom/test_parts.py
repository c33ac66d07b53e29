"""Every exercise of every part: the solution passes, the stub does not, each mistake gets its own hint."""

import itertools
import re
from string import Formatter

import numpy as np
import pytest
from classroom.forms import forms_of, one_of

from snnlab.course.classroom.parts import told, variant_seed, visible
from snnlab.course.classroom.reading import find_part, part_names
from snnlab.course.errors import CommandError
from snnlab.course.exercises.kinds import Function, Number
from snnlab.course.judging.diagnose import close
from snnlab.course.other_process.worker import run_cases

SEEDS = [0, 1, 2, 12345, 2**48 - 1]
PARTS = {name: find_part(name) for name in part_names()}
EACH = [
    (name, id)
    for name, part in PARTS.items()
    for exercise in part.exercises
    for id in dict.fromkeys([exercise.grade_id, *forms_of(exercise)])
]
ASKED = [(name, id) for name, id in EACH if not one_of(name, id).manual]
each = pytest.mark.parametrize(("part", "id"), EACH)
asked = pytest.mark.parametrize(("part", "id"), ASKED)
seeds = pytest.mark.parametrize("seed", SEEDS)


def handed_in(exercise, variant, answer):
    """What the marking gets for an answer of the definition: numbers, or what calls of a function came to."""
    cases = exercise.cases(variant)
    return answer if cases is None else run_cases(answer, cases)


def namespace(part, exercise, variant):
    """What is defined where a student's cell begins."""
    names = {}
    exec(part.setup + "\n" + exercise.given(variant), names)
    return names


@seeds
@asked
def test_the_solution_gets_all_points(part, id, seed):
    exercise = one_of(part, id)
    variant = exercise.draw(seed)
    mark = exercise.compare(variant, handed_in(exercise, variant, exercise.build(variant).solution))
    assert mark.points == exercise.points and mark.reason == "right"
    assert mark.hint.startswith("Right. ") and len(mark.hint) > 40


@pytest.mark.parametrize(("part", "id"), [one for one in ASKED if one_of(*one).kind == "function"])
def test_no_right_program_is_told_a_mistake_whatever_the_seed(part, id):
    """Numbers are drawn again where a mistake would look right; the hidden tests of a function are not."""
    exercise = one_of(part, id)
    for seed in range(100, 140):
        variant = exercise.draw(seed)
        outcomes = run_cases(exercise.build(variant).solution, exercise.cases(variant))
        assert exercise.compare(variant, outcomes).reason == "right", seed


@pytest.mark.parametrize(("part", "id"), [one for one in ASKED if one_of(*one).kind == "function"])
def test_hidden_calls_tell_the_mistakes_apart_whatever_the_seed(part, id):
    """Nobody who makes one of two mistakes is told the other."""
    exercise = one_of(part, id)
    for seed in range(100, 112):
        variant = exercise.draw(seed)
        task, cases = exercise.build(variant), exercise.cases(variant)
        functions = {"right": task.solution} | {one.name: one.answer for one in task.mistakes}
        came = {name: run_cases(function, cases) for name, function in functions.items()}
        for one, other in itertools.combinations(came, 2):
            pairs = zip(came[one], came[other], strict=True)
            assert not all(alike(a, b, task.tolerance) for a, b in pairs), (seed, one, other)


def alike(a, b, tolerance):
    """Whether two calls came to the same."""
    if a.kind == b.kind == "numbers":
        return close(*(np.asarray(one.value, dtype=float) for one in (a, b)), tolerance)
    return (a.kind, a.name) == (b.kind, b.name)


@seeds
@asked
def test_the_teacher_s_own_way_finds_what_is_expected(part, id, seed):
    """The function that stands in the source notebook, given what a student is given."""
    exercise = one_of(part, id)
    variant = exercise.draw(seed)
    if exercise.kind == "number":
        found = exercise.form(variant).answer(**visible(variant))
        np.testing.assert_allclose(np.asarray(found, dtype=float), exercise.expected(variant), rtol=1e-12)
    else:
        cases, right = exercise.cases(variant), exercise.expected(variant)
        assert len(cases) == len(right) and exercise.answer is None
        np.testing.assert_equal(cases[-1], cases[0])


@seeds
@asked
def test_the_stub_gets_no_point_and_is_told_so(part, id, seed):
    exercise = one_of(part, id)
    variant = exercise.draw(seed)
    names = namespace(PARTS[part], exercise, variant)
    exec(exercise.stub(variant), names)
    mark = exercise.compare(variant, handed_in(exercise, variant, names[exercise.variable]))
    assert mark.points == 0 and mark.reason == "not started"
    assert exercise.compare(variant, None).reason == "not started"


@seeds
@asked
def test_each_typical_mistake_is_rejected_with_its_own_hint(part, id, seed):
    exercise = one_of(part, id)
    variant = exercise.draw(seed)
    table = exercise.build(variant).mistakes
    assert len(table) >= 3
    for mistake in table:
        mark = exercise.compare(variant, handed_in(exercise, variant, mistake.answer))
        assert (mark.points, mark.reason) == (0, mistake.name)
        assert all(words in mark.hint for words, *_ in Formatter().parse(mistake.hint))


@each
def test_what_is_said_is_made_of_sentences(part, id):
    exercise = one_of(part, id)
    task = exercise.build(exercise.draw(1))
    hints = [mistake.hint for mistake in task.mistakes]
    assert len(set(hints)) == len({mistake.name for mistake in task.mistakes}) == len(hints)
    for text in (*hints, task.statement, *([task.next_step] if hints else [])):
        assert re.match(r"[A-Z{`]", text) and re.search(r"[.?]$", text), text
        assert "!" not in text and "  " not in text
        assert text == task.statement or 20 < len(text) < 300


@each
def test_a_definition_is_complete(part, id):
    exercise = one_of(part, id)
    variant = exercise.draw(1)
    task = exercise.build(variant)
    assert re.fullmatch(r"[a-z][a-z0-9-]*", exercise.grade_id) and exercise.points > 0
    assert (task.variable, task.title) == (exercise.variable, exercise.title)
    if exercise.manual:
        assert exercise.expected(variant) is None and exercise.cases(variant) is None
        worth = [float(points) for points in re.findall(r"^- ([\d.]+) points?: ", exercise.rubric, re.M)]
        assert sum(worth) == exercise.points  # the rubric gives away what there is
        assert exercise.sample and exercise.compare(variant, exercise.sample).points is None
        assert exercise.compare(variant, "  ").reason == "not started"
    else:
        assert isinstance(task, Number | Function) and task.variable in task.stub
        assert set(exercise.comments) <= set(visible(variant))


@each
def test_the_same_seed_gives_the_same_numbers_and_another_seed_others(part, id):
    exercise = one_of(part, id)
    assert exercise.draw(7) == exercise.draw(7)
    assert len({repr(exercise.draw(seed)) for seed in range(20)}) > (1 if exercise.manual else 17)


@asked
def test_the_statement_shows_the_student_s_own_numbers(part, id):
    """All that the cell gives stands in the text too, but for lists."""
    exercise = one_of(part, id)
    variant = exercise.draw(5)
    text = exercise.statement(variant)
    for name, value in visible(variant).items():
        shown = [told(value), f"{value:g}"] if not isinstance(value, list) else []
        assert name in text or any(number in text for number in shown), name


@asked
def test_nothing_hidden_is_given_to_a_student(part, id):
    exercise = one_of(part, id)
    variant = exercise.draw(5)
    hidden = ["_form"] * bool(exercise.forms) + ["_cases"] * (exercise.kind == "function")
    assert [name for name in variant if name.startswith("_")] == hidden
    shown = exercise.given(variant) + exercise.statement(variant) + exercise.stub(variant)
    assert "_cases" not in shown and "_form" not in shown


@pytest.mark.parametrize("name", PARTS)
def test_a_part_has_four_to_six_exercises_of_several_kinds(name):
    part = PARTS[name]
    assert 4 <= len(part.exercises) <= 6
    assert {exercise.kind for exercise in part.exercises} == {"number", "function", "text"}
    assert len({exercise.variable for exercise in part.exercises}) == len(part.exercises)


@pytest.mark.parametrize(("digits", "all_right"), [(5, True), (2, False)])
def test_a_derivative_that_asks_for_a_time_of_five_digits_needs_them(digits, all_right):
    """A time that is near enough itself may spoil the derivative: it grows from the second input on."""
    race = one_of("part6", "race, form 0")
    reasons = set()
    for seed in range(100, 112):
        variant = race.draw(seed)
        own = visible(variant)
        assert "take the time to five digits" in race.statement(variant)
        time = race.expected(variant)[0]
        since = float(f"{time:.{digits}g}") - np.array(own["times"][:2])
        steep = np.sum(np.array(own["weights"][:2]) * (1 - since) * np.exp(-since))
        answer = np.array([time, -since[1] * np.exp(-since[1]) / steep])
        reasons.add(race.compare(variant, answer).reason)
    assert (reasons == {"right"}) == all_right


def test_seeds_depend_on_class_student_and_exercise_only():
    seeds = [
        variant_seed(*who) for who in ((1, "ada", "x"), (2, "ada", "x"), (1, "bo", "x"), (1, "ada", "y"))
    ]
    assert len(set(seeds)) == 4 and all(0 <= seed < 2**48 for seed in seeds)


def test_an_unknown_part_is_named():
    with pytest.raises(CommandError, match=r'there is no part "part99", only part1'):
        find_part("part99")
    assert find_part("1") is find_part("part1")


def test_without_the_repository_a_sentence_says_where_the_exercises_are(monkeypatch):
    monkeypatch.setattr("snnlab.course.classroom.reading.repository", lambda: None)
    with pytest.raises(CommandError, match="clone the repository of the course"):
        part_names()


def test_an_exercise_that_cannot_tell_its_mistakes_apart_is_refused():
    from dataclasses import replace

    latency = one_of("part1", "latency, form 0")
    stuck = {
        "tau_m": 20.0,
        "r_m": 100.0,
        "v_rest": -65.0,
        "v_th": -50.0,
        "i": 0.237,
    }  # latency = time constant
    with pytest.raises(AssertionError, match="make a mistake look right"):
        replace(latency, parameters=lambda rng: stuck).draw(1)
