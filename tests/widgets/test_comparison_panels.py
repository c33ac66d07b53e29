"""The panels of chapter 10 against the package, beyond the start values."""

import numpy as np
import pytest
from snnlab_widgets import clock_or_events_panel, unrolled_panel

from snnlab.networks.comparisons.clock_or_events import clock_or_events
from snnlab.networks.comparisons.unrolled import spiking_layer, unrolled


@pytest.mark.parametrize(
    ("rate", "dt", "tau", "seed"), [(0.0, 0.5, 20.0, 1), (7.5, 3.3, 11.0, 4), (20.0, 5.0, 50.0, 9)]
)
def test_a_clock_and_events_are_those_of_the_package(rate, dt, tau, seed):
    panel = clock_or_events_panel(engine="kernel", rate=rate, dt=dt, tau=tau, seed=seed)
    seen = clock_or_events(rate, dt, tau, rng=np.uint64(seed))
    for name, value in seen._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)
    assert panel.result.v.size == panel.result.v_clock.size == 2000


@pytest.mark.parametrize(
    ("doublings", "beta", "theta", "seed"), [(-2, 0.9, 1.0, 1), (5, 0.0, 0.0, 3), (12, 1.0, 1.5, 8)]
)
def test_both_networks_are_those_of_the_package(doublings, beta, theta, seed):
    panel = unrolled_panel(engine="kernel", doublings=doublings, beta=beta, theta=theta, seed=seed)
    seen = unrolled(doublings, beta, theta, rng=np.uint64(seed))
    for name, value in seen._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


def test_the_potential_that_is_drawn_stays_in_the_frame():
    """At the start values of ten seeds, the spiking one and the recurrent one."""
    for seed in range(1, 11):
        result = unrolled_panel(engine="kernel", seed=seed).result
        low, high = -1.5, 2.5
        assert low < min(result.v.min(), result.v_recurrent.min())
        assert max(result.v.max(), result.v_recurrent.max()) < high


def test_without_memory_and_loops_a_layer_only_looks_at_its_inputs():
    """The control of the reset: with β = 0, no weights among the neurons and θ = 0 each step stands alone."""
    rng = np.random.default_rng(2)
    w, x = rng.normal(size=(4, 6)), (rng.random((30, 6)) < 0.5).astype(float)
    run = spiking_layer(w, np.zeros((4, 4)), x, beta=0.0, theta=0.0)
    np.testing.assert_allclose(run.v, x @ w.T, atol=1e-14)
    np.testing.assert_array_equal(run.s, x @ w.T > 1)
