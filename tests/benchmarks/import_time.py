"""How long `import snnlab`, with all of its parts, takes beside `import numpy, numba`.

    python tests/benchmarks/import_time.py [pairs]

The two are started alternately in fresh processes, so that what else the machine does falls on both; compared
are the medians. The promise is a ratio of at most 1.3.
"""

import statistics
import subprocess
import sys

__all__ = ["main"]

ALL = "snnlab, snnlab.coding, snnlab.data, snnlab.neurons, snnlab.random"  # the parts load when first used
CODE = "import time; start = time.perf_counter(); import {}; print(time.perf_counter() - start)"


def seconds(modules: str) -> float:
    """The time that one fresh process needs to import `modules`."""
    command = [sys.executable, "-c", CODE.format(modules)]
    return float(subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout)


def main(pairs: int = 15) -> None:
    """Measure and print."""
    seconds(ALL)  # byte code and the disk's cache
    ours, theirs = [], []
    for _ in range(pairs):
        theirs.append(seconds("numpy, numba"))
        ours.append(seconds(ALL))
    for name, times in (("numpy, numba", theirs), ("snnlab", ours)):
        low, _, high = statistics.quantiles(times)
        middle = statistics.median(times)
        print(f"import {name:12s} {middle * 1e3:6.0f} ms   ({low * 1e3:.0f} to {high * 1e3:.0f})")
    print(f"ratio {statistics.median(ours) / statistics.median(theirs):.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
