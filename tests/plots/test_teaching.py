"""What the figures of taught neurons say agrees with the data."""

import pytest

from snnlab import Spikes, plots


def test_every_spike_is_drawn_in_its_group_and_every_mark_is_told():
    spikes = Spikes([0.2, 0.4, 0.9, 2.0], [0, 3, 4, 1], n_units=6, duration=2.5)
    picture = plots.sample_raster(spikes, {"a": 2, "b": 3, "c": 1}, {"forced": 0.25, "acts": 1.25})
    (ax,) = picture.fig.axes
    drawn = {line.get_label(): (list(line.get_xdata()), list(line.get_ydata())) for line in ax.lines}
    assert (
        drawn["a"] == ([0.2, 2.0], [1, 2]) and drawn["b"] == ([0.4, 0.9], [4, 5]) and drawn["c"] == ([], [])
    )
    assert [t.get_text() for t in ax.texts] == ["forced", "acts"]
    assert "b: 2 of 3 inputs fire, from 0.40 to 0.90 ms." in picture.alt
    assert "c: 0 spikes." in picture.alt and "acts at 1.25 ms." in picture.alt
    with pytest.raises(ValueError, match="groups must have 6 inputs together, got 5"):
        plots.sample_raster(spikes, {"a": 5}, {})
