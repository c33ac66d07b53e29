"""Which place a synapse has among its rivals after an hour of rewards, over ten seeds: see chapter 24.

*earned* is an hour with ten neurons and 1000 synapses, whose rewards come 1 to 3 s after the right pair; *any
time* has as many rewards at times drawn by chance. The others are the panel's hour, with 500 synapses, for
rewards that come 2 or 6 s late and for rewards of twice the size. `weight` is that of the right synapse,
`rival` the strongest of the others, `pairs` how often the right pair fired (of the panel: rewards that came).
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main
from snnlab_widgets import PANELS

from snnlab.learning import learn_distal, learn_distal_given

HOUR = 3_600_000
PANEL = {"panel, 2 s": (2.0, 1.0), "panel, 6 s": (6.0, 1.0), "panel, 6 s, twice": (6.0, 2.0)}
KINDS = (*PANEL, "earned", "any time")
KEYS = (("seed", "kind"), [(seed, kind) for seed in range(1, 11) for kind in KINDS])
RESULTS = ("place", "weight", "rival", "pairs")


def right_pairs(run):
    """How often neuron 0 fired within 10 ms after the last spike of input 0."""
    pre, post = (spikes.times[spikes.units == 0] for spikes in (run.inputs, run.spikes))
    last = np.searchsorted(pre, post, side="right") - 1
    return np.sum((last >= 0) & (post - pre[np.maximum(last, 0)] <= 10.0))


def row(seed, kind):
    if kind in PANEL:
        late, size = PANEL[kind]
        seen = PANELS["reward"](late=late, size=size, seed=seed, engine="kernel").result
        return seen.place, seen.won, seen.best, seen.came
    run = learn_distal(HOUR, rng=np.random.default_rng(seed))
    if kind == "any time":
        chance = np.random.default_rng(100 + seed)
        run = learn_distal_given(
            np.sort(chance.uniform(0, HOUR, run.rewards.size)), HOUR, rng=np.random.default_rng(seed)
        )
    others = run.w.ravel()[1:]
    return run.place, run.w[0, 0], others.max(), right_pairs(run)


if __name__ == "__main__":
    main()
