"""The variability of filtered spikes against its integral, its limits and spikes that were simulated."""

import numpy as np
import pytest

from snnlab.learning.constrained.filtered_spikes import filtered_sd
from snnlab.learning.constrained.soft_lif import SoftLIF, soft_lif_rate
from snnlab.learning.constrained.spiking_layer import filtered_rates


@pytest.mark.equation("filtered-variance")
@pytest.mark.parametrize("rate", [0.5, 10.0, 80.0, 240.0])
@pytest.mark.parametrize("tau_s", [2.0, 5.0, 50.0])
def test_it_is_the_mean_square_over_one_interval(rate, tau_s):
    interval, tau = 1.0 / rate, tau_s / 1000.0
    t = (np.arange(400_000) + 0.5) * interval / 400_000
    signal = np.exp(-t / tau) / tau / -np.expm1(-interval / tau)  # of all spikes before
    assert signal.mean() == pytest.approx(rate, rel=1e-6)
    assert filtered_sd([rate], tau_s)[0] == pytest.approx(signal.std(), rel=1e-5)


def test_few_spikes_vary_like_chance_and_many_like_a_saw_tooth():
    assert filtered_sd([1e-3], 5.0)[0] ** 2 == pytest.approx(1e-3 / (2 * 0.005), rel=1e-4)
    assert filtered_sd([1e7], 5.0)[0] ** 2 == pytest.approx(1 / (12 * 0.005**2), rel=1e-6)
    assert filtered_sd([0.0])[0] == 0.0
    assert (np.diff(filtered_sd(np.linspace(0.0, 500.0, 200))) > 0).all()


def test_simulated_neurons_tremble_as_much():
    j = np.array([1.05, 1.3, 2.0, 4.0])
    filtered, _ = filtered_rates(np.tile(j, (40_000, 1)), dt=0.1)
    rate = soft_lif_rate(j, SoftLIF(gamma=0.0))
    np.testing.assert_allclose(filtered[10_000:].std(axis=0), filtered_sd(rate), rtol=0.03)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rate": [-1.0]}, "rate must be zero or positive, got -1"),
        ({"tau_s": 0.0}, "tau_s must be positive and finite, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        filtered_sd(**({"rate": [1.0]} | wrong))
    assert str(failure.value) == sentence
