"""The fit: it finds what a simulated camera was given, and the numbers of N-MNIST are its answer."""

import numpy as np
import pytest

from snnlab.coding.camera.event_pixel import EventPixel
from snnlab.coding.camera.fit_saccades import correlation, fit_pixel, fit_saccades
from snnlab.coding.camera.saccades import NMNIST, NMNIST_PIXEL, TUNING, Saccades, saccade_events
from snnlab.data import Events, load_mnist_5k, load_nmnist_100


@pytest.fixture(scope="module")
def tuning():
    digits, images = load_nmnist_100(), load_mnist_5k().x_train / 255
    assert np.bincount(digits.labels[list(TUNING)]).tolist() == [2] * 10
    return [digits.recordings[k] for k in TUNING], images[digits.image[list(TUNING)]]


def test_a_simulated_camera_is_found_again():
    images = load_mnist_5k().x_train[:4] / 255
    shown = Saccades(-2.2, -1.4, -0.3, 2.8, 1.9, -1.1, blur=0.7, ink=0.3)
    seen = [saccade_events(image, shown, EventPixel(0.02, 0.02)) for image in images]
    found, alike = fit_saccades(seen, images)
    assert alike > 0.999
    assert found[:6] == pytest.approx(shown[:6], abs=0.1) and found.blur == pytest.approx(0.7, abs=0.1)
    pixel = EventPixel(0.3, 0.2, 2.0)
    thresholds = fit_pixel([saccade_events(image, shown, pixel) for image in images], images, shown)
    assert thresholds == pytest.approx(pixel, rel=0.05)


def test_the_numbers_of_the_package_are_those_of_the_fit(tuning):
    """From a rough guess, on the twenty recordings and no others."""
    found, alike = fit_saccades(*tuning)
    assert found == pytest.approx(NMNIST, abs=0.005) and alike > 0.9
    pixel = fit_pixel(*tuning, NMNIST)
    assert pixel == pytest.approx(NMNIST_PIXEL, abs=0.01)  # one can make up for the other, nearly


def test_another_beginning_ends_at_the_same_triangle(tuning):
    found, _ = fit_saccades(*tuning, Saccades(-2.0, -2.5, -0.5, 3.0, 2.0, -2.0, blur=0.8, ink=0.3))
    assert found[:6] == pytest.approx(NMNIST[:6], abs=0.1)


def test_a_correlation_is_numpy_s():
    a, b = np.random.default_rng(1).normal(size=(2, 30))
    assert correlation(a, b) == pytest.approx(np.corrcoef(a, b)[0, 1])
    assert np.isnan(correlation(a, np.zeros(30)))


def test_bad_input_is_named():
    events, image = Events(*np.zeros((4, 0))), np.zeros((28, 28))
    for call, sentence in (
        (
            lambda: fit_saccades([events], [image, image]),
            r"images must be as many as recordings \(1, at least 1\)",
        ),
        (
            lambda: fit_saccades([], np.zeros((0, 28, 28))),
            r"images must be as many as recordings \(0, at least 1\)",
        ),
        (lambda: fit_pixel([events], image, NMNIST), r"images must have shape \(recordings, rows, columns\)"),
    ):
        with pytest.raises(ValueError, match=sentence):
            call()
