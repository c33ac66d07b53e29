"""Convolution and pooling as matrices: equal to the sums that define them, place by place."""

import numpy as np
import pytest

from snnlab.learning.conversion.image_layers import Window, convolution, mean_pooling


def convolved(image, kernel, window, groups):
    """The definition, one place after the other, on an image with its zeros around it."""
    above, left, below, right = window.pads
    padded = np.pad(image, ((0, 0), (above, below), (left, right)))
    rows, columns = window.places(image.shape)
    y = np.zeros((len(kernel), rows, columns))
    each, outs = kernel.shape[1], len(kernel) // groups
    for o, i, j in np.ndindex(y.shape):
        first = o // outs * each
        top, start = i * window.stride[0], j * window.stride[1]
        seen = padded[
            first : first + each,
            top : top + window.dilation[0] * window.size[0] : window.dilation[0],
            start : start + window.dilation[1] * window.size[1] : window.dilation[1],
        ][:, : window.size[0], : window.size[1]]
        y[o, i, j] = np.sum(seen * kernel[o])
    return y


@pytest.mark.parametrize(
    "window, groups",
    [
        (Window((3, 2)), 1),
        (Window((3, 2), (2, 1), (1, 0, 2, 1)), 1),
        (Window((2, 3), (1, 2), (0, 1, 1, 1), (2, 1)), 2),
        (Window((1, 1)), 4),
    ],
)
def test_the_matrix_is_the_convolution(window, groups):
    rng = np.random.default_rng(1)
    image, kernel = rng.normal(size=(4, 6, 7)), rng.normal(size=(8, 4 // groups, *window.size))
    w, shape = convolution(kernel, window, image.shape, groups)
    expected = convolved(image, kernel, window, groups)
    assert shape == expected.shape
    np.testing.assert_allclose(w @ image.ravel(), expected.ravel(), atol=1e-12)


def test_a_mean_of_equal_numbers_is_that_number_unless_zeros_around_count():
    window, image = Window((2, 2), (2, 2), (1, 1, 0, 0)), np.full((2, 3, 3), 5.0)
    w, shape = mean_pooling(window, image.shape)
    assert shape == (2, 2, 2) and (w @ image.ravel() == 5.0).all()
    counting, _ = mean_pooling(window, image.shape, count_padding=True)
    np.testing.assert_allclose((counting @ image.ravel()).reshape(shape)[0], [[1.25, 2.5], [2.5, 5.0]])


def test_what_does_not_fit():
    with pytest.raises(ValueError, match=r"window must fit into the image, got \(4, 1\) in \(3, 3\)"):
        Window((4, 1)).places((1, 3, 3))
    with pytest.raises(
        ValueError, match=r"kernel must be for 3 channels in 1 groups, got 2 channels a group"
    ):
        convolution(np.ones((1, 2, 1, 1)), Window((1, 1)), (3, 3, 3))
    with pytest.raises(ValueError, match=r"a layer must have at most 50,000,000 weights"):
        convolution(np.ones((64, 3, 3, 3)), Window((3, 3)), (3, 64, 64))
