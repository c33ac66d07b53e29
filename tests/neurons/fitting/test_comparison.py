"""What the models cost and can do."""

import types

import numpy as np
import pytest

from snnlab.neurons import compare_models, step_cost
from snnlab.neurons.models import adaptive_lif, adex, hodgkin_huxley, izhikevich, lif


def helper(x):
    return 2.0 * math.exp(x)  # noqa: F821  its source is read, it never runs


def step(v, w, dt):
    for far, weight in ((0.0, 1.0), (1.0, 2.0)):
        v += far * weight
        w = helper(v) + 1 / 6
    return min(v, w) ** 3, -dt


def test_each_kind_of_operation_is_counted():
    """The loop runs twice over +=, ×, + and the helper's × and exp; then a minimum and two products."""
    model = types.ModuleType("model")
    model.step, model.helper = step, helper
    assert step_cost(model) == (2 * (1 + 1 + 1 + 1) + 1 + 2, 2)


def test_the_steps_of_the_package_by_hand():
    """LIF: 3 ×, 2 + and 1 −. Adaptive: one × more. The curved ones have four slopes, AdEx with an exp."""
    assert step_cost(lif) == (6, 0)
    assert step_cost(adaptive_lif) == (7, 0)
    # per slope: 1 min, 2 + 2 for the two points with 2 +, 7 and 3 for the slopes, 4 to sum; at the end 6
    slope = 1 + 6 + (2 + 1 + 4) + 3 + 4
    assert step_cost(izhikevich) == (4 * slope + 6, 0)
    assert step_cost(adex).exponentials == 4
    assert step_cost(hodgkin_huxley).exponentials == 4 * 6  # three opening, three closing rates


@pytest.fixture(scope="module")
def rows():
    return {row.name: row for row in compare_models()}


def test_the_models_stand_in_the_order_of_their_cost(rows):
    costs = [row.cost for row in rows.values()]
    assert costs == sorted(costs) and next(iter(rows)) == "LIF" and next(reversed(rows)) == "Hodgkin–Huxley"


def test_only_a_second_variable_adapts_and_only_a_curve_bursts(rows):
    does = {name: set(row.does) for name, row in rows.items()}
    assert does["LIF"] == {"continuous"}
    assert does["adaptive LIF"] == {"adapts", "continuous"}
    for name in ("Izhikevich", "AdEx"):
        assert does[name] >= {"adapts", "bursts", "rebounds"}
    assert "rebounds" in does["Hodgkin–Huxley"] and "continuous" not in does["Hodgkin–Huxley"]  # class 2
    assert [rows[name].variables for name in ("LIF", "AdEx", "Hodgkin–Huxley")] == [1, 2, 4]


def test_at_the_same_accuracy_a_curve_costs_more_than_ten_times_a_bucket(rows, reproduces):
    """Longest steps that keep the interval to 1 %, and operations for a millisecond at that step."""
    assert rows["LIF"].per_ms.operations == round(6 / rows["LIF"].step)
    assert rows["LIF"].step == rows["adaptive LIF"].step >= rows["Izhikevich"].step > rows["AdEx"].step
    assert rows["Izhikevich"].per_ms.operations > 10 * rows["LIF"].per_ms.operations
    assert rows["Hodgkin–Huxley"].step <= 0.05  # the longest that its solver stands
    assert rows["AdEx"].per_ms.operations > 30 * rows["LIF"].per_ms.operations
    assert rows["Hodgkin–Huxley"].per_ms.exponentials > 400
    reproduces("izhikevich-cost", f"{rows['Izhikevich'].per_ms.operations}", "not reached")


def test_bad_input_names_argument_rule_and_value():
    with pytest.raises(TypeError, match="model must be a module, got str"):
        step_cost("lif")
    with pytest.raises(ValueError, match="model must have a function step, numpy has none"):
        step_cost(np)
