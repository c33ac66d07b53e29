"""What the table of sequential digits has to show: what thresholds that remember are worth."""

import numpy as np

from snnlab import spread
from snnlab.course import load_table

RUNS = load_table("sequential_digits")


def runs(kind):
    """The ten seeds of one kind of network, by column."""
    kept = RUNS["kind"] == kind
    assert RUNS["seed"][kept].tolist() == list(range(1, 11))
    return {name: column[kept] for name, column in RUNS.items()}


def gained(better, worse, column="accuracy"):
    """By how much one kind is better than another, seed by seed."""
    return spread(runs(better)[column] - runs(worse)[column])


def test_slow_adaptation_is_worth_ten_points_and_more_and_something_on_every_seed():
    """Of LIF neurons at either learning rate, and at the better one of each seed."""
    for control in ("lif", "gentle"):
        assert gained("adaptive", control).mean > 0.1 and gained("adaptive", control).low > 0
    best = np.maximum(runs("lif")["accuracy"], runs("gentle")["accuracy"])
    left = spread(runs("adaptive")["accuracy"] - best)
    assert left.mean > 0.1 and left.low > 0


def test_part_of_it_is_that_adaptation_is_slow():
    """Thresholds that come back within half a row are worth something, too, and less on every seed."""
    assert gained("adaptive", "brief").mean > 2 * gained("adaptive", "brief").sd
    assert gained("adaptive", "brief").low > 0
    assert gained("brief", "lif").mean > 0.1


def test_without_its_adaptation_a_trained_network_guesses():
    adaptive = runs("adaptive")
    assert abs(spread(adaptive["off"]).mean - 0.1) < 0.05  # of ten digits
    assert np.isnan(runs("lif")["off"]).all()


def test_the_controls_have_learnt_and_are_as_large():
    for kind in ("adaptive", "brief", "lif", "gentle"):
        found = runs(kind)
        assert (found["accuracy"] > 0.2).all()  # chance is a tenth
        assert set(found["weights"]) == {17 * 60 + 60 * 59 + 60 * 10}
        assert (found["rate"] > 1).all()


def test_what_is_learnt_is_not_learnt_by_heart():
    for kind in ("adaptive", "brief", "lif", "gentle"):
        assert abs(spread(runs(kind)["learnt"] - runs(kind)["accuracy"]).mean) < 0.05


def test_who_fires_much_has_learnt_little_without_adaptation():
    lif = runs("lif")
    loud = lif["rate"] > 20
    assert loud.sum() == 6 and lif["learnt"][loud].max() < lif["learnt"][~loud].min()


def test_gated_units_of_another_tool_learn_more_with_nearly_three_times_the_weights():
    gated, adaptive = runs("gru"), runs("adaptive")
    assert 2.5 < gated["weights"][0] / adaptive["weights"][0] < 3
    assert spread(gated["accuracy"] - adaptive["accuracy"]).mean > 0.1
