"""XOR epoch by epoch: what is watched is what learning does, it is learnt, and silence has a remedy."""

import numpy as np
import pytest

from snnlab.learning.spike_times.spikeprop import SpikeProp, run_spikeprop
from snnlab.learning.spike_times.spikeprop_training import learn_spikeprop
from snnlab.learning.spike_times.xor_epochs import xor_epochs
from snnlab.learning.spike_times.xor_in_time import initial_xor, xor_in_time

SEEDS = range(1, 11)


def start(seed, scale=1.0):
    return initial_xor(scale, rng=np.random.default_rng(seed))


@pytest.mark.parametrize(("seed", "scale", "push"), [(1, 1.0, 0.0), (2, 0.3, 0.5)])
def test_what_is_watched_is_what_learning_does(seed, scale, push):
    seen, neuron, samples = (
        xor_epochs(0.005, scale, 0.1, push, seed=seed),
        SpikeProp(least_slope=0.1, push=push),
        xor_in_time(),
    )
    net = start(seed, scale)
    for epoch in (0, 1, 7):
        net_then = net if epoch == 0 else learn_spikeprop(net, *samples, neuron, rate=0.005, epochs=epoch).net
        run = run_spikeprop(net_then, samples.times, neuron)
        told = np.array([seen.t_00[epoch], seen.t_01[epoch], seen.t_10[epoch], seen.t_11[epoch]])
        np.testing.assert_allclose(told, np.where(np.isinf(run.out[:, 0]), np.nan, run.out[:, 0]), rtol=1e-9)
        assert seen.missing[epoch] == np.isinf(run.hidden).sum() + np.isinf(run.out).sum()
