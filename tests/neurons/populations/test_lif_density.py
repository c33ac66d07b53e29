"""The density of the potentials of infinitely many noisy LIF neurons."""

import math
import re

import numpy as np
import pytest

from snnlab.neurons import LIF, siegert_rate, simulate_lif_density, simulate_lif_population
from snnlab.neurons.populations.lif_density import _bernoulli, flows, step

STEP = np.repeat([0.12, 0.2], [400, 1600])  # nA, 100 and 400 ms in steps of 0.25 ms
FAR = LIF(v_th=1000.0)  # never fires


@pytest.mark.parametrize("sigma", [0.5, 1.0, 2.0, 4.0, 8.0])
@pytest.mark.parametrize("mean", [0.14, 0.2, 0.4])
def test_settled_it_fires_at_the_rate_of_siegerts_formula_and_stays_so(mean, sigma):
    rate = simulate_lif_density(np.full(500, mean), sigma).rate
    assert rate == pytest.approx(float(siegert_rate(mean, sigma)), rel=6e-3)
    assert np.ptp(rate) < 1e-9 * rate[0]


def test_where_it_starts_does_not_matter_in_the_end():
    assert simulate_lif_density(np.full(20_000, 0.2), 2.0, gathered=True).rate[-1] == pytest.approx(
        simulate_lif_density(np.full(1, 0.2), 2.0).rate[0], rel=1e-9, abs=0
    )


@pytest.mark.parametrize("gathered", [False, True])
def test_no_neuron_gets_lost(gathered):
    """What lies on the grid and what is refractory is one together, after a thousand steps too."""
    run = simulate_lif_density(STEP[200:1200], 2.0, gathered=gathered, dt=0.25)
    refractory = run.rate[-8:].sum() * 0.25e-3  # of the last 2 ms
    assert np.sum(run.density) * (run.v[1] - run.v[0]) + refractory == pytest.approx(1.0, abs=1e-9)
    assert run.density.min() > -1e-6


def test_without_a_threshold_the_potentials_spread_as_those_of_an_ornstein_uhlenbeck_process():
    """Gathered at the reset they have, after t, the mean and variance of the closed form."""
    neuron = FAR._replace(t_ref=0.1)
    run = simulate_lif_density(np.full(101, 0.1), 4.0, neuron, gathered=True)  # out after a step of 0.1 ms
    width, t = run.v[1] - run.v[0], 10.0  # ms
    mean = np.sum(run.v * run.density) * width
    variance = np.sum((run.v - mean) ** 2 * run.density) * width
    assert mean == pytest.approx(
        -55 - 10 * math.exp(-t / 20), abs=0.12
    )  # the reset lies in a cell of 0.16 mV
    assert variance == pytest.approx(16 * (1 - math.exp(-2 * t / 20)), rel=0.01)


@pytest.mark.parametrize("sigma", [1.0, 4.0])
def test_it_is_what_many_neurons_tend_to(sigma):
    """The activity of 40000 neurons after a step, bin by bin within what chance allows."""
    n, dt = 40_000, 0.05
    i = np.repeat([0.2, 0.16], [2000, 600])  # nA, 100 and 30 ms
    rng = np.random.default_rng(3)
    kicked = np.concatenate([[1e4], i])  # all fire in the first step, and so are gathered
    times = simulate_lif_population(kicked, n, sigma, dt=dt, rng=rng).times - dt
    seen = np.histogram(times, np.arange(2.5, 130.1, 2.5))[0]
    rate = simulate_lif_density(i, sigma, gathered=True, dt=dt).rate
    expected = rate.reshape(-1, 50).mean(axis=1)[1:] * n * 2.5e-3
    # steps of 0.05 ms miss some crossings: up to two per cent of the rate
    allowed = 4.5 * np.sqrt(expected + 1) + 0.03 * expected.max()
    assert (np.abs(seen - expected) < allowed).all()


def test_the_error_falls_with_the_square_of_the_time_step():
    """Two ms after a step of current, against steps that are far shorter."""

    def after(dt):
        ends = np.repeat([0.12, 0.2], [round(4 / dt), round(8 / dt)])
        return simulate_lif_density(ends, 4.0, dt=dt).rate[-round(1 / dt) :].mean()

    fine = after(0.0125)
    assert abs(after(0.1) - fine) < 0.4 * abs(after(0.2) - fine)


def test_a_flow_is_in_balance_where_the_density_is_that_of_boltzmann():
    """Between two cells without a threshold nothing flows if p is a Gaussian around the goal."""
    up, down, width, sigma, goal = np.zeros(6), np.zeros(6), 0.5, 2.0, -52.0
    flows(up, down, goal, sigma, 20.0, -50.0, width)
    middle = -50.0 - width * (5 - np.arange(5) - 0.5)
    p = np.exp(-((middle - goal) ** 2) / (2 * sigma**2))
    assert up[1:5] * p[:-1] == pytest.approx(down[1:5] * p[1:], rel=1e-12, abs=0)
    assert (up[1:5] - down[1:5])[0] == pytest.approx((goal - middle[:2].mean()) / 20.0, rel=1e-12, abs=0)
    w = 0.5 * (goal + 50.0) * width / sigma**2
    assert up[5] == pytest.approx(2 * sigma**2 / (20 * width) * -w / math.expm1(-w), rel=1e-12, abs=0)
    assert up[0] == down[0] == down[5] == 0.0


def test_a_step_solves_the_two_sided_equation():
    rng = np.random.default_rng(0)
    m, width, dt, reset = 6, 0.3, 0.2, 2
    up, down = rng.uniform(0.1, 1, m + 1), rng.uniform(0.1, 1, m + 1)
    up[0] = down[0] = down[m] = 0.0
    flows = np.zeros((m, m))  # dp/dt = flows @ p
    for j in range(m):
        flows[j, j] = -(up[j + 1] + down[j])
        if j > 0:
            flows[j, j - 1] = up[j]
        if j < m - 1:
            flows[j, j + 1] = down[j + 1]
    flows /= width
    p = rng.uniform(0, 1, m)
    source = np.eye(m)[reset] * 0.7 / width
    wanted = np.linalg.solve(np.eye(m) - dt / 2 * flows, (np.eye(m) + dt / 2 * flows) @ p + dt * source)
    last, got = p[-1], p.copy()
    over = step(got, np.empty(m), up, down, 0.7, reset, width, dt)
    assert got == pytest.approx(wanted, rel=1e-12, abs=0)
    assert over == pytest.approx(up[m] * (last + wanted[-1]) / 2, rel=1e-12, abs=0)
    plain = p.copy()
    assert step.py_func(plain, np.empty(m), up, down, 0.7, reset, width, dt) == pytest.approx(
        over, rel=1e-13, abs=0
    )
    assert plain == pytest.approx(got, rel=1e-13, abs=0)


@pytest.mark.parametrize("x", [-800.0, -3.0, -1.1e-5, -0.9e-5, 0.0, 0.9e-5, 1.1e-5, 3.0, 800.0])
def test_bernoulli(x):
    exact = 1.0 if x == 0 else (0.0 if x > 700 else x / math.expm1(x))
    assert _bernoulli(x) == pytest.approx(exact, rel=1e-10, abs=1e-290)


def test_gathered_neurons_are_silent_until_the_refractory_time_is_over_and_the_climb_is_done():
    run = simulate_lif_density(np.full(300, 0.3), 0.5, gathered=True)
    assert run.rate[:100].max() < 1e-3
    first = 0.1 * (np.argmax(run.rate) + 0.5)
    assert first == pytest.approx(2 + 20 * math.log(2), abs=0.5)  # without noise, by hand


@pytest.mark.parametrize(
    "call, complaint",
    [
        (lambda: simulate_lif_density([], 4.0), "i must have one step at least, got shape (0,)"),
        (lambda: simulate_lif_density([0.2], 0.0), "sigma must be positive and finite, got 0"),
        (lambda: simulate_lif_density([0.2], 4.0, dt=-1.0), "dt must be positive and finite, got -1"),
        (lambda: simulate_lif_density([np.nan], 4.0), "i must be finite, got nan at [0]"),
        (
            lambda: simulate_lif_density([-1.0], 1.0),
            "i must start where the neurons fire now and then, got -1 nA",
        ),
        (lambda: simulate_lif_density([0.2], 1e-6), "sigma must be at least"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, complaint):
    with pytest.raises(ValueError, match=re.escape(complaint)):
        call()
