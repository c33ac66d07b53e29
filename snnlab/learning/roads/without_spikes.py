"""What stands beside the roads: logistic regression, and the rectified network that is to be converted."""

import numpy as np

from snnlab.learning.competition.baselines import linear_accuracy
from snnlab.learning.conversion.quantised_training import train_layers
from snnlab.learning.deep_network import DeepNetwork, run_deep
from snnlab.learning.gradients.adam import Adam
from snnlab.learning.gradients.operations import deep_operations
from snnlab.learning.roads.road import (
    BATCH,
    EPOCHS,
    HIDDEN,
    OUTPUTS,
    RATES,
    DigitSplit,
    Road,
    RoadRun,
    lit,
    timed,
)

__all__ = ["LINEAR", "RECTIFIED", "trained_rectified"]


def linear(split: DigitSplit, epochs: float, seed: int) -> RoadRun:
    """Logistic regression, one class against the others."""
    accuracy, seconds = timed(lambda: linear_accuracy(*split, epochs=int(epochs), seed=seed))
    n, work = split.x.shape[1] * OUTPUTS, lit(split.x_asked) * OUTPUTS
    return RoadRun(
        accuracy,
        n,
        synaptic=work,
        products=work,
        updates=OUTPUTS,
        multiplications=work,
        additions=work,
        seconds=seconds,
    )


def trained_rectified(split: DigitSplit, rate: float, seed: int) -> DeepNetwork:
    """The network with rectified hidden neurons, trained as the constrained one is."""
    rng, adam = np.random.default_rng(seed), Adam(rate=rate)
    learnt = train_layers(split.x, split.y, (HIDDEN,), epochs=EPOCHS, batch=BATCH, adam=adam, rng=rng)
    (w_in, w_out), (b_hidden, b_out) = learnt.layers
    return DeepNetwork(w_in, b_hidden, w_out, b_out)


def rectified(split: DigitSplit, rate: float, seed: int) -> RoadRun:
    """The same, as it is."""
    network, seconds = timed(lambda: trained_rectified(split, rate, seed))
    named = run_deep(network, split.x_asked).y.argmax(axis=1)
    work = deep_operations(network, split.x_asked)
    return RoadRun(
        float(np.mean(named == split.y_asked)),
        int(work.dense),
        synaptic=work.nonzero,
        products=work.nonzero,
        updates=HIDDEN + OUTPUTS,
        multiplications=work.nonzero,
        additions=work.nonzero,
        seconds=seconds,
    )


LINEAR = Road("epochs", (8, 16, 32), 32, linear, "It draws one straight border around each class.")
RECTIFIED = Road("rate of learning", RATES, 5e-3, rectified, "It has no time and no spikes.")
