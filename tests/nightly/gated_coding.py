"""Thirty non-leaky neurons that learn to repeat a signal of two dimensions, over ten seeds.

A seed draws directions, recurrent weights, signals to learn from and others to be tried on. `error` is the
root mean square of the error, over that of the signals, before learning, after it, and with what was learnt
when the gate is twelve times as narrow. `shuffled` is the control: the weights that were learnt, each in
the place of another. `match` is the correlation of W with −U O off the diagonal, before and after. `rate` is
that of a neuron after learning, in Hz.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.learning.gates.predictive_coding import CODER, balance, coding_network, learn_coding, tracking

KEYS = ("seed",), [(seed,) for seed in range(1, 11)]
RESULTS = ("error_before", "error", "error_narrow", "error_shuffled", "match_before", "match", "rate")
NARROW = CODER._replace(width=0.05)


def row(seed):
    start = coding_network(rng=np.random.default_rng(seed))
    learnt = learn_coding(start, rng=np.random.default_rng(100 + seed)).weights
    others = ~np.eye(len(learnt.w_rec), dtype=bool)
    w_rec = learnt.w_rec.copy()
    w_rec[others] = np.random.default_rng(200 + seed).permutation(w_rec[others])

    def tried(weights, neuron=CODER):
        return tracking(weights, neuron, rng=np.random.default_rng(300 + seed))

    now = tried(learnt)
    return (
        tried(start).error,
        now.error,
        tried(learnt, NARROW).error,
        tried(learnt._replace(w_rec=w_rec)).error,
        balance(start),
        balance(learnt),
        now.rate,
    )


if __name__ == "__main__":
    main()
