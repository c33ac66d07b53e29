"""Three lines a pixel."""

import numpy as np

from snnlab.learning.constrained.digit_lines import pixel_lines


def test_a_brighter_pixel_has_more_lines_on():
    lines = pixel_lines(np.linspace(0.0, 1.0, 17)[:, None])
    assert lines.shape == (17, 3)
    assert lines.sum(axis=1).tolist() == [0] * 5 + [1] * 4 + [2] * 4 + [3] * 4
