"""What a sweep adds to each point, whose function does nothing here.

    python tests/benchmarks/sweep_cost.py [--points 1000] [--rounds 5]

Two grids, one of `points` and one of a tenth, are swept in turn; the difference of their times over that of
their points is the cost of a point, without that of starting anything. Told is the least of the rounds: by
the clock on the wall, and by that of the processor for this process alone, which other work disturbs less.
Where Dask is installed, the same is measured on a local cluster of two workers. The promise is 5 ms.
"""

import argparse
import contextlib
import importlib.util
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from snnlab import sweep

__all__ = ["main"]


def nothing(k: int) -> float:
    return 0.0


@contextlib.contextmanager
def places(folder: str) -> Iterator[dict[str, dict[str, Any]]]:
    """The arguments for each place that computes."""
    found: dict[str, dict[str, Any]] = {"in this process": {"cores": 1}, "two processes": {"cores": 2}}
    if importlib.util.find_spec("distributed") is None:
        yield found
        return
    from distributed import Client, LocalCluster

    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "local_directory": folder}
    with LocalCluster(**options) as cluster, Client(cluster) as client:
        yield found | {"a cluster of two workers": {"client": client}}


def seconds(n: int, keep: Path, more: dict[str, Any]) -> tuple[float, float]:
    """On the wall and of the processor, for a sweep of `n` points that is kept."""
    wall, busy = time.perf_counter(), time.process_time()
    sweep(nothing, {"k": range(n)}, keep=keep, progress=False, **more)
    keep.unlink()
    return time.perf_counter() - wall, time.process_time() - busy


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--points", type=int, default=1000)
    words.add_argument("--rounds", type=int, default=5)
    asked = words.parse_args(arguments)
    few = max(asked.points // 10, 1)
    with tempfile.TemporaryDirectory() as folder, places(folder) as found:
        keep = Path(folder, "kept.jsonl")
        least = {(name, n): [float("inf")] * 2 for name in found for n in (few, asked.points)}
        for _ in range(asked.rounds):
            for name, n in least:
                now = seconds(n, keep, found[name])
                least[name, n] = [min(pair) for pair in zip(least[name, n], now, strict=True)]
        for name in found:
            wall, busy = (
                1e3 * (many - some) / (asked.points - few)
                for many, some in zip(least[name, asked.points], least[name, few], strict=True)
            )
            print(f"{name}: {wall:.2f} ms a point, {busy:.2f} ms of it this process computes")


if __name__ == "__main__":
    main()
