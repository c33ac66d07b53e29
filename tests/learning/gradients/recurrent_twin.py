"""A recurrent network written a second time, with whole matrices, to be read and not to be quick."""

from typing import NamedTuple

import numpy as np

from snnlab.learning import Surrogate, logistic
from snnlab.learning.gradients.cell import BY_SUBTRACTION, LATE_SUBTRACTION, NO_RESET, TO_ZERO, Cell
from snnlab.learning.gradients.losses import AskedClasses, AskedValues, CrossEntropy, WantedSpikes
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork
from snnlab.networks import from_list

STEPS, INPUTS, HIDDEN, OUTPUTS, SAMPLES = 25, 4, 6, 3, 3
SURROGATE = Surrogate(logistic, width=0.4, through_reset=True)
RNG = np.random.default_rng(7)
TRIAL = (SAMPLES, STEPS)
LOSSES = {
    "largest": CrossEntropy(),
    "mean": CrossEntropy("mean"),
    "last": CrossEntropy("last"),
    "classes": AskedClasses(np.where(RNG.random(TRIAL) < 0.3, RNG.integers(0, OUTPUTS, TRIAL), -1)),
    "values": AskedValues(RNG.normal(0, 1, (*TRIAL, OUTPUTS)), RNG.random(TRIAL) < 0.5),
    "spikes": WantedSpikes(1.0 * (RNG.random((*TRIAL, HIDDEN)) < 0.2), tau=5.0),
    "windows": AskedClasses(np.where(np.arange(STEPS) % 7 == 6, RNG.integers(0, OUTPUTS, TRIAL), -1), 7),
}


class Twin(NamedTuple):
    """Everything that happened to one sample."""

    v: np.ndarray  # (steps + 1, hidden)
    theta: np.ndarray  # (steps, hidden)
    s: np.ndarray  # (steps, hidden)
    y: np.ndarray  # (steps + 1, outputs)


def forward(network, x, spike=lambda x: 1.0 * (x > 0), given=None) -> Twin:
    """The network as its equations stand; the resets of the run `given` are used instead, if there is one."""
    cell, steps, n = network.cell, len(x), len(network.w_in)
    v, b, i = (np.zeros((steps + 1, n)) for _ in range(3))
    theta, s, hard = (np.zeros((steps, n)) for _ in range(3))
    y, j = (np.zeros((steps + 1, len(network.w_out))) for _ in range(2))
    by_delay = {}
    if network.recurrent is not None:
        for pre, post, w, delay in zip(*network.recurrent[:4], strict=True):
            matrix = by_delay.setdefault(round(delay / network.dt), np.zeros((n, n)))
            matrix[post, pre] += w
    for t in range(steps):
        theta[t] = cell.threshold + cell.beta_a * b[t]
        x_t = (v[t] - theta[t]) / theta[t]
        free = np.array([not hard[max(0, t - k) : t, m].any() for m, k in enumerate(cell.refractory)])
        hard[t], s[t] = free & (x_t > 0), free * spike(x_t)
        z = network.w_in @ x[t]
        for late, matrix in by_delay.items():
            if t >= late:
                z = z + matrix @ s[t - late]
        u = cell.beta * v[t] + i[t]
        now, thresholds = (s, theta) if given is None else (given.s, given.theta)
        before = now[t - 1] if t else np.zeros(n)
        v[t + 1] = np.select(
            [cell.reset == kind for kind in (TO_ZERO, BY_SUBTRACTION, LATE_SUBTRACTION, NO_RESET)],
            [u * (1 - now[t]), u - now[t] * thresholds[t], u - before * thresholds[t], u],
        )
        b[t + 1] = cell.rho * b[t] + (1 - cell.rho) * s[t]
        i[t + 1] = cell.alpha * i[t] + cell.gain * z
        y[t + 1] = network.beta_out * y[t] + j[t]
        j[t + 1] = network.alpha_out * j[t] + network.gain_out * network.w_out @ s[t]
    return Twin(v, theta, s, y)


def tangents(network, x, surrogate, spike=None):
    """The readout of each step, and its derivative by every weight, carried along from the first step.

    Spikes are those of `spike` if it is given, else 0 and 1. Product rule in every line, and no transpose.
    """
    cell = network.cell
    run = forward(network, x, *([lambda x: spike(x, surrogate.width)] if spike else []))
    steps, (n, inputs), outputs, lines = len(x), network.w_in.shape, len(network.w_out), network.recurrent
    sizes = (network.w_in.size, network.w_out.size, lines.w.size)
    at_in, at_out, at_rec, total = 0, sizes[0], sizes[0] + sizes[1], sum(sizes)
    late = np.rint(lines.delay / network.dt).astype(int)
    dv, db, di = (np.zeros((n, total)) for _ in range(3))
    dy, dj, found = np.zeros((outputs, total)), np.zeros((outputs, total)), []
    i, ds, crossed = np.zeros(n), np.zeros((steps, n, total)), np.zeros((steps, n), bool)
    through = 1.0 * surrogate.through_reset
    before, d_before = np.zeros(n), np.zeros((n, total))
    for t in range(steps):
        v, theta, s, d_theta = run.v[t], run.theta[t], run.s[t], cell.beta_a[:, None] * db
        distance = v / theta - 1
        d_distance = dv / theta[:, None] - (v / theta**2)[:, None] * d_theta
        free = np.array([not crossed[max(0, t - k) : t, m].any() for m, k in enumerate(cell.refractory)])
        crossed[t] = free & (distance > 0)
        slope = free * surrogate.height * surrogate.shape(distance, surrogate.width)
        ds[t] = slope[:, None] * d_distance
        z, dz = network.w_in @ x[t], np.zeros((n, total))
        for m in range(n):
            dz[m, at_in + m * inputs : at_in + (m + 1) * inputs] = x[t]
        for k, (pre, post, w) in enumerate(zip(*lines[:3], strict=True)):
            if t >= late[k]:
                z[post] += w * run.s[t - late[k], pre]
                dz[post] += w * ds[t - late[k], pre]
                dz[post, at_rec + k] += run.s[t - late[k], pre]
        u, du = cell.beta * v + i, cell.beta[:, None] * dv + di
        s_, u_, theta_, before_ = s[:, None], u[:, None], theta[:, None], before[:, None]
        dv = np.select(
            [(cell.reset == kind)[:, None] for kind in (TO_ZERO, BY_SUBTRACTION, LATE_SUBTRACTION)],
            [
                (1 - s_) * du - through * u_ * ds[t],
                du - through * (theta_ * ds[t] + s_ * d_theta),
                du - through * (theta_ * d_before + before_ * d_theta),
            ],
            du,
        )
        db = cell.rho[:, None] * db + (1 - cell.rho)[:, None] * ds[t]
        i, di = cell.alpha * i + cell.gain * z, cell.alpha[:, None] * di + cell.gain[:, None] * dz
        dy, told = network.beta_out * dy + dj, network.w_out @ ds[t]
        for k in range(outputs):
            told[k, at_out + k * n : at_out + (k + 1) * n] += s
        dj = network.alpha_out * dj + network.gain_out * told
        before, d_before = s, ds[t]
        found.append(dy)
    parts = np.split(np.array(found), [at_out, at_rec], axis=2)
    shapes = {"w_in": (n, inputs), "w_out": (outputs, n), "w_rec": (lines.w.size,)}
    slopes = {
        name: part.reshape(steps, outputs, *shape)
        for part, (name, shape) in zip(parts, shapes.items(), strict=True)
    }
    return run.y[1:], slopes


def task(seed=39):
    """Inputs, and a network of six neurons, each of another kind; autapses, and two synapses of a pair."""
    rng = np.random.default_rng(seed)
    x = 1.0 * (rng.random((SAMPLES, STEPS, INPUTS)) < 0.3)
    cell = Cell(
        alpha=np.array([0.8, 0.5, 0.0, 0.7, 0.6, 0.0]),
        beta=np.array([0.9, 0.8, 1.0, 0.85, 0.9, 0.7]),
        gain=np.array([1.0, 0.5, 1.0, 1.0, -0.8, 1.0]),
        threshold=np.array([1.0, 0.7, 1.0, 1.2, 1.0, 0.8]),
        rho=np.array([0.9, 0.8, 0.0, 0.7, 0.95, 0.5]),
        beta_a=np.array([0.5, 0.8, 0.0, 1.0, 1.5, 0.4]),
        refractory=np.array([0, 2, 1, 0, 3, 0]),
        reset=np.array([
            TO_ZERO,
            BY_SUBTRACTION,
            BY_SUBTRACTION,
            NO_RESET,
            LATE_SUBTRACTION,
            LATE_SUBTRACTION,
        ]),
    )
    pre, post = np.array([2, 0, 1, 3, 3, 0, 5, 4, 4, 1]), np.array([1, 3, 0, 2, 3, 1, 4, 5, 0, 0])
    late = np.array([0.0, 1.5, 6.0, 3.0, 4.5, 0.0, 1.5, 0.0, 9.0, 1.5])
    lines = from_list(pre, post, rng.normal(0, 1, 10), late, n_pre=HIDDEN, n_post=HIDDEN)
    w_in, w_out = rng.normal(0, 1.2, (HIDDEN, INPUTS)), rng.normal(0, 1, (OUTPUTS, HIDDEN))
    network = RecurrentNetwork(cell, w_in, w_out, lines, alpha_out=0.5, beta_out=0.8, gain_out=0.7, dt=1.5)
    return x, rng.integers(0, OUTPUTS, SAMPLES), network


def moved(network, name, place, by):
    """The network with one weight moved."""
    if name == "w_rec":
        w = network.recurrent.w.copy()
        w[place] += by
        return network._replace(recurrent=network.recurrent._replace(w=w))
    w = getattr(network, name).copy()
    w[place] += by
    return network._replace(**{name: w})


def differences(function, network, step=3e-6):
    """Central differences of `function` by every weight."""
    shapes = {"w_in": network.w_in.shape, "w_out": network.w_out.shape, "w_rec": network.recurrent.w.shape}
    found = {}
    for name, shape in shapes.items():
        found[name] = np.zeros(shape)
        for place in np.ndindex(shape):
            up, down = (function(moved(network, name, place, sign * step)) for sign in (1, -1))
            found[name][place] = (up - down) / (2 * step)
    return found


def furthest(gradient, expected):
    """The largest difference of an entry, as a fraction of the largest entry of its array."""
    return max(
        np.abs(getattr(gradient, name) - right).max() / np.abs(right).max()
        for name, right in expected.items()
        if right.any()
    )
