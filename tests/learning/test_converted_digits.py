"""What chapter 13 says of its table of converted networks, seed by seed."""

import numpy as np
import pytest

from snnlab.course import load_table

TABLE = load_table("converted_digits")


def of(kind, name):
    return TABLE[name][TABLE["kind"] == kind]


@pytest.mark.parametrize("kind", ["shallow", "deep", "half"])
def test_after_200_steps_the_answers_are_as_good(kind):
    change = of(kind, "at_200") - of(kind, "plain")
    assert change.size == 10 and abs(change.mean()) < 0.005 and np.abs(change).max() < 0.01


def test_subtraction_has_the_better_rates_for_every_seed():
    for kind in ("shallow", "deep", "half"):
        assert (of(kind, "off_zero") >= 5 * of(kind, "off")).all()


def test_the_bound_holds_in_the_first_layer_and_breaks_in_the_third():
    assert of("deep", "worst_first").max() <= 1 + 1e-5 and of("half", "worst_first").max() <= 0.5 + 1e-5
    assert of("deep", "worst_last").min() > 2.7


def test_it_breaks_without_anything_cut_off_too():
    """What a percentile cuts off below is passed on: by the largest activations the third misses less."""
    assert of("deep", "worst_uncut").min() > 1.5
    assert of("deep", "worst_uncut").mean() < of("deep", "worst_last").mean()


def test_what_the_start_and_the_training_bring_after_four_steps():
    start, training = of("half", "at_4") - of("deep", "at_4"), of("quantised", "at_4") - of("half", "at_4")
    assert (start > 0.1).all() and training.mean() > training.std(ddof=1) / np.sqrt(10)
    assert start.mean() > 5 * training.mean()


def test_answers_come_long_before_the_end():
    """Pseudo-simultaneity: a quarter of the steps is more than enough."""
    for kind in ("shallow", "deep", "half", "quantised"):
        assert (of(kind, "at_32") > 0.95 * of(kind, "at_200")).all()
        assert of(kind, "decided").max() < 50
