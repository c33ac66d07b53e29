"""Exponents by which both parts of the error fall, and what ends the fall."""

import numpy as np
import pytest

from snnlab.coding.nef.errors_by_size import errors_by_size, exponents

SIZES = [8, 16, 32, 64, 128, 256]


@pytest.fixture(scope="module")
def errors():
    return {reg: errors_by_size(SIZES, reg) for reg in (0.1, 0.01)}


def test_errors_fall_with_the_number_of_neurons(errors):
    distortion, noise = exponents(SIZES, errors[0.1])
    assert distortion == pytest.approx(-1.8, abs=0.2) and noise == pytest.approx(-1.0, abs=0.15)
    assert exponents(SIZES, errors[0.01])[0] == pytest.approx(-2.05, abs=0.2)


def test_the_fall_is_no_power_law_and_regularisation_is_what_ends_it(errors):
    few, many = (exponents(SIZES[part], errors[0.1][part])[0] for part in (slice(3), slice(3, 6)))
    assert few < many - 0.5
    assert exponents(SIZES[3:], errors[0.01][3:])[0] < many - 0.1  # the control: less regularisation


def test_runs_with_other_populations_are_parts_of_a_longer_one():
    parts = [errors_by_size([4, 9], populations=3, first=first) for first in (0, 3)]
    np.testing.assert_allclose(np.mean(parts, axis=0), errors_by_size([4, 9], populations=6))
    assert not np.isclose(*parts, atol=0).any()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: errors_by_size([0]), "sizes must be at least 1, got 0"),
        (lambda: errors_by_size([4], populations=0), "populations must be at least 1, got 0"),
        (lambda: errors_by_size([4], first=-1), "first must be at least 0, got -1"),
        (lambda: exponents([1.0], np.ones((1, 1))), "errors must have a row for each of at least two sizes"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
