import numpy as np
import pytest

from snnlab.probability.derivatives import derivatives
from snnlab.probability.glm_fit import fit_glm
from snnlab.probability.links import expected_counts, link_code
from snnlab.probability.online_glm import learn_glm

LINKS = ("logistic", "complementary_log_log", "exponential")
W = np.array([-1.5, 0.8, -0.4])


def recording(link, bins=400, seed=1):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(bins, 2))
    expected = expected_counts(W[0] + x @ W[1:], link)
    return x, (rng.poisson(expected) if link == "exponential" else rng.random(bins) < expected).astype(float)


@pytest.mark.parametrize("link", LINKS)
def test_small_steps_add_up_to_the_batch_gradient(link):
    """What is missing shrinks with η, in proportion."""
    x, y = recording(link)
    start = np.array([-1.0, 0.2, 0.1])
    batch = derivatives(np.column_stack([np.ones(400), x]), y, link_code(link), start).gradient
    missing = []
    for eta in (1e-5, 1e-6):
        change = learn_glm(x, y, eta, start, link)[-1] - start
        missing.append(np.abs(change / eta - batch).max() / np.abs(batch).max())
    assert missing[1] < 1e-3
    assert missing[0] / missing[1] == pytest.approx(10.0, rel=0.05)


@pytest.mark.equation("surprise-rule")
def test_the_rule_of_the_logistic_neuron_is_what_came_minus_what_was_expected():
    x, y = recording("logistic", bins=50)
    seen = learn_glm(x, y, 0.1)
    w = np.zeros(3)
    for row, count, after in zip(x, y, seen, strict=True):
        trace = np.r_[1.0, row]
        w = w + 0.1 * (count - 1 / (1 + np.exp(-trace @ w))) * trace
        assert after == pytest.approx(w, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("link", LINKS)
def test_what_is_learnt_comes_close_to_the_fit(link):
    """Ten seeds: from 0 to within a fifth of the way."""
    left = []
    for seed in range(10):
        x, y = recording(link, 20_000, seed)
        fit = fit_glm(x, y, link)
        best = np.r_[fit.intercept, fit.weights]
        seen = learn_glm(x, y, 0.01, link=link)
        left.append(np.linalg.norm(seen[-5000:].mean(axis=0) - best) / np.linalg.norm(best))
    assert max(left) < 0.2


def test_the_start_is_left_as_it_was():
    start = np.ones(3)
    learn_glm(*recording("logistic"), 0.1, start)
    assert (start == 1).all()


def test_refused():
    x, y = recording("exponential")
    with pytest.raises(
        ValueError, match="eta must be small enough that no weight grows beyond 1e\\+100, got 50"
    ):
        learn_glm(x, y, 50.0, link="exponential")
    with pytest.raises(ValueError, match=r"w_start must have 3 values, the intercept first, got 2"):
        learn_glm(x, y, 0.1, [0.0, 0.0], "exponential")
    with pytest.raises(ValueError, match=r"y must have one value for each row of x \(400\), got 399"):
        learn_glm(x, y[1:], 0.1, link="exponential")
