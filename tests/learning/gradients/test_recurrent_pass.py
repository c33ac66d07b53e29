"""One sample through a recurrent network, against its twin in NumPy and the two fused special cases."""

import numpy as np
import pytest
from learning.gradients.recurrent_twin import (
    INPUTS,
    OUTPUTS,
    SAMPLES,
    STEPS,
    SURROGATE,
    differences,
    forward,
    furthest,
    tangents,
    task,
)

from snnlab import Spikes
from snnlab.learning import (
    SHAPES,
    CurrentLIF,
    Penalty,
    Surrogate,
    Weights,
    area,
    graded_spike,
    samples_from_raster,
    surrogate_gradient,
    timing_loss,
)
from snnlab.learning.gradients.losses import AskedValues, CrossEntropy, WantedSpikes
from snnlab.learning.gradients.recurrent_gradient import RatePenalty, recurrent_gradient, run_recurrent
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, as_recurrent
from snnlab.learning.gradients.surrogate_gradient import relaxed_gradient
from snnlab.networks import from_list


def graded(distance):
    return graded_spike(SURROGATE.shape)(distance, SURROGATE.width)


@pytest.mark.parametrize("relaxed", [False, True], ids=["spikes", "graded"])
def test_a_run_is_that_of_the_equations(relaxed):
    x, labels, network = task()
    fired = 0
    for k, row in enumerate(x):
        run = run_recurrent(network, samples_from_raster(x, labels), k, surrogate=SURROGATE, relaxed=relaxed)
        twin = forward(network, row, graded) if relaxed else forward(network, row)
        for name in ("v", "theta", "s", "y"):
            ours = getattr(run, "threshold" if name == "theta" else name)
            assert ours == pytest.approx(getattr(twin, name), rel=1e-11, abs=1e-11), name
        fired = fired + run.s.sum(axis=0)
    assert fired.min() >= 2  # every neuron takes part


@pytest.mark.parametrize("through_reset", [True, False], ids=["through", "detached"])
def test_the_gradient_is_that_of_the_twin(through_reset):
    """The last potentials decide; where resets are detached, those of the unmoved weights stay."""
    x, labels, network = task()
    given = [None if through_reset else forward(network, row, graded) for row in x]

    def loss(network):
        y = np.array([forward(network, row, graded, run).y[-1] for row, run in zip(x, given, strict=True)])
        shares = np.exp(y) / np.exp(y).sum(axis=1, keepdims=True)
        return -np.log(shares[np.arange(len(labels)), labels]).mean()

    found = recurrent_gradient(
        network,
        samples_from_raster(x, labels),
        CrossEntropy("last"),
        SURROGATE._replace(through_reset=through_reset),
        relaxed=True,
    )
    assert found.loss == pytest.approx(loss(network), rel=1e-12, abs=0)
    expected = differences(loss, network)
    assert furthest(found, expected) < 1e-6
    if not through_reset:  # the brackets do matter here
        assert (
            furthest(
                recurrent_gradient(
                    network, samples_from_raster(x, labels), CrossEntropy("last"), SURROGATE, relaxed=True
                ),
                expected,
            )
            > 1e-2
        )


@pytest.mark.parametrize("relaxed", [False, True], ids=["spikes", "graded"])
@pytest.mark.parametrize("through_reset", [True, False], ids=["through", "detached"])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_surrogate_gradient_is_that_of_tangents(shape, through_reset, relaxed):
    """Hard spikes have no differences to compare with: every weight is carried forwards instead of back."""
    x, labels, network = task()
    surrogate = Surrogate(shape, 0.5, 1.0 / area(shape, 0.5) if relaxed else 0.8, through_reset)
    rng = np.random.default_rng(6)
    values = rng.normal(0, 1, (SAMPLES, STEPS, OUTPUTS))
    asked = rng.random((SAMPLES, STEPS)) < 0.6
    samples, spike = samples_from_raster(x, labels), graded_spike(shape) if relaxed else None
    found = recurrent_gradient(network, samples, AskedValues(values, asked), surrogate, relaxed=relaxed)
    expected = {"w_in": 0.0, "w_out": 0.0, "w_rec": 0.0}
    for sample, row in enumerate(x):
        y, slopes = tangents(network, row, surrogate, spike)
        pull = 2 * (y - values[sample]) * asked[sample, :, None] / asked.sum()
        for name, slope in slopes.items():
            expected[name] = expected[name] + np.tensordot(pull, slope, 2)
    assert expected["w_in"].any() and expected["w_rec"].any()
    assert furthest(found, expected) < 1e-11


def test_the_derivative_by_the_inputs_is_that_of_a_weight_that_only_one_of_them_has():
    """An input that fires once, by a weight of its own: moving that weight moves that one spike."""
    x, labels, network = task()
    samples = samples_from_raster(x, labels)
    found = recurrent_gradient(network, samples, surrogate=SURROGATE, relaxed=True, by_input=True)
    assert found.inputs.shape == (SAMPLES, STEPS, INPUTS)
    for sample, t, k in ((0, 3, 1), (2, 11, 0), (1, STEPS - 1, 2)):
        alone = np.zeros((SAMPLES, STEPS, 1))
        alone[sample, t] = 1.0
        wider = samples_from_raster(np.concatenate([x, alone], axis=2), labels)
        sides = []
        for size in (1e-6, -1e-6):
            w_in = np.hstack([network.w_in, size * network.w_in[:, k : k + 1]])
            moved = network._replace(w_in=w_in)
            sides.append(recurrent_gradient(moved, wider, surrogate=SURROGATE, relaxed=True).loss)
        slope = (sides[0] - sides[1]) / 2e-6
        assert found.inputs[sample, t, k] == pytest.approx(slope, rel=1e-6, abs=1e-9)
    assert not found.inputs[:, -2:].any()  # too late to reach a readout
    assert recurrent_gradient(network, samples).inputs is None


def test_the_penalty_of_the_fused_network_is_that_on_rates_with_a_target_of_none():
    """Squares of counts there, of differences in Hz here; one for each spike has no other form."""
    rng = np.random.default_rng(29)
    weights = Weights(rng.normal(0, 0.7, (5, 6)), rng.normal(0, 1.0, (3, 5)), rng.normal(0, 0.4, (5, 5)))
    samples = samples_from_raster(rng.random((4, 30, 6)) < 0.15, rng.integers(0, 3, 4))
    strength, hertz = 1e-3, 1000 / (4 * 30 * NEURON.dt)
    one = surrogate_gradient(weights, samples, NEURON, penalty=Penalty(0.0, strength * hertz**2))
    bare = surrogate_gradient(weights, samples, NEURON)
    network, rates = as_recurrent(weights, NEURON), RatePenalty(0.0, strength)
    two = recurrent_gradient(network, samples, surrogate=Surrogate(), rates=rates)
    assert one.loss > bare.loss + 0.1 and two.loss == pytest.approx(one.loss, rel=1e-12, abs=0)
    expected = {"w_in": one.weights.w_in, "w_rec": one.weights.w_rec.T.ravel()}
    assert furthest(two, expected) < 1e-11
    assert furthest(two, {"w_in": bare.weights.w_in}) > 0.1


NEURON = CurrentLIF(tau_m=8.0, tau_s=4.0, dt=1.5)
SLOW = NEURON._replace(tau_out=60.0, mean_score=True)


@pytest.mark.parametrize("neuron", [NEURON, SLOW], ids=["largest", "mean"])
@pytest.mark.parametrize("through_reset", [True, False], ids=["through", "detached"])
@pytest.mark.parametrize("recurrent", [False, True], ids=["feedforward", "recurrent"])
def test_the_fused_network_is_a_special_case(recurrent, through_reset, neuron):
    rng = np.random.default_rng(23)
    weights = Weights(
        rng.normal(0, 0.7, (5, 6)),
        rng.normal(0, 1.0, (3, 5)),
        rng.normal(0, 0.4, (5, 5)) if recurrent else None,
    )
    samples = samples_from_raster(rng.random((4, 30, 6)) < 0.15, rng.integers(0, 3, 4))
    network, loss = as_recurrent(weights, neuron), CrossEntropy("mean" if neuron.mean_score else "largest")
    for shape in SHAPES:
        surrogate = Surrogate(shape, 0.3, 0.8, through_reset)
        for relaxed, fused in ((False, surrogate_gradient), (True, relaxed_gradient)):
            one = fused(weights, samples, neuron, surrogate)
            two = recurrent_gradient(network, samples, loss, surrogate, relaxed=relaxed)
            assert two.loss == pytest.approx(one.loss, rel=1e-12, abs=0) and two.accuracy == one.accuracy
            assert two.spikes == pytest.approx(one.spikes, rel=1e-12, abs=0)
            expected = {"w_in": one.weights.w_in, "w_out": one.weights.w_out}
            if recurrent:
                expected["w_rec"] = one.weights.w_rec.T.ravel()  # sorted by who fires
            assert furthest(two, expected) < 1e-11


@pytest.mark.parametrize("relaxed", [False, True], ids=["spikes", "graded"])
def test_the_fused_neuron_that_learns_times_is_a_special_case(relaxed):
    rng = np.random.default_rng(2)
    at, units = np.unique(np.stack([rng.integers(0, 150, 60), rng.integers(0, 12, 60)]), axis=1)
    inputs = Spikes(1.0 * at, units, n_units=12, duration=150)
    raster, wanted = np.zeros((1, 150, 12)), np.zeros((1, 150, 1))
    raster[0, at, units] = 1.0
    wanted[0, [39, 79, 99], 0] = 1.0  # a spike is dated to the end of its step
    w = rng.normal(0.1, 0.15, 12)
    one = timing_loss(w, inputs, Spikes([40.0, 80.0, 100.0], duration=150), width=0.2, relaxed=relaxed)
    network = as_recurrent(Weights(w[None], np.zeros((1, 1))))
    surrogate = Surrogate(width=0.2, height=1 / 0.4, through_reset=relaxed)
    two = recurrent_gradient(
        network, samples_from_raster(raster, [0]), WantedSpikes(wanted), surrogate, relaxed=relaxed
    )
    assert two.loss == pytest.approx(one.loss, rel=1e-12, abs=0) and one.loss > 0.5
    assert two.w_in[0] == pytest.approx(one.gradient, rel=1e-10, abs=1e-12)


def test_the_order_of_synapses_is_that_in_which_they_were_given():
    x, labels, network = task()
    samples, order = samples_from_raster(x, labels), np.random.default_rng(5).permutation(10)
    lines = network.recurrent
    mixed = network._replace(
        recurrent=lines._replace(**{
            name: getattr(lines, name)[order] for name in ("pre", "post", "w", "delay")
        })
    )
    one, two = (recurrent_gradient(some, samples, surrogate=SURROGATE) for some in (network, mixed))
    assert one.w_rec.any() and two.w_rec == pytest.approx(one.w_rec[order], rel=1e-9, abs=0)


def test_a_delay_is_counted_from_the_step_of_the_spike():
    """One neuron drives another: the potential moves two steps after a spike without delay."""
    x, _, network = task()
    cell = type(network.cell)(*(part[:2] for part in network.cell))
    w_in, started = np.array([[9.0, 0.0], [0.0, 0.0]]), []
    x = np.zeros((1, 40, 2))
    x[0, 4, 0] = 1.0
    for delay in (0.0, 1.0, 7.0):
        lines = from_list([0], [1], 0.5, delay, n_pre=2, n_post=2)
        run = run_recurrent(
            RecurrentNetwork(cell, w_in, np.zeros((1, 2)), lines), samples_from_raster(x, [0])
        )
        started.append(np.flatnonzero(run.v[:, 1])[0] - np.flatnonzero(run.s[:, 0])[0])
    assert started == [2, 3, 9]
