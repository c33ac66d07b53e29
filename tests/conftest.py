"""What all tests of a process share: one browser, one small book."""

from pathlib import Path

import pytest
from chromium import launch
from needs import need


@pytest.fixture(scope="session")
def browser():
    """Chromium, driven by Playwright, which allows one driver a process.

    A test opens a context of its own (`browser.new_context()`) and closes it.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        need(False, "Playwright is not installed: python -m pip install playwright")
    with sync_playwright() as playwright:
        try:
            chromium = launch(playwright)
        except Error as error:
            need(False, f"no Chromium on this machine, or it does not start: {error}")
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Path:
    """The folder with the pages of the sample book."""
    from sample_book import SAMPLE, build_book, copy_book

    return build_book(copy_book(tmp_path_factory.mktemp("sample"), SAMPLE))
