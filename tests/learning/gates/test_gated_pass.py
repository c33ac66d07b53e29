"""The network forwards against its twin, and backwards against differences of the loss."""

import numpy as np
import pytest
from learning.gates.gated_twin import twin_run

from snnlab.learning.gates.gated_network import gated_loss, initial_gated, run_gated
from snnlab.learning.gates.gated_neuron import NON_LEAKY, THETA, GatedNeuron

NEURONS = [
    GatedNeuron(NON_LEAKY, 0.6, dt=2.0),
    GatedNeuron(THETA, 2.0, dt=2.0),
    GatedNeuron(THETA, 5.0, dt=2.0),  # it rests within the gate as soon as it is inhibited
]
LONG = GatedNeuron(NON_LEAKY, 0.6, dt=25.0)  # several turns a step; weakly coupled, or rounding grows
CASES = [*((neuron, 1.0) for neuron in NEURONS), (LONG, 0.1)]


def task(seed=1, samples=2, steps=80, gain=1.0):
    rng = np.random.default_rng(seed)
    weights = initial_gated(2, 5, 2, rng=rng, gain_rec=gain)
    x, target = rng.normal(size=(2, samples, steps, 2))
    return weights, x, target, rng.uniform(0.0, 1.0, (samples, steps)), rng.uniform(0.0, 0.7, (samples, 5))


@pytest.mark.parametrize(("neuron", "gain"), CASES)
def test_forwards_is_the_twin(neuron, gain):
    weights, x, _, _, v_start = task(gain=gain)
    found = run_gated(weights, x, neuron, v_start=v_start)
    assert min(spikes.n_spikes for spikes in found.spikes) >= 5
    for k in range(len(x)):
        out, v, fired = twin_run(weights, x[k], neuron, v_start[k])
        assert found.out[k] == pytest.approx(out, abs=1e-9)
        assert found.v[k] == pytest.approx(v, abs=1e-9)
        assert np.bincount(found.spikes[k].units, minlength=5).tolist() == fired.tolist()


@pytest.mark.equation("gated-trace-adjoint")
@pytest.mark.parametrize(("neuron", "gain"), CASES)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_gradient_is_that_of_the_loss(neuron, gain, seed):
    """Central differences with a step of 1e-6, through a dozen spikes and their jumps: within 1e-6."""
    weights, x, target, heed, v_start = task(seed, gain=gain)

    def loss():
        return gated_loss(weights, x, target, neuron, heed=heed, cost=0.1, v_start=v_start)

    gradient, h = loss().gradient, 1e-6
    assert sum(s.n_spikes for s in run_gated(weights, x, neuron, v_start=v_start).spikes) > 10
    for part, found in zip(weights, gradient, strict=True):
        for place in np.ndindex(part.shape):
            there, sides = part[place], []
            for moved in (there + h, there - h):
                part[place] = moved
                sides.append(loss().loss)
            part[place] = there
            assert found[place] == pytest.approx((sides[0] - sides[1]) / (2 * h), abs=1e-6)


def test_the_loss_is_the_mean_that_it_says():
    weights, x, target, heed, v_start = task()
    found = run_gated(weights, x, NEURONS[0], v_start=v_start)
    wrong = 0.5 * ((found.out - target) ** 2).sum(axis=2)
    traces = 0.5 * 0.1 * (found.s[:, 1:] ** 2).sum(axis=2).mean()
    told = gated_loss(weights, x, target, NEURONS[0], heed=heed, cost=0.1, v_start=v_start).loss
    assert told == pytest.approx((heed * wrong).sum() / heed.sum() + traces, rel=1e-12, abs=0)
