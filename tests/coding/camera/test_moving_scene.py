"""A scene that moves: whole pixels are shifts, parts of pixels lie in between, and blur loses no light."""

import numpy as np
import pytest

from snnlab.coding.camera.moving_scene import blurred, film_of, glide, light_at, log_scene

SCENE = np.pad(np.random.default_rng(1).normal(size=(6, 6)), 4)  # 14 x 14 with a border of zeros


def between(scene, row, column):
    """The readable twin: the mean of four points, each as heavy as the opposite part of its cell."""
    row, column = np.clip(row, 0, scene.shape[0] - 1), np.clip(column, 0, scene.shape[1] - 1)
    top, left = min(int(row), scene.shape[0] - 2), min(int(column), scene.shape[1] - 2)
    down, across = row - top, column - left
    weights = np.outer([1 - down, down], [1 - across, across])
    return float((weights * scene[top : top + 2, left : left + 2]).sum())


def test_light_between_points_is_their_weighted_mean():
    rng = np.random.default_rng(2)
    for row, column in rng.uniform(-2, 16, (200, 2)):
        assert light_at(SCENE, row, column) == pytest.approx(between(SCENE, row, column), abs=1e-12)


def test_a_whole_pixel_is_a_shift_to_the_right_and_down():
    film = film_of(SCENE, [0.0, 2.0], [0.0, -3.0], size=14)
    np.testing.assert_allclose(film[0], SCENE, atol=1e-15)
    np.testing.assert_allclose(film[1], np.roll(SCENE, (-3, 2), axis=(0, 1)), atol=1e-15)


def test_the_middle_of_a_scene_lies_in_the_middle_whatever_its_cell():
    spot = np.pad([[1.0]], 3)
    for cell in (0.5, 1.0, 3.0):
        picture = film_of(spot, [0.0], [0.0], 15, cell)[0]
        assert np.unravel_index(picture.argmax(), picture.shape) == (7, 7)
        np.testing.assert_allclose(picture, picture[::-1, ::-1], atol=1e-15)
        np.testing.assert_allclose(picture, picture.T, atol=1e-15)


def test_beyond_the_border_is_the_border():
    edge = np.arange(9.0).reshape(3, 3)
    film = film_of(edge, [0.0], [0.0], 9)[0]
    assert film[0, 0] == edge[0, 0] and film[8, 0] == edge[2, 0] and film[4, 8] == edge[1, 2]


def test_blur_keeps_the_light_and_widths_add_in_squares():
    spot = np.pad([[1.0]], 20)
    once = blurred(spot, 2.5)
    assert once.sum() == pytest.approx(1.0) and once.max() == once[20, 20]
    np.testing.assert_allclose(blurred(blurred(spot, 1.5), 2.0), once, atol=1e-5)
    rows = np.arange(41) - 20
    assert (once.sum(1) * rows**2).sum() == pytest.approx(2.5**2, rel=0.01)
    np.testing.assert_array_equal(blurred(spot, 0.0), spot)
    assert blurred(np.ones((3, 3)), 5.0, margin=2).shape == (7, 7)


def test_light_is_a_share_of_ink():
    assert np.exp(log_scene([[0.0, 0.5, 1.0]], ground=2.0, ink=1.0))[0] == pytest.approx([2.0, 1.5, 1.0])
    assert np.exp(log_scene([[0.0, 1.0]], ground=0.1, ink=1.0))[0] == pytest.approx([0.1, 1.0])


def test_a_glide_rests_at_both_ends():
    assert [glide(s) for s in (0.0, 0.5, 1.0)] == [0.0, 0.5, 1.0]
    assert glide(1e-4) < 1e-7 and 1 - glide(1 - 1e-4) < 1e-7  # no speed
    shares = np.array([glide(s) for s in np.linspace(0, 1, 101)])
    assert (np.diff(shares) > 0).all() and shares + shares[::-1] == pytest.approx(1.0)


def test_bad_input_is_named():
    for call, sentence in (
        (lambda: log_scene([[1.5]]), "image must be between 0 and 1, got 1.5"),
        (lambda: log_scene(np.empty((0, 3))), "image must hold one value at least, got none"),
        (lambda: log_scene([[0.5]], ink=0.0), "ink must be positive and finite, got 0"),
        (lambda: blurred([[0.0]], -1.0), "width must be zero or positive, and finite, got -1"),
        (lambda: blurred([[0.0]], 1.0, margin=-1), "margin must be at least 0, got -1"),
        (lambda: film_of([[0.0]], [0.0], [0.0, 1.0]), r"y must have shape \(1,\), as x, got \(2,\)"),
        (lambda: film_of(np.empty((0, 1)), [0.0], [0.0]), "scene must hold one value at least, got none"),
        (lambda: film_of([[0.0]], [0.0], [0.0], size=0), "size must be at least 1, got 0"),
        (lambda: film_of([[0.0]], [0.0], [0.0], cell=0.0), "cell must be positive and finite, got 0"),
    ):
        with pytest.raises(ValueError, match=sentence):
            call()
