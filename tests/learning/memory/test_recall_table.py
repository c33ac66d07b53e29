"""What the table of store and recall has to show: who remembers, for how long, and with which τ."""

import numpy as np

from snnlab import spread
from snnlab.course import load_table

RUNS, FRESH = load_table("store_recall"), load_table("store_recall_fresh")


def runs(tau_a, table=RUNS, first=1):
    """The ten seeds of one kind of network, by column."""
    kept = table["tau_a"] == tau_a
    assert table["seed"][kept].tolist() == list(range(first, first + 10))
    return {name: column[kept] for name, column in table.items()}


def test_adaptive_neurons_remember_longer_than_as_many_without():
    adaptive, control = runs(1200), runs(0)
    assert (adaptive["error"] < 0.05).sum() >= 8
    # eight were asked for: three hold the symbol for two to three intervals without adaptation
    assert (control["error"] > 0.25).sum() == 7 and control["error"].min() > 0.2
    assert spread(control["error"] - adaptive["error"]).low > 0
    assert spread(adaptive["span"] - control["span"]).low > 0


def test_so_it_is_on_seeds_that_had_no_part_in_any_choice(reproduces):
    adaptive, control = runs(1200, FRESH, 11), runs(0, FRESH, 11)
    reproduces("store-recall", f"{spread(adaptive['error']):.1%}", "reached")
    assert (adaptive["error"] < 0.05).all()
    assert (control["error"] > 0.25).sum() >= 8 and control["error"].min() > 0.2
    assert (control["short"] < 0.1).all()


def test_the_control_has_learnt_what_needs_no_memory_and_has_had_more_lessons():
    adaptive, control = runs(1200), runs(0)
    assert (control["short"] < 0.1).all()
    assert (control["steps"] >= adaptive["steps"]).all()


def test_memory_grows_with_the_time_constant_of_the_same_weights():
    """The weights are the same; at the same rate thresholds stand half and twice as high, too.

    With half of it all remember less, with twice as much nine of ten more.
    """
    adaptive = runs(1200)
    for less, more in (("half", "span"), ("span", "twice")):
        gained = spread(adaptive[more] - adaptive[less])
        assert gained.mean > gained.sd
    assert (adaptive["span"] > adaptive["half"]).all()
    assert (adaptive["twice"] > adaptive["span"]).sum() == 9
    assert np.isnan(runs(0)["half"]).all() and np.isnan(runs(0)["twice"]).all()
