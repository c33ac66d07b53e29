r"""A network that learns through feedback that is scrambled, once for all or anew in every step.

The feedback begins as the transpose of the weights, and is turned from there to weights that are drawn at
random, by a share $s$ of a right angle (`mixed_feedback`),

$$ B = \cos\left(\frac{\pi s}{2}\right) (W_0^2)^\top + \sin\left(\frac{\pi s}{2}\right) R $$

If $R$ is drawn once, the upper weights can grow to fit $B$, and the angle between what the hidden layer is
told and the gradient falls. If $R$ is drawn anew in every step there is nothing to grow towards, but as much
is scrambled in each of them: this is the control. `alignment_course` is what learns; here is what feedback
it gets, on a small task, whose targets are made by a linear map.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import fraction, non_negative, true_or_false
from snnlab.compiling import kernel
from snnlab.learning.credit.alignment_course import STEPS, align, sum_up, transpose_into
from snnlab.learning.credit.alignment_course import room as room_of
from snnlab.learning.credit.feedback_alignment import true_feedback
from snnlab.learning.credit.padded_layers import matrices_angle, padded, square_of_sum
from snnlab.learning.credit.rate_network import RateNetwork, activities, initial_network
from snnlab.random import normal, seed_from
from snnlab.records import blank, read

__all__ = ["HIDDEN", "OUTPUTS", "ScrambledCourse", "scrambled_course", "scrambled_task"]

INPUTS, HIDDEN, OUTPUTS, SAMPLES = 8, 10, 4, 30
LATE = 20  # of the steps are the end
SPREAD = 0.3  # of the weights at first, in units of 1 over the root of what a unit hears


class ScrambledCourse(NamedTuple):
    """How learning went, one value before it and one after each of 100 steps.

    Examples
    --------
    >>> seen = scrambled_course(0.0, rate=0.0)
    >>> print(f"{seen.first:.0f} degrees, {seen.left:.0f} of the loss")
    0 degrees, 1 of the loss
    """

    loss: np.ndarray
    """C as a share of that at first, shape (steps + 1,)."""
    angle: np.ndarray
    """Between the update of the hidden layer and the gradient, degrees, likewise."""
    feedback: np.ndarray
    """B at the end, of length 1 as a whole, shape (hidden, outputs)."""
    upper: np.ndarray
    """The upper weights at the end, transposed, likewise."""
    first: float
    """The first angle."""
    last: float
    """The mean of the last 20, since it jumps where the feedback does."""
    left: float
    """The last loss, a share of the first."""
    apart: float
    """The angle between the upper weights and B at the end, degrees."""


def scrambled_task() -> tuple[RateNetwork, np.ndarray, np.ndarray]:
    """A network of 8 inputs, 10 hidden and 4 output units, 30 samples, and what a linear map makes of them.

    Examples
    --------
    >>> network, x, target = scrambled_task()
    >>> x.shape, target.shape
    ((30, 8), (30, 4))
    """
    rng = np.random.default_rng(1)
    network = initial_network((INPUTS, HIDDEN, OUTPUTS), scale=SPREAD, rng=rng)
    teacher, x = initial_network((INPUTS, OUTPUTS), rng=rng), rng.normal(size=(SAMPLES, INPUTS))
    return network, x, activities(teacher, x)[-1]


def scrambled_course(
    share: float,
    anew: bool = False,
    *,
    rate: float = 0.1,
    rng: np.random.Generator | np.uint64 = np.uint64(1),
) -> ScrambledCourse:
    """Let the small network learn for 100 steps.

    Parameters
    ----------
    share : float
        s, how much of the feedback is scrambled, from 0 to 1.
    anew : bool
        Whether it is scrambled anew in every step.
    rate : float
        The learning rate.
    rng
        Where R comes from.

    Examples
    --------
    >>> once, anew = scrambled_course(1.0), scrambled_course(1.0, True)
    >>> bool(once.last < anew.last and once.left < anew.left)
    True
    """
    share, rate = fraction("share", share), non_negative("rate", rate)
    again, seen = float(true_or_false("anew", anew)), recorded()
    run_scrambled(seen, *room(), *given(), share, again, rate, seed_from(rng))
    if not np.isfinite(seen.loss).all():
        raise ValueError(f"rate must be small enough for the loss to stay finite, got {rate:g}")
    return read(seen)


def recorded() -> ScrambledCourse:
    """A blank record."""
    return blank(
        ScrambledCourse,
        loss=STEPS + 1,
        angle=STEPS + 1,
        feedback=(HIDDEN, OUTPUTS),
        upper=(HIDDEN, OUTPUTS),
    )


def room() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What `run_scrambled` works in: what `alignment_course` does, and the feedback."""
    return *room_of(2, HIDDEN), np.zeros((1, HIDDEN, HIDDEN))


def given() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Weights, their transposes, the deviation of each entry of R, and `ends`, inputs and targets."""
    network, x, target = scrambled_task()
    true = true_feedback(network)
    spread = padded([np.full(true[0].shape, SPREAD / math.sqrt(HIDDEN))], HIDDEN)
    ends = np.zeros((2, SAMPLES, HIDDEN))
    ends[0, :, :INPUTS], ends[1, :, :OUTPUTS] = x, target
    return padded(network.weights, HIDDEN), padded(true, HIDDEN), spread, ends


@kernel
def run_scrambled(seen, work, changes, down, w, true, spread, ends, share, anew, rate, seed):
    """All steps; `w` is changed in place."""
    for step in range(seen.loss.size):
        if step == 0 or anew:
            scramble(down, true, spread, share, seed, step)
        align(seen, step, work, changes, w, down, ends, False, rate)
    sum_up(seen)
    up = changes[2, :-1]
    transpose_into(changes[2], w)
    seen.last[0] = 0.0
    for step in range(seen.angle.size - LATE, seen.angle.size):
        seen.last[0] += seen.angle[step] / LATE
    start = seen.loss[0]
    for step in range(seen.loss.size):
        seen.loss[step] /= start
    long = math.sqrt(square_of_sum(1.0, down, 0.0, down))
    wide = math.sqrt(square_of_sum(1.0, up, 0.0, up))
    for k in range(seen.upper.shape[0]):
        for m in range(seen.upper.shape[1]):
            seen.feedback[k, m] = down[0, k, m] / long
            seen.upper[k, m] = up[0, k, m] / wide
    seen.apart[0] = matrices_angle(down, up)


@kernel
def scramble(down, true, spread, share, seed, step):
    """The feedback of a step."""
    turn = 0.5 * math.pi * share
    kept, other = math.cos(turn), math.sin(turn)
    for layer in range(down.shape[0]):
        for k in range(down.shape[1]):
            for m in range(down.shape[2]):
                down[layer, k, m] = kept * true[layer, k, m]
                if spread[layer, k, m] > 0.0:
                    place = np.uint64((layer * down.shape[1] + k) * down.shape[2] + m)
                    drawn = normal(seed, place, np.uint64(step))
                    down[layer, k, m] += other * spread[layer, k, m] * drawn
