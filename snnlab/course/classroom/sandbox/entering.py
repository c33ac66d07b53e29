"""The last step before bubblewrap: leave the teacher's keys behind, enter a group, and bring the filter.

A process inherits the keyring of its session, with all that a teacher's login has put into it, through every
namespace. So this is a program of its own, which joins an empty keyring and then becomes bubblewrap. It needs
the standard library alone, and so starts quickly.
"""

import ctypes
import errno
import os
import sys

from snnlab.course.classroom.sandbox.groups import enter
from snnlab.course.classroom.sandbox.system_calls import NoFilter, call_number, write_filter

__all__ = ["main", "new_session_keyring"]

_THE_SESSIONS = -3  # KEY_SPEC_SESSION_KEYRING
_WHICH, _JOIN = 0, 1  # KEYCTL_GET_KEYRING_ID, KEYCTL_JOIN_SESSION_KEYRING
# A kernel without keys, or somebody's filter around this process, which holds inside as well.
_NO_KEYS = (errno.ENOSYS, errno.EPERM)


def new_session_keyring() -> None:
    """Give this process, and all that it starts, an empty keyring of its own.

    Raises
    ------
    OSError
        If the kernel has keyrings and gives none, or if the process is still in its old one.
    """
    keyctl, libc = call_number("keyctl"), ctypes.CDLL(None, use_errno=True)
    before = libc.syscall(keyctl, _WHICH, _THE_SESSIONS, 0)
    fresh = libc.syscall(keyctl, _JOIN, None)
    if fresh < 0 and (code := ctypes.get_errno()) not in _NO_KEYS:
        raise OSError(code, os.strerror(code))
    if fresh >= 0 and (fresh == before or libc.syscall(keyctl, _WHICH, _THE_SESSIONS, 0) != fresh):
        raise OSError(errno.EPERM, "the keyring of the session is still the old one")


def main() -> None:
    """Become bubblewrap, whose arguments are those of this program."""
    try:
        enter()
        new_session_keyring()
        program = os.memfd_create("filter", 0)  # bubblewrap reads it and closes it
        write_filter(program)
        os.lseek(program, 0, os.SEEK_SET)
        os.execvp("bwrap", ["bwrap", "--seccomp", str(program), *sys.argv[1:]])
    except (NoFilter, OSError) as error:
        sys.exit(str(error))
