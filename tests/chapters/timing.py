"""How long each chapter takes to run, reported after the tests, with a word where it is over a minute.

It fails nothing: how long a minute is depends on what else the machine does.

The times are those of nbval, cell by cell, with the start of the kernel. The root's `conftest.py` loads this
module, so that it sees every notebook, wherever it is.
"""

from collections import defaultdict

__all__ = ["LIMIT", "ChapterTimes", "pytest_configure"]

LIMIT = 60.0  # s


class ChapterTimes:
    """Adds up the seconds of each notebook's cells."""

    def __init__(self, limit: float = LIMIT):
        self.limit = limit
        self.seconds: dict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report):
        file = report.nodeid.split("::")[0]
        if file.endswith(".ipynb"):
            self.seconds[file] += report.duration

    def lines(self) -> list[str]:
        """One sentence for each notebook."""
        return [
            f"{file} ran in {seconds:.1f} s"
            + (f": a chapter should run in {self.limit:.0f} s" if seconds > self.limit else "")
            for file, seconds in sorted(self.seconds.items())
        ]

    def pytest_terminal_summary(self, terminalreporter):
        for line in self.lines():
            terminalreporter.write_line(line)


def pytest_configure(config):
    if not hasattr(config, "workerinput"):  # a worker of xdist sees only its own part
        config.pluginmanager.register(ChapterTimes(), "chapter-times")
