"""The family of sines: what is right, what is shown in its place, and which inputs say so."""

import numpy as np
import pytest

from snnlab.learning.memory.sine_tasks import (
    LEAST,
    MOST,
    SineTasks,
    TaskInputs,
    best_error,
    random_sines,
    sine_samples,
    with_values_of_others,
)


def test_a_task_is_a_sine_with_an_amplitude_and_a_phase_of_its_own():
    tasks = random_sines(4000, 3, rng=np.random.default_rng(1))
    amplitude, phase = np.hypot(tasks.sine, tasks.cosine), np.arctan2(tasks.cosine, tasks.sine)
    expected = amplitude[:, None] * np.sin(np.pi * tasks.x + phase[:, None])
    np.testing.assert_allclose(tasks.wanted, expected, atol=1e-12)
    np.testing.assert_array_equal(tasks.shown, tasks.wanted)
    for drawn, low, high in (
        (amplitude, LEAST, MOST),
        (phase, -np.pi, np.pi),
        (tasks.x, -1.0, 1.0),
    ):
        assert drawn.min() >= low and drawn.max() <= high
        sd = (high - low) / np.sqrt(12)
        assert abs(drawn.mean() - (low + high) / 2) < 4 * sd / np.sqrt(drawn.size)
        assert drawn.std() == pytest.approx(sd, rel=0.05)


def test_the_mean_of_the_values_says_nothing():
    """Over all places every task has the mean 0, so who keeps only the mean errs as who keeps nothing."""
    places = np.linspace(-1.0, 1.0, 200, endpoint=False)
    tasks = random_sines(50, rng=np.random.default_rng(1))
    tasks = tasks._replace(x=np.tile(places, (50, 1)))
    np.testing.assert_allclose(tasks.wanted.mean(axis=1), 0.0, atol=1e-12)


def test_the_best_that_can_be_made_of_no_example_and_of_one():
    """Of one it is the best of all multiples of it, whatever the distance of the places."""
    tasks = random_sines(40_000, 2, rng=np.random.default_rng(1))
    (known, wanted), away = tasks.wanted.T, np.pi * np.diff(tasks.x)[:, 0]
    assert np.mean(wanted**2) == pytest.approx(best_error(0), rel=0.02)
    rest = wanted - known * np.cos(away)
    assert np.mean(rest**2) == pytest.approx(best_error(1), rel=0.02)
    for at in np.array_split(np.argsort(away), 8):  # nothing of the rest goes along with what is known
        for feature in (known, known**3, np.abs(known)):
            assert abs(np.corrcoef(rest[at], feature[at])[0, 1]) < 5 / np.sqrt(at.size)
    assert best_error(2) == best_error(3) == 0.0


def test_two_examples_say_all_there_is_to_say():
    tasks = random_sines(20, 3, rng=np.random.default_rng(1))
    for x, wanted in zip(tasks.x, tasks.wanted, strict=True):
        both = np.stack([np.sin(np.pi * x), np.cos(np.pi * x)], 1)
        found = np.linalg.solve(both[:2], wanted[:2])
        assert both[2] @ found == pytest.approx(wanted[2], abs=1e-9)


def test_the_values_of_others_are_as_frequent_and_never_ones_own():
    tasks = random_sines(300, 20, rng=np.random.default_rng(1))
    other = with_values_of_others(tasks, rng=np.random.default_rng(2))
    np.testing.assert_array_equal(other.wanted, tasks.wanted)
    np.testing.assert_array_equal(other.x, tasks.x)
    own = np.isclose(other.shown, tasks.wanted, rtol=0, atol=1e-12)
    assert own.mean() < 0.001
    for k in (0, 7):  # each value is that of one of the other tasks at the same place
        at = np.pi * tasks.x[:, k, None]
        all_there = tasks.sine * np.sin(at) + tasks.cosine * np.cos(at)
        assert np.abs(all_there - other.shown[:, k, None]).min(axis=1).max() < 1e-12
    assert other.shown.std() == pytest.approx(tasks.shown.std(), rel=0.03)
    together = np.corrcoef(other.shown.ravel(), tasks.wanted.ravel())[0, 1]
    assert abs(together) < 4 / np.sqrt(tasks.x.size)
    assert np.corrcoef(tasks.shown.ravel(), tasks.wanted.ravel())[0, 1] == pytest.approx(1.0)


def test_of_two_tasks_each_is_shown_the_values_of_the_other():
    tasks = SineTasks(np.array([1.0, 0.0]), np.array([0.0, 0.5]), np.full((2, 3), 0.5), np.zeros((2, 3)))
    other = with_values_of_others(tasks, rng=np.random.default_rng(1))
    np.testing.assert_allclose(other.shown, [[0.0] * 3, [1.0] * 3], atol=1e-15)


def rates_of(tasks, inputs, dt):
    """How often each input fires in each part of an example, shape (tasks, examples, 2, inputs)."""
    samples, loss = sine_samples(tasks, inputs, dt)
    raster = np.array([samples.raster(k) for k in range(samples.n_samples)])
    assert np.diff(samples.start, axis=1).sum() == samples.units.size == raster.sum()  # no input twice a step
    asking, showing = round(inputs.asking / dt), round(inputs.showing / dt)
    parts = raster.reshape(*tasks.x.shape, asking + showing, -1)
    return np.stack([parts[:, :, :asking].mean(2), parts[:, :, asking:].mean(2)], 2) / dt * 1000.0, loss


def test_inputs_fire_at_the_rate_of_their_tuning_curve():
    inputs = TaskInputs(cells=9, rate=80.0, width=0.6, asking=500.0, showing=1000.0)
    tasks = random_sines(3, 4, rng=np.random.default_rng(1))
    found, _ = rates_of(tasks, inputs, 5.0)
    centres = np.linspace(-1.0, 1.0, 9)
    for part, duration in ((0, 0.5), (1, 1.0)):
        for k, values in ((0, tasks.x), (1, tasks.shown)):
            away = (values[..., None] - centres) / 0.6
            rate = 80.0 * np.where(np.abs(away) < 1, (1 - away**2) ** 2, 0.0)
            if k == 1 and part == 0:
                rate = 0.0  # nobody says the value while it is asked
            assert np.abs(found[:, :, part, 9 * k : 9 * k + 9] - rate).max() <= 1.0 / duration + 1e-9


def test_the_value_is_asked_for_at_the_end_of_each_question():
    tasks = random_sines(2, 3, rng=np.random.default_rng(1))
    _, loss = sine_samples(tasks, TaskInputs(asking=20.0, showing=10.0), 5.0)
    assert loss.asked.shape == (2, 18)
    for asked, values, wanted in zip(loss.asked, loss.values, tasks.wanted, strict=True):
        np.testing.assert_array_equal(np.flatnonzero(asked), [3, 9, 15])
        np.testing.assert_array_equal(values[asked, 0], wanted)


def test_more_than_one_spike_fits_into_a_step():
    tasks = SineTasks(np.zeros(1), np.zeros(1), np.zeros((1, 1)), np.zeros((1, 1)))
    samples, _ = sine_samples(tasks, TaskInputs(cells=1, rate=500.0, asking=50.0, showing=50.0), 5.0)
    # one input each, in the middle of its curve: 2.5 spikes a step, from half a spike on
    assert np.diff(samples.start[0]).tolist() == [3, 2, 3, 2, 3, 2, 3, 2, 3, 2] + [6, 4] * 5


def test_bad_arguments_are_named():
    rng = np.random.default_rng(1)
    one = random_sines(1, 2, rng=rng)
    for call, message in (
        (lambda: random_sines(0, rng=rng), "n_tasks must be at least 1, got 0"),
        (lambda: random_sines(2, 0, rng=rng), "examples must be at least 1, got 0"),
        (lambda: best_error(-1), "known must be at least 0, got -1"),
        (lambda: with_values_of_others(one, rng=rng), "tasks must be at least two"),
        (lambda: sine_samples(one, dt=7.0), "asking must be a whole number of steps of 7 ms, got 60"),
        (lambda: sine_samples(one, TaskInputs(showing=42.0)), "showing must be a whole number of steps"),
        (lambda: sine_samples(one, TaskInputs(cells=0)), "cells must be at least 1, got 0"),
        (lambda: sine_samples(one._replace(x=np.full((1, 2), 1.5))), "x must be from -1 to 1, got 1.5"),
        (lambda: sine_samples(one._replace(shown=np.zeros((1, 3)))), "sine, cosine, x and shown must have"),
        (lambda: sine_samples(one._replace(sine=np.full(1, np.nan))), "sine must be finite"),
    ):
        with pytest.raises(ValueError, match=message):
            call()
    with pytest.raises(TypeError, match="tasks must be SineTasks, got tuple"):
        sine_samples(tuple(one))
