"""The numbers that the exercises of chapter 18 expect are those of the package."""

import re

import numpy as np
import pytest

from snnlab.course.exercises import find
from snnlab.learning.gates.gate import gate, gate_charge
from snnlab.learning.gates.gated_neuron import NON_LEAKY, step, step_back
from snnlab.learning.gates.pair_slope import pair_slope


def test_an_excursion_that_turns_back_half_way():
    course = np.array([0.0, 1.1, 0.9])
    passed = gate_charge(course, width=0.4).cumsum()
    heard = 0.05 * gate(np.linspace(0.0, 1.1, 1101), width=0.4).max()
    np.testing.assert_allclose(find("18.1").solution, [*passed, heard], rtol=1e-9)


def test_two_slopes_are_those_of_a_step_backwards():
    by_charge, by_current = find("18.2").solution
    v, current, ahead, width = 0.9, 2.0, 0.05, 0.4
    assert step(v, current, ahead, NON_LEAKY, width)[0] == pytest.approx(1.0)
    found = step_back(-0.20, by_charge, v, current, ahead, NON_LEAKY, width)
    assert found == pytest.approx((0.35, by_current))


def test_half_of_the_largest_slope_of_a_pair():
    """And a tenth, which is one of the mistakes."""
    seen = pair_slope(np.concatenate([np.arange(1.0, 9.0, 0.5), [16.0], np.arange(36.0, 70.0, 0.5)]))
    share, peak = seen.slope / seen.slope.max(), int(seen.slope.argmax())
    assert seen.difference[peak] == 16.0
    up, down = slice(0, peak + 1), slice(None, peak - 1, -1)  # both rise

    def between(level):
        return [np.interp(level, share[part], seen.difference[part]) for part in (up, down)]

    np.testing.assert_allclose(find("18.3").solution, between(0.5), rtol=1e-3)
    tenth = next(mistake for mistake in find("18.3").mistakes if mistake.name == "tenth")
    np.testing.assert_allclose(tenth.answer, between(0.1), rtol=0.01)


def test_what_is_to_be_plotted_has_a_difference_everywhere():
    """And one of the mistakes is the place in that array."""
    exercise = find("18.3")
    ends = re.search(r"np\.arange\((.+?), (.+?), (.+?)\)", exercise.statement).groups()
    seen = pair_slope(np.arange(*map(float, ends)))
    assert np.isfinite(seen.difference).all()
    places = next(mistake for mistake in exercise.mistakes if mistake.name == "places in the array").answer
    stand = np.interp(places, np.arange(seen.difference.size), seen.difference)
    np.testing.assert_allclose(stand, exercise.solution, rtol=1e-9)


def test_the_program_is_what_the_package_says():
    for v, centre, width in find("18.4").cases():
        np.testing.assert_allclose(
            find("18.4").solution(v, centre, width), gate_charge(v, width, centre), atol=1e-12
        )
