r"""Learning online: samples come one after the other, each is learnt from at its end, and then forgotten.

Each input leaves a trace $x_j$ that jumps by 1 at its spikes and decays with $\tau$; an output adds up the
traces by its weights, $y_k = \sum_j w_{kj} x_j$. The class with the largest $y$, summed over all steps, is
the answer. Then the label comes, $d_k = 1$ for the right class and 0 for the others, and each weight moves by

$$ \Delta w_{kj} = \eta \sum_t (d_k - q_k)\, x_j, \qquad q_k = \frac{e^{y_k}}{\sum_i e^{y_i}} $$

which is $-\eta$ times the gradient of the cross-entropy, summed over the steps. Two running sums are enough,
$\sum_t x_j$ and $\sum_t q_k x_j$: what has to be kept does not grow with the trial. Backpropagation through
time comes to the same gradient from the trace and the output of every step, which it keeps until the end.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative, positive, whole
from snnlab.compiling import kernel
from snnlab.foreign_arrays import as_array
from snnlab.learning.samples import Samples, check_samples, valid_samples

__all__ = ["Online", "learn_online", "learn_online_from_numbers"]


class Online(NamedTuple):
    """How the learner fared.

    Examples
    --------
    >>> print(Online(np.array([False, True]), np.zeros((2, 3)), kept=10, of_all_steps=50).right.mean())
    0.5
    """

    right: np.ndarray
    """Whether each sample was answered right, before it was learnt from; bool, shape (samples,)."""
    w: np.ndarray
    """The weights at the end, shape (classes, inputs)."""
    kept: int
    """Numbers that the rule keeps of a sample, beside the weights."""
    of_all_steps: int
    """Numbers that are kept where the gradient goes back through all steps."""


def learn_online(
    samples: Samples,
    classes: int,
    eta: float = 0.01,
    tau: float = 20.0,
    dt: float = 1.0,
    *,
    until: int | None = None,
) -> Online:
    """Answer each sample, then learn from it.

    Parameters
    ----------
    samples
        Spikes and labels, in the order in which they come.
    classes : int
        How many there are.
    eta : float
        Learning rate η.
    tau, dt : float
        Time constant of the traces and time step, ms.
    until : int, optional
        How many samples are learnt from; later ones are only answered. All, if left out.

    Examples
    --------
    >>> from snnlab.learning import samples_from_times
    >>> samples = samples_from_times([[1.0, np.inf], [np.inf, 1.0]] * 3, [0, 1] * 3, steps=10)
    >>> learn_online(samples, 2).right  # of two it knows nothing
    array([ True, False,  True,  True,  True,  True])
    """
    classes, eta = whole("classes", classes, 2), non_negative("eta", eta)
    samples = valid_samples(samples)
    samples = check_samples(samples, samples.n_inputs, classes)
    decay = math.exp(-positive("dt", dt) / positive("tau", tau))
    until = samples.n_samples if until is None else whole("until", until)
    w, right = np.zeros((classes, samples.n_inputs)), np.zeros(samples.n_samples, np.bool_)
    room = np.zeros((classes + 2, samples.n_inputs)), np.zeros((3, classes))
    run_online(w, samples.units, samples.start, samples.labels, decay, eta, until, *room, right)
    kept, each_step = room[0].size + room[1].size, samples.n_inputs + classes
    return Online(right, w, kept, samples.steps * each_step)


def learn_online_from_numbers(
    x: ArrayLike, labels: ArrayLike, classes: int, eta: float = 0.2, *, until: int | None = None
) -> Online:
    """The same rule without spikes and without time: a sample is one step, and its trace is the sample.

    Parameters
    ----------
    x : array of shape (samples, inputs)
        The samples, in the order in which they come.
    labels : array of int, shape (samples,)
        Their classes.
    classes, eta, until
        As for `learn_online`.

    Examples
    --------
    >>> learn_online_from_numbers([[1, 0], [0, 1]] * 2, [0, 1] * 2, 2).right
    array([ True, False,  True,  True])
    """
    classes, eta = whole("classes", classes, 2), non_negative("eta", eta)
    x, shown = finite_array("x", x, (2,), "(samples, inputs)"), as_array("labels", labels)
    if shown.shape != (len(x),) or shown.dtype.kind not in "iu":
        raise ValueError(f"labels must be {len(x)} whole numbers, one a sample, got shape {shown.shape}")
    if shown.size and not 0 <= shown.min() <= shown.max() < classes:
        raise ValueError(f"labels must be from 0 to {classes - 1}, got {shown.min()} to {shown.max()}")
    until = len(x) if until is None else whole("until", until)
    w, right = np.zeros((classes, x.shape[1])), np.zeros(len(x), np.bool_)
    for m, (sample, label) in enumerate(zip(x, shown, strict=True)):
        y = w @ sample
        right[m] = y.argmax() == label
        if m < until:
            q = np.exp(y - y.max())
            w += eta * np.outer((np.arange(classes) == label) - q / q.sum(), sample)
    return Online(right, w, x.shape[1] + classes, x.shape[1] + classes)


@kernel
def shares(y, q):
    """Softmax: each output's share of the sum of all exponentials."""
    largest, total = y.max(), 0.0
    for k in range(y.size):
        q[k] = math.exp(y[k] - largest)
        total += q[k]
    for k in range(y.size):
        q[k] /= total


@kernel
def listen(w, units, start, decay, sums, outputs):
    """One sample, with the weights held: all running sums."""
    trace, whole_trace, with_share = sums[0], sums[1], sums[2:]
    y, q, score = outputs[0], outputs[1], outputs[2]
    sums[:] = 0.0
    score[:] = 0.0
    for t in range(start.size - 1):
        for j in range(trace.size):
            trace[j] *= decay
        for s in range(start[t], start[t + 1]):
            trace[units[s]] += 1.0
        for k in range(y.size):
            y[k] = 0.0
            for j in range(trace.size):
                y[k] += w[k, j] * trace[j]
            score[k] += y[k]
        shares(y, q)
        for j in range(trace.size):
            whole_trace[j] += trace[j]
            for k in range(y.size):
                with_share[k, j] += q[k] * trace[j]


@kernel
def run_online(w, units, start, labels, decay, eta, until, sums, outputs, right):
    """Sample by sample: listen, answer, learn."""
    for m in range(labels.size):
        listen(w, units, start[m], decay, sums, outputs)
        right[m] = outputs[2].argmax() == labels[m]
        if m < until:
            for k in range(w.shape[0]):
                taught = 1.0 if k == labels[m] else 0.0
                for j in range(w.shape[1]):
                    w[k, j] += eta * (taught * sums[1, j] - sums[2 + k, j])
