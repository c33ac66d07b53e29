"""What the kernel refuses to a student's process, and the keys that it leaves outside."""

import ctypes
import os
import platform
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from needs import need

from snnlab.course.classroom.sandbox import trial
from snnlab.course.classroom.sandbox.entering import new_session_keyring
from snnlab.course.classroom.sandbox.isolation import Bubblewrap
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.classroom.sandbox.running import Ask, Source, run
from snnlab.course.classroom.sandbox.system_calls import REFUSED, NoFilter, call_number, write_filter
from snnlab.course.classroom.sandbox.trial import DOORS, open_doors, own_network

SECRET = b"what a login keeps"
JOIN, SEARCH, READ, SESSION = 1, 10, 11, -3

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the calls are those of Linux")


@pytest.fixture(autouse=True)
def library():
    try:
        call_number("keyctl")
    except NoFilter as reason:
        need(False, str(reason))


def in_a_login(work):
    """Do `work` in a thread whose session has a keyring of its own with one key in it."""
    libc, keyctl = ctypes.CDLL(None, use_errno=True), call_number("keyctl")

    def do():
        joined = libc.syscall(keyctl, JOIN, None) > 0
        kept = libc.syscall(call_number("add_key"), b"user", b"snnlab-test", SECRET, len(SECRET), SESSION) > 0
        return work() if joined and kept else None

    with ThreadPoolExecutor(1) as login:
        found = login.submit(do).result()
    if found is None:
        pytest.skip("this kernel keeps no keys, or a filter around this machine forbids them")
    return found


def read_key():
    """What is read of the key by who looks for it, as bytes; b"" if nothing is."""
    libc, room = ctypes.CDLL(None, use_errno=True), ctypes.create_string_buffer(64)
    serial = libc.syscall(call_number("keyctl"), SEARCH, SESSION, b"user", b"snnlab-test", 0)
    length = libc.syscall(call_number("keyctl"), READ, serial, room, 64) if serial > 0 else 0
    return room.raw[: max(length, 0)]


THIEF = """
import ctypes
libc, room = ctypes.CDLL(None, use_errno=True), ctypes.create_string_buffer(64)
serial = libc.syscall({keyctl}, 10, -3, b"user", b"snnlab-test", 0)
why = ctypes.get_errno()
length = libc.syscall({keyctl}, 11, serial, room, 64)
x = [float(byte) for byte in room.raw[:max(length, 0)]] or [0.0]
y = [why, float("snnlab-test" in (open("/proc/keys").read() if {listed} else ""))]
"""


def test_a_key_of_the_teachers_session_is_not_read_inside(isolation):
    need(isinstance(isolation, Bubblewrap), "nothing shuts code in here")
    code = THIEF.format(keyctl=call_number("keyctl"), listed=False)

    def steal():
        assert read_key() == SECRET  # it is there to be read
        return run([Source(code, "a"), Source("", "b")], [Ask("a", "x"), Ask("b", "y")], Limits(), isolation)

    came = in_a_login(steal)
    got = came.answers["a"].replies[0].value
    assert bytes(int(byte) for byte in got) == b"\0", came
    assert came.answers["b"].replies[0].value[0] == 1  # not permitted


def test_a_new_keyring_is_empty_and_stays_with_the_process():
    def leave():
        before = read_key()
        new_session_keyring()
        return before, read_key()

    assert in_a_login(leave) == (SECRET, b"")


def test_a_keyring_that_stays_the_old_one_stops_the_start(monkeypatch):
    class Libc:
        """A kernel that says 7 to everything: the keyring before, the new one, the keyring after."""

        syscall = staticmethod(lambda *_: 7)

    monkeypatch.setattr("snnlab.course.classroom.sandbox.entering.ctypes.CDLL", lambda *_, **more: Libc())
    monkeypatch.setattr("snnlab.course.classroom.sandbox.entering.call_number", lambda name: 250)
    with pytest.raises(OSError, match="still the old one"):
        new_session_keyring()


def test_calls_are_known_and_one_that_is_none_is_not():
    names = [name for group in REFUSED.values() for name in group]
    assert len(names) == len(set(names))
    assert call_number("no_such_call") < 0
    assert call_number("keyctl") >= 0 and call_number("ptrace") >= 0


def test_the_filter_is_a_program_of_the_kernel(tmp_path):
    """Instructions of eight bytes, no more than the kernel takes."""
    with open(tmp_path / "filter", "wb") as file:
        write_filter(file.fileno())
    size = (tmp_path / "filter").stat().st_size
    assert size % 8 == 0 and 100 < size // 8 <= 4096


EACH = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
x = []
for number in {numbers}:
    done = libc.syscall(number, -1, -1, -1, -1, -1, -1)
    x.append(ctypes.get_errno() if done < 0 else -1)
"""


def test_every_call_of_the_list_is_refused_inside(isolation):
    """With arguments that make no sense, so that nothing happens where one is not."""
    need(isinstance(isolation, Bubblewrap), "nothing shuts code in here")
    names = [name for group in REFUSED.values() for name in group if call_number(name) >= 0]
    code = EACH.format(numbers=[call_number(name) for name in names])
    came = run([Source(code, "a")], [Ask("a", "x")], Limits(), isolation)
    codes = came.answers["a"].replies[0].value
    assert {name: code for name, code in zip(names, codes, strict=True) if code != 1} == {}


ARGUMENTS = """
import ctypes, socket, threading
libc = ctypes.CDLL(None, use_errno=True)
def code(number, *arguments):
    return ctypes.get_errno() if libc.syscall(number, *arguments) < 0 else -1
NEW = [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000]
x = [code({clone}, flag | 0x10000, 0, 0, 0, 0) for flag in NEW]
x += [code({clone}, 17, 0, 0, 0, 0)]
x += [code({ioctl}, 0, ctypes.c_ulong(request), b"a") for request in (0x5412, 0x541C, 0x100005412)]
y = [code({clone3}, None, 0), code(500), code(510)]
z = []
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET, socket.AF_ALG, 40):
    try:
        socket.socket(family)
        z.append(-1)
    except OSError as error:
        z.append(error.errno)
one, other = socket.socketpair()
one.send(b"still there")
threads = [threading.Thread(target=print) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
good = len(other.recv(99))
"""


def test_calls_are_refused_by_their_arguments(isolation):
    """Threads and pipes of one's own stay; processes, namespaces and ways to the outside do not."""
    need(isinstance(isolation, Bubblewrap), "nothing shuts code in here")
    code = ARGUMENTS.format(**{name: call_number(name) for name in ("clone", "ioctl", "clone3")})
    asks = [Ask("a", "x"), Ask("b", "y"), Ask("c", "z"), Ask("d", "good")]
    came = run([Source(code)], asks, Limits(), isolation)
    replies = {ask.variable: came.answers[ask.exercise].replies[0].value for ask in asks}
    assert set(replies["x"]) == {1} and set(replies["y"]) == {38} and set(replies["z"]) == {97}
    assert replies["good"] == 11


OTHER_NUMBERS = """
import ctypes, mmap
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(bytes([0xB8, 20, 0, 0, 0, 0xCD, 0x80, 0xC3]))  # getpid, as a program of 32 bits calls it
x = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
"""


def test_calls_under_other_numbers_end_the_process(isolation):
    """The filter reads the numbers of one architecture; those of another would pass it by."""
    need(isinstance(isolation, Bubblewrap), "nothing shuts code in here")
    if platform.machine() != "x86_64":
        pytest.skip("the instructions are those of x86-64")
    came = run(
        [Source(OTHER_NUMBERS, "a"), Source("y = 1", "b")],
        [Ask("a", "x"), Ask("b", "y")],
        Limits(),
        isolation,
    )
    assert came.cells == {0: "died"} and came.answers["b"].replies[0].value == 1


def test_the_trial_finds_the_doors_open_out_here():
    """Else it would find them shut anywhere."""
    found = {DOORS[place] for place in open_doors([os.curdir], own_network())}
    assert {
        "the network is there",
        "the folder of the class can be read",
        "it can start a second process",
    } <= found


@pytest.mark.parametrize(
    ("names", "own", "there"),
    [
        (("lo",), "net:[1]", False),
        (("lo",), "net:[7]", True),
        (("lo", "eth0"), "net:[1]", True),
        ((), "", True),
    ],
    ids=["of its own", "the teacher's", "one that leads out", "nobody can tell"],
)
def test_a_network_is_told_by_what_is_in_it_and_by_whose_it_is(tmp_path, monkeypatch, names, own, there):
    (tmp_path / "net").mkdir()
    (tmp_path / "ns").mkdir()
    if names:
        lines = ["Inter-|   Receive", " face |bytes", *(f"{name:>6}: 0 0" for name in names)]
        (tmp_path / "net" / "dev").write_text("\n".join(lines), encoding="ascii")
    if own:
        (tmp_path / "ns" / "net").symlink_to(own)
    monkeypatch.setattr(trial, "_NETWORK", tmp_path)
    assert trial._network("net:[7]") == there
