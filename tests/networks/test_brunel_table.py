"""Brunel's model A at its full size, as the nightly's table has it, against the mean field."""

import numpy as np
import pytest
from nightly.filling import TABLES, read

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
    assert at(point)["rate"] == pytest.approx(brunel_rate(*point), rel=0.03)


@pytest.mark.parametrize(("point", "peak"), [((6.0, 4.0), 180.0), ((4.5, 0.9), 22.0)])
def test_oscillations(point, peak):
    """Fast and slow ones; their spectra tower over that of the asynchronous network at (5, 2)."""
    found = at(point)
    assert found["rate"] == pytest.approx(brunel_rate(*point), rel=0.2)
    assert found["peak"] == pytest.approx(peak, rel=0.15)
    assert (found["height"] > 2 * at((5.0, 2.0))["height"]).all()


def test_irregularity():
    assert at((5.0, 2.0))["cv"] == pytest.approx(0.41, abs=0.02)
