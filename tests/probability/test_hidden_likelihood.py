import itertools
import math

import numpy as np
import pytest

from snnlab.probability.bases import raised_cosines
from snnlab.probability.derivatives import derivatives
from snnlab.probability.design_matrix import design_matrix
from snnlab.probability.hidden_likelihood import SparsityPrior, complete_likelihood, enumerate_hidden
from snnlab.probability.hidden_network import initial_hidden_network
from snnlab.spikes import Spikes

BASIS, OWN = raised_cosines(2, first=0, last=3), np.array([[1.0, 0.0], [0.5, 1.0]])


def network(visible=1, hidden=2, seed=1, **more):
    rng = np.random.default_rng(seed)
    return initial_hidden_network(1, visible, hidden, BASIS, OWN, **more, rng=rng)


def trial(visible=1, bins=4, seed=1):
    rng = np.random.default_rng(100 + seed)
    return rng.integers(0, 2, (bins, 1)), rng.integers(0, 2, (bins, visible))


def test_with_all_neurons_known_each_is_a_glm_neuron():
    """Value and gradient are those of `derivatives` on a design matrix, neuron by neuron."""
    net, rng = network(), np.random.default_rng(2)
    s = rng.integers(0, 2, (50, 4))
    found = complete_likelihood(net, s[:, :1], s[:, 1:])
    value = 0.0
    for i in range(3):
        design = design_matrix(
            Spikes.from_counts(s, 1.0), 1.0, self_basis=OWN, coupling_basis=BASIS, unit=1 + i
        )
        sources = [j for j in range(4) if j != 1 + i]
        own = 1 + 4 * 2 + np.arange(2)
        columns = np.concatenate([[0], own, *(1 + 2 * j + np.arange(2) for j in sources)])
        x = np.column_stack([np.ones(50), design.x])
        glm = derivatives(x, s[:, 1 + i].astype(float), 0, net.w[i, columns])
        assert found.gradient[i, columns] == pytest.approx(glm.gradient, rel=1e-10, abs=1e-12)
        assert (found.gradient[i, 1 + 2 * (1 + i) : 3 + 2 * (1 + i)] == 0).all()
        value += glm.value
    assert found.value == pytest.approx(value, rel=1e-12, abs=0)


@pytest.mark.equation("hidden-bound")
@pytest.mark.parametrize("seed", range(10))
def test_the_bound_is_below_the_log_likelihood_and_the_prior_lowers_it(seed):
    net, (x, y) = network(seed=seed), trial(seed=seed)
    plain, sparse = enumerate_hidden(net, x, y), enumerate_hidden(net, x, y, SparsityPrior(0.3, 0.2))
    assert len(plain.q) == 256 and plain.q.sum() == pytest.approx(1.0, rel=1e-12, abs=0)
    assert plain.elbo < plain.log_likelihood < 0
    assert sparse.elbo < plain.elbo
    assert sparse.log_likelihood == pytest.approx(plain.log_likelihood, rel=1e-12, abs=0)
    assert (sparse.q == pytest.approx(plain.q, rel=1e-12, abs=1e-300)) and (plain.cost == 0).all()


def test_what_can_be_seen_has_a_probability_of_one_in_all():
    """Summed over every train of the visible neuron; the bound alone would not add up."""
    net, (x, _) = network(seed=3), trial()
    all_trains = [np.array(bits)[:, None] for bits in itertools.product([0, 1], repeat=4)]
    found = [enumerate_hidden(net, x, y) for y in all_trains]
    assert sum(math.exp(one.log_likelihood) for one in found) == pytest.approx(1.0, rel=1e-12, abs=0)
    assert sum(math.exp(one.elbo) for one in found) < 0.99


def test_the_bound_touches_where_nobody_visible_hears_a_hidden_neuron():
    joined = np.ones((3, 4), bool)
    joined[0, 2:] = False
    found = enumerate_hidden(network(joined=joined), *trial())
    assert found.elbo == pytest.approx(found.log_likelihood, rel=1e-12, abs=0)


def test_a_pattern_is_as_probable_as_all_its_spikes():
    """ln q + λ is the log-likelihood of the pattern with everything known, and so are the gradients."""
    net, (x, y) = network(seed=5), trial(seed=5)
    found = enumerate_hidden(net, x, y)
    for k in (0, 37, 255):
        pattern = (k >> np.arange(8) & 1).reshape(4, 2)
        known = complete_likelihood(net, x, np.hstack([y, pattern]))
        assert math.log(found.q[k]) + found.visible[k] == pytest.approx(known.value, rel=1e-12, abs=0)
        assert found.scores[k] == pytest.approx(known.gradient, rel=1e-12, abs=1e-14)


def test_the_cost_is_how_far_the_hidden_coins_are_from_the_prior():
    """Without weights every coin is the same, and the mean cost a divergence in closed form."""
    net = network(spread=0.0, bias=0.0)
    found = enumerate_hidden(net, *trial(), SparsityPrior(0.5, 0.2))
    divergence = 0.5 * math.log(0.5 / 0.2) + 0.5 * math.log(0.5 / 0.8)
    assert found.q @ found.cost == pytest.approx(0.5 * 8 * divergence, rel=1e-12, abs=0)


def test_refused():
    with pytest.raises(ValueError, match="hidden neurons times bins must be at most 12 to count all, got 14"):
        enumerate_hidden(network(), *trial(bins=7))
    with pytest.raises(ValueError, match="rate must be above 0 and below 1, got 1"):
        enumerate_hidden(network(), *trial(), SparsityPrior(0.1, 1.0))
    with pytest.raises(ValueError, match="strength must be zero or positive, and finite, got -1"):
        enumerate_hidden(network(), *trial(), SparsityPrior(-1.0))
    with pytest.raises(TypeError, match="prior must be a SparsityPrior, got float"):
        enumerate_hidden(network(), *trial(), 0.1)
