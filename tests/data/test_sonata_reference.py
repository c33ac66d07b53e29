"""Spikes that bmtk wrote as SONATA are read as libsonata reads them."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from needs import need

from snnlab.data import load_spikes

pytestmark = pytest.mark.reference

FILE = Path(__file__).parent / "files" / "spikes_bmtk.h5"
RECORDED = Path(__file__).parents[1] / "reference" / "sonata_spikes.npz"


@pytest.mark.parametrize("population", ["lgn", "v1"])
def test_spikes_are_those_of_libsonata(population):
    need(importlib.util.find_spec("h5py"), "needs h5py: pip install -e .[data]")
    found = load_spikes(FILE, population, duration=1000.0, n_units=30)
    with np.load(RECORDED) as theirs:
        times, ids = theirs[f"{population}_times"], theirs[f"{population}_ids"]
    assert found.notes == {"population": population} and times.size > 50
    mine = sorted(zip(found.spikes.times.tolist(), found.spikes.units.tolist(), strict=True))
    assert mine == sorted(zip(times.tolist(), ids.tolist(), strict=True))
