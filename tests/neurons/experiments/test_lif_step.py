"""A step of current: the simulation and the closed form beside each other."""

import numpy as np
import pytest

from snnlab.neurons import LIF, lif_rate, simulate_lif
from snnlab.neurons.experiments.lif_step import lif_step


@pytest.mark.parametrize("current", [0.0, 0.16, 0.4])
def test_it_is_the_simulation_of_its_current(current):
    neuron = LIF(tau_m=15.0, v_th=-53.0, t_ref=4.0)
    seen = lif_step(current, neuron)
    run = simulate_lif(np.repeat([0.0, current], [1000, 10_000]), neuron)
    np.testing.assert_array_equal(seen.v, run.v)
    np.testing.assert_array_equal(seen.times, run.spikes.times)
    assert seen.rate == run.spikes.n_spikes


def test_the_count_stays_below_the_closed_form_by_less_than_a_spike_and_the_grid():
    """There are as many spikes as intervals fit; on the grid each of them is longer by a step at most."""
    for current in (0.16, 0.25, 0.5):
        seen = lif_step(current, duration=5100.0)
        exact = float(lif_rate(current))
        late = 0.1 * 1e-3 * exact**2  # Hz, of intervals that are longer by 0.1 ms
        assert exact - late - 0.2 < seen.rate <= exact


def test_the_curve_is_the_closed_form():
    neuron = LIF(tau_m=10.0, t_ref=5.0)
    seen = lif_step(0.2, neuron, strongest=1.0)
    np.testing.assert_allclose(seen.i_curve, np.linspace(0, 1, 161), atol=1e-12)
    np.testing.assert_allclose(seen.rate_curve, lif_rate(seen.i_curve, neuron), rtol=1e-9)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"current": np.inf}, "current must be finite, got inf"),
        ({"current": 0.1, "onset": 2000.0}, "onset must be before duration (1100 ms), got 2000"),
        ({"current": 0.1, "strongest": 0.0}, "strongest must be positive and finite, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        lif_step(**wrong)
    assert str(failure.value) == sentence
