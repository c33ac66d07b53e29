"""Constrain: train with the curve and the noise of the neurons that will be there (chapter 14).

The image is a constant current, so the first layer multiplies pixels by weights, once for all steps.
"""

import numpy as np

from snnlab.learning.constrained.lif_deployment import deploy_on_lif
from snnlab.learning.constrained.rate_training import train_soft
from snnlab.learning.roads.road import HIDDEN, OUTPUTS, DigitSplit, Road, RoadRun, lit, timed

__all__ = ["CONSTRAIN"]

STEPS, EPOCHS = 60, 20  # steps of 1 ms


def constrain(split: DigitSplit, tau_s: float, seed: int) -> RoadRun:
    """With synapses of this time constant, whose noise the network is trained with."""
    rng = np.random.default_rng(seed)
    layers, seconds = timed(
        lambda: train_soft(split.x, split.y, (HIDDEN,), tau_s=tau_s, epochs=EPOCHS, rng=rng)
    )
    run = deploy_on_lif(layers, split.x_asked, STEPS, tau_s=tau_s)
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
        products + updates,
        synaptic + STEPS * (2 * HIDDEN + OUTPUTS),
        seconds,
    )


CONSTRAIN = Road(
    "time constant of the synapse",
    (2.0, 5.0, 10.0),
    10.0,
    constrain,
    "It fits one chip: with other neurons or other synapses it is trained anew.",
)
