"""Real-time recurrent learning against backpropagation through time, which it equals everywhere."""

import numpy as np
import pytest
from learning.credit.test_eprop_gradient import lsnn, weights
from learning.gradients.recurrent_twin import LOSSES, SURROGATE, differences, furthest, tangents, task

from snnlab.learning import samples_from_raster
from snnlab.learning.credit.eprop_gradient import eprop_gradient
from snnlab.learning.credit.rtrl_gradient import rtrl_gradient
from snnlab.learning.gradients.recurrent_gradient import RatePenalty, recurrent_gradient
from snnlab.networks import from_list

ALL = "w_in", "w_out", "w_rec"


@pytest.mark.parametrize("through_reset", [False, True], ids=["detached", "through"])
@pytest.mark.parametrize("loss", LOSSES)
def test_it_is_backpropagation_through_time(loss, through_reset):
    """With every kind of neuron, autapses, and delays of none and of more steps."""
    x, labels, network = task()
    samples, surrogate = samples_from_raster(x, labels), SURROGATE._replace(through_reset=through_reset)
    rates = RatePenalty(50.0, 1e-3)
    found = rtrl_gradient(network, samples, LOSSES[loss], surrogate, rates=rates)
    right = recurrent_gradient(network, samples, LOSSES[loss], surrogate, rates=rates)
    assert found.loss == pytest.approx(right.loss, rel=1e-12, abs=0) and right.w_rec.all()
    assert furthest(found, weights(right, *ALL)) < 1e-10
    if loss == "values":  # and e-prop, which leaves the way through other neurons out, is not
        less = eprop_gradient(network, samples, LOSSES[loss], surrogate, rates=rates)
        assert furthest(less, weights(right, "w_in")) > 1e-3


def test_it_is_that_of_the_twin():
    """Product rule in every line, with matrices of all weights."""
    x, labels, network = task()
    samples, values = samples_from_raster(x, labels), LOSSES["values"]
    found, expected = rtrl_gradient(network, samples, values, SURROGATE), dict.fromkeys(ALL, 0.0)
    for sample, row in enumerate(x):
        y, slopes = tangents(network, row, SURROGATE)
        pull = 2 * (y - values.values[sample]) * values.asked[sample, :, None] / values.asked.sum()
        for name, slope in slopes.items():
            expected[name] = expected[name] + np.tensordot(pull, slope, 2)
    assert furthest(found, expected) < 1e-11


def test_graded_spikes_have_their_true_gradient():
    x, labels, network = task()
    samples = samples_from_raster(x, labels)
    expected = differences(
        lambda moved: recurrent_gradient(moved, samples, surrogate=SURROGATE, relaxed=True).loss, network
    )
    assert furthest(rtrl_gradient(network, samples, surrogate=SURROGATE, relaxed=True), expected) < 1e-6


def test_an_lsnn_and_its_spikes_from_synapses_with_delays_of_their_own():
    network, x, values = lsnn(steps=120)
    samples = samples_from_raster(x, [0, 0])
    right = recurrent_gradient(network, samples, values)
    assert furthest(rtrl_gradient(network, samples, values), weights(right, *ALL)) < 1e-10
    n, inputs = network.w_in.shape
    post, pre = np.nonzero(network.w_in)
    lines = network.recurrent
    sparse = from_list(
        np.concatenate([pre + n, lines.pre]),
        np.concatenate([post, lines.post]),
        np.concatenate([network.w_in.ravel(), lines.w]),
        np.concatenate([np.random.default_rng(1).integers(0, 5, pre.size), lines.delay]),
        n_pre=n + inputs,
        n_post=n,
    )
    whole = network._replace(w_in=None, recurrent=sparse)
    right = recurrent_gradient(whole, samples, values)
    assert furthest(rtrl_gradient(whole, samples, values), weights(right, "w_rec", "w_out")) < 1e-10


def test_what_does_not_fit_is_refused_with_its_size(monkeypatch):
    monkeypatch.setattr("snnlab.machine_memory.machine_bytes", lambda: 1e3)
    x, labels, network = task()
    with pytest.raises(ValueError, match="traces of all weights in all neurons must fit into memory"):
        rtrl_gradient(network, samples_from_raster(x, labels))
