"""E-prop against backpropagation through time where they are one, and where they are not, by how much."""

import numpy as np
import pytest
from learning.credit.eprop_twin import as_inputs, eprop
from learning.gradients.recurrent_twin import (
    HIDDEN,
    LOSSES,
    SAMPLES,
    STEPS,
    SURROGATE,
    differences,
    furthest,
    task,
)

from snnlab.learning import SHAPES, samples_from_raster
from snnlab.learning.credit.eprop_gradient import Eprop, eprop_gradient
from snnlab.learning.credit.eprop_traces import EPROP_SURROGATE
from snnlab.learning.gradients.cell_kinds import adaptive_cell, joined_cells
from snnlab.learning.gradients.losses import AskedValues
from snnlab.learning.gradients.recurrent_gradient import (
    LSNN_SURROGATE,
    RatePenalty,
    gradient_by,
    pass_batch,
    recurrent_gradient,
    run_recurrent,
)
from snnlab.learning.gradients.recurrent_network import initial_recurrent
from snnlab.networks import from_list

DETACHED = SURROGATE._replace(through_reset=False)


def weights(found, *names):
    return {name: getattr(found, name) for name in names}


def lsnn(seed=11, steps=400):
    """Four LIF and four adaptive neurons that fire, adapt within the trial, and hear one another late."""
    rng = np.random.default_rng(seed)
    cell = joined_cells(*(adaptive_cell(4, tau_a=200.0, beta_a=b, threshold=1.0) for b in (0.0, 5.0)))
    network = initial_recurrent(12, cell, 2, longest=4, gain=100.0, rng=rng)
    x = 1.0 * (rng.random((2, steps, 12)) < 0.05)
    values = AskedValues(rng.normal(0, 1, (2, steps, 2)), rng.random((2, steps)) < 0.6)
    return network._replace(alpha_out=0.3, gain_out=0.7), x, values


@pytest.mark.equation("learning-signal")
@pytest.mark.equation("eligibility-of-a-spike")
@pytest.mark.parametrize("through_reset", [False, True], ids=["detached", "through"])
@pytest.mark.parametrize("loss", LOSSES)
def test_without_recurrent_weights_it_is_backpropagation_through_time(loss, through_reset):
    """Six neurons, each of another kind; the traces pass the reset where the error does."""
    x, labels, network = task()
    samples, surrogate = samples_from_raster(x, labels), SURROGATE._replace(through_reset=through_reset)
    alone, rates = network._replace(recurrent=None), RatePenalty(50.0, 1e-3)
    found = eprop_gradient(alone, samples, LOSSES[loss], surrogate, rates=rates)
    right = recurrent_gradient(alone, samples, LOSSES[loss], surrogate, rates=rates)
    assert found.loss == pytest.approx(right.loss, rel=1e-12, abs=0) and found.spikes == right.spikes
    assert found.accuracy == pytest.approx(right.accuracy, nan_ok=True)
    assert right.w_in.all() and (right.w_out.any() or loss == "spikes")
    assert furthest(found, weights(right, "w_in", "w_out")) < 1e-10


@pytest.mark.parametrize("shape", SHAPES)
def test_with_the_recurrent_path_detached_it_is_backpropagation_through_time(shape):
    """Spikes of other neurons count as inputs: the weights are learnt, nothing passes back through them."""
    x, labels, network = task()
    surrogate = DETACHED._replace(shape=shape)
    given, rasters, places = as_inputs(network, x)
    right = recurrent_gradient(given, samples_from_raster(rasters, labels), LOSSES["values"], surrogate)
    found = eprop_gradient(network, samples_from_raster(x, labels), LOSSES["values"], surrogate)
    assert found.spikes == right.spikes > 20
    inputs = network.w_in.shape[1]
    expected = {
        "w_in": right.w_in[:, :inputs],
        "w_out": right.w_out,
        "w_rec": np.array([right.w_in[place] for place in places]),
    }
    assert np.count_nonzero(expected["w_rec"]) >= 6  # narrow shapes may leave out a neuron that fires rarely
    assert furthest(found, expected) < 1e-10


def test_an_lsnn_too_and_what_each_condition_is_worth():
    """With one condition broken at a time the same comparison is off by more than a tenth.

    The twin carries the source's trace, with the source's β. Its distances alone are another derivative, here
    by a twentieth.
    """
    network, x, values = lsnn()
    labels = np.zeros(2, int)
    given, rasters, _ = as_inputs(network, x)
    inputs = samples_from_raster(rasters, labels)
    detached = recurrent_gradient(given, inputs, values, EPROP_SURROGATE).w_in
    found = eprop_gradient(given, inputs, values)
    assert furthest(found, {"w_in": detached}) < 1e-10
    off = {}
    through = recurrent_gradient(given, inputs, values, LSNN_SURROGATE).w_in
    off["reset differentiated"] = furthest(found, {"w_in": through})
    other = np.random.default_rng(3).normal(0, 1 / np.sqrt(8), (8, 2))
    random = eprop_gradient(given, inputs, values, feedback=other)
    off["another feedback"] = furthest(random, {"w_in": detached})
    whole = recurrent_gradient(network, samples_from_raster(x, labels), values, EPROP_SURROGATE).w_in
    off["recurrent path open"] = furthest(found, {"w_in": np.hstack([whole, detached[:, 12:]])})
    pulls = pulls_of(given, inputs, values)
    for literal in (False, True):
        parts = [
            eprop(given, row, pull, given.w_out.T, EPROP_SURROGATE, literal)
            for row, pull in zip(rasters, pulls, strict=True)
        ]
        name = "distances in thresholds at rest" if literal else "twin"
        off[name] = np.abs(sum(parts) - detached).max() / np.abs(detached).max()
    assert off.pop("twin") < 1e-10
    assert 0.02 < off.pop("distances in thresholds at rest") < 0.1
    assert all(size > 0.1 for size in off.values()), off


def pulls_of(network, samples, values):
    """The derivative of the loss by each potential of the readout, one array a sample."""
    return [
        2
        * (run_recurrent(network, samples, k).y[1:] - values.values[k])
        * values.asked[k][:, None]
        / values.asked.sum()
        for k in range(samples.n_samples)
    ]


def test_without_adaptation_both_forms_are_the_gradient():
    """Thresholds do not move: those of the moment are those of a neuron that has not fired."""
    network, x, values = lsnn()
    network = network._replace(cell=network.cell._replace(beta_a=np.zeros(8)), recurrent=None)
    samples = samples_from_raster(x, [0, 0])
    right, pulls = eprop_gradient(network, samples, values).w_in, pulls_of(network, samples, values)
    for literal in (False, True):
        parts = [
            eprop(network, row, pull, network.w_out.T, EPROP_SURROGATE, literal)
            for row, pull in zip(x, pulls, strict=True)
        ]
        assert np.abs(sum(parts) - right).max() < 1e-10 * np.abs(right).max()


def test_any_feedback_is_that_of_the_twin():
    network, x, values = lsnn(seed=5)
    samples, feedback = samples_from_raster(x, [0, 0]), np.random.default_rng(8).normal(0, 1, (8, 2))
    found = eprop_gradient(network, samples, values, feedback=feedback)
    lines, late = network.recurrent, np.rint(network.recurrent.delay).astype(int)
    kinds = sorted(set(zip(lines.pre.tolist(), late.tolist(), strict=True)))
    total = sum(
        eprop(network, row, pull, feedback, EPROP_SURROGATE)
        for row, pull in zip(x, pulls_of(network, samples, values), strict=True)
    )
    column = [12 + kinds.index((pre, by)) for pre, by in zip(lines.pre.tolist(), late.tolist(), strict=True)]
    assert furthest(found, {"w_in": total[:, :12], "w_rec": total[lines.post, column]}) < 1e-11
    mirrored = eprop_gradient(network, samples, values, feedback=network.w_out.T)
    np.testing.assert_array_equal(mirrored.w_in, eprop_gradient(network, samples, values).w_in)
    np.testing.assert_array_equal(mirrored.w_out, found.w_out)  # the readout does not hear of the feedback


def test_without_the_slow_part_only_potentials_are_remembered():
    """That of the twin; without adaptation nothing is left out, and with it much."""
    network, x, values = lsnn()
    network, samples = network._replace(recurrent=None), samples_from_raster(x, [0, 0])
    whole = eprop_gradient(network, samples, values)
    fast = gradient_by(Eprop(slow=False), network, samples, values, EPROP_SURROGATE)
    parts = [
        eprop(network, row, pull, network.w_out.T, EPROP_SURROGATE, slow=False)
        for row, pull in zip(x, pulls_of(network, samples, values), strict=True)
    ]
    assert furthest(fast, {"w_in": sum(parts), "w_out": whole.w_out}) < 1e-10
    assert fast.loss == whole.loss and fast.spikes == whole.spikes  # the neurons adapt as before
    np.testing.assert_array_equal(fast.w_in[:4], whole.w_in[:4])
    assert furthest(fast, {"w_in": whole.w_in}) > 0.1


def test_graded_spikes_have_their_true_gradient():
    x, labels, network = task()
    alone, samples = network._replace(recurrent=None), samples_from_raster(x, labels)
    empty = from_list([0], [0], [0.0], [0.0], n_pre=HIDDEN, n_post=HIDDEN)  # of which differences are zero

    def loss(moved):
        return recurrent_gradient(
            moved._replace(recurrent=None), samples, LOSSES["values"], SURROGATE, relaxed=True
        ).loss

    expected = differences(loss, alone._replace(recurrent=empty))
    expected.pop("w_rec")
    found = eprop_gradient(alone, samples, LOSSES["values"], SURROGATE, relaxed=True)
    assert furthest(found, expected) < 1e-6


def test_sparse_inputs_with_delays_have_traces_as_dense_ones_have():
    """The same weights in a matrix and as synapses; a delay is an input that comes later."""
    x, labels, network = task()
    inputs, lines = network.w_in.shape[1], network.recurrent
    post, pre = np.nonzero(np.ones_like(network.w_in))
    late = np.random.default_rng(4).integers(0, 4, post.size) * network.dt
    sparse = from_list(
        np.concatenate([pre + HIDDEN, lines.pre]),
        np.concatenate([post, lines.post]),
        np.concatenate([network.w_in.ravel(), lines.w]),
        np.concatenate([late, lines.delay]),
        n_pre=HIDDEN + inputs,
        n_post=HIDDEN,
    )
    found = eprop_gradient(
        network._replace(w_in=None, recurrent=sparse), samples_from_raster(x, labels), surrogate=DETACHED
    )
    shifted = np.zeros((SAMPLES, STEPS, post.size))
    for c, (k, by) in enumerate(zip(pre, np.rint(late / network.dt).astype(int), strict=True)):
        shifted[:, by:, c] = x[:, : STEPS - by, k]
    spread = np.zeros((HIDDEN, post.size))
    spread[post, np.arange(post.size)] = network.w_in.ravel()
    right = eprop_gradient(
        network._replace(w_in=spread), samples_from_raster(shifted, labels), surrogate=DETACHED
    )
    expected = np.concatenate([right.w_in[post, np.arange(post.size)], right.w_rec])
    assert expected.all()
    assert furthest(found, {"w_rec": expected, "w_out": right.w_out}) < 1e-10


def test_the_order_of_synapses_is_that_given():
    x, labels, network = task()
    samples, order = samples_from_raster(x, labels), np.array([7, 2, 9, 0, 4, 1, 8, 3, 6, 5])
    lines = network.recurrent
    mixed = lines._replace(
        pre=lines.pre[order], post=lines.post[order], w=lines.w[order], delay=lines.delay[order]
    )
    found = eprop_gradient(network, samples, which=[2, 0])
    other = eprop_gradient(network._replace(recurrent=mixed), samples, which=[2, 0])
    assert other.w_rec == pytest.approx(found.w_rec[order], rel=1e-9, abs=0)


def test_nothing_is_said_of_inputs_where_nobody_looks_back():
    """As no 0 that one could take for a derivative: e-prop goes forwards alone."""
    x, labels, network = task()
    samples = samples_from_raster(x, labels)
    for way, known in ((Eprop(), False), (pass_batch, True)):
        found = gradient_by(way, network, samples, LOSSES["values"], EPROP_SURROGATE, by_input=True)
        assert found.inputs.shape == x.shape and (np.isfinite(found.inputs) == known).all()


def test_bad_arguments_are_named():
    x, labels, network = task()
    samples = samples_from_raster(x, labels)
    for feedback, message in (
        (np.zeros((3, 6)), r"feedback must have shape \(6, 3\), that of w_out transposed, got \(3, 6\)"),
        (np.full((6, 3), np.nan), "feedback must be finite, got nan"),
        (np.zeros(6), r"feedback must have shape \(hidden, outputs\)"),
    ):
        with pytest.raises(ValueError, match=message):
            eprop_gradient(network, samples, feedback=feedback)
    with pytest.raises(TypeError, match="network must be a RecurrentNetwork, got tuple"):
        eprop_gradient(tuple(network), samples)
    with pytest.raises(ValueError, match="strength must be zero or positive"):
        eprop_gradient(network, samples, rates=RatePenalty(strength=-1.0))
