r"""A population that represents a point in the plane, as it is read from its rates.

Encoders lie in all directions of the plane. Decoders are found once, on points of the unit disc, and then any
point is encoded, its rates get noise, and it is decoded. With one neuron more at a time, both parts of the
error are followed: distortion, which is there without noise, and what the noise adds
(`snnlab.coding.nef.linear_decoders`). The population of 8 neurons is the first part of that of 12.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import as_real, fraction, whole
from snnlab.coding.nef.linear_decoders import solve_positive
from snnlab.coding.nef.tuned_population import T_REF, TAU_M, gain_of
from snnlab.compiling import kernel
from snnlab.neurons.models.lif import rate_at
from snnlab.random import normal, seed_from, uniform_pair
from snnlab.records import blank, read

__all__ = ["DraggedPoint", "dragged_point"]

LEAST, MOST, EVERY = 4, 64, 4  # neurons
RINGS, AROUND = 5, 24  # points of the disc
READ = 60  # times that the noisy rates are read
CIRCLE = 73
CROSS = 0.012  # half the width of a mark
SIZES = (MOST - LEAST) // EVERY + 1


class DraggedPoint(NamedTuple):
    """A point, the population's rates, and what is read from them.

    Examples
    --------
    >>> seen = dragged_point(0.5, 0.2, 48, rng=np.uint64(1))
    >>> seen.off < 0.1
    True
    """

    at_x: np.ndarray
    """Horizontal places of everything that is drawn: circle, neurons, readings; NaN between them."""
    circle: np.ndarray
    """Vertical places of the unit circle; NaN elsewhere."""
    spokes: np.ndarray
    """Of a line for each neuron, along its encoder and as long as its rate; 400 Hz are 1; NaN parts them."""
    readings: np.ndarray
    """Of a mark for each reading of noisy rates; NaN parts them."""
    sizes: np.ndarray
    """Other numbers of neurons."""
    distortions: np.ndarray
    """Root of the distortion of each."""
    noises: np.ndarray
    """Root of what noise adds."""
    read_x: float
    """What is read without noise."""
    read_y: float
    """The same, upwards."""
    off: float
    """How far that is from the point."""
    distortion: float
    """Root of the mean squared error over the disc, without noise."""
    noise_error: float
    """Root of the squared error that noise adds."""
    active: int
    """How many neurons fire."""


def dragged_point(
    x: float, y: float, neurons: int = 12, noise: float = 0.1, *, rng: np.random.Generator | np.uint64
) -> DraggedPoint:
    """Let a population represent a point.

    Parameters
    ----------
    x, y : float
        The point, from -1 to 1 each.
    neurons : int
        4, 8, 12, … 64.
    noise : float
        Standard deviation of a rate as a share of the highest, above 0, at most 1. The decoders know it.
    rng
        Of neurons and noise, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> few, many = (dragged_point(0.3, 0.3, n, rng=np.uint64(1)).distortion for n in (8, 64))
    >>> many < few / 2
    True
    """
    x, y, neurons = as_real("x", x), as_real("y", y), whole("neurons", neurons, least=LEAST)
    if max(abs(x), abs(y)) > 1:
        raise ValueError(f"x and y must be between -1 and 1, got {x:g} and {y:g}")
    if neurons > MOST or neurons % EVERY:
        raise ValueError(f"neurons must be a multiple of {EVERY} up to {MOST}, got {neurons}")
    if fraction("noise", noise) == 0:
        raise ValueError("noise must be above 0, got 0")
    seen = recorded()
    run_dragged_point(seen, workspace(), x, y, float(neurons), float(noise), seed_from(rng))
    return read(seen)


class Work(NamedTuple):
    """Where the populations keep what they need."""

    cells: np.ndarray  # encoder, gain, bias of each neuron
    rates: np.ndarray  # at each point of the disc
    gram: np.ndarray
    sums: np.ndarray  # rates times points
    factor: np.ndarray
    d: np.ndarray  # decoders


def workspace() -> Work:
    """Room for the largest population."""
    points = RINGS * AROUND
    square = (MOST, MOST)
    return Work(
        np.zeros((MOST, 4)),
        np.zeros((points, MOST)),
        np.zeros(square),
        np.zeros((MOST, 2)),
        np.zeros(square),
        np.zeros((MOST, 2)),
    )


def recorded() -> DraggedPoint:
    """A blank record."""
    places = dict.fromkeys(("at_x", "circle", "spokes", "readings"), CIRCLE + 1 + 3 * MOST + 3 * READ)
    return blank(DraggedPoint, **places, **dict.fromkeys(("sizes", "distortions", "noises"), SIZES))


@kernel
def rate_of(cell, x, y):
    """The rate of a neuron, Hz, in thresholds and threshold currents as NEURON."""
    return rate_at(cell[2] * (cell[0] * x + cell[1] * y) + cell[3], TAU_M, 1.0, 0.0, 0.0, 1.0, T_REF)


@kernel
def place_on_disc(k):
    """Point number k of rings of the same number of points, each ring for the same area."""
    ring, turn = k // AROUND, k % AROUND
    radius = math.sqrt((ring + 0.5) / RINGS)
    angle = 2.0 * math.pi * (turn + 0.5 * (ring % 2)) / AROUND
    return radius * math.cos(angle), radius * math.sin(angle)


@kernel
def draw_cells(cells, seed):
    """Encoders in all directions, rates of 200 to 400 Hz, intercepts from -1 to 0.9."""
    for i in range(cells.shape[0]):
        turn, rate = uniform_pair(seed, np.uint64(0), np.uint64(i))
        along, _ = uniform_pair(seed, np.uint64(1), np.uint64(i))
        intercept = -1.0 + 1.9 * along
        cells[i, 0], cells[i, 1] = math.cos(2.0 * math.pi * turn), math.sin(2.0 * math.pi * turn)
        cells[i, 2] = gain_of(200.0 + 200.0 * rate, intercept)
        cells[i, 3] = 1.0 - cells[i, 2] * intercept


@kernel
def look_at_disc(work):
    """Rates at all points, and their sums of products."""
    points = work.rates.shape[0]
    work.gram[:] = 0.0
    work.sums[:] = 0.0
    for k in range(points):
        x, y = place_on_disc(k)
        for i in range(MOST):
            rate = rate_of(work.cells[i], x, y)
            work.rates[k, i] = rate
            work.sums[i, 0] += rate * x
            work.sums[i, 1] += rate * y
            for j in range(i + 1):
                work.gram[i, j] += rate * work.rates[k, j]


@kernel
def decode(work, n, noise):
    """Decoders of the first n neurons; returns the roots of both parts of the error, and σ in Hz."""
    points, top = work.rates.shape[0], 0.0
    for k in range(points):
        for i in range(n):
            top = max(top, work.rates[k, i])
    sigma = noise * top
    solve_positive(work.gram, work.sums, n, points * sigma * sigma, work.factor, work.d)
    missed, size = 0.0, 0.0
    for k in range(points):
        x, y = place_on_disc(k)
        for i in range(n):
            x -= work.rates[k, i] * work.d[i, 0]
            y -= work.rates[k, i] * work.d[i, 1]
        missed += x * x + y * y
    for i in range(n):
        size += work.d[i, 0] ** 2 + work.d[i, 1] ** 2
    return math.sqrt(missed / points), sigma * math.sqrt(size), sigma


@kernel
def run_dragged_point(seen, work, x, y, neurons, noise, seed):
    """All sizes of the population, and what the one that was asked for says of the point."""
    n = int(neurons)
    draw_cells(work.cells, seed)
    look_at_disc(work)
    for k in range(seen.sizes.size):
        seen.sizes[k] = LEAST + EVERY * k
        seen.distortions[k], seen.noises[k], _ = decode(work, LEAST + EVERY * k, noise)
    seen.distortion[0], seen.noise_error[0], sigma = decode(work, n, noise)
    seen.circle[:] = math.nan
    seen.spokes[:] = math.nan
    seen.readings[:] = math.nan
    seen.at_x[:] = math.nan
    for k in range(CIRCLE):
        angle = 2.0 * math.pi * k / (CIRCLE - 1)
        seen.at_x[k], seen.circle[k] = math.cos(angle), math.sin(angle)
    begin, active, read_x, read_y = CIRCLE + 1, 0, 0.0, 0.0
    for i in range(n):
        rate = rate_of(work.cells[i], x, y)
        active += rate > 0.0
        read_x += rate * work.d[i, 0]
        read_y += rate * work.d[i, 1]
        at = begin + 3 * i
        seen.at_x[at], seen.spokes[at] = 0.0, 0.0
        seen.at_x[at + 1] = work.cells[i, 0] * rate / 400.0
        seen.spokes[at + 1] = work.cells[i, 1] * rate / 400.0
    begin += 3 * MOST
    for k in range(READ):
        noisy_x, noisy_y = read_x, read_y
        for i in range(n):
            wrong = sigma * normal(seed, np.uint64(2 + k), np.uint64(i))
            noisy_x += wrong * work.d[i, 0]
            noisy_y += wrong * work.d[i, 1]
        at = begin + 3 * k
        seen.at_x[at], seen.readings[at] = noisy_x - CROSS, noisy_y
        seen.at_x[at + 1], seen.readings[at + 1] = noisy_x + CROSS, noisy_y
    seen.read_x[0], seen.read_y[0], seen.active[0] = read_x, read_y, active
    seen.off[0] = math.sqrt((read_x - x) ** 2 + (read_y - y) ** 2)
