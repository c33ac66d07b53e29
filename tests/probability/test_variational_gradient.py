import numpy as np
import pytest

from snnlab.probability.hidden_likelihood import SparsityPrior, enumerate_hidden
from snnlab.probability.hidden_network import initial_hidden_network
from snnlab.probability.variational_gradient import (
    GradientDraws,
    best_baseline,
    draw_gradients,
    drawn_once_each,
    elbo_gradient,
    estimates,
)

PRIOR = SparsityPrior(0.3, 0.2)
HIDDEN = slice(1, None)


def network(seed):
    rng = np.random.default_rng(seed)
    return initial_hidden_network(1, 1, 2, [[1.0], [0.5]], rng=rng)


def trial(seed):
    rng = np.random.default_rng(100 + seed)
    return rng.integers(0, 2, (4, 1)), rng.integers(0, 2, (4, 1))


@pytest.mark.parametrize("prior", [SparsityPrior(), PRIOR])
def test_the_mean_estimate_is_the_slope_of_the_bound(prior):
    """Central differences of the bound itself, weight by weight, with all 256 patterns."""
    net, (x, y) = network(1), trial(1)
    found, h = elbo_gradient(enumerate_hidden(net, x, y, prior)), 1e-5
    for i in range(3):
        for k in range(net.w.shape[1]):
            if k and not np.append(net.joined[i], True)[k - 1]:
                assert found[i, k] == 0
                continue
            above, below = net.w.copy(), net.w.copy()
            above[i, k] += h
            below[i, k] -= h
            slope = [enumerate_hidden(net._replace(w=w), x, y, prior).elbo for w in (above, below)]
            assert found[i, k] == pytest.approx((slope[0] - slope[1]) / (2 * h), rel=1e-6, abs=1e-9)
    assert np.abs(found[HIDDEN]).max() > 0.05


@pytest.mark.parametrize("seed", range(10))
def test_a_baseline_changes_no_mean_and_the_best_one_varies_least(seed):
    """Exactly, over all patterns: with any other baseline each weight's variance is larger."""
    everything = enumerate_hidden(network(seed), *trial(seed), PRIOR)
    each, q = drawn_once_each(everything), everything.q
    best = best_baseline(each, q)
    plain = np.tensordot(q, estimates(each), 1)

    def variance(b):
        found = estimates(each, b)
        mean = np.tensordot(q, found, 1)
        assert mean == pytest.approx(plain, rel=1e-10, abs=1e-12)
        return np.tensordot(q, (found - mean) ** 2, 1)[HIDDEN]

    least, scored = variance(best), np.tensordot(q, each.scores**2, 1)[HIDDEN] > 0
    for other in (0.0, best + 0.1, best - 0.1, np.full_like(best, q @ each.signal)):
        assert (variance(other)[scored] > least[scored]).all()
    assert variance(0.0).sum() > 2 * least.sum()


def test_draws_are_patterns_as_often_as_they_are_probable():
    net, (x, y) = network(2), trial(2)
    everything = enumerate_hidden(net, x, y, PRIOR)
    draws = draw_gradients(net, x, y, 20_000, PRIOR, rng=np.random.default_rng(1))
    found, exact = (
        estimates(draws, best_baseline(drawn_once_each(everything), everything.q)),
        elbo_gradient(everything),
    )
    error = found.std(axis=0, ddof=1) / np.sqrt(len(found))
    scored = error > 0
    assert (np.abs(found.mean(axis=0) - exact)[scored] < 4.5 * error[scored]).all() and scored.sum() > 10
    assert (exact[~scored] == 0).all()
    known = np.sort(np.unique(everything.visible - everything.cost))
    nearest = known[np.clip(np.searchsorted(known, draws.signal - 1e-9), 0, len(known) - 1)]
    assert draws.signal == pytest.approx(nearest, rel=1e-10, abs=1e-10)


def test_the_baseline_by_hand():
    """Scores 1 and −2 with signals −1 and −4: (−1·1 − 4·4) / (1 + 4)."""
    two = GradientDraws(np.array([-1.0, -4.0]), np.array([[[1.0]], [[-2.0]]]), 0)
    assert best_baseline(two) == pytest.approx(np.array([[-17 / 5]]), rel=1e-14, abs=0)
    assert best_baseline(two, [0.8, 0.2])[0, 0] == pytest.approx(-(0.8 + 3.2) / 1.6, rel=1e-14, abs=0)
    assert estimates(two, [[-3.4]])[:, 0, 0] == pytest.approx(np.array([2.4, 1.2]), rel=1e-14, abs=0)


def test_refused():
    two = GradientDraws(np.zeros(2), np.zeros((2, 1, 1)), 0)
    with pytest.raises(ValueError, match=r"chances must be one for each draw \(2\), got 3"):
        best_baseline(two, np.ones(3) / 3)
    with pytest.raises(ValueError, match="draws must be at least 1, got 0"):
        draw_gradients(network(1), *trial(1), 0, rng=np.random.default_rng(1))
