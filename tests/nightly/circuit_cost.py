"""Memory and time of the cortical microcircuit, here and in NEST: a hundredth, a tenth and the whole.

``python tests/nightly/circuit_cost.py`` measures ours; the rows of NEST need it installed beside the package,
and 12 GB for the whole. Each row is one run of a second, after a tenth of one, on one thread; the costs are
those that `cortical_circuit` names, and ``tests/benchmarks/circuit_cost.py`` tells them for any scale.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.circuit_cost import cost
from nightly.cortical_circuit import COSTS, TOOLS
from nightly.filling import main

KEYS = ("scale", "tool"), [(scale, tool) for scale in (0.01, 0.1, 1.0) for tool in TOOLS]
ELSEWHERE = {key for key in KEYS[1] if key[1] == "NEST"}
RESULTS = MEASURED = COSTS


def row(scale, tool):
    return tuple(cost(tool, scale, 1000.0)[name] for name in COSTS)


if __name__ == "__main__":
    main()
