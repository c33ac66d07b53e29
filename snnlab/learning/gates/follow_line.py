r"""A small network that learns to follow one line, and what becomes of it when its spikes are all or nothing.

Sixteen non-leaky neurons get a line $x(t)$ of 300 ms, half of them with the weight $+U$, half with $-U$. They
learn recurrent weights and readout by the exact gradient, as in `snnlab.learning.gates.predictive_coding`.
After the steps of Adam that were asked for, the same line runs once with the gate that the network learnt
with, and once with one that is so narrow that a spike passes in a step or two.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive, whole
from snnlab.compiling import kernel
from snnlab.learning.gates.gated_network import GatedWeights
from snnlab.learning.gates.gated_neuron import GatedNeuron, check_gated_neuron
from snnlab.learning.gates.gated_pass import (
    GatedGradient,
    GatedRoom,
    clear,
    learn_once,
    run_sample,
    turn_round,
)
from snnlab.learning.gradients.adam import Adam
from snnlab.records import blank, read

__all__ = ["FollowedLine", "follow_line"]

STEPS, N, MOST = 200, 16, 80  # MOST: steps of Adam
DT = 1.5  # ms
NARROW, COST, LONGEST = 0.05, 0.01, 1.0
SETTLED = 33  # steps, 50 ms, that the errors leave out


class FollowedLine(NamedTuple):
    """A line and what the network makes of it.

    Examples
    --------
    >>> seen = follow_line(np.sin(np.linspace(0.0, 6.0, 50)), 60)
    >>> bool(seen.share < 0.3)
    True
    """

    t: np.ndarray
    """Time at the end of each step, ms."""
    line: np.ndarray
    """What comes in and should come out."""
    before: np.ndarray
    """What comes out before learning."""
    output: np.ndarray
    """What comes out after it."""
    output_narrow: np.ndarray
    """What comes out of the same weights with a narrow gate."""
    update: np.ndarray
    """The number of each step of Adam, from 0."""
    loss: np.ndarray
    """The loss before each step of Adam; NaN for those that were not made."""
    times: Annotated[np.ndarray, "n"]
    """The spikes after learning, by time, ms: ends of the steps in which the zone was left, 3200 at most."""
    units: Annotated[np.ndarray, "n"]
    """The neuron of each."""
    n: int
    """How many there were."""
    error_before: float
    """Root mean square of the error after the first 50 ms, before learning."""
    error: float
    """The same after learning."""
    error_narrow: float
    """The same with a narrow gate."""
    silence: float
    """The same if nothing came out: the root mean square of the line."""
    share: float
    """`error` over `silence`: 1 is no better than silence. NaN if the line is 0."""


class LineRoom(NamedTuple):
    """What learning needs, all in arrays of numbers."""

    w_in: np.ndarray
    w_rec: np.ndarray
    w_out: np.ndarray
    drive: np.ndarray
    by_w_in: np.ndarray
    by_w_rec: np.ndarray
    by_w_out: np.ndarray
    by_drive: np.ndarray
    one_w_in: np.ndarray
    one_w_rec: np.ndarray
    one_w_out: np.ndarray
    one_drive: np.ndarray
    mean_w_in: np.ndarray
    mean_w_rec: np.ndarray
    mean_w_out: np.ndarray
    mean_drive: np.ndarray
    square_w_in: np.ndarray
    square_w_rec: np.ndarray
    square_w_out: np.ndarray
    square_drive: np.ndarray
    v: np.ndarray
    s: np.ndarray
    i: np.ndarray
    turns: np.ndarray
    outs: np.ndarray
    to_v: np.ndarray
    to_s: np.ndarray
    to_i: np.ndarray
    w_in_t: np.ndarray
    w_rec_t: np.ndarray
    heed: np.ndarray
    learns: np.ndarray
    x: np.ndarray


def follow_line(
    line: ArrayLike, updates: int = 60, width: float = 0.6, rate: float = 0.02, *, seed: int = 1
) -> FollowedLine:
    """Let a network learn to follow a line.

    Parameters
    ----------
    line : array of shape (points,)
        The line, at points evenly spread over 300 ms; in between it is straight.
    updates : int
        Steps of Adam, up to 80.
    width : float
        Width of the gate during learning, below 1.
    rate : float
        The learning rate.
    seed : int
        Of the recurrent weights and potentials at the start.

    Examples
    --------
    >>> seen = follow_line([0.0, 1.0, -1.0, 0.5], 0)
    >>> bool(seen.error == seen.error_before)
    True
    """
    points = finite_array("line", line, (1,), "(points,)")
    if points.size < 2:
        raise ValueError(f"line must have at least 2 points, got {points.size}")
    if whole("updates", updates) > MOST:
        raise ValueError(f"updates must be at most {MOST}, got {updates}")
    neuron = check_gated_neuron(GatedNeuron(width=positive("width", width), dt=DT))
    rate, (seen, room) = positive("rate", rate), recorded()
    seen.line[:] = np.interp(np.arange(STEPS), np.linspace(0.0, STEPS - 1.0, points.size), points)
    run_line(seen, room, **first(seed), updates=updates, rate=rate, neuron=neuron, kept=neuron.kept)
    return read(seen)


def first(seed: int) -> dict[str, np.ndarray]:
    """The weights and potentials that a network starts with; nothing of it is changed."""
    rng = np.random.default_rng(seed)
    sign = np.where(np.arange(N) % 2 == 0, 1.0, -1.0)
    return {
        "start_in": 2.0 * sign[:, None],
        "start_rec": rng.normal(0.0, 0.1 / np.sqrt(N), (N, N)),
        "start_out": 0.2 * sign[None],
        "start_v": rng.uniform(0.0, 0.7, (1, N)),
    }


def recorded() -> tuple[FollowedLine, LineRoom]:
    """A blank record and the room to fill it."""
    courses = dict.fromkeys(("t", "line", "before", "output", "output_narrow"), STEPS)
    seen = blank(
        FollowedLine, **courses, update=MOST, loss=MOST, times=STEPS * N, units=np.zeros(STEPS * N, np.int32)
    )
    weights = {"w_in": (N, 1), "w_rec": (N, N), "w_out": (1, N), "drive": (N,)}
    each = {
        kind + name: np.zeros(shape)
        for kind in ("", "by_", "one_", "mean_", "square_")
        for name, shape in weights.items()
    }
    room = LineRoom(
        **each,
        v=np.zeros((STEPS + 1, N)),
        s=np.zeros((STEPS + 1, N)),
        i=np.zeros((STEPS, N)),
        turns=np.zeros((STEPS, N)),
        outs=np.zeros((STEPS, 1)),
        to_v=np.zeros(N),
        to_s=np.zeros(N),
        to_i=np.zeros(N),
        w_in_t=np.zeros((1, N)),
        w_rec_t=np.zeros((N, N)),
        heed=np.zeros((1, STEPS)),
        learns=np.zeros(4),
        x=np.zeros((1, STEPS, 1)),
    )
    return seen, room


@kernel
def follow(out, line, x, start_v, weights, passing, neuron, kept):
    """One run; fills `out` and returns the root mean square of its error once the network has settled."""
    turn_round(weights, passing)
    run_sample(x[0], start_v[0], weights, passing, neuron, kept)
    total = 0.0
    for t in range(out.size):
        out[t] = passing.out[t, 0]
        if t >= SETTLED:
            total += (out[t] - line[t]) ** 2
    return math.sqrt(total / (out.size - SETTLED))


@kernel
def run_line(seen, room, start_in, start_rec, start_out, start_v, updates, rate, neuron, kept):
    """The network before learning, the steps of Adam, and the network afterwards with both gates."""
    weights = GatedWeights(room.w_in, room.w_rec, room.w_out, room.drive)
    gradient = GatedGradient(room.by_w_in, room.by_w_rec, room.by_w_out, room.by_drive)
    one = GatedGradient(room.one_w_in, room.one_w_rec, room.one_w_out, room.one_drive)
    mean = GatedGradient(room.mean_w_in, room.mean_w_rec, room.mean_w_out, room.mean_drive)
    square = GatedGradient(room.square_w_in, room.square_w_rec, room.square_w_out, room.square_drive)
    passing = GatedRoom(
        room.v, room.s, room.i, room.turns, room.outs, room.to_v, room.to_s, room.to_i, room.w_in_t,
        room.w_rec_t,
    )  # fmt: skip
    for k in range(N):
        weights.w_in[k, 0], weights.w_out[0, k], weights.drive[k] = start_in[k, 0], start_out[0, k], 0.5
        for j in range(N):
            weights.w_rec[k, j] = start_rec[k, j]
    for moment in (mean, square):
        clear(moment)
    room.learns[1] = room.learns[2] = 1.0  # W and O
    square_sum = 0.0
    for t in range(STEPS):
        seen.t[t] = (t + 1) * DT
        room.x[0, t, 0], room.heed[0, t] = seen.line[t], 1.0 / STEPS
        if t >= SETTLED:
            square_sum += seen.line[t] ** 2
    seen.silence[0] = math.sqrt(square_sum / (STEPS - SETTLED))
    seen.error_before[0] = follow(seen.before, seen.line, room.x, start_v, weights, passing, neuron, kept)
    for k in range(MOST):
        seen.update[k] = k
        seen.loss[k] = math.nan
        if k < updates:
            seen.loss[k] = learn_once(
                room.x, room.x, room.heed, start_v, COST / STEPS, weights, passing, neuron, kept,
                gradient, one, mean, square, k + 1, room.learns, LONGEST, Adam(rate, 0.9, 0.999, 1e-8),
            )  # fmt: skip
    narrow = GatedNeuron(neuron.kind, NARROW, neuron.tau_m, neuron.tau_s, neuron.dt)
    seen.error_narrow[0] = follow(
        seen.output_narrow, seen.line, room.x, start_v, weights, passing, narrow, kept
    )
    seen.error[0] = follow(seen.output, seen.line, room.x, start_v, weights, passing, neuron, kept)
    seen.share[0] = seen.error[0] / seen.silence[0] if seen.silence[0] > 0.0 else math.nan
    seen.n[0] = 0
    for t in range(STEPS):
        for k in range(N):
            for _ in range(int(min(passing.turns[t, k], seen.times.size - seen.n[0]))):
                seen.times[int(seen.n[0])] = (t + 1) * DT
                seen.units[int(seen.n[0])] = k
                seen.n[0] += 1
