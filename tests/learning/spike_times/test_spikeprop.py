"""SpikeProp against its readable twin and against finite differences of spike times."""

import numpy as np
import pytest
from learning.spike_times.spikeprop_twin import gradient, run

from snnlab.learning.spike_times.spikeprop import (
    DelayedWeights,
    SpikeProp,
    run_spikeprop,
    spikeprop_gradient,
)
from snnlab.learning.spike_times.spikeprop_training import initial_delayed

DELAYS = np.array([0.0, 0.7, 2.0, 5.0, 11.0])


def drawn(seed):
    """A network of 4, 3 and 2 neurons, one of them inhibitory, input times and wanted times."""
    rng = np.random.default_rng(seed)
    net = initial_delayed(4, 3, 2, DELAYS, sum_in=2.0, sum_hidden=4.0, spread=0.9, n_inhibitory=1, rng=rng)
    return net, rng.uniform(0.0, 9.0, 4), rng.uniform(8.0, 16.0, 2)


@pytest.mark.parametrize("seed", range(1, 11))
def test_spike_times_are_those_of_the_sum_on_a_grid(seed):
    net, times, _ = drawn(seed)
    seen, (hidden, out) = run_spikeprop(net, times, SpikeProp(tau=5.0)), run(net, times, tau=5.0)
    np.testing.assert_allclose(seen.hidden[0], hidden, atol=1e-11)
    np.testing.assert_allclose(seen.out[0], out, atol=1e-11)


@pytest.mark.equation("spikeprop")
@pytest.mark.parametrize("seed", range(1, 11))
def test_the_gradient_is_that_of_the_paper(seed):
    net, times, wanted = drawn(seed)
    seen = spikeprop_gradient(net, times, wanted)
    for ours, theirs in zip((seen.hidden, seen.out, seen.inputs), gradient(net, times, wanted), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-8, atol=1e-10)


@pytest.mark.equation("slope-of-a-spike-time")
@pytest.mark.parametrize("seed", range(1, 11))
def test_the_gradient_is_that_of_finite_differences_in_both_layers(seed):
    """Everything that can be moved is moved; the differences are taken at four points each, so close that
    none of them is beyond the kink where an input arrives just as the neuron fires."""
    net, times, wanted = drawn(seed)
    assert np.isfinite(run_spikeprop(net, times).out).all()
    seen, h = spikeprop_gradient(net, times, wanted), 1e-5

    def loss(hidden, out, at):
        return spikeprop_gradient(net._replace(hidden=hidden, out=out), at, wanted).loss

    worst, free = 0.0, (net.hidden, net.out, times)
    net = net._replace(signs_in=None, signs_hidden=None)
    for part, told in enumerate((seen.hidden, seen.out, seen.inputs)):
        for k in range(told.size):
            moved = []
            for by in (-2 * h, -h, h, 2 * h):
                changed = [array.copy() for array in free]
                changed[part].flat[k] += by
                moved.append(loss(*changed))
            slope = (moved[0] - 8 * moved[1] + 8 * moved[2] - moved[3]) / (12 * h)
            worst = max(worst, abs(slope - told.flat[k]) / np.abs(told).max())
    print(f"seed {seed}: {worst:.1e} of the largest slope")
    assert worst < 1e-8


def test_later_inputs_move_everything_with_them():
    net, times, wanted = drawn(3)
    early, late = run_spikeprop(net, times), run_spikeprop(net, times + 2.5)
    np.testing.assert_allclose(late.out, early.out + 2.5, atol=1e-12)
    seen = spikeprop_gradient(net, times, wanted)
    assert seen.inputs.sum() == pytest.approx(np.sum(early.out - wanted), rel=1e-11, abs=0)  # Σ ∂t_o/∂t_i = 1


def test_time_and_potential_have_no_unit_of_their_own():
    net, times, wanted = drawn(5)
    seen = spikeprop_gradient(net, times, wanted)
    slow = net._replace(hidden=3 * net.hidden, out=3 * net.out, delays=2 * DELAYS)
    told = spikeprop_gradient(slow, 2 * times, 2 * wanted, SpikeProp(tau=14.0, v_th=3.0))
    assert told.loss == pytest.approx(4 * seen.loss, rel=1e-12, abs=0)
    np.testing.assert_allclose(told.hidden, 4 / 3 * seen.hidden, rtol=1e-9, atol=1e-12)


def test_a_silent_input_does_nothing_and_has_no_slope():
    net, times, wanted = drawn(2)
    mute = np.append(times, np.inf)
    wide = net._replace(
        hidden=np.concatenate([net.hidden, np.ones((3, 1, DELAYS.size))], axis=1), signs_in=None
    )
    without, seen = spikeprop_gradient(net, times, wanted), spikeprop_gradient(wide, mute, wanted)
    assert seen.loss == without.loss and seen.inputs[-1] == 0.0
    np.testing.assert_array_equal(seen.hidden[:, :-1], without.hidden)
    assert not seen.hidden[:, -1].any()


def test_a_silent_neuron_has_no_slope_unless_it_is_pushed():
    net, times, wanted = drawn(2)
    weak = net._replace(out=0.01 * net.out)
    seen = spikeprop_gradient(weak, times, wanted)
    assert seen.loss == np.inf and not seen.out.any() and not seen.hidden.any()
    pushed = spikeprop_gradient(weak, times, wanted, SpikeProp(push=0.3))
    assert (pushed.out == -0.3).all() and not pushed.hidden.any()
    dumb = spikeprop_gradient(net._replace(hidden=0.01 * net.hidden), times, wanted, SpikeProp(push=0.3))
    assert (dumb.hidden == -0.3).all() and not dumb.out.any()  # nothing reached the outputs


def test_the_least_slope_shortens_what_is_too_steep_and_nothing_else():
    net, times, wanted = drawn(4)
    exact = spikeprop_gradient(net, times, wanted)
    assert np.array_equal(spikeprop_gradient(net, times, wanted, SpikeProp(least_slope=1e-9)).out, exact.out)
    short = spikeprop_gradient(net, times, wanted, SpikeProp(least_slope=10.0))
    ratio = short.out[exact.out != 0] / exact.out[exact.out != 0]
    assert (ratio > 0).all() and (ratio < 1).all()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"delays": [1.0, 1.0]}, "delays must be zero or positive, and growing, got [1.0, 1.0]"),
        ({"out": np.ones((1, 3, 2))}, "out must have shape (n_out, 2, 2) for hidden (2, 3, 2) and 2 delays"),
        ({"signs_in": [1, 0, 2]}, "signs_in must be −1, 0 or 1 for each of 3 neurons"),
        ({"signs_hidden": [1, -1]}, "weights of out must have the sign that their neuron keeps"),
    ],
)
def test_bad_networks_are_named(wrong, sentence):
    net = DelayedWeights(np.ones((2, 3, 2)), np.ones((1, 2, 2)), np.array([1.0, 2.0]))
    with pytest.raises(ValueError) as failure:
        run_spikeprop(net._replace(**wrong), [0.0, 0.0, 0.0])
    assert str(failure.value).startswith(sentence)


@pytest.mark.parametrize("times", [[0.0, 1.0], [0.0, 1.0, np.nan], [0.0, 1.0, -np.inf]])
def test_bad_times_are_named(times):
    net = DelayedWeights(np.ones((2, 3, 2)), np.ones((1, 2, 2)), np.array([1.0, 2.0]))
    with pytest.raises(ValueError, match="times must"):
        run_spikeprop(net, times)
