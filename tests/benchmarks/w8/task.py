"""W8: a network learns in spike times. Read by every worker, whatever its Python.

Two layers of neurons with alpha synapses that fire once or not at all, and the exact gradient back through
the times at which they do:

    v(t) = sum of w s exp(-K s) over all s = t - t_i - d > 0,    v = theta where a neuron fires.

With SpikeProp, XOR and the irises, every pair of neurons is joined over 16 delays d, the loss is half the
squared errors of the outputs, and a plain step follows the sum over all samples. Its weights count in peaks,
which are e K times as high: theta and the least slope are divided by that here. With the digits there is no
delay, two pulses with learnt times are inputs of each layer, the loss is the cross-entropy of the first
spike, a slope is cut off, and Adam takes a step every so many images. So it is with the Yin-Yang set, which
has a pulse.

A step of XOR and of the irises is so short that the weights hardly move: each call has the same to do.
Before times are taken, the spike times of the outputs and the gradients at the start must be those of a few
lines of NumPy, which look for each crossing by bisection. A tool whose neurons are others must learn: more
than half of the answers in the second half of an epoch, of three that are possible, are right.
"""

import functools
import math
import os
from typing import NamedTuple

import numpy as np

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "snnlab", "data")
DELAYS = np.arange(1.0, 17.0)  # ms
TAU = 7.0  # ms
CHECKED = 32  # samples whose gradient is compared, of sets with labels
BOUNDS = {"double": (1e-9, 1e-8), "single": (1e-4, 1e-3), "grid": (1e-2, 1e-2)}
"""By how much a spike time may be off, and by which fraction the gradient of a layer."""


class Case(NamedTuple):
    """All that a tool is told."""

    times: np.ndarray  # (samples, inputs), infinite for a silent one
    wanted: np.ndarray  # spike times, (samples, outputs), or labels, (samples,)
    weights: tuple  # of each layer, (post, pre * delays + pulses)
    pulses: np.ndarray  # (layers, pulses)
    delays: np.ndarray
    k: float
    theta: float
    least: float  # what the slope of a potential counts as at least
    cut: float  # the largest slope of a time that is believed
    push: float  # minus the gradient of a silent neuron's weights
    sharpness: float  # of the loss of the digits
    rate: float
    pulse_rate: float
    batch: int
    epochs: int  # in a call


def spikeprop_case(times, wanted, n_hidden, sums, neuron, epochs):
    """`sums` of the mean weights that reach a hidden and an output neuron; `neuron` has least slope, push."""
    rng, n_delays, height = np.random.default_rng(8), DELAYS.size, math.e / TAU
    sizes = (times.shape[1], n_hidden, wanted.shape[1])
    weights = tuple(
        rng.uniform(0.5, 1.5, (sizes[k + 1], sizes[k] * n_delays)) * sums[k] / sizes[k] for k in range(2)
    )
    return Case(
        times=times, wanted=wanted, weights=weights, pulses=np.zeros((2, 0)), delays=DELAYS, k=1.0 / TAU,
        theta=1.0 / height, least=neuron[0] / height, cut=math.inf, push=neuron[1], sharpness=1.0, rate=1e-7,
        pulse_rate=0.0, batch=len(times), epochs=epochs,
    )  # fmt: skip


def xor():
    """Four samples, three inputs, of which one always fires at 0, five hidden neurons."""
    bits = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    times = np.column_stack([np.where(bits == 1, 0.0, 6.0), np.zeros(4)])
    wanted = np.where(bits.sum(axis=1) == 1, 10.0, 16.0)[:, None]
    return spikeprop_case(times, wanted, 5, (0.3, 0.5), (0.0, 0.0), 100)


def iris():
    """Every second iris, four features in twelve Gaussian fields each, and an input that fires at 0."""
    with np.load(os.path.join(DATA, "iris.npz")) as data:
        values, labels = data["values"][::2].astype(float), data["labels"][::2]
    share = (values - values.min(axis=0)) / np.ptp(values, axis=0)
    centres = (np.arange(12) - 0.5) / 10.0
    response = np.exp(-0.5 * ((share[:, :, None] - centres) * 15.0) ** 2).reshape(len(values), -1)
    times = np.where(response > 0.1, 10.0 * (1.0 - response), math.inf)
    times = np.column_stack([times, np.zeros(len(times))])
    wanted = np.where(labels[:, None] == np.arange(3), 10.0, 16.0)
    heard = np.isfinite(times).mean()  # of all inputs this share fires
    return spikeprop_case(times, wanted, 10, (0.4 / heard, 0.6), (0.1, 1.0), 10)


def alpha_case(times, labels, hidden, means, spreads, pulses, numbers):
    """`means` and `spreads` of the weights of both layers; `numbers` differ from set to set."""
    rng, sizes = np.random.default_rng(8), (times.shape[1], hidden, int(labels.max()) + 1)
    weights = tuple(
        means[k] + spreads[k] * rng.normal(size=(sizes[k + 1], sizes[k] + pulses)) for k in range(2)
    )
    return Case(
        times=times, wanted=labels, weights=weights,
        pulses=np.tile(np.arange(1, pulses + 1) / (pulses + 1), (2, 1)), delays=np.zeros(1), least=0.0,
        cut=2.0, push=1.0, sharpness=5.0, epochs=1, **numbers,
    )  # fmt: skip


def yin_yang():
    """4992 points, x, y, 1 - x and 1 - y of each: yin 0, yang 1, a dot 2. 100 hidden neurons."""
    p = np.random.default_rng(9).random((10000, 2))
    left, right, centre = (np.hypot(p[:, 0] - x, p[:, 1] - 0.5) for x in (0.25, 0.75, 0.5))
    labels = np.where((p[:, 1] > 0.5) & (right > 0.25) | (left <= 0.25), 0, 1)
    labels[np.minimum(left, right) < 0.1] = 2
    inside = np.flatnonzero(centre <= 0.5)[:4992]
    numbers = {"k": 1.0, "theta": 0.4, "rate": 3e-3, "pulse_rate": 3e-3, "batch": 64}
    times = np.hstack([p, 1.0 - p])[inside]
    return alpha_case(times, labels[inside], 100, (1.0, 0.05), (0.8, 0.15), 1, numbers)


def digits():
    """1280 digits of 8 by 8 pixels: the more ink, the earlier the spike; 100 hidden neurons."""
    with np.load(os.path.join(DATA, "digits_8x8.npz")) as data:
        images, labels = data["images"][:1280], data["labels"][:1280]
    ink = images.reshape(len(images), -1) / 16.0
    times, spreads = np.where(ink > 0, 1.0 - ink, math.inf), (math.sqrt(2 / 166), math.sqrt(2 / 112))
    numbers = {"k": 0.5, "theta": 1.0, "rate": 1e-3, "pulse_rate": 1e-3, "batch": 8}
    return alpha_case(times, labels.astype(np.int64), 100, (0.054, 0.067), spreads, 2, numbers)


CASES = {"xor": xor, "iris": iris, "yin_yang": yin_yang, "digits": digits}


@functools.cache
def make(name):
    return CASES[name]()


def checked(case):
    """The samples whose times and gradients are compared."""
    return slice(0, CHECKED if case.wanted.ndim == 1 else None)


def told(precision, times, gradients):
    """An answer: spike times of the outputs, and the gradients of weights, then of pulses, layer by layer."""
    return {
        "precision": precision,
        "times": np.asarray(times, float).ravel().tolist(),
        "gradients": [np.asarray(part, float).ravel().tolist() for part in gradients],
    }


def neurons_fire(arrivals, w, case):
    """When each neuron of a layer fires, and the slope of its potential there."""
    a, b = np.zeros((2, len(w)))
    fired, rise = np.full(len(w), math.inf), np.zeros(len(w))
    order = [i for i in np.argsort(arrivals, kind="stable") if arrivals[i] < math.inf]
    for e, i in enumerate(order):
        b = b + w[:, i]
        gap = arrivals[order[e + 1]] - arrivals[i] if e + 1 < len(order) else math.inf
        with np.errstate(divide="ignore", invalid="ignore"):
            peak = np.where(b > 0, np.minimum(gap, 1 / case.k - a / b), 0.0)
        low, high = np.zeros(len(w)), peak
        new = (fired == math.inf) & (peak > 0) & ((a + b * peak) * np.exp(-case.k * peak) >= case.theta)
        for _ in range(60 if new.any() else 0):
            middle = 0.5 * (low + high)
            above = (a + b * middle) * np.exp(-case.k * middle) >= case.theta
            low, high = np.where(above, low, middle), np.where(above, middle, high)
        fired[new] = arrivals[i] + high[new]
        rise[new] = (b * np.exp(-case.k * high) - case.k * case.theta)[new]
        if gap < math.inf:
            a, b = (a + b * gap) * math.exp(-case.k * gap), b * math.exp(-case.k * gap)
    return fired, rise


def through_layer(fired, rise, pull, arrivals, w, case):
    """The gradient of a layer's weights, and that of the times at which its inputs arrive."""
    of_w, of_t = np.zeros_like(w), np.zeros(arrivals.size)
    for j in range(len(w)):
        if fired[j] == math.inf:  # the article's push reaches all weights, SpikeProp's those that were heard
            of_w[j] -= case.push * ((arrivals < math.inf) | (case.wanted.ndim == 1))
            continue
        before = arrivals < fired[j]
        s = fired[j] - arrivals[before]
        left = np.exp(-case.k * s) / max(rise[j], case.least)
        of_w[j, before] = pull[j] * np.clip(-s * left, -case.cut, case.cut)
        of_t[before] += pull[j] * np.clip(w[j, before] * (1 - case.k * s) * left, -case.cut, case.cut)
    return of_w, of_t


@functools.cache
def right(name):
    """Spike times of the outputs and gradients of the samples that are compared, one after another."""
    case = make(name)
    out, n_delays = [], case.delays.size
    gradients = [np.zeros_like(w) for w in case.weights] + [np.zeros_like(p) for p in case.pulses]
    for times, wanted in zip(case.times[checked(case)], case.wanted[checked(case)], strict=True):
        heard, spoke = [], []
        for w, pulses in zip(case.weights, case.pulses, strict=True):
            arrivals = np.concatenate([(times[:, None] + case.delays).ravel(), pulses])
            heard.append(arrivals)
            spoke.append(neurons_fire(arrivals, w, case))
            times = spoke[-1][0]
        out.append(times)
        if case.wanted.ndim == 1:
            shares = np.exp(-case.sharpness * (times - times.min()))
            pull = (np.arange(times.size) == wanted) - shares / shares.sum()
        else:
            pull = times - wanted
        for k in (1, 0):
            of_w, of_t = through_layer(*spoke[k], pull, heard[k], case.weights[k], case)
            inputs = of_t.size - case.pulses.shape[1]
            gradients[k] += of_w
            gradients[2 + k] += of_t[inputs:]
            pull = of_t[:inputs].reshape(-1, n_delays).sum(axis=1)
    return told("double", out, gradients)


def off(name, answer):
    """The largest error of a spike time, and the largest error of a gradient as a fraction of its length."""
    times, known = np.array(answer["times"]), np.array(right(name)["times"])
    if times.shape != known.shape or (np.isinf(times) != np.isinf(known)).any():
        return math.inf, math.inf
    heard, errors = np.isfinite(known), []
    for found, part in zip(answer["gradients"], right(name)["gradients"], strict=True):
        if len(found) != len(part):
            return math.inf, math.inf
        if part:
            errors.append(float(np.linalg.norm(np.subtract(found, part)) / np.linalg.norm(part)))
    return float(np.abs(times - known)[heard].max()), max(errors)


def wrong(name):
    """A function that says what is wrong with an answer."""

    def problem(answer):
        if answer["precision"] == "own":
            share = answer["right"]
            return "" if share > 0.5 else f"only {100 * share:.0f} % of its answers are right"
        errors, bounds = off(name, answer), BOUNDS[answer["precision"]]
        for what, error, bound in zip(("times", "gradients"), errors, bounds, strict=True):
            if not error <= bound:
                return f"the {what} of the spikes are off by {error:.1e}, more than {bound:.0e}"
        return ""

    return problem


def shown(name):
    """A function that says how exact a gradient is, or that a tool has a model of its own."""

    def words(answer):
        if answer["precision"] == "own":
            return f"another model, {100 * answer['right']:.0f} % right"
        return f"gradient to {off(name, answer)[1]:.0e}"

    return words
