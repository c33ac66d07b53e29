"""Two copies of the project, one of them with a fault, and the tests that meet it there.

The compiled kernels lie in ``__pycache__`` of a copy and the modules of WebAssembly in a cache folder beside
it. The copy with the fault begins with those of the other, so that only what the fault touches is compiled
anew; all that it leaves is thrown away with it.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from faults.fault import FOLDERS, make

__all__ = ["CI", "NIGHTLY", "Copies", "Met", "Report"]

CI, NIGHTLY = "not nightly", "nightly"
BEFORE_ANY = "pytest"  # failed before the first test began


class Report(NamedTuple):
    """What became of some tests: the first that failed, or none; in which way; and those that were begun."""

    test: str | None
    how: str = ""
    begun: tuple[str, ...] = ()


class Met(NamedTuple):
    """What found a fault, and the tests that failed without it or not every time, which prove nothing."""

    found: Report
    aside: tuple[str, ...]


class Copies:
    """The committed project, copied to `folder`, and a second copy for one fault after the other.

    Parameters
    ----------
    project
        A clone. What is not committed is not copied, except for its compiled kernels.
    folder
        Where the copies are made; those of an earlier run are used again.
    limit
        How many seconds a test may take.
    plugins
        The plugins of pytest that the tests need.
    """

    def __init__(self, project: Path, folder: Path, limit: float, plugins: Iterable[str] = ()):
        self.plugins = [word for plugin in plugins for word in ("-p", plugin)]
        self.right, self.wrong, self.limit = folder / "right", folder / "wrong", limit
        self.log = folder / "log.txt"
        self.clone = self.right / "project"
        if not self.right.is_dir():
            copy(project, folder / "fresh")
            (folder / "fresh").rename(self.right)
        git("-C", str(self.clone), "reset", "--quiet", "--hard")

    def meet(self, fault: dict[str, Any], tests: Iterable[str], markers: str) -> Met:
        """Make the fault and run the tests with these markers until one has found it.

        A test has found it when it fails with the fault, passes without it, and fails with it again.

        Raises
        ------
        RuntimeError
            If the tests cannot even be collected without the fault.
        """
        self._forget()
        shutil.copytree(self.right, self.wrong, symlinks=True)
        name, _ = make(fault, self.wrong / "project")
        aside, passed = [], set()
        while True:
            report = self._run(self.wrong, tests, markers, name, [*aside, *passed])
            if report.test is None or self._proves(report, tests, markers):
                self._forget()
                return Met(report, tuple(aside))
            aside.append(report.test)
            # a cell that passed is needed by those after it
            passed.update(test for test in report.begun if ".ipynb::" not in test)

    def _proves(self, report: Report, tests: Iterable[str], markers: str) -> bool:
        """Whether the test that failed passes without the fault and fails with it again."""
        if report.how == "cannot be collected" or report.test == BEFORE_ANY:
            report = self._run(self.right, tests, markers, options=["--collect-only"])
            if report.test:
                raise RuntimeError(f"{report.test} {report.how} without any fault; {self.log} says why")
            return True
        # a cell needs those before it
        alone = [report.test.partition("::")[0] if ".ipynb" in report.test else report.test]
        if self._run(self.right, alone, markers).test is not None:
            return False
        return self._run(self.wrong, alone, markers).test is not None

    def _forget(self) -> None:
        if self.wrong.exists():
            shutil.rmtree(self.wrong)

    def _run(self, side: Path, tests: Iterable[str], markers: str, file="", aside=(), options=()) -> Report:
        """Run tests up to the first that fails."""
        project = side / "project"
        ours = ("PYTEST_", "NUMBA_", "SNNLAB_")
        environment = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        environment |= {
            "PYTHONPATH": os.pathsep.join([str(project), str(project / "widgets")]),
            "XDG_CACHE_HOME": str(side / "cache"),
        }
        asked = {"folder": str(project), "markers": markers, "file": file, "aside": list(aside)}
        asked["options"] = ["--basetemp", str(side / "pytest"), *self.plugins, *options]
        command = [sys.executable, "-P", str(Path(__file__).with_name("watched.py")), *tests]
        with (
            self.log.open("wb") as log,
            subprocess.Popen(
                command, cwd=project, env=environment, encoding="utf-8",
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            ) as process,
        ):  # fmt: skip
            try:
                process.stdin.write(json.dumps(asked))
                process.stdin.close()
                report = self._follow(process)
            finally:
                process.kill()
        shutil.rmtree(side / "pytest", ignore_errors=True)
        return report

    def _follow(self, process: subprocess.Popen) -> Report:
        """Read what is told of the tests; one that takes too long ends them."""
        late, begun, first, code = threading.Event(), [], None, None

        def end():
            late.set()
            process.kill()

        timer = threading.Timer(self.limit, end)
        timer.start()
        try:
            for line in process.stdout:
                if not line.startswith("@@"):
                    continue
                what, which = json.loads(line[2:])
                timer.cancel()
                timer = threading.Timer(self.limit, end)
                timer.start()
                if what == "begins":
                    begun.append(which)
                elif what == "comes from":
                    raise RuntimeError(f"the copy is not what is tested: {which} is")
                elif what == "ends":
                    code = which
                else:
                    first = first or Report(which, what)
        finally:
            timer.cancel()
        last = begun[-1] if begun else BEFORE_ANY
        if late.is_set():
            first = Report(last, "does not end")
        elif first is None and code not in (0, 5):  # all have passed, or there were none
            first = Report(last, "cannot go on")
        return (first or Report(None))._replace(begun=tuple(begun))


def copy(project: Path, folder: Path) -> None:
    """What is committed, the compiled kernels beside it, and the modules of WebAssembly of this user."""
    if folder.exists():  # it was interrupted
        shutil.rmtree(folder)
    git("clone", "--quiet", str(project), str(folder / "project"))
    for part in FOLDERS:
        for compiled in (project / part).rglob("__pycache__/*.nb?"):
            target = folder / "project" / compiled.relative_to(project)
            target.parent.mkdir(exist_ok=True)
            shutil.copy2(compiled, target)
    wasm = Path("snnlab", "wasm")  # named after what they are made of
    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / wasm
    if kept.is_dir():
        shutil.copytree(kept, folder / "cache" / wasm)


def git(*words: str) -> str:
    """What git answers."""
    return subprocess.run(["git", *words], check=True, capture_output=True, encoding="utf-8").stdout.strip()
