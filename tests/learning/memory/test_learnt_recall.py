"""The network that is kept: what it remembers, and that it is the one of the table."""

import numpy as np
import pytest
from learning.memory.write_recall_network import SEED, TAU_A, trained_anew

from snnlab.course import load_table
from snnlab.learning.memory.learnt_recall import (
    UNIT,
    as_network,
    learnt_recall,
    to_whole,
    whole_recall,
)
from snnlab.learning.memory.negative_image import negative_image
from snnlab.learning.memory.recall_network import recall_error
from snnlab.learning.memory.store_recall import random_recalls


def error_of(network):
    """As the table has it: the same 400 trials and the same input spikes."""
    asked = np.random.default_rng(1000 + SEED)
    return recall_error(network, random_recalls(400, rng=asked), rng=asked)


def test_it_errs_as_often_as_the_network_of_the_table():
    """Weights are rounded and neurons sorted: a few of some 670 recalls may come out otherwise."""
    runs = load_table("store_recall")
    row = (runs["tau_a"] == TAU_A) & (runs["seed"] == SEED)
    assert error_of(learnt_recall()) == pytest.approx(runs["error"][row].item(), abs=0.01)
    assert error_of(learnt_recall()) < 0.05


def test_whole_weights_are_the_network():
    again = to_whole(learnt_recall(), np.where(whole_recall().prefers > 0, 1.0, -1.0))
    for name, w in whole_recall()._asdict().items():
        np.testing.assert_array_equal(w, getattr(again, name), name)
    assert np.log2(UNIT) % 1 == 0  # so that sums are exact


def test_its_adaptive_neurons_are_sorted_by_what_they_prefer():
    network, prefers = learnt_recall(), whole_recall().prefers
    np.testing.assert_array_equal(network.cell.beta_a > 0, prefers >= 0)
    assert (np.diff(prefers) >= 0).all() and set(prefers.tolist()) == {-1, 0, 1}
    more = negative_image(network, 1, 200, rng=np.random.default_rng(77)).told
    np.testing.assert_array_equal(more[prefers >= 0] > 0, prefers[prefers >= 0] == 1)


def test_sorting_changes_nothing_but_the_order():
    whole = whole_recall()
    turned = np.where(whole.prefers == 0, 1.0, -1.0)  # the other way round
    other = to_whole(as_network(whole), turned)
    assert other.prefers.tolist() == sorted(other.prefers.tolist())
    assert error_of(as_network(other)) == error_of(as_network(whole))


@pytest.mark.nightly
def test_trained_anew_it_is_the_same():
    """Other machines may add up in another order, which training makes larger: errors are compared."""
    anew = trained_anew()
    assert error_of(as_network(anew)) < 0.05
    assert anew.whole_in.shape == whole_recall().whole_in.shape
