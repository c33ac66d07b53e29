"""Tuning curves."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import thinned_spikes, tuning_curve


@pytest.mark.equation("rate-tuning")
def test_the_tuning_that_made_the_spikes_is_found():
    """However often each value is shown."""
    rng = np.random.default_rng(7)
    stimulus = rng.choice(8, 40_000, p=np.arange(1, 9) / 36) + 0.5
    true = 10 + 30 * np.exp(-0.5 * (stimulus - 3) ** 2)
    spikes = thinned_spikes(true, 25.0, rng=rng)
    found = tuning_curve(spikes, stimulus, 25.0, np.arange(9.0))
    expected = 10 + 30 * np.exp(-0.5 * (found.stimulus - 3) ** 2)
    error = np.sqrt(expected * 1000 / found.time)
    assert np.all(np.abs(found.rate[:, 0] - expected) < 4.5 * error)
    assert found.time.sum() == 25.0 * 40_000


def test_borders_values_outside_and_values_never_shown():
    spikes = Spikes([0.5, 10.0, 25.0, 35.0, 45.0], units=[0, 0, 1, 0, 0], duration=50)
    found = tuning_curve(spikes, [0.0, 1.0, 2.0, 9.0], 10.0, [0.0, 1.0, 1.5, 2.0])
    np.testing.assert_array_equal(found.time, [10.0, 10.0, 10.0])
    np.testing.assert_array_equal(found.rate, [[100.0, 0.0], [100.0, 0.0], [0.0, 100.0]])
    never = tuning_curve(spikes, [0.0] * 5, 10.0, [0.0, 1.0, 2.0])
    assert np.isnan(never.rate[1]).all() and never.rate[0, 0] == 80.0


def test_a_time_on_a_border_belongs_to_the_later_step():
    found = tuning_curve(Spikes([0.3], duration=1), [0, 0, 0, 1, 1], 0.1, [-0.5, 0.5, 1.5])
    assert found.rate[0, 0] == 0 and found.rate[1, 0] > 0


@pytest.mark.parametrize("edges", [[0.0], [0.0, 0.0], [1.0, 0.0]])
def test_edges_must_grow(edges):
    with pytest.raises(ValueError, match="edges must be two values or more, each above the one before"):
        tuning_curve(Spikes([1.0], duration=2), [0.0], 1.0, edges)
