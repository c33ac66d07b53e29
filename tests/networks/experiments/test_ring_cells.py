"""The weights of the ring against its equation, and what is frozen in them."""

import numpy as np
import pytest
from networks.experiments.ring_twin import excitation

from snnlab.networks.brunel_network import NEURON
from snnlab.networks.cells.rows import NoRows
from snnlab.networks.experiments.ring_cells import (
    SYNAPSES,
    RingNetwork,
    check_ring,
    started,
    tables,
    work,
)

SMALL = RingNetwork(n_exc=60, n_inh=15)


def weights(net):
    """Of all synapses, `w[post, pre]`, as the kernel has joined them."""
    room, n = work(net), net.n_exc + net.n_inh
    started(room, *tables(net), net, NEURON, SYNAPSES, NoRows(), np.uint64(1))
    assert (np.diff(room.begin) == n).all()
    posts = room.post.reshape(n, n)
    assert (posts[: net.n_exc] == np.arange(n)).all() and (posts[net.n_exc :] == n + np.arange(n)).all()
    return room.w_each.reshape(n, n).T


@pytest.mark.equation("ring-weights")
@pytest.mark.parametrize("changed", [{}, {"structure": 30.0, "sigma": 70.0}, {"frozen": 60.0, "wiring": 3}])
def test_weights_are_those_of_the_equation(changed):
    net = SMALL._replace(**changed)
    np.testing.assert_allclose(weights(net)[:60, :60], excitation(net), rtol=1e-12)


def test_a_rate_of_one_hertz_brings_as_many_millivolts_as_the_numbers_say():
    w = weights(SMALL)
    brought = [NEURON.r_m * tau / 1000.0 for tau in (SYNAPSES.tau_e, SYNAPSES.tau_i)]  # mV of 1 nA at 1 Hz
    expected = [[SMALL.ee, -SMALL.ei], [SMALL.ie, -SMALL.ii]]
    for post, rows in enumerate((w[:60], w[60:])):
        for pre, part in enumerate((rows[:, :60], rows[:, 60:])):
            np.testing.assert_allclose(part.sum(axis=1) * brought[pre], expected[post][pre], rtol=1e-12)


@pytest.mark.parametrize("changed", [{"structure": 0.0}, {"structure": 100.0, "sigma": 5.0}])
def test_structure_moves_excitation_and_adds_none(changed):
    total, plain = weights(SMALL._replace(**changed)).sum(), weights(SMALL).sum()
    assert total == pytest.approx(plain, rel=1e-12, abs=0)


def test_frozen_differences_have_their_variation_and_their_own_seed():
    """Of 3600 synapses a quarter is left, within five standard deviations of the share."""
    even = excitation(SMALL)
    ratio = weights(SMALL._replace(frozen=40.0))[:60, :60] / even
    assert np.unique(ratio.round(9)).tolist() == [0.6, 2.2]
    assert (ratio > 1).mean() == pytest.approx(0.25, abs=5 * np.sqrt(0.25 * 0.75) / 60)
    other = weights(SMALL._replace(frozen=40.0, wiring=2))[:60, :60] / even
    assert (np.abs(other - ratio) > 0.1).mean() == pytest.approx(2 * 0.25 * 0.75, abs=0.05)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"structure": 101.0}, "structure must be at most 100 %, got 101"),
        ({"frozen": -1.0}, "frozen must be zero or positive, and finite, got -1"),
        ({"sigma": 200.0}, "sigma must be at most 180 degrees, half of the ring, got 200"),
        ({"n_exc": 0}, "n_exc must be at least 1, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(changed, sentence):
    with pytest.raises(ValueError) as failure:
        check_ring(RingNetwork(**changed))
    assert str(failure.value) == sentence
