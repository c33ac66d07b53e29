"""Thirty non-leaky neurons that learn to repeat a signal of two dimensions, over ten seeds.

A seed draws directions, recurrent weights, signals to learn from and others to be tried on. `error` is the
root mean square of the error, over that of the signals (1 if nothing comes out): before learning, after it,
and with what was learnt when the gate is twelve times as narrow. `shuffled` is the control: of the weights
that were learnt those off the diagonal, each in the place of another. `written` is W = −U O, the solution
that can be written down, `others` the same without its diagonal, and `small` all of it times the slope of the
regression. `cheap` is what is learnt if the traces cost a tenth; if they cost nothing, two of ten networks
fire without end on signals that they have not seen. `match` is the correlation of W with −U O off the
diagonal, before and after, `slope` that of its regression, after. `rate` is that of a neuron, in Hz.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.learning.gates.predictive_coding import (
    CODER,
    COST,
    balance,
    balance_slope,
    coding_network,
    learn_coding,
    tracking,
    written_down,
)

KEYS = ("seed",), [(seed,) for seed in range(1, 11)]
RESULTS = (
    "error_before", "error", "error_narrow", "error_shuffled", "error_written", "error_others",
    "match_before", "match", "slope", "rate", "rate_written", "rate_others",
    "error_small", "error_cheap", "rate_cheap",
)  # fmt: skip
NARROW = CODER._replace(width=0.05)


def row(seed):
    start = coding_network(rng=np.random.default_rng(seed))
    learnt, cheaper = (
        learn_coding(start, cost=cost, rng=np.random.default_rng(100 + seed)).weights
        for cost in (COST, COST / 10)
    )
    others = ~np.eye(len(learnt.w_rec), dtype=bool)
    w_rec = learnt.w_rec.copy()
    w_rec[others] = np.random.default_rng(200 + seed).permutation(w_rec[others])

    def tried(weights, neuron=CODER):
        return tracking(weights, neuron, rng=np.random.default_rng(300 + seed))

    slope = balance_slope(learnt)
    now, written = tried(learnt), tried(written_down(start))
    without = tried(start._replace(w_rec=written_down(start).w_rec * others))
    small, cheap = tried(start._replace(w_rec=slope * written_down(start).w_rec)), tried(cheaper)
    return (
        tried(start).error,
        now.error,
        tried(learnt, NARROW).error,
        tried(learnt._replace(w_rec=w_rec)).error,
        written.error,
        without.error,
        balance(start),
        balance(learnt),
        slope,
        now.rate,
        written.rate,
        without.rate,
        small.error,
        cheap.error,
        cheap.rate,
    )


if __name__ == "__main__":
    main()
