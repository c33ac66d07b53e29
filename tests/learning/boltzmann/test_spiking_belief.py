"""The spiking network against the rates that the formula expects of it."""

import numpy as np
import pytest

from snnlab.learning.boltzmann.belief_network import UNIT, activity, siegert_units
from snnlab.learning.boltzmann.spiking_belief import poisson_pixels, run_spiking_belief
from snnlab.learning.conversion.layers import Layers
from snnlab.neurons import LIF

SLOW = LIF(tau_m=20.0, r_m=1.0, v_rest=0.0, v_reset=0.0, v_th=1.0, t_ref=10.0)


def with_sums(*weights, biases, readout):
    """Hidden layers, and a readout without bias."""
    readout = np.atleast_2d(readout)
    return Layers((*weights, readout), (*biases, np.zeros(len(readout))))


def one_layer(jump, pixels=60, neurons=6, seed=1):
    """Weights around a jump, so that the neurons fire at middle rates."""
    rng = np.random.default_rng(seed)
    w = rng.choice([-jump, jump], (neurons, pixels), p=[0.3, 0.7])
    return with_sums(w, biases=[np.full(neurons, 0.3)], readout=np.ones(neurons)), rng.random((4, pixels))


def test_small_jumps_fire_as_siegert_says_and_large_ones_do_not():
    """One layer of Poisson inputs, 50 s; the control has ten times larger jumps, and fewer inputs."""
    layers, x = one_layer(0.05)
    units = siegert_units(SLOW, exact=True)
    run = run_spiking_belief(layers, x, [50_000.0], SLOW, rng=np.random.default_rng(2))
    expected = activity(layers, x, units)[0]
    assert expected.min() > 0.05 and expected.max() < 0.6
    np.testing.assert_allclose(run.activity[0], expected, rtol=0.1)
    coarse, x = one_layer(0.5, pixels=6)
    off = run_spiking_belief(coarse, x, [50_000.0], SLOW, rng=np.random.default_rng(2)).activity[0]
    assert np.mean(activity(coarse, x, units)[0] - off) > 0.03


def test_the_next_layer_hears_the_spikes_themselves():
    """A neuron that hears one other with a jump beyond its threshold repeats it spike by spike."""
    layers = with_sums(
        np.array([[0.4, 0.3]]), np.array([[1.5]]), biases=[np.array([0.2]), np.zeros(1)], readout=[1.0]
    )
    run = run_spiking_belief(layers, [[1.0, 0.5]], [5000.0], SLOW, rng=np.random.default_rng(1))
    assert run.activity[0][0, 0] == run.activity[1][0, 0] > 0.05
    assert run.fired == pytest.approx(2 * run.activity[0][0, 0] * 500)


def test_the_answer_is_the_largest_sum_at_each_time():
    """A neuron that repeats its pixel, against a bias of half its rate: the sum is above it, or below."""
    layers = Layers((np.array([[2.0]]), np.array([[1.0], [0.0]])), (np.zeros(1), np.array([0.0, 0.25])))
    run = run_spiking_belief(layers, [[1.0], [0.1]], [1.0, 20_000.0], SLOW, rng=np.random.default_rng(1))
    assert run.named.shape == (2, 2) and run.named.dtype == np.int64
    assert run.named[0].tolist() == [1, 1]  # nobody has fired yet
    assert run.named[1].tolist() == [0, 1]
    assert run.heard == pytest.approx(1100, abs=120)


def test_an_answer_counts_the_spikes_until_its_time():
    """Read in the middle of a second it is the answer of half a second, of the same input spikes."""
    layers, x = one_layer(0.1)
    layers = Layers((layers.weights[0], np.eye(6)), (layers.biases[0], np.zeros(6)))
    run = run_spiking_belief(layers, x, [1000.0, 4000.0], SLOW, rng=np.random.default_rng(3))
    assert (run.named[1] == run.activity[0].argmax(axis=1)).all()


def test_pixels_are_poisson_at_their_brightness():
    image = np.array([0.0, 0.25, 1.0])
    spikes = poisson_pixels(image, 200_000.0, rng=np.random.default_rng(3))
    assert spikes.n_units == 3 and spikes[0].size == 0
    for k in (1, 2):
        expected = image[k] * 20_000
        assert abs(spikes[k].size - expected) < 4 * np.sqrt(expected)
        gaps = np.diff(spikes[k])
        assert gaps.std() / gaps.mean() == pytest.approx(1.0, abs=4 / np.sqrt(gaps.size))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"x": [[0.5]]}, "x must have 2 columns, one a pixel, got 1"),
        ({"x": [[0.5, 2.0]]}, "x must be between 0 and 1, at least one sample"),
        ({"times": [0.0]}, "times must be positive and rising, at least one"),
        ({"times": [2.0, 1.0]}, "times must be positive and rising, at least one"),
        ({"times": []}, "times must be positive and rising, at least one"),
        ({"layers": Layers((np.ones((1, 2)),), (np.zeros(1),))}, "a hidden layer and a readout, got 1"),
        ({"neuron": LIF(t_ref=0.0)}, "t_ref must be above 0 for a highest rate, got 0"),
        ({"neuron": UNIT._replace(v_reset=-1.0)}, "v_reset must be v_rest"),
    ],
)
def test_bad_input_is_named(change, sentence):
    arguments = {
        "layers": with_sums(np.ones((1, 2)), biases=[np.zeros(1)], readout=[1.0]),
        "x": [[0.5, 0.5]],
        **change,
    }
    with pytest.raises(ValueError, match=sentence):
        run_spiking_belief(**arguments, rng=np.random.default_rng(1))


def test_bad_pixels_are_named():
    with pytest.raises(ValueError, match="image must be between 0 and 1, got -1 to 0"):
        poisson_pixels([-1.0, 0.0], 10.0, rng=np.random.default_rng(1))
