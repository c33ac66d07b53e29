"""Bits per spike of a grasshopper's receptor, as terms are added, on parts of the recording not fitted.

A recording is cut into ten parts of a second, and each is told from the other nine in bins of 0.5 ms by a
logistic GLM neuron. `stimulus`: twenty raised cosines, 1 ms apart, filter the loudness (dB, mean 0 and
standard deviation 1 over the recording); `history`: eight up to 30 ms filter its own spikes; `both`: all of
these; `tiring`: one column more, the logarithm of the time since the start of the recording and 50 ms, of
which it was seen only afterwards that the others lack it. Of three ridges one is chosen inside of the nine
parts.

For three of the models: how far the rescaled intervals of the part are from uniform (`distance`, Kolmogorov
and Smirnov) with the probability of that, and the correlation of each with the next with its. Weights had not
seen what is rescaled. The row `all` has the means of the bits, and all ten parts as one recording. One cell,
one run of each sound: the parts are the spread.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.data import load_grasshopper
from snnlab.probability import design_matrix, raised_cosines, rescale_time
from snnlab.probability.added_terms import added_terms
from snnlab.probability.ridge_choice import held_out_parts

FOLDS = 10
KEYS = ("recording", "part"), [(record, part) for record in (1, 2) for part in (*range(FOLDS), "all")]
MODELS = {
    "stimulus": ["stimulus"],
    "history": ["self"],
    "both": ["stimulus", "self"],
    "tiring": ["stimulus", "self", "time"],
}
TESTED = "stimulus", "both", "tiring"
TESTS = "distance", "p_distance", "correlation", "p_correlation"
RESULTS = *MODELS, *(f"{test}_{model}" for model in TESTED for test in TESTS)
RIDGES = [1e-6, 1e-5, 1e-4]


def design_of(recording):
    spikes, envelope, dt, *_ = load_grasshopper(recording)
    loudness = 20.0 * np.log10(envelope)
    loudness = (loudness - loudness.mean()) / loudness.std()
    heard = raised_cosines(20, first=0, last=20, dt=dt, offset=30)
    own = raised_cosines(8, first=0, last=30, dt=dt)
    design = design_matrix(spikes, dt, loudness, heard, own)
    time = np.log(((np.arange(design.y.size) + 0.5) * dt + 50.0) / 1000.0)[:, None]
    n = design.x.shape[1]
    return design._replace(x=np.hstack([design.x, time]), parts=design.parts | {"time": slice(n, n + 1)})


def row(recording, part):
    design = design_of(recording)
    parts = range(FOLDS) if part == "all" else [part]
    found = added_terms(design, MODELS, RIDGES, folds=FOLDS, parts=parts)
    held = np.concatenate([held_out_parts(design.y.size, FOLDS)[k] for k in parts])
    tests = []
    for model in TESTED:
        u = found.u[found.names.index(model), held]
        one = rescale_time(u, design.y[held], rng=np.random.default_rng(parts[0]))
        tests += [getattr(one, test) for test in TESTS]
    return *found.bits.mean(axis=0), *tests


if __name__ == "__main__":
    main()
