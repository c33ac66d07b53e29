"""The wave over a map: the wave of the package, its path, and maps of a reader."""

import numpy as np
import pytest

from snnlab.loihi import grid_roads, path_to, send_wave
from snnlab.loihi.applications.wave_on_map import LAND, SOURCE, kinds_of, wave_map, wave_on_map


@pytest.mark.parametrize(("mud", "tx", "ty"), [(1, 17, 9), (22, 17, 9), (23, 17, 9), (62, 15, 3), (30, 1, 1)])
def test_the_wave_is_that_of_the_package(mud, tx, ty):
    seen = wave_on_map(tx, ty, mud)
    wave = send_wave(grid_roads(wave_map(mud)), SOURCE)
    target = (ty - 1) * 20 + tx - 1
    first = np.where(wave.distance < 0, np.nan, wave.distance).reshape(12, 20)
    np.testing.assert_array_equal(seen.wave, first)
    path = path_to(wave, target)
    assert seen.time == wave.distance[target] and seen.squares == path.size - 1
    assert seen.muddy == sum(LAND[11 - k // 20][k % 20] == "~" for k in path)
    np.testing.assert_array_equal(np.flatnonzero(seen.ground.ravel() == 1.0), np.sort(path))


def test_the_wave_on_its_way_and_a_target_that_is_a_wall():
    seen = wave_on_map(17, 9, until=60)
    whole = wave_on_map(17, 9)
    np.testing.assert_array_equal(seen.wave, np.where(whole.wave <= 60, whole.wave, np.nan))
    assert np.isnan(seen[2:]).all() and np.isnan(wave_on_map(11, 12)[2:]).all()
    assert np.count_nonzero(seen.ground == 1.0) == 1
    np.testing.assert_array_equal(np.isnan(seen.ground), kinds_of(LAND) == 2)


@pytest.mark.parametrize(("mud", "steps", "squares"), [(1, 5, 2), (20, 24, 2), (21, 24, 6), (62, 24, 6)])
def test_by_hand_on_a_map_of_a_reader(mud, steps, squares):
    """One square of mud and one of road straight on, or six of road around: mud + 4 against 24 steps."""
    seen = wave_on_map(3, 1, mud, land=("...#", ".#.#", "S~.#"))
    assert (seen.time, seen.squares, seen.muddy) == (steps, squares, float(squares == 2))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"column": 21}, "column must be from 1 to 20, got 21"),
        ({"row": 0}, "row must be from 1 to 12, got 0"),
        ({"mud": 63}, "mud must be from 1 to 62, got 63"),
        ({"until": float("nan")}, "until must be zero or positive, got nan"),
        ({"land": ("..", "S")}, "land must be lines of the same length"),
        ({"land": ("..", ".x")}, "land must be lines of the same length"),
        ({"land": ("..", "..")}, "land must have one S, got 0"),
    ],
)
def test_what_is_no_map_is_named(wrong, said):
    with pytest.raises(ValueError, match=said):
        wave_on_map(**({"column": 1, "row": 1} | wrong))
