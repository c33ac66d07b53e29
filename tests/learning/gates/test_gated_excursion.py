"""One excursion: a spike leaves a charge of 1, an excursion that turns back nothing, whatever the speed."""

import numpy as np
import pytest

from snnlab.learning.gates.gate import gate
from snnlab.learning.gates.gated_excursion import DT, TAU_S, gated_excursion

SPEEDS = [0.02, 0.1, 0.5, 2.0]


@pytest.mark.parametrize("width", [0.05, 0.5, 0.9])
@pytest.mark.parametrize("speed", SPEEDS)
def test_a_spike_is_a_charge_of_1(speed, width):
    seen = gated_excursion(speed, 1.5, width)
    assert (seen.charge, seen.most, seen.n) == (pytest.approx(1.0, abs=1e-9), pytest.approx(1.0, abs=1e-9), 1)
    assert seen.crossing == pytest.approx(width / speed, rel=1e-9, abs=0)
    assert seen.v.max() <= 1.0 + width / 2 and seen.v.min() < 0.5


@pytest.mark.parametrize("peak", [0.7, 0.9, 1.0, 1.2])
@pytest.mark.parametrize("speed", [0.05, 0.5, 2.0])
def test_what_turns_back_leaves_nothing(speed, peak):
    seen = gated_excursion(speed, peak, 0.5)
    assert seen.charge == pytest.approx(0.0, abs=1e-9)
    assert seen.n == 0
    inside = np.linspace(0.0, peak, 10_001)
    there = np.trapezoid(gate(inside), inside)
    assert seen.most == pytest.approx(there, abs=1e-6)
    assert seen.crossing == pytest.approx(2 * max(0.0, peak - 0.75) / speed, abs=1e-9)
    assert (seen.most > 0.01) == (peak > 0.8)
    assert (seen.heard.min() < -0.01) == (peak > 0.8)


def test_who_is_pushed_on_fires_again():
    """Twice through the zone on the way to 2.5, at any speed, in steps longer than a turn too."""
    for speed in (0.1, 2.0, 25.0):
        seen = gated_excursion(speed, 2.5, 0.4)
        assert seen.n == 2 and seen.charge == pytest.approx(2.0, abs=1e-9)
        assert seen.crossing == pytest.approx(2 * 0.4 / speed, rel=1e-9, abs=0)


def test_at_the_end_of_the_zone_there_is_a_cliff():
    below, above = (gated_excursion(0.1, peak, 0.5) for peak in (1.2499, 1.2501))
    assert (below.charge, below.n) == (pytest.approx(0.0, abs=1e-9), 0)
    assert (above.charge, above.n) == (pytest.approx(1.0, abs=1e-9), 1)


def test_a_trace_is_the_filtered_current():
    seen = gated_excursion(0.1)
    ends = seen.t[-1] - seen.t
    assert seen.trace[-1] == pytest.approx((seen.heard * DT * np.exp(-ends / TAU_S)).sum(), rel=1e-9, abs=0)
    fast = gated_excursion(2.0)
    assert seen.strongest < fast.strongest == pytest.approx(1.0, abs=0.03)


def test_the_gate_is_that_of_the_package():
    seen = gated_excursion(0.1, 1.5, 0.3)
    assert seen.gate == pytest.approx(gate(seen.level, 0.3), abs=1e-12)


def test_what_is_refused():
    with pytest.raises(ValueError, match="speed must be positive and finite, got 0"):
        gated_excursion(0.0)
    with pytest.raises(ValueError, match=r"width must be below a full turn \(1\), got 1"):
        gated_excursion(width=1.0)
