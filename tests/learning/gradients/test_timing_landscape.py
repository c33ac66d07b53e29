"""The loss against one weight: stairs, a smooth hill with its slope, and the line that a surrogate claims."""

import numpy as np
import pytest

from snnlab.learning import timing_loss
from snnlab.learning.gradients.timing_landscape import timing_landscape, timing_task


@pytest.fixture(scope="module")
def task():
    return timing_task(rng=np.random.default_rng(8))


@pytest.fixture(scope="module")
def seen(task):
    return timing_landscape([0.1, *task[0][1:]], *task[1:])


def test_the_task_can_be_solved(task):
    w, inputs, wanted = task
    assert inputs.n_units == 8 and inputs.duration == 100.0 and w[0] == 0.35
    assert timing_loss(w, inputs, wanted).loss == 0.0
    assert timing_task(first=0.0, rng=np.random.default_rng(8)).wanted.n_spikes < wanted.n_spikes


def test_the_loss_of_the_spiking_neuron_is_made_of_stairs(seen):
    """Where the weight is that of the task it is 0; from stair to stair the spikes differ."""
    steps = np.diff(seen.hard)
    assert np.mean(steps == 0) > 0.7 and np.abs(steps[steps != 0]).min() > 1e-3
    assert seen.hard[np.abs(seen.weights - 0.35).argmin()] == 0.0


def test_the_slope_of_the_relaxed_loss_is_honest(task):
    """What is gained between two weights is the integral of the slope (Simpson, over two intervals)."""
    near = timing_landscape(*task, lowest=0.0, highest=0.2)
    h, slope = near.weights[1] - near.weights[0], near.slope
    gained = h / 3 * (slope[:-2] + 4 * slope[1:-1] + slope[2:])
    np.testing.assert_allclose(near.relaxed[2:] - near.relaxed[:-2], gained, atol=1e-11)


@pytest.mark.parametrize("k", [0, 120, 250])
def test_each_weight_has_its_own_run(task, seen, k):
    w = [seen.weights[k], *task[0][1:]]
    hard, soft = timing_loss(w, *task[1:]), timing_loss(w, *task[1:], relaxed=True)
    assert (seen.hard[k], seen.surrogate[k]) == (hard.loss, hard.gradient[0])
    assert (seen.relaxed[k], seen.slope[k]) == (soft.loss, soft.gradient[0])


def test_the_neuron_that_is_shown_has_its_weight_and_its_line(task, seen):
    run = timing_loss([0.1, *task[0][1:]], *task[1:])
    np.testing.assert_array_equal(seen.v, run.v)
    np.testing.assert_array_equal(seen.times, run.spikes.times)
    assert (seen.n, seen.loss, seen.says) == (run.spikes.n_spikes, run.loss, run.gradient[0])
    near = np.abs(seen.weights - 0.1) < 0.049
    expected = run.loss + run.gradient[0] * (seen.weights[near] - 0.1)
    np.testing.assert_allclose(seen.line[near], expected)
    assert np.isnan(seen.line[np.abs(seen.weights - 0.1) > 0.051]).all()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"width": 0.0}, "width must be positive and finite, got 0"),
        ({"lowest": 1.0}, "highest must be above lowest (1), got 0.8"),
    ],
)
def test_bad_input_names_argument_rule_and_value(task, wrong, sentence):
    with pytest.raises(ValueError) as failure:
        timing_landscape(*task, **wrong)
    assert str(failure.value) == sentence
