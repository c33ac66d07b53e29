"""The thread of likelihood: in each chapter on it, an exercise goes on from an exercise or a test before.

`book/syllabus.md` says what each chapter hands to the next one.
"""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import cv, gamma_spikes
from snnlab.course.exercises import find


@pytest.mark.parametrize(
    ("exercise", "before"),
    [
        ("4.2", "exercise 2.3"),
        ("5.2", "exercise 4.4"),
        ("6.2", "exercise 5.1"),
        ("8.4", "exercise 6.3"),
        ("25.2", "chapter 5"),
    ],
)
def test_its_statement_says_from_where(exercise, before):
    assert before in find(exercise).statement
    if before.startswith("exercise"):
        assert find(before.split()[1]).title


def test_the_coin_of_5_2_falls_as_4_4_says():
    """At the threshold, where the hazard is the rate; the two differ by half the square of what they say."""
    rate, dt = 40.0, 0.5
    chance = find("4.4").solution(-50.0, dt, -50.0, rate, 2.0)
    coin = np.linspace(0.0, 1.0, 100_001)
    assert np.mean(coin < chance) == pytest.approx(
        rate * dt / 1000, rel=0, abs=0.51 * (rate * dt / 1000) ** 2 + 1e-5
    )
    fired = find("5.2").solution(coin, rate, dt)
    assert fired.size / coin.size == pytest.approx(chance, rel=0, abs=0.51 * (rate * dt / 1000) ** 2 + 1e-5)


def test_the_scatter_of_6_2_is_that_of_5_1():
    """An interval whose coefficient of variation is as 5.1 computes it needs (CV / 10 %)² averages."""
    four = Spikes([20.0, 30.0, 44.0, 80.0], duration=100.0)
    assert cv(four)[0] == pytest.approx(find("5.1").solution, rel=1e-9, abs=0)
    for shape, needed in zip((1, 4, 25), find("6.2").solution, strict=True):
        measured = cv(gamma_spikes(40.0, shape, 4e6, rng=np.random.default_rng(shape)))[0]
        assert needed == pytest.approx((measured / 0.1) ** 2, rel=0, abs=0.04 * needed)
