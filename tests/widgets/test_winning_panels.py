"""The panels of chapter 11 against the package, beyond the start values."""

import numpy as np
import pytest
from snnlab_widgets import break_even_panel, early_answers_panel

from snnlab.data import load_digits
from snnlab.learning.conversion.digits_network import spiking_on_digits
from snnlab.learning.conversion.early_answers import early_answers
from snnlab.networks.comparisons.break_even import break_even


@pytest.mark.parametrize(
    ("memory", "fan_in", "steps", "in_memory"), [(0.0, 10, 100, 0), (7.5, 640, 3, 1), (50.0, 1000, 0, 1)]
)
def test_the_break_even_is_that_of_the_package(memory, fan_in, steps, in_memory):
    panel = break_even_panel(engine="kernel", memory=memory, fan_in=fan_in, steps=steps, in_memory=in_memory)
    for name, value in break_even(memory, fan_in, steps, bool(in_memory))._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


@pytest.mark.parametrize(("rate", "theta", "image", "seed"), [(1000, 0.2, 0, 1), (50, 3.0, 49, 7)])
def test_early_answers_are_those_of_the_package(rate, theta, image, seed):
    digits = load_digits()
    x, labels = digits.x_test[::10].reshape(50, -1) / digits.white, digits.y_test[::10]
    panel = early_answers_panel(engine="kernel", rate=rate, theta=theta, image=image, seed=seed)
    seen = early_answers(
        spiking_on_digits(), x, labels, rate, theta, image=image, rng=np.uint64(seed)
    )  # whose images are between 0 and 1, and the panel's whole numbers to 16
    for name, value in seen._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)
