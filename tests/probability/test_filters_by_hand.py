"""Filters by hand against a fit of the bias by `fit_glm`, written plainly."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.data import load_grasshopper
from snnlab.probability.design_matrix import filtered
from snnlab.probability.filters_by_hand import HIGHEST, LOWEST, filters_by_hand, newton_filters
from snnlab.probability.links import log_likelihood
from snnlab.probability.scores import bits_per_spike


@pytest.fixture(scope="module")
def cell():
    heard = load_grasshopper(2)
    loudness = 2 * np.log10(heard.stimulus.reshape(-1, 2).mean(axis=1))
    return heard.spikes, np.round(loudness - loudness.mean(), 3)


def plainly(cell, place, height, recovery):
    """The potential without the bias, the counts, and the best bias of the first half, by bisection."""
    spikes, loudness = cell
    lags = np.arange(31.0)
    y = spikes.counts(1.0)[:, 0].astype(float)
    heard = filtered(loudness, height * np.exp(-0.5 * ((lags - place) / 0.7) ** 2)[:, None])[:, 0]
    pit = np.where(lags > 0, -16.0 * np.exp(-lags / recovery), 0.0)
    u = heard + filtered(y, pit[:, None])[:, 0]
    low, high = -40.0, 40.0
    for _ in range(80):
        bias = (low + high) / 2
        too_low = y[:5000].sum() > (1 / (1 + np.exp(-np.clip(u[:5000] + bias, -500, 500)))).sum()
        low, high = (bias, high) if too_low else (low, bias)
    return u, y, bias


@pytest.mark.parametrize(
    ("place", "height", "recovery"), [(7.0, 2.4, 2.0), (14.0, -1.0, 0.5), (3.5, 4.0, 5.0)]
)
def test_the_score_is_that_of_the_equation(cell, place, height, recovery):
    u, y, bias = plainly(cell, place, height, recovery)
    seen = filters_by_hand(*cell, 1.0, place, height, recovery)
    assert seen.bias == pytest.approx(bias, rel=0, abs=1e-6)
    assert seen.bits == pytest.approx(bits_per_spike(u[:5000] + bias, y[:5000]), rel=1e-6, abs=1e-9)
    later = bits_per_spike(u[5000:] + bias, y[5000:], constant=y[:5000].mean())
    assert seen.later == pytest.approx(later, rel=1e-5, abs=1e-7)


def test_the_scores_of_the_heights_are_those_of_neurons_with_these_heights(cell):
    seen = filters_by_hand(*cell, 1.0, 7.0, 1.0, 2.0)
    assert seen.heights[[0, -1]].tolist() == [LOWEST, HIGHEST]
    for k in (0, 7, 15):
        alone = filters_by_hand(*cell, 1.0, 7.0, seen.heights[k], 2.0).bits
        assert seen.scores[k] == pytest.approx(alone, rel=1e-9, abs=1e-9)
    assert np.diff(seen.scores, 2).max() < 0  # concave: one peak


def test_newton_is_above_every_reader(cell):
    """Over a grid of three numbers; on the half that neither has seen the best of them is below it, too."""
    newton = newton_filters(*cell, 1.0)
    grid = [
        filters_by_hand(*cell, 1.0, place, height, recovery)
        for place in (6.5, 7.0, 7.5) for height in (2.0, 2.5, 3.0) for recovery in (1.75, 2.0, 2.25)
    ]  # fmt: skip
    best = max(grid, key=lambda seen: seen.bits)
    assert 0.9 * newton.bits < best.bits < newton.bits == best.best
    assert best.later < newton.later < newton.bits


def test_newtons_filters_are_shown_if_asked(cell):
    newton = newton_filters(*cell, 1.0)
    hidden, shown = (filters_by_hand(*cell, 1.0, 7.0, 1.0, 2.0, show) for show in (0, 1))
    assert np.isnan(hidden.newton_heard).all() and np.isnan(hidden.newton_own).all()
    assert (shown.newton_heard == newton.heard).all() and (shown.newton_own[1:] == newton.own[1:]).all()
    assert hidden.bits == shown.bits


def test_the_score_is_the_gain_over_a_constant_rate(cell):
    _, y, _ = plainly(cell, 20.0, 0.0, 0.05)
    deaf = filters_by_hand(*cell, 1.0, 20.0, 0.0, 0.05)  # a pit that is gone before the next bin
    rate = y[:5000].mean()
    assert deaf.bits == pytest.approx(0.0, abs=1e-6)
    assert deaf.bias == pytest.approx(np.log(rate / (1 - rate)), rel=1e-5, abs=0)
    assert log_likelihood(np.full(5000, deaf.bias), y[:5000]) < 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"recovery": 31.0}, "recovery must be at most 30 ms, got 31"),
        ({"show": 2}, "show must be 0 or 1, got 2"),
        ({"dt": 20.0, "stimulus": np.zeros(500)}, "dt must be so short that no bin holds two spikes, got 20"),
        ({"spikes": Spikes([3.0], duration=10_000)}, "spikes must come in both halves of the recording"),
        ({"spikes": Spikes([3.0], n_units=2, duration=10)}, "spikes must be those of one neuron, got 2"),
    ],
)
def test_refused(cell, change, sentence):
    given = {"spikes": cell[0], "stimulus": cell[1], "dt": 1.0, "place": 7.0, "height": 1.0, "recovery": 2.0}
    with pytest.raises(ValueError, match=sentence):
        filters_by_hand(**(given | change))
