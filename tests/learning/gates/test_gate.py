"""The gate: its area, its charge at any speed and step, and an excursion that turns back."""

import numpy as np
import pytest
from learning.gates.gated_twin import twin_gate
from scipy.integrate import quad

from snnlab.learning.gates.gate import gate, gate_charge


@pytest.mark.equation("raised-cosine-gate")
@pytest.mark.parametrize(("width", "centre"), [(0.5, 1.0), (0.03, 1.0), (2.0, np.pi)])
def test_the_area_is_1_and_the_shape_is_the_equation(width, centre):
    v = np.linspace(centre - width, centre + width, 101)
    assert gate(v, width, centre) == pytest.approx([twin_gate(x, centre, width) for x in v], abs=1e-12)
    low, high = centre - width / 2, centre + width / 2
    assert quad(lambda x: gate(x, width, centre), low, high)[0] == pytest.approx(1.0, rel=1e-9, abs=0)
    assert gate([low, high, low - 1, high + 1], width, centre) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.equation("gate-charge")
@pytest.mark.parametrize("speed", [1, 2, 5, 10, 20, 50, 100])
@pytest.mark.parametrize("dt", [0.001, 0.02, 0.5])
def test_the_charge_is_1_whatever_the_speed(speed, dt):
    """Steps as long as the whole crossing, too. The control: the open gate times the step is wrong there."""
    v = speed * np.arange(0.0, 3.0 / speed + 2 * dt, dt)
    assert gate_charge(v).sum() == pytest.approx(1.0, abs=1e-12)
    euler = (gate(v[:-1]) * np.diff(v)).sum()
    step = speed * dt  # of v
    assert (abs(euler - 1.0) < 1e-3) == (step <= 0.1)


@pytest.mark.parametrize("peak", [0.8, 1.0, 1.2, 3.0])
def test_an_excursion_that_turns_back_leaves_nothing(peak):
    up = np.linspace(0.0, peak, 37)
    there = gate_charge(up).sum()
    assert there == pytest.approx(quad(gate, 0.0, peak, points=[0.75, 1.25])[0], abs=1e-7)
    assert (there > 0.01) == (peak > 0.8)
    assert gate_charge(np.concatenate([up, np.linspace(peak, 0.0, 11)])).sum() == pytest.approx(
        0.0, abs=1e-12
    )


def test_what_is_no_potential():
    with pytest.raises(ValueError, match="width must be positive and finite, got 0"):
        gate(1.0, width=0)
    with pytest.raises(ValueError, match=r"v must have shape \(steps \+ 1,\), got \(\)"):
        gate_charge(1.0)
    with pytest.raises(ValueError, match="v must have a value at least for the start, got none"):
        gate_charge([])
    with pytest.raises(TypeError, match="centre must be a number, got str"):
        gate(1.0, centre="here")
