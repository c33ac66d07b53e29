"""Two spikes into a resonate-and-fire neuron: the heights are sums of the closed form."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.neurons import ResonateAndFire, simulate_resonate_and_fire
from snnlab.neurons.experiments.doublet import doublet

NEURON = ResonateAndFire(freq=40.0, tau=50.0)


def amplitude(w, neuron=NEURON):
    """The first peak of w exp(−t/τ) sin ωt, where its slope is zero: tan ωt = ωτ."""
    omega = 2e-3 * np.pi * neuron.freq
    t = np.arctan(omega * neuron.tau) / omega
    return w * np.exp(-t / neuron.tau) * np.sin(omega * t)


@pytest.mark.parametrize("gap", [0.0, 4.0, 12.5, 25.0, 40.0])
def test_the_trace_is_the_library_s_simulation(gap):
    seen = doublet(gap, 0.8, NEURON)
    run = simulate_resonate_and_fire(Spikes([10.0, 10.0 + gap], duration=150), [0.8], NEURON)
    assert seen.y.tobytes() == run.y.tobytes() and seen.times.tolist() == run.spikes.times.tolist()
    assert seen.n == run.spikes.n_spikes == (seen.height > 1)


@pytest.mark.equation("resonate-and-fire")
def test_heights_at_no_gap_and_at_a_period():
    """Twice the answer, and the answer with what a period has left of the first."""
    seen = doublet(25.0, 0.3, NEURON)
    left = np.exp(-25.0 / NEURON.tau)
    assert seen.heights[0] == pytest.approx(2 * amplitude(0.3), rel=1e-4)
    assert seen.heights[50] == seen.height == pytest.approx((1 + left) * amplitude(0.3), rel=1e-4)
    assert seen.gaps[50] == 25.0


def test_the_period_is_a_peak_and_half_a_period_no_help():
    seen = doublet(0.0, 0.3, ResonateAndFire(freq=40.0, tau=200.0))
    around = (seen.gaps > 15) & (seen.gaps < 35)
    assert seen.gaps[around][seen.heights[around].argmax()] == pytest.approx(25.0, abs=0.5)
    alone = amplitude(0.3, ResonateAndFire(freq=40.0, tau=200.0))
    assert seen.heights[25] == pytest.approx(alone, rel=1e-4)


def test_without_ringing_the_height_falls_with_the_gap():
    seen = doublet(0.0, 0.3, ResonateAndFire(freq=10.0, tau=5.0))
    assert (np.diff(seen.heights) <= 1e-15).all() and seen.heights[0] > 1.9 * seen.heights[-1]


def test_inhibition_alone_rises_half_a_period_later():
    seen = doublet(0.0, -0.3, NEURON)
    assert seen.height == pytest.approx(2 * amplitude(0.3) * np.exp(-12.5 / NEURON.tau), rel=1e-4)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"gap": -1}, "gap must be zero or positive, and finite, got -1"),
        ({"gap": 141.0}, r"first \+ gap must be at most duration \(150 ms\), got 151"),
        ({"dt": 0}, "dt must be positive and finite, got 0"),
        ({"neuron": ResonateAndFire(tau=0.0)}, "tau must be positive and finite, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        doublet(**{"gap": 5.0, "w": 0.5, **change})
