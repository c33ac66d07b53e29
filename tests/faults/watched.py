"""Run tests and tell of each when it begins and when it fails: as pytest, with a line of JSON for each event.

    python watched.py TESTS...

The standard input says what else is asked: {"folder": …, "markers": …, "file": …, "aside": …, "options": …}.
The tests with these `markers` run up to the first that fails, and those `aside` are left out. The quick ones
come before those that are slow or need a browser, but for a `file` of JavaScript those that node runs and
then those of a browser. Among each, those in a file with its stem in their name come first and then those in
a file that mentions it. The packages must come from `folder`. Each line starts with @@ and holds a pair:
``["begins", test]``, ``["fails", test]``, ``["cannot be collected", file]`` or, for a package from elsewhere,
``["comes from", path]``, and in the end ``["ends", exit code]``.
"""

import functools
import importlib.util
import json
import os
import sys
from pathlib import Path

import pytest

PACKAGES = "snnlab", "snnlab_widgets"
ALONE = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"  # only the plugins asked for: some take seconds to load


class Watch:
    """Puts the tests in order and tells what becomes of them."""

    def __init__(self, file, aside, tell):
        self.stem, self.aside, self.tell = Path(file).stem.strip("_"), set(aside), tell
        self.is_script = file.endswith(".js")
        self.number = {}

    def pytest_configure(self, config):
        del os.environ[ALONE]  # what the tests start may load what it likes
        # also for a project that has no such tests yet
        config.addinivalue_line("markers", "nightly: only the nightly runs it")

    def pytest_itemcollected(self, item):
        self.number[item] = len(self.number)

    def pytest_collection_finish(self, session):
        # only now, since other plugins have put them into an order of their own
        wanted = (item for item in session.items if item.nodeid not in self.aside)
        session.items[:] = sorted(wanted, key=self.place)

    def place(self, item):
        costs = any(item.get_closest_marker(name) for name in ("slow", "browser"))
        file = item.path
        if self.is_script:
            costs = 0 if "javascript" in file.stem else 2 - bool(item.get_closest_marker("browser"))
        return costs, self.stem not in file.stem, self.stem not in text(file), self.number[item]

    def pytest_collectreport(self, report):
        if report.failed:
            self.tell("cannot be collected", report.nodeid)

    def pytest_runtest_logstart(self, nodeid):
        self.tell("begins", nodeid)

    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.tell("fails", report.nodeid)


@functools.cache
def text(path):
    return path.read_text(encoding="utf-8")


def main(*tests):
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what pytest says goes to the log

    def tell(what, which):
        answers.write("@@" + json.dumps([what, which]) + "\n")
        answers.flush()

    asked = json.load(sys.stdin)
    for package in PACKAGES:
        found = importlib.util.find_spec(package)
        if found and not Path(found.origin).resolve().is_relative_to(Path(asked["folder"]).resolve()):
            return tell("comes from", found.origin)
    os.environ[ALONE] = "1"
    options = ["-q", "-x", "-p", "no:cacheprovider", "-m", asked["markers"], *asked["options"]]
    watch = Watch(asked["file"], asked["aside"], tell)
    return tell("ends", int(pytest.main([*options, *tests], plugins=[watch])))


if __name__ == "__main__":
    main(*sys.argv[1:])
