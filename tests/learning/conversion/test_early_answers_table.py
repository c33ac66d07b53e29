"""What chapter 11 says of early answers, in its table of ten trainings."""

import numpy as np
import pytest

from snnlab.course import load_table


@pytest.fixture
def at():
    """The rows of a rate, column by column."""
    runs = load_table("early_answers")
    return lambda rate: {name: runs[name][runs["rate"] == rate] for name in runs}


def test_at_400_hz_nearly_all_is_known_in_less_than_a_quarter_of_the_time_for_ten_seeds(at):
    assert at(400)["latency"].size == 10 and at(400)["latency"].max() < 200 / 4


def test_the_first_output_spike_comes_before_the_hidden_layer_has_settled(at):
    for rate in (100, 200, 400):
        runs = at(rate)
        assert (runs["first_unsettled"] > 45).all() and (
            runs["first_unsettled"] > runs["latency_unsettled"]
        ).all()
        assert (runs["first_right"] > 70).all()  # of ten classes
        assert (runs["first"] < runs["latency"]).all()


def test_waiting_for_the_lower_layer_costs_as_much_time_again(at):
    """The control of pseudo-simultaneity."""
    for rate in (100, 200, 400):
        np.testing.assert_array_equal(at(rate)["late_latency"], 2 * at(rate)["latency"])


def test_a_deep_network_that_is_asked_each_millisecond_is_earlier_for_ten_seeds(at):
    """The control of the claim that early answers are a merit of spikes."""
    for rate in (100, 200, 400):
        assert (at(rate)["deep_latency"] < at(rate)["latency"]).all()


def test_a_faster_code_saves_time_and_not_work(at):
    slow, fast = at(100), at(400)
    shorter = fast["latency"] / slow["latency"]
    assert shorter.max() < 0.5 and abs(shorter.mean() - 100 / 400) < 0.03
    assert abs(np.mean(fast["latency_operations"] / slow["latency_operations"]) - 1) < 0.15


def test_converted_it_comes_to_the_deep_network_within_a_point(at):
    assert abs(np.mean(at(400)["final"] - at(400)["alone"])) < 1
