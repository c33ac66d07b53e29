"""Ten neurons of ternary weights: the kernel against the same written in NumPy, and what is told of it."""

import numpy as np
import pytest

from snnlab.learning import Adam
from snnlab.learning.binary.flipping_bits import BATCH, LEARNT, draw_latent, small_bits, unpack
from snnlab.learning.binary.straight_through import EPSILON, shuffle
from snnlab.learning.constrained.ternary import ternary_weights
from snnlab.learning.constrained.ternary_tiles import (
    blank_learner,
    recorded,
    run_tiles,
    ternary_tiles,
    work,
)

SEED = np.uint64(1)


def pixels():
    words, labels = small_bits()
    x = np.zeros((words.size, 64))
    unpack(words, x)
    return x, labels


def by_hand(epochs, hysteresis, rate):
    """The same in plain NumPy: shadow weights and per cent of the new digits that are right."""
    x, labels = pixels()
    w, norm = np.zeros((64, 10)), np.array([np.ones(10), np.zeros(10)])
    draw_latent(w, SEED, np.uint64(2**62))
    used, order, count = ternary_weights(w, np.zeros_like(w)), np.arange(LEARNT, dtype=np.int32), 0
    memory = [np.zeros((2, *p.shape)) for p in (w, norm)]
    for epoch in range(epochs):
        shuffle(order, SEED, np.uint64(epoch))
        for first in range(0, LEARNT, BATCH):
            which = order[first : first + BATCH]
            u = x[which] @ used
            sd = np.sqrt(u.var(axis=0) + EPSILON)
            hat = (u - u.mean(axis=0)) / sd
            target = np.where(np.arange(10) == labels[which][:, None], 1.0, -1.0)
            pull = -2 * target * np.maximum(0, 1 - target * (norm[0] * hat + norm[1])) / BATCH
            of_norm = np.array([(pull * hat).sum(axis=0), pull.sum(axis=0)])
            back = norm[0] / sd * (pull - of_norm[1] / BATCH - hat * of_norm[0] / BATCH)
            count += 1
            for p, g, m in zip((w, norm), (x[which].T @ back, of_norm), memory, strict=True):
                m[0] = 0.9 * m[0] + 0.1 * g
                m[1] = 0.999 * m[1] + 0.001 * g * g
                p -= rate * (m[0] / (1 - 0.9**count)) / (np.sqrt(m[1] / (1 - 0.999**count)) + 1e-8)
            w = np.clip(w, -1, 1, out=w)
            used = ternary_weights(w, used, hysteresis)
    u, new = x[:LEARNT] @ used, x[LEARNT:] @ used
    y = norm[0] * (new - u.mean(axis=0)) / np.sqrt(u.var(axis=0) + EPSILON) + norm[1]
    return used, 100 * np.mean(y.argmax(axis=1) == labels[LEARNT:])


@pytest.mark.parametrize("hysteresis", [0.0, 0.2])
def test_it_learns_as_written_in_numpy(hysteresis):
    seen = ternary_tiles(2, hysteresis, Adam(rate=0.05), rng=SEED)
    used, percent = by_hand(2, hysteresis, 0.05)
    tiles = seen.tiles.reshape(2, 9, 5, 9)[:, 1:, :, :8][::-1, ::-1]  # the first row lies at the bottom
    shown = tiles.transpose(0, 2, 1, 3).reshape(10, 64).T
    assert np.mean(shown != used) < 0.01  # sums in another order may round a weight the other way
    assert seen.percent == pytest.approx(percent, abs=1.0)
    assert seen.zeros == pytest.approx(100 * np.mean(shown == 0))
    assert seen.shadow.sum() == 640 and np.isnan(seen.flipped[0])


def test_hysteresis_spares_flips():
    held, loose = (ternary_tiles(10, h, rng=SEED) for h in (0.2, 0.0))
    assert held.flips < 0.5 * loose.flips and held.percent > 60


def test_it_goes_on_from_where_it_was_and_begins_anew_when_something_changes():
    words, labels = small_bits()
    learner, room, x, adam = blank_learner(8), work(), np.zeros((words.size, 64)), Adam(rate=0.05)

    def after(epochs, hysteresis=0.1):
        seen = recorded(8)
        for scratch in room:
            scratch[:] = 0  # as a panel empties it
        run_tiles(seen, learner, room, words, labels, x, hysteresis, adam, float(epochs), SEED)
        return seen.percent[0], seen.flips[0]

    def once(epochs, hysteresis=0.1):
        seen = ternary_tiles(epochs, hysteresis, adam, rng=SEED)
        return seen.percent, seen.flips

    assert [after(2), after(6)] == [once(2), once(6)]
    assert after(3) == once(3)  # backwards
    assert after(3, 0.3) == once(3, 0.3)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"epochs": -1}, "epochs must be at least 0, got -1"),
        ({"hysteresis": 0.7}, "hysteresis must be at most 0.5, got 0.7"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        ternary_tiles(**({"epochs": 1, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
