"""The delayed exclusive or: what its trials are, and that no weighted sum of the input answers it."""

import numpy as np
import pytest

from snnlab.learning.gates.delayed_xor import (
    REMEMBERER,
    delayed_xor,
    learn_delayed_xor,
    right_answers,
)
from snnlab.learning.gates.gated_network import GatedWeights, initial_gated


def trials(samples=400, longest=300.0, **more):
    return delayed_xor(samples, longest, rng=np.random.default_rng(1), **more)


def test_two_pulses_a_cue_and_then_an_answer():
    x, target, heed = trials()
    signal, cue = x[:, :, 0], x[:, :, 1]
    assert np.abs(signal).sum(axis=1) == pytest.approx(2 * 16)  # two pulses of 40 ms
    second = np.flatnonzero(np.abs(signal).min(axis=0))[-16:]  # all trials have it at the same time
    a = np.sign(signal[:, : second[0]].sum(axis=1))
    b = signal[:, second[0]]
    answers = target[:, -1, 0]
    assert np.array_equal(answers, np.where(a != b, 1.0, -1.0))
    assert np.array_equal(cue[0], cue[-1]) and np.flatnonzero(cue[0])[0] > second[-1]
    asked = np.flatnonzero(heed[0])
    assert asked[0] == np.flatnonzero(cue[0])[-1] + 1 and asked.size == 24
    assert np.array_equal(np.abs(target[:, :, 0]), heed)


def test_delays_fill_their_range():
    signal = trials().x[:, :, 0]
    second = signal.shape[1] - 16 - 16 - 16 - 24
    ends = np.array([np.flatnonzero(row[:second])[-1] + 1 for row in signal])
    delays = 2.5 * (second - ends)
    assert delays.min() >= 20.0 and delays.max() <= 300.0
    assert delays.mean() == pytest.approx(160.0, abs=4 * 280 / np.sqrt(12 * 400))


def test_neither_pulse_nor_their_sum_says_it():
    """The best linear reading of the whole input is right half of the time, on trials it was fitted to."""
    x, target, _ = trials(4000, 50.0, shortest=50.0)
    inputs = np.c_[x.reshape(len(x), -1)[:, x.reshape(len(x), -1).any(axis=0)], np.ones(len(x))]
    fitted = inputs @ np.linalg.lstsq(inputs, target[:, -1, 0], rcond=None)[0]
    assert np.abs(fitted).max() < 1e-9


def test_a_network_that_only_hears_the_pulses_guesses():
    """Untrained networks of ten seeds: about half is right."""
    found = []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        network = initial_gated(2, 6, 1, rng=rng)
        found.append(right_answers(network, delayed_xor(80, 50.0, rng=rng), rng=rng).mean())
    assert 0.35 < np.mean(found) < 0.65


def test_right_is_the_sign_of_the_answer():
    """A network that always says a little, by its constant drive, is right about the half that is +1."""
    always = GatedWeights(np.zeros((1, 2)), np.zeros((1, 1)), np.array([[0.1]]), np.ones(1))
    asked = trials(8, 50.0)
    found = right_answers(always, asked, REMEMBERER, rng=np.random.default_rng(1))
    assert np.array_equal(found, asked.target[:, -1, 0] > 0)


def test_learning_goes_on_from_what_it_is_given():
    network = initial_gated(2, 5, 1, rng=np.random.default_rng(1))
    found = learn_delayed_xor(network, 40.0, 3, rng=np.random.default_rng(2))
    assert found.loss.size == 3
    moved = [not np.array_equal(a, b) for a, b in zip(found.weights, network, strict=True)]
    assert moved == [True, True, True, True]


def test_the_control_in_which_nobody_hears_anybody_stays_one():
    network = initial_gated(2, 5, 1, rng=np.random.default_rng(1), gain_rec=0.0)
    found = learn_delayed_xor(
        network, 40.0, 3, learnt=("w_in", "w_out", "drive"), rng=np.random.default_rng(2)
    ).weights
    assert not found.w_rec.any() and not np.array_equal(found.w_in, network.w_in)


def test_what_is_refused():
    with pytest.raises(ValueError, match=r"shortest must be at most longest \(10 ms\), got 20"):
        trials(4, 10.0)
    with pytest.raises(ValueError, match="samples must be at least 1, got 0"):
        trials(0)
    with pytest.raises(TypeError, match="neuron must be a GatedNeuron"):
        right_answers(initial_gated(2, 3, 1, rng=np.random.default_rng(1)), trials(4), 3, rng=None)
