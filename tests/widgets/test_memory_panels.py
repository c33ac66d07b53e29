"""The panels of chapter 19 against the package, beyond the start values."""

import numpy as np
import pytest
from snnlab_widgets import learning_to_store_panel, rewiring_panel, store_recall_panel

from snnlab.learning.constrained.watched_rewiring import watch_rewiring
from snnlab.learning.memory.drawn_recall import symbols_drawn
from snnlab.learning.memory.learning_to_store import learn_to_store
from snnlab.learning.memory.shown_recall import shown_recall


@pytest.mark.parametrize(
    ("store", "recall", "tau_a", "adaptation"), [(1, 7, 1200, 1), (3, 12, 400, 0.5), (11, 2, 3000, 0)]
)
@pytest.mark.parametrize("drawing", ["", "003c8c3c-8crsrsrs"], ids=["empty", "high and low"])
def test_a_trial_is_that_of_the_package(drawing, store, recall, tau_a, adaptation):
    how = {"store": store, "recall": recall, "tau_a": tau_a, "adaptation": adaptation}
    panel = store_recall_panel(engine="kernel", drawing=drawing, seed=9, **how)
    for name, value in shown_recall(symbols_drawn(drawing), rng=np.uint64(9), **how)._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


def test_what_is_drawn_stays_in_its_frame():
    for seed in (1, 2, 3):
        for adaptation in (0.0, 1.0):
            panel = store_recall_panel(engine="kernel", tau_a=3000, adaptation=adaptation, seed=seed)
            threshold, readout = panel.views[2], panel.views[3]
            for view, names in ((threshold, "threshold"), (threshold, "other"), (readout, "said")):
                for course in (getattr(panel.result, f"{names}_{symbol}") for symbol in (0, 1)):
                    assert view.y_axis.low <= course.min() and course.max() <= view.y_axis.high


@pytest.mark.parametrize(
    ("steps", "percent", "temperature", "decay"),
    [(0, 1.0, 0.0, 0.3), (30, 0.5, 0.2, 0.0), (20, 5.0, 0.0, 1.0)],
)
def test_rewiring_is_that_of_the_package(steps, percent, temperature, decay):
    how = {"steps": steps, "percent": percent, "temperature": temperature, "decay": decay}
    panel = rewiring_panel(engine="kernel", seed=9, **how)
    for name, value in watch_rewiring(rng=np.uint64(9), **how)._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


def test_as_many_synapses_as_there_may_be_stay_in_the_colours_of_the_map():
    panel = rewiring_panel(engine="kernel", steps=300, percent=5.0)
    view = panel.views[0]
    assert view.z_axis.low <= panel.result.where.min() and panel.result.where.max() <= view.z_axis.high


@pytest.mark.parametrize(
    ("steps", "adapting", "tau_a", "delay"), [(0, 5, 800, 4), (30, 0, 50, 1), (20, 10, 2000, 2)]
)
def test_learning_to_store_is_that_of_the_package(steps, adapting, tau_a, delay):
    how = {"steps": steps, "adapting": adapting, "tau_a": tau_a, "delay": delay}
    panel = learning_to_store_panel(engine="kernel", seed=9, **how)
    for name, value in learn_to_store(rng=np.uint64(9), **how)._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


def test_what_is_learnt_and_what_is_guessed_stays_in_its_frame():
    for seed in (1, 2, 3):
        panel = learning_to_store_panel(engine="kernel", steps=40, seed=seed)
        error = panel.views[0].y_axis
        assert error.low <= np.nanmin(panel.result.wrong_by_step)
        assert np.nanmax(panel.result.wrong_by_step) <= error.high
