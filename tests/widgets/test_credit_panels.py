"""The panels of chapter 23 against the package, beyond the start values."""

import numpy as np
import pytest
from snnlab_widgets import credit_angle_panel, relaxation_panel, scrambled_feedback_panel

from snnlab.learning.credit.credit_dial import credit_dial
from snnlab.learning.credit.scrambled_course import scrambled_course
from snnlab.learning.credit.watched_relaxation import watched_relaxation


def assert_alike(panel, seen):
    for name, value in seen._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


@pytest.mark.parametrize(
    ("step", "variance", "off", "fixed"), [(0, 1, 0.1, 0), (200, 100, 2, 0), (9, 5, 1, 1)]
)
def test_a_relaxation_is_that_of_the_package(step, variance, off, fixed):
    panel = relaxation_panel(engine="kernel", step=step, variance=variance, off=off, fixed=fixed)
    assert_alike(panel, watched_relaxation(step, variance=variance, off=off, fixed=bool(fixed)))


@pytest.mark.parametrize(
    ("share", "anew", "rate", "seed"), [(0, 0, 0.05, 1), (1, 1, 0.5, 2), (0.35, 0, 0.2, 9)]
)
def test_a_course_is_that_of_the_package(share, anew, rate, seed):
    panel = scrambled_feedback_panel(engine="kernel", share=share, anew=anew, rate=rate, seed=seed)
    assert_alike(panel, scrambled_course(share, bool(anew), rate=rate, rng=np.uint64(seed)))


@pytest.mark.parametrize(
    ("theory", "pull", "sweeps", "done", "seed"), [(1, 1, 1, 50, 1), (6, 0.01, 50, 20, 2), (9, 0.4, 7, 0, 9)]
)
def test_a_dial_is_that_of_the_package(theory, pull, sweeps, done, seed):
    how = {"pull": pull, "sweeps": sweeps, "done": done}
    panel = credit_angle_panel(engine="kernel", theory=theory, seed=seed, **how)
    assert_alike(panel, credit_dial(theory, rng=np.uint64(seed), **how))


def test_what_is_drawn_stays_in_its_frame():
    for values in ({}, {"step": 200}, {"step": 200, "off": 2.0}, {"step": 200, "fixed": 1.0, "off": 2.0}):
        panel = relaxation_panel(engine="kernel", **values)
        for view in panel.views:
            for name, *_ in view.curves:
                low, high = view.y_axis.ends
                assert low <= np.nanmin(getattr(panel.result, name)) <= high, name
                assert low <= np.nanmax(getattr(panel.result, name)) <= high, name
