"""Layers with alpha synapses against neurons one by one, and their gradient against finite differences."""

import math

import numpy as np
import pytest

from snnlab.learning.gradients.adam import Adam
from snnlab.learning.spike_times.alpha_layers import (
    AlphaLearning,
    answer,
    backward,
    blank_layers,
    descend,
    forward,
    judge,
)
from snnlab.learning.spike_times.alpha_network import (
    AlphaNetwork,
    as_learnt,
    as_network,
    initial_alpha,
    run_alpha,
    sizes_of,
)
from snnlab.learning.spike_times.alpha_neuron import _MANY, AlphaNeuron, alpha_spike

NEURON = AlphaNeuron(k=1.3, theta=0.3)
SIZES = (5, 6, 4, 3)
BETA = 1.7


def network(seed, sizes=SIZES, mean=0.45):
    """Layers whose neurons mostly fire."""
    return initial_alpha(sizes, 2, mean=mean, rng=np.random.default_rng(seed))


def one_by_one(of, x):
    """The readable twin: every neuron for itself."""
    layers = [np.asarray(x, float)]
    for w, pulses in zip(*of, strict=True):
        reached = np.concatenate([layers[-1], pulses])
        layers.append(np.array([alpha_spike(row, reached, NEURON).time for row in w]))
    return layers[1:]


@pytest.mark.parametrize(("sizes", "mean"), [(SIZES, 0.45), ((20, 18, 3), 0.1)])
def test_a_network_is_its_neurons_one_by_one(sizes, mean):
    """Of few inputs, and of so many that they are sorted by bins first."""
    assert (max(sizes) > _MANY) == (sizes != SIZES)
    rng, silent = np.random.default_rng(1), 0
    for seed in range(30):
        of, x = network(seed, sizes, mean), rng.uniform(0, 1, (4, sizes[0]))
        x[0, 0] = math.inf
        run = run_alpha(of, x, NEURON)
        for sample in range(4):
            for ours, known in zip(run.times, one_by_one(of, x[sample]), strict=True):
                assert ours[sample] == pytest.approx(known, abs=1e-12)
                silent += np.isinf(known).sum()
    assert silent > 0


def loss_of(of, x, y):
    """The loss, written out."""
    times = run_alpha(of, x[None], NEURON).times[-1][0]
    p = np.exp(-BETA * times) / np.exp(-BETA * times).sum()
    return -math.log(p[y]) / BETA


def gradient_of(of, x, y, method):
    sizes, learnt = sizes_of(of), as_learnt(of)
    room = blank_layers(sizes, 2)
    forward(x, learnt, sizes, room, NEURON)
    loss, right = judge(room.times[-1], sizes[-1], y, BETA, room.back[-1])
    backward(learnt, sizes, room, NEURON, method)
    gradient = as_network(learnt._replace(w=learnt.w[1:], pulses=learnt.pulses[1:]), sizes)
    return loss, right, gradient, room


def steep(seed, least=0.05):
    """A network and an input for which everybody fires, nobody by a hair."""
    rng = np.random.default_rng(seed)
    while True:
        of, x = network(rng.integers(2**31)), rng.uniform(0, 1, 5)
        loss, _, _, room = gradient_of(of, x, 1, AlphaLearning(cut=1e9))
        rises = np.concatenate([room.rise[k, :n] for k, n in enumerate(SIZES[1:])])
        if rises.min() > least and math.isfinite(loss):
            return of, x


@pytest.mark.equation("race-loss")
@pytest.mark.parametrize("seed", range(4))
def test_the_gradient_is_that_of_finite_differences(seed):
    """By every weight and every pulse of three layers: central differences of the fourth order."""
    of, x = steep(seed)
    loss, right, gradient, _ = gradient_of(of, x, 1, AlphaLearning(cut=1e9))
    assert loss == pytest.approx(loss_of(of, x, 1), rel=1e-12, abs=0)
    assert right == (run_alpha(of, x[None], NEURON).answers[0] == 1)
    h, some = 1e-5, 0
    for part in range(2):
        for layer in range(3):
            numbers, known = of[part][layer], gradient[part][layer]
            for place in np.ndindex(numbers.shape):
                around = []
                for n in (-2, -1, 1, 2):
                    moved = [list(arrays) for arrays in of]
                    moved[part][layer] = numbers.copy()
                    moved[part][layer][place] += n * h
                    around.append(loss_of(AlphaNetwork(*map(tuple, moved)), x, 1))
                slope = np.dot(around, [1, -8, 8, -1]) / (12 * h)
                assert known[place] == pytest.approx(slope, rel=1e-6, abs=1e-9)
                some += known[place] != 0
    assert some > 20


def test_who_is_silent_is_lifted_by_the_penalty_alone():
    of = network(0)
    of.weights[1][2] = -1.0
    x = np.random.default_rng(1).uniform(0, 1, 5)
    gradient = gradient_of(of, x, 0, AlphaLearning(penalty=0.25))[2]
    assert (gradient.weights[1][2] == -0.25).all()
    assert gradient.weights[2][:, 2].tolist() == [0.0, 0.0, 0.0]  # and nobody hears it


def test_slopes_are_cut_off():
    of, x = steep(1)
    free, cut = (gradient_of(of, x, 1, AlphaLearning(cut=most))[2].weights[2] for most in (1e9, 1e-3))
    pull = np.abs(free).max()
    assert 0 < np.abs(cut).max() <= 1e-3 < pull


@pytest.mark.parametrize(("out", "best"), [([0.5, 0.2, 0.9], 1), ([math.inf, 3.0], 1), ([math.inf] * 2, -1)])
def test_the_first_to_fire_is_the_answer(out, best):
    assert answer(np.array(out), len(out)) == best


def test_where_nobody_fires_all_answers_are_equally_likely():
    back = np.zeros(4)
    loss, right = judge(np.full(4, math.inf), 4, 2, 1.0, back)
    assert loss == pytest.approx(math.log(4)) and not right
    assert back.tolist() == [-0.25, -0.25, 0.75, -0.25]


def test_a_step_moves_each_number_by_its_rate_and_forgets_the_gradient():
    """The first step of Adam has the length of the rate; pulses stay at 0 or above."""
    of, x = steep(2)
    sizes, learnt = sizes_of(of), as_learnt(of)
    room = blank_layers(sizes, 2)
    forward(x, learnt, sizes, room, NEURON)
    judge(room.times[-1], sizes[-1], 1, BETA, room.back[-1])
    backward(learnt, sizes, room, NEURON, AlphaLearning())
    by_w, by_pulse = learnt.w[1].copy(), learnt.pulses[1].copy()
    learnt.pulses[1, 0, 0] = 5.0
    descend(learnt, sizes, 0.5, 1, 0.01, 10.0, Adam(epsilon=1e-30))
    assert (learnt.w[0] - as_learnt(of).w[0]) == pytest.approx(-0.01 * np.sign(by_w), abs=1e-12)
    assert learnt.pulses[0, 0, 0] == 0.0
    assert learnt.pulses[0, 1, 0] == pytest.approx(max(0.0, 1 / 3 - 10.0 * np.sign(by_pulse[1, 0])))
    assert not learnt.w[1].any() and not learnt.pulses[1].any()
