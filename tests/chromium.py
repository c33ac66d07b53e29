"""How tests and benchmarks start Chromium."""

import shutil

__all__ = ["PATIENCE", "launch"]

PATIENCE = (
    120_000  # ms, after which a test gives up: a busy machine is slow, and nobody waits for what comes sooner
)

# As a container without a display and without the outside world needs them.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",  # a moving test picture, for a page that is allowed a camera
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


def launch(playwright):
    """Start the machine's Chromium, or Playwright's own where the machine has none."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    return playwright.chromium.launch(executable_path=program, args=FLAGS)
