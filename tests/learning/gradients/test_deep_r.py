"""DEEP R: how many synapses there are and where, their signs, and how their weights diffuse."""

import math
from itertools import repeat

import numpy as np
import pytest

from snnlab.learning import poisson_patterns
from snnlab.learning.gradients.cell_kinds import adaptive_cell, lif_cell
from snnlab.learning.gradients.deep_r import DeepR, deep_r, moved, sparse_inputs
from snnlab.learning.gradients.recurrent_network import initial_recurrent
from snnlab.learning.gradients.recurrent_steps import recurrent_steps
from snnlab.networks import from_list

INPUTS, HIDDEN, SYNAPSES = 20, 6, 30
HOT = DeepR(decay=20.0, temperature=1.0)


def start(seed=1):
    rng = np.random.default_rng(seed)
    patterns = poisson_patterns(8, INPUTS, 2, 40, rate=30.0, rng=rng)
    return patterns, sparse_inputs(INPUTS, lif_cell(HIDDEN), 2, SYNAPSES, gain=1.5, rng=rng), rng


def places(lines):
    return set(zip(lines.post.tolist(), lines.pre.tolist(), strict=True))


@pytest.mark.parametrize("dale", [False, True], ids=["places", "Dale"])
def test_after_every_step_there_are_as_many_synapses_and_each_has_its_sign(dale):
    patterns, network, rng = start()
    sign = rng.choice([-1, 1], HIDDEN + INPUTS if dale else (HIDDEN, HIDDEN + INPUTS))
    first, rewire = deep_r(network, HOT, signs=sign, rng=rng)
    table, seen, moves = np.broadcast_to(sign, (HIDDEN, HIDDEN + INPUTS)), [first.recurrent], 0
    for step in recurrent_steps(first, repeat(patterns, 60), after_step=rewire):
        lines = step.network.recurrent
        assert lines.w.size == len(places(lines)) == SYNAPSES
        assert (np.sign(lines.w) == table[lines.post, lines.pre]).all()
        assert (lines.pre != lines.post).all()
        moves += len(places(lines) - places(seen[-1]))
        seen.append(lines)
    assert moves > 50 and any((lines.pre < HIDDEN).any() for lines in seen)


def test_a_weight_that_wants_another_sign_makes_room():
    """One synapse is pushed through 0 by its gradient: it goes, and Adam knows nothing of the new one."""
    patterns, network, rng = start()
    first, rewire = deep_r(network, DeepR(decay=0.0), rng=rng)
    gone = 0
    before = first.recurrent
    for step in recurrent_steps(first, repeat(patterns, 30), after_step=rewire):
        after = step.network.recurrent
        new = np.array([place not in places(before) for place in zip(after.post, after.pre, strict=True)])
        gone += new.sum()
        assert (np.abs(after.w[new]) == 1e-12).all()
        for part in (step.mean, step.square):
            assert not part.recurrent.w[new].any() and part.recurrent.w[~new].any()
        before = after
    assert gone > 0


def test_signs_that_are_not_given_are_those_of_the_weights_and_drawn_for_a_weight_of_zero():
    _, network, rng = start()
    w = np.where(np.arange(SYNAPSES) < 20, 0.0, network.recurrent.w)
    first, _ = deep_r(network._replace(recurrent=network.recurrent._replace(w=w)), rng=rng)
    born = np.sign(first.recurrent.w[:20])
    assert 3 < (born < 0).sum() < 17 and (np.abs(first.recurrent.w[:20]) == 1e-12).all()
    np.testing.assert_array_equal(first.recurrent.w[20:], w[20:])


def test_without_need_nothing_moves():
    patterns, network, rng = start()
    wide = network._replace(recurrent=network.recurrent._replace(w=np.full(SYNAPSES, 5.0)))
    first, rewire = deep_r(wide, DeepR(decay=1.0), rng=rng)
    free = [*recurrent_steps(wide, repeat(patterns, 4))][-1]
    step = [*recurrent_steps(first, repeat(patterns, 4), after_step=rewire)][-1]
    assert places(step.network.recurrent) == places(wide.recurrent)
    # only the decay is between them, and what it does to the gradients of later steps
    assert step.network.recurrent.w == pytest.approx(free.network.recurrent.w - 4 * step.rate, abs=1e-3)


def test_a_new_place_is_any_of_the_free_ones():
    """One synapse of three dies in each step: where the new one stands is even over the other places."""
    rng = np.random.default_rng(3)
    cell = lif_cell(2)
    lines = from_list([2, 3, 4], [0, 1, 0], [1.0, 1.0, 1e-9], 0.0, n_pre=5, n_post=2)
    network = sparse_inputs(3, cell, 2, 3, rng=rng)._replace(recurrent=lines)
    quiet, counts = poisson_patterns(1, 3, 2, 2, rate=1e-6, rng=rng), np.zeros((2, 5))
    for _ in range(700):
        first, rewire = deep_r(network, DeepR(decay=1e-3), rng=rng)
        now = next(recurrent_steps(first, [quiet], after_step=rewire)).network.recurrent
        new = now.w < 1e-6
        assert new.sum() == 1
        counts[now.post[new], now.pre[new]] += 1
    assert not counts[[0, 1, 0, 1], [0, 1, 2, 3]].any()  # autapses, and the two that stay
    free = np.delete(counts.ravel(), [0, 6, 2, 8])
    assert np.abs(free - 700 / 6).max() < 4 * math.sqrt(700 / 6 * 5 / 6)


@pytest.mark.equation("deep-r")
def test_without_a_loss_weights_diffuse_to_the_mean_of_the_equation():
    """T / α, less 0.5826 √(2ηT): a walk in steps of this size is absorbed so much later than a diffusion.

    The correction is that of D. Siegmund (1979), Advances in Applied Probability 11, 701–719.
    """
    numbers, rate, rng = DeepR(decay=1.0, temperature=0.05), 2e-4, np.random.default_rng(5)
    theta = rng.exponential(0.05, 4000)
    means = []
    for t in range(6000):
        theta = moved(theta, rate, numbers, rng)
        theta[theta <= 0] = 1e-12
        if t >= 2000:
            means.append(theta.mean())
    jump = math.sqrt(2 * rate * numbers.temperature)
    assert np.mean(means) == pytest.approx(0.05 - 0.5826 * jump, rel=0.01)
    assert np.std(theta) == pytest.approx(0.05, rel=0.05)  # as an exponential has it
    cold = moved(np.array([0.5]), 0.1, DeepR(decay=2.0), rng)
    assert cold == pytest.approx([0.3])


def test_a_network_that_is_cooled_comes_to_rest():
    """Nothing is shown, so noise alone moves a weight: in every step before N, and in none from there."""
    hot = DeepR(decay=0.0, temperature=2.0, cooled=40)
    assert [hot.at(number).temperature for number in (1, 10, 40, 50)] == pytest.approx([1.95, 1.5, 0.0, 0.0])
    assert hot.at(7).decay == 0.0 and HOT.at(1000) == HOT
    _, network, rng = start()
    quiet = poisson_patterns(1, INPUTS, 2, 2, rate=1e-6, rng=rng)
    first, rewire = deep_r(network, hot, rng=rng)
    changes, before = [], first.recurrent.w
    for step in recurrent_steps(first, repeat(quiet, 60), after_step=rewire):
        after = step.network.recurrent.w.copy()
        changes.append(not np.array_equal(after, before))
        before = after
    assert changes == [True] * 39 + [False] * 21
    assert len(places(step.network.recurrent) - places(first.recurrent)) > SYNAPSES / 4


def test_synapses_stay_among_the_places_that_are_given():
    """From the inputs alone, and of these only every second."""
    patterns, network, rng = start()
    allowed = np.zeros((HIDDEN, HIDDEN + INPUTS), bool)
    allowed[:, HIDDEN::2] = True
    lines = network.recurrent
    lines = lines._replace(pre=HIDDEN + (lines.pre - HIDDEN) // 2 * 2)
    _, first = np.unique(lines.post * lines.n_pre + lines.pre, return_index=True)
    few = lines._replace(**{name: getattr(lines, name)[first] for name in ("pre", "post", "w", "delay")})
    network, rewire = deep_r(network._replace(recurrent=few), HOT, places=allowed, rng=rng)
    seen = set()
    for step in recurrent_steps(network, repeat(patterns, 40), after_step=rewire):
        lines = step.network.recurrent
        assert allowed[lines.post, lines.pre].all() and lines.w.size == first.size
        seen |= places(lines)
    assert len(seen) > 1.5 * first.size


def test_recurrent_synapses_are_rewired_with_their_delays():
    rng = np.random.default_rng(2)
    patterns = poisson_patterns(8, INPUTS, 2, 40, rate=30.0, rng=rng)
    network = initial_recurrent(INPUTS, adaptive_cell(HIDDEN), 2, longest=3, rng=rng)
    own = network.recurrent
    few = own._replace(pre=own.pre[::3], post=own.post[::3], w=own.w[::3], delay=own.delay[::3])
    first, rewire = deep_r(network._replace(recurrent=few), HOT, rng=rng)
    for step in recurrent_steps(first, repeat(patterns, 20), after_step=rewire):
        lines = step.network.recurrent
        assert lines.w.size == few.w.size and (lines.pre != lines.post).all()
        np.testing.assert_array_equal(np.sort(lines.delay), np.sort(few.delay))
    assert places(lines) != places(few)


def test_signs_are_those_of_the_weights_where_none_are_given():
    _, network, rng = start()
    first, _ = deep_r(network, rng=rng)
    np.testing.assert_array_equal(first.recurrent.w, network.recurrent.w)
    flipped, _ = deep_r(network, signs=np.ones(HIDDEN + INPUTS), rng=rng)
    np.testing.assert_array_equal(flipped.recurrent.w, np.abs(network.recurrent.w))


def test_where_sparse_inputs_begin():
    rng = np.random.default_rng(1)
    network = sparse_inputs(200, lif_cell(100), 3, 4000, gain=2.0, rng=rng)
    lines = network.recurrent
    assert len(places(lines)) == 4000 and lines.pre.min() >= 100 and not lines.delay.any()
    assert lines.w.std() == pytest.approx(2.0 / math.sqrt(40), rel=0.05)
    assert np.unique(lines.post).size == 100 and np.unique(lines.pre).size == 200
    assert sparse_inputs(3, lif_cell(2), 2, 6, rng=rng).recurrent.w.size == 6


@pytest.mark.parametrize(
    ("change", "arguments", "message"),
    [
        ({"w_in": np.zeros((2, 3)), "recurrent": None}, {}, "network must have synapses to rewire, got none"),
        (
            {"recurrent": from_list([2, 2], [0, 0], n_pre=5, n_post=2)},
            {},
            "network must have at most one synapse for each pair, got two of one",
        ),
        (
            {"recurrent": from_list([2, 1], [0, 1], n_pre=5, n_post=2)},
            {},
            "network must have synapses in places alone, got one from 1 to 1",
        ),
        ({}, {"signs": np.ones(4)}, r"signs must have shape \(2, 5\) or \(5,\), got \(4,\)"),
        ({}, {"places": np.zeros((2, 5), bool)}, "network must have synapses in places alone, got one from"),
        ({}, {"places": np.ones(5, bool)}, r"places must be bool of shape \(2, 5\), got bool of \(5,\)"),
        ({}, {"places": np.ones((2, 5))}, r"places must be bool of shape \(2, 5\), got float64"),
        ({}, {"signs": np.zeros(5)}, "signs must be -1 or 1, got 0"),
        ({}, {"numbers": DeepR(decay=-1.0)}, "decay must be zero or positive"),
        ({}, {"numbers": DeepR(temperature=np.nan)}, "temperature must be"),
        ({}, {"numbers": DeepR(cooled=-1)}, "cooled must be"),
    ],
)
def test_what_cannot_be_rewired(change, arguments, message):
    rng = np.random.default_rng(1)
    network = sparse_inputs(3, lif_cell(2), 2, 4, rng=rng)._replace(**change)
    with pytest.raises(ValueError, match=message):
        deep_r(network, **arguments, rng=rng)
    with pytest.raises(ValueError, match=r"synapses must be at most one a pair \(6\), got 7"):
        sparse_inputs(3, lif_cell(2), 2, 7, rng=rng)
