"""The graph of a network against powers of its adjacency matrix."""

import numpy as np
import pytest

from snnlab.networks import adjacency, degrees, from_list, from_matrix, presynaptic, shortest_cycle


def some_network(seed, n=12, synapses=16):
    rng = np.random.default_rng(seed)
    return from_list(*rng.integers(0, n, (2, synapses)), n_pre=n, n_post=n)


@pytest.mark.parametrize("seed", range(20))
def test_the_shortest_cycle_is_the_first_power_with_something_on_its_diagonal(seed):
    lines = some_network(seed)
    a = adjacency(lines) > 0
    power, length = np.eye(12, dtype=bool), 0
    for k in range(1, 13):
        power = (power.astype(int) @ a) > 0
        if power.diagonal().any():
            length = k
            break
    cycle = shortest_cycle(lines)
    assert cycle.size == length
    assert a[np.roll(cycle, -1), cycle].all()
    assert len(set(cycle.tolist())) == length
    assert not length or cycle[0] == cycle.min()


def test_a_feed_forward_network_has_none_until_its_end_leads_back():
    chain = np.arange(9)
    assert shortest_cycle(from_list(chain, chain + 1, n_pre=10, n_post=10)).size == 0
    closed = from_list([*chain, 9], [*chain + 1, 0], n_pre=10, n_post=10)
    assert shortest_cycle(closed).tolist() == list(range(10))


def test_an_autapse_is_a_cycle_of_one():
    assert shortest_cycle(from_list([0, 1, 2], [1, 0, 2], n_pre=3, n_post=3)).tolist() == [2]


@pytest.mark.equation("presynaptic-set")
@pytest.mark.parametrize("seed", range(3))
def test_degrees_are_the_sums_of_the_matrix_and_presynaptic_sets_its_rows(seed):
    lines = some_network(seed, synapses=60)
    a = adjacency(lines)
    assert a.sum() == 60 and a.max() > 1
    np.testing.assert_array_equal(degrees(lines).inward, a.sum(axis=1))
    np.testing.assert_array_equal(degrees(lines).outward, a.sum(axis=0))
    for i in range(12):
        np.testing.assert_array_equal(presynaptic(lines, i), np.flatnonzero(a[i]))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: presynaptic(from_matrix([[1.0]]), 1), r"i must be below n_post \(1\), got 1"),
        (lambda: shortest_cycle(from_matrix([[1.0, 2.0]])), r"n_post must be n_pre \(2\) within one pop"),
        (lambda: adjacency(from_list([0], [0], n_pre=10_001, n_post=1)), "n_pre must be at most 10000 for"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, message):
    with pytest.raises(ValueError, match=message):
        call()
