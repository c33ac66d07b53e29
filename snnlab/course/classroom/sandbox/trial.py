"""What a process that should be shut in finds open: the trial that runs before any student's code does.

Each door is tried as a student would try it. A call of the kernel counts as refused if it ends in "not
permitted", which is the word of the filter: with the arguments below the kernel itself would do as asked, or
find fault with them.
"""

import contextlib
import ctypes
import errno
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from snnlab.course.classroom.sandbox.limits import is_root
from snnlab.course.classroom.sandbox.system_calls import call_number

__all__ = ["DOORS", "open_doors", "own_network"]

_NETWORK = Path("/proc/self")
_CALLS = {  # the door, and calls that harm nobody if they are carried out
    "the kernel's keys can be reached": (
        ("keyctl", 0, -3, 0),  # which keyring has this session?
        ("add_key", b"user", b"snnlab-trial", b"x", 1, -2),  # into a keyring that ends with the process
        ("request_key", b"user", b"snnlab-trial", None, 0),
    ),
    "it can make namespaces": (("unshare", 0), ("setns", -1, 0)),
    "it can look into other processes": (("process_vm_readv", os.getpid(), None, 0, None, 0, 0),),
    "it has memory that is not counted": (
        ("memfd_create", b"snnlab", 0),
        ("shmget", 0, 0, 0),
        ("vmsplice", -1, None, 0, 0),
    ),
    "the kernel's rarer calls are there": (("io_uring_setup", 0, None), ("open_tree", -1, None, 0)),
}


def _refused(calls: Sequence[tuple]) -> bool:
    """Whether every one of these calls is refused, or is none of this kernel's."""
    libc = ctypes.CDLL(None, use_errno=True)
    for name, *arguments in calls:
        number = call_number(name)
        if number >= 0 and (
            libc.syscall(number, *arguments) >= 0 or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS)
        ):
            return False
    return True


def own_network() -> str:
    """The kernel's name of the network that this process is in; "" where it tells none."""
    with contextlib.suppress(OSError):
        return os.readlink(_NETWORK / "ns" / "net")
    return ""


def _network(outside: str) -> bool:
    """Whether this process is in the network of `outside`, or in one that leads anywhere.

    It is read and not asked for by a socket, which the filter refuses whether there is a network or not.
    """
    if sys.platform != "linux":
        return bool(socket.if_nameindex())
    try:
        lines = (_NETWORK / "net" / "dev").read_text(encoding="ascii", errors="replace").splitlines()[2:]
    except OSError:
        return True  # nobody can tell
    others = {line.partition(":")[0].strip() for line in lines} - {"lo"}
    return bool(others) or own_network() in ("", outside)


def _second_process() -> bool:
    try:
        subprocess.run([sys.executable, "-I", "-S", "-c", ""], timeout=30)
    except PermissionError:
        return False
    return True


def _memory_of_another() -> bool:
    """Process 1 is what holds the sandbox; whoever writes into it is out of their own limits."""
    with contextlib.suppress(OSError), open("/proc/1/mem", "rb"):
        return os.getpid() != 1
    return False


def _lists_keys() -> bool:
    with contextlib.suppress(OSError), open("/proc/keys", encoding="utf-8") as file:
        return bool(file.read())
    return False


_TRIED: dict[str, Callable[[Sequence[str], str], bool]] = {
    "the network is there": lambda hidden, network: _network(network),
    "the folder of the class can be read": lambda hidden, _: any(os.access(name, os.R_OK) for name in hidden),
    "it has the rights of root": lambda *_: is_root(),
    "it can start a second process": lambda *_: _second_process(),
    "it can open the memory of another process": lambda *_: _memory_of_another(),
    "the kernel lists its keys": lambda *_: _lists_keys(),
}
DOORS = (*_TRIED, *_CALLS)
"""What may be found open, in words that complete "it does not work here: …"."""


def open_doors(hidden: Sequence[str], network: str) -> list[int]:
    """Which of `DOORS` this process finds open, as their places.

    Parameters
    ----------
    hidden : sequence of str
        Folders that must not be seen.
    network : str
        Of `own_network`, where the teacher is.

    Raises
    ------
    NoFilter
        On Linux, if libseccomp is not installed.
    """
    found = [door for door, is_open in _TRIED.items() if is_open(hidden, network)]
    for door, calls in _CALLS.items():
        if sys.platform != "linux" or not _refused(calls):
            found.append(door)
    return [DOORS.index(door) for door in found]
