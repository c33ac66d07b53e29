import numpy as np
import pytest

from snnlab.probability.stdp_window import likelihood_window
from snnlab.probability.taught_window import BIAS, HELD, REACH, TAU_AFTER, taught_window


def filters(tau_s, refractory, after):
    """The two filters as the module writes them, a line for each."""
    k = np.arange(1, 2 * REACH + 1)
    a = np.exp(-(k[:REACH] - 1) / tau_s)
    return a, np.where(k <= refractory, HELD, after * np.exp(-(k - refractory) / TAU_AFTER))


@pytest.mark.parametrize(("tau_s", "refractory", "after"), [(5, 0, 0), (3, 4, 0), (8, 0, 1.2), (5, 3, -1.5)])
def test_the_window_is_that_of_a_likelihood_with_these_filters(tau_s, refractory, after):
    seen, (a, own) = taught_window(7, tau_s, refractory, after), filters(tau_s, refractory, after)
    window = likelihood_window(a, own, BIAS, lags=REACH)
    assert (seen.delta_t == window.dt).all()
    shown = np.where(np.isnan(seen.early), seen.late, seen.early)
    assert shown == pytest.approx(window.change, rel=1e-12, abs=1e-14)
    assert (np.isnan(seen.early) == (window.dt > 0)).all() and (np.isnan(seen.late) == (window.dt <= 0)).all()
    assert seen.change == seen.late[REACH + 7]
    assert seen.early_half == pytest.approx(window.change[window.dt <= 0].sum(), rel=1e-12, abs=1e-13)
    assert seen.late_half == pytest.approx(window.change[window.dt > 0].sum(), rel=1e-12, abs=1e-13)
    assert seen.aftereffect[1:] == pytest.approx(own[:30], rel=1e-12, abs=0) and np.isnan(seen.aftereffect[0])


@pytest.mark.parametrize("delta", [-12, -1, 0])
def test_the_early_half_is_what_is_expected_otherwise_while_the_synapse_is_heard(delta):
    seen = taught_window(delta, 5.0, 4, 1.0)
    inside = seen.since > delta
    differs = (seen.expected - seen.otherwise) * seen.heard
    assert seen.change == pytest.approx(-differs[inside].sum(), rel=1e-10, abs=1e-14)
    assert (seen.expected[~inside] == seen.otherwise[~inside]).all()
    assert seen.otherwise == pytest.approx(np.full(2 * REACH + 1, 1 / (1 + np.exp(-BIAS))), rel=1e-12, abs=0)


@pytest.mark.parametrize(
    ("refractory", "after", "sign"), [(0, 0.0, 0), (5, 0.0, 1), (0, -1.0, 1), (0, 1.0, 2), (5, 1.0, 3)]
)
def test_the_sign_of_the_early_half(refractory, after, sign):
    """Nothing without a memory, potentiation if a spike holds the neuron back, depression if it excites."""
    seen = taught_window(0, 5.0, refractory, after)
    early = seen.early[: REACH + 1]
    assert seen.sign == sign == int(early.max() > 0) + 2 * int(early.min() < 0)


def test_the_late_half_is_the_synaptic_kernel_without_a_memory():
    seen = taught_window(1)
    assert seen.late[REACH + 1 :] == pytest.approx(seen.synapse[REACH + 1 :], rel=1e-12, abs=1e-15)
    assert np.isnan(seen.synapse[: REACH + 1]).all()


def test_refused():
    with pytest.raises(ValueError, match="delta must be a whole number of bins from -40 to 40, got 41"):
        taught_window(41)
    with pytest.raises(ValueError, match=r"delta must be a whole number of bins from -40 to 40, got 0\.5"):
        taught_window(0.5)
    with pytest.raises(ValueError, match="refractory must be at most 40 bins, got 41"):
        taught_window(0, refractory=41)
    with pytest.raises(ValueError, match="tau_s must be positive and finite, got 0"):
        taught_window(0, 0.0)
