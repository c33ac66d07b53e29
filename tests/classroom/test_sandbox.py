"""Cells run shut in: what comes back, what is left when something stops them, and who is not to blame."""

import errno
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from needs import need

from snnlab.course.classroom.sandbox import choosing, student_pipe
from snnlab.course.classroom.sandbox import isolation as isolations
from snnlab.course.classroom.sandbox.choosing import find_isolation, trouble
from snnlab.course.classroom.sandbox.isolation import (
    Bubblewrap,
    Isolation,
    NoIsolation,
    Unshare,
    visible_folders,
    ways,
)
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.classroom.sandbox.running import Ask, Source, run
from snnlab.course.classroom.sandbox.student_pipe import Halted, NotStarted, StudentPipe
from snnlab.course.classroom.sandbox.watching import Usage, family, usage
from snnlab.course.errors import CommandError
from snnlab.course.other_process.outside import Stopped
from snnlab.course.places import PACKAGE, repository

SHORT = Limits()._replace(total=8.0, cell=2.0, calls=1.0)
F = "def f(x):\n    return x + k"


def test_numbers_and_functions_come_back(isolation):
    sources = [
        Source("import numpy as np\nk = 1"),
        Source("x = [1, k]", "a"),
        Source(F, "b"),
        Source("k = 100"),
    ]
    asks = [Ask("a", "x"), Ask("b", "f", [(1.5,), (np.arange(2.0),)])]
    came = run(sources, asks, SHORT, isolation)
    np.testing.assert_array_equal(came.answers["a"].replies[0].value, [1, 1])
    first, second = (reply.value for reply in came.answers["b"].replies)
    assert first == 2.5 and list(second) == [1, 2]  # k was still 1 after its cell
    assert came.cells == {} and not came.innocent


def test_an_answer_is_looked_for_at_the_end_if_its_cell_has_none(isolation):
    sources = [Source("x = ...", "a"), Source(F, "b"), Source("k = 1\nx = 5")]
    came = run(sources, [Ask("a", "x"), Ask("b", "f", [(1,)]), Ask("c", "x")], SHORT, isolation)
    assert [came.answers[name].replies[0].value for name in "abc"] == [5, 2, 5]


def test_the_last_copy_of_a_cell_counts_unless_it_is_empty(isolation):
    sources = [Source("x = 1", "a"), Source("x = 2", "a"), Source("x = ...", "a")]
    assert run(sources, [Ask("a", "x")], SHORT, isolation).answers["a"].replies[0].value == 2


def test_numbers_never_share_a_process_with_hidden_arguments(isolation):
    """A function that keeps what it is called with, and a number that would give it away."""
    sources = [
        Source("seen = [0]\ndef f(x):\n    seen.append(x)\n    return x", "b"),
        Source("x = seen[-1]", "a"),
    ]
    came = run(sources, [Ask("a", "x"), Ask("b", "f", [(3.25,)])], SHORT, isolation)
    assert came.answers["b"].replies[0].value == 3.25 and came.answers["a"].replies[0].value == 0


def test_each_submission_has_a_fresh_process_and_a_fresh_folder(isolation):
    code = "import os\nx = len(os.listdir('.'))\nopen('file', 'w').close()\ny = os.getpid()"
    for _ in range(2):
        assert run([Source(code)], [Ask("a", "x")], SHORT, isolation).answers["a"].replies[0].value == 0


@pytest.mark.slow
def test_what_stops_the_process_is_left_out_of_the_next(isolation):
    sources = [
        Source("import os\nk = 1"),
        Source("x = 1\nos._exit(1)", "a"),
        Source("y = 2", "b"),
        Source("def f(x):\n    while True: pass", "c"),
        Source("def g(x): return x", "d"),
    ]
    asks = [Ask("a", "x"), Ask("b", "y"), Ask("c", "f", [(1,)]), Ask("d", "g", [(1,)])]
    came = run(sources, asks, SHORT, isolation)
    assert came.cells == {1: "died"} and came.answers["a"].empty
    assert came.answers["b"].replies[0].value == 2 and came.answers["d"].replies[0].value == 1
    assert came.answers["c"].stopped == "late"


@pytest.mark.slow
def test_time_for_all_is_limited(isolation):
    limits = SHORT._replace(total=3.0, restarts=9)
    came = run([Source("while True: pass")] * 9 + [Source("x = 1", "a")], [Ask("a", "x")], limits, isolation)
    assert came.answers["a"].stopped == "time" and set(came.cells.values()) == {"late"}


@pytest.mark.slow
def test_memory_of_all_processes_is_added_up(isolation):
    code = "\n".join([
        "import os, time",
        "for _ in range(4):",
        "    if os.fork() == 0:",
        "        x = b'1' * 10**8",
        "        time.sleep(9)",
        "time.sleep(9)",
    ])
    limits = SHORT._replace(total=30.0, cell=20.0, together=250 * 2**20)
    came = run([Source(code, "a"), Source("y = 1", "b")], [Ask("a", "x"), Ask("b", "y")], limits, isolation)
    assert came.cells == {0: "memory"} and came.answers["b"].replies[0].value == 1


def test_a_process_that_was_kept_waiting_is_innocent(isolation, monkeypatch):
    """Two clocks: the process is ready to run all the time, and never gets a core."""
    monkeypatch.setattr(student_pipe, "usage", lambda *_: Usage(0, time.monotonic(), 3))
    came = run(
        [Source("import time\ntime.sleep(9)", "a")], [Ask("a", "x")], SHORT._replace(cell=0.2), isolation
    )
    assert came.innocent and came.cells == {0: "late"}


def test_a_machine_without_memory_blames_nobody(isolation, monkeypatch):
    with StudentPipe(isolation, SHORT) as pipe:
        monkeypatch.setattr(student_pipe, "available_memory", lambda: 0.01)
        with pytest.raises(Stopped, match="memory") as found:
            pipe.ask({"do": "cell", "cell": 0, "source": "import time\ntime.sleep(9)"}, [], 5.0)
    assert found.value.innocent


def test_the_marking_can_be_stopped(isolation):
    halt = threading.Event()
    with StudentPipe(isolation, SHORT, halt) as pipe:
        process = pipe.process
        halt.set()
        with pytest.raises(Halted):
            pipe.ask({"do": "cell", "cell": 0, "source": "import time\ntime.sleep(99)"}, [], 50.0)
    assert process.returncode is not None


def test_a_process_that_does_not_start_is_nobodys_fault(isolation):
    class Broken(Isolation):
        def wrap(self, command, limits):
            return [sys.executable, "-c", "import sys; sys.exit('no such namespace')"]

    class Absent(Isolation):
        def wrap(self, command, limits):
            return ["a-program-that-does-not-exist"]

    for broken, said in ((Broken(), "no such namespace"), (Absent(), "a-program-that-does-not-exist")):
        with pytest.raises(NotStarted, match=said):
            run([Source("x = 1")], [Ask("a", "x")], SHORT, broken)
        assert said in trouble(broken, SHORT)


# --- ways to shut a process in ---


def test_a_trial_tells_what_is_not_shut(tmp_path, bare):
    bare = NoIsolation([tmp_path])
    said = trouble(bare, Limits())
    assert "the folder of the class can be read" in said
    if sys.platform == "linux" and len(socket.if_nameindex()) > 1:
        assert "the network is there" in said


def test_without_a_way_there_is_a_sentence_that_names_the_flag(monkeypatch):
    monkeypatch.setattr(choosing, "ways", lambda hide: [])
    with pytest.raises(
        CommandError, match=r"cannot be shut in on this machine: mark on Linux .* --no-isolation"
    ):
        find_isolation([], Limits())
    assert find_isolation([], Limits(), none=True).name == "no isolation"


def test_the_flag_takes_what_works_all_the_same(isolation):
    assert find_isolation([], Limits(), none=True).name == isolation.name


def test_a_way_that_does_not_work_is_left_for_the_next(monkeypatch, isolation):
    class Broken(Isolation):
        name = "broken"

        def wrap(self, command, limits):
            return ["a-program-that-does-not-exist"]

    monkeypatch.setattr(choosing, "ways", lambda hide: [Broken(), isolation])
    assert find_isolation([], Limits()) is isolation
    monkeypatch.setattr(choosing, "ways", lambda hide: [Broken()])
    with pytest.raises(CommandError, match=r"\(tried broken: .*a-program-that-does-not-exist"):
        find_isolation([], Limits())


def test_other_systems_have_no_way(monkeypatch):
    monkeypatch.setattr(isolations.sys, "platform", "win32")
    assert ways([]) == []


def test_solutions_and_tests_lie_in_no_folder_that_is_seen():
    root = repository()
    need(root is not None, "the package is installed without its repository")
    for folder in visible_folders():
        assert not any(
            (root / name).is_relative_to(folder) and root / name not in Isolation().hide
            for name in ("book", "tests")
        )


def inside(way, script):
    done = subprocess.run(
        way.wrap(["sh", "-c", script], Limits()),
        env=way.environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=30,
    )
    return done.stdout.split(), done.stderr


@pytest.mark.parametrize("kind", [Bubblewrap, Unshare])
def test_inside_there_is_no_network_no_other_process_no_class_and_no_right(kind, tmp_path):
    found = [way for way in ways([tmp_path]) if isinstance(way, kind)]
    need(found, f"{kind.name} is not installed, or needs root")
    (tmp_path / "key.json").write_text("{}", encoding="utf-8")
    out, said = inside(
        found[0],
        "id -u; ls /proc | grep -c '^[0-9]'; cut -d: -f1 /proc/net/dev | tail -n +3 | tr -d ' '; "
        f"cat {tmp_path}/key.json; grep CapEff /proc/self/status; touch here && echo written; touch /usr/x",
    )
    assert out[0] != "0"
    assert int(out[1]) <= 6 and out[2] == "lo", said
    assert out[3:6] == ["CapEff:", "0" * 16, "written"]
    assert "key.json" in said and "/usr/x" in said


def test_two_processes_are_two_users(isolation):
    need(isinstance(isolation, Bubblewrap | Unshare), "nothing shuts code in here")
    if not shutil.which("setpriv") or not isolations.is_root():
        pytest.skip("only root can give each process a user of its own")
    users = {inside(isolation, "id -u")[0][0] for _ in range(3)}
    assert len(users) == 3


def test_the_family_of_a_process_is_seen():
    need(sys.platform == "linux", "only Linux shows it")
    code = (
        "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', 'input()']); print(); p.wait()"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        process.stdout.readline()
        members = family(process.pid)
        assert members[0] == process.pid and len(members) == 2
        assert usage(process.pid, members[1]).memory > 10**6
    finally:
        process.communicate(b"\n", timeout=20)
    assert usage(process.pid, process.pid) == Usage(0, 0.0, 1)


def test_bubblewrap_shuts_in_for_anybody_who_is_not_root(tmp_path, monkeypatch):
    """Tried by root as somebody else: then bubblewrap makes a world in which the user is nobody."""
    need(shutil.which("bwrap") and shutil.which("setpriv"), "bubblewrap or setpriv is not installed")
    other = ["setpriv", "--reuid=60500", "--regid=60500", "--clear-groups"] if isolations.is_root() else []
    monkeypatch.setattr(isolations, "is_root", lambda: False)
    monkeypatch.setattr(isolations, "visible_folders", list)  # that user may not see this Python
    way = Bubblewrap([tmp_path])
    command = [
        *other,
        *way.wrap(["sh", "-c", "id -u; touch /x; touch y; unshare -U true; ls /dev/shm /"], Limits()),
    ]
    done = subprocess.run(
        command, env=way.environment(), capture_output=True, encoding="utf-8", timeout=30, cwd="/"
    )
    if "namespace" in done.stderr and not done.stdout:
        pytest.skip(f"this kernel lets only root make namespaces: {done.stderr}")
    assert done.stdout.startswith("65534\n") and "usr" in done.stdout and "home" not in done.stdout
    assert "/x" in done.stderr and "unshare" in done.stderr and "y:" not in done.stderr


def test_a_course_that_lies_among_temporary_files_is_seen(monkeypatch):
    if not (ways := [way for way in isolations.ways(()) if isinstance(way, Bubblewrap)]):
        need(sys.platform != "linux", "bubblewrap is not installed")
        pytest.skip("bubblewrap is a program of Linux")
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        (Path(folder) / "lesson.txt").write_text("7")
        Path(folder).chmod(0o755)
        monkeypatch.setattr(isolations, "visible_folders", lambda: [*visible_folders(), Path(folder)])
        code = (
            "import tempfile\ntempfile.TemporaryFile()\n"
            f"x = [float(open({folder + '/lesson.txt'!r}).read())]\n"
            f"try:\n    open({folder + '/own.txt'!r}, 'w')\n"
            "except OSError as error:\n    x.append(error.errno)"
        )
        came = run([Source(code, "a")], [Ask("a", "x")], SHORT, ways[0])
    assert came.cells == {}
    np.testing.assert_array_equal(came.answers["a"].replies[0].value, [7, errno.EROFS])


def test_a_class_inside_a_folder_that_is_seen_is_covered(isolation):
    """A teacher may keep the class inside the environment or beside the package."""
    need(isinstance(isolation, Bubblewrap), "bubblewrap does not work here")
    way = Bubblewrap([PACKAGE / "data"])
    out, said = inside(
        way, f"ls {PACKAGE}/data; touch {PACKAGE}/data/x; ls {PACKAGE}/course | grep -c cli.py"
    )
    assert out == ["1"] and said.count("Permission denied") + said.count("Read-only") >= 2
    assert (PACKAGE / "data" / "__init__.py").is_file()
