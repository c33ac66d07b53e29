"""Bits that flip: the network is trained as elsewhere, and what is told of it fits together."""

import numpy as np
import pytest

from snnlab.data import load_digits
from snnlab.learning import Adam, train_binary
from snnlab.learning.binary.binary_network import BatchNorm, Binarisation, BinaryNetwork
from snnlab.learning.binary.flipping_bits import (
    ASKED,
    DECAY,
    HIDDEN,
    LEARNT,
    PIXELS,
    blank_learner,
    draw_latent,
    flipping_bits,
    recorded,
    run_flipping,
    small_bits,
    unpack,
    work,
)

SEED = np.uint64(1)


def pixels():
    words, labels = small_bits()
    x = np.zeros((words.size, PIXELS))
    unpack(words, x)
    return x, labels


def start():
    """The network as the library has it otherwise."""
    w_in, w_out = np.empty((PIXELS, HIDDEN)), np.empty((HIDDEN, 10))
    draw_latent(w_in, SEED, np.uint64(2**62))
    draw_latent(w_out, SEED, np.uint64(2**62 + 1))
    norms = [BatchNorm(np.ones(n), np.zeros(n), np.zeros(n), np.ones(n)) for n in (HIDDEN, 10)]
    return BinaryNetwork(w_in.T, w_out.T, *norms)


def test_a_digit_is_a_word():
    x, labels = pixels()
    digits = load_digits()
    np.testing.assert_array_equal(x[:LEARNT] > 0, digits.x_train[:LEARNT].reshape(-1, PIXELS) > 8)
    np.testing.assert_array_equal(x[LEARNT:] > 0, digits.x_test[:ASKED].reshape(-1, PIXELS) > 8)
    np.testing.assert_array_equal(labels[LEARNT:], digits.y_test[:ASKED])


@pytest.mark.parametrize("method", [Binarisation(), Binarisation(window=0.4), Binarisation(stochastic=True)])
def test_it_learns_as_elsewhere(method):
    x, labels = pixels()
    seen = flipping_bits(3, method, rng=SEED)
    how = {"adam": Adam(rate=0.05), "decay": DECAY, "rng": SEED, "test": (x[LEARNT:], labels[LEARNT:])}
    run = train_binary(start(), x[:LEARNT], labels[:LEARNT], 3, method, **how)
    np.testing.assert_allclose(seen.right[1:], 100 * run.history.test_accuracy)
    np.testing.assert_allclose(seen.learnt[1:], 100 * run.history.accuracy)
    np.testing.assert_allclose(seen.flipped[1:], 100 * run.history.flips / (12 * PIXELS * HIDDEN))
    tiles = seen.tiles.reshape(4, 9, 4, 9)[:, 1:, :, :8][::-1, ::-1]  # the first row lies at the bottom
    signs = np.where(run.network.w_in >= 0, 1, -1).reshape(4, 4, 8, 8)
    np.testing.assert_array_equal(tiles.transpose(0, 2, 1, 3), signs)


def test_latent_weights_are_counted():
    before, after = (flipping_bits(epochs, rng=SEED) for epochs in (0, 6))
    assert before.latent.sum() == after.latent.sum() == PIXELS * HIDDEN
    assert abs(before.edge - 10) < 3 * np.sqrt(10 * 90 / (PIXELS * HIDDEN))
    assert after.edge > before.edge
    assert np.isnan(before.flipped[0]) and before.flips == 0


def test_with_a_closed_window_no_bit_flips():
    before, after = (flipping_bits(epochs, Binarisation(window=0.0), rng=SEED) for epochs in (0, 5))
    np.testing.assert_array_equal(before.tiles, after.tiles)
    assert after.flips == 0 and after.percent > before.percent


@pytest.mark.parametrize("stochastic", [False, True])
def test_it_goes_on_from_where_it_was_and_begins_anew_when_something_changes(stochastic):
    words, labels = small_bits()
    learner, room, x, adam = blank_learner(8), work(), np.zeros((words.size, PIXELS)), Adam(rate=0.05)

    def after(epochs, window=1.0):
        seen = recorded(8)
        for scratch in room:
            scratch[:] = 0  # as a panel empties it
        method = Binarisation(stochastic=stochastic, window=window)
        run_flipping(seen, learner, room, words, labels, x, method, adam, float(epochs), SEED)
        return seen.percent[0], seen.flips[0]

    def once(epochs, window=1.0):
        seen = flipping_bits(epochs, Binarisation(stochastic=stochastic, window=window), rng=SEED)
        return seen.percent, seen.flips

    assert [after(2), after(6)] == [once(2), once(6)]
    assert after(3) == once(3)  # backwards
    assert after(3, 0.5) == once(3, 0.5)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"epochs": -1}, "epochs must be at least 0, got -1"),
        ({"method": Binarisation(window=-1.0)}, "window must be zero or positive, and finite, got -1"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        flipping_bits(**({"epochs": 1, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
