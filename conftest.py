"""What holds for every test, wherever it stands: doctests and notebooks have no folder of tests above."""

import pytest
from hypothesis import settings

pytest_plugins = ["chapters.timing"]  # how long each notebook ran

# Compiling a kernel takes longer than hypothesis allows for one example, and a test must fail today or never.
settings.register_profile("snnlab", deadline=None, derandomize=True)
settings.load_profile("snnlab")

# Outputs of a notebook that are not compared: pictures are looked at by other tests, and their text form is.
PICTURES = (
    "application/vnd.jupyter.widget-view+json",
    "image/jpeg",
    "image/png",
    "image/svg+xml",
    "stderr",
    "text/html",
    "text/markdown",
)


# What runs for ten seconds and more; whoever edits one of them runs it by its name.
SLOW_NOTEBOOKS = (
    "16_surrogate_gradients", "21_what_stdp_learns", "22_clustering_digits", "24_teaching_and_reward",
    "27_learning_engine", "28_network_on_chip", "playground",
)  # fmt: skip


def pytest_collectstart(collector):
    if hasattr(collector, "skip_compare"):  # a notebook, collected by nbval
        collector.skip_compare += PICTURES
        if collector.path.stem in SLOW_NOTEBOOKS:
            collector.add_marker(pytest.mark.slow)
