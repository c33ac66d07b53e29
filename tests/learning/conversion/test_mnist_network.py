"""The network that is kept: what it knows, and that its script makes it."""

import numpy as np
import pytest
from learning.conversion.write_mnist_network import (
    PERCENTILE,
    SEED,
    to_whole,
    trained_anew,
    turned_about,
)

from snnlab.data import load_mnist_5k
from snnlab.learning.conversion.converted import run_converted
from snnlab.learning.conversion.layers import activation_scales, activations
from snnlab.learning.conversion.mnist_network import UNIT, as_layers, shrunk, spiking_on_mnist, whole_weights


def test_it_knows_digits_that_it_has_not_seen_with_spikes_as_without():
    mnist = load_mnist_5k()
    x = shrunk(mnist.x_test / mnist.white)
    plain = np.mean(activations(spiking_on_mnist(), x)[-1].argmax(axis=1) == mnist.y_test)
    spiking = np.mean(run_converted(spiking_on_mnist(), x, 100).named[-1] == mnist.y_test)
    assert plain > 0.95 and abs(spiking - plain) < 0.01


def test_whole_weights_are_the_layers():
    again = to_whole(spiking_on_mnist())
    for name, w in whole_weights()._asdict().items():
        np.testing.assert_array_equal(w, getattr(again, name))
    assert np.log2(UNIT) % 1 == 0  # so that sums are exact


def test_its_layers_were_scaled_by_what_they_say_to_the_images_of_the_script():
    """Weights are rounded, and these are the first of ten copies: the percentile is 1 to within 3 %."""
    x, _ = turned_about(np.random.default_rng(SEED), copies=1)
    np.testing.assert_allclose(activation_scales(spiking_on_mnist(), x, PERCENTILE), 1.0, atol=0.03)


@pytest.mark.nightly
def test_trained_anew_it_names_the_same_digits():
    """Other machines add up in another order, which training makes larger: names are compared."""
    mnist = load_mnist_5k()
    x = shrunk(mnist.x_test / mnist.white)
    kept, anew = (
        activations(layers, x)[-1].argmax(axis=1)
        for layers in (spiking_on_mnist(), as_layers(trained_anew()))
    )
    assert np.mean(kept == anew) > 0.97


def test_images_of_another_size_are_refused():
    with pytest.raises(ValueError, match=r"images must have shape \(images, 28, 28\), got \(1, 8, 8\)"):
        shrunk(np.zeros((1, 8, 8)))
