"""Inputs with synapses of their own do what a matrix does, with delays what it does later, and learn."""

from itertools import repeat

import numpy as np
import pytest
from learning.gradients.recurrent_twin import HIDDEN, INPUTS, STEPS, SURROGATE, task

from snnlab.learning import samples_from_raster
from snnlab.learning.gradients.losses import CrossEntropy
from snnlab.learning.gradients.recurrent_gradient import RatePenalty, recurrent_gradient, run_recurrent
from snnlab.learning.gradients.recurrent_network import check_recurrent
from snnlab.learning.gradients.recurrent_steps import recurrent_steps
from snnlab.learning.gradients.recurrent_training import train_recurrent
from snnlab.networks import from_list


def sparse(network, late=0.0):
    """The same network with synapses from its inputs, all `late` ms late, behind those of its neurons."""
    post, source = np.indices(network.w_in.shape).reshape(2, -1)
    own = network.recurrent
    lines = from_list(
        np.concatenate([own.pre, HIDDEN + source]),
        np.concatenate([own.post, post]),
        np.concatenate([own.w, network.w_in.ravel()]),
        np.concatenate([own.delay, np.full(post.size, late)]),
        n_pre=HIDDEN + INPUTS,
        n_post=HIDDEN,
    )
    return network._replace(w_in=None, recurrent=lines)


@pytest.mark.parametrize("late", [0, 1, 4])
def test_synapses_do_what_a_matrix_does_to_inputs_that_come_later(late):
    x, labels, network = task()
    shifted = np.zeros_like(x)
    shifted[:, late:] = x[:, : STEPS - late]
    told = samples_from_raster(x, labels), samples_from_raster(shifted, labels)
    both = sparse(network, late * network.dt), network
    assert check_recurrent(both[0]).n_inputs == both[1].n_inputs == INPUTS
    for relaxed in (False, True):
        mine, its = (
            run_recurrent(net, samples, 1, surrogate=SURROGATE, relaxed=relaxed)
            for net, samples in zip(both, told, strict=True)
        )
        assert mine.y == pytest.approx(its.y, rel=1e-11, abs=1e-11) and mine.s.any()
        mine, its = (
            recurrent_gradient(net, samples, CrossEntropy("mean"), SURROGATE, relaxed=relaxed, by_input=True)
            for net, samples in zip(both, told, strict=True)
        )
        own = network.recurrent.w.size
        assert mine.loss == pytest.approx(its.loss, rel=1e-12, abs=0)
        assert mine.w_rec[:own] == pytest.approx(its.w_rec, rel=1e-9, abs=1e-12)
        assert mine.w_rec[own:] == pytest.approx(its.w_in.ravel(), rel=1e-9, abs=1e-12) and its.w_in.any()
        assert mine.w_in.shape == (HIDDEN, 0)
        assert mine.inputs[:, : STEPS - late] == pytest.approx(its.inputs[:, late:], rel=1e-9, abs=1e-12)


def test_the_relaxed_gradient_equals_differences_where_each_synapse_has_its_own_delay():
    x, labels, network = task()
    rng, samples = np.random.default_rng(4), samples_from_raster(x, labels)
    lines = sparse(network).recurrent
    kept = rng.permutation(lines.w.size)[:20]
    delay = rng.integers(0, 5, lines.w.size) * network.dt
    lines = from_list(
        *(part[kept] for part in (lines.pre, lines.post, lines.w, delay)), n_pre=lines.n_pre, n_post=HIDDEN
    )
    few = network._replace(w_in=None, recurrent=lines)

    def by(w):
        network = few._replace(recurrent=lines._replace(w=w))
        rates = RatePenalty(50.0, 1e-3)
        return recurrent_gradient(network, samples, surrogate=SURROGATE, rates=rates, relaxed=True)

    found, expected = by(lines.w).w_rec, np.empty(kept.size)
    for k in range(kept.size):
        step = 3e-6 * (np.arange(kept.size) == k)
        expected[k] = (by(lines.w + step).loss - by(lines.w - step).loss) / 6e-6
    assert (lines.pre >= HIDDEN).sum() > 5 and np.count_nonzero(expected) > 15
    assert found == pytest.approx(expected, abs=1e-6 * np.abs(expected).max())


def test_they_learn_as_a_matrix_does_and_go_on_from_a_memory():
    x, labels, network = task()
    samples, steps = samples_from_raster(x, labels), 6
    mine, its = (
        train_recurrent(net, repeat(samples), steps, progress=False) for net in (sparse(network), network)
    )
    assert mine.loss == pytest.approx(its.loss, rel=1e-9, abs=0) and mine.loss[-1] != mine.loss[0]
    lines = mine.network.recurrent
    assert mine.network.w_in is None and mine.network.n_inputs == INPUTS
    weights = {
        (post, pre - HIDDEN): w
        for pre, post, w in zip(lines.pre, lines.post, lines.w, strict=True)
        if pre >= HIDDEN
    }
    for place, w in np.ndenumerate(its.network.w_in):
        assert weights[place] == pytest.approx(w, rel=1e-9, abs=0)
    first = train_recurrent(sparse(network), repeat(samples), 2, progress=False)
    rest = train_recurrent(first.network, repeat(samples), 4, memory=first.memory, progress=False)
    np.testing.assert_array_equal(np.concatenate([first.loss, rest.loss]), mine.loss)
    np.testing.assert_array_equal(rest.network.recurrent.w, lines.w)


def test_a_hook_rewires_the_inputs():
    x, labels, network = task()
    samples = samples_from_raster(x, labels)
    other = from_list(
        [HIDDEN, HIDDEN + 2, 0], [1, 2, 3], [0.5, 1.0, -1.0], 1.5, n_pre=HIDDEN + INPUTS, n_post=HIDDEN
    )
    source = recurrent_steps(sparse(network), repeat(samples), after_step=lambda step: other)
    now = next(source).network
    np.testing.assert_array_equal(now.recurrent.pre, [0, HIDDEN, HIDDEN + 2])
    expected = recurrent_gradient(now, samples).loss
    assert next(source).loss == expected
    inside = from_list([0, 1], [2, 3], 1.0, 0.0, n_pre=HIDDEN, n_post=HIDDEN)
    with pytest.raises(ValueError, match="recurrent must join the 6 neurons of cell and inputs behind them"):
        next(recurrent_steps(sparse(network), [samples], after_step=lambda step: inside))
    wider = other._replace(n_pre=HIDDEN + INPUTS + 1)
    with pytest.raises(ValueError, match="after_step must return synapses of 10 presynaptic neurons, got 11"):
        next(recurrent_steps(sparse(network), [samples], after_step=lambda step: wider))


def test_inputs_have_a_matrix_or_synapses():
    _, _, network = task()
    with pytest.raises(ValueError, match="w_in must be weights where recurrent has no synapses, got None"):
        check_recurrent(network._replace(w_in=None, recurrent=None))
    with pytest.raises(ValueError, match="cell and inputs behind them to the 6, got 6 to 6"):
        check_recurrent(network._replace(w_in=None))
    with pytest.raises(ValueError, match="cell to one another, got 10 to 6"):
        check_recurrent(sparse(network)._replace(w_in=network.w_in))
    x, labels, _ = task()
    with pytest.raises(ValueError, match=r"as many inputs as the network \(4\), got 3"):
        recurrent_gradient(sparse(network), samples_from_raster(x[:, :, :3], labels))
