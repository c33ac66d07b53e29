"""How often a choice learned on the chip is right in the end, over fifty seeds: see chapter 27.

*earned* is rewarded for what it does. *other order* gets the rewards that the same seed has earned, in
another order; *either sign* as many and as large ones, whose sign a coin decides; *always* R in each trial,
whatever was done. Nearly all rewards that are earned are +R, so *other order* and *always* hardly differ.
`right` and `undecided` are shares of the last 100 of 400 trials, `first` is `right` of the first eight, in
which each stimulus comes once, and `apart` the mean weight to the right actions less that to the others.

All kinds of a seed share the rule, the stimuli and the pushes, and are compared in pairs.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.loihi import learn_choice

TRIALS, LAST, FIRST = 400, 100, 8
KINDS = ("earned", "other order", "either sign", "always")
KEYS = (("seed", "kind"), [(seed, kind) for seed in range(1, 51) for kind in KINDS])
RESULTS = ("right", "undecided", "first", "apart")


def row(seed, kind):
    run, chance = learn_choice(TRIALS, rng=np.random.default_rng(seed)), np.random.default_rng(100 + seed)
    given = {
        "earned": None,
        "other order": chance.permutation(run.reward),
        "either sign": np.abs(run.reward) * chance.choice([-1, 1], TRIALS),
        "always": np.abs(run.reward),
    }[kind]
    if given is not None:
        run = learn_choice(TRIALS, given=given, rng=np.random.default_rng(seed))
    weights = run.w[-1].reshape(2, run.rule.size, -1).mean(axis=2)  # of actions and stimuli
    stimuli = np.arange(run.rule.size)
    apart = weights[run.rule, stimuli].mean() - weights[1 - run.rule, stimuli].mean()
    last = slice(-LAST, None)
    return run.right[last].mean(), (run.choice[last] < 0).mean(), run.right[:FIRST].mean(), apart


if __name__ == "__main__":
    main()
