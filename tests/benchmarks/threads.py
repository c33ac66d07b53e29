"""By how much several threads shorten a run of W2's network with currents, whose delays are 1.5 ms here.

    python tests/benchmarks/threads.py [--neurons 40000] [--threads 2] [--rounds 40]

In each round one thread and several take turns with the same 250 ms. Compared is the least time by the clock
on the wall, because a thread that waits takes CPU time. Whatever else the machine does takes a core away, so
the ratio means something on an idle machine only.
"""

import argparse
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # pytest does it by itself

from benchmarks.w2 import task
from benchmarks.w2.peer_snnlab import begin, network

__all__ = ["main"]

DELAY, DURATION = 1.5, 250.0  # ms


def main(arguments: list[str]) -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--neurons", type=int, default=40_000)
    words.add_argument("--threads", type=int, default=2)
    words.add_argument("--rounds", type=int, default=40)
    asked = words.parse_args(arguments)
    model, n, dtype = "cuba", asked.neurons, "float32"
    net = network(task, model, n, dtype, DELAY)
    start = net.run(DURATION, start=begin(task, model, n, dtype, net.initial_state(), 0)).state
    least, spikes = dict.fromkeys((1, asked.threads), float("inf")), {}
    net.run(1.0, start=start, threads=asked.threads)  # compiles, and shares out
    for _ in range(asked.rounds):
        for threads in least:
            before = time.perf_counter()
            run = net.run(DURATION, start=start, threads=threads)
            least[threads] = min(least[threads], time.perf_counter() - before)
            spikes[threads] = run["cells"].spikes
    one, several = (spikes[threads] for threads in least)
    same = one.times.tobytes() == several.times.tobytes() and one.units.tobytes() == several.units.tobytes()
    for threads, seconds in least.items():
        print(f"{threads} threads: {seconds * 1e3:.1f} ms")
    print(f"{least[1] / least[asked.threads]:.2f} times as fast, {'the same' if same else 'OTHER'} spikes")


if __name__ == "__main__":
    main(sys.argv[1:])
