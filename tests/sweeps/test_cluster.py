"""A cluster of Dask in real processes, some of which are killed.

The function leaves a file when it has finished a point, and holds on at a gate so that it is known what is
finished and what is being computed when somebody dies.
"""

import os
import socket
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

import numpy as np
import pytest
from needs import need

from snnlab.sweeps import sweep

pytestmark = pytest.mark.slow

GRID = {"a": [0.0, 1.0, 2.0], "b": [0, 1, 2, 3]}
PATIENCE = 120.0  # s until a cluster that does not come is a failure


def held(a, b, rng, folder=None):
    """When as many points are finished as gates are open, it waits for the next gate."""
    place = Path(folder)
    name = f"{a} {b} {uuid.uuid4().hex}"
    (place / "begun" / name).touch()
    while len(list((place / "finished").iterdir())) >= 4 * len(list((place / "gates").iterdir())):
        time.sleep(0.01)
    (place / "finished" / name).touch()
    return a + b + rng.normal()


def until(condition, what):
    """Wait for a condition; what never comes ends the test in a sentence."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"{what} within {PATIENCE:g} s"
        time.sleep(0.02)


@pytest.fixture
def place(tmp_path):
    for name in ("begun", "finished", "gates"):
        (tmp_path / name).mkdir()
    return tmp_path


class Cluster:
    """A scheduler at one address, and its workers, each a process without anybody who starts it again."""

    def __init__(self, place):
        self.place, self.started = place, []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.scheduler = self.start(
            "scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard"
        )

    @property
    def address(self):
        return f"tcp://127.0.0.1:{self.port}"

    def start(self, what, *options):
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *options]
        path = os.pathsep.join(filter(None, sys.path))
        with (self.place / f"{what}.log").open("a", encoding="utf-8") as log:
            process = subprocess.Popen(
                command, cwd=self.place, stdout=log, stderr=log, env=os.environ | {"PYTHONPATH": path}
            )
        self.started.append(process)
        return process

    def worker(self):
        return self.start("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard")

    def kill(self, process):
        process.kill()
        process.wait()


@pytest.fixture
def cluster(place):
    try:
        import distributed  # noqa: F401
    except ImportError:
        need(False, "needs distributed, of the extra dask")
    there = Cluster(place)
    yield there
    for process in there.started:
        there.kill(process)


class Running(threading.Thread):
    """A sweep in a thread, so that the test can do harm meanwhile."""

    def __init__(self, place, client):
        super().__init__(daemon=True)
        self.place, self.client, self.found, self.wrong = place, client, None, None
        self.keep = place / "kept.jsonl"

    def call(self, **more):
        folder = str(self.place)

        def point(a, b, rng):
            return held(a, b, rng, folder)

        return sweep(point, GRID, seed=3, keep=self.keep, progress=False, **more)

    def run(self):
        try:
            self.found = self.call(client=self.client)
        except ConnectionError as error:
            self.wrong = error

    def open_gate(self):
        (self.place / "gates" / uuid.uuid4().hex).touch()

    def finished(self):
        """How often each point was finished, by its name."""
        names = [file.name.rpartition(" ")[0] for file in (self.place / "finished").iterdir()]
        return {name: names.count(name) for name in names}

    def at_rest(self, least, workers):
        """All that is finished is in the file, and each worker is at the gate with a point."""
        kept = self.keep.read_bytes().count(b"\n") - 1 if self.keep.exists() else 0
        begun = len(list((self.place / "begun").iterdir()))
        return kept == sum(self.finished().values()) >= least and begun - kept >= workers


def expected():
    values = [a + b for a in GRID["a"] for b in GRID["b"]]
    drawn = (np.random.SeedSequence(3, spawn_key=(k,)) for k in range(len(values)))
    return [value + np.random.default_rng(one).normal() for value, one in zip(values, drawn, strict=True)]


def once_each():
    return {f"{a} {b}": 1 for a in GRID["a"] for b in GRID["b"]}


def test_a_killed_worker_and_a_scheduler_that_starts_again_lose_nothing_and_repeat_nothing(place, cluster):
    from distributed import Client

    workers = [cluster.worker(), cluster.worker()]
    with Client(cluster.address, timeout=PATIENCE) as client:
        client.wait_for_workers(2, timeout=PATIENCE)
        running = Running(place, client)
        running.open_gate()
        running.start()
        until(lambda: running.at_rest(4, workers=2), "both workers are at the first gate")
        cluster.kill(workers[0])
        until(
            lambda: len(client.scheduler_info()["workers"]) == 1, "the scheduler knows that a worker is gone"
        )
        running.open_gate()
        until(
            lambda: running.at_rest(8, workers=2), "the other worker is at the second gate"
        )  # and what died
        cluster.kill(cluster.scheduler)
        cluster.kill(workers[1])  # it would end by itself, after its point
        cluster.scheduler = cluster.start(
            "scheduler", "--host", "127.0.0.1", "--port", str(cluster.port), "--no-dashboard"
        )
        cluster.worker()
        cluster.worker()
        running.open_gate()
        running.open_gate()
        running.join(PATIENCE)
        assert running.found is not None, running.wrong
    assert running.finished() == once_each()
    assert running.found.failures == ()
    assert np.array_equal(running.found.values.ravel(), expected())


def test_a_cluster_that_does_not_come_back_is_told_of_and_the_same_call_goes_on_without_it(place, cluster):
    from distributed import Client

    worker = cluster.worker()
    with Client(cluster.address, timeout=PATIENCE) as client:
        client.wait_for_workers(1, timeout=PATIENCE)
        client._timeout = 0.5  # s that it looks for another scheduler
        running = Running(place, client)
        running.open_gate()
        running.start()
        until(lambda: running.at_rest(4, workers=1), "the worker is at the gate")
        cluster.kill(cluster.scheduler)
        cluster.kill(worker)
        running.join(PATIENCE)
        assert "client must have its cluster until the sweep ends" in str(running.wrong)
    for _ in range(3):
        running.open_gate()
    found = running.call(cores=1)
    assert running.finished() == once_each() and np.array_equal(found.values.ravel(), expected())


def test_a_client_that_is_closed_is_refused(cluster):
    from distributed import Client

    client = Client(cluster.address, timeout=PATIENCE)
    client.close()
    with pytest.raises(ValueError, match="client must be connected to a cluster, got one that is closed"):
        sweep(lambda a: a, {"a": [1]}, client=client, progress=False)
