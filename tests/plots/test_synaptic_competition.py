"""What the figures of competing synapses say agrees with the data."""

import numpy as np
import pytest

from snnlab import plots
from snnlab.learning import hidden_pattern


def test_shares_of_weights_are_drawn_and_told():
    picture = plots.weight_shares({"a": np.linspace(0.0, 1.0, 11), "b": [1.0, 1.0]}, bins=5)
    assert "a: 18 % below 0.2, 18 % above 0.8, mean 0.50." in picture.alt
    assert "b: 0 % below 0.2, 100 % above 0.8, mean 1.00." in picture.alt
    (ax,) = picture.fig.axes
    drawn = [patch.get_data().values for patch in ax.patches]
    np.testing.assert_allclose(drawn[1], [0.0, 0.0, 0.0, 0.0, 100.0])
    assert all(np.sum(values) == pytest.approx(100.0) for values in drawn)


def test_the_pattern_is_coloured_where_it_is():
    hidden = hidden_pattern(500.0, 20, rng=np.random.default_rng(3))
    picture = plots.hidden_raster(hidden, 0, 10, every=1)
    above, below = picture.fig.axes
    drawn = [len(lines.get_segments()) for lines in (*above.collections, *below.collections)]
    assert drawn[0] + drawn[1] == drawn[2] + drawn[3] == hidden.spikes.n_spikes
    stretch = (hidden.spikes.times / 50.0).astype(int)
    assert drawn[1] == 0 and drawn[3] == np.sum(hidden.shown[stretch] & (hidden.spikes.units < 10))
    assert f"in {hidden.shown.sum()} of 10 stretches" in picture.alt
    assert len(below.patches) == hidden.shown.sum() > 0
    with pytest.raises(ValueError, match="first \\+ stretches must be at most 10, got 5 \\+ 6"):
        plots.hidden_raster(hidden, 5, 6)
