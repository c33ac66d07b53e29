"""Straight through: the gradient of the real network, and the same lines in NumPy for the one of one bit."""

import numpy as np
import pytest

from snnlab.learning import Adam
from snnlab.learning.binary.binary_network import Binarisation, signs
from snnlab.learning.binary.straight_through import (
    EPSILON,
    backward,
    blank_learnt,
    blank_room,
    descend,
    forward,
    judge,
    learn_epoch,
    measure,
    shuffle,
    take_bits,
)

SEED = np.uint64(5)
N, INPUTS, HIDDEN, OUTPUTS = 12, 6, 7, 3


def batch(seed=1):
    """Some samples, and a network with norms that are not at their start."""
    rng = np.random.default_rng(seed)
    x, labels = rng.integers(0, 5, (N, INPUTS)).astype(float), rng.integers(0, OUTPUTS, N)
    learnt = blank_learnt(INPUTS, HIDDEN, OUTPUTS)
    for part in learnt:
        part[0] = rng.uniform(-1, 1, part[0].shape)
    return x, labels, learnt


def ours(x, labels, learnt, method, which=None):
    """Loss by the kernels, which leave the gradients in `learnt`."""
    which = np.arange(len(x)) if which is None else which
    room = blank_room(len(which), INPUTS, HIDDEN, OUTPUTS)
    for w, bits in ((learnt.w_in, room.bits_in), (learnt.w_out, room.bits_out)):
        take_bits(w[0], bits, method.weights, False, SEED, SEED)
    forward(x, which, learnt, room, method.activations, False)
    loss, _ = judge(labels, which, room)
    backward(x, which, learnt, room, method.window)
    return loss, room


def twin(x, labels, learnt, method):
    """The same as whole arrays: loss and gradients."""
    (w_in, w_out, norm_in, norm_out), n = (part[0] for part in learnt), len(x)
    b_in, b_out = (signs(w) if method.weights else w for w in (w_in, w_out))

    def norm(z, gamma, beta):
        s = np.sqrt(z.var(axis=0) + EPSILON)
        unit = (z - z.mean(axis=0)) / s
        return gamma * unit + beta, unit, s

    def norm_back(g, unit, s, gamma):
        return gamma / s * (g - g.mean(axis=0) - unit * (g * unit).mean(axis=0))

    a, unit_in, s_in = norm(x @ b_in, *norm_in)
    h = signs(a) if method.activations else np.clip(a, -1, 1)
    y, unit_out, s_out = norm(h @ b_out, *norm_out)
    t = 2.0 * np.eye(OUTPUTS)[labels] - 1.0
    gap = np.maximum(0.0, 1.0 - t * y)
    by_y = -2.0 * t * gap / n
    by_u = norm_back(by_y, unit_out, s_out, norm_out[0])
    by_a = (by_u @ b_out.T) * (np.abs(a) < method.window)
    by_z = norm_back(by_a, unit_in, s_in, norm_in[0])
    gradients = (
        x.T @ by_z,
        h.T @ by_u,
        np.array([(by_a * unit_in).sum(axis=0), by_a.sum(axis=0)]),
        np.array([(by_y * unit_out).sum(axis=0), by_y.sum(axis=0)]),
    )
    return (gap**2).sum() / n, gradients


@pytest.mark.equation("straight-through")
@pytest.mark.parametrize("window", [0.0, 0.5, 1.0, 2.0])
@pytest.mark.parametrize("weights", [True, False])
@pytest.mark.parametrize("activations", [True, False])
def test_loss_and_gradients_are_those_of_whole_arrays(weights, activations, window):
    x, labels, learnt = batch()
    method = Binarisation(weights, activations, window=window)
    loss, gradients = twin(x, labels, learnt, method)
    found, _ = ours(x, labels, learnt, method)
    assert found == pytest.approx(loss, rel=1e-12, abs=0)
    for part, expected in zip(learnt, gradients, strict=True):
        np.testing.assert_allclose(part[1], expected, rtol=1e-10, atol=1e-13)
    assert np.any(learnt.w_in[1] != 0) == (window > 0)


@pytest.mark.parametrize("which", range(4))
def test_without_bits_it_is_the_gradient(which):
    """Of the real network, whose activation is the ramp: central differences, in every number."""
    x, labels, learnt = batch(2)
    method = Binarisation(weights=False, activations=False)
    _, room = ours(x, labels, learnt, method)
    assert np.abs(np.abs(room.a) - 1).min() > 1e-4  # none of them near the kinks of the ramp
    assert 0.2 < np.mean(np.abs(room.a) < 1) < 1
    claimed, number, small = learnt[which][1].copy(), learnt[which][0], 1e-6
    measured = np.empty_like(claimed)
    for place in np.ndindex(number.shape):
        kept = number[place]
        ends = []
        for moved in (kept - small, kept + small):
            number[place] = moved
            ends.append(ours(x, labels, learnt, method)[0])
        number[place] = kept
        measured[place] = (ends[1] - ends[0]) / (2 * small)
    np.testing.assert_allclose(claimed, measured, rtol=1e-5, atol=1e-8)


def test_straight_through_is_the_gradient_of_another_network():
    """Its weights are the signs, taken for real numbers, and its activation is the ramp."""
    x, labels, learnt = batch(3)
    bits = blank_learnt(INPUTS, HIDDEN, OUTPUTS)
    for mine, other in zip(bits, learnt, strict=True):
        mine[0] = other[0]
    bits.w_in[0], bits.w_out[0] = signs(learnt.w_in[0]), signs(learnt.w_out[0])
    ours(x, labels, learnt, Binarisation(activations=False))
    ours(x, labels, bits, Binarisation(weights=False, activations=False))
    for mine, other in zip(bits, learnt, strict=True):
        np.testing.assert_array_equal(mine[1], other[1])


@pytest.mark.equation("binary-connect")
def test_a_bit_by_chance_is_the_latent_weight_on_average():
    w, bits, draws = np.array([[-1.0, -0.6, 0.0, 0.3, 1.0]]), np.empty((1, 5)), 4000
    total = np.zeros(5)
    for stream in range(draws):
        take_bits(w, bits, True, True, SEED, np.uint64(stream))
        assert set(np.abs(bits[0])) == {1.0}
        total += bits[0]
    error = np.sqrt((1 - w[0] ** 2) / draws)
    assert (np.abs(total / draws - w[0]) <= 4 * error).all()
    assert total[0] == -draws and total[-1] == draws


def test_bits_that_change_are_counted():
    w, bits = np.array([[0.1, -0.1], [0.5, 0.0]]), np.zeros((2, 2))
    assert take_bits(w, bits, True, False, SEED, SEED) == 4
    w[0] = -0.1, -0.2
    assert take_bits(w, bits, True, False, SEED, SEED) == 1


def test_latent_weights_stay_between_their_ends():
    part = np.zeros((4, 2, 3))
    part[0], part[1] = 0.9, -1.0
    descend(part, 1, Adam(), 0.5, True)
    assert part[0].tolist() == np.ones((2, 3)).tolist()
    part[0] = 0.9
    descend(part, 2, Adam(), 0.5, False)
    assert (part[0] > 1.3).all()


def test_every_order_is_equally_likely():
    counts = {}
    for stream in range(6000):
        order = np.arange(3)
        shuffle(order, SEED, np.uint64(stream))
        counts[tuple(order)] = counts.get(tuple(order), 0) + 1
    assert len(counts) == 6
    assert sum((n - 1000) ** 2 / 1000 for n in counts.values()) < 20.5  # χ² of 5 degrees, one in a thousand


@pytest.mark.parametrize(("size", "steps"), [(5, (0, 5, 10)), (11, (0,))])
def test_an_epoch_is_a_step_of_adam_for_each_batch(size, steps):
    """With a last batch that is smaller, or of one sample and left out, and a rate that has fallen twice."""
    x, labels, learnt = batch(4)
    x_other, labels_other, by_hand = batch(4)
    method, adam, order = Binarisation(), Adam(rate=0.05), np.arange(N)
    room = blank_room(size, INPUTS, HIDDEN, OUTPUTS)
    learn_epoch(x, labels, order, size, learnt, room, method, adam, 0.5, 2, SEED)
    assert sorted(order) == list(range(N))
    for k, first in enumerate(steps):
        ours(x_other, labels_other, by_hand, method, order[first : first + size])
        for part, clipped in zip(by_hand, (True, True, False, False), strict=True):
            descend(part, 2 * len(steps) + k + 1, adam, 0.05 / 4, clipped)
    for mine, other in zip(learnt, by_hand, strict=True):
        np.testing.assert_array_equal(mine[0], other[0])


@pytest.mark.parametrize("stochastic", [False, True])
def test_no_change_of_a_bit_is_missed_between_two_epochs(stochastic):
    """Against the bits of every step, one after the other; what `measure` leaves between epochs is none."""
    method, adam, epochs, steps = Binarisation(stochastic=stochastic), Adam(rate=0.3), 4, 3
    x, labels, learnt = batch(6)
    order, room, flips = np.arange(N), blank_room(N, INPUTS, HIDDEN, OUTPUTS), 0
    for epoch in range(epochs):
        flips += learn_epoch(x, labels, order, N // steps, learnt, room, method, adam, 0.9, epoch, SEED)
        measure(x, labels, order, learnt, room, method)
    _, _, by_hand = batch(6)
    order, changed = np.arange(N), 0
    for step in range(epochs * steps + 1):
        before = room.bits_in.copy()
        for w, bits, stream in ((by_hand.w_in, room.bits_in, 1), (by_hand.w_out, room.bits_out, 2)):
            take_bits(w[0], bits, True, stochastic, SEED, np.uint64(3 * step + stream))
        changed += np.sum(room.bits_in != before) if step else 0
        if step == epochs * steps:  # the bits that follow the last step
            break
        epoch, part = divmod(step, steps)
        if part == 0:
            shuffle(order, SEED, np.uint64(3 * step))
        which = order[part * N // steps : (part + 1) * N // steps]
        forward(x, which, by_hand, room, True, False)
        judge(labels, which, room)
        backward(x, which, by_hand, room, method.window)
        for numbers, clipped in zip(by_hand, (True, True, False, False), strict=True):
            descend(numbers, step + 1, adam, 0.3 * 0.9**epoch, clipped)
    np.testing.assert_array_equal(by_hand.w_in[0], learnt.w_in[0])
    assert flips == changed > 0


def test_compiled_and_plain_python_agree():
    x, _, learnt = batch(5)
    which, room = np.arange(N), blank_room(N, INPUTS, HIDDEN, OUTPUTS)
    room.bits_in[:], room.bits_out[:] = signs(learnt.w_in[0]), signs(learnt.w_out[0])
    plain = blank_room(N, INPUTS, HIDDEN, OUTPUTS)
    plain.bits_in[:], plain.bits_out[:] = room.bits_in, room.bits_out
    forward(x, which, learnt, room, True, False)
    forward.py_func(x, which, learnt, plain, True, False)
    np.testing.assert_allclose(plain.y, room.y, rtol=1e-13, atol=1e-13)
