"""Constrain: train with the curve and the noise of the neurons that will be there (chapter 14).

The synapses forget within 5 ms, as in the chapter: that is the machine, and is not tried. The image is a
constant current, so the first layer multiplies pixels by weights, once for all steps.
"""

import numpy as np

from snnlab.learning.constrained.lif_deployment import deploy_on_lif
from snnlab.learning.constrained.rate_training import train_soft
from snnlab.learning.gradients.adam import Adam
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

__all__ = ["CONSTRAIN"]

TAU_S, STEPS = 5.0, 60  # ms; steps of 1 ms
# Of a spike: a logarithm for the moment between two steps, a division in it, an exponential for what is left
# of it at the end of the step; that is multiplied by the weight to each output.
OF_A_SPIKE = 3 + OUTPUTS


def constrain(split: DigitSplit, rate: float, seed: int) -> RoadRun:
    """Learnt at this rate."""
    rng = np.random.default_rng(seed)
    layers, seconds = timed(
        lambda: train_soft(
            split.x,
            split.y,
            (HIDDEN,),
            tau_s=TAU_S,
            epochs=EPOCHS,
            batch=BATCH,
            adam=Adam(rate=rate),
            rng=rng,
        )
    )
    run = deploy_on_lif(layers, split.x_asked, STEPS, tau_s=TAU_S)
    products, updates = lit(split.x_asked) * HIDDEN, float(STEPS * (HIDDEN + OUTPUTS))
    synaptic = products + run.spikes * OUTPUTS
    return RoadRun(
        float(np.mean(run.named[-1] == split.y_asked)),
        sum(w.size for w in layers.weights),
        float(STEPS),
        0.0,
        run.spikes,
        synaptic,
        products,
        updates,
        # A hidden potential goes a part of the way to its current; what an output has heard decays.
        products + updates + run.spikes * OF_A_SPIKE,
        synaptic + STEPS * (2 * HIDDEN + OUTPUTS),
        seconds=seconds,
    )


CONSTRAIN = Road(
    "rate of learning",
    RATES,
    5e-3,
    constrain,
    "It asks before the training which neurons and which synapses will be there.",
)
