"""Learning with SpikeProp: a step is the gradient, signs are kept, XOR comes out, silence and its remedy."""

import numpy as np
import pytest

from snnlab.learning.spike_times.spikeprop import DelayedWeights, SpikeProp, run_spikeprop, spikeprop_gradient
from snnlab.learning.spike_times.spikeprop_training import initial_delayed, learn_spikeprop
from snnlab.learning.spike_times.xor_in_time import initial_xor, xor_in_time


def rng(seed=1):
    return np.random.default_rng(seed)


def errors_of(net, samples, neuron=SpikeProp()):
    return np.sum((run_spikeprop(net, samples.times, neuron).out - samples.wanted) ** 2)


@pytest.mark.parametrize("batch", [1, 3, 4])
def test_an_epoch_is_the_sum_of_the_gradients_batch_by_batch(batch):
    samples, rate, net = xor_in_time(), 1e-4, initial_xor(rng=rng(2))
    run = learn_spikeprop(net, *samples, rate=rate, epochs=1, batch=batch)
    by_hand, errors = net, []
    for first in range(0, 4, batch):
        told = [
            spikeprop_gradient(by_hand, samples.times[n], samples.wanted[n])
            for n in range(first, min(first + batch, 4))
        ]
        errors += [2 * one.loss for one in told]
        by_hand = by_hand._replace(
            hidden=by_hand.hidden - rate * sum(one.hidden for one in told),
            out=by_hand.out - rate * sum(one.out for one in told),
        )
    np.testing.assert_allclose(run.net.hidden, by_hand.hidden, rtol=1e-12)
    np.testing.assert_allclose(run.net.out, by_hand.out, rtol=1e-12)
    assert run.errors == pytest.approx([sum(errors)], rel=1e-12, abs=0)


def test_weights_stop_at_zero_where_a_sign_is_kept():
    samples, net = xor_in_time(), initial_xor(rng=rng(1))
    kept = learn_spikeprop(net, *samples, SpikeProp(least_slope=0.1), rate=0.003, epochs=100).net
    assert (kept.hidden >= 0).all() and (kept.hidden == 0).any()
    assert (kept.out[:, :-1] >= 0).all() and (kept.out[:, -1] <= 0).all()
    free = net._replace(signs_in=None, signs_hidden=None)
    freed = learn_spikeprop(free, *samples, SpikeProp(least_slope=0.1), rate=0.003, epochs=100).net
    assert (freed.hidden < 0).any()


def test_the_order_is_given_or_shuffled():
    samples, net = xor_in_time(), initial_xor(rng=rng(1))
    runs = [learn_spikeprop(net, *samples, epochs=3, rate=1e-3, rng=rng(k)).errors for k in (1, 1, 2)]
    assert np.array_equal(runs[0], runs[1]) and not np.array_equal(runs[0], runs[2])
    whole = [learn_spikeprop(net, *samples, epochs=3, batch=4, rate=1e-4, rng=rng(k)).errors for k in (1, 2)]
    np.testing.assert_allclose(*whole, rtol=1e-9)  # the order within a batch does not matter


def test_the_start_is_not_changed_and_stopping_stops():
    net = initial_xor(rng=rng(1))
    before = net.hidden.copy(), net.out.copy()
    run = learn_spikeprop(net, *xor_in_time(), epochs=50, stop=1e9)
    assert run.errors.size == 1
    assert np.array_equal(net.hidden, before[0]) and np.array_equal(net.out, before[1])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rate": 0.0}, "rate must be positive and finite, got 0"),
        ({"batch": 0}, "batch must be at least 1, got 0"),
        ({"wanted": np.ones((4, 2))}, "wanted must have shape (4, 1) with a sample at least, got (4, 2)"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    given = {"wanted": xor_in_time().wanted} | wrong
    with pytest.raises(ValueError) as failure:
        learn_spikeprop(initial_xor(rng=rng(1)), xor_in_time().times, **given)
    assert str(failure.value) == sentence


def test_first_weights_have_the_sums_and_signs_that_were_asked_for():
    net = initial_delayed(
        4, 30, 20, [1, 2, 3], sum_in=2.0, sum_hidden=3.0, spread=0.2, n_inhibitory=10, rng=rng(4)
    )
    assert net.hidden.mean() * 4 == pytest.approx(2.0, rel=0.02)
    assert np.abs(net.out).mean() * 30 == pytest.approx(3.0, rel=0.02)
    assert np.ptp(net.hidden) <= 0.4 * 2.0 / 4 and (net.out[:, 20:] < 0).all() and (net.out[:, :20] > 0).all()
    with pytest.raises(ValueError, match=r"n_inhibitory must be at most n_hidden \(2\), got 3"):
        initial_delayed(1, 2, 1, [1.0], sum_in=1, sum_hidden=1, n_inhibitory=3, rng=rng())


def test_a_network_learns_a_time_to_the_last_digit():
    net = DelayedWeights(np.ones((2, 3, 1)), np.ones((1, 2, 1)), np.array([1.0]))
    run = learn_spikeprop(net, [[0.0, 0.0, 6.0]], [[6.0]], rate=0.02, epochs=5000, stop=1e-16)
    assert run_spikeprop(run.net, [0.0, 0.0, 6.0]).out[0, 0] == pytest.approx(6.0, abs=1e-7)
