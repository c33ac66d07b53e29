"""Mistakes that are recognised from the numbers alone."""

import numpy as np
import pytest

from snnlab.course.judging.diagnose import close, general_mistake, suspects_of_one

RIGHT = np.array([3.7, 11.25, 0.0, 42.125, 7.3])
TABLE = np.arange(6.0).reshape(3, 2) ** 2

WRONG = [
    ("sign", -RIGHT, RIGHT, "mV", "sign is wrong"),
    ("reversed", RIGHT[::-1], RIGHT, "", "opposite order"),
    ("transposed", TABLE.T, TABLE, "", "rows and columns"),
    ("transposed", TABLE[:2].T, TABLE[:2], "", "rows and columns"),
    ("units", RIGHT / 1000, RIGHT, "ms", "in s. The answer is wanted in ms"),
    ("units", RIGHT * 1000, RIGHT, "nA", "in pA. The answer is wanted in nA"),
    ("units", RIGHT * 1000, RIGHT, "", "1000 times too large"),
    ("units", RIGHT / 1e6, RIGHT, "mV", "1000000 times too small"),
    ("units", RIGHT * 100, RIGHT, "", "100 times too large"),
    ("log10", RIGHT / np.log(10), RIGHT, "ms", "np.log"),
    ("twice", RIGHT * 2, RIGHT, "", "twice"),
    ("half", RIGHT / 2, RIGHT, "", "half"),
    ("reciprocal", 1000 / RIGHT[[0, 1, 3]], RIGHT[[0, 1, 3]], "Hz", "upside down"),
    ("off by one", np.r_[0, RIGHT[:-1]], RIGHT, "", "one step too late"),
    ("off by one", np.r_[RIGHT[1:], 0], RIGHT, "", "one step too early"),
    ("off by one", np.r_[0, RIGHT], RIGHT, "", "one element too many at the start"),
    ("off by one", np.r_[RIGHT, 1], RIGHT, "", "one element too many at the end"),
    ("off by one", RIGHT[1:], RIGHT, "", "one element too few at the start"),
    ("off by one", RIGHT[:-1] + 1, RIGHT, "", "one element too few: 4 where 5"),
    ("rounded", np.round(RIGHT), RIGHT, "", "whole numbers"),
    ("rounded", np.round(RIGHT, 1), RIGHT, "", "one decimal"),
    ("rounded", np.array([19.0, 0.043]), np.array([19.4957, 0.04271]), "", "two digits"),
    ("rounded", np.array(150_000.0), np.array(153_616.0), "", "one digit more"),
    ("cut", np.floor(RIGHT), RIGHT, "", "decimals are cut off"),
    ("offset", RIGHT - 65, RIGHT, "mV", "65 mV too small"),
    ("offset", RIGHT + 12, RIGHT, "°", "Every number is 12° too large"),
    ("zero", np.zeros(5), RIGHT, "", "0 everywhere"),
    ("nearly", RIGHT * 1.02, RIGHT, "", "2 % off"),
    ("nan", np.where(RIGHT > 10, np.nan, RIGHT), RIGHT, "", "2 of 5 numbers are NaN"),
    ("infinite", RIGHT + np.array([0, 0, 0, np.inf, 0]), RIGHT, "", "1 of 5 numbers is infinite"),
    ("shape", RIGHT[:, None], RIGHT, "", "shape is (5, 1) and should be (5,)"),
    ("shape", np.zeros((2, 2)), RIGHT, "", "shape is (2, 2) and should be (5,)"),
    ("shape", RIGHT, np.array(3.0), "", "One number is wanted"),
    ("shape", np.array([27.0, 5.0]), np.array(27.5), "ms", "Is there a decimal comma? Write a point."),
    ("shape", np.array(3.0), RIGHT, "", "shape is () and should be (5,)"),
]


@pytest.mark.parametrize(("name", "got", "right", "unit", "words"), WRONG)
def test_a_mistake_is_named(name, got, right, unit, words):
    found = general_mistake(np.asarray(got), right, unit)
    assert found is not None
    assert found[0] == name and words in found[1]


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_nothing_is_claimed_of_numbers_that_are_just_wrong(scale):
    rng = np.random.default_rng(1)
    for _ in range(200):
        got, right = rng.uniform(0.1, 1, size=(2, 4)) * scale
        if np.abs(got - right).max() > 0.05 * right.max():
            assert general_mistake(got, right) is None


def test_nothing_is_claimed_where_all_is_zero():
    assert general_mistake(np.ones(3), np.zeros(3)) is None


def test_close_is_relative_except_at_zero():
    assert close(np.array([1.009, 0.0]), np.array([1.0, 0.0]), 0.01)
    assert not close(np.array([1.011, 0.0]), np.array([1.0, 0.0]), 0.01)
    assert close(np.array([1.0, 1e-6]), np.array([1.0, 0.0]), 0.01)
    assert not close(np.array([1.0, 1e-3]), np.array([1.0, 0.0]), 0.01)
    assert not close(np.array([1.0]), np.array(1.0), 0.01)


def test_each_number_is_close_by_its_own_size():
    right = np.array([1e4, 1.0, 1e-6])
    assert close(right * [1.009, 0.991, 1.009], right, 0.01)
    for k in range(3):
        assert not close(right * (1 + 0.011 * np.eye(3)[k]), right, 0.01)
    assert close(np.array([1.0, 0.0]), np.array([1.0, 1e-17]), 0.01)  # the rounding of a sum


def test_nothing_is_rounded_to_zero():
    assert general_mistake(np.zeros(2), np.array([0.001, 0.3]))[0] in ("cut", "zero")


def test_one_wrong_number_of_several_is_named():
    right = np.array([18.2, 0.0052])
    found = {suspect.hint: suspect for suspect in suspects_of_one(right, "", 0.02)}
    hint = "Look at number 2, the rest is right. The digits are right, but this is 1000 times too large."
    suspect = found[hint]
    assert close(np.array([18.3, 5.2]), suspect.answer, suspect.tolerance)
    assert not close(np.array([18.8, 5.2]), suspect.answer, suspect.tolerance)  # the rest must be right
    assert not close(np.array([18.2, 5.3]), suspect.answer, suspect.tolerance)
    assert not close(np.array([np.nan]), np.array([1.0]), 0.01)
