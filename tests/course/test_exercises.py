"""Every exercise: the solution passes, the stub has not been started, each mistake gets its own hint."""

import re
import subprocess
import sys
from string import Formatter

import numpy as np
import pytest
from tree import ROOT

from snnlab.course import check, exercise, mistakes
from snnlab.course.exercises import all_exercises, find
from snnlab.course.exercises.kinds import Facts, Function, Hidden, Number
from snnlab.course.judging.answers import judge
from snnlab.course.other_process.runner import Runner

ALL = all_exercises()
EACH_MISTAKE = [(id, mistake.name) for id, task in ALL.items() for mistake in task.mistakes]
NUMBERS = [id for id, task in ALL.items() if isinstance(task, Number)]
NO_CHOICE = [id for id in NUMBERS if not ALL[id].choices]
HIDDEN = [id for id, task in ALL.items() if isinstance(task, Hidden)]
RHEOBASES = [
    id for id in HIDDEN if ALL[id].evidence is None
]  # the others are no current, trials do not bracket them


@pytest.fixture(scope="module")
def runner():
    with Runner() as runner:
        yield runner


def stimulated(task, seed=1):
    """A hidden neuron after three trials that leave each of its mistakes open; None for other exercises."""
    if not isinstance(task, Hidden):
        return None
    hidden = task.hand_out(seed)
    rheobase = task.solution(Facts(task.draw(seed), ()))
    for current in (0.7 * rheobase, 1.8 * rheobase, 1.4 * rheobase):
        hidden.inject(np.full(800, current), dt=0.1)
    return hidden


def as_answer(task, given, hidden):
    """What a student would hand in: for a hidden neuron the table holds functions of the facts."""
    return given(Facts(task.draw(hidden.seed), hidden.trials)) if isinstance(task, Hidden) else given


def test_each_file_holds_one_exercise_of_its_chapter_and_all_are_found():
    folder = ROOT / "snnlab" / "course" / "exercises"
    files = sorted(file for file in folder.glob("chapter*/*.py") if file.name != "__init__.py")
    chapters = [id.partition(".")[0] for id in ALL]
    assert sorted(int(file.parent.name.removeprefix("chapter")) for file in files) == [*map(int, chapters)]
    for chapter in set(chapters):
        numbers = [int(id.partition(".")[2]) for id in ALL if id.startswith(f"{chapter}.")]
        assert numbers == [*range(1, len(numbers) + 1)]


def test_one_is_found_without_those_of_other_chapters():
    """They need most of the library, and the first `check` of a reader would wait for it."""
    look = "import sys; from snnlab.course.exercises import find; find('2.4'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, encoding="utf-8", check=True)
    loaded = set(re.findall(r"snnlab\.course\.exercises\.(chapter\d+)", done.stdout))
    assert loaded == {"chapter02"}
    assert all(find(id) is task for id, task in ALL.items())


def test_each_number_has_a_label_of_its_own():
    for id in NUMBERS:
        labels = ALL[id].labels
        assert len(labels) == len(set(labels)) == np.size(ALL[id].solution) and all(labels), id


@pytest.mark.parametrize("id", ALL)
def test_the_solution_passes(id, runner):
    task = ALL[id]
    hidden = stimulated(task)
    verdict = judge(task, as_answer(task, task.solution, hidden), hidden, runner)
    assert verdict.right and verdict.reason == "right"
    assert verdict.message.startswith("Right. ") and len(verdict.message) > 40  # and a next step


@pytest.mark.parametrize("id", ALL)
def test_the_untouched_stub_has_not_been_started(id, capsys):
    exec(ALL[id].cell, {"check": check, "exercise": exercise})
    assert capsys.readouterr().out.startswith(f"{id}  Not started yet. ")


@pytest.mark.parametrize(("id", "name"), EACH_MISTAKE)
def test_each_mistake_gets_its_own_hint(id, name, runner):
    task = ALL[id]
    mistake = next(mistake for mistake in task.mistakes if mistake.name == name)
    hidden = stimulated(task)
    verdict = judge(task, as_answer(task, mistake.answer, hidden), hidden, runner)
    assert not verdict.right
    assert verdict.reason == name
    words = [text for text, *_ in Formatter().parse(mistake.hint)]
    assert all(text in verdict.message for text in words)


def test_a_table_has_three_mistakes_with_distinct_names_and_hints():
    for id in ALL:
        table = mistakes(id)
        assert len(table) >= 3, id
        assert len({mistake.name for mistake in table}) == len(table), id
        assert len({mistake.hint for mistake in table}) == len(table), id


def test_what_is_said_is_made_of_sentences():
    for task in ALL.values():
        own = {"answer", "used", "allowed", "needs", "longest"} if isinstance(task, Hidden) else {"answer"}
        for text in (*(mistake.hint for mistake in task.mistakes), task.next_step, task.statement):
            assert re.match(r"[A-Z{`]", text) and re.search(r"[.?]$", text), (task.id, text)
            assert "!" not in text and "  " not in text, (task.id, text)
        for text in (*(mistake.hint for mistake in task.mistakes), task.next_step):
            used = {name for _, name, *_ in Formatter().parse(text) if name is not None}
            assert used <= (own if not isinstance(task, Function) else set()), (task.id, text)
            assert 20 < len(text) < 300, (task.id, text)


def test_an_exercise_belongs_to_its_chapter():
    for id, task in ALL.items():
        assert task.id == id and re.fullmatch(r"\d+\.\d+", id), id
        assert task.title and task.variable in task.stub, id
        assert task.cell.endswith(f'check("{id}", {task.variable})'), id


def test_three_digits_are_enough():
    for id in NUMBERS:
        rounded = np.vectorize(lambda x: float(f"{x:.3g}"))(ALL[id].solution)
        assert judge(ALL[id], rounded.tolist()).right, id


@pytest.mark.parametrize("id", NO_CHOICE)
def test_two_digits_are_enough_or_one_more_is_asked_for(id):
    """Of all numbers, and of each alone."""
    right = np.asarray(ALL[id].solution, dtype=float)
    rounded = np.vectorize(lambda x: float(f"{x:.2g}"))(right)
    for short in (np.full(right.shape, True), *np.eye(right.size, dtype=bool).reshape(-1, *right.shape)):
        verdict = judge(ALL[id], np.where(short, rounded, right).tolist())
        assert verdict.right or "digit more" in verdict.message or "Three are wanted" in verdict.message


@pytest.mark.parametrize("id", NO_CHOICE)
def test_each_number_is_measured_by_its_own_size(id):
    """However small it is beside the others."""
    task = ALL[id]
    for k in range(np.size(task.solution)):
        for off in (0.99 * task.tolerance, 1.01 * task.tolerance):
            answer = np.array(task.solution, dtype=float)
            answer.flat[k] *= 1 + off
            assert judge(task, answer.tolist()).right == (off < task.tolerance)


@pytest.mark.parametrize("id", [id for id, task in ALL.items() if isinstance(task, Function)])
def test_the_tries_are_many_the_same_each_time_and_of_the_right_length(id):
    task = ALL[id]
    cases = task.cases()
    np.testing.assert_equal(task.cases(), cases)
    assert len(cases) >= 8
    assert all(len(case) == len(task.arguments) for case in cases)


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 12345, 2**40])
@pytest.mark.parametrize("id", RHEOBASES)
def test_every_variant_can_be_solved_by_halving(id, seed):
    task = ALL[id]
    hidden = task.hand_out(seed)
    low, high = task.range
    assert low < task.solution(Facts(task.draw(seed), ())) < high
    while hidden.trials_left:
        middle = (low + high) / 2
        if hidden.inject(np.full(20_000, middle)).n_spikes:
            high = middle
        else:
            low = middle
    assert judge(task, (low + high) / 2, hidden).right


@pytest.mark.parametrize("id", HIDDEN)
def test_variants_differ(id):
    assert len({ALL[id].draw(seed) for seed in range(20)}) == 20


def test_the_table_of_a_number_is_plain_numbers():
    """So that a page can carry it."""
    for task in ALL.values():
        if isinstance(task, Number):
            assert all(
                np.isfinite(np.asarray(mistake.answer, dtype=float)).all() for mistake in task.mistakes
            )


def test_ids_stand_in_the_order_of_the_book():
    numbers = [tuple(int(part) for part in id.split(".")) for id in ALL]
    assert numbers == sorted(numbers)


def test_an_unknown_exercise_is_named():
    with pytest.raises(ValueError, match=r'there is no exercise "2.99", only 1.1, 1.2'):
        find("2.99")
    with pytest.raises(TypeError, match="in quotes"):
        check(2.1, 3)


def test_only_a_hidden_neuron_is_handed_out():
    with pytest.raises(ValueError, match=r'exercise 2.1 hands out nothing: .* check\("2.1", first_spike\)'):
        exercise("2.1")
