"""Rectified networks that know the noise: its size is that of the spikes, errors pass as without it."""

import numpy as np
import pytest

from snnlab.learning.constrained.filtered_spikes import filtered_sd
from snnlab.learning.constrained.trembling_training import train_trembling, trembling
from snnlab.learning.conversion.layers import activations


def test_the_noise_has_the_spread_of_spikes_at_the_rate_that_stands_for_the_activation():
    """Half of the neurons are at the scale of their layer, 3, and half at a third of it."""
    z = np.tile([3.0, 1.0, -2.0], (40_000, 1))
    heard, _ = trembling(150.0, 5.0, np.random.default_rng(1))(0, z)
    np.testing.assert_array_equal(heard[:, 2], 0.0)
    for k, rate in enumerate((150.0, 50.0)):
        assert heard[:, k].mean() == pytest.approx(rate / 50, abs=0.05)
        assert heard[:, k].std() == pytest.approx(filtered_sd(rate, 5.0) / 50, rel=0.02)


def test_an_error_passes_where_the_neuron_is_above_its_threshold():
    _, back = trembling(150.0, 5.0, np.random.default_rng(1))(0, np.array([[1.0, -1.0]]))
    np.testing.assert_array_equal(back(np.array([[2.0, 2.0]])), [[2.0, 0.0]])


def test_a_silent_layer_has_no_noise_and_no_slope():
    heard, back = trembling(150.0, 5.0, np.random.default_rng(1))(0, np.full((2, 3), -1.0))
    assert not heard.any() and not back(np.ones((2, 3))).any()


def test_it_learns_and_the_same_seed_learns_the_same():
    rng = np.random.default_rng(1)
    x = rng.random((200, 4))
    y = (x[:, 0] > x[:, 1]).astype(int)
    a, b = (train_trembling(x, y, (12,), epochs=30, batch=20, rng=np.random.default_rng(2)) for _ in range(2))
    assert np.mean(activations(a, x)[-1].argmax(axis=1) == y) > 0.9
    np.testing.assert_array_equal(a.weights[0], b.weights[0])


@pytest.mark.parametrize("bad", [{"highest": 0.0}, {"tau_s": 0.0}, {"epochs": 0}, {"hidden": (0,)}])
def test_what_cannot_be_is_named(bad):
    with pytest.raises(ValueError, match=f"{next(iter(bad))} must be"):
        train_trembling(np.eye(2), [0, 1], **bad, rng=np.random.default_rng(1))
