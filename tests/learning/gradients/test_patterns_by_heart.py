"""Patterns by heart: the network is trained as elsewhere, and what is told of it fits together."""

import numpy as np
import pytest

from snnlab.learning import Adam, Samples, Surrogate, Weights, train
from snnlab.learning.gradients.patterns_by_heart import (
    CHANCE,
    GAIN,
    HIDDEN,
    INPUTS,
    ROOM,
    SAMPLES,
    STEPS,
    blank_learner,
    draw_patterns,
    draw_weights,
    patterns_by_heart,
    recorded,
    run_by_heart,
    workspace,
)

SEED = np.uint64(1)


def drawn(seed=SEED):
    """The patterns and the weights as the library has them otherwise."""
    units, labels = np.empty(ROOM, np.int32), np.empty(SAMPLES, np.int32)
    start = np.empty((SAMPLES, STEPS + 1), np.int32)
    draw_patterns(units, start, labels, seed)
    w_in, w_out = np.empty((INPUTS, HIDDEN)), np.empty((HIDDEN, 2))
    draw_weights(w_in, seed, np.uint64(3))
    draw_weights(w_out, seed, np.uint64(4))
    used = units[: start[-1, -1]].astype(np.uint32)
    samples = Samples(used, start.astype(np.int64), labels.astype(np.int64), INPUTS)
    return samples, Weights(w_in.T, w_out.T)


def test_patterns_labels_and_weights_are_those_of_the_task():
    samples, weights = drawn()
    expected = SAMPLES * STEPS * INPUTS * CHANCE
    assert abs(samples.units.size - expected) < 3 * np.sqrt(expected)
    per_input = np.bincount(samples.units, minlength=INPUTS)
    assert abs(np.var(per_input) / per_input.mean() - 1) < 3 * np.sqrt(2 / INPUTS)
    assert abs(samples.labels.sum() - 128) < 3 * 8
    assert abs(np.std(weights.w_in) / (GAIN / 10) - 1) < 3 / np.sqrt(2 * 400)


def test_it_learns_as_elsewhere():
    samples, weights = drawn()
    seen = patterns_by_heart(4, -1.0, adam=Adam(0.01), rng=SEED)
    run = train(weights, samples, 5, surrogate=Surrogate(width=0.1), adam=Adam(0.01), progress=False)
    np.testing.assert_allclose(seen.loss, run.history.loss, rtol=1e-9)
    np.testing.assert_array_equal(seen.accuracy, run.history.accuracy)
    assert seen.busy == run.history.spikes[-1]
    assert (seen.now, seen.percent) == (seen.loss[-1], 100 * seen.accuracy[-1])


@pytest.mark.parametrize(("seed", "epochs"), [(1, 0), (2, 0), (5, 0), (1, 6)])
def test_the_patterns_right_of_zero_are_those_that_are_right(seed, epochs):
    """Ties too: where neither readout has risen, both scores are 0, and the first class is named."""
    seen = patterns_by_heart(epochs, rng=np.uint64(seed))
    assert np.sum(seen.margins) == 256
    assert np.sum(seen.margins[len(seen.margins) // 2 :]) == pytest.approx(2.56 * seen.percent)
    assert seen.times.size == seen.rows.size == seen.n > 0 and seen.rows.max() < 30


def test_without_a_surrogate_no_hidden_spike_moves():
    before, after = (patterns_by_heart(epochs, height=0.0, rng=SEED) for epochs in (0, 5))
    np.testing.assert_array_equal(before.times, after.times)
    assert after.busy == before.busy and after.now < before.now
    assert patterns_by_heart(5, rng=SEED).busy != before.busy


def test_it_goes_on_from_where_it_was_and_begins_anew_when_something_changes():
    learner, adam = blank_learner(8), Adam()

    def after(epochs, log_width=-2.0):
        seen = recorded(8)
        run_by_heart(seen, learner, workspace(), adam, float(epochs), log_width, 1.0, SEED)
        return seen.now[0]

    once = patterns_by_heart(6, rng=SEED)
    assert [after(2), after(6)] == [once.loss[2], once.now]
    assert after(3) == once.loss[3]  # backwards
    assert after(3, -1.0) == patterns_by_heart(3, -1.0, rng=SEED).now


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"epochs": -1}, "epochs must be at least 0, got -1"),
        ({"log_width": np.nan}, "log_width must be finite, got nan"),
        ({"height": -1.0}, "height must be zero or positive, and finite, got -1"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        patterns_by_heart(**({"epochs": 1, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
