"""The rates that keep themselves, against simulations and by hand; and fits that run away."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.probability.design_matrix import design_matrix
from snnlab.probability.glm_fit import fit_glm
from snnlab.probability.glm_free_run import run_freely
from snnlab.probability.glm_simulation import simulate_glm
from snnlab.probability.glm_stability import fixed_rates, rate_after, stability_of

LINKS = ("logistic", "complementary_log_log", "exponential")
SEEDS = range(10)


@pytest.mark.parametrize("link", LINKS)
def test_a_neuron_that_forgets_has_one_rate_which_is_that_of_its_coin(link):
    p = {"logistic": 1 / (1 + np.exp(2)), "exponential": np.exp(-2)}.get(link, -np.expm1(-np.exp(-2)))
    assert rate_after(0.3, -2.0, np.zeros(5), link) == pytest.approx(p, rel=1e-12, abs=0)
    assert fixed_rates(-2.0, np.zeros(5), link) == pytest.approx([p], rel=1e-9, abs=0)


def test_the_mean_interval_by_hand():
    """Silent for two bins, then 1/2 and 1/4 and again 1/4: 2 + 1/2 · 1 + 1/2 · (1 + 4) bins."""
    own = np.array([-60.0, -60.0, np.log(3.0)])
    f = rate_after(0.0, np.log(1 / 3), own, "logistic")
    assert f == pytest.approx(1 / (2 + 0.5 * 1 + 0.5 * (1 + 4)), rel=1e-12, abs=0)


@pytest.mark.parametrize("own", [[-30.0, -2.0, -1.0, -0.5], [0.5, 0.3, 0.2], [-30.0, -30.0, 1.0]])
def test_the_rate_is_that_of_a_neuron_that_runs_free(own):
    """Older spikes are known by their rate alone, which costs 2 % here; without the filter 15 are lost."""
    rate = fixed_rates(-1.5, np.array(own), "logistic")
    assert rate.size == 1
    seen = simulate_glm(np.full((20_000, 10), -1.5), own, rng=np.random.default_rng(1)).y.mean()
    assert rate[0] == pytest.approx(seen, rel=0.02, abs=0)
    assert abs(1 / (1 + np.exp(1.5)) / seen - 1) > 0.15


def shared_noise(seed, known):
    """A neuron without a memory whose drive goes slowly up and down, fitted with the drive or without it."""
    rng = np.random.default_rng(seed)
    slow = np.convolve(rng.normal(size=20_200), np.ones(200) / np.sqrt(200), "valid")[:20_000]
    y = rng.random(20_000) < 1 / (1 + np.exp(3.0 - 1.2 * slow))
    basis = np.kron(np.eye(4), np.ones((10, 1)))  # its own spikes, in steps of 10 bins
    recorded = Spikes.from_raster(y[:, None], dt=1.0)
    design = design_matrix(recorded, 1.0, slow if known else None, self_basis=basis)
    return design, fit_glm(design.x, design.y, "exponential")


def test_who_does_not_know_what_drives_a_cell_takes_it_for_its_own_spikes_and_runs_away():
    """Ten recordings. The control: with the drive as a column the same neuron is stable, and does not run."""
    for seed in SEEDS:
        blind, knowing = (stability_of(*shared_noise(seed, known)) for known in (False, True))
        assert blind.kind != "stable" and knowing.kind == "stable", (seed, blind, knowing)
    design, fit = shared_noise(0, True)
    run = run_freely(design, fit, runs=10, rng=np.random.default_rng(1))
    assert run.y.mean() == pytest.approx(design.y.mean(), rel=0.1, abs=0)


def test_a_warning_says_at_which_rates_and_the_run_is_stopped():
    design, fit = shared_noise(0, False)
    with (
        pytest.warns(RuntimeWarning, match="fit .*: it was recorded at .* and would go on firing at"),
        pytest.raises(ValueError, match="filters must not let a neuron run away"),
    ):
        run_freely(design, fit, runs=10, rng=np.random.default_rng(1))


def test_counts_know_no_end_and_excite_themselves_beyond_a_rate():
    """Where only older spikes are heard, m = exp(γ + m (e^h − 1)): a rate that holds and one that tips."""
    own = np.r_[np.zeros(40), 0.5]  # nearly every interval is over by then
    low, tips, end = fixed_rates(-1.5, own, "exponential")
    for rate in (low, tips):
        assert rate == pytest.approx(np.exp(-1.5 + rate * np.expm1(0.5)), rel=0.01, abs=0)
    assert np.isinf(end) and fixed_rates(-1.5, -own, "exponential").size == 1
    assert fixed_rates(0.0, own, "exponential").tolist() == [np.inf]


def test_a_fragile_neuron_goes_on_at_its_low_rate_or_after_an_accident_at_its_high_one():
    own, drive = np.full(60, 0.15), np.full((3000, 40), -4.5)
    low, between, high = fixed_rates(-4.5, own, "logistic")
    accident = np.full((3000, 40), np.nan)
    accident[:60] = 1.0  # a spike in each of sixty bins
    calm = simulate_glm(drive, own, rng=np.random.default_rng(2)).y[-1000:]
    pushed = simulate_glm(drive, own, given=accident, rng=np.random.default_rng(2)).y[-1000:]
    assert low < between < high
    assert calm.mean() == pytest.approx(low, rel=0.1, abs=0)
    assert pushed.mean() == pytest.approx(high, rel=0.01, abs=0)
    accident[20:60] = 0.0  # a third of it: below the rate in between
    spared = simulate_glm(drive, own, given=accident, rng=np.random.default_rng(2)).y[-1000:]
    assert spared.mean() == pytest.approx(low, rel=0.1, abs=0)
