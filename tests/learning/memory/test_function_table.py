"""What the table of learned functions has to show: who learns within a task, and from what."""

import numpy as np

from snnlab import spread
from snnlab.course import load_table
from snnlab.learning.memory.sine_tasks import best_error

RUNS = load_table("learned_functions")


def runs(tau_a):
    """The ten seeds of one kind of network, by column."""
    kept = RUNS["tau_a"] == tau_a
    assert RUNS["seed"][kept].tolist() == list(range(1, 11))
    return {name: column[kept] for name, column in RUNS.items()}


def test_with_adaptation_the_error_more_than_halves_within_a_task():
    adaptive = runs(1200)
    assert (adaptive["error_20"] < 0.5 * adaptive["error_1"]).all()
    for sooner, later in (("error_1", "error_2"), ("error_2", "error_20")):
        assert spread(adaptive[sooner] - adaptive[later]).low > 0


def test_nothing_is_known_before_the_first_example():
    """Four hundred tasks may by chance have sines that are a little lower."""
    for tau_a in (1200, 0):
        assert (runs(tau_a)["error_1"] > 0.9 * best_error(0)).all()


def test_with_the_values_of_others_nothing_is_gained():
    adaptive = runs(1200)
    assert (adaptive["others_20"] > adaptive["others_1"]).all()
    np.testing.assert_array_equal(adaptive["others_1"], adaptive["error_1"])  # nothing was shown yet


def test_without_adaptation_less_is_gained():
    adaptive, control = runs(1200), runs(0)
    gained = [1.0 - kind["error_20"] / kind["error_1"] for kind in (adaptive, control)]
    assert spread(gained[0] - gained[1]).low > 0


def test_only_with_adaptation_more_is_used_than_one_example():
    """Nobody who knows a single example can be better than that."""
    adaptive, control = runs(1200), runs(0)
    assert (adaptive["error_20"] < best_error(1)).all()
    assert (control["error_20"] > best_error(1)).all()
    later = [kind["error_2"] - kind["error_20"] for kind in (adaptive, control)]
    assert spread(later[0] - later[1]).low > 0
