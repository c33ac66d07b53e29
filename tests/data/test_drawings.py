"""Drawings: text and strokes say the same, and what is no drawing is named."""

import numpy as np
import pytest

from snnlab.data.drawings import MOST, drawing_as_text, load_drawings, points_of, strokes_of


def test_text_and_strokes_say_the_same():
    rng = np.random.default_rng(1)
    for _ in range(50):
        strokes = [rng.integers(0, 1001, (n, 2)) for n in rng.integers(1, 20, rng.integers(0, 6))]
        text = drawing_as_text(strokes)
        again = strokes_of(text)
        assert len(again) == len(strokes)
        assert all(np.array_equal(a, b) for a, b in zip(strokes, again, strict=True))
        assert drawing_as_text(again) == text


def test_a_kernel_gets_every_point_and_where_strokes_begin():
    text = drawing_as_text([[(1, 2), (3, 4)], [(5, 6)]])
    points = points_of(text)
    assert points.shape == (MOST, 3)
    assert points[:4].tolist() == [[1, 2, 1], [3, 4, 2], [5, 6, 1], [0, 0, 0]]
    assert not points_of("").any()


def test_ten_digits_are_kept_point_by_point():
    drawings = load_drawings()
    assert len(drawings) == 10
    for strokes in drawings:
        text = drawing_as_text(strokes)
        assert [stroke.tolist() for stroke in strokes_of(text)] == [stroke.tolist() for stroke in strokes]


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda: strokes_of("000"), "hyphens between strokes, got '000'"),
        (lambda: strokes_of("0000-"), "hyphens between strokes, got ''"),
        (lambda: strokes_of("00A0"), "hyphens between strokes, got '00A0'"),
        (lambda: strokes_of("00zz"), "a point of a drawing must be from 0 to 1000, got 1295"),
        (lambda: strokes_of("0000" * 601), "a drawing must have at most 600 points, got 601"),
        (lambda: drawing_as_text([[(0, -1)]]), "a point of a drawing must be from 0 to 1000, got -1"),
        (lambda: drawing_as_text([[(0, 1, 2)]]), r"stroke must have shape \(points, 2\)"),
        (lambda: drawing_as_text([[(0, np.nan)]]), "stroke must be finite"),
    ],
)
def test_what_is_no_drawing_is_named(act, sentence):
    with pytest.raises(ValueError, match=sentence):
        act()


def test_a_drawing_that_is_no_text_is_refused():
    with pytest.raises(TypeError, match="a drawing must be text, got int"):
        strokes_of(3)
