"""Rectified networks on the small digits, and what is left of them as spiking ones, over ten seeds.

*shallow* has one hidden layer of 100 neurons, *deep* three of 64. *half* is *deep* again, whose neurons start
at half a threshold. *quantised* has the same form, is trained with activations of four levels, takes its
scales from there and starts at half a threshold too. The scales of the others are the 99.9th percentile.

`plain` is the accuracy without spikes, `at_T` that after T steps, on 500 images with analog input; `zero` and
`poisson` are after 200 steps with the reset to zero and with Poisson input. Of 200 steps: `off` is the mean
distance of rate and activation in the first layer, `off_zero` the same with the reset to zero;
`worst_first` and `worst_last` are the most spikes by which a neuron of the first and the last hidden layer
misses; `worst_uncut` is that of the last one where the scales are the largest activations of all images, so
that nothing is cut off below it (*quantised* keeps its own). `soon` is the mean
distance of rate and activation in the last hidden layer after 4 steps. Activations are those of the network
itself, with levels where it has them. `reached` is the mean step of the first spike in the last hidden layer,
`decided` the mean step from which on the answer stays.
"""

import functools
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.data import load_digits
from snnlab.learning import train_deep
from snnlab.learning.conversion.converted import count_errors, run_converted
from snnlab.learning.conversion.layers import activation_scales, activations, layers_of, rescaled
from snnlab.learning.conversion.quantised_training import run_trained, train_layers

KINDS = ("shallow", "deep", "half", "quantised")
KEYS = ("seed", "kind"), [(seed, kind) for seed in range(1, 11) for kind in KINDS]
TIMES = (1, 2, 4, 8, 16, 32, 64, 200)
RESULTS = (
    "plain",
    *(f"at_{t}" for t in TIMES),
    *(
        "zero",
        "poisson",
        "off",
        "off_zero",
        "worst_first",
        "worst_last",
        "worst_uncut",
        "soon",
        "reached",
        "decided",
    ),
)
STEPS, EPOCHS, LEVELS = TIMES[-1], 60, 4


@functools.cache  # deep and half are one network
def trained(seed, levels):
    rng = np.random.default_rng(seed)
    x, y = load_digits().x_train.reshape(-1, 64) / load_digits().white, load_digits().y_train
    return train_layers(x, y, (64, 64, 64), levels=levels, epochs=EPOCHS, rng=rng)


def row(seed, kind):
    digits = load_digits()
    x, x_test = (images.reshape(-1, 64) / digits.white for images in (digits.x_train, digits.x_test))
    y, y_test = digits.y_train, digits.y_test
    if kind == "shallow":
        layers = layers_of(train_deep(x, y, 100, epochs=EPOCHS, seed=seed))
        scales, own = activation_scales(layers, x), activations(layers, x_test)
    else:
        learnt = trained(seed, LEVELS if kind == "quantised" else 0)
        layers, own = learnt.layers, run_trained(learnt, x_test)
        scales = learnt.scales if learnt.levels else activation_scales(layers, x)
    scaled, out = rescaled(layers, scales), own[-1]
    start = 0.5 if kind in ("half", "quantised") else 0.0
    run = run_converted(scaled, x_test, STEPS, v_0=start)
    right = (run.named == y_test).mean(axis=1)
    zero = run_converted(scaled, x_test, STEPS, subtract=False, v_0=start)
    poisson = run_converted(scaled, x_test, STEPS, v_0=start, rng=np.random.default_rng(seed))
    hidden = [h / scale for h, scale in zip(own[:-1], scales, strict=True)]
    errors, zero_errors = count_errors(run, hidden), count_errors(zero, hidden)
    widest = scales if kind == "quantised" else activation_scales(layers, np.concatenate([x, x_test]), 100)
    safe = run_converted(rescaled(layers, widest), x_test, STEPS, v_0=start)
    uncut = count_errors(safe, [h / scale for h, scale in zip(own[:-1], widest, strict=True)])[-1]
    soon = count_errors(run_converted(scaled, x_test, LEVELS, v_0=start), hidden)[-1]
    other = run.named != run.named[-1]
    decided = np.where(other.any(axis=0), STEPS - other[::-1].argmax(axis=0), 0) + 1
    return (
        np.mean(out.argmax(axis=1) == y_test),
        *(right[t - 1] for t in TIMES),
        np.mean(zero.named[-1] == y_test),
        np.mean(poisson.named[-1] == y_test),
        np.abs(errors[0]).mean() / STEPS,
        np.abs(zero_errors[0]).mean() / STEPS,
        np.abs(errors[0]).max(),
        np.abs(errors[-1]).max(),
        np.abs(uncut).max(),
        np.abs(soon).mean() / LEVELS,
        np.nanmean(run.first[-1]),
        decided.mean(),
    )


if __name__ == "__main__":
    main()
