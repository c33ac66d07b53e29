"""Networks: equal to layers where nothing comes back, and to the equations where it does."""

import numpy as np
import pytest

from snnlab.loihi import (
    BRIAN2_LOIHI,
    LAVA,
    NENGO_LOIHI,
    Compartment,
    Synapse,
    SynapseGroup,
    effective_weights,
    simulate_compartments,
    simulate_network,
    synaptic_input,
)
from snnlab.loihi.networks.recurrent import CompartmentGroup, synapses_from

CONVENTIONS = pytest.mark.parametrize("convention", [BRIAN2_LOIHI, LAVA, NENGO_LOIHI], ids=lambda c: c.name)


@CONVENTIONS
@pytest.mark.parametrize("refractory", [1, 3])
def test_without_recurrence_it_is_two_layers(convention, refractory):
    rng = np.random.default_rng(5)
    before, after, steps = 7, 5, 300
    if refractory > 1 and not convention.refractory:
        refractory = 1
    neuron = Compartment(300, 200, 300, refractory)
    q = np.zeros((steps, before + after), int)
    q[:, :before] = rng.integers(-3000, 9000, (steps, before))
    w, delay = np.zeros((2, before + after, before + after))
    w[before:, :before] = rng.integers(-250, 250, (after, before))
    delay[before:, :before] = rng.integers(1, 63, (after, before))
    synapse = Synapse(bits=6, exponent=1)
    bias = rng.integers(-50, 50, before + after)
    run = simulate_network(
        q, synapses_from(w, delay, synapse), neuron, convention, bias=bias, record=range(before + after)
    )
    first = simulate_compartments(q[:, :before], neuron, convention, bias=bias[:before])
    into = synaptic_input(
        first.spikes.to_raster(1.0), w[before:, :before], synapse, convention, delay=delay[before:, :before]
    )
    second = simulate_compartments(into, neuron, convention, bias=bias[before:])
    assert first.spikes.n_spikes > 100 and second.spikes.n_spikes > 100
    np.testing.assert_array_equal(run.u, np.hstack([first.u, second.u]))
    np.testing.assert_array_equal(run.v, np.hstack([first.v, second.v]))
    assert [t.tolist() for t in run.spikes] == [t.tolist() for t in [*first.spikes, *second.spikes]]


@CONVENTIONS
def test_the_equations_where_spikes_come_back(convention):
    """Every register, from the sum over all spikes so far, with nothing but whole numbers of Python."""
    rng = np.random.default_rng(8)
    n, steps = 6, 150
    w = rng.integers(-250, 250, (n, n))
    delay = rng.integers(1, 20, (n, n))
    drive = rng.integers(0, 20000, (steps, n))
    neuron = Compartment(400, 100, 500)
    run = simulate_network(drive, synapses_from(w, delay), neuron, convention, record=np.arange(n))
    reach = effective_weights(w, Synapse(), convention)
    s, u, v = np.zeros((steps, n), int), [0] * n, [0] * n
    for t in range(steps):
        for i in range(n):
            q = int(drive[t, i])
            for j in range(n):
                back = t - int(delay[i, j]) - convention.arrival
                q += int(reach[i, j]) * int(s[back, j]) if back >= 0 else 0
            keep = 4096 - neuron.decay_u - convention.decay_offset
            u[i] = int(np.sign(u[i])) * (abs(u[i]) * keep // 4096) + q
            v[i] = int(np.sign(v[i])) * (abs(v[i]) * (4096 - neuron.decay_v) // 4096) + u[i]
            if v[i] > 64 * neuron.v_th:
                v[i], s[t, i] = 0, 1
        assert (run.u[t].tolist(), run.v[t].tolist()) == (u, v)
    assert s.sum() > 100 and run.spikes.n_spikes == s.sum()


@pytest.mark.parametrize("delay", [1, 31, 62])
def test_a_ring_of_two_counts_its_delays(delay):
    q = np.zeros((400, 2), int)
    q[3, 0] = 640
    run = simulate_network(q, SynapseGroup([0, 1], [1, 0], 100, delay), Compartment(4096, 4096, 5))
    assert run.spikes.times.tolist() == list(range(3, 400, delay))


def test_groups_have_their_own_exponents_and_synapses_of_one_pair_add_up():
    q = np.zeros((4, 2), int)
    q[0, 0] = 640
    groups = [
        SynapseGroup([0, 0], [1, 1], [3, 4], 1, Synapse(exponent=2, sign_mode=2)),
        SynapseGroup([0], [1], [-10], 2, Synapse(exponent=-1, sign_mode=3)),
    ]
    run = simulate_network(q, groups, Compartment(4096, 4096, 9), record=[1])
    assert run.u.ravel().tolist() == [0, 64 * 7 * 4, -64 * 5, 0]
    assert simulate_network(q, []).spikes.n_units == 2


def test_groups_of_compartments_have_numbers_of_their_own():
    q = np.random.default_rng(1).integers(-500, 3000, (200, 7))
    cells = [Compartment(300, 200, 50), Compartment(2000, 50, 90, 4), Compartment(v_th=40, soft_reset=True)]
    groups = [CompartmentGroup(n, cell) for n, cell in zip((3, 0, 4), cells, strict=True)]
    run = simulate_network(q, [], groups, bias=np.arange(7), record=range(7))
    for own, cell in ((slice(0, 3), cells[0]), (slice(3, 7), cells[2])):
        alone = simulate_compartments(q[:, own], cell, bias=np.arange(7)[own])
        np.testing.assert_array_equal(run.v[:, own], alone.v)
        assert alone.spikes.n_spikes > 20
    with pytest.raises(ValueError, match="compartment must have 7 compartments, as many as q, got 6"):
        simulate_network(q, [], [CompartmentGroup(6)])


def test_arguments_that_cannot_be():
    q = np.zeros((5, 2), int)
    with pytest.raises(ValueError, match=r"q must have shape \(steps, n\), got \(5,\)"):
        simulate_network(np.zeros(5), [])
    with pytest.raises(ValueError, match="delay must be whole, from 1 to 62, got 0"):
        simulate_network(q, SynapseGroup([0], [1], [1], 0))
    with pytest.raises(ValueError, match="delay must be whole, from 1 to 62, got 63"):
        simulate_network(q, SynapseGroup([0], [1], [1], 63))
    with pytest.raises(ValueError, match="post must be whole, from 0 to 1, got 2"):
        simulate_network(q, SynapseGroup([0], [2], [1]))
    with pytest.raises(
        ValueError, match=r"pre and post must have shape \(synapses,\), got \(1,\) and \(2,\)"
    ):
        simulate_network(q, SynapseGroup([0], [1, 0], [1]))
    with pytest.raises(ValueError, match=r"w must be a number or have shape \(1,\), got \(2,\)"):
        simulate_network(q, SynapseGroup([0], [1], [1, 2]))
    with pytest.raises(ValueError, match="record must be whole, from 0 to 1, got 2"):
        simulate_network(q, [], record=[2])
    with pytest.raises(
        ValueError, match="exponent must be zero or positive in a network of the convention lava"
    ):
        simulate_network(q, SynapseGroup([0], [1], [1], 1, Synapse(exponent=-1)), Compartment(), LAVA)
    with pytest.raises(ValueError, match=r"w must have shape \(n, n\), got \(2, 3\)"):
        synapses_from(np.zeros((2, 3)))


def test_lava_knows_a_delay_of_nothing():
    q = np.zeros((5, 2), int)
    assert simulate_network(q, SynapseGroup([0], [1], [1], 0), Compartment(), LAVA).spikes.n_spikes == 0


def test_what_is_no_connection_is_refused():
    for wrong in (None, [1]):
        with pytest.raises(TypeError, match="synapses must be a SynapseGroup or a list of them, got"):
            simulate_network([[1]], wrong)
    with pytest.raises(ValueError, match="w must be finite, got nan"):
        synapses_from([[np.nan]])
    with pytest.raises(TypeError, match="delay must be an array of numbers of any shape, got a str"):
        synapses_from([[1.0]], delay="a")
