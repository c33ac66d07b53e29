"""What the cortical microcircuit costs: memory, seconds until it runs, and seconds a biological second.

    python tests/benchmarks/circuit_cost.py [--scales 0.1 1] [--duration 1000] [--tool snnlab]

Each scale has a Python of its own, which compiles everything with a hundredth first and then tells of itself:
how much memory it took at most, how long the synapses took, how long the first 100 ms, and how long
`--duration` after them. With ``--tool NEST`` the same numbers are NEST's, from `cortical_circuit` of the
nightly, where NEST is installed beside the package. The whole takes 4 GB here, and some 16 GB there.
"""

import argparse
import importlib
import json
import subprocess
import sys
import time
from pathlib import Path

__all__ = ["cost", "main"]

BEFORE = 100.0  # ms
TOLD = "{tool} at {scale:g}: {memory:.2f} GB, {build:.1f} s until it runs, {a_second:.2f} s a second"


def most_memory() -> float:
    """What this process has taken at most, GB."""
    resource = importlib.import_module("resource")  # not on Windows
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used * (1.0 if sys.platform == "darwin" else 1024.0) / 1e9


def cost(tool: str, scale: float, duration: float) -> dict[str, float]:
    """What the circuit of this scale costs here and now."""
    build, run = (ours if tool == "snnlab" else in_nest)(scale)
    began = time.perf_counter()
    build()
    built = time.perf_counter()
    run(BEFORE)
    before = time.perf_counter()
    run(duration)
    a_second = (time.perf_counter() - before) * 1000.0 / duration
    return {"memory": most_memory(), "build": built - began, "a_second": a_second}


def ours(scale: float):
    """What wires the circuit, and what goes on for so long."""
    import numpy as np

    from snnlab.networks import microcircuit

    small = microcircuit(0.01, rng=np.random.default_rng(1))
    small.run(10.0, start=small.run(10.0).state)
    circuit, state = microcircuit(scale, rng=np.random.default_rng(1)), []

    def run(duration: float) -> None:
        state[:] = [circuit.run(duration, start=state[0] if state else None).state]

    return lambda: circuit.run(0.0), run


def in_nest(scale: float):
    """The same in NEST."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    nest = importlib.import_module("nest")
    made_in_nest = importlib.import_module("nightly.cortical_circuit").made_in_nest

    return lambda: made_in_nest(scale, 1), nest.Simulate


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("--scales", type=float, nargs="+", default=[0.1, 1.0])
    words.add_argument("--duration", type=float, default=1000.0)
    words.add_argument("--tool", choices=("snnlab", "NEST"), default="snnlab")
    words.add_argument("--here", action="store_true", help="in this process, and the result as JSON")
    asked = words.parse_args(arguments)
    for scale in asked.scales:
        if asked.here:
            print(json.dumps(cost(asked.tool, scale, asked.duration)))
            continue
        options = ["--scales", str(scale), "--duration", str(asked.duration), "--tool", asked.tool, "--here"]
        done = subprocess.run(
            [sys.executable, __file__, *options], stdout=subprocess.PIPE, encoding="utf-8", check=True
        )
        found = json.loads(done.stdout.splitlines()[-1])
        print(TOLD.format(tool=asked.tool, scale=scale, **found), flush=True)


if __name__ == "__main__":
    main()
