"""The errors of the command line: one sentence that says what to do, and exit code 2."""

import sys
from importlib.util import find_spec

from snnlab.course.places import repository

__all__ = ["CommandError", "install_line", "require"]


class CommandError(Exception):
    """One sentence for the reader, without a traceback."""


def install_line(extra: str) -> str:
    """The command that installs the packages of `extra`, as it can be pasted."""
    root = repository()
    what = f'"snnlab-course[{extra}]"' if root is None else f'-e "{root}[{extra}]"'
    # Quoted only if need be: PowerShell takes a quoted name for text.
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f"{python} -m pip install {what}"


def require(extra: str, *modules: str) -> None:
    """Stop with one sentence if a module of `extra` is not installed; nothing is imported."""
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        raise CommandError(f"{' and '.join(missing)} {verb} not installed: run {install_line(extra)}")
