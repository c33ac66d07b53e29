"""The loss against one weight: stairs, a smooth hill with its slope, and the line that a surrogate claims."""

import numpy as np
import pytest

from snnlab.learning import timing_loss
from snnlab.learning.gradients.timing_landscape import timing_landscape, timing_task

W, INPUTS, WANTED = timing_task(rng=np.random.default_rng(8))
SEEN = timing_landscape([0.1, *W[1:]], INPUTS, WANTED)


def test_the_task_can_be_solved():
    assert INPUTS.n_units == 8 and INPUTS.duration == 100.0 and W[0] == 0.35
    assert timing_loss(W, INPUTS, WANTED).loss == 0.0
    assert timing_task(first=0.0, rng=np.random.default_rng(8)).wanted.n_spikes < WANTED.n_spikes


def test_the_loss_of_the_spiking_neuron_is_made_of_stairs():
    """Where the weight is that of the task it is 0; from stair to stair the spikes differ."""
    steps = np.diff(SEEN.hard)
    assert np.mean(steps == 0) > 0.7 and np.abs(steps[steps != 0]).min() > 1e-3
    assert SEEN.hard[np.abs(SEEN.weights - 0.35).argmin()] == 0.0


def test_the_slope_of_the_relaxed_loss_is_honest():
    """What is gained between two weights is the integral of the slope (Simpson, over two intervals)."""
    near = timing_landscape(W, INPUTS, WANTED, lowest=0.0, highest=0.2)
    h, slope = near.weights[1] - near.weights[0], near.slope
    gained = h / 3 * (slope[:-2] + 4 * slope[1:-1] + slope[2:])
    np.testing.assert_allclose(near.relaxed[2:] - near.relaxed[:-2], gained, atol=1e-11)


@pytest.mark.parametrize("k", [0, 120, 250])
def test_each_weight_has_its_own_run(k):
    w = [SEEN.weights[k], *W[1:]]
    hard, soft = timing_loss(w, INPUTS, WANTED), timing_loss(w, INPUTS, WANTED, relaxed=True)
    assert (SEEN.hard[k], SEEN.surrogate[k]) == (hard.loss, hard.gradient[0])
    assert (SEEN.relaxed[k], SEEN.slope[k]) == (soft.loss, soft.gradient[0])


def test_the_neuron_that_is_shown_has_its_weight_and_its_line():
    run = timing_loss([0.1, *W[1:]], INPUTS, WANTED)
    np.testing.assert_array_equal(SEEN.v, run.v)
    np.testing.assert_array_equal(SEEN.times, run.spikes.times)
    assert (SEEN.n, SEEN.loss, SEEN.says) == (run.spikes.n_spikes, run.loss, run.gradient[0])
    near = np.abs(SEEN.weights - 0.1) < 0.049
    expected = run.loss + run.gradient[0] * (SEEN.weights[near] - 0.1)
    np.testing.assert_allclose(SEEN.line[near], expected)
    assert np.isnan(SEEN.line[np.abs(SEEN.weights - 0.1) > 0.051]).all()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"width": 0.0}, "width must be positive and finite, got 0"),
        ({"lowest": 1.0}, "highest must be above lowest (1), got 0.8"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        timing_landscape(W, INPUTS, WANTED, **wrong)
    assert str(failure.value) == sentence
