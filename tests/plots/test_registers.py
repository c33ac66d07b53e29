"""Figures of registers say what they show."""

import numpy as np

from snnlab import plots
from snnlab.loihi import Compartment, simulate_compartments


def test_voltages_are_drawn_as_they_are():
    run = simulate_compartments(np.full(30, 100), Compartment(v_th=50))
    picture = plots.voltages({"chip": run.v[:, 0]}, {"chip": run.spikes.times}, threshold=3200)
    above, ax = picture.fig.axes
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), run.v[:, 0])
    assert len(above.collections[0].get_segments()) == run.spikes.n_spikes > 0
    assert f"at the end {run.v[-1, 0]}; {run.spikes.n_spikes} spikes." in picture.alt
    assert plots.voltages({"a": [1, 2]}).alt == "Voltage in 2 steps.\na: from 1 to 2, at the end 2."
