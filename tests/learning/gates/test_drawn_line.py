"""A drawing as a line over time: what is drawn counts, the last of it, and gaps are straight."""

import numpy as np
import pytest

from snnlab.data.drawings import drawing_as_text
from snnlab.learning.gates.drawn_line import HIGHEST, drawn_line, follow_drawing
from snnlab.learning.gates.follow_line import STEPS, follow_line

MIDDLES = (np.arange(STEPS) + 0.5) / STEPS  # of the steps, as a share of the width


def height(y):
    return HIGHEST * (1 - 2 * np.asarray(y) / 1000)


def test_straight_strokes_are_straight():
    down = drawn_line([[(0, 0), (1000, 1000)]])
    assert down == pytest.approx(height(1000 * MIDDLES), abs=1e-12)
    assert drawn_line([[(1000, 1000), (0, 0)]]) == pytest.approx(down, abs=1e-12)  # from right to left


def test_many_points_are_interpolated():
    x = np.linspace(0, 1000, 77).round()
    y = (500 + 400 * np.sin(x / 70)).round()
    found = drawn_line([np.column_stack([x, y])])
    assert found == pytest.approx(height(np.interp(1000 * MIDDLES, x, y)), abs=1e-9)


def test_gaps_are_straight_and_ends_stay():
    line = drawn_line([[(200, 100), (300, 100)], [(700, 900), (800, 900)]])
    k = (np.array([210, 290, 710, 790]) / 1000 * STEPS).astype(int)
    assert line[k] == pytest.approx(height([100, 100, 900, 900]), abs=1e-12)
    assert (line[: k[0]] == line[k[0]]).all() and (line[k[3] :] == line[k[3]]).all()
    assert np.diff(line[60:140]) == pytest.approx(np.diff(line[60:140])[0], abs=1e-12)


def test_what_is_drawn_last_counts():
    first, second = [(0, 0), (1000, 0)], [(400, 1000), (600, 1000)]
    line = drawn_line([first, second])
    assert (line[81:119] == height(1000)).all() and (line[:79] == height(0)).all()
    assert (drawn_line([second, first]) == height(0)).all()
    dot = drawn_line([first, [(503, 1000)]])  # beyond the middle of its step
    assert dot[100] == height(1000) and (np.delete(dot, 100) == height(0)).all()


def test_an_upright_stroke_ends_where_the_pen_ends():
    line = drawn_line([[(0, 500), (500, 500), (500, 0), (500, 200), (1000, 200)]])
    assert line[99] == pytest.approx(height(500)) and (line[101:] == height(200)).all()


def test_a_dot_is_a_flat_line_and_nothing_is_0():
    assert (drawn_line([[(1000, 250)]]) == height(250)).all()
    assert (drawn_line("") == 0).all()


def test_it_is_the_network_that_follows_a_line():
    strokes = [[(0, 200), (300, 900), (1000, 400)]]
    seen, plain = follow_drawing(drawing_as_text(strokes), 3), follow_line(drawn_line(strokes), 3)
    for name, value in plain._asdict().items():
        np.testing.assert_array_equal(getattr(seen, name), value, name)


def test_what_is_refused():
    with pytest.raises(ValueError, match="a point of a drawing must be from 0 to 1000, got 1001"):
        drawn_line([[(1001, 0)]])
    with pytest.raises(ValueError, match="updates must be at most 80, got 81"):
        follow_drawing("", 81)
