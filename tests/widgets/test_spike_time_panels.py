"""The panels of chapter 15 against the package, beyond the start values."""

import numpy as np
import pytest
from snnlab_widgets import spike_slope_panel, xor_epochs_panel

from snnlab.learning.spike_times.spike_slope import spike_slope
from snnlab.learning.spike_times.xor_epochs import xor_epochs


@pytest.mark.parametrize(("w", "arrives", "others"), [(0.0, 0.0, 0.0), (1.5, 20.0, 0.6), (0.36, 6.0, 0.35)])
def test_a_slope_is_that_of_the_package(w, arrives, others):
    panel = spike_slope_panel(engine="kernel", w=w, arrives=arrives, others=others)
    for name, value in spike_slope(w, arrives, others)._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


@pytest.mark.parametrize(
    ("rate", "scale", "least_slope", "push"),
    [(0.01, 2.0, 0.0, 0.0), (0.0005, 0.1, 0.1, 0.5), (0.0001, 0.1, 0.5, 2.0)],
)
def test_an_epoch_is_that_of_the_package(rate, scale, least_slope, push):
    panel = xor_epochs_panel(engine="kernel", rate=rate, scale=scale, least_slope=least_slope, push=push)
    for name, value in xor_epochs(rate, scale, least_slope, push)._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)
