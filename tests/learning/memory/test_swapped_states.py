"""Two trials that exchange a part of their state: the same runs without it, and what each part carries."""

import numpy as np
import pytest

from snnlab.learning import samples_from_raster
from snnlab.learning.gradients.bptt import data_of
from snnlab.learning.gradients.cell_kinds import adaptive_cell
from snnlab.learning.gradients.recurrent_gradient import LSNN_SURROGATE, run_recurrent
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, initial_recurrent
from snnlab.learning.gradients.recurrent_path import numbers_of, path_of, rows_of
from snnlab.learning.memory.recall_network import recall_error, recall_network
from snnlab.learning.memory.store_recall import RecallInputs, RecallTrials, one_recall, recall_samples
from snnlab.learning.memory.swapped_states import PARTS, answers_of_pairs, run_pair, swapped_recall

FEW = RecallInputs(per_group=5, interval=80.0)
MANY = RecallInputs()


def small(beta_a=1.7):
    return recall_network(600.0, beta_a, n=6, inputs=FEW, rng=np.random.default_rng(1))


def pair(network, part, at):
    """Two trials that exchange a part when step `at` begins."""
    trials = one_recall(2, 2, rng=np.random.default_rng(2))
    samples, _ = recall_samples(trials, FEW, network.dt, rng=np.random.default_rng(3))
    rows = rows_of(network)
    first, second = (path_of(network, rows, samples.steps) for _ in range(2))
    numbers = numbers_of(network, LSNN_SURROGATE, False)
    run_pair(0, 1, at, part, data_of(samples), network.cell, rows, numbers, first, second)
    return samples, first, second


def test_two_trials_that_exchange_nothing_are_two_trials():
    network = small()
    samples, *paths = pair(network, 0, 40)
    for k, path in enumerate(paths):
        alone = run_recurrent(network, samples, k)
        assert alone.s.any()
        np.testing.assert_array_equal(path.s, alone.s)
        np.testing.assert_array_equal(path.y, alone.y)


@pytest.mark.parametrize("at", [1, 40])
def test_who_exchanges_thresholds_and_then_all_else_has_exchanged_trials(at):
    """With thresholds alone the one goes on with its own potentials and the other's thresholds."""
    network = small()
    _, *whole = pair(network, 0, at)
    _, *thresholds = pair(network, 1, at)
    _, *rest = pair(network, 2, at)
    for k in (0, 1):
        own, other = whole[k], whole[1 - k]
        np.testing.assert_array_equal(thresholds[k].b[at], other.b[at])
        np.testing.assert_array_equal(thresholds[k].v[at], own.v[at])
        np.testing.assert_array_equal(rest[k].b[at], own.b[at])
        for name in ("v", "y"):
            np.testing.assert_array_equal(getattr(rest[k], name)[at], getattr(other, name)[at])
        np.testing.assert_array_equal(rest[k].s[at - 1], other.s[at - 1])


def test_who_exchanges_everything_has_exchanged_its_past():
    """Without adaptation all else is all there is: with the same inputs from there on, each is the other.

    Spikes are under way for up to four steps, and what has been sent goes along.
    """
    rng = np.random.default_rng(4)
    cell = adaptive_cell(6, beta_a=0.0, dt=4.0)
    network = initial_recurrent(20, cell, 2, longest=4, dt=4.0, rng=rng)
    x = 1.0 * (rng.random((2, 80, 20)) < 0.2)
    x[1, 40:] = x[0, 40:]
    samples, rows = samples_from_raster(x, [0, 0]), rows_of(network)
    numbers, paths = numbers_of(network, LSNN_SURROGATE, False), []
    for part in (0, 2):
        paths.append([path_of(network, rows, 80) for _ in range(2)])
        run_pair(0, 1, 40, part, data_of(samples), network.cell, rows, numbers, *paths[-1])
    (one, other), (first, second) = paths
    assert (one.s[40:] != other.s[40:]).any()
    for name in ("s", "v", "y"):
        np.testing.assert_array_equal(getattr(first, name)[40:], getattr(other, name)[40:])
        np.testing.assert_array_equal(getattr(second, name)[40:], getattr(one, name)[40:])


def holding():
    """A network that is written down: one neuron hears each symbol at the store, and both hear the recall.

    Who has fired for its symbol is hard to excite, and the readout says the symbol of the other.
    """
    w_in = np.zeros((2, MANY.n_inputs))
    for neuron in (0, 1):
        w_in[neuron, neuron * 25 : neuron * 25 + 25] = 0.018  # its symbol
        w_in[neuron, 50:75] = 0.018  # the store
        w_in[neuron, 75:] = 0.036  # the recall
    cell = adaptive_cell(2, tau_a=2000.0, beta_a=8.0, threshold=0.03, refractory=1, dt=4.0)
    return RecurrentNetwork(cell, w_in, np.array([[-1.0, 1.0], [1.0, -1.0]]), dt=4.0)


def test_where_thresholds_hold_the_symbol_answers_go_with_them():
    network, trials = holding(), one_recall(200, 2, rng=np.random.default_rng(1))
    error = recall_error(network, trials, inputs=MANY, rng=np.random.default_rng(2))
    nothing, thresholds, rest = (
        swapped_recall(network, part, 2, inputs=MANY, rng=np.random.default_rng(3)) for part in PARTS
    )
    assert max(error, nothing, rest) < 0.1 and thresholds > 0.9


def test_what_does_not_adapt_has_no_thresholds_to_exchange():
    found = [
        swapped_recall(small(0.0), part, 2, 20, inputs=FEW, rng=np.random.default_rng(3))
        for part in PARTS[:2]
    ]
    assert found[0] == found[1]


def test_bad_arguments_are_named():
    rng = np.random.default_rng(1)
    for arguments, message in (
        (("potentials",), "part must be one of nothing, thresholds, all else, got potentials"),
        (("nothing", 0), "delay must be at least 1"),
        (("nothing", 2, 0), "n_pairs must be at least 1"),
    ):
        with pytest.raises(ValueError, match=message):
            swapped_recall(small(), *arguments, inputs=FEW, rng=rng)
    for trials in (one_recall(3, 2, rng=rng), RecallTrials(np.zeros((2, 1), int), np.zeros((2, 1), int))):
        with pytest.raises(ValueError, match="trials must be pairs of at least 2 intervals"):
            answers_of_pairs(small(), trials, "nothing", inputs=FEW, rng=rng)
