"""A trial that is chosen: it is that of the network, and what is told of it is what it did."""

import math

import numpy as np
import pytest

from snnlab.learning.gradients.recurrent_gradient import run_recurrent
from snnlab.learning.memory.input_spikes import draw_inputs
from snnlab.learning.memory.learnt_recall import learnt_recall, whole_recall
from snnlab.learning.memory.recall_kernel import (
    DT,
    INPUTS,
    PER_GROUP,
    SAID,
    SPEAKERS,
    TRIALS,
    WINDOW,
)
from snnlab.learning.memory.recall_network import with_tau_a
from snnlab.learning.memory.shown_recall import shown_recall, workspace
from snnlab.learning.samples import Samples

SYMBOLS = np.array([1.0, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0])
SEED = np.uint64(5)


def inputs_of(symbols, store, asked, trial):
    """The input spikes of a trial, as samples."""
    wires = workspace()[2]
    draw_inputs(wires.units, wires.start[0], 0, symbols, store, asked, SPEAKERS, np.uint64(trial), SEED)
    units = wires.units[: wires.start[0, -1]].astype(np.uint32)
    return Samples(units, wires.start.astype(np.int64), np.zeros(1, np.int64), INPUTS)


def twin(symbols, store, recall, tau_a, adaptation):
    """The same twenty trials with the friendly functions."""
    network = with_tau_a(learnt_recall(), tau_a)
    cell = network.cell
    network = network._replace(cell=cell._replace(beta_a=adaptation * cell.beta_a))
    shown = symbols.copy()
    shown[recall - 1] = math.nan
    samples = []
    for trial in range(TRIALS):
        shown[store - 1] = symbols[store - 1] if trial % 2 == 0 else 1 - symbols[store - 1]
        samples.append(inputs_of(shown, store - 1, recall - 1, trial // 2))
    return [run_recurrent(network, one) for one in samples], samples[0]


@pytest.mark.parametrize(
    ("store", "recall", "tau_a", "adaptation"),
    [(1, 8, 1200.0, 1.0), (4, 12, 400.0, 0.5), (2, 3, 3000.0, 0.0)],
)
def test_the_trials_are_those_of_the_network(store, recall, tau_a, adaptation):
    seen = shown_recall(SYMBOLS, store, recall, tau_a, adaptation, rng=SEED)
    runs, samples = twin(SYMBOLS, store, recall, tau_a, adaptation)
    first, prefers = runs[0], whole_recall().prefers
    np.testing.assert_allclose(np.stack([seen.said_0, seen.said_1], 1), first.y[1:], rtol=1e-9, atol=1e-12)
    rest = learnt_recall().cell.threshold[0]
    told = {(0, 0): seen.threshold_0, (0, 1): seen.threshold_1, (1, 0): seen.other_0, (1, 1): seen.other_1}
    for (trial, symbol), course in told.items():
        mean = runs[trial].threshold[:, prefers == symbol].mean(axis=1) / rest
        np.testing.assert_allclose(course, mean, rtol=1e-9)
    said = [run.y[1 + (recall - 1) * WINDOW :][:WINDOW].mean(axis=0).argmax() for run in runs]
    wanted = SYMBOLS[store - 1]
    stored = np.tile([wanted, 1 - wanted], TRIALS // 2)
    assert (seen.answer, seen.wanted, seen.asked) == (said[0], wanted, recall)
    assert seen.right == (said == stored).sum()
    np.testing.assert_array_equal(np.delete(seen.symbols, recall - 1), np.delete(SYMBOLS, recall - 1))
    begin = [run.threshold[(recall - 1) * WINDOW] / rest for run in runs]
    of_zero, of_one = (np.array([theta[prefers == s].mean() for theta in begin]) for s in (0, 1))
    left = [of_one[stored == 1].mean() - of_one[stored == 0].mean()]
    left += [of_zero[stored == 0].mean() - of_zero[stored == 1].mean()]
    assert seen.trace == pytest.approx(np.mean(left), abs=1e-9)
    assert seen.rate == pytest.approx(np.mean([run.s.mean() for run in runs]) * 1000.0 / DT)
    neurons = seen.rows >= 4 * SAID
    raster = np.zeros_like(first.s)
    raster[np.rint(seen.times[neurons] / DT).astype(int) - 1, seen.rows[neurons] - 4 * SAID] = 1
    np.testing.assert_array_equal(raster, first.s)
    heard = samples.raster(0)[:, [g * PER_GROUP + k for g in range(4) for k in range(SAID)]]
    raster = np.zeros_like(heard)
    raster[np.rint(seen.times[~neurons] / DT).astype(int) - 1, seen.rows[~neurons]] = 1
    np.testing.assert_array_equal(raster, heard)
    assert seen.n == seen.times.size == neurons.sum() + heard.sum()


def test_who_is_asked_right_away_is_asked_in_the_next_interval():
    seen = shown_recall(SYMBOLS, 6, 2, rng=SEED)
    assert (seen.asked, seen.delay) == (7, 200.0) and np.isnan(seen.symbols[6])


def test_adaptation_is_the_memory():
    """Control: the same weights without adaptation, and the same symbols until the recall."""
    for symbol in (0.0, 1.0):
        symbols = np.full(12, 1 - symbol)
        symbols[0] = symbol
        with_it, without = (
            [shown_recall(symbols, 1, 6, adaptation=a, rng=np.uint64(s)) for s in range(1, 6)] for a in (1, 0)
        )
        assert min(seen.right for seen in with_it) > 0.8 * TRIALS
        assert min(seen.trace for seen in with_it) > 0.3
        assert np.mean([seen.right for seen in without]) < 0.6 * TRIALS
        assert not any(seen.trace for seen in without)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"symbols": [0, 1]}, "symbols must be one for each of 12 intervals, got 2"),
        ({"symbols": [2] * 12}, "symbols must be 0 or 1, got 2"),
        ({"store": 12}, "store must be an interval from 1 to 11, got 12"),
        ({"recall": 1}, "recall must be an interval from 2 to 12, got 1"),
        ({"adaptation": 2.0}, "adaptation must be between 0 and 1, got 2"),
        ({"tau_a": 0.0}, "tau_a must be positive and finite, got 0"),
    ],
)
def test_what_is_refused(change, says):
    with pytest.raises(ValueError, match=says):
        shown_recall(**({"symbols": SYMBOLS, "rng": SEED} | change))
