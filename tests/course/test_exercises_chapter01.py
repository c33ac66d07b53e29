"""The numbers that the exercises of chapter 1 keep are those that the package measures."""

import numpy as np
import pytest

from snnlab.course.exercises import find
from snnlab.neurons import HodgkinHuxley, hh_refractory, hh_second_threshold, hh_threshold

WARM = HodgkinHuxley(temperature=16.3)


def answer(id, name):
    """The answer of one mistake."""
    return next(mistake.answer for mistake in find(id).mistakes if mistake.name == name)


def test_the_periods_of_the_warm_axon_and_of_the_cold_one():
    assert find("1.2").solution == pytest.approx(hh_refractory(WARM))
    assert answer("1.2", "the cold ones") == pytest.approx(hh_refractory())


def test_the_way_that_the_statement_shows_leads_to_the_answer():
    """The curve at steps of 0.1 ms, and the resting threshold."""
    t, at_rest = np.arange(2.0, 12.0, 0.1), hh_threshold(0.5, WARM)
    curve = hh_second_threshold(t, WARM)
    found = [t[np.isfinite(curve)][0], t[curve <= at_rest][0]]
    assert found == pytest.approx(find("1.2").solution, rel=find("1.2").tolerance)
    assert t[np.argmin(curve)] == pytest.approx(answer("1.2", "lowest point")[1], abs=0.15)


def test_the_thresholds_of_the_poisoned_axon():
    task = find("1.3")
    assert hh_threshold(10.0) == pytest.approx(2.24, abs=0.005)
    assert hh_threshold(10.0, HodgkinHuxley(g_na=1.2 * task.solution)) == pytest.approx(3.72, abs=0.005)
    for share in (task.solution * 0.99, task.solution * 1.01):  # the threshold tells them apart
        assert abs(hh_threshold(10.0, HodgkinHuxley(g_na=1.2 * share)) - 3.72) > 0.02


def test_a_search_that_stopped_early_is_told_the_threshold_at_its_answer():
    stopped = [mistake for mistake in find("1.3").mistakes if mistake.name.startswith("stopped at")]
    assert len(stopped) > 10
    for mistake in stopped:
        threshold = hh_threshold(10.0, HodgkinHuxley(g_na=1.2 * mistake.answer))
        assert f"With {mistake.answer:.0f} % left the axon fires from {threshold:.2f} µA/cm²" in mistake.hint
        assert ("more channels" in mistake.hint) == (threshold > 3.72)
