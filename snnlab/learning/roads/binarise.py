"""Binarise: a network whose weights and activations are signs, learnt straight through (chapter 12)."""

import numpy as np

from snnlab.learning.binary.binary_network import initial_binary, run_binary
from snnlab.learning.binary.binary_training import train_binary
from snnlab.learning.gradients.adam import Adam
from snnlab.learning.roads.road import HIDDEN, OUTPUTS, DigitSplit, Road, RoadRun, lit, timed

__all__ = ["BINARISE"]

WHITE, EPOCHS, DECAY = 255, 20, 0.85


def binarise(split: DigitSplit, rate: float, seed: int) -> RoadRun:
    """Pixels are whole numbers, all else is signs and one threshold a neuron."""
    rng = np.random.default_rng(seed)
    x, x_asked = (np.rint(WHITE * images) for images in (split.x, split.x_asked))
    start = initial_binary(x.shape[1], HIDDEN, OUTPUTS, rng=rng)
    learnt, seconds = timed(
        lambda: train_binary(start, x, split.y, EPOCHS, adam=Adam(rate=rate), decay=DECAY, rng=rng)
    )
    named = run_binary(learnt.network, x_asked).scores.argmax(axis=1)
    # A sign decides between adding and subtracting; a sign of an activation is never 0.
    work = lit(x_asked) * HIDDEN + HIDDEN * OUTPUTS
    return RoadRun(
        float(np.mean(named == split.y_asked)),
        start.w_in.size + start.w_out.size,
        synaptic=work,
        updates=HIDDEN + OUTPUTS,
        multiplications=OUTPUTS,  # the batch norm of the outputs; that of the hidden neurons is a threshold
        additions=work + OUTPUTS,
        whole=work,
        seconds=seconds,
    )


BINARISE = Road(
    "rate of learning",
    (0.03, 0.1, 0.3),
    0.3,
    binarise,
    "It has no time: what comes a moment later finds nothing of what came before.",
)
