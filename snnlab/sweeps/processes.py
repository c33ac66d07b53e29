"""A sweep on this machine: one process for each core, one thread in each.

The processes are new Pythons, so a notebook and a script without ``if __name__ == "__main__"`` can use them
on every system. One that ends in the middle of a point is replaced, and the point is tried once more.
"""

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator

from snnlab.sweeps.point import Answer

__all__ = ["on_cores"]

_ONE_THREAD = dict.fromkeys(("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
_TRIES = 2
_ENDING = 5.0  # s in which a process whose pipe broke has ended by itself, or else is ended
_HEARD = 0.2  # s after which Windows hears Ctrl-C


class _Worker:
    """A process, and the pipes to it."""

    def __init__(self, packed: bytes):
        path = os.pathsep.join(str(entry) or os.getcwd() for entry in sys.path)
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "snnlab.sweeps.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **_ONE_THREAD, "PYTHONPATH": path},
        )
        self._send(packed)

    def _send(self, what: object) -> None:
        assert self.process.stdin
        pickle.dump(what, self.process.stdin)
        self.process.stdin.flush()

    def ask(self, index: int) -> Answer:
        """The answer at a point; EOFError or OSError if the process has ended."""
        assert self.process.stdout
        self._send(index)
        return pickle.load(self.process.stdout)

    def how_it_ended(self) -> str:
        """Of a process that answers no more: it is waited for, and only then ended."""
        try:
            said = f"with code {self.process.wait(timeout=_ENDING)}"
        except subprocess.TimeoutExpired:
            said = "by us, for its answers broke off"
        self.stop()
        return said

    def stop(self) -> None:
        """Wait until it is gone."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):  # what it was not sent any more
                pipe.close()  # type: ignore[union-attr]


class _Team:
    """Threads that take points from one list, each with a process of its own."""

    def __init__(self, packed: bytes, todo: Iterable[int], n: int):
        self.answers: queue.SimpleQueue[tuple[int, Answer]] = queue.SimpleQueue()
        self._packed, self._todo = packed, iter(todo)
        self._lock, self._over = threading.Lock(), False
        self._workers: dict[int, _Worker] = {}
        self._threads = [threading.Thread(target=self._work, args=(k,), daemon=True) for k in range(n)]
        for thread in self._threads:
            thread.start()

    def _work(self, k: int) -> None:
        while True:
            with self._lock:
                index = None if self._over else next(self._todo, None)
            if index is None:
                return
            said = self._asked(k, index)
            if said is not None:
                self.answers.put((index, said))

    def _asked(self, k: int, index: int) -> Answer | None:
        """The answer at a point; None if nobody waits for it any more."""
        how = ""
        for _ in range(_TRIES):
            try:
                with self._lock:  # or one would begin after all have been stopped
                    if self._over:
                        return None
                    if k not in self._workers:
                        self._workers[k] = _Worker(self._packed)
                return self._workers[k].ask(index)
            except (EOFError, OSError, pickle.UnpicklingError):
                with self._lock:
                    if self._over:
                        return None
                    worker = self._workers.pop(k, None)
                if worker is not None:
                    how = worker.how_it_ended()
        return Answer(None, f"its process ended {_TRIES} times, the last {how}")

    def stop(self) -> None:
        """End every process, whatever it is doing."""
        with self._lock:
            self._over = True
            workers = list(self._workers.values())
        for worker in workers:
            worker.process.kill()
        for thread in self._threads:
            thread.join()
        for worker in workers:
            worker.stop()


def on_cores(packed: bytes, todo: list[int], cores: int) -> Iterator[tuple[int, Answer]]:
    """Numbers of points with their answers, as they come."""
    team = _Team(packed, todo, min(cores, len(todo)))
    try:
        for _ in todo:
            while True:
                with contextlib.suppress(queue.Empty):
                    yield team.answers.get(timeout=_HEARD)
                    break
    finally:
        team.stop()
