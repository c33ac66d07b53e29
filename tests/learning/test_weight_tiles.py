"""Tiles stand where their neurons do, the right way up, with empty lines between."""

import numpy as np
import pytest

from snnlab.learning.weight_tiles import draw_tiles, tiles_shape


@pytest.mark.parametrize(("n", "side"), [(1, 8), (5, 8), (9, 3), (16, 8), (12, 2)])
def test_tiles_are_what_blocks_of_an_array_are(n, side):
    w = np.random.default_rng(n).uniform(-1, 1, (side * side, n))
    across = int(np.ceil(np.sqrt(n)))
    blocks = np.full((across, across, side + 1, side + 1), np.nan)
    for k in range(n):
        blocks[k // across, k % across, :side, :side] = w[:, k].reshape(side, side)
    picture = np.full(tiles_shape(n, side), 7.0)
    draw_tiles(w, picture)
    upright = blocks.transpose(0, 2, 1, 3).reshape(picture.shape)
    np.testing.assert_array_equal(picture[::-1], upright)
