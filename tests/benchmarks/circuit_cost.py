"""What the cortical microcircuit costs: memory, seconds until it runs, and seconds a biological second.

    python tests/benchmarks/circuit_cost.py [--scales 0.1 1] [--duration 1000] [--tools snnlab NEST]

The numbers are those of `cortical_circuit` of the nightly, which keeps them for one machine in a table; here
they are measured where you are, tool after tool at each scale, each in a Python of its own. NEST has to be
installed beside the package. The whole takes 4 GB here, and three times that there.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.cortical_circuit import COSTS, TOOLS, run

__all__ = ["cost", "main"]

BEFORE = 100.0  # ms
TOLD = "{tool} at {scale:g}: {memory:.2f} GB, {wiring:.1f} s until it runs, {second:.2f} s a second"


def cost(tool: str, scale: float, duration: float) -> dict[str, float]:
    """What the circuit of this scale costs here and now."""
    return dict(zip(COSTS, run(tool, scale, 1, BEFORE, duration)[1], strict=True))


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("--scales", type=float, nargs="+", default=[0.1, 1.0])
    words.add_argument("--duration", type=float, default=1000.0)
    words.add_argument("--tools", choices=TOOLS, nargs="+", default=["snnlab"])
    words.add_argument("--here", action="store_true", help="in this process, and the result as JSON")
    asked = words.parse_args(arguments)
    for scale, tool in [(scale, tool) for scale in asked.scales for tool in asked.tools]:
        if asked.here:
            print(json.dumps(cost(tool, scale, asked.duration)))
            continue
        options = ["--scales", str(scale), "--duration", str(asked.duration), "--tools", tool, "--here"]
        done = subprocess.run(
            [sys.executable, __file__, *options],
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
        )
        found = json.loads(done.stdout.splitlines()[-1])
        print(TOLD.format(tool=tool, scale=scale, **found), flush=True)


if __name__ == "__main__":
    main()
