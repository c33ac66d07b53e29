"""ISI-distance, SPIKE-distance and SPIKE-synchronisation of clocks."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import isi_distance, spike_distance, spike_synchronisation


def test_distance_of_two_clocks_in_closed_form():
    """Intervals of 10 and 20 ms: |10 − 20| / 20; half a period apart: Δ = x = 5 ms, so S = 5 / 10."""
    fast, slow = (Spikes(np.arange(p / 2, 1000.0, p), duration=1000) for p in (10.0, 20.0))
    assert isi_distance(fast, slow) == pytest.approx(0.5)
    late = Spikes(np.arange(10.0, 1000.0, 10.0), duration=1000)
    assert spike_distance(fast, late) == pytest.approx(0.5, abs=0.01)
    assert spike_synchronisation(fast, Spikes(fast.times + 4.9, duration=1000)) == 1
    assert spike_synchronisation(fast, late) == 0
