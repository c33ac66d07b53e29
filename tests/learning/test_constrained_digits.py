"""What chapter 14 says of its table: what each constraint is worth when it is known before the training."""

import numpy as np

from snnlab import spread
from snnlab.course import load_table

RUNS = load_table("constrained_digits")


def ahead(better, worse):
    """Whether one column is above the other, by more than twice the error of the mean difference."""
    gained = spread(RUNS[better] - RUNS[worse])
    return gained.mean > 2 * gained.sd / np.sqrt(gained.n)


def test_there_are_ten_divisions():
    assert RUNS["seed"].tolist() == list(range(1, 11))


def test_a_network_that_knew_of_the_spikes_is_ahead_of_one_that_was_made_spiking():
    assert ahead("lif", "after_lif")
    assert ahead("lif", "quiet_lif")  # the control: the same curve without noise


def test_draws_are_within_two_points_and_better_the_more_there_are():
    assert spread(RUNS["likely"] - RUNS["drawn_1"]).mean <= 0.02
    assert ahead("drawn_4", "drawn_1") and ahead("drawn_16", "drawn_4")
    assert ahead("drawn_1", "blind_1")  # the control: a training that knows nothing of the dice


def test_three_values_are_learnt_better_than_cut():
    assert ahead("ternary", "cut")
    assert spread(RUNS["flips_loose"] / RUNS["flips"]).low > 1.0
