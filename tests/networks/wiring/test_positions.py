"""Distances on lines, rings, sheets and tori, against the images that a torus repeats."""

import itertools

import numpy as np
import pytest

from snnlab.networks import Positions, distances, on_grid


@pytest.mark.parametrize("size", [(3.0,), (3.0, 2.0), (1.0, 2.0, 4.0)])
def test_on_a_torus_the_nearest_of_all_images_counts(size):
    rng = np.random.default_rng(1)
    here, there = (rng.random((n, len(size))) * size for n in (7, 5))
    images = [
        np.linalg.norm(here[:, None] - there[None] + np.multiply(shift, size), axis=-1)
        for shift in itertools.product((-1, 0, 1), repeat=len(size))
    ]
    d = distances(Positions(there, size), Positions(here, size))
    assert d.shape == (7, 5)
    np.testing.assert_allclose(d, np.min(images, axis=0), rtol=1e-14)


def test_a_line_that_ends_has_no_other_way_round():
    line, ring = (on_grid(10, size=5.0, wrapped=wrapped) for wrapped in (False, True))
    assert distances(line)[0].tolist() == pytest.approx(np.arange(10) * 0.5)
    assert distances(ring)[0].tolist() == pytest.approx([0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 2.0, 1.5, 1.0, 0.5])


def test_a_sheet_is_numbered_row_by_row():
    at = on_grid((2, 3), size=(2.0, 6.0)).at
    assert at.tolist() == [[0.5, 1.0], [0.5, 3.0], [0.5, 5.0], [1.5, 1.0], [1.5, 3.0], [1.5, 5.0]]
    square = distances(on_grid((4, 4), size=1.0))
    np.testing.assert_array_equal(square, square.T)
    assert square.max() == pytest.approx(0.75 * np.sqrt(2))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: on_grid(0, 1.0), "shape must be at least 1, got 0"),
        (lambda: on_grid((2, 3), (1.0, 2.0, 3.0)), r"size must be a number or have shape \(2,\), got \(3,\)"),
        (lambda: on_grid(2, -1.0), "size must be positive and finite, got -1"),
        (lambda: distances(Positions([0.0, 1.0])), r"at of pre must have shape \(n, dimensions\), got"),
        (lambda: distances(Positions(np.zeros((0, 2)))), "at of pre must hold one position at least, got"),
        (lambda: distances(Positions([[0.0]], [1.0, 2.0])), "around of pre must be positive, one for each"),
        (lambda: distances(Positions([[0.0]], 0.0)), "around of pre must be positive, one for each axis"),
        (lambda: distances(Positions([[0.0]]), Positions([[0.0, 1.0]])), "around must be the same for pre"),
        (lambda: distances(on_grid(4, 1.0), on_grid(4, 1.0, wrapped=True)), "around must be the same for"),
        (lambda: distances(Positions([[0.0], [1.5]], 1.0)), r"within around \(1 mm\), got 1.5 mm"),
        (lambda: distances(Positions([[0.0]], 1.0), Positions([[2.0]], 1.0)), r"\(1 mm\), got 2 mm"),
    ],
)  # fmt: skip
def test_bad_positions_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
    with pytest.raises(TypeError, match="post must be Positions, got list"):
        distances(on_grid(3, 1.0), [])
