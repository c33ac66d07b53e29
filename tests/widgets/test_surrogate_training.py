"""The panel in which a network learns: its picture and its number tell the same."""

import numpy as np
import pytest
from snnlab_widgets import PANELS


@pytest.mark.parametrize(("seed", "epochs"), [(1, 0), (2, 0), (5, 0), (1, 6)])
def test_the_patterns_right_of_zero_are_those_that_are_right(seed, epochs):
    """Ties too: where neither readout has risen, both scores are 0, and the first class is named."""
    seen = PANELS["surrogate_training"](engine="kernel", seed=seed, epochs=epochs).result
    assert np.sum(seen.margins) == 256
    assert np.sum(seen.margins[len(seen.margins) // 2 :]) == pytest.approx(2.56 * seen.percent)
