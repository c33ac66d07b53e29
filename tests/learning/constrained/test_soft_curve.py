"""One neuron in three ways: what is drawn is what the functions of the room find."""

import numpy as np
import pytest

from snnlab.learning.constrained.filtered_spikes import filtered_sd
from snnlab.learning.constrained.soft_curve import soft_curve
from snnlab.learning.constrained.soft_lif import SoftLIF, soft_lif_rate, soft_lif_slope


@pytest.mark.parametrize("current", [0.8, 1.1, 2.5])
def test_curves_and_spikes(current):
    neuron = SoftLIF(gamma=0.1)
    seen = soft_curve(current, neuron, 8.0)
    np.testing.assert_allclose(seen.soft, soft_lif_rate(seen.j, neuron))
    np.testing.assert_allclose(seen.slope, soft_lif_slope(seen.j, neuron))
    np.testing.assert_allclose(seen.hard, soft_lif_rate(seen.j, SoftLIF(gamma=0.0)))
    assert np.isnan(seen.hard_slope[seen.j <= 1]).all() and np.isfinite(seen.hard_slope[seen.j > 1]).all()
    assert abs(seen.n - 0.2 * seen.rate) <= 1
    assert seen.sd == pytest.approx(filtered_sd(seen.rate, 8.0))
    if seen.n > 2:
        np.testing.assert_allclose(np.diff(seen.times), 1000.0 / seen.rate)
        assert seen.filtered.mean() == pytest.approx(seen.rate, rel=0.1)
        assert seen.filtered.std() == pytest.approx(seen.sd, rel=0.1)


def test_bad_input_names_argument_rule_and_value():
    with pytest.raises(ValueError, match="current must be zero or positive, and finite, got -1"):
        soft_curve(-1.0)
