"""The one browser that all tests of a process share."""

import shutil

import pytest
from needs import need

# As a container without a display and without the outside world needs them.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser():
    """Chromium, driven by Playwright, which allows one driver a process.

    A test opens a context of its own (`browser.new_context()`) and closes it.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        need(False, "Playwright is not installed: python -m pip install playwright")
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    program = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        except Error as error:
            need(False, f"no Chromium on this machine, or it does not start: {error}")
        yield chromium
        chromium.close()
