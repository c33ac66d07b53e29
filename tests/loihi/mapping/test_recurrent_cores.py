"""Cores from a formula, and from a list of all synapses; each core is drawn where it lies."""

import numpy as np
import pytest

from snnlab.loihi import place_in_order, recurrent_graph
from snnlab.loihi.mapping.recurrent_cores import LIMITS, recurrent_cores


@pytest.mark.parametrize(
    ("n", "fan_in", "bits", "delay"),
    [
        (4096, 64, 8, 0), (4160, 64, 8, 0), (64, 1024, 1, 1), (1024, 777, 7, 5), (5120, 100, 1, 62),
        (2048, 300, 4, 3), (16384, 4, 2, 0), (8256, 64, 3, 0), (128, 777, 6, 62), (3072, 130, 5, 7),
        (16384, 40, 8, 0), (20_001, 3, 8, 0), (1, 1, 8, 0),
    ],
)  # fmt: skip
def test_the_formula_counts_as_the_list_of_synapses_does(n, fan_in, bits, delay):
    seen = recurrent_cores(n, fan_in, bits, delay)
    placement = place_in_order(recurrent_graph(n, fan_in, weight_bits=bits, longest_delay=delay))
    shares = [100 * share.max() for share in placement.shares.values()]
    np.testing.assert_allclose(seen.shares, shares, rtol=1e-12)
    assert seen.cores == placement.n_cores
    missing = sum(excess.needed - excess.allowed for excess in placement.excess)
    assert seen.missing == max(0, placement.n_cores - 128) == missing
    assert seen.tightest == (placement.tightest if placement.fits else LIMITS[4])
    if placement.n_cores <= 256:
        assert seen.needed[seen.sizes == n].tolist() in ([], [placement.n_cores])


def test_every_core_lies_in_its_tile():
    """Core 6 is the third of tile 1: in columns 2 and 3 of the two lowest rows; its memory is its colour."""
    placement, chip = place_in_order(recurrent_graph(4096, 100)), recurrent_cores(4096, 100).chip
    assert chip.shape == (8, 16)
    assert np.count_nonzero(~np.isnan(chip)) == placement.n_cores
    tiles = chip.reshape(4, 2, 8, 2).transpose(0, 2, 1, 3).reshape(128)
    np.testing.assert_allclose(tiles[: placement.n_cores], 100 * placement.words / 16384)
    assert np.isnan(tiles[placement.n_cores :]).all()


def test_more_cores_than_the_curve_shows_are_a_gap():
    seen = recurrent_cores(64, 1024)
    assert np.isnan(seen.needed[-1]) and np.nanmax(seen.needed) <= 256


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"n": 0}, "n must be from 1 to 1048576, got 0"),
        ({"fan_in": 0}, "fan_in must be"),
        ({"weight_bits": 0}, "weight_bits must be"),
        ({"longest_delay": -1}, "longest_delay must be"),
    ],
)
def test_what_is_no_network_is_named(wrong, said):
    with pytest.raises(ValueError, match=said):
        recurrent_cores(**({"n": 64, "fan_in": 4} | wrong))
