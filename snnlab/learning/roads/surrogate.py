"""Surrogate gradients: a spiking network learns by backpropagation through time (chapter 16).

Each pixel fires once at most, the brighter the earlier.
"""

import numpy as np

from snnlab.coding import encode_first_spikes
from snnlab.learning.gradients.adam import Adam
from snnlab.learning.gradients.operations import spiking_operations
from snnlab.learning.gradients.surrogate_network import Surrogate, initial_weights
from snnlab.learning.gradients.surrogate_run import predict
from snnlab.learning.gradients.training import train
from snnlab.learning.roads.road import HIDDEN, OUTPUTS, DigitSplit, Road, RoadRun, timed
from snnlab.learning.samples import Samples, samples_from_spikes

__all__ = ["SURROGATE"]

STEPS, EPOCHS, BATCH, GAIN, RATE = 100, 8, 50, 10.0, 1e-3


def first_spikes(x: np.ndarray, y: np.ndarray) -> Samples:
    """Images as the first spikes of their pixels, in steps of 1 ms."""
    trials = [encode_first_spikes(image, tau=20, threshold=0.2, duration=STEPS) for image in x]
    return samples_from_spikes(trials, y, STEPS)


def surrogate(split: DigitSplit, width: float, seed: int) -> RoadRun:
    """Learnt with a surrogate of this width."""
    rng = np.random.default_rng(seed)
    start = initial_weights(split.x.shape[1], HIDDEN, OUTPUTS, gain=GAIN, rng=rng)
    samples = first_spikes(split.x, split.y)
    learnt, seconds = timed(
        lambda: train(
            start,
            samples,
            EPOCHS,
            surrogate=Surrogate(width=width),
            adam=Adam(rate=RATE),
            batch=BATCH,
            rng=rng,
            progress=False,
        )
    )
    asked = first_spikes(split.x_asked, split.y_asked)
    work = spiking_operations(learnt.weights, asked)
    updates = work.decays / 2  # current and potential of a neuron decay, and one is added to the other
    return RoadRun(
        float(np.mean(predict(learnt.weights, asked) == split.y_asked)),
        start.w_in.size + start.w_out.size,
        float(STEPS),
        work.inputs,
        work.hidden,
        work.synaptic,
        0.0,
        updates,
        work.decays,
        work.synaptic + updates,
        seconds=seconds,
    )


SURROGATE = Road(
    "width of the surrogate",
    (0.03, 0.1, 0.3),
    0.1,
    surrogate,
    "It needs all of a trial at once and the weights on the way back: a synapse cannot learn so by itself.",
)
