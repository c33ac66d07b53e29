"""Spikes without the registers in between are those of `simulate_compartments`."""

import numpy as np
import pytest

from snnlab.loihi import (
    BRIAN2_LOIHI,
    LAVA,
    NENGO_LOIHI,
    Compartment,
    simulate_compartments,
    simulate_spikes,
)
from snnlab.loihi.neuron.spikes_only import BLOCK, CHUNK


@pytest.mark.parametrize("convention", [BRIAN2_LOIHI, LAVA, NENGO_LOIHI], ids=lambda c: c.name)
@pytest.mark.parametrize("rest", [1, 4])
@pytest.mark.parametrize("n", [1, 7, BLOCK, BLOCK + 9])
def test_the_same_spikes_and_the_same_end(convention, rest, n):
    """More than one block and more than one go, inputs up to overflow, spikes in nearly every step."""
    rng = np.random.default_rng(n)
    steps = 5 * CHUNK + 3
    q = rng.integers(-(2**22), 2**22, (steps, n)) // rng.choice([1, 300, 9000], (steps, 1))
    neuron = Compartment(400, 100, 20, rest if convention.refractory else 1)
    start = rng.integers(-(2**23), 2**23, n)
    options = {"bias": rng.integers(-4096, 4096, n), "bias_exp": 4, "u_start": start, "v_start": -start // 2}
    full, short = (f(q, neuron, convention, **options) for f in (simulate_compartments, simulate_spikes))
    assert short.spikes == full.spikes and short.spikes.n_spikes > 3
    np.testing.assert_array_equal(short.u, full.u[-1])
    np.testing.assert_array_equal(short.v, full.v[-1])


@pytest.mark.parametrize("kind", [np.int8, np.int16, np.int32, np.int64, float, bool])
def test_every_kind_of_whole_numbers(kind):
    q = np.random.default_rng(1).integers(0, 2, (200, 3)).astype(kind)
    neuron = Compartment(10, 10, 0, 2)
    before = q.copy()
    for convention in (BRIAN2_LOIHI, NENGO_LOIHI):
        run = simulate_spikes(q, neuron, convention)
        assert run.spikes == simulate_compartments(q, neuron, convention).spikes and run.spikes
    np.testing.assert_array_equal(q, before)


def test_nothing_at_all():
    run = simulate_spikes(np.zeros((0, 2), int), u_start=5)
    assert not run.spikes and run.u.tolist() == [5, 5] and run.spikes.n_units == 2
    assert simulate_spikes(np.zeros((9, 0), int)).u.shape == (0,)


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match=r"q must be whole, from -2147483648 to 2147483647, got 0.5"):
        simulate_spikes([0.5])
    with pytest.raises(ValueError, match=r"q must have shape \(steps,\) or \(steps, n\), got \(1, 1, 1\)"):
        simulate_spikes(np.ones((1, 1, 1), np.int32))
    with pytest.raises(ValueError, match=r"bias must be a number or have shape \(1,\), got \(2,\)"):
        simulate_spikes([1], bias=[1, 2])
    with pytest.raises(ValueError, match="refractory must be from 1 to 64, got 65"):
        simulate_spikes([1], Compartment(refractory=65))
