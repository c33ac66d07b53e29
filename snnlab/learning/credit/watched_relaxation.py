r"""One relaxation of predictive coding, looked at in one of its steps: who has moved, and who is to blame.

A small network with two hidden layers is shown a sample, and its output is held away from what it says, at a
target that is wrong by so much. `predictive_coding` has the equations. For each unit there stand its value
beside that of the network alone, and the error that its weights would learn from beside that of
backpropagation, both as shares of what is wrong at the output,

$$ \frac{\Sigma \epsilon^l}{|t - h^L|} \qquad \text{and} \qquad \frac{-\delta^l}{|t - h^L|} $$

Before anything moves hidden units have no error at all. At rest theirs are those of backpropagation in two
cases: the target only nudges, $\Sigma \to \infty$, or predictions and slopes stay what they were before
anything moved (`fixed_prediction`). `predictive_coding` and `fixed_prediction` are the readable twins of the
kernel.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import positive, true_or_false, whole
from snnlab.compiling import kernel
from snnlab.learning.credit.feedback_alignment import true_feedback
from snnlab.learning.credit.padded_layers import padded, steepness, update_angle, weighted_back
from snnlab.learning.credit.predictive_relaxation import STEPS, begin, find_errors, relax, surprise_of
from snnlab.learning.credit.rate_network import RateNetwork, activities, initial_network
from snnlab.records import blank, read

__all__ = ["MARKS", "RATE", "UNITS", "WatchedRelaxation", "relaxing", "watched_relaxation"]

SIZES = (4, 6, 5, 3)
UNITS = sum(SIZES[1:])
RATE = 0.1
MARKS = np.repeat(np.arange(1.0, UNITS + 1.0), 3) + np.tile([-0.35, 0.35, 0.35], UNITS)
"""Where the mark of each unit begins and ends, and a third place that is left free."""


class WatchedRelaxation(NamedTuple):
    """What there is to see.

    A unit is a mark: its number twice, and NaN. Units are counted from the first hidden layer to the output,
    6, 5 and 3.

    Examples
    --------
    >>> seen = watched_relaxation(0)
    >>> bool((seen.moved == seen.alone)[:33:3].all())  # nobody has moved yet
    True
    """

    energy: np.ndarray
    """E as a share of that before anything moved, shape (steps + 1,)."""
    first: np.ndarray
    """The share of the first hidden layer in it, likewise."""
    second: np.ndarray
    """That of the second."""
    output: np.ndarray
    """That of the output."""
    angles: np.ndarray
    """Between what the weights would learn and the gradient, degrees, likewise."""
    alone: np.ndarray
    """Values of the network alone, as marks, shape (3 · units,); NaN between marks."""
    moved: np.ndarray
    """Values in the step that is looked at, likewise; those of the output are the target. NaN parts marks."""
    errors: np.ndarray
    """Σε in this step as a share of what is wrong, likewise; NaN between marks."""
    blame: np.ndarray
    """−δ of backpropagation, likewise, and NaN."""
    angle: float
    """The angle in this step, degrees."""
    rest: float
    """That in the last step."""
    kept: float
    """The share of the output in this step."""
    size: float
    """How long the update in this step is, Σ times what weights would learn, in lengths of the gradient."""


def relaxing() -> tuple[RateNetwork, np.ndarray, np.ndarray]:
    """The network, its input, and the direction of length 1 in which its output is wrong.

    Examples
    --------
    >>> network, x, direction = relaxing()
    >>> [w.shape for w in network.weights], x.shape, direction.shape
    ([(6, 4), (5, 6), (3, 5)], (4,), (3,))
    """
    rng = np.random.default_rng(3)
    network = initial_network(SIZES, rng=rng)
    x, direction = rng.normal(size=SIZES[0]), rng.normal(size=SIZES[-1])
    return network, x, direction / np.linalg.norm(direction)


def watched_relaxation(
    step: int, *, variance: float = 1.0, off: float = 1.0, fixed: bool = False
) -> WatchedRelaxation:
    """Look at one step of a relaxation.

    Parameters
    ----------
    step : int
        Which one, from 0, before anything has moved, to 200.
    variance : float
        Σ of the output: the larger, the less the target pulls.
    off : float
        |t − h|, how much is wrong at the output.
    fixed : bool
        Whether predictions and slopes stay what they were before anything moved.

    Examples
    --------
    >>> for variance in (1.0, 100.0):
    ...     print(f"{watched_relaxation(200, variance=variance).rest:.1f} degrees")
    28.9 degrees
    0.8 degrees
    """
    if whole("step", step) > STEPS:
        raise ValueError(f"step must be at most {STEPS}, got {step}")
    variance, off = positive("variance", variance), positive("off", off)
    seen, stay = recorded(), float(true_or_false("fixed", fixed))
    run_watched(seen, room(), *given(), float(step), variance, off, stay, RATE)
    return read(seen)


def recorded() -> WatchedRelaxation:
    """A blank record."""
    lines = dict.fromkeys(("energy", "first", "second", "output", "angles"), STEPS + 1)
    return blank(
        WatchedRelaxation, **lines, **dict.fromkeys(("alone", "moved", "errors", "blame"), 3 * UNITS)
    )


def room() -> np.ndarray:
    """What `run_watched` works in."""
    return np.zeros((5, len(SIZES), max(SIZES)))


def given() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Weights, the way down, the rows input, target and direction of what is wrong, units a layer."""
    network, x, direction = relaxing()
    ends = np.zeros((3, max(SIZES)))
    ends[0, : x.size] = x
    ends[2, : direction.size] = direction
    ends[1, : direction.size] = activities(network, x[None])[-1][0] + direction
    w, down = (padded(matrices, max(SIZES)) for matrices in (network.weights, true_feedback(network)))
    return w, down, ends, np.array(SIZES[1:], np.int32)


@kernel
def run_watched(seen, work, w, down, ends, sizes, step, variance, off, fixed, rate):
    """All steps of the relaxation, and more of one of them."""
    layers = w.shape[0]
    alone, heard, values = work[0], work[1], work[2]
    true, errors = work[3, :layers], work[4, :layers]
    for k in range(w.shape[1]):
        ends[1, k] += (off - 1.0) * ends[2, k]
    begin(work, w, down, ends, False)
    mark(seen.alone, sizes, values, alone[layers], 1.0)
    mark(seen.blame, sizes, true, true[layers - 1], -1.0 / off)
    find_errors(w, heard, values, errors, variance)
    for now in range(seen.energy.size):
        if now > 0 and fixed:
            share_errors(w, heard, errors, values, rate)
        elif now > 0:
            relax(w, heard, values, errors, False, rate)
            find_errors(w, heard, values, errors, variance)
        seen.first[now] = surprise_of(errors, 0, variance)
        seen.second[now] = surprise_of(errors, 1, variance)
        seen.output[now] = surprise_of(errors, 2, variance)
        seen.energy[now] = seen.first[now] + seen.second[now] + seen.output[now]
        seen.angles[now] = 180.0 - update_angle(errors, heard, true, alone)  # ε is a wish, δ a blame
        if now == step:
            mark(seen.moved, sizes, values, heard[layers], 1.0)
            mark(seen.errors, sizes, errors, errors[layers - 1], variance / off)
            seen.angle[0] = seen.angles[now]
            seen.size[0] = variance * update_size(errors, heard) / update_size(true, alone)
            seen.kept[0] = seen.output[now] / seen.output[0]  # who had all of the energy at first
    seen.rest[0] = seen.angles[-1]
    whole = seen.energy[0]
    for part in (seen.first, seen.second, seen.output, seen.energy):
        for now in range(part.size):
            part[now] /= whole


@kernel
def share_errors(w, heard, errors, values, rate):
    """One step with predictions and slopes that stay: a value moves as far as its error."""
    for layer in range(w.shape[0] - 1):
        for k in range(w.shape[1]):
            came = weighted_back(w[layer + 1], errors[layer + 1], k)
            move = rate * (steepness(heard[layer + 1, k], False) * came - errors[layer, k])
            errors[layer, k] += move
            values[layer, k] += move


@kernel
def mark(marks, sizes, hidden, output, factor):
    """Fill the marks of all units, each from the row of its layer."""
    place, last = 0, sizes.size - 1
    for layer in range(last + 1):
        for k in range(sizes[layer]):
            one = output[k] if layer == last else hidden[layer, k]
            marks[place] = marks[place + 1] = factor * one
            marks[place + 2] = math.nan
            place += 3


@kernel
def update_size(errors, heard):
    """|δ hᵀ| over all layers."""
    total = 0.0
    for layer in range(errors.shape[0]):
        one, other = 0.0, 0.0
        for k in range(errors.shape[1]):
            one += errors[layer, k] ** 2
            other += heard[layer, k] ** 2
        total += one * other
    return math.sqrt(total)
