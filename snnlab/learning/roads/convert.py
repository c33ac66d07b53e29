"""Convert: the rectified network, trained as ever, run with spikes that count (chapter 13).

Its input comes as spikes: in each step a pixel fires with a probability that is its brightness. With
*analog* input, for comparison, the first layer multiplies pixels by weights, once for all steps.
"""

import numpy as np

from snnlab.learning.conversion.converted import run_converted
from snnlab.learning.conversion.layers import activation_scales, layers_of, rescaled
from snnlab.learning.roads.road import HIDDEN, OUTPUTS, DigitSplit, Road, RoadRun, lit, timed
from snnlab.learning.roads.without_spikes import RECTIFIED, trained_rectified

__all__ = ["CONVERT", "CONVERT_ANALOG"]

HALF = 0.5  # of a threshold, where hidden neurons start


def _converted(split: DigitSplit, steps: int, seed: int, rng: np.random.Generator | None) -> RoadRun:
    network, seconds = timed(lambda: trained_rectified(split, RECTIFIED.chosen, seed))
    layers = layers_of(network)
    scaled = rescaled(layers, activation_scales(layers, split.x))
    run = run_converted(scaled, split.x_asked, steps, v_0=HALF, rng=rng)
    spikes, updates = float(run.spikes[-1]), float(steps * (HIDDEN + OUTPUTS))
    inputs = 0.0 if rng is None else steps * float(split.x_asked.sum(axis=1).mean())
    products = lit(split.x_asked) * HIDDEN if rng is None else 0.0
    synaptic = products + inputs * HIDDEN + spikes * OUTPUTS
    return RoadRun(
        float(np.mean(run.named[-1] == split.y_asked)),
        sum(w.size for w in layers.weights),
        float(steps),
        inputs,
        spikes,
        synaptic,
        products,
        updates,
        products,
        synaptic + updates,  # to a potential without leak its input is added, and that is all
        seconds=seconds,
    )


def convert(split: DigitSplit, steps: float, seed: int) -> RoadRun:
    """With pixels that fire by chance."""
    return _converted(split, int(steps), seed, np.random.default_rng(seed))


def convert_analog(split: DigitSplit, steps: float, seed: int) -> RoadRun:
    """With pixels as they are."""
    return _converted(split, int(steps), seed, None)


CONVERT = Road(
    "time steps",
    (8, 16, 32),
    8,
    convert,
    "It learns nothing in spikes, and no time of a spike means anything: only counts do.",
)
CONVERT_ANALOG = Road("time steps", (8, 16, 32), 8, convert_analog, "Its first layer still multiplies.")
