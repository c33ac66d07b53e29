"""The same digits on five roads to a spiking network or one of few bits, over ten seeds, as in chapter 14.

Tried numbers are those that `roads_tried` chose. Columns are fields of `snnlab.learning.roads.road.RoadRun`;
`arithmetic` and `chip` are energies of an answer in µJ, of the arithmetic alone and on Loihi, where `nan`
stands for what has no spikes, and for STDP, whose neurons the chip does not have. `seconds` is what learning
took of the processor, with one thread, on the machine that filled the table; nobody measures the same twice.
"""

import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.learning.roads.one_road import ROADS, one_road
from snnlab.learning.roads.road import RoadRun, arithmetic_energy
from snnlab.loihi.mapping.energy_of_road import energy_of_road

KEYS = ("road", "seed"), [(name, seed) for name in ROADS for seed in range(1, 11)]
RESULTS = (*RoadRun._fields[:-1], "arithmetic", "chip", "seconds")
MEASURED = ("seconds",)


def row(name, seed):
    run = one_road(name, seed)
    chip = energy_of_road(run) if ROADS[name].on_chip else math.nan
    return *run[:-1], 1e6 * arithmetic_energy(run), 1e6 * chip, run.seconds


if __name__ == "__main__":
    main()
