"""Time rescaling: the naive test rejects a right model, the corrected one does not, and finds wrong ones."""

import numpy as np
import pytest

from snnlab.probability.design_matrix import design_matrix
from snnlab.probability.glm_fit import fit_glm, glm_potential
from snnlab.probability.glm_simulation import simulate_glm
from snnlab.probability.time_rescaling import kolmogorov_probability, rescale_time, rescale_time_naively

SEEDS = range(10)
SELF = np.r_[-30.0, -30.0, 1.0 * np.exp(-np.arange(20) / 5.0)]  # refractory, then eager


def right_model(seed, link="logistic", filters=SELF, narrow=1):
    """What a neuron fired whose rate goes up and down, and the potential that it had."""
    drive = -1.6 - np.log(narrow) + 0.8 * np.sin(np.arange(20_000 * narrow) / (300 * narrow))
    filters = np.repeat(filters, narrow)
    return simulate_glm(drive, filters, link, rng=np.random.default_rng(seed))


@pytest.mark.parametrize("link", ["logistic", "complementary_log_log", "exponential"])
def test_the_naive_test_rejects_a_right_model_and_the_corrected_one_does_not(link):
    """Ten seeds: at a level of 5 % a right model is rejected in more than three of ten once in a thousand."""
    corrected, naive, independent = [], [], []
    filters = SELF if link != "exponential" else np.minimum(SELF, 0.0)  # else it runs away
    for seed in SEEDS:
        run = right_model(seed, link, filters)
        found = rescale_time(run.u, run.y, link, rng=np.random.default_rng(1000 + seed))
        corrected.append(found.p_distance)
        independent.append(found.p_correlation)
        naive.append(rescale_time_naively(run.u, run.y, link).p_distance)
    assert max(naive) < 1e-6
    assert (np.array(corrected) < 0.05).sum() <= 3
    assert (np.array(independent) < 0.05).sum() <= 3


def test_the_bins_are_what_the_naive_test_fails_for():
    """The same neuron, as many spikes: in wide bins always rejected, in bins twenty times narrower seldom."""
    link, found = "complementary_log_log", {}
    for narrow in (1, 20):
        runs = [right_model(seed, link, np.minimum(SELF, 0.0), narrow) for seed in SEEDS]
        found[narrow] = [rescale_time_naively(run.u, run.y, link).p_distance for run in runs]
    assert max(found[1]) < 1e-6
    assert (np.array(found[20]) < 0.05).sum() <= 3


@pytest.mark.equation("rescaled-time")
def test_the_corrected_intervals_are_uniform_whatever_the_bins():
    """All ten recordings together, where a small error of the correction would show."""
    z = np.concatenate([
        rescale_time(run.u, run.y, rng=np.random.default_rng(seed)).z
        for seed in SEEDS
        for run in [right_model(seed)]
    ])
    shares = np.histogram(z, np.linspace(0, 1, 11))[0] / z.size
    assert shares == pytest.approx(0.1, abs=4 * np.sqrt(0.09 / z.size))


def test_a_model_without_memory_is_rejected_and_the_one_with_it_is_not():
    for seed in SEEDS:
        run = right_model(seed)
        drive = np.sin(np.arange(20_000) / 300)
        basis = np.column_stack([np.eye(22)[:, :2].sum(axis=1), np.exp(-np.arange(22) / 5.0)])
        basis[:2, 1] = 0.0
        design = design_matrix(run.spikes, 1.0, drive, self_basis=basis)
        without = fit_glm(design.x[:, :1], design.y)
        with_memory = fit_glm(design.x, design.y, ridge=1e-6)  # refractory bins separate: a ridge
        forgets = rescale_time(
            glm_potential(design.x[:, :1], without), design.y, rng=np.random.default_rng(seed)
        )
        remembers = rescale_time(
            glm_potential(design.x, with_memory), design.y, rng=np.random.default_rng(seed)
        )
        assert forgets.p_distance < 1e-3 < remembers.p_distance


def test_a_slow_change_that_the_model_does_not_know_joins_neighbouring_intervals():
    for seed in SEEDS:
        run = right_model(seed, filters=[-30.0])
        constant = np.full(run.u.size, np.log(run.y.mean() / (1 - run.y.mean())))
        found = rescale_time(constant, run.y, rng=np.random.default_rng(seed))
        assert found.correlation > 0 and found.p_correlation < 1e-3


@pytest.mark.equation("rescaled-interval")
def test_intervals_by_hand():
    u = np.log(np.array([0.5, 0.1, 0.2, 0.3, 0.4]))
    y = [1, 0, 1, 1, 1]
    naive = rescale_time_naively(u, y, "exponential")
    assert -np.log1p(-naive.z) == pytest.approx([0.1 + 0.2, 0.3, 0.4], rel=1e-12, abs=0)
    found = rescale_time(u, y, "exponential", rng=np.random.default_rng(1))
    r = np.random.default_rng(1).random(4)[1:]
    last = -np.log(1 - r * (1 - np.exp(-np.array([0.2, 0.3, 0.4]))))
    assert -np.log1p(-found.z) == pytest.approx(np.add(last, [0.1, 0.0, 0.0]), rel=1e-12, abs=0)


def test_no_interval_reaches_over_the_start_of_a_trial():
    u = np.log(np.array([0.5, 0.1, 0.2, 0.3, 0.4, 0.2, 0.6, 0.7]))
    y = [1, 0, 1, 1, 1, 0, 1, 1]
    whole = rescale_time(u, y, "exponential", rng=np.random.default_rng(1)).z
    cut = rescale_time(u, y, "exponential", starts=[0, 4], rng=np.random.default_rng(1))
    assert whole.size == 5 and (cut.z == whole[[0, 1, 3, 4]]).all()
    r = np.corrcoef([[whole[0], whole[3]], [whole[1], whole[4]]])[0, 1]
    assert cut.correlation == pytest.approx(r, rel=1e-12, abs=0)  # pairs of one trial alone


def test_a_right_model_passes_in_trials_too():
    """Ten recordings of five trials, each the start of another run; as one stretch borders make intervals."""
    found = []
    for seed in SEEDS:
        runs = [right_model(100 * seed + k) for k in range(5)]
        u, y = np.concatenate([r.u[:3000] for r in runs]), np.concatenate([r.y[:3000] for r in runs])
        starts = np.arange(5) * 3000
        apart = rescale_time(u, y, starts=starts, rng=np.random.default_rng(seed))
        one = rescale_time(u, y, rng=np.random.default_rng(seed))
        assert one.z.size == apart.z.size + 4
        found.append(apart.p_distance)
    assert (np.array(found) < 0.05).sum() <= 3


@pytest.mark.parametrize(
    ("scaled", "probability"), [(1.138, 0.15), (1.224, 0.10), (1.358, 0.05), (1.628, 0.01)]
)
def test_distances_have_the_probabilities_of_stephens_table(scaled, probability):
    n = 50
    distance = scaled / (np.sqrt(n) + 0.12 + 0.11 / np.sqrt(n))
    assert kolmogorov_probability(distance, n) == pytest.approx(probability, rel=0.01, abs=0)


def test_a_small_distance_is_no_argument():
    assert kolmogorov_probability(0.001, 10) == 1.0
    assert kolmogorov_probability(0.31 / np.sqrt(1e6), 10**6) == pytest.approx(1.0, abs=1e-4)


def test_refused():
    with pytest.raises(ValueError, match="y must hold spikes in three bins or more, got 2"):
        rescale_time_naively(np.zeros(4), [1, 1, 0, 0])
    with pytest.raises(ValueError, match=r"y must have one value for each bin of u \(2\), got 3"):
        rescale_time_naively(np.zeros(2), [1, 1, 1])
    with pytest.raises(TypeError, match=r"rng must be a numpy\.random\.Generator"):
        rescale_time(np.zeros(3), [1, 1, 1], rng=1)
