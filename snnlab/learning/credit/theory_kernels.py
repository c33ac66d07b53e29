r"""What each theory of credit tells the weights, as kernels for one sample.

Each adds its share, times `factor`, to an update ``told[layer, post, pre]``; arrays are those of
`padded_layers`, ``ends`` holds an input and a target, and ``work[row, layer, unit]`` is room. The equations
stand in `predictive_coding`, `feedback_settling`, `feedback_alignment`, `target_propagation`,
`dendritic_error`, `weight_mirror` and `kolen_pollack`, whose functions are the readable twins. Hidden units
are units of tanh, interneurons of the dendritic error guess right, and noise is drawn by counting.
"""

import math

from snnlab.compiling import kernel
from snnlab.learning.credit.padded_layers import forward, send_back, steepness, weighted, weighted_back
from snnlab.learning.credit.predictive_relaxation import begin, find_errors, relax
from snnlab.learning.credit.settling_kernels import add_contrast, settle_sample
from snnlab.random import normal

__all__ = [
    "add_dendritic",
    "add_direct",
    "add_predictive",
    "add_sent_back",
    "add_settled",
    "add_target",
    "learn_inverses",
    "mirror",
]


@kernel
def add_products(told, errors, heard, factor):
    """Add δ hᵀ of all layers."""
    for layer in range(told.shape[0]):
        for post in range(told.shape[1]):
            for pre in range(told.shape[2]):
                told[layer, post, pre] += factor * errors[layer, post] * heard[layer, pre]


@kernel
def show(w, ends, h):
    """What the network alone answers to the input."""
    for k in range(h.shape[1]):
        h[0, k] = ends[0, k]
    forward(w, h, False)


@kernel
def add_sent_back(told, w, down, ends, work, factor):
    """Backpropagation if `down` are the transposes, feedback alignment if they are not."""
    h, errors = work[0], work[1, : w.shape[0]]
    show(w, ends, h)
    send_back(down, h, ends[1], errors, False)
    add_products(told, errors, h, factor)


@kernel
def add_direct(told, w, down, ends, work, factor):
    """Direct feedback alignment: each hidden layer hears of the output's error, through its own weights."""
    last, h = w.shape[0], work[0]
    errors = work[1, :last]
    show(w, ends, h)
    for k in range(h.shape[1]):
        errors[last - 1, k] = h[last, k] - ends[1, k]
    for layer in range(last - 1):
        for k in range(h.shape[1]):
            came = weighted(down[layer], errors[last - 1], k)
            errors[layer, k] = steepness(h[layer + 1, k], False) * came
    add_products(told, errors, h, factor)


@kernel
def add_predictive(told, w, true_down, ends, work, variance, steps, rate, factor):
    """Predictive coding after so many steps of relaxation."""
    heard, values, errors = work[1], work[2], work[4, : w.shape[0]]
    begin(work, w, true_down, ends, False)
    find_errors(w, heard, values, errors, variance)
    for _ in range(steps):
        relax(w, heard, values, errors, False, rate)
        find_errors(w, heard, values, errors, variance)
    add_products(told, errors, heard, -variance * factor)


@kernel
def add_settled(told, w, ends, work, beta, gamma, sweeps, factor):
    """Two settled states compared: free and nudged, or clamped if beta is infinite."""
    free, held = work[0], work[1]
    show(w, ends, free)
    settle_sample(w, free, ends[1], 0.0, gamma, sweeps)
    for layer in range(free.shape[0]):
        for k in range(free.shape[1]):
            held[layer, k] = free[layer, k]
    settle_sample(w, held, ends[1], beta, gamma, sweeps)
    add_contrast(told, free, held, gamma, factor if math.isinf(beta) else factor / beta)


@kernel
def add_target(told, w, inverse, ends, work, step, factor):
    """Difference target propagation; `inverse` leads down."""
    last, h, wanted = w.shape[0], work[0], work[1]
    errors = work[2, :last]
    show(w, ends, h)
    for k in range(h.shape[1]):
        errors[last - 1, k] = h[last, k] - ends[1, k]
        wanted[last, k] = h[last, k] - step * errors[last - 1, k]
    for layer in range(last - 1, 0, -1):
        for k in range(h.shape[1]):
            should = math.tanh(weighted(inverse[layer - 1], wanted[layer + 1], k))
            change = should - math.tanh(weighted(inverse[layer - 1], h[layer + 1], k))
            wanted[layer, k] = h[layer, k] + change
            errors[layer - 1, k] = -steepness(h[layer, k], False) * change / step
    add_products(told, errors, h, factor)


@kernel
def add_dendritic(told, w, ends, work, pull, apical, sweeps, factor):
    """Dendritic errors after so many sweeps from the output down, with self-predicting interneurons."""
    last, h, surprise = w.shape[0], work[0], work[1, 0]
    errors = work[2, :last]
    show(w, ends, h)
    for _ in range(sweeps):
        for k in range(h.shape[1]):
            h[last, k] = (1.0 - pull) * weighted(w[last - 1], h[last - 1], k) + pull * ends[1, k]
        for layer in range(last - 1, 0, -1):
            for k in range(h.shape[1]):
                surprise[k] = h[layer + 1, k] - said(w, h, layer + 1, k)
            for k in range(h.shape[1]):
                came = apical * weighted_back(w[layer], surprise, k)
                h[layer, k] = math.tanh(weighted(w[layer - 1], h[layer - 1], k) + came)
    for layer in range(1, last + 1):
        share = pull * apical ** (last - layer)
        for k in range(h.shape[1]):
            errors[layer - 1, k] = (said(w, h, layer, k) - h[layer, k]) / share
    add_products(told, errors, h, factor)


@kernel
def said(w, h, layer, unit):
    """What a unit would say to its base alone."""
    u = weighted(w[layer - 1], h[layer - 1], unit)
    return u if layer == w.shape[0] else math.tanh(u)


@kernel
def mirror(down, w, sizes, work, samples, noise, rate, seed, first):
    """One step of a weight mirror that forgets as fast as it learns; samples of noise count from `first`."""
    xi, answer = work[0, 0], work[0, 1]
    for layer in range(down.shape[0]):
        for k in range(down.shape[1]):
            for m in range(down.shape[2]):
                down[layer, k, m] *= 1.0 - rate
        xi[:] = 0.0
        for n in range(samples):
            for k in range(sizes[layer]):
                xi[k] = normal(seed, layer * xi.size + k, first + n)
            for m in range(answer.size):
                u = noise * weighted(w[layer + 1], xi, m)
                answer[m] = u if layer == down.shape[0] - 1 else math.tanh(u)
            for k in range(sizes[layer]):
                for m in range(answer.size):
                    down[layer, k, m] += rate * xi[k] * answer[m] / (samples * noise)


@kernel
def learn_inverses(inverse, change, w, sizes, ends, work, noise, rate, seed, first):
    """One step of inverses that learn from noise, over the whole batch; `change` is room."""
    samples, h = ends.shape[0], work[0]
    said_by, answer, missed = work[1, 0], work[1, 1], work[1, 2]
    change[:, :, :] = 0.0
    for n in range(samples):
        show(w, ends[n], h)
        for layer in range(inverse.shape[0]):
            said_by[:] = 0.0
            for k in range(sizes[layer]):
                said_by[k] = h[layer + 1, k] + noise * normal(seed, layer * said_by.size + k, first + n)
            for m in range(answer.size):
                u = weighted(w[layer + 1], said_by, m)
                answer[m] = u if layer == inverse.shape[0] - 1 else math.tanh(u)
            for k in range(missed.size):
                guess = math.tanh(weighted(inverse[layer], answer, k))
                missed[k] = steepness(guess, False) * (guess - said_by[k])
                for m in range(answer.size):
                    change[layer, k, m] += missed[k] * answer[m] / samples
    for layer in range(inverse.shape[0]):
        for k in range(inverse.shape[1]):
            for m in range(inverse.shape[2]):
                inverse[layer, k, m] -= rate * change[layer, k, m]
