"""The spiking layer is a recurrent network: a plain one in NumPy, and one with a ramp for the step."""

import math

import numpy as np
import pytest

from snnlab.networks.comparisons.plain_recurrent import plain_recurrent
from snnlab.networks.comparisons.unrolled import (
    INPUTS,
    LEAST,
    MOST,
    NEURONS,
    STEPS,
    draw_network,
    hard_sigmoid,
    spiking_layer,
    unrolled,
    workspace,
)

SEEDS = [np.uint64(seed) for seed in range(10)]


def drawn(seed):
    work = workspace()
    draw_network(work.w, work.r, work.inputs, seed)
    return work.w, work.r, work.inputs


def in_numpy(w, r, x, beta, theta):
    """The reset as a weight of each neuron onto itself."""
    return plain_recurrent(w, r - theta * np.eye(len(w)), x, beta)


@pytest.mark.equation("unrolled-layer")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_plain_recurrent_network_is_the_same_but_for_rounding(seed):
    w, r, x = drawn(seed)
    run = spiking_layer(w, r, x, 0.85, 1.0)
    v, s = in_numpy(w, r, x, 0.85, 1.0)
    np.testing.assert_array_equal(run.s, s)
    np.testing.assert_allclose(run.v, v, atol=1e-13)
    assert 20 < s.sum() < 300


def test_with_weights_in_steps_of_1_1024_nothing_is_rounded_and_all_bits_agree():
    """And a decay of one half, and 20 steps: then every sum is exact, in any order."""
    for seed in SEEDS:
        w, r, x = drawn(seed)
        x = x[:20]
        w, r = np.round(w * 1024) / 1024, np.round(r * 1024) / 1024
        run = spiking_layer(w, r, x, 0.5, 1.0)
        v, s = in_numpy(w, r, x, 0.5, 1.0)
        assert run.v.tobytes() == v.tobytes() and run.s.tobytes() == s.tobytes()


@pytest.mark.parametrize("seed", SEEDS)
def test_without_the_reset_among_the_weights_they_are_not_the_same(seed):
    """The control: it is the weight of −1 onto itself that resets."""
    w, r, x = drawn(seed)
    _, s = in_numpy(w, r, x, 0.9, 0.0)
    assert (s != spiking_layer(w, r, x, 0.9, 1.0).s).any()


@pytest.mark.equation("hard-sigmoid")
def test_the_ramp_is_a_ramp():
    assert [hard_sigmoid(x, 2.0) for x in (-1.0, -0.25, 0.0, 0.1, 0.25, 1.0)] == [0, 0, 0.5, 0.7, 1, 1]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_finite_slope_is_enough_for_the_last_bit(seed):
    """Where no potential is within half the ramp of the threshold, the ramp is the step."""
    nearest = unrolled(0, rng=seed).nearest
    enough = math.ceil(math.log2(1 / (2 * nearest)))
    assert unrolled(enough, rng=seed).apart == 0.0 == unrolled(enough + 5, rng=seed).apart
    assert unrolled(enough - 1, rng=seed).apart > 0.0


def test_on_the_way_there_it_does_not_come_nearer_step_by_step():
    """Where the ramp is met, errors are multiplied by its slope: steeper is not nearer."""
    for seed in SEEDS:
        distance = unrolled(0, rng=seed).distance
        steps = np.diff(distance[distance > 0])
        assert (steps > 0).any() and (steps < 0).any()


def test_what_is_told_is_what_happened():
    for seed in SEEDS[:3]:
        w, r, x = drawn(seed)
        seen, run = unrolled(3, 0.9, 1.0, rng=seed), spiking_layer(w, r, x)
        np.testing.assert_array_equal(seen.v, run.v[:, 0])
        np.testing.assert_array_equal(seen.times, np.flatnonzero(run.s[:, 0]) + 1)
        assert seen.n == run.s.sum() and seen.nearest == np.abs(run.v - 1).min()
        assert seen.additions == run.additions == NEURONS * (x.sum() + run.s[:-1].sum())
        assert seen.products == STEPS * NEURONS * (NEURONS + INPUTS)
        assert seen.apart == seen.distance[3 - LEAST] >= np.abs(seen.v - seen.v_recurrent).max()
        assert seen.slopes.tolist() == list(range(LEAST, MOST + 1))
        np.testing.assert_array_equal(seen.step, seen.x > 1)
        np.testing.assert_allclose(seen.sigmoid, np.clip(0.5 + 8 * (seen.x - 1), 0, 1))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"doublings": 0.5}, "doublings must be a whole number from -50 to 50, got 0.5"),
        ({"doublings": 51}, "doublings must be a whole number from -50 to 50, got 51"),
        ({"beta": 1.1}, "beta must be between 0 and 1, got 1.1"),
        ({"theta": math.nan}, "theta must be finite, got nan"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        unrolled(**wrong, rng=SEEDS[0])
    assert str(failure.value) == sentence


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"r": np.zeros((3, 2))}, "r must have shape (2, 2), got (3, 2)"),
        ({"x": np.zeros((5, 4))}, "x must have 3 columns, one an input, got 4"),
        ({"x": np.full((5, 3), 0.5)}, "x must hold 0 and 1 only, got 0.5"),
    ],
)
def test_a_layer_names_what_does_not_fit(wrong, sentence):
    fine = {"w": np.zeros((2, 3)), "r": np.zeros((2, 2)), "x": np.zeros((5, 3))}
    with pytest.raises(ValueError) as failure:
        spiking_layer(**(fine | wrong))
    assert str(failure.value) == sentence
