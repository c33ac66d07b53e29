"""What the table of the small network has to show: who learns, and the two controls that do not."""

import numpy as np

from snnlab import spread
from snnlab.course import load_table

STORED = load_table("learning_to_store")


def runs(adapting, tau_a, delay):
    """The ten seeds of one kind, by column."""
    kept = (STORED["adapting"] == adapting) & (STORED["tau_a"] == tau_a) & (STORED["delay"] == delay)
    assert STORED["seed"][kept].tolist() == list(range(11, 21))
    return {name: column[kept] for name, column in STORED.items()}


def test_five_adaptive_neurons_learn_it_within_the_steps_of_the_panel():
    """Ten of ten have erred in fewer than 10 % by then; the last step is above that in three."""
    five = runs(5, 800, 4)
    assert np.isfinite(five["learnt"]).all()
    assert (five["wrong"] < 10).sum() == 7 and five["wrong"].max() < 25


def test_lif_neurons_alone_guess_and_so_do_thresholds_that_come_back_at_once():
    for adapting, tau_a in ((0, 800), (5, 50)):
        control = runs(adapting, tau_a, 4)
        assert np.isnan(control["learnt"]).all()
        assert abs(spread(control["wrong"]).mean - 50) < 2 and control["wrong"].min() > 40


def test_lif_neurons_have_understood_the_commands():
    soon = runs(0, 800, 1)
    assert (soon["wrong"] == 0).all() and (soon["learnt"] <= 20).all()


def test_one_or_two_are_enough_in_some_runs():
    assert [(runs(few, 800, 4)["wrong"] < 10).sum() for few in (1, 2)] == [4, 5]
