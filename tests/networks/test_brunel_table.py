"""Brunel's model A at its full size, as the nightly's table has it, against the mean field."""

import numpy as np
import pytest
from nightly.filling import TABLES, read

from snnlab import spread
from snnlab.networks import brunel_rate

ASYNCHRONOUS = [(5.0, 2.0), (5.0, 1.5), (6.0, 2.0), (8.0, 2.0)]  # g, eta


def table():
    """The columns of the nightly's table, by their names."""
    header, *rows = read(TABLES / "brunel.csv")
    return dict(zip(header, np.array(rows, float).T, strict=True))


def at(point):
    """The rows of a point."""
    found = table()
    return {name: x[(found["g"] == point[0]) & (found["eta"] == point[1])] for name, x in found.items()}


@pytest.mark.parametrize("point", ASYNCHRONOUS)
def test_asynchronous_rates(point):
    """Over ten wirings, which differ by 1 % in 500 ms; some of them are 4 % below the theory."""
    found = at(point)["rate"]
    assert len(found) == 10 and found.std(ddof=1) / found.mean() < 0.015
    assert found.mean() == pytest.approx(brunel_rate(*point), rel=0.03)


def oscillation(point, peak):
    """The frequency as text; the spectrum has to tower over that of the asynchronous network at (5, 2)."""
    found, asynchronous = at(point), at((5.0, 2.0))["height"]
    assert found["rate"] == pytest.approx(brunel_rate(*point), rel=0.2)
    assert found["peak"].mean() == pytest.approx(peak, rel=0.05)
    assert found["peak"].std(ddof=1) / peak < 0.1  # over the ten wirings
    assert found["height"].mean() > 2 * asynchronous.mean() and (found["height"] > asynchronous).all()
    return f"{spread(found['peak']):.0f} Hz"


def test_a_fast_oscillation(reproduces):
    reproduces("brunel-fast", oscillation((6.0, 4.0), 180.0), "reached")


def test_a_slow_oscillation(reproduces):
    reproduces("brunel-slow", oscillation((4.5, 0.9), 22.0), "reached")


def test_irregularity():
    assert at((5.0, 2.0))["cv"] == pytest.approx(0.41, abs=0.02)
