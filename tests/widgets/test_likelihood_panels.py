"""The panels of chapter 25 against the package, beyond the start values."""

import numpy as np
import pytest
from snnlab_widgets import stdp_from_likelihood_panel, waking_neuron_panel

from snnlab.probability import SparsityPrior, VariationalRule
from snnlab.probability.taught_window import taught_window
from snnlab.probability.waking_neurons import waking_neurons


def assert_alike(panel, seen):
    for name, value in seen._asdict().items():
        if name in panel.result._fields:
            np.testing.assert_array_equal(getattr(panel.result, name), value, name)


@pytest.mark.parametrize(("delta", "tau_s", "refractory", "after"), [(-40, 2, 10, -1.5), (7, 10, 3, 1.2)])
def test_a_window_is_that_of_the_package(delta, tau_s, refractory, after):
    how = {"tau_s": tau_s, "refractory": refractory, "after": after}
    panel = stdp_from_likelihood_panel(engine="kernel", delta=delta, **how)
    assert_alike(panel, taught_window(delta, **how))


@pytest.mark.parametrize(
    ("trials", "n_hidden", "strength", "eta", "seed"),
    [(0, 4, 0.5, 8, 1), (1500, 0, 0.1, 4, 2), (750, 3, 0, 2, 9)],
)
def test_what_wakes_up_is_that_of_the_package(trials, n_hidden, strength, eta, seed):
    how = {"n_hidden": n_hidden, "strength": strength, "eta_hidden": eta, "seed": seed}
    panel = waking_neuron_panel(engine="kernel", **how)
    panel.trials = trials // 2 // 250 * 250
    assert panel.result.likelihood < 0
    panel.trials = trials  # goes on
    rule, prior = VariationalRule(eta_hidden=eta), SparsityPrior(strength)
    assert_alike(panel, waking_neurons(trials, n_hidden, rule, prior, rng=np.uint64(seed)))


def test_every_window_stays_in_its_frame():
    for tau_s in (2, 5, 10):
        for refractory in (0, 3, 10):
            for after in (-1.5, 0.0, 1.5):
                how = {"tau_s": tau_s, "refractory": refractory, "after": after}
                panel = stdp_from_likelihood_panel(engine="kernel", delta=-40, **how)
                for view in panel.views:
                    low, high = view.y_axis.ends
                    for name, *_ in view.curves:
                        assert low <= np.nanmin(getattr(panel.result, name)), name
                        assert np.nanmax(getattr(panel.result, name)) <= high, name


def test_curves_of_learning_stay_in_their_frame():
    for n_hidden in (0, 1, 4):
        panel = waking_neuron_panel(engine="kernel", trials=10_000, n_hidden=n_hidden)
        low, high = panel.views[0].y_axis.ends
        assert low <= np.nanmin(panel.result.elbo) and np.nanmax(panel.result.log_likelihood) <= high
