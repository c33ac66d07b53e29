"""The exclusive or in time, learnt with hidden neurons and without, over ten seeds.

A row is one training by `snnlab.probability.learn_hidden_xor`, of 10,000 trials where nothing else is said,
but for ``frozen``, which is a fit. `kind` says what learns, and how. Where hidden neurons wait for the end of
each trial:

- ``alone``: the output, without hidden neurons. No weights of such an output come below ln 2 = 0.693 nats;
- ``frozen``: the output, beside eight hidden neurons that stay as they were drawn. What it climbs on has one
  maximum, and Newton's method finds it (`snnlab.probability.hidden_xor.fit_frozen_xor`);
- ``trials``: the output and eight hidden neurons;
- ``trials_free``: the same without a sparsity prior;
- ``slow`` and ``slow_free``: these two with steps of a tenth, over ten times as many trials.

Where they take a step in each bin, as in the panel:

- ``bins`` and ``bins_free``: with the prior and without.

All kinds of a seed that learn as long begin with the same trials, and those with hidden neurons with the same
weights. `nats` is what the answer costs afterwards, on average over the four cases, and `right` the share of
the cases in which the right answer is the likelier one, each from 500 draws of the hidden neurons.

Seeds are 11 to 20. The first tests of this task, on which its learning rates rest, had 0 to 9, and the prior.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.probability.hidden_xor import PRIOR, RULE, fit_frozen_xor, learn_hidden_xor

FREE = PRIOR._replace(strength=0.0)
BY_TRIAL = RULE._replace(eta=0.1, eta_hidden=0.04, each_bin=False)
SLOW = {"rule": BY_TRIAL._replace(eta=0.01, eta_hidden=0.004), "trials": 100_000}
KINDS = {
    "alone": {"n_hidden": 0, "rule": BY_TRIAL},
    "frozen": None,
    "trials": {"rule": BY_TRIAL},
    "trials_free": {"rule": BY_TRIAL, "prior": FREE},
    "slow": SLOW,
    "slow_free": SLOW | {"prior": FREE},
    "bins": {},
    "bins_free": {"prior": FREE},
}
KEYS = ("kind", "seed"), [(kind, seed) for kind in KINDS for seed in range(11, 21)]
RESULTS = "nats", "right"


def row(kind, seed):
    rng = np.random.default_rng(seed)
    found = fit_frozen_xor(rng=rng) if kind == "frozen" else learn_hidden_xor(**KINDS[kind], rng=rng)
    return found.nats, found.right


if __name__ == "__main__":
    main()
