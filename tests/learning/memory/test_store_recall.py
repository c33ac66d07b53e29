"""Store and recall: what is wanted, when commands come, and which inputs say so."""

import numpy as np
import pytest

from snnlab.learning.memory.store_recall import (
    RecallInputs,
    RecallTrials,
    one_recall,
    random_recalls,
    recall_samples,
)


def test_wanted_is_what_was_stored_last():
    symbols = np.array([[1, 0, -1, 0, 1, -1], [0, 1, 1, 1, -1, 1]])
    commands = np.array([[1, 0, 2, 1, 0, 2], [0, 1, 0, 1, 2, 1]])
    wanted = RecallTrials(symbols, commands).wanted
    np.testing.assert_array_equal(wanted, [[-1, -1, 1, -1, -1, 0], [-1, -1, -1, -1, 1, -1]])


def test_random_commands_take_turns_after_geometric_times():
    """Of long trials, so that hardly a delay is cut off by the end."""
    trials = random_recalls(400, 300, mean_delay=5.0, mean_wait=3.0, rng=np.random.default_rng(1))
    delays, waits = [], []
    for commands in trials.commands:
        when = np.flatnonzero(commands)
        np.testing.assert_array_equal(commands[when], 1 + np.arange(when.size) % 2)
        gaps = np.diff(when, prepend=-1)
        waits.extend(gaps[::2])
        delays.extend(gaps[1::2])
    for found, mean in ((np.array(delays), 5.0), (np.array(waits), 3.0)):
        sd = np.sqrt(1 - 1 / mean) * mean
        assert abs(found.mean() - mean) < 4 * sd / np.sqrt(found.size)
        assert (found == 1).mean() == pytest.approx(1 / mean, abs=0.01)
    shown = trials.symbols[trials.commands != 2]
    assert shown.mean() == pytest.approx(0.5, abs=0.01) and (trials.symbols[trials.commands == 2] == -1).all()
    assert (trials.wanted >= 0).sum() == len(delays)
    always = random_recalls(1, 6, 1.0, 1.0, rng=np.random.default_rng(1))
    np.testing.assert_array_equal(always.commands, [[1, 2, 1, 2, 1, 2]])


def test_one_recall_stores_first_and_recalls_last():
    trials = one_recall(50, 4, rng=np.random.default_rng(1))
    np.testing.assert_array_equal(trials.commands, np.tile([1, 0, 0, 0, 2], (50, 1)))
    np.testing.assert_array_equal(trials.wanted[:, 4], trials.symbols[:, 0])
    assert 0.2 < trials.symbols[:, :4].mean() < 0.8


def test_a_quiet_recall_shows_only_what_is_stored():
    trials = one_recall(50, 4, quiet=True, rng=np.random.default_rng(1))
    np.testing.assert_array_equal(trials.symbols[:, 1:], -1)
    shown = one_recall(50, 4, rng=np.random.default_rng(1))
    np.testing.assert_array_equal(trials.symbols[:, 0], shown.symbols[:, 0])
    np.testing.assert_array_equal(trials.wanted, shown.wanted)


def test_only_groups_with_something_to_say_fire_and_at_their_rate():
    inputs = RecallInputs(per_group=30, rate=40.0, interval=100.0)
    trials = RecallTrials(np.tile([1, 0, -1], (300, 1)), np.tile([1, 0, 2], (300, 1)))
    samples, loss = recall_samples(trials, inputs, 2.0, rng=np.random.default_rng(1))
    assert (samples.n_samples, samples.steps, samples.n_inputs) == (300, 150, 120)
    step = np.repeat(np.tile(np.arange(150), 300), np.diff(samples.start, axis=1).ravel())
    counts = np.zeros((3, 120))
    np.add.at(counts, (step // 50, samples.units), 1)
    speak = np.repeat(np.array([[0, 1, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1]], bool), 30, axis=1)
    assert not counts[~speak].any()
    expected = 40.0 * 0.1 * 300  # of each input, over all trials; Poisson
    assert np.abs(counts[speak] - expected).max() < 5 * np.sqrt(expected)
    total = expected * speak.sum()  # with one spike a step at most it would be 4 % less, 15 deviations
    assert abs(samples.units.size - total) < 5 * np.sqrt(total)
    assert counts[speak].std() == pytest.approx(np.sqrt(expected), rel=0.2)
    early = np.bincount(step, minlength=150)[:50]
    assert np.abs(early - early.mean()).max() < 5 * np.sqrt(early.mean())
    np.testing.assert_array_equal(np.nonzero(loss.classes[0] >= 0)[0], [149])
    assert loss.window == 50 and (loss.classes[:, 149] == 1).all()


@pytest.mark.parametrize(
    ("symbols", "commands", "message"),
    [
        ([[1, 0]], [[1, 2, 0]], r"symbols and commands must have one shape \(trials, intervals\)"),
        ([[1, 2]], [[1, 0]], "symbols must be one of -1, 0, 1, got 2"),
        ([[1, 0]], [[1, 3]], "commands must be one of 0, 1, 2, got 3"),
        ([[-1, 0]], [[1, 0]], "symbols must be 0 or 1 where one is stored, got -1"),
        ([[1, 0]], [[1, 2]], "symbols must be -1 where one is recalled, got 0"),
        ([[1, -1]], [[0, 2]], "commands must store a symbol before one is recalled, got a recall first"),
    ],
)
def test_commands_that_cannot_be_obeyed(symbols, commands, message):
    with pytest.raises(ValueError, match=message):
        recall_samples(RecallTrials(np.array(symbols), np.array(commands)), rng=np.random.default_rng(1))


def test_bad_arguments_are_named():
    rng = np.random.default_rng(1)
    trials = one_recall(2, 1, rng=rng)
    for call, message in (
        (lambda: random_recalls(5, mean_delay=0.5, rng=rng), "mean_delay must be at least 1 interval"),
        (lambda: random_recalls(5, mean_wait=0.5, rng=rng), "mean_wait must be at least 1 interval"),
        (lambda: random_recalls(0, rng=rng), "n_trials must be at least 1"),
        (lambda: one_recall(1, 0, rng=rng), "delay must be at least 1"),
        (lambda: recall_samples(trials, dt=3.0, rng=rng), "interval must be a whole number of steps of 3 ms"),
        (lambda: recall_samples(trials, RecallInputs(per_group=0), rng=rng), "per_group must be at least 1"),
        (lambda: recall_samples(trials, RecallInputs(rate=-1.0), rng=rng), "rate must be positive"),
    ):
        with pytest.raises(ValueError, match=message):
            call()
    with pytest.raises(TypeError, match="trials must be RecallTrials, got tuple"):
        recall_samples(tuple(trials), rng=rng)
