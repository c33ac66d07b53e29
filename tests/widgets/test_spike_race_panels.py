"""The panels of chapter 17 against the package, beyond the start values."""

import numpy as np
import pytest
from snnlab_widgets import four_cases_panel, xor_race_panel

from snnlab.learning.spike_times.alpha_layers import AlphaLearning
from snnlab.learning.spike_times.four_cases import four_cases
from snnlab.learning.spike_times.xor_race import xor_race


@pytest.mark.parametrize(
    ("epochs", "first", "second", "seed"), [(0, 0.0, 10.0, 3), (10, 8.0, 7.5, 2), (5, 4.0, 4.0, 1)]
)
def test_a_race_is_that_of_the_package(epochs, first, second, seed):
    panel = xor_race_panel(engine="kernel", epochs=epochs, first=first, second=second, seed=seed)
    for name, value in xor_race(epochs, first, second, rng=np.uint64(seed))._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


@pytest.mark.parametrize(
    ("epochs", "only_mistakes", "sharpness", "seed"), [(0, 1.0, 1.0, 3), (6, 0.0, 1.0, 2), (4, 0.0, 20.0, 1)]
)
def test_a_network_that_learns_is_that_of_the_package(epochs, only_mistakes, sharpness, seed):
    how = {"only_mistakes": only_mistakes, "sharpness": sharpness}
    panel = four_cases_panel(engine="kernel", epochs=epochs, seed=seed, **how)
    method = AlphaLearning(only_mistakes=only_mistakes > 0, sharpness=sharpness)
    for name, value in four_cases(epochs, method, rng=np.uint64(seed))._asdict().items():
        found = getattr(panel.result, name)
        if name == "right":
            assert np.isnan(found[epochs + 1 :]).all()
            found = found[: epochs + 1]
        np.testing.assert_array_equal(found, value, name)
