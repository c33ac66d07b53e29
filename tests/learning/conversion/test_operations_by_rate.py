"""Operations are a straight line in the input spikes, for a network that knows digits and for none."""

import numpy as np
import pytest

from snnlab.data import load_digits
from snnlab.learning.conversion.digits_network import spiking_on_digits
from snnlab.learning.conversion.early_answers import early_answers
from snnlab.learning.conversion.operations_by_rate import operations_by_rate, shuffled, straightness

RATES = np.linspace(50, 1000, 8)


@pytest.fixture(scope="module")
def bright():
    digits = load_digits()
    return digits.x_test[:50].reshape(50, 64) / digits.white


def test_operations_are_linear_in_the_input_for_ten_seeds(bright):
    """R² above 0.99, as chapter 11 says."""
    for seed in range(10):
        seen = operations_by_rate(spiking_on_digits(), bright, RATES, rng=np.uint64(seed))
        assert seen.r_squared > 0.99 and (np.diff(seen.operations) > 0).all()


def test_so_they_are_where_nothing_is_known_for_ten_seeds(bright):
    """The control: linearity is no sign of a network that works."""
    for seed in range(10):
        nonsense = shuffled(spiking_on_digits(), np.random.default_rng(seed))
        assert operations_by_rate(nonsense, bright, RATES, rng=np.uint64(seed)).r_squared > 0.99
    labels = load_digits().y_test[:50]
    assert early_answers(nonsense, bright, labels, 1000, rng=np.uint64(1)).final < 40


def test_the_operations_are_those_of_the_run(bright):
    labels = np.zeros(50, int)
    seen = operations_by_rate(spiking_on_digits(), bright, [300.0], steps=40, rng=np.uint64(4))
    run = early_answers(spiking_on_digits(), bright, labels, 300.0, steps=40, rng=np.uint64(4))
    assert seen.operations == [run.final_operations] and seen.inputs == [run.inputs]
    assert seen.of_hidden == [run.final_operations - 100 * run.inputs]


def test_shuffling_keeps_the_weights_and_changes_their_order():
    network = spiking_on_digits()
    other = shuffled(network, np.random.default_rng(3))
    for before, after in zip(network, other, strict=True):
        assert before.shape == after.shape and (before != after).mean() > 0.8
        np.testing.assert_array_equal(np.sort(before, axis=None), np.sort(after, axis=None))


def test_straightness_is_the_share_of_the_variance_that_a_line_explains():
    x, y = np.arange(6.0), np.array([0.0, 1, 4, 9, 16, 25])
    left = y - np.polyval(np.polyfit(x, y, 1), x)
    assert straightness(x, y) == pytest.approx(1 - left.var() / y.var(), rel=1e-12, abs=0)
    assert straightness(x, 3 * x + 2) == pytest.approx(1) and np.isnan(straightness(x, np.ones(6)))
