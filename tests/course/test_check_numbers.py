"""Answers that are numbers, look like numbers, or only claim to."""

import fractions
import sys

import numpy as np
import pytest

from snnlab.course import check
from snnlab.course.exercises import find
from snnlab.course.judging.answers import judge
from snnlab.course.values import NotNumbers, plain_numbers
from snnlab.neurons import LIF, lif_latency

ONE, TWO = find("2.1"), find("2.3")


def equal_to_everything():
    """A class with a trap in every method that a careless checker might call, and in its metaclass."""

    def trap(*_, **__):
        raise RuntimeError("the checker asked")

    class Meta(type):
        __name__ = property(trap)
        __repr__ = __str__ = trap

    class EqualsEverything(metaclass=Meta):
        __class__ = float
        __hash__ = None
        __float__ = __int__ = __len__ = __iter__ = __bool__ = __str__ = __repr__ = __index__ = __format__ = (
            trap
        )
        __array__ = __getattr__ = __call__ = __reduce__ = __getitem__ = __lt__ = __abs__ = __sub__ = trap

        def __eq__(self, other):
            return True

    return EqualsEverything


class MyFloat(float):
    """A float that lies when it is asked."""

    def __float__(self):
        return ONE.solution


@pytest.mark.parametrize(
    "answer",
    [
        ONE.solution,
        round(ONE.solution, 1),
        np.float32(ONE.solution),
        np.float64(ONE.solution),
        np.array(ONE.solution),
        lif_latency(0.25, LIF(tau_m=30.0)),
    ],
)
def test_a_right_number_of_any_type_is_right(answer):
    assert judge(ONE, answer).right


@pytest.mark.parametrize(
    "answer", [list(TWO.solution), tuple(TWO.solution), TWO.solution, TWO.solution.astype("f4")]
)
def test_right_numbers_in_any_row_are_right(answer):
    assert judge(TWO, answer).right


NO_NUMBERS = [
    (True, "True or False"),
    (np.True_, "True or False"),
    ("27.5", "leave the quotes out"),
    (27.5 + 0j, "complex number"),
    (np.complex128(1), "complex number"),
    ({"t": 1}, "a dictionary"),
    ({27.5}, "a set"),
    (fractions.Fraction(55, 2), "a Fraction, not a number"),
    (lambda: 27.5, "call it"),
    (np.log, "an ufunc"),
    (float, "a class"),
    (iter([1]), "a list_iterator"),
    ((x for x in [1]), "yield"),
    (MyFloat(1.0), "a MyFloat, not a number"),
    (np.array(["27.5"]), "an array of str"),
    (np.array([True]), "an array of True and False"),
    (np.ma.array([27.5]), "a MaskedArray"),
    (np.zeros(2_000_000), "more than anybody asked for"),
    ([0.0] * 2_000_000, "too large"),
    (10**400, "300 digits"),
    ([[1, 2], [3]], "different lengths"),
    ([1, [2]], "mixes numbers and lists"),
    ([np.zeros(2), np.zeros(2)], "a list of arrays"),
]


@pytest.mark.parametrize(("answer", "words"), NO_NUMBERS, ids=[words for _, words in NO_NUMBERS])
def test_what_is_no_number_gets_one_sentence(answer, words):
    verdict = judge(ONE, answer)
    assert not verdict.right and verdict.reason == "type"
    assert words in verdict.message and verdict.message.startswith("Your answer is ")
    assert verdict.message.endswith((".", "?")) and "?." not in verdict.message


def test_an_object_that_claims_to_equal_everything_is_refused_unseen():
    kind = equal_to_everything()
    row = np.empty(1, dtype=object)
    row[0] = kind()
    for answer, words in (
        (kind(), "an EqualsEverything, not a number"),
        ([kind()], "an EqualsEverything, not a number"),
        (kind, "a Meta, not a number"),
        (row, "an array of object"),
    ):
        for task in (ONE, TWO, find("2.4")):
            assert words in judge(task, answer).message
        assert judge(find("2.5"), answer).reason == "no function"


def test_a_list_in_itself_ends():
    ring = []
    ring.append(ring)
    assert judge(ONE, ring).reason == "type"
    bomb = [1.0]
    for _ in range(6):
        bomb = [bomb] * 1000
    assert judge(ONE, bomb).reason == "type"


@pytest.mark.parametrize("answer", [None, ..., [..., 0.3], (0.3, ...)])
def test_dots_are_not_an_answer(answer):
    assert judge(TWO, answer).reason == "not started"


@pytest.mark.parametrize(
    ("answer", "reason", "words"),
    [
        (ONE.solution / 1000, "units", "this is in s. The answer is wanted in ms."),
        (ONE.solution * 2, "twice", "twice"),
        (27, "rounded", "whole numbers"),
        (float("nan"), "nan", "This is NaN"),
        (float("inf"), "infinite", "division by 0"),
        ([ONE.solution], "shape", "array of shape (1,)"),
        ((27, 5), "shape", "Is there a decimal comma? Write a point."),
        (100.0, "wrong", "100 ms is too large."),
        (3, "wrong", "3 ms is too small."),
    ],
)
def test_a_wrong_number_is_diagnosed(answer, reason, words):
    verdict = judge(ONE, answer)
    assert not verdict.right and verdict.reason == reason and words in verdict.message


def test_the_wrong_one_of_several_is_pointed_at():
    verdict = judge(TWO, [TWO.solution[0], 4.0])
    assert verdict.message == "1 of 2 numbers are right. Look at number 2: 4 nA is too small."


def test_the_wrong_one_of_several_may_be_a_known_mistake():
    verdict = judge(TWO, [TWO.solution[0], 1000 * TWO.solution[1]])
    assert verdict.reason == "units" and verdict.message.startswith("Look at number 2, the rest is right.")
    assert "in pA" in verdict.message


def test_a_choice_is_neither_too_large_nor_too_small():
    task = find("6.4")
    wrong = [*task.solution]
    wrong[1], wrong[3] = 2, 1
    assert judge(task, wrong).message == "4 of 6 are right. Look at number 2 again."


def test_a_number_is_measured_by_its_own_size():
    small, large = TWO.solution
    verdict = judge(TWO, [0.93 * small, 1.03 * large])
    assert verdict.message.startswith("0 of 2 numbers are right. Look at number 1")
    assert judge(TWO, [0.96 * small, 1.03 * large]).message.startswith("This is close, 4 % off at most")
    for nearly, place in (([0.96 * small, large], 1), ([small, 1.03 * large], 2)):
        assert f"1 of 2 numbers are right. Look at number {place}" in judge(TWO, nearly).message


def test_numbers_come_out_as_float64_of_their_shape():
    for answer in (3, [1, 2.5], [[1], [2]], np.zeros((2, 0)), [], np.array(7, dtype=np.uint8)):
        numbers = plain_numbers(answer)
        assert numbers.dtype == np.float64 and numbers.shape == np.shape(answer)
        np.testing.assert_array_equal(numbers, answer)
    with pytest.raises(NotNumbers):
        plain_numbers(None)


def test_check_prints_one_paragraph_and_returns_nothing(capsys):
    assert check("2.1", ONE.solution) is None
    first = capsys.readouterr()
    check("2.1", ONE.solution)
    assert capsys.readouterr() == first and first.err == ""
    lines = first.out.splitlines()
    assert lines[0].startswith("2.1  Right. ") and all(len(line) <= 88 for line in lines) and "" not in lines


def test_a_wrong_answer_is_introduced_as_such(capsys):
    check("2.1", 18)
    assert capsys.readouterr().out.startswith("2.1  Not yet. 18 ms is the time without a leak")


def test_the_package_offers_what_chapters_and_teachers_need():
    import snnlab.course

    assert dir(snnlab.course) == ["check", "check_form", "exercise", "load_table", "mistakes"]
    assert snnlab.course.check is check
    with pytest.raises(AttributeError):
        _ = snnlab.course.nothing
    assert "snnlab.course.checking" in sys.modules
