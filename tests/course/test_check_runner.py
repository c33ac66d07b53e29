"""The worker: one for many checks, replaced when it fails, gone when the notebook is gone."""

import contextlib
import importlib
import os
import socket
import subprocess
import sys
import time

import numpy as np
import pytest
from numba import cloudpickle

from snnlab.course.exercises import find
from snnlab.course.judging.answers import judge
from snnlab.course.other_process.runner import Runner, shared_runner
from snnlab.course.other_process.worker import run_cases

NOWHERE = ["a-program-that-does-not-exist"]


def packed(function):
    module = sys.modules.get(function.__module__) or importlib.import_module("builtins")
    cloudpickle.register_pickle_by_value(module)
    try:
        return cloudpickle.dumps(function)
    finally:
        cloudpickle.unregister_pickle_by_value(module)


@pytest.fixture(scope="module")
def runner():
    with Runner() as runner:
        yield runner


def test_one_worker_serves_many_checks(runner):
    pids = {int(runner.run(packed(lambda: os.getpid()), [()]).outcomes[0].value) for _ in range(5)}
    assert pids == {runner.process_id} and os.getpid() not in pids


def test_a_worker_that_died_in_the_meantime_is_replaced(runner):
    assert runner.run(packed(lambda: 1), [()]).outcomes[0].value == 1
    before = runner._worker.process
    before.kill()
    before.wait()
    assert runner.run(packed(lambda: 2), [()]).outcomes[0].value == 2
    assert runner.process_id != before.pid


def test_an_interrupt_stops_the_worker(runner, monkeypatch):
    runner.run(packed(lambda: 1), [()])
    worker = runner._worker

    def interrupt(seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr(worker, "wait", interrupt)
    with pytest.raises(KeyboardInterrupt):
        runner.run(packed(lambda: 1), [()])
    assert worker.process.returncode is not None
    assert runner.run(packed(lambda: 3), [()]).outcomes[0].value == 3


def test_a_killed_worker_leaves_no_zombie():
    with Runner(limit=0.3) as runner:
        runner.start()
        first = runner._worker.process
        run = runner.run(packed(lambda: time.sleep(60)), [()])
        assert run.stopped == "late" and run.outcomes == []
        assert first.returncode is not None  # it was waited for
        last = runner._worker.process  # the next one starts already
        assert last is not first and last.poll() is None
    assert last.returncode is not None


def test_without_a_second_python_it_runs_here_and_says_so():
    task = find("2.5")
    with Runner(command=NOWHERE) as runner:
        run = runner.run(packed(lambda: os.getpid()), [()])
        assert run.alone and run.outcomes[0].value == os.getpid()
        verdict = judge(task, task.solution, runner=runner)
        assert verdict.right and verdict.message.endswith("so a loop without end would not be stopped.)")
        assert judge(task, lambda i, n: sys.exit(), runner=runner).reason == "exit"


def test_a_worker_that_cannot_start_is_no_trap():
    with Runner(command=[sys.executable, "-c", "raise SystemExit(1)"]) as runner:
        assert runner.run(packed(lambda: 5), [()]).alone


@pytest.mark.slow
def test_a_loop_ends_even_if_nobody_is_left_to_kill_the_worker():
    """The notebook dies while its worker is in a compiled loop that never lets Python run."""
    _assert_gone_with_its_parent(
        """
        @numba.njit
        def forever(n):
            while n >= 0:
                n = (n + 1) % 1000
            return n
        """,
        "forever(0)",
        within=30.0,
    )


def test_an_idle_worker_ends_with_the_notebook():
    _assert_gone_with_its_parent("", "0", within=10.0)


def _worker_on(server):
    """The line that the worker has opened; a client of an earlier owner of the port may call before it."""
    while True:
        line, _ = server.accept()
        line.settimeout(60)
        if line.recv(1) == b"!":
            return line
        line.close()


def _assert_gone_with_its_parent(definition, last, within):
    """The student's function calls us from the worker; the line goes dead when the worker does."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        script = "\n".join([
            "import builtins, numba, socket, sys",
            *(line.removeprefix("        ") for line in definition.splitlines()),
            "def student(port):",
            "    builtins.line = socket.create_connection(('127.0.0.1', port))",
            "    builtins.line.sendall(b'!')",
            f"    return {last}",
            "from numba import cloudpickle",
            "from snnlab.course.other_process.runner import Runner",
            "runner = Runner(limit=3.0)",
            f"runner.run(cloudpickle.dumps(student), [({server.getsockname()[1]},)])",
            "sys.stdin.read()",
        ])
        notebook = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE)
        try:
            with _worker_on(server) as line:
                line.settimeout(within)
                time.sleep(1.0)  # into the loop, or past it
                notebook.kill()
                notebook.wait()
                with contextlib.suppress(ConnectionResetError):  # how Windows says it
                    assert line.recv(1) == b""  # a timeout here is a worker that outlives its notebook
        finally:
            notebook.kill()
            notebook.wait()
            notebook.stdin.close()


def test_the_worker_finds_what_the_notebook_finds(tmp_path, monkeypatch):
    (tmp_path / "only_here.py").write_text("answer = 42\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with Runner() as runner:
        assert runner.run(packed(lambda: __import__("only_here").answer), [()]).outcomes[0].value == 42


def test_arguments_are_copies():
    x = np.zeros(3)

    def fill(x):
        x[:] = 1
        return x

    outcomes = run_cases(fill, [(x,), (x,)])
    assert not x.any() and [outcome.changed for outcome in outcomes] == [(0,), (0,)]


@pytest.mark.parametrize("number", [0, 2, 3])
def test_an_answer_to_another_question_is_none(number, tmp_path):
    """A worker of our own answers, to the second request, one that was answered or one that was never put."""
    script = tmp_path / "worker.py"
    script.write_text(
        "import sys\n"
        "from snnlab.course.other_process.frames import read_frame, reply_frame, write_frame\n"
        "from snnlab.course.other_process.outcome import Outcome\n"
        "import numpy as np\n"
        "out = sys.stdout.buffer\n"
        "write_frame(out, reply_frame(0, Outcome('ready')))\n"
        "read_frame(sys.stdin.buffer)\n"
        "write_frame(out, reply_frame(1, Outcome('done')))\n"
        "read_frame(sys.stdin.buffer)\n"
        f"write_frame(out, reply_frame({number}, Outcome('numbers', np.array(1))))\n"
        "read_frame(sys.stdin.buffer)\n"
        "write_frame(out, reply_frame(3, Outcome('done')))\n"
        "sys.stdin.read()\n",
        encoding="utf-8",
    )
    with Runner(command=[sys.executable, str(script)]) as runner:
        run = runner.run(packed(lambda: 0), [()])
    assert run.stopped == ("" if number == 2 else "died")


def test_the_shared_runner_is_one():
    assert shared_runner() is shared_runner()


def test_a_frame_that_promises_too_much_is_no_answer():
    script = "\n".join([
        "import sys",
        "from snnlab.course.other_process.frames import reply_frame, write_frame",
        "from snnlab.course.other_process.outcome import Outcome",
        "write_frame(sys.stdout.buffer, reply_frame(0, Outcome('ready')))",
        "sys.stdout.buffer.write(b'\\xff' * 8)",
        "sys.stdout.flush()",
        "sys.stdin.read()",
    ])
    with Runner(limit=1.0, command=[sys.executable, "-c", script]) as runner:
        assert runner.run(packed(lambda: 0), [()]).stopped == "died"
