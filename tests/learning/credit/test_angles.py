"""How far two gradients point apart."""

import numpy as np
import pytest

from snnlab.learning.credit.angles import angle, layer_angles, relative_distance


@pytest.mark.equation("credit-angle")
@pytest.mark.parametrize("degrees", [0.0, 1e-9, 0.1, 60.0, 90.0, 179.0, 180.0])
def test_a_turned_vector_is_as_far_away_as_it_was_turned(degrees):
    """The tiny one too, which the arc cosine of a scalar product would call 0 or 1e-6."""
    turn = np.radians(degrees)
    a = [np.array([[3.0]]), np.array([[0.0]])]
    b = [np.array([[np.cos(turn)]]), np.array([[np.sin(turn)]])]
    assert angle(a, b) == pytest.approx(degrees, rel=1e-6, abs=1e-13)


def test_neither_size_counts():
    rng = np.random.default_rng(1)
    a, b = ([rng.normal(size=(2, 3)), rng.normal(size=(4, 2))] for _ in range(2))
    assert angle([7 * m for m in a], b) == pytest.approx(angle(a, b), rel=1e-12, abs=0)
    assert relative_distance([1.5 * m for m in a], a) == pytest.approx(0.5, rel=1e-12, abs=0)


def test_layers_are_compared_one_by_one():
    a, b = [np.array([[1.0, 0.0]]), np.array([[1.0]])], [np.array([[0.0, 2.0]]), np.array([[5.0]])]
    np.testing.assert_allclose(layer_angles(a, b), [90.0, 0.0], atol=1e-12)


def test_directions_at_random_are_square_to_each_other():
    """Over 2000 pairs in 400 dimensions: 90 degrees, and 1/√400 radians."""
    rng = np.random.default_rng(1)
    found = [angle([rng.normal(size=(20, 20))], [rng.normal(size=(20, 20))]) for _ in range(2000)]
    scatter = np.degrees(1 / 20)
    assert np.mean(found) == pytest.approx(90, abs=4 * scatter / np.sqrt(2000))
    assert np.std(found) == pytest.approx(scatter, rel=4 / np.sqrt(4000))


def test_nothing_points_nowhere():
    assert np.isnan(angle([np.zeros((1, 1))], [np.ones((1, 1))]))
    assert np.isnan(relative_distance([np.ones((1, 1))], [np.zeros((1, 1))]))


def test_shapes_have_to_agree():
    with pytest.raises(ValueError, match=r"a must have the shapes \[\(1, 2\)\], got \[\(2, 1\)\]"):
        angle([np.ones((2, 1))], [np.ones((1, 2))])
