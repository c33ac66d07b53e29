"""Cells run shut in: what comes back, what is left when something stops them, and who is not to blame."""

import os
import sys
import threading
import time

import numpy as np
import pytest
from needs import need

from snnlab.course.classroom.sandbox import student_pipe, watching
from snnlab.course.classroom.sandbox.choosing import trouble
from snnlab.course.classroom.sandbox.isolation import (
    Isolation,
)
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.classroom.sandbox.running import Ask, Source, run
from snnlab.course.classroom.sandbox.student_pipe import Halted, NotStarted, StudentPipe
from snnlab.course.classroom.sandbox.watching import Usage, usage
from snnlab.course.other_process.outside import Stopped

HUNGRY = 1700 * 2**20  # Python, NumPy and Numba have some 600 MB of addresses to begin with
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


POOLS = """
import multiprocessing.pool, numba, subprocess
from concurrent.futures import ThreadPoolExecutor
import numpy as np
with ThreadPoolExecutor(4) as pool:
    x = list(pool.map(lambda k: k**2, range(4)))
with multiprocessing.pool.ThreadPool(4) as pool:
    y = pool.map(lambda k: k**2, range(4))
@numba.njit(parallel=True)
def squares(k):
    out = np.empty(k)
    for i in numba.prange(k):
        out[i] = i**2
    return out
z = squares(4)
w = float(multiprocessing.get_start_method(allow_none=True) == "fork")
"""
PROCESSES = """
import multiprocessing, os, subprocess, sys
x = []
for start in (
    os.fork,
    lambda: subprocess.run([sys.executable, "-c", "1"]),
    lambda: multiprocessing.Process(target=print).start(),
):
    try:
        start()
    except PermissionError as error:
        x.append(error.errno)
"""


def test_pools_of_threads_work_and_processes_are_refused(isolation):
    asks = [Ask(name, name) for name in "wxyz"]
    came = run([Source(POOLS)], asks, Limits(), isolation)
    got = {name: answer.replies[0].value.tolist() for name, answer in came.answers.items()}
    assert got.pop("w") == 1  # else a later Python starts a process for its locks
    assert list(got.values()) == [[0, 1, 4, 9]] * 3
    came = run([Source(PROCESSES)], [Ask("x", "x")], Limits(), isolation)
    assert came.answers["x"].replies[0].value.tolist() == [1.0] * 3, came


FIGURE = """
import numpy as np, matplotlib.pyplot as plt
fig, ax = plt.subplots()
ax.plot([1, 2], label="µ")
fig.savefig("here.png")
x = float(len(open("here.png", "rb").read()) > 1000)
"""


def test_a_figure_is_drawn_although_its_fonts_are_listed_by_no_program(isolation):
    came = run([Source(FIGURE)], [Ask("x", "x")], Limits(), isolation)
    assert came.cells == {} and came.answers["x"].replies[0].value == 1, came


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
def test_memory_of_all_processes_is_added_up(bare):
    """Where nothing shuts it in, a submission may start others, and they may share what they have."""
    need(sys.platform == "linux", "only Linux shows it")
    code = "\n".join([
        "import mmap",
        "shared = mmap.mmap(-1, 10**8)",
        "shared.write(b'1' * 10**8)",
        "import os, time",
        "for _ in range(4):",
        "    if os.fork() == 0:",
        "        x = b'1' * 10**8",
        "        time.sleep(9)",
        "time.sleep(9)",
    ])
    limits = SHORT._replace(total=30.0, cell=20.0, together=250 * 2**20)
    came = run([Source(code, "a"), Source("y = 1", "b")], [Ask("a", "x"), Ask("b", "y")], limits, bare)
    assert came.cells == {0: "memory"} and came.answers["b"].replies[0].value == 1


GREEDY = "held = []\nwhile True:\n    held.append(bytearray(10**8))"
HOLDING = "held = bytearray(10**9)\nx = 1"
HONEST = "import numpy as np\ny = np.ones(6 * 10**7).sum()"  # 480 MB


@pytest.mark.parametrize(("first", "left"), [(GREEDY, "MemoryError"), (HOLDING, "")])
def test_a_cell_that_takes_all_memory_costs_only_itself(isolation, first, left):
    """What it holds, whether it failed or not, would be missing in every cell that follows."""
    limits = SHORT._replace(total=30.0, cell=15.0, memory=HUNGRY)
    came = run([Source(first, "a"), Source(HONEST, "b")], [Ask("a", "x"), Ask("b", "y")], limits, isolation)
    assert came.answers["b"].replies[0].value == 6 * 10**7, came
    assert (came.cells[0].name if left else came.answers["a"].replies[0].value) == (left or 1)


def test_a_process_that_was_kept_waiting_is_innocent(isolation, monkeypatch):
    """Two clocks: the process is ready to run all the time, and never gets a core."""
    monkeypatch.setattr(student_pipe, "usage", lambda *_: Usage(0, 0, time.monotonic(), True))
    came = run(
        [Source("import time\ntime.sleep(9)", "a")], [Ask("a", "x")], SHORT._replace(cell=0.2), isolation
    )
    assert came.innocent and came.cells == {0: "late"}


def test_a_process_that_has_started_others_keeps_itself_waiting(isolation, monkeypatch):
    monkeypatch.setattr(student_pipe, "usage", lambda *_: Usage(0, 0, time.monotonic(), False))
    came = run(
        [Source("import time\ntime.sleep(9)", "a")], [Ask("a", "x")], SHORT._replace(cell=0.2), isolation
    )
    assert not came.innocent and came.cells == {0: "late"}


BUSY = """
import hashlib, threading, time
start, text = time.monotonic(), bytes(10**6)
def spin():
    while True:
        hashlib.sha256(text)  # without the interpreter's lock
for _ in range(16):
    threading.Thread(target=spin, daemon=True).start()
spin()
"""


@pytest.mark.slow
def test_busy_threads_buy_no_time(isolation):
    """They keep the first thread waiting, which is not the waiting that others are to blame for."""
    need(sys.platform == "linux", "only Linux shows it")
    import resource  # noqa: TID251

    def used():
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        return spent.ru_utime + spent.ru_stime

    before, limits = used(), SHORT._replace(total=20.0, cell=2.0, restarts=0)
    came = run([Source(BUSY, "a")], [Ask("a", "x")], limits, isolation)
    assert came.cells == {0: "late"}
    assert used() - before < 1.5 * limits.cell * os.cpu_count() + 3.0  # and what Python takes to start


@pytest.mark.slow
def test_threads_that_use_up_the_time_of_all_processors_were_late_and_did_not_leave(isolation):
    """On many cores the kernel kills them before the clock of the cell is over; here that is 40 s."""
    need(sys.platform == "linux", "only Linux shows it")
    limits = SHORT._replace(total=1.0)
    for code, reason in ((BUSY, "late"), ("import os; os.kill(os.getpid(), 9)", "died")):
        with StudentPipe(isolation, limits) as pipe, pytest.raises(Stopped, match=reason) as found:
            pipe.ask({"do": "cell", "cell": 0, "source": code}, [], 40.0)
        assert not found.value.innocent


def test_waiting_for_its_own_threads_is_no_waiting(tmp_path, monkeypatch):
    """The first thread ran 1 s and stood 6 s; others of the process have used 4 s, or none."""
    monkeypatch.setattr(watching, "_PROC", tmp_path)
    (tmp_path / "7" / "task" / "7").mkdir(parents=True)
    (tmp_path / "7" / "task" / "7" / "children").write_text("")
    (tmp_path / "7" / "statm").write_text("10 4 1 1 0 1 0")
    (tmp_path / "7" / "schedstat").write_text("1000000000 6000000000 17")
    for ticks, waited in ((500, 2.0), (100, 6.0)):
        (tmp_path / "7" / "stat").write_text(f"7 (a) b c) R {' '.join(['0'] * 10)} {ticks} 0 0 0")
        ran = pytest.approx(ticks / 100, rel=0, abs=1e-9)
        assert usage(7, 7) == Usage(3 * 4096, 10 * 4096, pytest.approx(waited, rel=0, abs=1e-9), True, ran)


def test_where_the_first_thread_has_ended_another_one_is_asked(tmp_path, monkeypatch):
    """What the kernel shows then: nothing of the process, and all in the folder of each other thread."""
    monkeypatch.setattr(watching, "_PROC", tmp_path)
    for place, addresses, held in (("7", 0, 0), ("7/task/7", 0, 0), ("7/task/9", 50, 3000)):
        folder = tmp_path / place
        folder.mkdir(parents=True)
        (folder / "children").write_text("")
        (folder / "statm").write_text(f"{addresses} {addresses} 0 0 0 0 0")
        (folder / "status").write_text(f"VmPTE: {held // 3} kB" if held else "State: Z (zombie)")
        (folder / "smaps_rollup").write_text(
            f"Pss_Anon: {held} kB\nPss_Shmem: 0 kB\nSwapPss: 0 kB" if held else ""
        )
    got = usage(7, 7)
    assert (got.memory, got.addresses) == (4000 * 1024, 50 * 4096)


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
