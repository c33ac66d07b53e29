"""Irises and breast cancer named by who fires first, ten splits each: the experiments of chapter 15.

A split takes half of each class for learning; `test` and `seen` are the shares of new and of learnt samples
that are named rightly. `linear` and `fisher` are the shares of new samples that two linear classifiers name
rightly on the same split, from the features themselves: one that goes downhill, class by class, and Fisher's
discriminant. `silent` networks begin with weights with which no neuron fires, and are pushed or not; they
alone have a least slope. All others learn by the exact gradient.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.data import load_breast_cancer, load_iris
from snnlab.learning import SpikeProp, linear_accuracy
from snnlab.learning.spike_times.timed_classes import TimedClasses, validate_classes
from snnlab.learning.teaching.forced_validation import stratified_parts

PUSHED, LEFT = SpikeProp(least_slope=0.1, push=1.0), SpikeProp(least_slope=0.1)
SILENT = TimedClasses(sum_in=0.05, sum_hidden=0.05)
KINDS = {
    "irises": (load_iris(), TimedClasses(), SpikeProp()),
    "silent, pushed": (load_iris(), SILENT, PUSHED),
    "silent": (load_iris(), SILENT, LEFT),
    "cancer": (
        load_breast_cancer(),
        TimedClasses(n_fields=7, n_hidden=15, rate=3e-5, epochs=20),
        SpikeProp(),
    ),
}
KEYS = (("seed", "kind"), [(seed, kind) for seed in range(1, 11) for kind in KINDS])
RESULTS = ("test", "seen", "linear", "fisher")


def row(seed, kind):
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

    table, classes, neuron = KINDS[kind]
    rng = np.random.default_rng(seed)
    test, seen = validate_classes(table.values, table.labels, classes, neuron, rng=rng)
    part = stratified_parts(table.labels, 2, np.random.default_rng(seed))  # the same split
    learnt, new = table.values[part != 0], table.values[part == 0]
    mean, width = learnt.mean(axis=0), learnt.std(axis=0)
    split = (learnt - mean) / width, table.labels[part != 0], (new - mean) / width, table.labels[part == 0]
    fisher = LinearDiscriminantAnalysis().fit(*split[:2]).score(*split[2:])
    return test, seen, linear_accuracy(*split, epochs=100), fisher


if __name__ == "__main__":
    main()
