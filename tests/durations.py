"""How long each test takes: recorded once, and used to leave out the slow ones and to begin with the longest.

    python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --record-durations

writes `durations.json`: the seconds of every test whose call takes `SLOW` or more. Nobody lists slow tests by
hand: what stands there is slow, cells of a notebook together, since no cell runs without those before it, and
what asks for a built book. A test that was never recorded is quick.
"""

import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest

__all__ = ["FILE", "Recorder", "in_order", "of_files", "recorded", "slow"]

FILE = Path(__file__).with_suffix(".json")
SLOW = 0.3  # s: what is shorter, rounded to tenths, is not written down
SLOW_NOTEBOOK = 5.0  # s, for all its cells
BUILT = {"pages", "sample", "whole_book"}  # fixtures that wait until a book is built


def recorded() -> dict[str, float]:
    """Seconds by the id of the test."""
    try:
        return json.loads(FILE.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def of_files(seconds: dict[str, float]) -> Counter:
    """Seconds by file."""
    total: Counter = Counter()
    for test, took in seconds.items():
        total[test.partition("::")[0]] += took
    return total


def slow(test: str, seconds: dict[str, float], files: Counter) -> bool:
    """Whether a test is slow by what was recorded."""
    file = test.partition("::")[0]
    if file.endswith(".ipynb"):
        return files[file] > SLOW_NOTEBOOK
    return test in seconds


def in_order(tests: list[str], files: Counter) -> list[int]:
    """The places of `tests`: notebooks, then those of the longest file first; within a file as they stand.

    Two workers that take file by file then end at about the same time, and what the notebooks said is there
    when the tests of the book ask for it.
    """
    names = [test.partition("::")[0] for test in tests]
    first = {name: place for place, name in reversed(list(enumerate(names)))}

    def rank(k: int) -> tuple:
        return (not names[k].endswith(".ipynb"), -files[names[k]], first[names[k]], k)

    return sorted(range(len(tests)), key=rank)


class Recorder:
    """Writes down how long the tests of this run took; those that did not run keep what they had."""

    def __init__(self, file: Path = FILE):
        self.file, self.seconds = file, defaultdict[str, float](float)

    def pytest_runtest_logreport(self, report):
        if report.when == "call" or ".ipynb::" in report.nodeid:  # a notebook's kernel starts before a cell
            self.seconds[report.nodeid] += report.duration

    def pytest_sessionfinish(self, session):
        there = json.loads(self.file.read_text(encoding="utf-8")) if self.file.exists() else {}
        there |= self.seconds
        kept = {test: round(took, 1) for test, took in sorted(there.items()) if round(took, 1) >= SLOW}
        self.file.write_text(json.dumps(kept, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def pytest_addoption(parser):
    parser.addoption("--record-durations", action="store_true", help="write tests/durations.json anew")


def pytest_configure(config):
    if config.getoption("--record-durations") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Recorder(), "recorder-of-durations")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    seconds = recorded()
    files = of_files(seconds)
    for item in items:
        nightly = item.get_closest_marker("nightly") is not None
        waits = not BUILT.isdisjoint(getattr(item, "fixturenames", ()))
        if nightly or waits or slow(item.nodeid, seconds, files):
            item.add_marker(pytest.mark.slow)
    yield  # -m and -k choose
    tests = [item.nodeid for item in items]
    items[:] = [items[k] for k in in_order(tests, of_files({t: seconds.get(t, 0.0) for t in tests}))]
