"""What stands beside the roads: logistic regression, and the rectified network that is to be converted."""

import numpy as np

from snnlab.learning.competition.baselines import linear_accuracy
from snnlab.learning.competition.deep_network import DeepNetwork, run_deep, train_deep
from snnlab.learning.gradients.operations import deep_operations
from snnlab.learning.roads.road import HIDDEN, OUTPUTS, DigitSplit, Road, RoadRun, lit, timed

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


def trained_rectified(split: DigitSplit, epochs: float, seed: int) -> DeepNetwork:
    """The network with rectified hidden neurons."""
    return train_deep(split.x, split.y, HIDDEN, epochs=int(epochs), seed=seed)


def rectified(split: DigitSplit, epochs: float, seed: int) -> RoadRun:
    """The same, as it is."""
    network, seconds = timed(lambda: trained_rectified(split, epochs, seed))
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
RECTIFIED = Road("epochs", (8, 16, 32), 8, rectified, "It has no time and no spikes.")
