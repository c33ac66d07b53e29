r"""What is wanted of the outputs, as what the way back reads: slopes by spike times or by potentials.

*The first spike.* The class is that of the output that fires first; the cross-entropy of the times is that of
`snnlab.learning.spike_times.alpha_layers`,

$$ p_k = \frac{e^{-\beta t_k}}{\sum_m e^{-\beta t_m}}, \qquad L = -\frac1\beta \ln p_\ell $$

*A potential.* Outputs without threshold, whose largest or mean potential is the score of their class, with
the cross-entropy of `snnlab.learning.gradients.losses`. A mean may be that of outputs that fire, too.
"""

import math
from typing import NamedTuple

from snnlab.checks import Positive, checked
from snnlab.compiling import uncounted_kernel
from snnlab.learning.eventprop.event_network import EventNetwork
from snnlab.learning.gradients.losses import CrossEntropy, cross_entropy
from snnlab.learning.spike_times.alpha_layers import judge

__all__ = ["FirstSpike"]

SCORES = ("largest", "mean")
LARGEST, MEAN, FIRST = range(3)


class FirstSpike(NamedTuple):
    """The class is that of the output that fires first.

    Examples
    --------
    >>> FirstSpike(sharpness=0.5).sharpness
    0.5
    """

    sharpness: Positive = 1.0
    """β, 1/ms: how much a lead of 1 ms counts."""


class Asked(NamedTuple):
    """A loss as kernels take it."""

    kind: int
    sharpness: float
    n_outputs: int
    duration: float


def as_asked(loss: FirstSpike | CrossEntropy, network: EventNetwork, duration: float) -> Asked:
    """`loss` for kernels, if it fits the outputs."""
    if isinstance(loss, FirstSpike):
        if not network.outputs_fire:
            raise ValueError("outputs_fire must be True for a loss on their first spikes, got False")
        return Asked(FIRST, checked("loss", loss, FirstSpike).sharpness, network.n_outputs, duration)
    if not isinstance(loss, CrossEntropy):
        raise TypeError(f"loss must be a FirstSpike or a CrossEntropy, got {type(loss).__name__}")
    if not isinstance(loss.score, str) or loss.score not in SCORES:
        raise ValueError(f"score must be one of {', '.join(SCORES)}, got {loss.score!r}")
    if loss.score == "largest" and network.outputs_fire:
        raise ValueError("outputs_fire must be False for a loss on their largest potentials, got True")
    return Asked(SCORES.index(loss.score), 1.0, network.n_outputs, duration)


@uncounted_kernel
def find_first_spikes(room, n_in, n_inputs, n_outputs):
    """When each output fires first, and which spike that is."""
    hidden = room.v.size - n_outputs
    for o in range(n_outputs):
        room.first_spike[o], room.scores[o] = -1, math.inf
    for k in range(n_in, room.n_spikes[0]):
        o = room.who[k] - n_inputs - hidden
        if o >= 0 and room.first_spike[o] < 0:
            room.first_spike[o], room.scores[o] = k, room.when[k]


@uncounted_kernel
def judge_trial(label, asked, n_in, n_inputs, room):
    """The loss of a trial and whether it is right; the pulls get its slopes."""
    hidden = room.v.size - asked.n_outputs
    for k in range(room.n_spikes[0]):
        room.pull_spike[k] = 0.0
    for n in range(room.v.size):
        room.pull_best[n] = room.pull_area[n] = 0.0
    if asked.kind == FIRST:
        find_first_spikes(room, n_in, n_inputs, asked.n_outputs)
        loss, right = judge(room.scores, asked.n_outputs, label, asked.sharpness, room.pull_score)
        for o in range(asked.n_outputs):
            if room.first_spike[o] >= 0:
                room.pull_spike[room.first_spike[o]] = room.pull_score[o]
        return loss, right
    for o in range(asked.n_outputs):
        n = hidden + o
        room.scores[o] = room.best[n] if asked.kind == LARGEST else room.area[n] / asked.duration
    scores, pulls = room.scores[: asked.n_outputs], room.pull_score[: asked.n_outputs]
    loss, right = cross_entropy(scores, label, 1.0, pulls)
    for o in range(asked.n_outputs):
        if asked.kind == LARGEST:
            room.pull_best[hidden + o] = pulls[o]
        else:
            room.pull_area[hidden + o] = pulls[o] / asked.duration
    return loss, right
