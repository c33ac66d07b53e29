"""Samples: the same spikes, whichever way they come."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.learning import poisson_patterns, samples_from_raster, samples_from_spikes, samples_from_times
from snnlab.learning.samples import check_samples

RASTER = np.random.default_rng(1).random((3, 20, 5)) < 0.1
LABELS = [0, 2, 1]


def test_a_raster_comes_back():
    samples = samples_from_raster(RASTER, LABELS)
    assert (samples.n_samples, samples.steps, samples.n_inputs) == RASTER.shape
    for k, raster in enumerate(RASTER):
        assert np.array_equal(samples.raster(k), raster)
        for t, row in enumerate(raster):
            fired = samples.units[samples.start[k, t] : samples.start[k, t + 1]]
            assert np.array_equal(np.sort(fired), np.flatnonzero(row))


def test_spikes_and_times_give_the_samples_of_their_raster():
    trials = []
    for raster in RASTER:
        steps, units = np.nonzero(raster)
        trials.append(Spikes(steps * 0.5 + 0.25, units, n_units=5, duration=20.0))
    samples = samples_from_spikes(trials, LABELS, steps=20, dt=0.5)
    assert all(np.array_equal(samples.raster(k), raster) for k, raster in enumerate(RASTER))
    times = np.array([[0.0, 9.99, np.inf, np.nan, 10.0], [3.5, 4.0, 4.49, 12.0, 0.5]])
    samples = samples_from_times(times, [1, 0], steps=20, dt=0.5)
    expected = np.zeros((2, 20, 5), bool)
    expected[0, 0, 0] = expected[0, 19, 1] = True
    expected[1, 7, 0] = expected[1, 8, 1] = expected[1, 8, 2] = expected[1, 1, 4] = True
    assert all(np.array_equal(samples.raster(k), raster) for k, raster in enumerate(expected))


def test_two_spikes_in_a_step_count_twice_and_late_ones_not_at_all():
    trial = Spikes([0.1, 0.2, 3.0, 5.0], units=[1, 1, 0, 0], n_units=2, duration=6)
    samples = samples_from_spikes([trial], [0], steps=4)
    assert samples.units.tolist() == [1, 1, 0] and samples.start.tolist() == [[0, 2, 2, 2, 3]]


def test_poisson_patterns_have_their_rate():
    samples = poisson_patterns(200, 50, 3, 100, rate=20.0, rng=np.random.default_rng(2))
    expected = 200 * 50 * 100 * 0.02
    assert abs(samples.units.size - expected) < 5 * np.sqrt(expected)
    assert set(samples.labels) == {0, 1, 2}


def test_bad_arguments_are_named():
    samples = samples_from_raster(RASTER, LABELS)
    for call, message in (
        (
            lambda: samples_from_raster(RASTER[0], LABELS),
            r"raster must have shape \(samples, steps, inputs\)",
        ),
        (lambda: samples_from_raster(2 * RASTER, LABELS), "raster must hold 0 and 1 only"),
        (lambda: samples_from_raster(RASTER, [0, 1]), "labels must be 3 whole numbers, one for each sample"),
        (lambda: samples_from_raster(RASTER, [0.0, 1.0, 2.0]), "labels must be 3 whole numbers"),
        (lambda: samples_from_times([[-1.0]], [0], 4), "times must be zero or later, got -1"),
        (lambda: samples_from_times([1.0], [0], 4), r"times must have shape \(samples, inputs\)"),
        (lambda: samples_from_spikes([], [], 4), "trials must be Spikes with the same number of units"),
        (
            lambda: poisson_patterns(rate=2000.0, rng=np.random.default_rng(1)),
            "rate must be at most one spike",
        ),
        (lambda: samples.raster(3), "sample must be below 3, the number of samples, got 3"),
        (lambda: check_samples(samples, 5, 2), "labels must be from 0 to 1, one for each output, got 2"),
        (lambda: check_samples(samples, 4, 3), "as many inputs as the network .4., got 5"),
    ):
        with pytest.raises(ValueError, match=message):
            call()


def test_some_of_the_samples_with_their_own_spikes():
    given = np.random.default_rng(1).random((6, 5, 4)) < 0.4
    samples = samples_from_raster(given, np.arange(6))
    assert len(samples) == samples.n_samples == 6 and samples._replace(n_inputs=9).n_inputs == 9
    for which in (slice(1, 5, 2), [4, 0, 4], np.arange(6) > 2, -1, []):
        part, chosen = samples.take(which), np.atleast_1d(np.arange(6)[which])
        assert part.labels.tolist() == chosen.tolist() and part.units.size == given[chosen].sum()
        assert all(np.array_equal(part.raster(k), given[n]) for k, n in enumerate(chosen))
    again = samples.take([2, 0]).concatenate(samples.take([5]), samples.take([]))
    assert again.labels.tolist() == [2, 0, 5]
    assert all(np.array_equal(again.raster(k), given[n]) for k, n in enumerate([2, 0, 5]))
    train, test = samples.split(0.5, rng=np.random.default_rng(1))
    assert len(train) == len(test) == 3
    assert sorted([*train.labels, *test.labels]) == list(range(6))


@pytest.mark.parametrize(
    ("call", "kind", "sentence"),
    [
        (lambda s: s.take([7]), IndexError, r"which must choose samples from 0 to 2, got \[7\]"),
        (lambda s: s.take([[0]]), IndexError, r"which must be a slice or a list, got shape \(1, 1\)"),
        (lambda s: s.split(1.5, rng=np.random.default_rng(1)), ValueError, "share must be between 0 and 1"),
        (lambda s: s.split(0.5, rng=1), TypeError, "rng must be a numpy.random.Generator such as"),
        (
            lambda s: s.concatenate(s._replace(n_inputs=9)),
            ValueError,
            "others must have 2 steps and 4 inputs",
        ),
        (lambda s: s.concatenate([s]), TypeError, "samples must be Samples, got list"),
        (lambda s: s._replace(start=s.start + 99).raster(0), ValueError, "start must be at most the number"),
    ],
)
def test_parts_that_are_not_there_are_named(call, kind, sentence):
    with pytest.raises(kind, match=sentence):
        call(samples_from_raster(np.ones((3, 2, 4)), [0, 1, 2]))
