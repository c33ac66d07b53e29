"""The network's numbers: how they are drawn, that they fit together, and what it answers."""

import math

import numpy as np
import pytest

from snnlab.learning.spike_times.alpha_network import (
    AlphaNetwork,
    as_learnt,
    as_network,
    initial_alpha,
    run_alpha,
    sizes_of,
)


def test_weights_are_drawn_about_their_means():
    balanced = math.sqrt(2 / 520), math.sqrt(2 / 230)
    for sd, spreads in ((None, balanced), (0.3, (0.3, 0.3)), ((0.1, 0.2), (0.1, 0.2))):
        how = {"mean": (-0.5, 0.2), "of_pulses": 2.0, "sd": sd}
        network = initial_alpha((300, 200, 10), 20, **how, rng=np.random.default_rng(1))
        for w, mean, spread in zip(network.weights, (-0.5, 0.2), spreads, strict=True):
            for part, about in ((w[:, :-20], mean), (w[:, -20:], 2.0)):
                assert part.std() == pytest.approx(spread, rel=5 / math.sqrt(2 * part.size))
                assert part.mean() == pytest.approx(about, abs=5 * spread / math.sqrt(part.size))
        assert network.pulses[0] == pytest.approx(np.arange(1, 21) / 21)
    alike = initial_alpha((300, 200), 20, mean=0.7, rng=np.random.default_rng(1)).weights[0]
    assert alike[:, -20:].mean() == pytest.approx(0.7, abs=0.01)


def test_there_and_back_are_the_same_numbers():
    network = initial_alpha((3, 7, 2), 2, rng=np.random.default_rng(1))
    again = as_network(as_learnt(network), sizes_of(network))
    assert sizes_of(network).tolist() == [3, 7, 2]
    for part, other in zip(network, again, strict=True):
        for a, b in zip(part, other, strict=True):
            np.testing.assert_array_equal(a, b)


def test_without_any_spike_there_is_no_answer():
    run = run_alpha(AlphaNetwork((np.full((2, 1), -1.0),), (np.zeros(0),)), [[0.2]])
    assert run.answers.tolist() == [-1] and run.decided.tolist() == [math.inf]
    assert run_alpha(AlphaNetwork((np.ones((2, 1)),), (np.zeros(0),)), np.zeros((0, 1))).answers.shape == (0,)


def test_bad_networks_are_named():
    rng = np.random.default_rng(1)
    good = initial_alpha((2, 4, 2), 1, rng=rng)
    w, pulses = good.weights, good.pulses
    for network, message in (
        (AlphaNetwork(w, pulses[:1]), "pulses must be 2 arrays, one a layer, got 1"),
        (AlphaNetwork(w, (pulses[0], np.zeros(2))), r"pulses must be as many in each layer, got \[1, 2\]"),
        (AlphaNetwork(w, (pulses[0], np.array([-1.0]))), "pulses must come at 0 or later, got -1"),
        (
            AlphaNetwork((w[0], w[0]), pulses),
            "weights must have 5 columns after a layer of 4 with 1 pulses, got 3",
        ),
        (
            AlphaNetwork((np.ones((2, 1)),), (np.zeros(1),)),
            "weights must have more columns than the 1 pulses",
        ),
    ):
        with pytest.raises(ValueError, match=message):
            run_alpha(network, [[0.0, 1.0]])
    with pytest.raises(TypeError, match="network must be an AlphaNetwork, got tuple"):
        run_alpha((w, pulses), [[0.0, 1.0]])
    with pytest.raises(ValueError, match="x must have 2 columns, one an input, got 1"):
        run_alpha(good, [[0.0]])
    with pytest.raises(ValueError, match="sizes must be two or more, from inputs to outputs, got 1"):
        initial_alpha((2,), 1, rng=rng)
    with pytest.raises(ValueError, match="mean must be one number or 1, one a layer, got 2"):
        initial_alpha((2, 2), 1, rng=rng, mean=(0.0, 1.0))
    with pytest.raises(ValueError, match="sd must be zero or positive, got -1"):
        initial_alpha((2, 2), 1, rng=rng, sd=-1.0)
    with pytest.raises(TypeError, match=r"rng must be a numpy\.random\.Generator"):
        initial_alpha((2, 2), 1, rng=1)
