"""Learning to learn sines, by sixty neurons of which half adapt, and by sixty that do not, over ten seeds.

A row is one outer loop: STEPS steps of Adam, each on 32 tasks of twenty examples that nobody has seen before.
Then the weights are frozen. `tau_a` is the time constant of adaptation, ms, 0 for LIF neurons alone, which
start from the same weights and learn from the same tasks. The other columns are mean squared errors over 400
tasks that no training has seen, the same for all rows: `error_1` that of the first example of a task, of
which nothing is known yet, `error_2`, `error_5`, `error_10` and `error_20` those of later ones; `others_1`
and `others_20` those of the same network where each value that is shown is that of another task. `rate` is
the mean rate of a neuron in the last step of training, Hz.

How long it is asked and how strongly thresholds rise was chosen on seed 101 of adaptive neurons, nothing for
the control: of 1.7, 3.4 and 6.8 for `beta_a` the last was best, and more was not tried.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.learning.memory.function_learner import error_by_example, function_learner, learn_to_learn
from snnlab.learning.memory.sine_tasks import TaskInputs, random_sines, with_values_of_others

KEYS = ("tau_a", "seed"), [(tau_a, seed) for tau_a in (1200, 0) for seed in range(1, 11)]
NAMED = 1, 2, 5, 10, 20
RESULTS = *(f"error_{k}" for k in NAMED), "others_1", "others_20", "rate"
STEPS, EXAMPLES, UNSEEN = 400, 20, 400


def learnt(tau_a, seed):
    """One outer loop, from weights that do not depend on `tau_a`."""
    rng = np.random.default_rng(seed)
    start = function_learner(rng=rng) if tau_a else function_learner(beta_a=0.0, rng=rng)
    return learn_to_learn(start, STEPS, examples=EXAMPLES, rng=rng, progress=False)


def row(tau_a, seed):
    training, asked = learnt(tau_a, seed), np.random.default_rng(1000)
    tasks = random_sines(UNSEEN, EXAMPLES, rng=asked)
    errors = error_by_example(training.network, tasks)
    others = error_by_example(training.network, with_values_of_others(tasks, rng=asked))
    inputs, neurons = TaskInputs(), len(training.network.w_out.T)
    seconds = EXAMPLES * (inputs.asking + inputs.showing) / 1000.0
    rate = training.spikes[-1] / neurons / seconds
    return *(errors[k - 1] for k in NAMED), others[0], others[-1], rate


if __name__ == "__main__":
    main()
