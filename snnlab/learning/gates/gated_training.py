"""Training a network of gated neurons: steps of Adam down the exact gradient.

The gradient of a sample that is longer than `longest` is shortened to that length. Through a recurrent
network the gradients of a few samples can be a hundred times as long as those of most; the mean would be
theirs alone.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive, whole
from snnlab.learning.gates.gated_network import (
    GatedWeights,
    check_gated,
    check_inputs,
    check_task,
)
from snnlab.learning.gates.gated_neuron import GatedNeuron, check_gated_neuron
from snnlab.learning.gates.gated_pass import blank_gradient, blank_room, learn_once
from snnlab.learning.gradients.adam import Adam, check_adam

__all__ = ["GatedTraining", "train_gated"]


class GatedTraining(NamedTuple):
    """What came out.

    Examples
    --------
    >>> GatedTraining(GatedWeights(*np.zeros((3, 1, 1)), np.zeros(1)), np.zeros(2)).loss.size
    2
    """

    weights: GatedWeights
    """What was learnt."""
    loss: np.ndarray
    """The loss of each batch, before the step that it led to, shape (steps,)."""


def train_gated(
    weights: GatedWeights,
    x: ArrayLike,
    target: ArrayLike,
    steps: int,
    neuron: GatedNeuron = GatedNeuron(),
    *,
    heed: ArrayLike | None = None,
    cost: float = 0.0,
    adam: Adam = Adam(rate=0.01),
    decay: float = 0.1,
    batch: int = 8,
    longest: float = 1.0,
    learnt: tuple[str, ...] = GatedWeights._fields,
    v_start: ArrayLike | None = None,
) -> GatedTraining:
    """Train a network.

    Parameters
    ----------
    weights
        Where to start; they stay as they are.
    x, target, neuron, heed, cost, v_start
        As in `gated_loss`.
    steps : int
        Steps of Adam. Each takes the next `batch` samples, in their order, and then begins again.
    adam
        The numbers of the optimiser.
    decay : float
        What is left of the learning rate at the last step; it falls by the same factor in each.
    batch : int
        Samples a step.
    longest : float
        The greatest length of the gradient of a sample.
    learnt : tuple of str
        Which weights are learnt, fields of `GatedWeights`; the others stay as they are.

    Examples
    --------
    One neuron learns to fire at the rate that makes its trace 2:

    >>> start = GatedWeights(np.ones((1, 1)), np.zeros((1, 1)), np.ones((1, 1)), np.zeros(1))
    >>> learnt = train_gated(start, np.ones((1, 300, 1)), np.full((1, 300, 1), 2.0), 100)
    >>> bool(learnt.loss[-1] < 0.3 * learnt.loss[0])
    True
    """
    weights, neuron = check_gated(weights), check_gated_neuron(neuron)
    x, v_start = check_inputs(weights, x, v_start)
    target, heed, cost = check_task(weights, x, target, heed, cost)
    steps, batch = whole("steps", steps), min(whole("batch", batch, 1), len(x))
    adam, decay, longest = check_adam(adam), positive("decay", decay), positive("longest", longest)
    outputs, n = weights.w_out.shape
    learns = learnt_fields(learnt)
    new = GatedWeights(*(np.array(part, order="C") for part in weights))
    room = blank_room(x.shape[2], n, outputs, x.shape[1])
    gradient, one, mean, square = (blank_gradient(x.shape[2], n, outputs) for _ in range(4))
    loss = np.empty(steps)
    share = len(x) / batch  # what a batch leaves out of the mean
    for k in range(steps):
        chosen = np.arange(k * batch, (k + 1) * batch) % len(x)
        now = adam._replace(rate=adam.rate * decay ** (k / max(steps - 1, 1)))
        loss[k] = learn_once(
            x[chosen], target[chosen], share * heed[chosen], v_start[chosen], share * cost, new, room,
            neuron, neuron.kept, gradient, one, mean, square, k + 1, learns, longest, now,
        )  # fmt: skip
    return GatedTraining(new, loss)


def learnt_fields(learnt: tuple[str, ...]) -> np.ndarray:
    """1 for each field of the weights that is learnt, else 0."""
    if not isinstance(learnt, tuple) or not set(learnt) <= set(GatedWeights._fields):
        raise ValueError(
            f"learnt must be a tuple of names among {', '.join(GatedWeights._fields)}, got {learnt!r}"
        )
    return np.array([float(name in learnt) for name in GatedWeights._fields])
