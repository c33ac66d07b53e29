"""A converted network: charge is kept in every layer, the first is within one spike, deeper ones are not."""

import numpy as np
import pytest
from learning.conversion.test_layers import random_layers

from snnlab.learning.conversion.converted import count_errors, run_converted
from snnlab.learning.conversion.layers import Layers, activation_scales, activations, rescaled
from snnlab.learning.conversion.rate_neuron import RateNeuron, simulate_rate_neuron

STEPS = 60


@pytest.fixture(scope="module")
def scaled():
    layers, x = random_layers(12, 30, 30, 30, 5), np.random.default_rng(6).random((40, 12))
    return rescaled(layers, activation_scales(layers, x, 100)), x


def test_the_first_layer_is_the_single_neuron(scaled):
    layers, x = scaled
    drive = x @ layers.weights[0].T + layers.biases[0]
    for subtract in (True, False):
        run = run_converted(layers, x, STEPS, subtract=subtract, v_0=0.25)
        for sample, neuron in ((0, 0), (7, 3), (39, 29)):
            alone = simulate_rate_neuron(
                np.full(STEPS, drive[sample, neuron]), RateNeuron(v_0=0.25, subtract=subtract)
            )
            assert run.counts[0][sample, neuron] == alone.n
            assert run.v[0][sample, neuron] == pytest.approx(alone.v[-1], abs=1e-9)


def test_charge_is_kept_in_every_layer(scaled):
    layers, x = scaled
    run = run_converted(layers, x, STEPS, v_0=0.5)
    before = [x, *(count / STEPS for count in run.counts)]
    for k, count in enumerate(run.counts):
        mean = before[k] @ layers.weights[k].T + layers.biases[k]
        np.testing.assert_allclose(count / STEPS, mean - (run.v[k] - 0.5) / STEPS, atol=1e-12)
    np.testing.assert_allclose(run.y, before[-1] @ layers.weights[-1].T + layers.biases[-1], atol=1e-12)


def test_the_first_layer_is_within_a_spike_and_deeper_ones_are_not(scaled):
    layers, x = scaled
    run = run_converted(layers, x, STEPS)
    errors = count_errors(run, activations(layers, x)[:-1])
    assert np.abs(errors[0]).max() <= 1 + 1e-9
    assert np.abs(errors[1]).max() > 1.5 and np.abs(errors[2]).max() > 1.5
    # and it is where charge was left over or overdrawn: a potential outside of 0 to 1
    inside = (run.v[1] >= 0) & (run.v[1] < 1)
    assert inside.any() and not inside.all()


def test_a_spike_is_not_taken_back():
    """A rate of 0 is meant. The negative input comes after three positive ones: three spikes all the same."""
    both = Layers(
        (np.array([[1.0], [1.0]]), np.array([[1.0, -1.0]]), np.ones((1, 1))),
        (np.array([0.0, 0.0]), np.zeros(1), np.zeros(1)),
    )
    together = run_converted(both, [[0.25]], 8)
    assert together.counts[0].tolist() == [[2, 2]] and together.counts[1].tolist() == [[0]]
    late = Layers((np.array([[1.0], [0.25]]), np.array([[1.0, -4.0]]), np.ones((1, 1))), both.biases)
    run = run_converted(late, [[1.0]], 8)
    assert activations(late, [[1.0]])[1].tolist() == [[0.0]]
    assert run.counts[1].tolist() == [[3]]
    assert run.v[1].tolist() == [[-3.0]]  # n = 0 T - (v(T) - v(0))


def test_a_start_at_half_a_threshold_halves_the_error_of_the_first_layer(scaled):
    layers, x = scaled
    hidden = activations(layers, x)[:-1]
    errors = [
        np.abs(count_errors(run_converted(layers, x, STEPS, v_0=v_0), hidden)[0]).max() for v_0 in (0.0, 0.5)
    ]
    assert errors[1] <= 0.5 + 1e-9 < errors[0]


def test_poisson_input_has_its_own_noise(scaled):
    layers, x = scaled
    analog = run_converted(layers, x, 400)
    poisson = run_converted(layers, x, 400, rng=np.random.default_rng(1))
    hidden = activations(layers, x)[:-1]
    off = [np.abs(count_errors(run, hidden)[0]).mean() for run in (analog, poisson)]
    assert off[0] < 1 < off[1]
    drive = x @ layers.weights[0].T + layers.biases[0]
    # the potential without reset is a sum of independent Bernoulli inputs
    sd = np.sqrt(400 * (x * (1 - x)) @ (layers.weights[0] ** 2).T)
    total = poisson.counts[0] + poisson.v[0]
    assert np.std((total - 400 * drive) / sd) == pytest.approx(1.0, abs=0.15)


def test_an_answer_is_there_from_the_first_spikes_on(scaled):
    layers, x = scaled
    run = run_converted(layers, x, STEPS)
    assert run.named.shape == (STEPS, 40) and (np.diff(run.spikes) >= 0).all()
    assert (run.named[-1] == run.y.argmax(axis=1)).all()
    assert (run.first[0] <= run.first[1]).all() and np.nanmin(run.first) >= 1
    assert run.spikes[-1] == sum(count.sum() for count in run.counts) / 40


def test_the_unfinished_run_is_the_beginning_of_the_finished_one(scaled):
    layers, x = scaled
    short, long = run_converted(layers, x, 10), run_converted(layers, x, STEPS)
    assert (short.named == long.named[:10]).all() and (short.spikes == long.spikes[:10]).all()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"steps": 0}, "steps must be at least 1, got 0"),
        ({"x": np.ones((1, 3))}, "x must have 12 columns, one an input, got 3"),
        ({"x": np.ones((0, 12))}, "x must have at least one sample, got none"),
        (
            {"x": np.full((1, 12), 1.5), "rng": np.random.default_rng(1)},
            "x must be between 0 and 1 for Poisson input, got 1.5 to 1.5",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(scaled, change, sentence):
    with pytest.raises(ValueError, match=sentence):
        run_converted(**{"layers": scaled[0], "x": scaled[1], "steps": 5, **change})
