"""What tests share: one browser in each process, one small book and one whole book in all of them."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from chapters.executed import take_executed
from chromium import launch
from filelock import FileLock
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

    return built_once(tmp_path_factory, "sample", lambda folder: build_book(copy_book(folder, SAMPLE)))


@pytest.fixture(scope="session")
def whole_book(tmp_path_factory) -> Path:
    """The folder with the pages of our own book, which takes minutes to build; beside it, what was said.

    Where nbval has run the notebooks already, the book shows what it saw.
    """

    def build(folder: Path) -> Path:
        taken = take_executed(folder / "_build")
        command = [sys.executable, "-m", "snnlab", "book", "--no-serve", "--out", str(folder)]
        run = subprocess.run(command, capture_output=True, encoding="utf-8")
        assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
        (folder / "said.txt").write_text(run.stdout, encoding="utf-8")
        (folder / "taken.txt").write_text("\n".join(taken), encoding="utf-8")
        (folder / "errors.txt").write_text(run.stderr, encoding="utf-8")
        return folder / "_build" / "html"

    return built_once(tmp_path_factory, "book", build)


def built_once(tmp_path_factory, name: str, build: Callable[[Path], Path]) -> Path:
    """What `build` makes in an empty folder, made by whichever process of this run needs it first."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    ready = shared / f"{name}.txt"
    with FileLock(shared / f"{name}.lock"):
        if not ready.exists():
            ready.write_text(str(build(tmp_path_factory.mktemp(name))), encoding="utf-8")
    return Path(ready.read_text(encoding="utf-8"))
