"""A function taught to frozen weights: what is asked changes nothing, and the guesses are those of a task."""

import numpy as np
import pytest

from snnlab.learning.memory.function_learner import guesses
from snnlab.learning.memory.sine_learner import sine_learner, usual_errors
from snnlab.learning.memory.sine_tasks import SineTasks
from snnlab.learning.memory.taught_function import EXAMPLES, PLACES, taught_function

GRID = np.linspace(-1.0, 1.0, PLACES)


def examples_of(seen):
    """Where the examples before the last one were, and what was shown."""
    places, marks = (line[PLACES + 1 :].reshape(EXAMPLES, 3)[:, :2] for line in (seen.places, seen.marks))
    return places[:-1, 0], marks[:-1].mean(axis=1)


@pytest.mark.parametrize("others", [False, True])
def test_the_guesses_are_those_of_a_task_that_asks_once(others):
    """The plain way round: a task of its own for each place that the last example might have."""
    seen = taught_function(0.4, -0.3, EXAMPLES, others, rng=np.uint64(5))
    x, shown = examples_of(seen)
    some = np.arange(0, PLACES, 8)
    tasks = SineTasks(
        np.full(some.size, -0.4),
        np.full(some.size, -0.3),
        np.column_stack([np.tile(x, (some.size, 1)), GRID[some]]),
        np.column_stack([np.tile(shown, (some.size, 1)), np.zeros(some.size)]),
    )
    np.testing.assert_array_equal(guesses(sine_learner(), tasks)[:, -1], seen.guess[some])
    np.testing.assert_allclose(tasks.wanted[:, -1], seen.right[some], atol=1e-12)


def test_an_error_is_a_mean_over_all_places():
    whole = taught_function(0.4, -0.3, rng=np.uint64(5))
    for k in (1, 7, EXAMPLES):
        seen = taught_function(0.4, -0.3, k, rng=np.uint64(5))
        np.testing.assert_array_equal(seen.errors, whole.errors)  # of whichever the whole guess is seen
        found = np.mean((seen.guess - seen.right)[:PLACES] ** 2)
        assert seen.error == seen.errors[k - 1] == pytest.approx(found)
        assert np.isfinite(seen.marks).sum() == 2 * (k - 1)
    assert (whole.first, whole.last) == (whole.errors[0], whole.errors[-1])


def test_the_function_goes_through_both_points():
    seen = taught_function(0.65, -0.9, 1, rng=np.uint64(5))
    assert np.interp([-0.5, 0.0], seen.places[:PLACES], seen.right[:PLACES]) == pytest.approx([0.65, -0.9])


def test_the_values_of_others_are_those_of_sines_and_new_in_each_example():
    seen = taught_function(0.4, -0.3, others=True, rng=np.uint64(5))
    x, shown = examples_of(seen)
    own = 0.4 * -np.sin(np.pi * x) - 0.3 * np.cos(np.pi * x)
    assert (np.abs(shown) <= 1).all() and (np.abs(shown - own) > 1e-6).all()
    true, right = examples_of(taught_function(0.4, -0.3, rng=np.uint64(5)))
    np.testing.assert_array_equal(true, x)  # at the same places
    np.testing.assert_allclose(right, own, atol=1e-12)


def test_what_is_kept_is_what_the_network_is_usually_wrong_by():
    """Forty sines that were not among those of the file."""
    for others, usual in zip((False, True), usual_errors(), strict=True):
        rng = np.random.default_rng(7)
        turn, high = rng.uniform(0, 2 * np.pi, 40), rng.uniform(0.3, 1.0, 40)
        errors = [
            taught_function(a, b, others=others, rng=rng).errors
            for a, b in zip(high * np.cos(turn), high * np.sin(turn), strict=True)
        ]
        away = np.abs(np.mean(errors, axis=0) - usual)
        assert (away < 4 * np.std(errors, axis=0) / np.sqrt(40) + 0.001).all()
    own, other = usual_errors()
    assert own[-1] < 0.5 * own[0] and other[-1] > other[0]


def test_bad_arguments_are_named():
    rng = np.random.default_rng(1)
    for call, message in (
        (lambda: taught_function(1.5, 0.0, rng=rng), "left and middle must be between -1 and 1"),
        (lambda: taught_function(0.5, 0.0, 0, rng=rng), "example must be at least 1, got 0"),
        (lambda: taught_function(0.5, 0.0, 21, rng=rng), "example must be at most 20, got 21"),
    ):
        with pytest.raises(ValueError, match=message):
            call()
    with pytest.raises(TypeError, match="others must be True or False"):
        taught_function(0.5, 0.0, others=2, rng=rng)
