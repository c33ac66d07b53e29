import math

import numpy as np
import pytest

from snnlab.probability.bases import raised_cosines
from snnlab.probability.design_matrix import filter_of
from snnlab.probability.glm_simulation import simulate_glm
from snnlab.probability.hidden_network import initial_hidden_network, run_hidden_network
from snnlab.random import uniform

BASIS, OWN = raised_cosines(3, first=0, last=4), np.array([[1.0, 0.0], [0.5, 1.0]])


def network(inputs=2, visible=1, hidden=3, seed=1, **more):
    rng = np.random.default_rng(seed)
    return initial_hidden_network(inputs, visible, hidden, BASIS, OWN, **more, rng=rng)


def plainly(net, inputs, visible, seed):
    """The equation of the module, summed anew in every bin."""
    trials, bins, n_in = inputs.shape
    n, k_s = len(net.w), net.synaptic_basis.shape[1]
    s = np.zeros((trials, bins, n_in + n))
    s[:, :, :n_in] = inputs
    log_p = np.zeros((trials, bins, n))

    def trace(past, basis):
        """(a * s) with the last value of `past` heard at lag 0 of the basis, one value a column."""
        return sum((past[-1 - lag] * basis[lag] for lag in range(min(len(past), len(basis)))), 0 * basis[0])

    for trial in range(trials):
        for t in range(bins):
            for i in range(n):
                u = net.w[i, 0]
                for j in range(n_in + n):
                    if net.joined[i, j]:
                        w = net.w[i, 1 + j * k_s : 1 + (j + 1) * k_s]
                        u += w @ trace(s[trial, :t, j], net.synaptic_basis)
                own = net.w[i, 1 + (n_in + n) * k_s :]
                u += own @ trace(s[trial, :t, n_in + i], net.own_basis)
                p = 1.0 / (1.0 + math.exp(-u))
                if i < visible.shape[2]:
                    s[trial, t, n_in + i] = visible[trial, t, i]
                else:
                    s[trial, t, n_in + i] = uniform(seed, np.uint64(i), np.uint64(trial * bins + t)) < p
                log_p[trial, t, i] = math.log(p if s[trial, t, n_in + i] else 1.0 - p)
    return s[:, :, n_in:], log_p


def test_the_kernel_is_the_equation():
    rng = np.random.default_rng(3)
    inputs, visible = rng.integers(0, 2, (4, 12, 2)), rng.integers(0, 2, (4, 12, 1))
    spikes, log_p = plainly(network(), inputs, visible, np.uint64(7))
    run = run_hidden_network(network(), inputs, visible, rng=np.uint64(7))
    assert (run.spikes == spikes).all() and 20 < spikes[:, :, 1:].sum() < 124
    assert run.log_p == pytest.approx(log_p, rel=1e-11, abs=1e-13)


def test_without_anything_given_it_is_a_network_of_glm_neurons():
    """The same coins fall in `simulate_glm`, which hears whole filters and no basis."""
    net = network(inputs=0, visible=2, hidden=2, seed=2)
    filters = np.zeros((len(BASIS), 4, 4))
    for i in range(4):
        for j in range(4):
            filters[:, i, j] = filter_of(BASIS, net.w[i, 1 + 3 * j : 4 + 3 * j])
        filters[:2, i, i] = filter_of(OWN, net.w[i, 13:])
    free = run_hidden_network(net, np.zeros((1, 60, 0)), rng=np.uint64(5))
    same = simulate_glm(np.full((60, 4), -1.0), filters, rng=np.uint64(5))
    assert (free.spikes[0] == same.y).all() and same.y.sum() > 30


def test_what_is_given_stays_and_is_heard():
    net = network(visible=2, hidden=1, seed=4)
    inputs = np.zeros((200, 8, 2))
    silent, loud = np.zeros((200, 8, 2)), np.ones((200, 8, 2))
    runs = [run_hidden_network(net, inputs, visible, rng=np.uint64(1)) for visible in (silent, loud)]
    assert (runs[0].spikes[:, :, :2] == 0).all() and (runs[1].spikes[:, :, :2] == 1).all()
    assert (runs[0].spikes[:, 0, 2] == runs[1].spikes[:, 0, 2]).all()  # a spike is heard from the next bin on
    assert (runs[0].spikes[:, 1:, 2] != runs[1].spikes[:, 1:, 2]).any()


def test_what_is_not_joined_is_not_heard():
    deaf = network(joined=np.zeros((4, 6), bool))
    quiet = run_hidden_network(deaf, np.zeros((20, 9, 2)), rng=np.uint64(1))
    loud = run_hidden_network(deaf, np.ones((20, 9, 2)), rng=np.uint64(1))
    assert (quiet.spikes == loud.spikes).all()
    assert (deaf.w[:, 1:-2] == 0).all() and deaf.w[:, -2:].all()  # their own spikes they hear


def test_no_neuron_is_among_its_own_sources():
    assert (np.diagonal(network().joined[:, 2:]) == 0).all() and network().n_inputs == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"joined": np.ones((4, 4), bool)}, r"w must have 15 columns, got 21"),
        ({"joined": np.ones((3, 6), bool)}, r"joined must be True or False in shape \(4, sources\)"),
        ({"w": np.full((4, 21), np.nan)}, r"w must be finite, got nan at \[0, 0\]"),
        ({"n_visible": 5}, r"n_visible must be at most the neurons \(4\), got 5"),
        ({"n_visible": 0}, r"n_visible must be at least 1, got 0"),
        ({"own_basis": np.zeros((0, 2))}, r"own_basis must have a lag and a column at least"),
    ],
)
def test_a_network_that_does_not_fit_together_is_refused(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        run_hidden_network(network()._replace(**change), np.zeros((1, 5, 2)), rng=np.uint64(1))


@pytest.mark.parametrize(
    ("inputs", "visible", "sentence"),
    [
        (np.zeros((5, 2)), None, r"inputs must have shape \(trials, bins, 2\), got \(5, 2\)"),
        (np.zeros((1, 5, 3)), None, r"inputs must have shape \(1, 5, 2\), got \(1, 5, 3\)"),
        (np.zeros((1, 5, 2)), np.zeros((1, 4, 1)), r"visible must have shape \(1, 5, 1\), got \(1, 4, 1\)"),
        (np.full((1, 5, 2), 0.5), None, r"inputs must hold 0 and 1, got 0.5"),
    ],
)
def test_spikes_that_do_not_fit_are_refused(inputs, visible, sentence):
    with pytest.raises(ValueError, match=sentence):
        run_hidden_network(network(), inputs, visible, rng=np.uint64(1))


def test_other_things_are_refused():
    with pytest.raises(TypeError, match="network must be a HiddenNetwork, got int"):
        run_hidden_network(3, np.zeros((1, 5, 2)), rng=np.uint64(1))
    with pytest.raises(ValueError, match=r"joined must be True or False in shape \(4, 6\), got float64"):
        network(joined=np.ones((4, 6)))
