import numpy as np
import pytest

from snnlab.probability.derivatives import derivatives
from snnlab.probability.hidden_likelihood import enumerate_hidden
from snnlab.probability.hidden_network import initial_hidden_network
from snnlab.probability.hidden_prediction import drawn_log_likelihood, predict_columns
from snnlab.repeats import spread


@pytest.mark.parametrize("n_hidden", [0, 8])
def test_a_network_that_hears_the_past_predicts_better_than_independent_coins(n_hidden):
    found = [predict_columns(n_hidden, rng=np.random.default_rng(seed)) for seed in range(10)]
    gain = np.array([(one.network - one.coins).mean() for one in found])
    print(f"{n_hidden} hidden: {spread(gain):.1f} nats a digit more than coins")
    assert gain.min() > 2


def test_what_is_gained_comes_from_the_past():
    """The control: neurons that hear the clock alone come close to the coins from below."""
    found = [predict_columns(0, hears_past=False, rng=np.random.default_rng(seed)) for seed in range(10)]
    gain = np.array([(one.network - one.coins).mean() for one in found])
    print(f"clock alone: {spread(gain):.1f} nats a digit more than coins")
    assert -2 < gain.min() and gain.max() < 0


@pytest.mark.parametrize("seed", range(3))
def test_the_mean_over_draws_rises_from_the_bound_to_the_truth(seed):
    rng = np.random.default_rng(seed)
    net = initial_hidden_network(1, 1, 2, [[1.0], [0.5]], rng=rng)
    x, y = rng.integers(0, 2, (4, 1)), rng.integers(0, 2, (4, 1))
    exact = enumerate_hidden(net, x, y)
    x, y = np.repeat(x[None], 4000, 0), np.repeat(y[None], 4000, 0)
    one = drawn_log_likelihood(net, x, y, 1, rng=rng)
    assert abs(one.mean() - exact.elbo) < 4.5 * one.std() / 4000**0.5
    many = drawn_log_likelihood(net, x[:20], y[:20], 4000, rng=rng)
    assert abs(many.mean() - exact.log_likelihood) < 0.02
    few = drawn_log_likelihood(net, x, y, 5, rng=rng).mean()
    assert one.mean() < few < many.mean()


def test_without_draws_it_is_the_glm_likelihood():
    net = initial_hidden_network(1, 1, 0, [[1.0]], rng=np.random.default_rng(1))
    x, y = np.array([1.0, 0, 1, 1]), np.array([0.0, 1, 1, 0])
    seen = drawn_log_likelihood(net, x[None, :, None], y[None, :, None], 3, rng=np.random.default_rng(2))
    design = np.column_stack([np.ones(4), np.r_[0, x[:-1]], np.r_[0, y[:-1]]])
    glm = derivatives(design, y, 0, net.w[0, [0, 1, 3]])
    assert seen == pytest.approx(np.array([glm.value]), rel=1e-12, abs=0)


def test_refused():
    with pytest.raises(ValueError, match="digit must be from 0 to 9, got 10"):
        predict_columns(digit=10, rng=np.random.default_rng(1))
