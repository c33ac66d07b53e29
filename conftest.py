"""What holds for every test, wherever it stands: doctests and notebooks have no folder of tests above."""

from hypothesis import settings

pytest_plugins = ["chapters.timing", "chapters.executed", "durations", "reproductions"]

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


def pytest_collectstart(collector):
    if hasattr(collector, "skip_compare"):  # a notebook, collected by nbval
        collector.skip_compare += PICTURES
