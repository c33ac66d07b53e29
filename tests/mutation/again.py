"""Run the tests of a module again and again in one process, each time with another text of the module.

    python again.py FOLDER MODULE TESTS...

A line of JSON on the standard input is a text of the module and the tests to run, in this order and up to
the first that fails, or null for all of them. The answer is a line of JSON that starts with @@ for each test,
with its name, outcome and seconds, and one for the end, with pytest's exit code.

Starting Python, NumPy, Numba and pytest takes longer than most tests. What comes from FOLDER is forgotten in
between, so that nothing of one text is left when the next is tried.
"""

import json
import os
import sys
from pathlib import Path

import pytest

OPTIONS = ["-q", "-p", "no:cacheprovider", "-m", "not slow", "-o", "addopts=--import-mode=importlib"]


class Watch:
    """Tells what becomes of each test; puts them in the order asked for."""

    def __init__(self, wanted, tell):
        self.wanted, self.tell = wanted, tell

    def pytest_collection_modifyitems(self, items):
        if self.wanted is not None:
            place = {name: number for number, name in enumerate(self.wanted)}
            items[:] = sorted(
                (item for item in items if item.nodeid in place), key=lambda item: place[item.nodeid]
            )

    def pytest_runtest_logreport(self, report):
        if report.when == "call" or not report.passed:
            self.tell([report.nodeid, report.outcome, report.duration])


def main(folder, module, *tests):
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what pytest says goes to the log

    def tell(what):
        answers.write("@@" + json.dumps(what) + "\n")
        answers.flush()

    inside = folder + os.sep, os.path.realpath(folder) + os.sep
    for line in sys.stdin:
        source, wanted = json.loads(line)
        Path(module).write_text(source, encoding="utf-8")
        for name, there in list(sys.modules.items()):
            if (getattr(there, "__file__", None) or "").startswith(inside):
                del sys.modules[name]
        first = [] if wanted is None else ["-x"]
        tell(int(pytest.main([*OPTIONS, *first, *tests], plugins=[Watch(wanted, tell)])))


if __name__ == "__main__":
    main(*sys.argv[1:])
