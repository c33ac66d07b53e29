r"""A network that learns through given feedback, step by step: does the angle to the gradient fall with the
loss?

Feedback alignment in full batches. At every step the true gradient is computed beside the update, from
the weights of that moment, and the angle between the two is taken over the hidden layers, since the
output is told the truth anyway. With the transposes as feedback it begins at 0, with random feedback near
90 degrees; `mixed_feedback` has all between. `feedback_alignment` is the readable twin of the kernel.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import non_negative
from snnlab.compiling import kernel
from snnlab.learning.credit.feedback_alignment import feedback_shapes
from snnlab.learning.credit.padded_layers import forward, matrices_angle, padded, send_back
from snnlab.learning.credit.rate_network import (
    RateNetwork,
    checked_batch,
    checked_matrices,
    checked_network,
)
from snnlab.records import blank, read

__all__ = ["STEPS", "AlignmentCourse", "alignment_course"]

STEPS = 100


class AlignmentCourse(NamedTuple):
    """How learning went, one value before it and one after each step.

    Examples
    --------
    >>> network = RateNetwork((np.array([[0.1]]), np.array([[0.1]])), linear=True)
    >>> seen = alignment_course(network, [[1.0]], [[1.0]], [np.array([[-1.0]])])
    >>> print(f"{seen.first:.0f} degrees, later {seen.last:.0f}")  # the upper weight has changed its sign
    180 degrees, later 0
    """

    loss: np.ndarray
    """C, shape (steps + 1,)."""
    angle: np.ndarray
    """Between the update of the hidden layers and the gradient, degrees; NaN if one of them is 0."""
    first: float
    """The first of these."""
    last: float
    """The last."""
    left: float
    """The last loss as a share of the first; NaN if nothing was wrong."""


def alignment_course(
    network: RateNetwork,
    x: ArrayLike,
    target: ArrayLike,
    feedback: Sequence[np.ndarray],
    *,
    rate: float = 0.05,
) -> AlignmentCourse:
    """Let a network learn for 100 steps, each from the whole batch.

    Parameters
    ----------
    network
        Its weights at the start, with a hidden layer at least.
    x : array of shape (samples, inputs)
        What it is shown.
    target : array of shape (samples, outputs)
        What should come out.
    feedback : sequence of arrays of shape (units, units above)
        B, one matrix for each hidden layer, which stays.
    rate : float
        The learning rate.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> network = RateNetwork((0.01 * rng.normal(size=(20, 30)), 0.01 * rng.normal(size=(10, 20))), True)
    >>> x, b = rng.normal(size=(100, 30)), [0.2 * rng.normal(size=(20, 10))]
    >>> seen = alignment_course(network, x, x[:, :10], b)
    >>> bool(seen.last < 60 < seen.first), bool(seen.left < 0.1)
    (True, True)
    """
    network = checked_network(network)
    x, target = checked_batch(network, x, target)
    feedback = checked_matrices("feedback", feedback, feedback_shapes(network))
    if not feedback:
        raise ValueError("network must have a hidden layer, got one matrix of weights")
    size = max(*(len(w) for w in network.weights), x.shape[1])
    layers = len(network.weights)
    ends = np.zeros((2, len(x), size))
    ends[0, :, : x.shape[1]], ends[1, :, : target.shape[1]] = x, target
    seen, work, changes = recorded(), *room(layers, size)
    w, down = padded(network.weights, size), padded(feedback, size)
    run_alignment(seen, work, changes, w, down, ends, network.linear, non_negative("rate", rate))
    if not np.isfinite(seen.loss).all():
        raise ValueError(f"rate must be small enough for the loss to stay finite, got {rate:g}")
    return read(seen)


def recorded() -> AlignmentCourse:
    """A blank record."""
    return blank(AlignmentCourse, loss=STEPS + 1, angle=STEPS + 1)


def room(layers: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """What `run_alignment` works in: activities and errors, and the gradients with the true way down."""
    return np.zeros((3, layers + 1, size)), np.zeros((3, layers, size, size))


@kernel
def transpose_into(true_down, w):
    """The way down that backpropagation takes at this moment."""
    for layer in range(w.shape[0] - 1):
        for post in range(w.shape[1]):
            for pre in range(w.shape[1]):
                true_down[layer, pre, post] = w[layer + 1, post, pre]


@kernel
def batch_updates(work, changes, w, down, ends, linear):
    """Fill the updates through both ways down, means over the batch; returns the loss."""
    layers, samples, size = w.shape[0], ends.shape[1], w.shape[1]
    h, errors, true = work[0], work[1, :layers], work[2, :layers]
    told, gradient, true_down = changes[0], changes[1], changes[2]
    transpose_into(true_down, w)
    for layer in range(layers):
        for post in range(size):
            for pre in range(size):
                told[layer, post, pre] = gradient[layer, post, pre] = 0.0
    loss = 0.0
    for n in range(samples):
        for k in range(size):
            h[0, k] = ends[0, n, k]
        forward(w, h, linear)
        send_back(down, h, ends[1, n], errors, linear)
        send_back(true_down, h, ends[1, n], true, linear)
        for k in range(size):
            loss += 0.5 * errors[layers - 1, k] ** 2 / samples
        for layer in range(layers):
            for post in range(size):
                for pre in range(size):
                    told[layer, post, pre] += errors[layer, post] * h[layer, pre] / samples
                    gradient[layer, post, pre] += true[layer, post] * h[layer, pre] / samples
    return loss


@kernel
def run_alignment(seen, work, changes, w, down, ends, linear, rate):
    """All steps; `w` is changed in place."""
    for step in range(seen.loss.size):
        align(seen, step, work, changes, w, down, ends, linear, rate)
    sum_up(seen)


@kernel
def align(seen, step, work, changes, w, down, ends, linear, rate):
    """Loss and angle of one step, and the step itself."""
    seen.loss[step] = batch_updates(work, changes, w, down, ends, linear)
    seen.angle[step] = matrices_angle(changes[0, :-1], changes[1, :-1])
    for layer in range(w.shape[0]):
        for post in range(w.shape[1]):
            for pre in range(w.shape[2]):
                w[layer, post, pre] -= rate * changes[0, layer, post, pre]


@kernel
def sum_up(seen):
    """The numbers, once all steps are made."""
    seen.first[0], seen.last[0] = seen.angle[0], seen.angle[-1]
    seen.left[0] = seen.loss[-1] / seen.loss[0]
