"""How a student's process is shut in: which ways there are, and which of them work on this machine.

- *bubblewrap* (Linux): the process sees Python, its packages and an empty folder, read-only but for that
  folder. It has no network, no other process, no keys and no rights, and may start no second process. It is a
  user of its own. A filter (`snnlab.course.classroom.sandbox.system_calls`) refuses what it has no use for.
  Where the system lends a branch of its control groups, the kernel adds up all memory of a process
  (`snnlab.course.classroom.sandbox.groups`); elsewhere its limits count addresses and files.
- neither: limits on time and memory only, and only where there is a flag that asks for it.

A way counts as working when a trial inside it has started and has found every door shut
(`snnlab.course.classroom.sandbox.trial`). None of them is a wall against a hole in the kernel itself; a
machine that holds nothing else is.
"""

import functools
import importlib.util
import itertools
import json
import os
import re
import shutil
import site
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from snnlab.course.classroom.sandbox.groups import find_branch
from snnlab.course.classroom.sandbox.limits import Limits, is_root
from snnlab.course.classroom.sandbox.watching import BOXES
from snnlab.course.places import PACKAGE, repository

__all__ = ["Bubblewrap", "Isolation", "NoIsolation", "visible_folders", "ways"]

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store")
_OF_PYTHON = ("bin", "lib", "lib32", "lib64", "etc/fonts", "share/zoneinfo", "pyvenv.cfg")
_SETTINGS = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts")
_KEYS = ("/proc/keys", "/proc/key-users")  # where the kernel lists keys, a sandbox's or not
_TEMPORARY = "/tmp"  # noqa: S108
_BOX, _SHARED = BOXES
_FIRST_USER, _USERS = 60578, 128  # user ids that no Linux gives to anybody (systemd's list of ranges)
_users = itertools.count(os.getpid())


def python_command(limits: Limits, isolated: bool) -> list[str]:
    """What starts `snnlab.course.classroom.sandbox.student_process` in this Python."""
    begin = "from snnlab.course.classroom.sandbox.student_process import main"
    settings = json.dumps({"limits": limits, "isolated": isolated})
    folders = [str(folder.parent) for folder in _packages()]
    code = f"import sys; sys.path[:0] = {folders!r}; {begin}; main({settings!r})"
    return [sys.executable, "-I", "-B", "-c", code]


def _packages() -> list[Path]:
    """The course's own packages, which an editable install keeps outside Python's folders."""
    found = [PACKAGE]
    spec = importlib.util.find_spec("snnlab_widgets")
    if spec is not None and spec.origin is not None:
        found.append(Path(spec.origin).resolve().parent)
    return found


def visible_folders() -> list[Path]:
    """What a student's process may read: Python, its packages, and the course without its exercises."""
    # Python may be installed into the teacher's home, so that not all beside it is Python's.
    pythons = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parents[1]}
    folders = [python / name for python in pythons for name in _OF_PYTHON]
    folders += [Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    folders += [Path(path) for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    if site.ENABLE_USER_SITE:
        folders.append(Path(site.getusersitepackages()))
    folders += _packages()
    folders += _kept_kernels()
    seen: list[Path] = []
    there = {
        folder for folder in folders if os.path.exists(folder)
    }  # which this user may not be allowed to ask
    for folder in sorted(there, key=lambda path: len(path.parts)):
        if not any(folder.is_relative_to(other) for other in [*seen, *map(Path, _SYSTEM)]):
            seen.append(folder)
    return seen


def _kept_kernels() -> list[Path]:
    """The course's own kernels in ``NUMBA_CACHE_DIR``, which may be a folder with anything else beside them.

    Numba keeps them in ``NAME_HASH`` there, by the name of the folder of their module.
    """
    named = os.environ.get("NUMBA_CACHE_DIR", "")
    if not named or not Path(named).is_dir():
        return []
    own = {folder.name for package in _packages() for folder in (package, *package.rglob("*/"))}
    kept = [folder for folder in Path(named).iterdir() if re.search(r"_[0-9a-f]{40}\Z", folder.name)]
    return [folder for folder in kept if folder.name[:-41] in own and not folder.is_symlink()]


def _hidden(folders: Iterable[Path]) -> list[Path]:
    """What must not be seen although it may lie in a folder that is."""
    root = repository()
    own = [] if root is None else [root / "book", root / "tests"]
    return [folder.resolve() for folder in (*folders, *own) if os.path.isdir(folder)]


def _environment() -> dict[str, str]:
    words = {
        "HOME": _BOX,
        "TMPDIR": _BOX,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "PATH": "/usr/bin:/bin",
    }
    threads = ("OMP", "OPENBLAS", "MKL", "NUMBA")
    kept = {name: os.environ[name] for name in ("NUMBA_CACHE_DIR",) if name in os.environ}
    return {**words, **kept, **{f"{name}_NUM_THREADS": "1" for name in threads}}


def _become_nobody() -> list[str]:
    """A user without rights, another one for each process, so that nobody uses up another's share."""
    user = str(_FIRST_USER + next(_users) % _USERS)
    drop = ["--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
    return ["setpriv", f"--reuid={user}", f"--regid={user}", *drop, "--"]


class Isolation:
    """One way to shut a process in.

    Parameters
    ----------
    hide : folders, optional
        What a student's code must not see: the folder of the class.
    """

    name = ""
    isolated = True
    branch: Path | None = None
    """Where a control group is made for each process, if there is such a place."""

    def __init__(self, hide: Iterable[Path] = ()):
        self.hide = _hidden(hide)

    def wrap(self, command: list[str], limits: Limits) -> list[str]:
        """`command` inside."""
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        """The variables of the process."""
        return _environment()

    def python(self, limits: Limits) -> list[str]:
        """The command that starts a student's process."""
        return self.wrap(python_command(limits, self.isolated), limits)


class Bubblewrap(Isolation):
    """With bubblewrap and its filter, as root or as anybody.

    Parameters
    ----------
    hide : folders, optional
        As for `Isolation`.
    branch : Path, optional
        Of `snnlab.course.classroom.sandbox.groups.find_branch`.
    """

    name = "bubblewrap"

    def __init__(self, hide: Iterable[Path] = (), branch: Path | None = None):
        super().__init__(hide)
        self.branch = branch
        if branch is not None:
            self.name = "bubblewrap and a control group"

    def wrap(self, command: list[str], limits: Limits) -> list[str]:
        """`command` inside."""
        away = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
        if is_root():  # the kernel's root outside must not own the process inside
            drop = ["--cap-drop", "ALL"]
            for right in ("SETUID", "SETGID", "SETPCAP"):
                drop += ["--cap-add", f"CAP_{right}"]
            command = [*_become_nobody(), *command]
        else:
            drop = ["--unshare-user", "--uid", "65534", "--gid", "65534", "--cap-drop", "ALL"]
            drop += ["--disable-userns"] if "--disable-userns" in _bubblewrap_help() else []
        begin = [*_entrance(), *away, *drop, "--die-with-parent", "--new-session", "--hostname", "box"]
        box = ["--perms", "1777", "--size", str(limits.folder), "--tmpfs", _BOX]
        folders = visible_folders()
        if not any(folder.is_relative_to(_TEMPORARY) for folder in folders):
            box += ["--symlink", "box", _TEMPORARY]  # a course that lies in there stays where it is
        end = ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", _BOX, "--"]
        process = ["--proc", "/proc", *_without_keys(), "--dev", "/dev"]
        box += ["--perms", "1777", "--size", str(limits.shared), "--tmpfs", _SHARED]
        # Bubblewrap itself is process 1 inside: as the same user, it could be written to.
        box += ["--perms", "0000", "--size", "4096", "--tmpfs", "/proc/1", "--remount-ro", "/proc/1"]
        return [*begin, *self._files(folders), *process, *box, *end, *command]

    def _files(self, folders: list[Path]) -> list[str]:
        above = {parent for folder in (*folders, *map(Path, _SETTINGS)) for parent in folder.parents}
        words: list[str] = []
        for parent in sorted(above)[1:]:  # made here, so that everybody may go through; the first is the root
            if not any(parent.is_relative_to(name) for name in _SYSTEM):
                words += ["--perms", "0755", "--dir", str(parent)]
        for name in _SYSTEM:
            if os.path.islink(name):
                words += ["--symlink", os.readlink(name), name]
            elif os.path.isdir(name):
                words += ["--ro-bind", name, name]
        for name in _SETTINGS:
            words += ["--ro-bind-try", name, name]
        for folder in folders:
            words += ["--ro-bind", str(folder), str(folder)]
        for folder in self.hide:
            if any(folder.is_relative_to(other.resolve()) for other in (*folders, Path("/usr"))):
                words += [
                    "--perms",
                    "0000",
                    "--size",
                    "4096",
                    "--tmpfs",
                    str(folder),
                    "--remount-ro",
                    str(folder),
                ]
        return words


@functools.cache
def _bubblewrap_help() -> str:
    done = subprocess.run(["bwrap", "--help"], capture_output=True, encoding="utf-8", errors="replace")
    return done.stdout + done.stderr


def _entrance() -> list[str]:
    """What leaves the teacher's keys behind and then becomes bubblewrap."""
    begin = "from snnlab.course.classroom.sandbox.entering import main"
    code = f"import sys; sys.path[:0] = [{str(PACKAGE.parent)!r}]; {begin}; main()"
    return [sys.executable, "-I", "-S", "-B", "-c", code]


def _without_keys() -> list[str]:
    """Nothing in place of the lists of the kernel's keys, where this kernel has them."""
    return [word for file in _KEYS if os.path.exists(file) for word in ("--ro-bind", "/dev/null", file)]


class NoIsolation(Isolation):
    """With limits alone: for code that is trusted, or for a machine that holds nothing of worth."""

    name = "no isolation"
    isolated = False

    def wrap(self, command: list[str], limits: Limits) -> list[str]:
        """`command` as it is."""
        return command

    def environment(self) -> dict[str, str]:
        """The variables of the process: Windows needs more of them than others."""
        inner = {
            name: word
            for name, word in _environment().items()
            if "/" not in word or name == "NUMBA_CACHE_DIR"
        }
        return {**os.environ, **inner}


def ways(hide: Iterable[Path]) -> list[Isolation]:
    """The ways that this system may know, the best first."""
    linux = sys.platform == "linux" and shutil.which("bwrap") and (not is_root() or shutil.which("setpriv"))
    if not linux:
        return []
    hide, branch = list(hide), find_branch()
    return [Bubblewrap(hide, branch), Bubblewrap(hide)] if branch is not None else [Bubblewrap(hide)]
