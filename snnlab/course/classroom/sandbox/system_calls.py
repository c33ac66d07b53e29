"""What a student's process may not ask of the kernel, and the filter that refuses it (Linux).

A namespace hides what is outside. It hides neither the kernel's keys, which belong to a user, nor the parts
of the kernel in which the way out of a sandbox is found again and again. Refused is what Docker's
documentation names as refused by its default profile, what has come into the kernel since, and a second
process besides: with one process alone, the limits of a process are those of a submission.

libseccomp makes the filter, which knows the numbers of all calls on every kind of processor.
"""

import ctypes
import errno
from typing import Any

__all__ = ["REFUSED", "NoFilter", "call_number", "write_filter"]

REFUSED = {
    "the kernel's keys": ("add_key", "keyctl", "request_key"),
    "the inside of other processes": (
        *("kcmp", "pidfd_getfd", "process_madvise", "process_mrelease"),
        *("process_vm_readv", "process_vm_writev", "ptrace"),
    ),
    "namespaces, mounts and file handles": (
        *("chroot", "fsconfig", "fsmount", "fsopen", "fspick", "listmount", "mount", "mount_setattr"),
        *("move_mount", "name_to_handle_at", "open_by_handle_at", "open_tree", "pivot_root", "quotactl"),
        *("quotactl_fd", "setns", "statmount", "umount", "umount2", "unshare"),
    ),
    "code and tracing in the kernel": (
        *("bpf", "create_module", "delete_module", "fanotify_init", "finit_module", "get_kernel_syms"),
        *("init_module", "io_uring_enter", "io_uring_register", "io_uring_setup", "kexec_file_load"),
        *("kexec_load", "lookup_dcookie", "modify_ldt", "nfsservctl", "perf_event_open", "query_module"),
        *("sysfs", "uselib", "userfaultfd", "ustat", "vm86", "vm86old"),
    ),
    "the machine": (
        *("acct", "adjtimex", "clock_adjtime", "clock_settime", "ioperm", "iopl", "personality", "reboot"),
        *("setdomainname", "sethostname", "settimeofday", "stime", "swapoff", "swapon", "_sysctl"),
        *("syslog", "vhangup"),
    ),
    "memory that outlives a process or lies in none": (
        *("memfd_create", "memfd_secret", "mq_open", "msgctl", "msgget", "msgrcv", "msgsnd", "semctl"),
        *("semget", "semop", "semtimedop", "shmat", "shmctl", "shmdt", "shmget"),
        # a pipe keeps pages that its process has given back, and with one of them a huge page
        *("sendfile", "splice", "tee", "vmsplice"),
    ),
    "what all programs of a machine share": (
        *("inotify_add_watch", "inotify_init", "inotify_init1", "io_cancel", "io_destroy", "io_getevents"),
        *("io_pgetevents", "io_setup", "io_submit"),
    ),
    "where memory lies": (
        *("get_mempolicy", "mbind", "migrate_pages", "move_pages", "set_mempolicy"),
        "set_mempolicy_home_node",
    ),
    "a second process": ("fork", "vfork"),  # and `clone`, unless it makes a thread
}
"""Calls that end in "not permitted", by what they reach."""

_NEW = range(424, 512)  # numbered alike on all processors; nobody knows yet what the last of them will do
_NEW_ALLOWED = (
    *("close_range", "epoll_pwait2", "faccessat2", "fchmodat2", "futex_requeue", "futex_wait", "futex_waitv"),
    *("futex_wake", "map_shadow_stack", "mseal", "openat2", "pidfd_open", "pidfd_send_signal"),
)
_THREAD = 0x00010000  # CLONE_THREAD
_NAMESPACES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
_UNIX = 1  # AF_UNIX, the one kind of socket that leads nowhere from here
_SOCKETS, _LARGER = 1, 7  # SOL_SOCKET and SO_SNDBUF: what waits in a socket is memory that nobody counts
_TO_TERMINAL = (0x5412, 0x541C)  # TIOCSTI and TIOCLINUX, which type on the teacher's keyboard

# Of libseccomp's header.
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_BAD_ARCHITECTURE, _OPTIMIZE = 2, 8  # attributes of a filter
_NOT_EQUAL, _MASKED = 1, 7
_INT = 0xFFFFFFFF  # of an argument, what the kernel reads of an int


class NoFilter(Exception):
    """The filter cannot be made; the message says why."""


class _Condition(ctypes.Structure):
    """Of one argument of a call."""

    _fields_ = (
        ("argument", ctypes.c_uint),
        ("operator", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    )


def call_number(name: str) -> int:
    """The number of a call on this machine, negative if it has none.

    Parameters
    ----------
    name : str
        As in the kernel's manual.

    Raises
    ------
    NoFilter
        If libseccomp is not installed.
    """
    return _library().seccomp_syscall_resolve_name(name.encode("ascii"))


def write_filter(file: int) -> None:
    """Write the filter as the kernel reads it.

    Parameters
    ----------
    file : int
        A descriptor that can be written.

    Raises
    ------
    NoFilter
        If libseccomp is not installed or refuses a rule.
    """
    library = _library()
    rules = library.seccomp_init(_ALLOW)
    try:
        library.seccomp_attr_set(rules, _OPTIMIZE, 2)  # a tree and not a list; an older library has the list
        _done(library.seccomp_attr_set(rules, _BAD_ARCHITECTURE, _KILL))

        def refuse(number: int, code: int = errno.EPERM, *conditions: tuple[int, int, int, int]) -> None:
            if number >= 0:
                given = (_Condition * len(conditions))(*(_Condition(*one) for one in conditions))
                _done(library.seccomp_rule_add_array(rules, _REFUSE | code, number, len(conditions), given))

        refused = {call_number(name) for names in REFUSED.values() for name in names}
        for number in sorted(refused):
            refuse(number)
        clone = call_number("clone")
        refuse(clone, errno.EPERM, (0, _MASKED, _THREAD, 0))
        for flag in _NAMESPACES:
            refuse(clone, errno.EPERM, (0, _MASKED, flag, flag))
        for name in ("socket", "socketpair"):
            refuse(call_number(name), errno.EAFNOSUPPORT, (0, _NOT_EQUAL, _UNIX, 0))
        larger = (1, _MASKED, _INT, _SOCKETS), (2, _MASKED, _INT, _LARGER)
        refuse(call_number("setsockopt"), errno.EPERM, *larger)
        for request in _TO_TERMINAL:
            refuse(call_number("ioctl"), errno.EPERM, (1, _MASKED, _INT, request))
        # Told that a call does not exist, a program takes an older one, whose arguments are seen: `clone`
        # for `clone3`.
        for number in set(_NEW) - refused - {call_number(name) for name in _NEW_ALLOWED}:
            refuse(number, errno.ENOSYS)
        _done(library.seccomp_export_bpf(rules, file))
    finally:
        library.seccomp_release(rules)


def _done(result: int) -> None:
    if result < 0:
        raise NoFilter(f"libseccomp refuses a rule (error {-result})")


def _library() -> Any:
    try:
        library = ctypes.CDLL("libseccomp.so.2")
    except OSError:
        raise NoFilter("libseccomp is not installed (`apt-get install libseccomp2`)") from None
    rules, word, number = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int
    library.seccomp_init.restype = rules
    library.seccomp_init.argtypes = (word,)
    library.seccomp_attr_set.argtypes = (rules, number, word)
    library.seccomp_rule_add_array.argtypes = (rules, word, number, ctypes.c_uint, ctypes.c_void_p)
    library.seccomp_export_bpf.argtypes = (rules, number)
    library.seccomp_release.argtypes = (rules,)
    library.seccomp_syscall_resolve_name.argtypes = (ctypes.c_char_p,)
    return library
