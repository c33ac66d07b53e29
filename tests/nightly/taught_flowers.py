"""Irises and breast cancer taught by forced spikes, over ten seeds: the experiments of chapter 24.

`f1` is the mean score of five splits, drawn from the seed; `answered` is the share of all samples at which a
neuron fires after learning from all of them, `commonest` how many of those get the commonest name.
"""

import sys
from functools import cache
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.data import load_breast_cancer, load_iris
from snnlab.learning import TeacherForced, field_samples, learn_teacher_forced
from snnlab.learning.teaching.forced_validation import validate_teacher_forced
from snnlab.learning.teaching.teacher_forced import first_answers

NETS = {
    "irises": TeacherForced(),
    "no delay": TeacherForced(delay=0.0),
    "apart": TeacherForced(inhibition=5.0),
    "apart, inhibited": TeacherForced(inhibition=50.0),
    "cancer, 60 mV": TeacherForced(v_th=60.0, inhibition=37.5),
    "cancer, 75 mV": TeacherForced(v_th=75.0, inhibition=37.5),
}
KEYS = (("seed", "kind"), [(seed, kind) for seed in range(1, 11) for kind in NETS])
RESULTS = ("f1", "answered", "commonest")


@cache
def samples_of(kind):
    table = load_breast_cancer() if kind.startswith("cancer") else load_iris()
    shape = table.values / np.linalg.norm(table.values, axis=1, keepdims=True)
    pause = 50 - 2.82 if kind.startswith("apart") else 22.18
    return field_samples(shape, table.labels, n_fields=40, pause=pause)


def row(seed, kind):
    samples, net = samples_of(kind), NETS[kind]
    f1 = validate_teacher_forced(samples, net, rng=np.random.default_rng(seed)).mean()
    n_classes = int(samples.labels.max()) + 1
    w = learn_teacher_forced(samples, n_classes, net, rng=np.random.default_rng(seed))
    told = first_answers(samples, w, net).classes
    named = told[told >= 0]
    commonest = np.bincount(named).max() / named.size if named.size else np.nan
    return f1, named.size / told.size, commonest


if __name__ == "__main__":
    main()
