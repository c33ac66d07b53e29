"""Run something as a user who is not root, whoever runs the tests.

Root plays the user: with another id, in a world in which everybody may read root's Python.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from snnlab.course.classroom.sandbox.isolation import visible_folders
from snnlab.course.classroom.sandbox.limits import is_root
from snnlab.course.classroom.sandbox.system_calls import NoFilter, call_number
from snnlab.course.places import PACKAGE

__all__ = ["as_a_user", "need_namespaces", "run_as_a_user", "shuts_in", "with_a_python_for_all"]

_RUN = """
import json, sys
<begin>
from pathlib import Path
from snnlab.course.classroom.sandbox.choosing import find_isolation
from snnlab.course.classroom.sandbox.limits import Limits, is_root
from snnlab.course.classroom.sandbox.running import Ask, Source, run
assert not is_root()
given = json.load(sys.stdin)
way = find_isolation([Path(given["class"])], Limits())
for code in given["codes"]:
    sources = [Source(code, "attack"), Source("fine = 1", "beside")]
    came = run(sources, [Ask("attack", "got"), Ask("beside", "fine")], Limits(*given["limits"]), way)
    cells = {k: said if isinstance(said, str) else said.name for k, said in came.cells.items()}
    told = [
        [one.value.ravel().tolist() for one in answer.replies if one.value is not None]
        for answer in came.answers.values()
    ]
    print(json.dumps([cells.get(0, ""), *told]), flush=True)
"""


def as_a_user() -> list[str]:
    """What makes a command that of somebody else, if this is root."""
    if not is_root():
        return []
    become = ["setpriv", "--reuid=60500", "--regid=60500", "--clear-groups", "--"]
    return [*with_a_python_for_all(), *become]


def with_a_python_for_all() -> list[str]:
    """What runs a command of root in a world in which everybody may read root's Python."""
    home = Path("~root").expanduser()
    private = [folder for folder in visible_folders() if folder.is_relative_to(home)]
    above = {parent for folder in private for parent in folder.parents if parent.is_relative_to(home)}
    words = ["bwrap", "--dev-bind", "/", "/", "--perms", "0755", "--tmpfs", str(home)]
    for parent in sorted(above - {home}):
        words += ["--perms", "0755", "--dir", str(parent)]
    for folder in private:
        words += ["--ro-bind", str(folder), str(folder)]
    return [*words, "--cap-add", "ALL", "--"]


def need_namespaces():
    """Skip where the kernel lets only root make namespaces: bubblewrap alone says so, with nothing of ours.

    What our own sandbox says is no reason to skip: that it "can make namespaces" is a hole in it.
    """
    alone = ["bwrap", "--unshare-user", "--dev-bind", "/", "/", "true"]
    done = subprocess.run([*as_a_user(), *alone], capture_output=True, encoding="utf-8", cwd="/")
    if done.returncode:
        pytest.skip(f"this kernel lets only root make namespaces: {done.stderr}")


def shuts_in():
    """Whether bubblewrap alone, with nothing of ours, shuts a program in here, and libseccomp is there."""
    try:
        call_number("keyctl")
    except NoFilter:
        return False
    if not shutil.which("bwrap") or (is_root() and not shutil.which("setpriv")):
        return False
    away = ["--unshare-pid", "--unshare-net", *([] if is_root() else ["--unshare-user"])]
    alone = ["bwrap", *away, "--dev-bind", "/", "/", "--proc", "/proc", "true"]
    return subprocess.run(alone, capture_output=True, cwd="/").returncode == 0


def run_as_a_user(codes, limits, begin=""):
    """Run programs shut in, one after another, as `snnlab.course.classroom.sandbox.running.run` does.

    Parameters
    ----------
    codes : list of str
        Cells that define `got`.
    limits : Limits
        Of each.
    begin : str
        Python that the user's process begins with, to break something.

    Returns
    -------
    list of tuple
        Of each, why its cell failed, the numbers of `got`, and those of `fine`, which comes after it.
    """
    need_namespaces()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        Path(folder, "class").mkdir(mode=0o755)
        done = subprocess.run(
            [*as_a_user(), sys.executable, "-B", "-c", _RUN.replace("<begin>", begin)],
            input=json.dumps({"class": f"{folder}/class", "codes": codes, "limits": limits}),
            env={**os.environ, "PYTHONPATH": str(PACKAGE.parent), "HOME": folder},
            capture_output=True,
            encoding="utf-8",
            timeout=400,
            cwd="/",
        )
    assert done.returncode == 0, done.stderr
    return [
        (reason, *(numbers[0] if numbers else None for numbers in told))
        for reason, *told in map(json.loads, done.stdout.splitlines())
    ]
