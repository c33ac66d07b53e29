"""Run a model's own tests against a copy of the project in which its module is changed."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple

from mutation.mutants import Mutant, mutants

__all__ = ["Trial", "survivors"]

GUARD = """from pathlib import Path
from typing import NamedTuple
import {package}

def test_the_copy_is_what_is_tested():
    assert Path({package}.__file__).resolve().is_relative_to(Path(__file__).resolve().parent)
"""
GUARD_FILE = "test_which_copy.py"
GUARD_TEST = f"{GUARD_FILE}::test_the_copy_is_what_is_tested"
UNCOMPILED = 20.0  # s for the tests of the unchanged module without the compiler; later ones wait for it
COMPILED = 300.0  # s, with it
SLACK = 5.0  # s that a test may take longer with a mutant, beside three times its time


class Run(NamedTuple):
    """What became of the tests."""

    found: dict[str, tuple[str, float]]  # outcome and seconds of each
    ended: bool  # all in time


class Trial:
    """A copy of the project and the way its tests are run.

    Parameters
    ----------
    project
        The folder that holds the package and its tests; it stays as it is.
    module
        The module to be changed, below `project`.
    tests
        The file with the tests of that module, below `project`.
    folder
        An empty folder for the copy.
    """

    def __init__(self, project: Path, module: Path, tests: Path, folder: Path):
        self.folder = folder
        self.module = folder / module.relative_to(project)
        self.tests = tests.relative_to(project).as_posix()
        self.package = module.relative_to(project).parts[0]
        leave_out = shutil.ignore_patterns("__pycache__", ".*_cache")
        for name in (self.package, "tests"):
            shutil.copytree(project / name, folder / name, ignore=leave_out)
        for name in ("pyproject.toml", "conftest.py"):
            if (project / name).is_file():
                shutil.copy(project / name, folder / name)
        (folder / GUARD_FILE).write_text(GUARD.format(package=self.package), encoding="utf-8")


class Runner:
    """The tests of a trial, run in one process as often as asked, with Numba's compiler on or off."""

    def __init__(self, trial: Trial, compiled: bool):
        self.trial, self.compiled = trial, compiled
        self.log = trial.folder / "log.txt"
        self.process: subprocess.Popen | None = None
        self.first = 0.0  # s until the first test of the unchanged module had ended

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._end()

    def _start(self) -> subprocess.Popen:
        ours = ("PYTEST_", "NUMBA_", "SNNLAB_")
        environment = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        environment |= {
            "PYTHONPATH": str(self.trial.folder),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # none is needed here, and loading them takes a second
            "NUMBA_DISABLE_JIT": "0" if self.compiled else "1",
            "SNNLAB_JIT_CACHE": "0",
        }
        command = [sys.executable, str(Path(__file__).with_name("again.py"))]
        command += [str(self.trial.folder), str(self.trial.module), GUARD_FILE, self.trial.tests]
        with self.log.open("wb") as log:
            return subprocess.Popen(
                command, cwd=self.trial.folder, env=environment, encoding="utf-8",
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            )  # fmt: skip

    def _end(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def run(self, source: str, tests: dict[str, float] | None = None, limit: float = SLACK) -> Run:
        """Run tests with this text of the module: all of them within `limit` s, or those named.

        Of those named, which took so many seconds with the unchanged module, the quickest come first, and the
        first that fails is the last. Each may take three times as long as it did, and `limit` s more.

        Raises
        ------
        RuntimeError
            If the tests neither pass nor fail: pytest itself could not run them.
        """
        order = None if tests is None else sorted(tests, key=lambda name: tests[name])
        self.process = process = self.process or self._start()
        assert process.stdin is not None and process.stdout is not None
        late = threading.Event()
        timer = self._timer(limit + 3.0 * self.first, process, late)
        started = time.monotonic()
        process.stdin.write(json.dumps([source, order]) + "\n")
        process.stdin.flush()
        found: dict[str, tuple[str, float]] = {}
        code = None
        while code is None and (line := process.stdout.readline()):
            if not line.startswith("@@"):
                continue
            answer = json.loads(line[2:])
            if isinstance(answer, int):
                code = answer
                continue
            name, outcome, seconds = answer
            found[name] = outcome, seconds
            if tests is None:
                self.first = self.first or time.monotonic() - started
            else:
                timer.cancel()
                following = tests[order[len(found)]] if len(found) < len(order) else 0.0
                timer = self._timer(limit + 3.0 * following, process, late)
        timer.cancel()
        timer.join()
        if late.is_set() or code is None:
            self._end()
        if code not in (0, 1) and not late.is_set():
            raise RuntimeError(self.said())
        return Run(found, code is not None)

    def _timer(self, seconds: float, process: subprocess.Popen, late: threading.Event) -> threading.Timer:
        """Ends the process after so many seconds."""
        timer = threading.Timer(seconds, lambda: (late.set(), process.kill()))
        timer.start()
        return timer

    def said(self) -> str:
        """What pytest said."""
        return self.log.read_text(encoding="utf-8", errors="replace")


def survivors(trial: Trial) -> list[Mutant]:
    """The mutants of the trial's module that its tests do not notice.

    First the compiler is off, which is faster: the tests that pass with the unchanged module then, the
    quickest first, are tried on each mutant. What is left meets all tests with the compiler on, unless it
    already has.

    Raises
    ------
    RuntimeError
        If the tests fail with the unchanged module, or import it from somewhere else.
    """
    source = trial.module.read_text(encoding="utf-8")
    left = mutants(source)
    with Runner(trial, compiled=False) as runner:
        found, ended = runner.run(source, limit=UNCOMPILED)
        passed = {name: seconds for name, (outcome, seconds) in found.items() if outcome == "passed"}
        if GUARD_TEST in passed:
            left = [mutant for mutant in left if not noticed(runner.run(mutant.source, passed))]
        if ended and len(passed) == len(found):
            return left
    if left:
        with Runner(trial, compiled=True) as runner:
            run = runner.run(source, limit=COMPILED)
            if noticed(run):
                raise RuntimeError(f"the tests fail without any change:\n{runner.said()}")
            tests = {name: seconds for name, (_, seconds) in run.found.items()}
            left = [mutant for mutant in left if not noticed(runner.run(mutant.source, tests))]
    return left


def noticed(run: Run) -> bool:
    """Whether a test failed, or did not end: a wrong sign can make a loop endless."""
    return not run.ended or any(outcome == "failed" for outcome, _ in run.found.values())
