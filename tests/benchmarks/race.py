"""A worker for every peer, asked in turn, so that whatever else the machine does falls on all of them."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

__all__ = ["PROJECT", "Figures", "Peer", "Result", "Task", "race"]

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
PATIENCE = 300.0  # s for one answer; the first compiles
ONE_CORE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


class Peer(NamedTuple):
    """A row of the table."""

    label: str
    environment: str  # requirements/NAME.txt, or "" for the environment of the project
    package: str  # whose version is told
    file: str  # of the workload's folder, or a path
    function: str
    tree: Path = PROJECT  # whose snnlab is imported, if the environment is that of the project


class Task(NamedTuple):
    """What all peers do; the first is the one that the others are compared with."""

    title: str
    folder: Path
    peers: tuple[Peer, ...]
    problem: Callable[[dict], str]  # what is wrong with an answer; empty if nothing is
    shown: Callable[[dict], str]  # an answer in a word or two


class Figures(NamedTuple):
    """What came out for one peer."""

    seconds: float  # CPU time of a call: the least of a run, the median of the runs
    ratio: float  # to that of the first peer in the same run, the median of the runs
    answer: dict
    versions: dict[str, str]
    each_run: tuple[float, ...] = ()  # the CPU time in each of the runs, in their order


class Result(NamedTuple):
    """What came out for a task."""

    figures: dict[Peer, Figures]
    left_out: dict[Peer, str]  # and why
    runs: int  # so many were finished
    interrupted: bool = False  # by Ctrl-C


class Gone(Exception):
    """A worker ended; why, as far as it said."""


class Worker:
    """A process that is asked and answers."""

    def __init__(self, python: Path, task: Task, peer: Peer, scratch: Path):
        self.log = scratch / "log.txt"
        path = os.pathsep.join([str(peer.tree), os.environ.get("PYTHONPATH", "")])
        with self.log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [str(python), str(HERE / "worker.py"), str(task.folder), peer.file, peer.function],
                cwd=scratch,
                env={
                    **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
                    **dict.fromkeys(ONE_CORE, "1"),
                    **({} if peer.environment else {"PYTHONPATH": path}),
                },
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
            )

    def ask(self, question: str):
        """The answer to one line; a worker that takes too long is ended."""
        late = threading.Event()
        timer = threading.Timer(PATIENCE, lambda: (late.set(), self.process.kill()))
        timer.start()
        try:
            self.process.stdin.write(question + "\n")
            self.process.stdin.flush()
            for line in self.process.stdout:
                if line.startswith("@@"):
                    return json.loads(line[2:])
        except OSError:  # it has closed its end
            pass
        finally:
            timer.cancel()
        code = self.process.wait()
        if late.is_set():
            raise Gone(f"no answer within {PATIENCE:g} s")
        lines = self.log.read_text(encoding="utf-8", errors="replace").split("\n")
        said = [line.strip() for line in lines if line.strip()] or ["it said nothing"]
        raise Gone(f"it ended with exit code {code}: {said[-1][:150]}")

    def stop(self):
        """Its standard input ends, and so does it."""
        try:
            self.process.communicate(timeout=10)
        except (subprocess.TimeoutExpired, OSError):
            self.process.kill()
            self.process.communicate()


def race(
    task: Task, python_of: Callable[[Peer], Path], runs: int = 3, rounds: int = 5, seconds: float = 0.5
) -> Result:
    """The figures of the peers.

    `python_of` names a peer's Python, or raises an exception that says why it has none. A peer that cannot be
    started, ends or answers wrong is left out and not asked again; without the first there is nothing to
    compare with, and the race ends. Ctrl-C ends it too: the runs before it count.
    """
    pythons: dict[Peer, Path] = {}
    left_out: dict[Peer, str] = {}
    measured: list[dict[Peer, Figures]] = []
    interrupted = False
    try:
        for peer in task.peers:
            try:
                pythons[peer] = python_of(peer)
            except Exception as reason:
                left_out[peer] = str(reason)
        while len(measured) < runs and task.peers[0] in pythons:
            print(f"{task.title}: run {len(measured) + 1} of {runs}", file=sys.stderr, flush=True)
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
                figures, gone = _run(task, pythons, rounds, seconds, Path(scratch))
            for peer in gone:
                del pythons[peer]
            left_out |= gone
            measured.append(figures)
    except KeyboardInterrupt:
        interrupted = True
    if task.peers[0] in left_out:
        measured.clear()
    middle = {
        peer: Figures(
            statistics.median(run[peer].seconds for run in measured),
            statistics.median(run[peer].ratio for run in measured),
            measured[0][peer].answer,
            measured[0][peer].versions,
            tuple(run[peer].seconds for run in measured),
        )
        for peer in (pythons if measured else ())
    }
    return Result(middle, left_out, len(measured), interrupted)


def _run(
    task: Task, pythons: dict[Peer, Path], rounds: int, seconds: float, scratch: Path
) -> tuple[dict[Peer, Figures], dict[Peer, str]]:
    """One run: the figures of each peer, or why it has none."""
    workers: dict[Peer, Worker] = {}
    answers: dict[Peer, tuple[dict, dict]] = {}
    times: dict[Peer, list[float]] = {}
    gone: dict[Peer, str] = {}
    try:
        for number, (peer, python) in enumerate(pythons.items()):
            folder = scratch / str(number)
            folder.mkdir()
            workers[peer] = worker = Worker(python, task, peer, folder)
            try:
                source = worker.ask("source snnlab")
                if source and not Path(source).resolve().is_relative_to(peer.tree.resolve()):
                    raise Gone(f"it imports snnlab from {source}, not from {peer.tree}")
                versions = worker.ask(f"versions Python {peer.package}")
                answers[peer] = worker.ask("answer"), versions
                if wrong := task.problem(answers[peer][0]):
                    raise Gone(f"it computes something else: {wrong}")
            except Gone as reason:
                gone[peer] = str(reason)
        for _ in range(rounds):
            for peer in [peer for peer in pythons if peer not in gone]:
                try:
                    times.setdefault(peer, []).append(workers[peer].ask(f"time {seconds}"))
                except Gone as reason:
                    gone[peer] = str(reason)
    finally:
        for worker in workers.values():
            worker.stop()
    least = {peer: min(times[peer]) for peer in times if peer not in gone}
    first = least.get(task.peers[0], float("nan"))
    return {peer: Figures(took, took / first, *answers[peer]) for peer, took in least.items()}, gone
