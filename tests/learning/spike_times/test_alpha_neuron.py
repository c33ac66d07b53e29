"""The neuron with alpha synapses: a recorded root finder, the published formulas, and finite differences."""

import math
from pathlib import Path

import numpy as np
import pytest

from snnlab.learning.spike_times.alpha_neuron import (
    AlphaNeuron,
    alpha_potential,
    alpha_spike,
    sort_many,
    sort_times,
)
from snnlab.learning.spike_times.crossing import lambert_w

FILES = sorted((Path(__file__).parents[2] / "reference").glob("analytic_alpha_spike*.npz"))


def recorded(file):
    with np.load(file) as npz:
        names = "w", "t", "theta", "K", "t_out"
        assert set(names) <= set(npz.files)
        return list(zip(*(npz[name] for name in names), strict=True))


@pytest.mark.reference
@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_recording(file):
    """SciPy's brentq after a scan in steps of 2.5e-4, up to 15; a third of the neurons never fire."""
    for w, times, theta, k, known in recorded(file):
        assert alpha_spike(w, times, AlphaNeuron(k, theta)).time == pytest.approx(known, abs=1e-9)


def test_the_recording_was_found():
    assert "analytic_alpha_spike" in {file.stem for file in FILES}


def steep_neurons(n, seed=1):
    """Neurons that fire, and not by a hair: there finite differences are as good as their step."""
    rng, found = np.random.default_rng(seed), []
    while len(found) < n:
        w, times = rng.normal(0.6, 0.8, 8), rng.uniform(0, 1, 8)
        neuron = AlphaNeuron(rng.choice([0.5, 1.0, 3.0]), rng.choice([0.4, 1.0]))
        spike = alpha_spike(w, times, neuron)
        if spike.rise > 0.1 and 0 < spike.causal.sum() < 8 and abs(times - spike.time).min() > 1e-3:
            found.append((w, times, neuron, spike))
    return found


@pytest.mark.equation("alpha-spike-time", "alpha-slopes")
def test_time_and_slopes_are_those_of_the_published_formulas():
    """With A, B and Lambert's function, as they stand in the article; the first two grow with time."""
    for w, times, (k, theta), spike in steep_neurons(100):
        grown = w * np.exp(k * times)
        a, b = grown[spike.causal].sum(), (grown * times)[spike.causal].sum()
        lambert = lambert_w(-k * theta / a * math.exp(k * b / a))
        assert spike.time == pytest.approx(b / a - lambert / k, abs=1e-9)
        below = a * (1.0 + lambert)
        by_weight = np.exp(k * times) * (times - b / a + lambert / k) / below
        by_time = grown * (k * (times - b / a) + lambert + 1.0) / below
        assert spike.by_weight == pytest.approx(np.where(spike.causal, by_weight, 0.0), rel=1e-9, abs=1e-9)
        assert spike.by_time == pytest.approx(np.where(spike.causal, by_time, 0.0), rel=1e-9, abs=1e-9)


def test_slopes_are_those_of_finite_differences():
    """Central ones of the fourth order: their error is about h⁴, and that of rounding 1e-16/h."""
    h, steps, share = 1e-4, np.array([-2, -1, 1, 2]), np.array([1, -8, 8, -1]) / 12
    for w, times, neuron, spike in steep_neurons(40):
        for i in range(8):
            moved = np.zeros(8)
            moved[i] = h
            by_weight = [alpha_spike(w + n * moved, times, neuron).time for n in steps] @ share / h
            by_time = [alpha_spike(w, times + n * moved, neuron).time for n in steps] @ share / h
            assert spike.by_weight[i] == pytest.approx(by_weight, rel=1e-6, abs=1e-9)
            assert spike.by_time[i] == pytest.approx(by_time, rel=1e-6, abs=1e-9)


def test_where_all_inputs_come_later_so_does_the_spike():
    for w, times, neuron, spike in steep_neurons(40):
        later = alpha_spike(w, times + 0.7, neuron)
        assert later.time == pytest.approx(spike.time + 0.7, abs=1e-12)
        assert spike.by_time.sum() == pytest.approx(1.0, abs=1e-12)


def test_the_potential_is_at_the_threshold_when_it_fires_and_was_not_before():
    for w, times, neuron, spike in steep_neurons(40):
        before = alpha_potential(np.linspace(0, spike.time, 2001)[:-1], w, times, neuron)
        assert alpha_potential(spike.time, w, times, neuron) == pytest.approx(neuron.theta, abs=1e-12)
        assert before.max() < neuron.theta
        around = alpha_potential(spike.time + np.array([-1e-6, 1e-6]), w, times, neuron)
        assert spike.rise == pytest.approx((around[1] - around[0]) / 2e-6, rel=1e-7)


def test_an_input_after_the_spike_has_no_part_in_it():
    alone = alpha_spike([2.0], [0.1])
    late = alpha_spike([2.0, -50.0], [0.1, alone.time + 1e-9])
    assert late.time == alone.time and late.causal.tolist() == [True, False]
    assert late.by_weight[1] == late.by_time[1] == 0.0
    early = alpha_spike([2.0, -50.0], [0.1, alone.time - 1e-2])
    assert early.time == math.inf and early.causal.all() and not early.by_weight.any()


def test_an_inhibition_on_the_very_crossing_changes_nothing():
    """By a last digit the crossing may lie behind it, where the potential is pulled down."""
    rng = np.random.default_rng(1)
    for _ in range(1000):
        w, start = rng.uniform(1.2, 4.0), rng.uniform(0.0, 1.0)
        alone = alpha_spike([w], [start])
        tied = alpha_spike([w, -0.5 * w], [start, alone.time])
        assert tied.time == pytest.approx(alone.time, rel=1e-15, abs=0)
        assert tied.rise == pytest.approx(alone.rise, rel=1e-9, abs=0)
        assert tied.causal.tolist() == [True, False]
        assert tied.by_time == pytest.approx([1.0, 0.0], abs=1e-9)


def test_at_a_peak_that_touches_the_slopes_are_large_and_of_the_right_sign():
    all_of_them = [alpha_spike([w], [0.0], AlphaNeuron(theta=w / math.e)) for w in np.linspace(0.5, 3.0, 40)]
    touched = [spike for spike in all_of_them if spike.time < math.inf]  # the last digit of theta decides
    assert len(touched) > 10
    for spike in touched:
        assert spike.time == pytest.approx(1.0, abs=1e-6)
        assert 0.0 < spike.rise < 1e-6 and -math.inf < spike.by_weight[0] < -1e5


def test_who_never_fires_has_no_slope():
    silent = alpha_spike([0.5], [0.0])
    assert silent.time == math.inf and silent.rise == silent.by_weight[0] == 0.0


def test_silent_inputs_and_those_that_come_together():
    together = alpha_spike([1.0, 1.0, 3.0], [0.2, 0.2, math.inf])
    assert together.time == pytest.approx(alpha_spike([2.0], [0.2]).time, abs=1e-14)
    assert together.causal.tolist() == [True, True, False]
    assert together.by_weight[0] == together.by_weight[1]
    assert alpha_spike([5.0], [math.inf]).time == math.inf
    assert alpha_potential([0.0, 1.0], [5.0], [math.inf]).tolist() == [0.0, 0.0]


def test_late_times_and_fast_synapses_do_not_overflow():
    """exp(K t) would be beyond all numbers."""
    fast = AlphaNeuron(k=50.0, theta=0.01)
    early, late = (alpha_spike([3.0, 1.0], [start, start + 0.01], fast) for start in (0.0, 1000.0))
    assert late.time - 1000.0 == pytest.approx(early.time, abs=1e-9)


@pytest.mark.parametrize(
    ("w", "times", "message"),
    [
        ([1.0, 2.0], [0.0], "times must be 2, one a weight, got 1"),
        ([1.0], [-0.5], "times must be 0 or later, got -0.5"),
        ([1.0], [math.nan], "times must be finite, got nan"),
        ([math.inf], [0.0], "w must be finite, got inf"),
        ([[1.0]], [0.0], "w must have shape"),
    ],
)
def test_bad_arguments_are_named(w, times, message):
    with pytest.raises(ValueError, match=message):
        alpha_spike(w, times)


def test_bad_neurons_are_named():
    with pytest.raises(ValueError, match="theta must be positive and finite, got 0"):
        alpha_spike([1.0], [0.0], AlphaNeuron(theta=0.0))
    with pytest.raises(TypeError, match="neuron must be an AlphaNeuron, got tuple"):
        alpha_spike([1.0], [0.0], (1.0, 0.4))


@pytest.mark.parametrize("kind", ["even", "bunched", "ties", "one far", "nearly equal", "equal", "silent"])
def test_many_are_sorted_as_few(kind):
    """Those of the same time keep their order."""
    rng = np.random.default_rng(1)
    for size in (1, 15, 16, 17, 101):
        times = {
            "even": rng.uniform(size=size),
            "bunched": 1.0 + 1e-3 * rng.normal(size=size) ** 3,
            "ties": rng.integers(0, 5, size) / 4.0,
            "one far": np.where(np.arange(size) == size // 2, 1e6, rng.uniform(size=size)),
            "nearly equal": 5e-324 * rng.integers(0, 20, size),
            "equal": np.ones(size),
            "silent": np.full(size, math.inf),
        }[kind]
        times[rng.uniform(size=size) < 0.2] = math.inf
        order, known, ends = np.full((3, size), -1, np.int32)
        n = sort_many(times, size, order, ends)
        assert n == sort_times(times, size, known) == np.isfinite(times).sum()
        assert order[:n].tolist() == known[:n].tolist()
        assert known[:n].tolist() == [i for i in np.argsort(times, kind="stable") if times[i] < math.inf]
