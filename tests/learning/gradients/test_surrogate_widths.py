"""Learning with many widths: each task is learnt as elsewhere, and a surrogate can be too narrow."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.learning import Adam, learn_timing
from snnlab.learning.gradients.surrogate_widths import (
    INPUTS,
    ROOM,
    SPREAD,
    STEPS,
    draw_task,
    surrogate_widths,
)

SEED = np.uint64(5)


def drawn(task=0):
    """The task as the library has it otherwise: weights, inputs, and what is wanted."""
    w, wanted, train = np.empty(INPUTS), np.empty(5), np.empty(STEPS)
    at, unit = np.empty((2, ROOM), np.int32)
    n = draw_task(at, unit, w, wanted, train, SEED, np.uint64(task))
    inputs = Spikes(at[:n].astype(float), unit[:n], n_units=INPUTS, duration=STEPS)
    return w, inputs, Spikes(wanted, duration=STEPS)


def test_the_tasks_are_drawn_as_they_are_said_to_be():
    w, inputs, wanted = zip(*(drawn(task) for task in range(40)), strict=True)
    n = np.array([each.n_spikes for each in inputs])
    assert abs(n.mean() - 100) < 3 * np.sqrt(100 / 40) and len({tuple(each) for each in w}) == 40
    assert abs(np.std(w) / SPREAD - 1) < 0.05
    assert min(np.diff(each.times).min() for each in wanted) > 4  # one spike meets one that is wanted


def test_it_is_learnt_as_elsewhere():
    seen = surrogate_widths(-0.5, 20, Adam(0.02), tasks=1, rng=SEED)
    w, inputs, wanted = drawn()
    run = learn_timing(w, inputs, wanted, 20, width=10**-0.5, adam=Adam(0.02))
    np.testing.assert_allclose(seen.history, run.loss, rtol=1e-9)
    np.testing.assert_allclose(seen.v, run.v, atol=1e-9)
    np.testing.assert_array_equal(seen.times, run.spikes.times)
    np.testing.assert_array_equal(seen.wanted_times, wanted.times)
    untaught = learn_timing(w, inputs, wanted, 0, width=1.0)
    np.testing.assert_array_equal(seen.before, untaught.v)
    assert (seen.first, seen.last, seen.middle) == (seen.history[0], seen.history[-1], seen.last)
    assert seen.n == run.spikes.n_spikes and seen.width == pytest.approx(0.316228)
    apart = np.abs(np.subtract.outer(seen.wanted_times, seen.times))
    assert seen.hits == np.sum(apart.min(axis=1) <= 2)


def test_the_chosen_width_is_one_of_the_curve():
    seen = surrogate_widths(-1.0, 10, rng=SEED)
    assert seen.middle == pytest.approx(np.interp(-1.0, seen.places, seen.left))
    assert (seen.places[0], seen.places[-1]) == (-3.0, 1.0)


def test_a_narrow_surrogate_hears_nothing():
    seen = surrogate_widths(-3.0, 100, rng=SEED)
    untaught = surrogate_widths(-3.0, 0, rng=SEED)
    assert np.ptp(untaught.left) == 0.0  # before learning all widths are alike
    assert seen.left[-7] < 0.3 * seen.left[0] and seen.left[0] > 0.7 * untaught.middle


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"log_width": np.inf}, "log_width must be finite, got inf"),
        ({"epochs": -1}, "epochs must be at least 0, got -1"),
        ({"tasks": 0}, "tasks must be at least 1, got 0"),
        ({"adam": Adam(0.0)}, "rate must be positive and finite, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        surrogate_widths(**({"log_width": 0.0, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
