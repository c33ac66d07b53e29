"""The books that the tests look at, each built once, and the browser that opens them."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from needs import need
from sample_book import SAMPLE, build_book, copy_book


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Path:
    """The folder with the pages of the sample book."""
    return build_book(copy_book(tmp_path_factory.mktemp("sample"), SAMPLE))


@pytest.fixture(scope="session", params=["sample", pytest.param("book", marks=pytest.mark.slow)])
def pages(request, tmp_path_factory) -> Path:
    """The folder with the pages of the sample book and, among the slow tests, of the book itself."""
    if request.param == "sample":
        return request.getfixturevalue("sample")
    from snnlab.course.building import build_book as build

    return build(tmp_path_factory.mktemp("book"), strict=True).parent


@pytest.fixture(scope="session")
def browser():
    """Chromium, driven by Playwright."""
    need(find_spec("playwright"), "Playwright is not installed: python -m pip install playwright")
    names = ["chromium", "chromium-browser", "google-chrome", "chrome"]
    program = next(filter(None, map(shutil.which, names)), None)
    need(program, "no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=flags)
        yield chromium
        chromium.close()
