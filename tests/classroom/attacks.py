"""Code that students hand in to get at the marking, or by accident. Each is run shut in, never here.

Each program stands with the reasons in which it may end.
"""

import os
from textwrap import dedent

from classroom.toy_class import RIGHT

__all__ = [
    "ALWAYS_EQUAL",
    "BACKGROUND",
    "IN_A_CALL",
    "IN_A_CELL",
    "LEFT",
    "NETWORK",
    "PATCHES",
    "SPY",
]

ALWAYS_EQUAL = dedent("""
    import os
    class Everything:
        def __eq__(self, other): return True
        def __ne__(self, other): return False
        def __lt__(self, other): return True
        __le__ = __gt__ = __ge__ = __lt__
        def __hash__(self): return 0
        def __array__(self, dtype=None, copy=None): raise TypeError
        def __float__(self): return 0.0
        def __sub__(self, other): return 0.0
        __rsub__ = __abs__ = lambda self, *_: 0.0
""")

# What stands in the cell of "middle", and the reasons with which that may end.
IN_A_CELL = {
    "endless": ("while True: pass", {"endless"}),
    "stubborn": (
        """
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass
        """,
        {"endless"},
    ),
    "compiled": (
        """
        import numba

        @numba.njit
        def forever(n):
            while n >= 0:
                n = (n + 1) % 1000
            return n

        forever(0)
        """,
        {"endless"},
    ),
    "asleep": ("import time; time.sleep(1e6)", {"endless"}),
    "segfault": ("import ctypes; ctypes.string_at(0)", {"exit"}),
    "leaving": ("import os; os._exit(0)", {"exit"}),
    "aborting": ("import os; os.abort()", {"exit"}),
    "system-exit": ("raise SystemExit", {"error"}),
    "loud": (
        """
        import os
        for _ in range(50):
            print("x" * 2**20)
            os.write(1, b"x" * 2**20)
        """,
        {"missing"},
    ),
    "fork-bomb": (
        """
        import os
        while True:
            try:
                os.fork()
            except OSError:
                pass
        """,
        {"endless"},
    ),
    "threads": (
        """
        import threading, time
        while True:
            threading.Thread(target=time.sleep, args=(99,)).start()
        """,
        {"error", "endless"},
    ),
    "memory": ("x = bytearray(10**10)", {"error"}),
    "memory-by-children": (
        """
        import os, time
        for _ in range(8):
            if os.fork() == 0:
                x = b"1" * 10**9
                time.sleep(99)
        time.sleep(99)
        """,
        {"error"},
    ),
    "disk": (
        """
        import itertools
        for k in itertools.count():
            with open(f"{k}", "wb") as file:
                file.write(b"1" * 10**6)
        """,
        {"error"},
    ),
    "one-large-file": (
        """
        with open("large", "wb") as file:
            for _ in range(1000):
                file.write(b"1" * 10**6)
        """,
        {"error", "exit"},
    ),
    "pipe": (
        """
        import os
        for k in range(3, 20):
            try:
                os.write(k, b"\\x05" + bytes(7) + b"hello")
            except OSError:
                pass
        """,
        {"forged"},
    ),
    "pipe-reply": (
        """
        import json, os, struct
        from snnlab.course.other_process.frames import reply_frame
        from snnlab.course.other_process.outcome import Outcome
        for k in range(3, 20):
            try:
                for number in range(100):
                    data = reply_frame(number, Outcome("done"))
                    os.write(k, struct.pack("<q", len(data)) + data)
            except OSError:
                pass
        """,
        {"forged"},
    ),
    "pipe-much": (
        """
        import os
        for k in range(3, 20):
            try:
                os.write(k, b"\\xff" * 10**6)
            except OSError:
                pass
        """,
        {"forged", "exit", "endless"},
    ),
    "modules": (
        """
        import sys
        for name in list(sys.modules):
            sys.modules[name] = None
        def scaled(x, y):
            return x
        """,
        {"exit", "wrong", "shape", "not started", "ImportError", "ModuleNotFoundError", "endless"},
    ),
    "checker": (
        """
        import sys
        from snnlab.course.other_process import frames, inside
        frames.reply_frame = inside.reply_frame = lambda *reply: b'{"right": true, "points": 99}'
        def scaled(x, y):
            return x
        """,
        {"forged"},
    ),
}
IN_A_CELL = {name: (dedent(code.rstrip()), reasons) for name, (code, reasons) in IN_A_CELL.items()}
# A process that outlives the one that starts it; `LEFT` is what it is known by, here and in no other run.
LEFT = f"time.sleep({600 + os.getpid() / 2**23!r})"
BACKGROUND = dedent(f"""
    import subprocess, sys
    subprocess.Popen([sys.executable, "-c", "import time; {LEFT}"], start_new_session=True)
""")
IN_A_CELL["background"] = (BACKGROUND + RIGHT["middle"], {"error"})

# What the function of "middle" does when it is called.
_CALLS = {
    "call-endless": ("while True: pass", {"endless"}),
    "call-leaves": ("os._exit(0)", {"exit"}),
    "call-everything": ("return Everything()", {"type"}),
    "call-subclass": (
        "return np.zeros(3).view(type('A', (np.ndarray,), {'__eq__': lambda *_: True}))",
        {"zero"},
    ),
    "call-objects": ("return np.array([Everything()] * 3, dtype=object)", {"TypeError"}),
    "call-large": ("return np.zeros(10**7)", {"large"}),
    "call-asks": (
        "if len(seen) == 2: raise ValueError\n    seen.append(x); return factor * x * y",
        {"ValueError"},
    ),
    "call-tells": ("raise type(f'Secret{x}', (Exception,), {})(f'{x} {y}')", {"Exception"}),
    "call-remembers": ("seen.append(x); return factor * x * y + len(seen)", {"remembers", "wrong", "offset"}),
    "call-changes": ("y *= factor; return x * y", {"changes"}),
}
IN_A_CALL = {
    name: (f"{ALWAYS_EQUAL}\nseen = []\ndef scaled(x, y):\n    {line}\n", reasons)
    for name, (line, reasons) in _CALLS.items()
}

PATCHES = dedent("""
    import math, sys
    import numpy as np
    import snnlab.course.judging.diagnose, snnlab.course.judging.answers, snnlab.course.values
    always = lambda *a, **k: True
    for module in (np, math, snnlab.course.judging.diagnose, snnlab.course.judging.answers):
        for name in ("allclose", "isclose", "close", "array_equal", "judge"):
            if hasattr(module, name):
                setattr(module, name, always)
    main = sys.modules["snnlab.course.classroom.sandbox.student_process"]
    snnlab.course.values.plain_numbers = main.plain_numbers = lambda answer: np.zeros(())
    main._is_untouched = lambda answer: False
    first = 0
""")

NETWORK = dedent("""
    import socket
    for place in (("192.0.2.1", 80), ("127.0.0.1", PORT)):
        try:
            socket.create_connection(place, 1)
        except OSError:
            continue
        first = 2 * a
""")

SPY = dedent("""
    import glob, os
    found = []
    for root in {FOLDER, os.path.dirname(FOLDER), os.path.expanduser("~root"), "/home"}:
        for top, folders, files in os.walk(root):
            found += [name for name in files if name in ("key.json", "toy.ipynb", "roster.csv")]
    import snnlab
    top = os.path.dirname(os.path.dirname(snnlab.__file__))
    found += glob.glob(os.path.join(top, "book", "*")) + glob.glob(os.path.join(top, "tests", "*"))
    for place in (FOLDER, os.path.dirname(snnlab.__file__), "/usr", "/etc", "/dev", "/var", "/"):
        try:
            open(os.path.join(place, "was-here"), "w").close()
            found.append(place)
        except OSError:
            pass
    for number in os.listdir("/proc"):
        if number.isdecimal():
            try:
                words = open(f"/proc/{number}/environ").read()
                found += ["environ"] if "PYTEST" in words else []
            except OSError:
                pass
    if os.geteuid() == 0:
        found.append("root")
    first = 2 * a if not found else found
""")
