"""W4: one step of training with surrogate gradients. Read by every worker, whatever its Python.

256 samples go through a network of current-based LIF neurons with a leaky readout, forwards and backwards;
then Adam changes the weights. Sparse: 100 inputs at 5 Hz, 100 hidden neurons, 2 classes, 200 steps. Latency:
784 inputs of which a fifth fire, once, 100 steps, 10 classes. Rate: each of the 784 fires in a tenth of the
steps.

Where a tool can say the model of SpyTorch exactly, its first loss must be that of a few lines of NumPy. The
layers of snnTorch, Norse, SpikingJelly and spyx are their own: they must have a finite loss of the same size,
and an error that reaches the weights from the inputs.
"""

import functools
import math

import numpy as np

ALPHA, BETA = math.exp(-1 / 5), math.exp(-1 / 10)
SCALE, RATE = 100.0, 2e-4  # of the surrogate; of Adam
BATCH = 256
SIZES = {  # inputs, hidden, outputs, steps, gain of the weights from the inputs
    "sparse": (100, 100, 2, 200, 7.0),
    "latency": (784, 100, 10, 100, 36.0),
    "rate": (784, 100, 10, 100, 3.6),
}


def make(name):
    """Spikes (samples, steps, inputs) as bool, labels, and weights with a row for each presynaptic neuron."""
    inputs, hidden, outputs, steps, gain = SIZES[name]
    rng = np.random.default_rng(4)
    if name == "latency":
        x = np.zeros((BATCH, steps, inputs), bool)
        sample, unit = np.nonzero(rng.random((BATCH, inputs)) < 0.2)
        x[sample, rng.integers(0, steps, sample.size), unit] = True
    else:
        x = rng.random((BATCH, steps, inputs), np.float32) < (0.005 if name == "sparse" else 0.1)
    labels = rng.integers(0, outputs, BATCH)
    w_in = rng.standard_normal((inputs, hidden)) * gain * (1 - BETA) / math.sqrt(inputs)
    w_out = rng.standard_normal((hidden, outputs)) * 7.0 * (1 - BETA) / math.sqrt(hidden)
    return x, labels, w_in.astype(np.float32), w_out.astype(np.float32)


@functools.cache
def first_loss(name):
    """The loss before the first step."""
    x, labels, w_in, w_out = make(name)
    current = np.zeros((BATCH, w_in.shape[1]), np.float32)
    v, j, y = np.zeros_like(current), np.zeros((BATCH, w_out.shape[1])), np.zeros((BATCH, w_out.shape[1]))
    best = y
    for t in range(x.shape[1]):
        s = (v > 1).astype(np.float32)
        arrived = x[:, t].astype(np.float32) @ w_in
        v, current = (BETA * v + current) * (1 - s), ALPHA * current + arrived
        y, j = BETA * y + j, ALPHA * j + s @ w_out
        best = np.maximum(best, y)
    shares = np.exp(best - best.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return float(-np.log(shares[np.arange(BATCH), labels]).mean())


def wrong(name):
    """A function that says what is wrong with an answer."""

    def problem(answer):
        loss = answer["loss"]
        if not answer["moved"] > 0:
            return "no error reaches the weights from the inputs"
        if answer["same_model"]:
            right = first_loss(name)
            # a potential that is 1 but for rounding may fire in one tool and not in another
            return "" if abs(loss - right) < 1e-3 * right else f"the loss is {loss:.5f}, not {right:.5f}"
        return "" if 0.1 < loss < 20 else f"the loss is {loss:.5f}, of another size"

    return problem
