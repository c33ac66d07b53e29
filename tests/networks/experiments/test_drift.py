"""Squared displacement and diffusion of walks whose coefficients are known."""

import numpy as np
import pytest

from snnlab.networks.experiments.drift import diffusion, squared_displacement

RNG = np.random.default_rng(5)
WALK = RNG.normal(0.0, 2.0, (400, 120)).cumsum(axis=1)  # 4 square degrees in 50 ms: D is 40 a second


@pytest.mark.equation("bump-diffusion")
def test_a_random_walk_has_its_diffusion_coefficient():
    """Ten independent groups of walks; the mean lies within five of its standard errors of 40."""
    found = np.array([diffusion(part) for part in WALK.reshape(10, 40, 120)])
    assert found.mean() == pytest.approx(40.0, abs=5 * found.std(ddof=1) / np.sqrt(10))
    assert found.std(ddof=1) < 8.0


def test_what_a_window_says_wrongly_is_no_diffusion():
    """An error of its own in each window adds twice its variance to every square, and nothing to D."""
    seen = WALK + RNG.normal(0.0, 5.0, WALK.shape)
    added = squared_displacement(seen, 20) - squared_displacement(WALK, 20)
    np.testing.assert_allclose(added, 50.0, atol=3.0)
    assert diffusion(seen) == pytest.approx(diffusion(WALK), abs=3.0)
    still = RNG.normal(0.0, 5.0, WALK.shape)
    assert abs(diffusion(still)) < 0.5


def test_a_steady_drift_grows_with_the_square_of_time():
    steady = 3.0 * np.arange(50.0)
    np.testing.assert_allclose(squared_displacement(steady, 4), [9.0, 36.0, 81.0, 144.0])


def test_where_a_bump_is_lost_nothing_is_said():
    lost = WALK[:3].copy()
    lost[1, 7] = np.nan
    assert np.isnan(diffusion(lost)) and np.isnan(squared_displacement(lost, 2)).all()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: diffusion(WALK, within=90.0), "within must be at least two windows (100 ms), got 90"),
        (lambda: diffusion(WALK[0, :15]), "most must be below the number of windows (15), got 20"),
        (lambda: squared_displacement(WALK[None], 2), "centre must have shape (windows,) or"),
        (lambda: diffusion(WALK, window=0.0), "window must be positive and finite, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError) as failure:
        call()
    assert str(failure.value).startswith(sentence)
