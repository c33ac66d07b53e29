"""Training networks with alpha synapses: what it learns, what it leaves alone, and what it refuses."""

import numpy as np
import pytest

from snnlab.learning.gradients.adam import Adam
from snnlab.learning.spike_times.alpha_layers import AlphaLearning
from snnlab.learning.spike_times.alpha_network import initial_alpha, run_alpha
from snnlab.learning.spike_times.alpha_training import train_alpha
from snnlab.learning.spike_times.time_tasks import xor_times


def start(seed, sizes=(2, 4, 2)):
    return initial_alpha(sizes, 2, rng=np.random.default_rng(seed))


def numbers(network):
    return np.concatenate([part.ravel() for parts in network for part in parts])


def test_the_same_seed_learns_the_same_and_the_start_stays():
    x, y = xor_times(100, rng=np.random.default_rng(1))
    before = start(1)
    runs = [train_alpha(before, x, y, 3, rng=np.uint64(seed)) for seed in (1, 1, 2)]
    np.testing.assert_array_equal(numbers(runs[0].network), numbers(runs[1].network))
    assert (numbers(runs[0].network) != numbers(runs[2].network)).any()
    np.testing.assert_array_equal(numbers(before), numbers(start(1)))


def test_the_network_that_comes_out_is_the_one_that_was_tested():
    x, y = xor_times(200, rng=np.random.default_rng(2))
    learnt = train_alpha(start(2), x, y, 5, rng=np.uint64(1), test=(x[:50], y[:50]))
    found = run_alpha(learnt.network, x[:50]).answers
    assert learnt.history.test_accuracy[-1] == np.mean(found == y[:50])
    assert learnt.history.accuracy.shape == learnt.history.steps.shape == (5,)
    assert np.isnan(train_alpha(start(2), x, y, 1, rng=np.uint64(1)).history.test_accuracy).all()


def test_what_is_right_already_teaches_nothing():
    """A second pass over samples that are all right leaves the network as it is, unless all of them teach."""
    x, _ = xor_times(60, rng=np.random.default_rng(3))
    before = start(3)
    known = run_alpha(before, x).answers
    kept = known >= 0
    x, known = x[kept], known[kept]
    still = train_alpha(before, x, known, 2, rng=np.uint64(1))
    assert still.history.steps.tolist() == [0, 0] and still.history.accuracy.tolist() == [1, 1]
    np.testing.assert_array_equal(numbers(still.network), numbers(before))
    all_teach = train_alpha(before, x, known, 2, method=AlphaLearning(only_mistakes=False), rng=np.uint64(1))
    assert all_teach.history.steps.tolist() == [len(x), 2 * len(x)]
    assert (numbers(all_teach.network) != numbers(before)).any()


def test_one_step_a_batch_that_has_a_mistake():
    x, y = xor_times(100, rng=np.random.default_rng(4))
    learnt = train_alpha(start(4), x, y, 1, batch=100, rng=np.uint64(1))
    assert learnt.history.steps.tolist() == [1]
    step = numbers(learnt.network) - numbers(start(4))
    assert np.abs(step).max() == pytest.approx(0.01, rel=1e-4)  # the length of Adam's first step


def test_pulses_that_do_not_learn_stay_and_a_rate_falls():
    x, y = xor_times(100, rng=np.random.default_rng(5))
    learnt = train_alpha(start(5), x, y, 2, method=AlphaLearning(pulse_rate=0.0), rng=np.uint64(1))
    np.testing.assert_array_equal(learnt.network.pulses[0], start(5).pulses[0])
    once = train_alpha(start(5), x, y, 1, decay=0.0, rng=np.uint64(1))
    twice = train_alpha(start(5), x, y, 2, decay=0.0, rng=np.uint64(1))
    np.testing.assert_array_equal(numbers(once.network), numbers(twice.network))


def test_a_network_of_one_layer_learns_what_one_layer_can():
    rng = np.random.default_rng(6)
    x = rng.uniform(size=(300, 2))
    learnt = train_alpha(start(6, (2, 2)), x, x.argmin(axis=1), 20, rng=rng)
    assert learnt.history.accuracy[-1] > 0.9


def test_bad_arguments_are_named():
    x, y = xor_times(10, rng=np.random.default_rng(1))
    for arguments, message in (
        ((x, y + 1, 1), "y must be from 0 to 1, got 2"),
        ((x, y[:5], 1), "y must be 10 whole numbers, one a sample and at least one, got shape"),
        ((x[:, :1], y, 1), "x must have 2 columns, one an input, got 1"),
        ((x, y, -1), "epochs must be at least 0, got -1"),
    ):
        with pytest.raises(ValueError, match=message):
            train_alpha(start(1), *arguments, rng=np.uint64(1))
    with pytest.raises(ValueError, match="cut must be positive and finite, got 0"):
        train_alpha(start(1), x, y, 1, method=AlphaLearning(cut=0.0), rng=np.uint64(1))
    with pytest.raises(ValueError, match="rate must be positive and finite, got 0"):
        train_alpha(start(1), x, y, 1, adam=Adam(rate=0.0), rng=np.uint64(1))
