"""What was tried by hand to get out of the sandbox, beyond the thirty attacks; each found something once.

Each program stands with what it would come to in a process that is not shut in, where that can be shown here.
"""

import subprocess
import sys
from pathlib import Path
from textwrap import indent

import pytest
from classroom.as_a_user import run_as_a_user
from needs import need

from snnlab.course.classroom.sandbox import isolation as isolations
from snnlab.course.classroom.sandbox import watching
from snnlab.course.classroom.sandbox.isolation import Bubblewrap, visible_folders
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.classroom.sandbox.running import Ask, Source, run
from snnlab.course.classroom.sandbox.system_calls import NoFilter, call_number
from snnlab.course.classroom.sandbox.watching import BOXES

LIMITS = Limits()._replace(total=20.0, cell=8.0, calls=2.0)


@pytest.fixture(autouse=True)
def shut_in(isolation):
    need(isinstance(isolation, Bubblewrap), "nothing shuts code in here")


def number(name):
    try:
        return call_number(name)
    except NoFilter:
        return -1


def asked(isolation, code, limits=LIMITS):
    """What `got` is after a cell, as a list, or why there is nothing; and that the next answer counts."""
    sources = [Source(code, "attack"), Source("fine = 1", "beside")]
    came = run(sources, [Ask("attack", "got"), Ask("beside", "fine")], limits, isolation)
    assert came.answers["beside"].replies[0].value == 1
    if 0 in came.cells:
        return came.cells[0]
    return came.answers["attack"].replies[0].value.ravel().tolist()


PIPES = """
import ctypes, mmap, os
libc = ctypes.CDLL(None, use_errno=True)
class Piece(ctypes.Structure):
    _fields_ = [("start", ctypes.c_void_p), ("length", ctypes.c_size_t)]
HUGE, kept, got = 2**21, [], []
def available():
    return int(next(l for l in open("/proc/meminfo") if l.startswith("MemAvailable")).split()[1]) * 1024
before = available()
for _ in range(24):
    room = mmap.mmap(-1, 2 * HUGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    room.madvise(mmap.MADV_HUGEPAGE)
    room[:] = bytes(2 * HUGE)
    start = ctypes.addressof(ctypes.c_char.from_buffer(room)) + HUGE - 1 & ~(HUGE - 1)
    kept.append(os.pipe())
    done = libc.syscall({vmsplice}, kept[-1][1], ctypes.byref(Piece(start, 4096)), ctypes.c_size_t(1), 0)
    got = [float(done), float(ctypes.get_errno())]
    import gc; gc.collect()
"""


def test_a_pipe_keeps_no_page_that_its_process_has_given_back(isolation):
    """One page of 4 kB in a pipe would keep 2 MB that no limit of a process counts, 16 000 times."""
    got = asked(isolation, PIPES.format(vmsplice=number("vmsplice")))
    assert got == [-1.0, 1.0]


def test_the_process_that_holds_the_sandbox_cannot_be_opened(isolation):
    code = """
got = []
for name in ("mem", "maps", "environ", "root", "fd/0"):
    try:
        open("/proc/1/" + name, "rb").close()
        got.append(name)
    except OSError:
        pass
import os
got = [len(got), os.getpid()]
"""
    opened, own = asked(isolation, code)
    assert opened == 0 and own > 1


@pytest.mark.slow
@pytest.mark.parametrize("place", BOXES)
def test_a_million_empty_files_are_too_many(isolation, place):
    """They hold no byte, so that the size of the folder counts none of them."""
    code = f"""
import os
os.chdir({place!r})
for k in range(10**6):
    os.close(os.open(str(k), os.O_CREAT))
"""
    assert asked(isolation, code) == "files"


SCATTERED = """
import ctypes
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
held = bytearray(b"1" * 10**8)
while True:
    for k in range(64000):
        place = libc.mmap((k << 30) + (1 << 32), 4096, 3, 0x22, -1, 0)
        if place != ctypes.c_void_p(-1).value:
            ctypes.c_char.from_address(place).value = b"1"
"""


@pytest.mark.slow
def test_tables_of_scattered_pages_are_memory_as_well(isolation):
    """Pages that lie far apart: half a gigabyte of tables for a quarter of pages, which no limit counts."""
    limits = LIMITS._replace(together=600 * 2**20, memory=2**40)
    assert asked(isolation, SCATTERED, limits) == "memory"


BUFFERS = """
import fcntl, os, socket
got, keep = [0.0, 0.0], []
def fill(file, what):
    os.set_blocking(file, False)
    for size in (65536, 4096, 1):
        try:
            while True:
                got[what] += os.write(file, bytes(size))
        except OSError:
            pass
bank, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
try:
    while True:  # descriptors that are on their way in a socket are not the process's own
        out, into = os.pipe()
        try:
            fcntl.fcntl(into, 1031, 2**20)  # F_SETPIPE_SZ
        except OSError:
            pass
        fill(into, 0)
        try:
            socket.send_fds(bank, [b"x"], [out, into])
            os.close(out)
            os.close(into)
        except OSError:
            keep += [out, into]
except OSError:
    pass
for file in keep:
    os.close(file)
pairs = []
try:
    while True:
        pairs.append(socket.socketpair())
        for one in pairs[-1]:
            try:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**24)
            except OSError:
                pass
            fill(one.fileno(), 1)
except OSError:
    pass
"""


NAMED = """
import ctypes
ctypes.CDLL(None).prctl(15, b"VmPTE: -9999999", 0, 0, 0)
print("named", flush=True)
input()
"""


def test_a_thread_that_is_named_as_a_line_of_its_status_is_counted():
    """The name of the first thread comes before the size of the tables of pages."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "ascii"}
    with subprocess.Popen([sys.executable, "-c", NAMED], **pipes) as process:
        assert process.stdout.readline() == "named\n"
        assert watching._memory(process.pid) > 10**6
        process.communicate("\n")


WITHOUT_ITS_FIRST = """
import ctypes, threading, time
held = bytearray(b"1" * 10**8)
def stay():
    time.sleep(0.3)
    print("alone", flush=True)
    input()
threading.Thread(target=stay).start()
ctypes.CDLL(None).syscall({exit}, 0)
"""


def test_a_process_without_its_first_thread_is_counted():
    """The kernel tells of a process what it tells of its first thread: of one that has ended, nothing."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "ascii"}
    code = WITHOUT_ITS_FIRST.format(exit=number("exit"))
    with subprocess.Popen([sys.executable, "-c", code], **pipes) as process:
        assert process.stdout.readline() == "alone\n"
        assert Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").startswith("0 ")
        used = watching.usage(process.pid, process.pid)
        assert used.memory > 10**8 and used.addresses > 10**8
        process.communicate("\n")


SCATTERED_WITHOUT_ITS_FIRST = """
import ctypes, threading
def scatter():
{scattered}
threading.Thread(target=scatter).start()
ctypes.CDLL(None).syscall({exit}, 0)
"""


@pytest.mark.slow
def test_tables_of_pages_are_counted_without_a_first_thread(isolation):
    """Before, nobody saw them: the limit of addresses counts a page of 4 kB, and its tables are as large."""
    code = SCATTERED_WITHOUT_ITS_FIRST.format(exit=number("exit"), scattered=indent(SCATTERED, "    "))
    limits = LIMITS._replace(together=600 * 2**20, memory=2**40)
    assert asked(isolation, code, limits) == "memory"


def test_buffers_hold_little(isolation):
    """Of pipes, which the kernel limits for each user, and of sockets, which may be made no larger."""
    pipes, sockets = asked(isolation, BUFFERS)
    assert 0 < pipes and 0 < sockets and pipes + sockets < 0.2 * 10**9


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("io_setup", "65536, ctypes.byref(ctypes.c_ulong())"),
        ("inotify_init1", "0"),
        ("splice", "0, None, 1, None, 1, 0"),
        ("sendfile", "1, 0, None, 1"),
    ],
)
def test_what_programs_of_a_machine_share_is_not_used_up(isolation, name, arguments):
    code = f"""
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
got = [libc.syscall({number(name)}, {arguments}), ctypes.get_errno()]
"""
    assert asked(isolation, code) == [-1.0, 1.0]


def test_nobody_goes_before_the_marking(isolation):
    code = """
import os
got = []
for act in (
    lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
    lambda: os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1)),
    lambda: os.nice(-1),
):
    try:
        act()
        got.append(0)
    except OSError as error:
        got.append(error.errno)
"""
    assert asked(isolation, code) == [1.0, 1.0, 1.0]


@pytest.mark.slow
def test_a_process_without_its_first_thread_is_stopped_as_any_other(isolation):
    """What is left of it shows no memory and no waiting to those who look from outside."""
    code = f"""
import ctypes, threading
def spin():
    held = []
    while True:
        try:
            held.append(bytearray(10**7))
        except MemoryError:
            pass
for _ in range(4):
    threading.Thread(target=spin).start()
ctypes.CDLL(None).syscall({number("exit")}, 0)
"""
    assert asked(isolation, code, LIMITS._replace(cell=3.0)) in ("late", "died")


def test_of_a_home_with_python_in_it_python_is_seen(monkeypatch, tmp_path):
    """`./configure --prefix=$HOME`, or an environment in the folder of the class."""
    for name in ("bin", "lib", ".ssh", "Documents"):
        (tmp_path / name).mkdir()
    for word in ("prefix", "base_prefix"):
        monkeypatch.setattr(isolations.sys, word, str(tmp_path))
    monkeypatch.setattr(isolations.sys, "executable", str(tmp_path / "bin" / "python"))
    seen = visible_folders()
    assert {tmp_path / "bin", tmp_path / "lib"} <= set(seen)
    for private in (tmp_path / ".ssh", tmp_path / "Documents"):
        assert not any(private.is_relative_to(folder) for folder in seen)


LOOK_AROUND = """
import os
got = [os.getuid(), float(os.path.exists({home!r})), 1.0]
for name in ("mem", "maps", "environ", "root", "fd/0"):
    try:
        open("/proc/1/" + name, "rb").close()
        got.append(1.0)
    except OSError:
        got.append(0.0)
"""


@pytest.mark.slow
def test_somebody_who_is_not_root_shuts_in_as_well():
    """Process 1 inside is of the same user then: before it was covered its memory could be written to."""
    ((reason, got, fine),) = run_as_a_user([LOOK_AROUND.format(home=str(Path.home() / ".bashrc"))], Limits())
    assert reason == "" and fine == [1.0]
    assert got == [65534.0, 0.0, 1.0, *[0.0] * 5]
