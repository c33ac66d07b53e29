"""Random patterns learnt by heart, over twelve seeds: SpyTorch's first task, as chapter 16 tells of it.

A class scores by the largest potential of its readout or by the mean over the trial; with *readout only* no
error passes a spike, and *wide* has a surrogate a hundred times as wide as *largest*. `awake` is the number
of readouts, of two, that ever rise above their start after learning, in any of the 256 patterns.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.learning import CurrentLIF, Surrogate, initial_weights, poisson_patterns, run_network, train

KINDS = ("largest", "mean", "readout only")
SEEDS = range(1, 13)
KEYS = (
    ("seed", "kind"),
    [(seed, kind) for seed in SEEDS for kind in KINDS] + [(seed, "wide") for seed in SEEDS],
)
RESULTS = ("accuracy", "spikes", "awake")


def row(seed, kind):
    patterns = poisson_patterns(rng=np.random.default_rng(seed))
    start = initial_weights(100, 4, 2, rng=np.random.default_rng(100 + seed))
    neuron = CurrentLIF(mean_score=kind == "mean")
    surrogate = {"readout only": Surrogate(height=0.0), "wide": Surrogate(width=1.0)}.get(kind, Surrogate())
    learnt = train(start, patterns, 300, neuron, surrogate, progress=False)
    tops = [run_network(learnt.weights, patterns, k, neuron).y.max(axis=0) for k in range(patterns.n_samples)]
    awake = np.sum(np.max(tops, axis=0) > 0)
    return learnt.history.accuracy[-1], learnt.history.spikes[-1], awake


if __name__ == "__main__":
    main()
