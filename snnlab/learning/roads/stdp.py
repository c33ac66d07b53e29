"""STDP: neurons that compete for images, without labels, and get their names afterwards (chapter 22).

Pixels fire by chance; an image that hardly anybody answers is shown once more, brighter, and that counts.
Each spike is heard by an inhibitory partner, which fires and is heard by all other neurons.
"""

import numpy as np

from snnlab.learning.competition.clustering import (
    classify_responses,
    cluster_responses,
    initial_clusters,
    label_clusters,
    learn_clusters,
    responses_and_tries,
)
from snnlab.learning.competition.winner_take_all import ClusterNet
from snnlab.learning.roads.road import HIDDEN, DigitSplit, Road, RoadRun, timed

__all__ = ["STDP_ROAD"]

NAMED = 500  # digits whose labels are looked at
DT = 0.5  # ms
# Of an update: two conductances decay. The potential takes two products and a division for its goal, one
# product and an exponential for how much of the way is left, and one product to go there.
MULTIPLICATIONS, ADDITIONS = 2 + 6, 6


def stdp(split: DigitSplit, shown: float, seed: int) -> RoadRun:
    """Learnt from so many images."""
    rng, net = np.random.default_rng(seed), ClusterNet()
    start = initial_clusters(HIDDEN, split.x.shape[1], rng=rng)
    learnt, seconds = timed(
        lambda: learn_clusters(start, split.x, shown=int(shown), dt=DT, rng=rng, progress=False).clusters
    )
    known = cluster_responses(learnt, split.x[:NAMED], dt=DT, rng=rng)
    names = label_clusters(known, split.y[:NAMED])
    counts, tries = responses_and_tries(learnt, split.x_asked, dt=DT, rng=rng)
    named = classify_responses(counts, names)
    # The k-th try, from 0, is brighter by k halves; all of them together, in images of the first.
    as_bright = tries + tries * (tries - 1) / 4
    inputs = float(np.mean(as_bright * split.x_asked.sum(axis=1))) * net.rate * net.show / 1000
    steps, fired = float(tries.mean()) * net.show / DT, float(counts.sum(axis=1).mean())
    synaptic = inputs * HIDDEN + fired * HIDDEN  # one to the partner, and from there to all others
    updates = steps * 2 * HIDDEN
    return RoadRun(
        float(np.mean(named == split.y_asked)),
        start.w.size,
        steps,
        inputs,
        2 * fired,
        synaptic,
        0.0,
        updates,
        MULTIPLICATIONS * updates,
        synaptic + ADDITIONS * updates,
        seconds=seconds,
    )


STDP_ROAD = Road(
    "images shown",
    (1000, 2000, 4000),
    4000,
    stdp,
    "It is told no label while it learns, so it finds what images have in common and not what sets classes "
    "apart.",
    on_chip=False,  # its conductances multiply
)
