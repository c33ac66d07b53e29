"""Run a model's own tests against a copy of the project in which its module is changed."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from mutation.mutants import Mutant, mutants

__all__ = ["Trial", "survivors"]

GUARD = """from pathlib import Path
import {package}

def test_the_copy_is_what_is_tested():
    assert Path({package}.__file__).resolve().is_relative_to(Path(__file__).resolve().parent)
"""
GUARD_FILE = "test_which_copy.py"


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
        self.tests = folder / tests.relative_to(project)
        self.package = module.relative_to(project).parts[0]
        leave_out = shutil.ignore_patterns("__pycache__", ".*_cache")
        for name in (self.package, "tests"):
            shutil.copytree(project / name, folder / name, ignore=leave_out)
        for name in ("pyproject.toml", "conftest.py"):
            if (project / name).is_file():
                shutil.copy(project / name, folder / name)
        self.limit = 300.0  # s
        (folder / GUARD_FILE).write_text(GUARD.format(package=self.package), encoding="utf-8")

    def passes(self, compiled: bool) -> bool:
        """Whether the tests pass, with Numba's compiler on or off. Tests that do not end in time do not pass.

        Raises
        ------
        RuntimeError
            If they neither pass nor fail: pytest itself could not run them.
        """
        ours = ("PYTEST_", "NUMBA_", "SNNLAB_")
        environment = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        environment |= {
            "PYTHONPATH": str(self.folder),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # none is needed here, and loading them takes a second
            "NUMBA_DISABLE_JIT": "0" if compiled else "1",
            "SNNLAB_JIT_CACHE": "0",
        }
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", "not slow"]
        command += ["-o", "addopts=--import-mode=importlib", GUARD_FILE, str(self.tests)]
        started = time.monotonic()
        try:
            run = subprocess.run(
                command, cwd=self.folder, env=environment, timeout=self.limit,
                capture_output=True, encoding="utf-8", errors="replace",
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return False
        self.seconds, self.output = time.monotonic() - started, run.stdout + run.stderr
        if run.returncode not in (0, 1):
            raise RuntimeError(self.output)
        return run.returncode == 0


def survivors(trial: Trial) -> list[Mutant]:
    """The mutants of the trial's module that its tests do not notice.

    The compiler is off, which is faster, unless the tests of the unchanged module need it.

    Raises
    ------
    RuntimeError
        If the tests fail with the unchanged module, or import it from somewhere else.
    """
    source = trial.module.read_text(encoding="utf-8")
    compiled = next((compiled for compiled in (False, True) if trial.passes(compiled)), None)
    if compiled is None:
        raise RuntimeError(f"the tests fail without any change:\n{trial.output}")
    trial.limit = 5.0 + 3.0 * trial.seconds  # a wrong sign can make a loop endless
    left = []
    for mutant in mutants(source):
        trial.module.write_text(mutant.source, encoding="utf-8")
        if trial.passes(compiled):
            left.append(mutant)
    trial.module.write_text(source, encoding="utf-8")
    return left
