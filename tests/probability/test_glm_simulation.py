import math

import numpy as np
import pytest

from snnlab.probability.glm_simulation import drawn, simulate_glm
from snnlab.probability.links import expected_counts
from snnlab.random import uniform

LINKS = ("logistic", "complementary_log_log", "exponential")


def plainly(drive, filters, link, seed):
    """The equation of the module, summed anew in every bin."""
    bins, n = drive.shape
    u, y = np.zeros((bins, n)), np.zeros((bins, n), np.int64)
    for t in range(bins):
        for i in range(n):
            past = min(t, len(filters))
            heard = sum(filters[lag - 1, i] @ y[t - lag] for lag in range(1, past + 1))
            u[t, i] = drive[t, i] + heard
            chance, m = uniform(seed, np.uint64(i), np.uint64(t)), math.exp(u[t, i])
            if link == "exponential":
                total, k = math.exp(-m), 0
                while chance >= total:
                    k += 1
                    total += math.exp(-m) * m**k / math.factorial(k)
                y[t, i] = k
            else:
                y[t, i] = chance < float(expected_counts(u[t, i], link))
    return u, y


@pytest.mark.parametrize("link", LINKS)
def test_the_kernel_is_the_equation(link):
    rng = np.random.default_rng(1)
    drive, filters = rng.normal(-1.5, 0.3, (300, 3)), rng.normal(-0.2, 0.4, (7, 3, 3))
    u, y = plainly(drive, filters, link, np.uint64(5))
    run = simulate_glm(drive, filters, link, rng=np.uint64(5))
    assert y.sum() > 50 and (run.y == y).all()
    assert run.u == pytest.approx(u, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("link", LINKS)
def test_columns_with_one_filter_are_neurons_that_hear_themselves(link):
    drive, own = np.full((300, 2), -1.0), np.array([-2.0, 0.5, 0.1])
    alone = simulate_glm(drive, own, link, rng=np.uint64(3))
    network = simulate_glm(drive, own[:, None, None] * np.eye(2), link, rng=np.uint64(3))
    assert (alone.y == network.y).all() and (alone.y[:, 0] != alone.y[:, 1]).any()
    one = simulate_glm(drive[:, 0], own, link, dt=0.5, rng=np.uint64(3))
    assert one.u.shape == one.y.shape == (300,) and (one.y == alone.y[:, 0]).all()
    assert (one.spikes.counts(0.5)[:, 0] == one.y).all()


def test_a_count_is_the_quantile_of_its_poisson_distribution():
    m = 2.5
    below = 0.0
    for k in range(8):
        p = math.exp(-m) * m**k / math.factorial(k)
        for share in (1e-6, 0.5, 1 - 1e-6):
            assert drawn(math.log(m), 2, below + share * p) == k
        below += p
    assert drawn(math.log(m), 2, 1 - 2.0**-53) < 40  # ends where rounding leaves no number above all sums


def test_whom_a_spike_reaches_says_the_order_of_the_axes():
    filters = np.zeros((2, 2, 2))
    filters[1, 0, 1] = 60.0  # neuron 0 hears neuron 1, two bins later
    drive = np.full((6, 2), -30.0)
    drive[1, 1] = 30.0
    assert simulate_glm(drive, filters, rng=np.random.default_rng(1)).y.tolist() == [
        [0, 0], [0, 1], [0, 0], [1, 0], [0, 0], [0, 0],
    ]  # fmt: skip


def test_a_neuron_that_runs_away_is_stopped_and_its_bin_is_named():
    with pytest.raises(ValueError, match="filters must not let a neuron run away, got more than 30 spikes"):
        simulate_glm(np.zeros(500), np.full(20, 0.5), "exponential", rng=np.random.default_rng(1))
    held = simulate_glm(np.zeros(500), np.full(20, 0.5), "logistic", rng=np.random.default_rng(1))
    assert held.y[-100:].all()  # one spike a bin is all that it can do


def test_given_trains_are_heard_and_not_drawn():
    rng = np.random.default_rng(2)
    drive, filters = np.full((300, 3), -1.5), rng.normal(-0.2, 0.4, (7, 3, 3))
    free = simulate_glm(drive, filters, rng=np.uint64(5))
    given = free.y.astype(float)
    given[:, 0] = np.nan
    again = simulate_glm(drive, filters, given=given, rng=np.uint64(5))
    assert (again.y == free.y).all() and (again.u == free.u).all()
    given[:, 2] = 0.0  # without the spikes of neuron 2 the others fire others
    other = simulate_glm(drive, filters, given=given, rng=np.uint64(5))
    assert not other.y[:, 2].any() and (other.y[:, 1] == free.y[:, 1]).all()
    assert (other.y[:, 0] != free.y[:, 0]).any()
    with pytest.raises(ValueError, match=r"given must hold whole numbers from 0, or NaN, got 0\.5"):
        simulate_glm(drive, filters, given=np.full((300, 3), 0.5), rng=np.uint64(5))
    with pytest.raises(ValueError, match=r"given must have the shape of drive \(300, 3\), got \(300,\)"):
        simulate_glm(drive, filters, given=np.zeros(300), rng=np.uint64(5))


@pytest.mark.parametrize(
    ("drive", "filters", "sentence"),
    [
        (np.zeros((5, 2)), np.zeros((3, 2, 1)), r"filters must have shape \(lags, 2, 2\) for 2 neurons"),
        (np.zeros((5, 2)), np.zeros((3, 2)), r"filters must have shape \(lags,\) or \(lags, n, n\)"),
        ([0.0, np.nan], [1.0], r"drive must be finite, got nan at \[1\]"),
    ],
)
def test_refused(drive, filters, sentence):
    with pytest.raises(ValueError, match=sentence):
        simulate_glm(drive, filters, rng=np.random.default_rng(1))
