"""Train the network of `snnlab.learning.memory.sine_learner`, and write its file anew: a minute or two.

It is that of the first row of the table of learned functions, rounded to hundredths.
"""

import importlib.util
from pathlib import Path

import numpy as np

from snnlab.learning.memory.sine_learner import FILE, as_hundredths
from snnlab.learning.memory.sine_tasks import random_sines
from snnlab.learning.memory.taught_function import taught_function

__all__ = ["mean_errors", "trained_anew"]

SINES = 300
TABLE = Path(__file__).parents[2] / "nightly" / "learned_functions.py"


def trained_anew():
    """The weights in hundredths."""
    spec = importlib.util.spec_from_file_location("nightly_learned_functions", TABLE)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return as_hundredths(script.learnt(*script.KEYS[1][0]).network)


def mean_errors(sines, others, rng):
    """The error of each example, over so many sines, and by how much such a mean is uncertain."""
    tasks = random_sines(sines, 1, rng=rng)
    errors = [
        taught_function(-a, b, others=others, rng=rng).errors
        for a, b in zip(tasks.sine, tasks.cosine, strict=True)
    ]
    return np.mean(errors, axis=0), np.std(errors, axis=0) / np.sqrt(sines)


if __name__ == "__main__":
    weights = trained_anew()._asdict()
    np.savez_compressed(FILE, **weights, usual=np.zeros((2, 20), np.int16))
    usual = [mean_errors(SINES, others, np.random.default_rng(1))[0] for others in (False, True)]
    np.savez_compressed(FILE, **weights, usual=np.rint(1000.0 * np.array(usual)).astype(np.int16))
