"""The panels of clustering: tiles are normalised weights, and each mechanism does what the chapter says."""

import numpy as np
import pytest
from snnlab_widgets import clusters_panel, winner_panel
from snnlab_widgets.chapters.chapter22.small_digits import SMALL


def test_each_tile_is_a_field_with_the_sum_of_the_network():
    panel = clusters_panel(engine="kernel", shown=20)
    fields = panel.result.fields.reshape(3, 9, 3, 9)
    tiles = fields[:, 1:, :, :8]
    np.testing.assert_allclose(tiles.sum(axis=(1, 3)), SMALL.total, rtol=1e-12)
    assert np.isnan(fields[:, 0]).all() and np.isnan(fields[..., 8]).all()
    apart = np.corrcoef(tiles.transpose(0, 2, 1, 3).reshape(9, 64))
    assert panel.result.alike == pytest.approx(apart[np.triu_indices(9, 1)].mean(), rel=1e-9)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_without_adaptation_one_takes_all_and_without_inhibition_all_take_all(seed):
    tyrant = clusters_panel(engine="kernel", shown=80, theta_plus=0.0, seed=seed).result
    assert tyrant.busy == 1 and tyrant.each.max() > 0.9 * tyrant.each.sum()
    everybody = clusters_panel(engine="kernel", shown=80, g_in=0.0, seed=seed).result
    assert everybody.busy == 9 and everybody.alike > 0.99
    shared = clusters_panel(engine="kernel", shown=80, seed=seed).result
    assert shared.busy > 5 and shared.alike < 0.7


def test_the_raster_of_the_winner_has_every_spike():
    panel = winner_panel(engine="kernel", theta_plus=0.5)
    result = panel.result
    assert result.times.size == result.n == result.each.sum() > 20
    np.testing.assert_array_equal(np.bincount(result.units, minlength=9), result.each)
    assert result.times.max() < 6 * 140 and np.all(np.diff(result.times) >= 0)
    assert result.share == pytest.approx(100 * result.each.max() / result.n)
