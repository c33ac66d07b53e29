"""The panel of a learned function against the package, beyond the start values."""

import numpy as np
import pytest
from snnlab_widgets import learned_function_panel

from snnlab.learning.memory.sine_learner import usual_errors
from snnlab.learning.memory.taught_function import taught_function


@pytest.mark.parametrize(
    ("left", "middle", "example", "others", "seed"),
    [(0.3, -0.85, 20, 0, 1), (-1.0, 1.0, 7, 1, 2**60 + 1), (0.0, 0.0, 1, 1, 3)],
)
def test_a_function_is_that_of_the_package(left, middle, example, others, seed):
    panel = learned_function_panel(
        engine="kernel", left=left, middle=middle, example=example, others=others, seed=seed
    )
    seen = taught_function(left, middle, example, others == 1, rng=np.uint64(seed))
    for name, value in seen._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


def test_what_it_is_usually_wrong_by_is_drawn_beside_it():
    result = learned_function_panel(engine="kernel").result
    np.testing.assert_array_equal([result.usual, result.usual_others], usual_errors())


def test_what_is_drawn_stays_in_its_frame():
    """Of functions within the family; what was seen of others may go beyond."""
    for left, middle in ((0.7, 0.7), (-0.9, 0.3), (0.2, -0.95)):
        panel = learned_function_panel(engine="kernel", left=left, middle=middle, example=20)
        curves, errors = (view.y_axis for view in panel.views)
        assert np.nanmax(np.abs(panel.result.guess)) < curves.high
        assert panel.result.errors.max() < errors.high
    assert usual_errors().max() < errors.high
