"""An environment for each peer: made once, in the cache folder of the user, from a Python that is there.

`requirements/NAME.txt` is the requirement file of pip. Its first line names the Pythons that will do, the
best first.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["Absent", "cache_folder", "find_python", "python_of"]

FOLDER = Path(__file__).parent / "requirements"


class Absent(Exception):
    """Why a peer is not there, in a sentence."""


def cache_folder() -> Path:
    """Where the system wants what can be made again at any time."""
    home = Path.home()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or home / ".cache"
    return Path(base) / "snnlab" / "benchmarks"


def candidates(version: str) -> list[list[str]]:
    """Commands that may start a Python of this version: the running one, on the PATH, of `py`, of pyenv."""
    found = [[sys.executable], [f"python{version}"], ["python3"], ["python"]]
    if sys.platform == "win32":
        found.append(["py", f"-{version}"])
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for pattern in (f"versions/{version}.*/bin/python", f"pyenv-win/versions/{version}.*/python.exe"):
        found += [[str(path)] for path in sorted(pyenv.glob(pattern))]
    return found


def find_python(versions: list[str]) -> list[str]:
    """The command of the first Python of one of `versions` that can make an environment."""
    code = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"
    for version in versions:
        for command in candidates(version):
            if not shutil.which(command[0]):
                continue
            done = subprocess.run(
                [*command, "-c", code], capture_output=True, encoding="utf-8", errors="replace"
            )
            if done.returncode == 0 and done.stdout.strip() == version:
                return command
    raise Absent(f"no Python {' or '.join(versions)} on this machine")


def python_of(name: str, cache: Path) -> Path:
    """The Python of the environment `name`, which is made if it is not there or its requirements changed."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    versions = re.match(r"# Python (.+)", text)[1].split()
    place = cache / name
    python = place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp = place / "requirements.txt"
    if python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == text:
        return python
    command = find_python(versions)
    print(f"making the environment {place}", file=sys.stderr, flush=True)
    shutil.rmtree(place, ignore_errors=True)
    _run([*command, "-m", "venv", str(place)])
    _run([str(python), "-m", "pip", "install", "--quiet", "--requirement", str(FOLDER / f"{name}.txt")])
    stamp.write_text(text, encoding="utf-8")  # last: it says that all went well
    return python


def _run(command: list[str]) -> None:
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    done = subprocess.run(
        command,
        env=quiet,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        said = [line for line in done.stdout.splitlines() if line.startswith("ERROR")] or ["no message"]
        raise Absent(f"its environment could not be made ({said[-1][:150]})")
