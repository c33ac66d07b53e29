"""Store and recall, learnt by the ten neurons of the panel, on ten seeds that had no part in any choice.

A row is one training of 200 steps by `snnlab.learning.memory.learning_to_store.learn_to_store`: `adapting` of
the ten neurons adapt, their thresholds come back in `tau_a` ms, and what was stored is asked for after
`delay` intervals of 100 ms. `wrong` is the share of 100 new trials that are wrong in the end, %, `learnt`
after how many steps fewer than 10 % were for the first time (NaN if they never were), `trace` what the store
has left in the thresholds when the recall begins, in thresholds at rest (0 where none adapts), and `hertz`
the mean rate of a neuron, Hz. With none that adapts there are as many LIF neurons, with the same weights to
start from, and the same trials: the control.

The rate of 0.02 (of 0.01, 0.02 and 0.03) and five adaptive neurons were chosen on seeds 101 to 108, that the
last hundred steps are small on seeds 1 to 10, nothing for the controls; seeds 11 to 20 were not looked at.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.learning.memory.learning_to_store import MOST_STEPS, learn_to_store

KINDS = [
    (0, 800, 1),
    (0, 800, 2),
    (0, 800, 4),
    (1, 800, 4),
    (2, 800, 4),
    (5, 50, 4),
    (5, 800, 4),
    (5, 800, 6),
]
KEYS = (
    ("adapting", "tau_a", "delay", "seed"),
    [(*kind, seed) for kind in KINDS for seed in range(11, 21)],
)
RESULTS = "wrong", "learnt", "trace", "hertz"


def row(adapting, tau_a, delay, seed):
    seen = learn_to_store(MOST_STEPS, adapting, float(tau_a), delay, rng=np.uint64(seed))
    return seen.wrong, seen.learnt, seen.trace, seen.hertz


if __name__ == "__main__":
    main()
