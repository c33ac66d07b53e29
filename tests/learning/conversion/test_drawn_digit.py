"""A drawn digit: the kernel is the library's converted network, and at least eight of ten are named."""

import math

import numpy as np
import pytest

from snnlab.data.drawings import load_drawings
from snnlab.learning.conversion.converted import run_converted
from snnlab.learning.conversion.drawn_digit import LONGEST, drawn_digit
from snnlab.learning.conversion.layers import activations
from snnlab.learning.conversion.mnist_network import spiking_on_mnist
from snnlab.learning.conversion.pen_picture import pen_picture


@pytest.mark.parametrize("v_0", [0.0, 0.25, 0.5])
def test_it_is_the_library_s_converted_network(v_0):
    """Whole weights and grey levels make every sum exact, so that not a spike differs."""
    layers = spiking_on_mnist()
    for strokes in load_drawings():
        x = pen_picture(strokes).reshape(1, -1)
        run = run_converted(layers, x, LONGEST, v_0=v_0)
        for steps in (1, 7, LONGEST):
            seen = drawn_digit(strokes, steps, v_0)
            assert seen.named == run.named[steps - 1, 0] and seen.spikes == run.spikes[steps - 1]
            assert np.isnan(seen.said[:, steps:]).all() and np.isfinite(seen.said[:, :steps]).all()
            named = run.named[:steps, 0]
            np.testing.assert_array_equal(seen.said[:, :steps].argmax(axis=0), named)
            assert seen.since == 2 + max(np.flatnonzero(named != named[-1]), default=-1)
        np.testing.assert_array_equal(seen.said[:, -1], run.y[0])
        last, next_one = np.sort(run.y[0])[[-1, -2]]
        assert seen.lead == last - next_one
        assert seen.plain == activations(layers, x)[-1].argmax()
        np.testing.assert_array_equal(seen.picture[::-1].reshape(-1), x[0])


def test_at_least_eight_of_ten_drawn_digits_are_named():
    named = [drawn_digit(strokes).named for strokes in load_drawings()]
    assert sum(name == digit for digit, name in enumerate(named)) >= 8, named


def test_of_nothing_nothing_is_said():
    seen = drawn_digit("")
    assert all(math.isnan(x) for x in (seen.named, seen.plain, seen.since, seen.lead))
    assert seen.spikes == 0 and np.isnan(seen.said).all() and not seen.picture.any()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"steps": 101}, "steps must be at most 100, got 101"),
        ({"steps": 0}, "steps must be at least 1, got 0"),
        ({"v_0": math.nan}, "v_0 must be finite, got nan"),
        ({"strokes": "00"}, "a drawing must be points of four letters a to z or digits"),
    ],
)
def test_bad_input_names_argument_rule_and_value(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        drawn_digit(**{"strokes": "0000", **change})
