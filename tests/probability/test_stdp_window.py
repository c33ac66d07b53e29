import numpy as np
import pytest

from snnlab.probability.stdp_window import likelihood_window

A = np.exp(-np.arange(15) / 4.0)
REFRACTORY = np.full(6, -8.0)
AFTER_POTENTIAL = 1.5 * np.exp(-np.arange(12) / 4.0)
EARLY, LATE = slice(0, 21), slice(21, None)  # Δt from −20 to 0, and from 1 to 20


def sigma(u):
    return 1.0 / (1.0 + np.exp(-u))


def plainly(a, own, bias, weight, lags):
    """The formula of the module for one pair alone: the kernel, less what is expected otherwise later."""
    t = np.arange(1, len(a) + 1)  # bins after the presynaptic spike
    base = bias + weight * a
    out = []
    for delta in range(-lags, lags + 1):
        since = t - delta
        heard = np.array([own[k - 1] if 1 <= k <= len(own) else 0.0 for k in since])
        kernel = a[delta - 1] if 1 <= delta <= len(a) else 0.0
        out.append(kernel - ((sigma(base + heard) - sigma(base)) * a)[since > 0].sum())
    return np.array(out)


@pytest.mark.equation("likelihood-window")
@pytest.mark.parametrize("own", [[], REFRACTORY, AFTER_POTENTIAL, np.r_[-8.0, -8.0, AFTER_POTENTIAL]])
@pytest.mark.parametrize("weight", [0.0, 0.7])
def test_the_kernel_is_the_formula(own, weight):
    found = likelihood_window(A, own, -1.5, weight)
    assert found.change == pytest.approx(plainly(A, own, -1.5, weight, 20), rel=1e-10, abs=1e-13)
    assert (found.error == 0).all() and found.dt.tolist() == list(range(-20, 21))


def test_the_causal_half_follows_the_synaptic_kernel():
    """Without history it is the kernel; with one it differs by what is expected while it lasts."""
    kernel = np.r_[A, np.zeros(5)]
    assert likelihood_window(A).change[LATE] == pytest.approx(kernel, rel=1e-12, abs=1e-15)
    for own in (REFRACTORY, AFTER_POTENTIAL):
        found = likelihood_window(A, own, bias=-5.0).change[LATE]
        most = sigma(-5.0 + max(own.max(), 0.0)) * A.sum()
        assert np.abs(found - kernel).max() < most < 0.15
        assert np.corrcoef(found, kernel)[0, 1] > 0.999


def test_the_anticausal_half_is_zero_without_history():
    assert (likelihood_window(A, weight=0.5).change[EARLY] == 0).all()


def test_the_anticausal_half_is_positive_with_refractoriness():
    change = likelihood_window(A, REFRACTORY).change[EARLY]
    assert (change >= 0).all() and change[-6:].min() > 0.1
    assert (change[: 21 - len(REFRACTORY)] == 0).all()  # beyond the refractory time nothing is left


def test_the_anticausal_half_is_negative_only_with_a_depolarising_after_potential():
    change = likelihood_window(A, AFTER_POTENTIAL).change[EARLY]
    assert (change <= 0).all() and change[-6:].max() < -0.1
    rng = np.random.default_rng(1)
    for _ in range(20):  # any filter that never excites, and any that never inhibits
        own = rng.exponential(2.0, 10)
        assert (likelihood_window(A, -own, weight=rng.normal()).change[EARLY] >= 0).all()
        assert (likelihood_window(A, own, weight=rng.normal()).change[EARLY] <= 0).all()


def test_refractory_first_and_excitable_later_gives_both_signs():
    change = likelihood_window(A, np.r_[[-8.0] * 3, [0.0] * 2, [3.0] * 4], bias=-3.0).change[EARLY]
    assert change[:15].min() < -0.05  # a spike long before: the after-potential meets the kernel's peak
    assert (np.sign(change[change != 0]) < 0).any()
    shorter = likelihood_window(A, np.r_[[-8.0] * 3, [0.0] * 2, [0.0] * 4], bias=-3.0).change[EARLY]
    assert (shorter >= 0).all()


@pytest.mark.parametrize(("own", "sign"), [(REFRACTORY, 1), (AFTER_POTENTIAL, -1)])
def test_among_a_teachers_other_spikes_the_signs_are_the_same(own, sign):
    found = likelihood_window(A, own, others="background", pairings=2000, rng=np.random.default_rng(1))
    last = slice(21 - 4, 21)
    assert (sign * found.change[last] > 5 * found.error[last]).all()


@pytest.mark.parametrize("own", [REFRACTORY, AFTER_POTENTIAL])
def test_a_neuron_that_is_free_has_no_early_half(own):
    """The control: the same history, but what follows is drawn by the neuron itself."""
    found = likelihood_window(A, own, others="model", pairings=4000, rng=np.random.default_rng(1))
    kernel = np.r_[A, np.zeros(5)]
    off = np.r_[found.change[EARLY], found.change[LATE] - kernel]
    assert (np.abs(off) <= 4.5 * found.error + 1e-12).all()
    alone = likelihood_window(A, own).change[EARLY]
    assert np.abs(alone).max() > 10 * found.error.max()


def test_without_history_other_spikes_change_nothing():
    for others in ("background", "model"):
        found = likelihood_window(A, others=others, pairings=20, rng=np.random.default_rng(1))
        assert found.change == pytest.approx(likelihood_window(A).change, rel=1e-12, abs=1e-14)


def test_refused():
    with pytest.raises(ValueError, match="others must be one of silent, background, model, got 'noise'"):
        likelihood_window(A, others="noise")
    with pytest.raises(TypeError, match=r"rng must be a numpy.random.Generator where others are 'model'"):
        likelihood_window(A, others="model")
    with pytest.raises(ValueError, match="lags must be at least 1, got 0"):
        likelihood_window(A, lags=0)
