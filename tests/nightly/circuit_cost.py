"""Memory and time of the cortical microcircuit, here and in NEST: a hundredth, a tenth and the whole.

``python tests/nightly/circuit_cost.py`` measures ours; the rows of NEST need it installed beside the package,
and for the whole half an hour. Each row is one run of 1 s and 10 s on one thread, as in `cortical_circuit`,
whose `run` says what is measured; ``tests/benchmarks/circuit_cost.py`` does it for any scale and length.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.cortical_circuit import COSTS, TOOLS, run
from nightly.filling import main

KEYS = ("scale", "tool"), [(scale, tool) for scale in (0.01, 0.1, 1.0) for tool in TOOLS]
ELSEWHERE = {key for key in KEYS[1] if key[1] == "NEST"}
RESULTS = MEASURED = COSTS


def row(scale, tool):
    return run(tool, scale, 1)[1]


if __name__ == "__main__":
    main()
