"""A neuron under jumps against Siegert's formula: near for small jumps, off for large ones."""

import math

import numpy as np
import pytest

from snnlab.networks.comparisons.diffusion_limit import NEURON, diffusion_limit, fire_by_jumps
from snnlab.networks.comparisons.event_layer import run_event_layer
from snnlab.neurons import lif_rate
from snnlab.neurons.populations.siegert_inputs import moments, siegert_rate_of_inputs, step
from snnlab.random import uniform_pair
from snnlab.spikes import Spikes

NOTHING = np.zeros(0)
LONG = 250_000.0  # ms


def compared(jump, drive, share, duration=LONG):
    """The rate of the neuron, its error, and the rate of the formula."""
    rate, sigma = moments(drive, jump, share, NEURON.tau_m)
    n, _ = fire_by_jumps(jump, rate, share, duration, np.uint64(1), np.uint64(0), NOTHING, NOTHING)
    return 1000 * n / duration, 1000 * math.sqrt(n) / duration, step(drive, sigma, NEURON)


@pytest.mark.parametrize("share", [0.0, 0.3])
@pytest.mark.parametrize("drive", [0.9, 1.0, 1.2, 2.0])
def test_small_jumps_are_as_good_as_noise(drive, share):
    """Within 5 % above 5 Hz, for jumps of a hundredth of the threshold; the mean is near it or above.

    Nothing is rounded to steps.
    """
    fired, error, told = compared(0.01, drive, share)
    assert fired > 5 and abs(told / fired - 1) < 0.05
    assert error / fired < 0.025  # and not by chance


def test_far_below_the_threshold_jumps_fire_more_often_than_noise():
    """Even jumps of a twentieth: the formula says less than half, and not by chance."""
    fired, error, told = compared(0.05, 0.6, 0.0, duration=1e6)
    assert told < 0.5 * fired and fired - told > 4 * error


def test_what_is_off_goes_with_the_jump_at_the_same_mean_and_scatter():
    """With larger jumps fewer go down, so that the formula is told the same two numbers each time."""
    off = []
    for jump in (0.02, 0.08, 0.32):
        share = 0.5 * (1 - jump / 0.32)
        assert moments(0.9, jump, share, NEURON.tau_m)[1] == pytest.approx(math.sqrt(0.9 * 0.32 / 2))
        fired, _, told = compared(jump, 0.9, share, duration=100_000.0)
        off.append(told / fired - 1)
    assert abs(off[0]) < 0.05 < off[1] < off[2] - 0.05


def test_a_jump_beyond_the_threshold_fires_each_time_and_one_of_it_does_not():
    """Beyond, it is a Poisson process with a dead time; the formula hardly sees a difference."""
    just, beyond = (diffusion_limit(jump, rng=np.uint64(2)) for jump in (1.0, 1.01))
    heard = 1000 * beyond.heard
    expected = heard / (1 + heard * NEURON.t_ref / 1000)
    assert abs(beyond.rate - expected) < 4 * math.sqrt(expected / 40)
    pairs = heard / (2 + heard * NEURON.t_ref / 1000)  # one reaches the threshold, the next one fires
    assert abs(just.rate - pairs) < 4 * math.sqrt(pairs / 40)
    assert just.rate < 0.65 * beyond.rate and just.formula == pytest.approx(beyond.formula, rel=0.01)


def test_the_neuron_is_a_layer_of_one():
    """The same spikes as from `run_event_layer`, which is given the jumps that the kernel draws."""
    times, v, jump, rate = np.zeros(100), np.zeros(1000), 0.3, 0.4
    n, shown = fire_by_jumps(jump, rate, 0.2, 200.0, np.uint64(5), np.uint64(3), v, times)
    at, down, last, k = [], [], 0.0, 0
    while True:
        gap, which = uniform_pair(np.uint64(5), np.uint64(3), np.uint64(k))
        last, k = last - math.log(1 - gap) / rate, k + 1
        if last >= 200.0:
            break
        at.append(last)
        down.append(int(which < 0.2))
    layer = run_event_layer(Spikes(at, down, n_units=2, duration=200), [[jump, -jump]], NEURON)
    assert n == shown == layer.n_spikes > 2
    np.testing.assert_allclose(times[:n], layer.times, rtol=1e-12)


def test_the_curves_are_those_of_the_formula():
    seen = diffusion_limit(0.25, 1.3, 0.1, rng=np.uint64(1))
    rate, sigma = moments(1.3, 0.25, 0.1, NEURON.tau_m)
    inputs = 1000 * rate * np.array([0.9, 0.1])
    assert seen.formula == pytest.approx(
        siegert_rate_of_inputs(inputs, [[0.25, -0.25]], NEURON)[0], rel=1e-12, abs=0
    )
    assert (seen.heard, seen.sigma) == (rate, sigma)
    formula = pytest.approx([seen.formula], rel=1e-12, abs=0)
    assert seen.told[np.isclose(seen.jumps, 0.25, atol=0)] == formula
    assert seen.told_by_drive[np.isclose(seen.drives, 1.3, atol=0)] == formula
    np.testing.assert_allclose(seen.without_noise, lif_rate(seen.drives, NEURON), rtol=1e-12)
    assert seen.percent == pytest.approx(100 * (seen.formula / seen.rate - 1))
    assert seen.times.size == seen.n_shown and np.all(np.diff(seen.times) >= NEURON.t_ref)


def test_the_potential_decays_between_jumps():
    seen = diffusion_limit(0.05, 0.0, rng=np.uint64(1))
    assert not seen.v.any() and seen.rate == 0 and math.isnan(seen.percent)
    v = diffusion_limit(1.2, 0.2, rng=np.uint64(4)).v
    assert v.max() <= 1.0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"jump": 0.0}, "jump must be positive and finite, got 0"),
        ({"jump": 0.001}, "jump must be at least 0.01, got 0.001"),
        ({"drive": -1.0}, "drive must be zero or positive, and finite, got -1"),
        ({"drive": 11.0}, "drive must be at most 10, got 11"),
        ({"share": 0.5}, "share must be at most 0.4, got 0.5"),
    ],
)
def test_bad_input_is_named(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        diffusion_limit(**wrong, rng=np.uint64(1))
