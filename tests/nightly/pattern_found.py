"""How often a neuron with STDP finds the hidden pattern of chapter 21, for several α and seeds."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.learning import Detector, detect_pattern, detection, hidden_pattern

SETTLED = 60_000  # ms: what comes before is not scored
KEYS = (
    ("alpha", "seed"),
    [(0.85, seed) for seed in range(1, 21)]
    + [(alpha, seed) for alpha in (0.84, 0.86, 0.87, 0.88) for seed in range(1, 11)],
)
RESULTS = ("found", "false", "after")


def row(alpha, seed):
    """Share of the patterns found, false alarms (Hz), time to the answer (ms)."""
    hidden = hidden_pattern(100_000, 500, rng=np.random.default_rng(int(seed)))
    spikes = detect_pattern(hidden.spikes, Detector(alpha=float(alpha))).spikes
    return tuple(float(value) for value in detection(spikes, hidden, SETTLED))


if __name__ == "__main__":
    main()
