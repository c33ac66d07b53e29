"""Reliability of repetitions: the measure in closed form, and the experiment of Mainen and Sejnowski."""

import math

import numpy as np
import pytest

from snnlab import Spikes, spread
from snnlab.coding import pairwise_reliability, poisson_spikes
from snnlab.neurons import EscapeLIF, fluctuating_current, simulate_escape_lif


def test_equal_trains_agree_and_far_ones_do_not():
    one = Spikes([10.0, 35.0, 71.0], duration=100)
    assert pairwise_reliability(Spikes.stack([one] * 4), 2.0) == pytest.approx(1.0, abs=1e-12)
    far = Spikes.stack([one, Spikes([20.0, 50.0, 90.0], duration=100)])
    assert pairwise_reliability(far, 0.3) == 0.0
    assert pairwise_reliability(far, 1e6) == pytest.approx(1.0, rel=1e-6)


@pytest.mark.equation("pairwise-reliability")
def test_two_spikes_a_shift_apart():
    """exp(−s²/4σ²) for one spike each; for trains of 2 the double sum by hand."""
    for shift, sigma in ((0.5, 1.0), (3.0, 2.0), (20.0, 1.7)):
        pair = Spikes([10.0, 10.0 + shift], [0, 1], n_units=2, duration=100)
        assert pairwise_reliability(pair, sigma) == pytest.approx(
            math.exp(-(shift**2) / (4 * sigma**2)), rel=1e-12, abs=0
        )

    def near(x):
        return math.exp(-(x**2) / (4 * 2.0**2))

    trials = Spikes([10.0, 14.0, 11.0], [0, 0, 1], n_units=2, duration=100)
    assert pairwise_reliability(trials, 2.0) == pytest.approx(
        (near(1.0) + near(3.0)) / math.sqrt(2 + 2 * near(4.0)), rel=1e-12, abs=0
    )


@pytest.mark.equation("pairwise-reliability")
def test_it_is_the_cosine_of_the_filtered_trains():
    """Filtered on a fine grid with a Gaussian, as in the definition."""
    spikes = poisson_spikes(40.0, 400.0, 6, rng=np.random.default_rng(2))
    sigma, t = 3.0, np.arange(-50.0, 450.0, 0.05)
    filtered = [np.exp(-((t[:, None] - train) ** 2) / (2 * sigma**2)).sum(axis=1) for train in spikes]
    cosines = [
        a @ b / math.sqrt((a @ a) * (b @ b)) for k, a in enumerate(filtered) for b in filtered[k + 1 :]
    ]
    assert pairwise_reliability(spikes, sigma) == pytest.approx(np.mean(cosines), rel=1e-9, abs=0)


def test_a_repetition_without_a_spike_agrees_with_none():
    trials = Spikes([10.0, 10.0], [0, 1], n_units=4, duration=100)
    assert pairwise_reliability(trials, 2.0) == pytest.approx(1 / 6)
    assert pairwise_reliability(Spikes([], [], n_units=3, duration=100), 2.0) == 0.0


def test_chance_gives_what_independent_trains_give():
    """With many spikes within σ, the product of Poisson trains is f² √(4π) σ T; with itself, f T more."""
    rate, sigma, duration = 0.05, 20.0, 20_000.0
    spikes = poisson_spikes(1000 * rate, duration, 8, rng=np.random.default_rng(1))
    product = rate**2 * math.sqrt(4 * math.pi) * sigma * duration
    assert pairwise_reliability(spikes, sigma) == pytest.approx(
        product / (product + rate * duration), rel=0.02
    )


def repeated(i, seed, neuron):
    run = simulate_escape_lif(np.repeat(i[:, None], 25, axis=1), neuron, rng=np.random.default_rng(seed))
    return run.spikes


def test_frozen_noise_makes_the_same_neuron_reliable(reproduces):
    """25 repetitions after Mainen and Sejnowski (1995): 0.26 for a constant current, 0.71 for frozen noise.

    Means over ten noises; the frozen ones vary with the noise that is frozen.
    """
    neuron = EscapeLIF(delta=0.5)
    constant, frozen, rates = [], [], []
    for seed in range(10):
        noise = fluctuating_current(0.2, 0.15, 3.0, 1000.0, rng=np.random.default_rng(100 + seed))
        spikes = [repeated(i, seed, neuron) for i in (np.full(10_000, 0.2), noise)]
        rates.append([s.n_spikes / 25 for s in spikes])
        constant.append(pairwise_reliability(spikes[0], 2.0))
        frozen.append(pairwise_reliability(spikes[1], 2.0))
        assert frozen[-1] > 1.5 * constant[-1]
    assert np.mean(constant) == pytest.approx(0.26, abs=0.05)
    assert np.mean(frozen) == pytest.approx(0.71, abs=0.05)
    fast, slow = np.mean(rates, axis=0)
    assert slow == pytest.approx(fast, rel=0.1)  # reliability may be compared: the rates are alike
    ours = f"{spread(constant):.2f}, and {spread(frozen):.2f} with frozen noise"
    reproduces("frozen-noise", ours, "cannot be told")


@pytest.mark.parametrize(
    ("call", "kind", "sentence"),
    [
        (
            lambda: pairwise_reliability(Spikes([1.0], duration=9), 1.0),
            ValueError,
            "two units or more, got 1",
        ),
        (lambda: pairwise_reliability([1.0], 1.0), TypeError, "spikes must be Spikes, got list"),
        (
            lambda: pairwise_reliability(Spikes([], [], n_units=2, duration=9), 0.0),
            ValueError,
            "sigma must be positive and finite, got 0",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, kind, sentence):
    with pytest.raises(kind, match=sentence):
        call()
