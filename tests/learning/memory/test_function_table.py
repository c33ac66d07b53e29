"""What the table of learned functions has to show: who learns within a task, and from what."""

import numpy as np

from snnlab import spread
from snnlab.course import load_table
from snnlab.learning.memory.sine_tasks import LEAST, MOST

RUNS = load_table("learned_functions")
SILENCE = (MOST**3 - LEAST**3) / (MOST - LEAST) / 6.0  # mean square of a sine of the family: always to say 0


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
    """Whoever knows nothing does best by saying 0; by chance 400 tasks may have sines a little lower."""
    for tau_a in (1200, 0):
        assert (runs(tau_a)["error_1"] > 0.85 * SILENCE).all()


def test_with_the_values_of_others_nothing_is_gained():
    adaptive = runs(1200)
    assert (adaptive["others_20"] > adaptive["others_1"]).all()
    np.testing.assert_array_equal(adaptive["others_1"], adaptive["error_1"])  # nothing was shown yet


def test_without_adaptation_less_is_gained():
    adaptive, control = runs(1200), runs(0)
    gained = [1.0 - kind["error_20"] / kind["error_1"] for kind in (adaptive, control)]
    assert spread(gained[0] - gained[1]).low > 0
