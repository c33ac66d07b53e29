"""When converted networks answer, over ten seeds: small digits by spikes that arrive one after the other.

A deep network is trained as in chapter 10 (64 inputs, 100 hidden neurons, 10 outputs, 60 epochs) and its
weights are given to spiking neurons, which look at each of the 500 images of the test for 200 ms. `rate` is
that of a white pixel, Hz. `alone` is the accuracy of the deep network that sees the image itself, in %.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.data import load_digits
from snnlab.learning import run_deep, train_deep
from snnlab.learning.conversion.counting_weights import counting_weights
from snnlab.learning.conversion.early_answers import early_answers

RATES, STEPS = (200, 100, 400), 200
KEYS = ("seed", "rate"), [(seed, rate) for seed in range(1, 11) for rate in RATES]
RESULTS = (
    "final", "alone", "deep_final", "latency", "deep_latency", "late_latency", "first", "first_unsettled",
    "first_right", "latency_unsettled", "latency_operations", "final_operations",
)  # fmt: skip


def row(seed, rate):
    digits = load_digits()
    x, x_test = (images.reshape(-1, 64) / digits.white for images in (digits.x_train, digits.x_test))
    network = train_deep(x, digits.y_train, 100, epochs=60, seed=seed)
    alone = 100 * np.mean(run_deep(network, x_test).y.argmax(axis=1) == digits.y_test)
    spiking = counting_weights(network, x)
    seen = early_answers(spiking, x_test, digits.y_test, rate, steps=STEPS, rng=np.uint64(seed))
    found = seen._asdict() | {"alone": alone}
    return tuple(found[name] for name in RESULTS)


if __name__ == "__main__":
    main()
