"""Thirty attacks in ten classes of three, each with what shows that it got nothing.

Twenty-one run inside. Each is a cell that defines `got`: whether it came away with something, and the error
with which the system has answered. Some end in being stopped instead; then the reason stands here. Nine are
hand-ins: of names, of what a student's process says, and of who somebody is.

``python tests/classroom/thirty_attacks.py`` writes the table of the teacher's page anew.
"""

import errno
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

from snnlab.course.classroom.sandbox.system_calls import NoFilter, call_number

__all__ = [
    "CHANNELS",
    "IDENTITIES",
    "INSIDE",
    "NAMES",
    "PAGE",
    "SECRET_NUMBER",
    "SECRET_WORD",
    "Attack",
    "table",
    "with_table",
]

PAGE = Path(__file__).resolve().parents[2] / "book" / "teaching.md"

SECRET_NUMBER = "7291"
SECRET_WORD = f"hidden{SECRET_NUMBER}"
# What comes to it when it runs: in the lines of the student's own file, which are shown, it does not stand.
_NUMBER = "str(7000 + 291)"
_WORD = f"'hidden' + {_NUMBER}"
REFUSED, READ_ONLY, NO_MEMORY = errno.EPERM, errno.EROFS, errno.ENOMEM


class Attack(NamedTuple):
    """One attack from inside."""

    code: str
    answers: tuple[int, ...] = (REFUSED,)
    """The errors that are answers."""
    stopped: str = ""
    """Why the cell is stopped, if that is what happens."""


_BEGIN = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    done = libc.syscall(number, *arguments)
    return [float(done >= 0), float(ctypes.get_errno())]
def attempt(act):
    try:
        act()
        return [1.0, 0.0]
    except OSError as error:
        return [0.0, float(error.errno)]
"""


def _code(text: str) -> str:
    names = ("keyctl", "add_key", "shmget", "clone", "unshare", "setns")
    try:
        numbers = {name: call_number(name) for name in names}
    except NoFilter:  # the tests that would run them skip, and say why
        numbers = dict.fromkeys(names, -1)
    text = dedent(text)
    for name, number in numbers.items():
        text = text.replace(f"<{name}>", str(number))
    return _BEGIN + text


_INSIDE = {
    "kernel keys": {
        "list the keyring of the session": Attack("got = call(<keyctl>, 11, -3, 0, 0)"),
        "plant a key for the next": Attack('got = call(<add_key>, b"user", b"plant", b"word", 4, -4)'),
        "read the kernel's list of keys": Attack(
            'got = attempt(lambda: open("/proc/keys").read()[0])', (errno.EACCES,)
        ),
    },
    "shared memory": {
        "a segment that outlives the process": Attack("got = call(<shmget>, 0, 10**9, 0o1600)"),
        "a file in memory": Attack('got = attempt(lambda: os.memfd_create("held"))'),
        "pages shared with nobody, beyond the limit": Attack(
            "import mmap\ngot = attempt(lambda: mmap.mmap(-1, 3 * 10**9))", (NO_MEMORY,)
        ),
    },
    "namespaces": {
        "a user namespace, to be root in": Attack("got = call(<unshare>, 0x10000000)"),
        "a child in new namespaces": Attack("got = call(<clone>, 0x30020011, 0, 0, 0, 0)"),
        "into the namespaces of another process": Attack("got = call(<setns>, 0, 0)"),
    },
    "frames and protocol": {
        "a reply before the question": Attack(
            """
            import struct
            from snnlab.course.other_process.frames import reply_frame
            from snnlab.course.other_process.outcome import Outcome
            for number in range(100):
                data = reply_frame(number, Outcome("done"))
                for file in range(3, 20):
                    attempt(lambda: os.write(file, struct.pack("<q", len(data)) + data))
            """,
            stopped="forged",
        ),
        "a frame of two exabytes": Attack(
            """
            for file in range(3, 20):
                attempt(lambda: os.write(file, b"\\xff" * 7 + b"\\x1f"))
            """,
            stopped="forged",
        ),
        "an array that says more than it holds": Attack(
            """
            import struct
            head = (b'{"kind": "numbers", "name": "", "text": "", "line": 0, "changed": [], "cell": -1,'
                    b' "number": 2, "arrays": [["<f8", [1000000]]]}\\n')
            for file in range(3, 20):
                attempt(lambda: os.write(file, struct.pack("<q", len(head)) + head))
            """,
            stopped="forged",
        ),
    },
    "clock and threads": {
        "threads that keep the first one waiting": Attack(
            """
            import hashlib, threading
            def spin():
                while True:
                    hashlib.sha256(bytes(10**6))
            for _ in range(16):
                threading.Thread(target=spin, daemon=True).start()
            spin()
            """,
            stopped="late",
        ),
        "signals that are not heard": Attack(
            """
            import signal
            for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
                try:
                    signal.signal(number, lambda *_: None)
                except (OSError, ValueError):
                    pass
            while True:
                pass
            """,
            stopped="late",
        ),
        "a limit that is raised again": Attack(
            """
            import resource
            try:
                resource.setrlimit(resource.RLIMIT_AS, (2**40, 2**40))
                got = [1.0, 0.0]
            except ValueError:
                got = [0.0, 1.0]
            """
        ),
    },
    "processes left behind": {
        "a fork": Attack("got = attempt(os.fork)"),
        "a program in a session of its own": Attack(
            """
            import subprocess, sys
            got = attempt(lambda: subprocess.Popen([sys.executable, "-c", "1"], start_new_session=True))
            """
        ),
        "a child of which nobody is told": Attack("got = call(<clone>, 0, 0, 0, 0, 0)"),
    },
    "caches and files": {
        "a kernel of the course, replaced": Attack(
            """
            import snnlab
            place = os.path.join(os.path.dirname(snnlab.__file__), "kernel.nbc")
            got = attempt(lambda: open(place, "wb"))
            """,
            (READ_ONLY,),
        ),
        "the files of the machine": Attack('got = attempt(lambda: open("/etc/passwd"))', (errno.ENOENT,)),
        "a disk that is filled": Attack(
            """
            def fill():
                for k in range(1000):
                    with open(f"{k}", "wb") as file:
                        file.write(bytes(10**6))
            got = attempt(fill)
            """,
            (errno.ENOSPC,),
        ),
    },
}
INSIDE = {
    (kind, name): attack._replace(code=_code(attack.code))
    for kind, attacks in _INSIDE.items()
    for name, attack in attacks.items()
}

# What a process says that has seen a secret: cells of "first" and of "middle" of the toy part.
CHANNELS = {
    "the text of an exception": {"first": f"raise ValueError({_WORD})"},
    "the name of a type": {
        "first": f"first = type({_WORD}, (), {{}})()",
        "last": f"raise type({_WORD}, (Exception,), {{}})",
        "middle": f"def scaled(x, y): return type({_WORD}, (), {{}})()",
    },
    "a size that is none": {
        "middle": dedent(f"""
            from snnlab.course.other_process import inside
            from snnlab.course.other_process.outcome import Outcome
            real = inside.reply_frame
            def told(number, outcome):
                size = Outcome("large", text={_NUMBER})
                return real(number, size if outcome.kind == "numbers" else outcome)
            inside.reply_frame = told
            def scaled(x, y): return x
        """)
    },
}

# Names in the zip of an LMS, behind what it puts in front.
NAMES = {
    "a way out of the folder": "../../../key.json",
    "a way from the top": "/key.json",
    "words for the terminal": "a\x1b[2J\r\nkey.json.ipynb",
}

# What a file says of itself, given its own student's key and another's.
IDENTITIES = {
    "another's id": lambda own, other: {"student": other["id"], "token": own["token"]},
    "another's token": lambda own, other: {"student": own["id"], "token": other["token"]},
    "points of its own": lambda own, other: {**own, "points": 11, "marks": {"first": 2}, "right": True},
}

# --- the table of the teacher's page ---

_BEGIN_TABLE = "<!-- made by tests/classroom/thirty_attacks.py, from here -->"
_END_TABLE = "<!-- to here -->"
_ANSWERS = {
    errno.EPERM: "not permitted",
    errno.EACCES: "permission denied",
    errno.EROFS: "read-only",
    errno.ENOENT: "no such file",
    errno.ENOMEM: "no memory",
    errno.ENOSPC: "no space left",
}
_STOPPED = {
    "late": "stopped when its time was over",
    "forged": "stopped, for that was no answer to what was asked",
}
_HANDED_IN = {
    "file names": (NAMES, "lies in its student's folder, under the usual name"),
    "exceptions and output as a channel": (
        CHANNELS,
        "read by nobody: a known type, a line of their own file",
    ),
    "identity": (IDENTITIES, "no points, and the reason says why"),
}


def table() -> str:
    """Each attack with what it came to, in Markdown."""
    rows = [
        (kind, name, _STOPPED.get(attack.stopped) or " or ".join(_ANSWERS[code] for code in attack.answers))
        for (kind, name), attack in INSIDE.items()
    ]
    rows += [(kind, name, came) for kind, (attacks, came) in _HANDED_IN.items() for name in attacks]
    lines = ["| class | attack | what it came to |", "|:--|:--|:--|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def with_table(page: str) -> str:
    """The teacher's page with the table as it is now."""
    before, rest = page.split(_BEGIN_TABLE)
    return f"{before}{_BEGIN_TABLE}\n\n{table()}\n\n{_END_TABLE}{rest.split(_END_TABLE)[1]}"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
