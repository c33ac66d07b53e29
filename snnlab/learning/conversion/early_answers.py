r"""When a spiking network answers, and what its lower layer knows by then.

A converted network looks at images: in each step of 1 ms a pixel of brightness $x$ fires with the chance
$x\,p$. Hidden neurons and outputs add up, and pass on what they fire one step later. The answer is the output
that has fired most so far; of two that have fired as often, the one that came there first. Nothing waits for
anything to be finished: that is called *pseudo-simultaneous*.

A hidden spike stands for $\theta$: it comes at a threshold of $\theta$ instead of 1, and is heard with
$\theta$ times the weight. With a smaller $\theta$ there are more of them, and each says less.

Three things stand beside it. The *deep* network with the same weights is asked after each step, given the
rates that have been counted until then. *Layer after layer* is the same spiking network with the same spikes,
but outputs that hear nothing before the hidden layer has had half of the time: then they hear it all, in the
other half. So its answer after $t$ is that of the network after $t/2$. And *unsettled* says how far the
hidden rates, counted until then, are from where they go, the activations $a$ of the deep network:

$$ \frac{\lVert \theta\, n_t / (p\, t) - a \rVert}{\lVert a \rVert} $$

Source of the claim: M. Pfeiffer and T. Pfeil (2018), Frontiers in Neuroscience 12, 774.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import checked, finite_array, positive, whole
from snnlab.compiling import kernel
from snnlab.foreign_arrays import as_array
from snnlab.learning.conversion.counting_weights import CountingWeights
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["EarlyAnswers", "early_answers"]

NEARLY = 0.95  # of the final accuracy
PER_STEP = 1000.0  # Hz: a spike in each step of 1 ms


class EarlyAnswers(NamedTuple):
    """What the networks answer after each step, and when it is nearly what it will be.

    Examples
    --------
    >>> [name for name in EarlyAnswers._fields if name.endswith("latency")]
    ['latency', 'deep_latency', 'late_latency']
    """

    accuracy: np.ndarray
    """Of the spiking network after each step of 1 ms, %. Who has not answered yet is wrong."""
    deep: np.ndarray
    """Of the deep network that is asked after each step, %."""
    late: np.ndarray
    """Of the spiking network that goes layer after layer, %."""
    unsettled: np.ndarray
    """How far the hidden rates are from where they go, %, mean over the images."""
    operations: np.ndarray
    """Synaptic operations of an image until the end of each step, on average."""
    times: Annotated[np.ndarray, "n"]
    """Spike times of the image that is shown, ms."""
    rows: Annotated[np.ndarray, "n"]
    """Who fired: outputs first, then hidden neurons."""
    n: int
    """Spikes that are shown."""
    final: float
    """Accuracy of the spiking network at the end, %."""
    deep_final: float
    """Of the deep network at the end, %."""
    latency: float
    """From here on the spiking network has at least 95 % of its final accuracy, ms; NaN without any."""
    deep_latency: float
    """The same for the deep network that is asked after each step; NaN likewise."""
    late_latency: float
    """The same for the network that goes layer after layer, however long it needs; NaN likewise."""
    first: float
    """When the first output spike comes, ms, on average over the images that have one; NaN if none has."""
    first_unsettled: float
    """How far the hidden rates are then from where they go, %, on average over the same; NaN likewise."""
    first_right: float
    """How many per cent of the first output spikes name the right class; NaN likewise."""
    latency_unsettled: float
    """How far the hidden rates are from where they go at the latency, %; NaN without one."""
    latency_operations: float
    """Synaptic operations until the latency; NaN without one."""
    final_operations: float
    """Synaptic operations until the end."""
    inputs: float
    """Input spikes of an image until the end, on average."""


class Work(NamedTuple):
    """What an image is worked on in."""

    hidden: np.ndarray  # rows: potential, spikes so far, all that came in, where its rate goes
    outputs: np.ndarray  # rows: potential, spikes so far, what the deep network says
    fired: np.ndarray  # hidden neurons that fired in the step before
    spoke: np.ndarray  # 1 for an output that has fired in this step


def early_answers(
    network: CountingWeights,
    x: ArrayLike,
    labels: ArrayLike,
    rate: float = 200.0,
    theta: float = 1.0,
    *,
    steps: int = 200,
    image: int = 0,
    rng: np.random.Generator | np.uint64,
) -> EarlyAnswers:
    """Show images to a converted network and look at its answers after each step.

    Parameters
    ----------
    network
        What `counting_weights` made.
    x : array of shape (images, inputs)
        Brightness, between 0 and 1.
    labels : array of int, shape (images,)
        What they show.
    rate : float
        Of a white pixel, above 0 and at most 1000 Hz.
    theta : float
        What a hidden spike stands for, above 0.
    steps : int
        How long, in ms.
    image : int
        Whose spikes are shown.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> network = CountingWeights(np.eye(2), np.zeros(2), np.eye(2), np.zeros(2))  # passes on what it sees
    >>> seen = early_answers(network, np.eye(2), [0, 1], 1000, steps=8, rng=np.uint64(1))
    >>> seen.accuracy  # a spike a step: the hidden neuron in the first, the output in the second
    array([  0., 100., 100., 100., 100., 100., 100., 100.])
    """
    network = checked("network", network, CountingWeights)
    x, labels = shown(network, x, labels)
    rate, theta = positive("rate", rate), positive("theta", theta)
    if rate > PER_STEP:
        raise ValueError(f"rate must be at most {PER_STEP:g} Hz, a spike in each step, got {rate:g}")
    steps, image = whole("steps", steps, 1), whole("image", image)
    if image >= len(x):
        raise ValueError(f"image must be below {len(x)}, the number of images, got {image}")
    seen = recorded(steps, *network.w_out.shape)
    room, one = work(*network.w_out.shape), 1.0  # of a threshold, and white
    run_early(seen, *network, room, x, labels, one, one, rate, theta, image, seed_from(rng))
    return read(seen)


def shown(network: CountingWeights, x: ArrayLike, labels: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Images and labels that fit to the network."""
    x = finite_array("x", x, (2,), "(images, inputs)")
    if not len(x) or x.shape[1] != len(network.w_in):
        raise ValueError(
            f"x must have shape (images, {len(network.w_in)}), one image at least, got {x.shape}"
        )
    if x.min() < 0 or x.max() > 1:
        raise ValueError(f"x must be between 0 and 1, got {x.min():g} to {x.max():g}")
    classes = as_array("labels", labels)
    if classes.shape != (len(x),) or classes.dtype.kind not in "iu":
        raise ValueError(f"labels must be {len(x)} whole numbers, one an image, got shape {classes.shape}")
    return x, classes.astype(np.int32)


def recorded(steps: int, hidden: int, outputs: int) -> EarlyAnswers:
    """A blank record."""
    lines = dict.fromkeys(("accuracy", "deep", "late", "unsettled", "operations"), steps)
    return blank(EarlyAnswers, **lines, **dict.fromkeys(("times", "rows"), steps * (hidden + outputs)))


def work(hidden: int, outputs: int) -> Work:
    """Room for the work on an image."""
    return Work(
        np.zeros((4, hidden)), np.zeros((3, outputs)), np.zeros(hidden, np.int32), np.zeros(outputs, np.int32)
    )


@kernel
def look(work, net, x, white):
    """Everything at 0, and where the hidden rates go, with their norm."""
    hidden, outputs = work.hidden, work.outputs
    outputs[:] = 0.0
    hidden[:] = 0.0
    norm = 0.0
    for h in range(hidden.shape[1]):
        hidden[3, h] = net.b_hidden[h]
    for j in range(x.size):
        if x[j] > 0:
            for h in range(hidden.shape[1]):
                hidden[3, h] += x[j] / white * net.w_in[j, h]
    for h in range(hidden.shape[1]):
        hidden[3, h] = max(0.0, hidden[3, h])
        norm += hidden[3, h] ** 2
    return math.sqrt(norm)


@kernel
def hear(work, net, unit, theta, p, n_fired, leader):
    """The outputs hear the hidden spikes of the step before; returns who leads now."""
    v, count = work.outputs[0], work.outputs[1]
    for k in range(v.size):
        v[k] += p * net.b_out[k]
    for f in range(n_fired):
        weights = net.w_out[work.fired[f]]
        for k in range(v.size):
            v[k] += theta * weights[k]
    for k in range(v.size):
        work.spoke[k] = v[k] >= unit
        if work.spoke[k]:
            v[k] -= unit
            count[k] += 1.0
    for k in range(v.size):  # only now: of two that fire in this step neither is the earlier one
        if count[k] > (count[leader] if leader >= 0 else 0.0):
            leader = k
    return leader


@kernel
def see(work, net, unit, x, white, theta, p, seed, image, t):
    """The hidden neurons hear the pixels of this step; returns the input spikes, and how many fired."""
    v, count, total, fired = work.hidden[0], work.hidden[1], work.hidden[2], work.fired
    heard, n_fired = 0, 0
    for h in range(v.size):
        v[h] += p * net.b_hidden[h]
    for j in range(x.size):
        if x[j] > 0 and uniform(seed, np.uint64(image), np.uint64(t * x.size + j)) < p * (x[j] / white):
            heard += 1
            for h in range(v.size):
                v[h] += net.w_in[j, h]
                total[h] += net.w_in[j, h]
    for h in range(v.size):
        if v[h] >= theta * unit:
            v[h] -= theta * unit
            count[h] += 1.0
            fired[n_fired] = h
            n_fired += 1
    return heard, n_fired


@kernel
def ask_deep(work, net, unit, scale):
    """What the deep network says to the rates that have been counted; `scale` makes rates of counts."""
    y = work.outputs[2]
    for k in range(y.size):
        y[k] = unit * net.b_out[k]
    for h in range(net.b_hidden.size):
        active = work.hidden[2, h] * scale + net.b_hidden[h]
        if active > 0.0:
            for k in range(y.size):
                y[k] += active * net.w_out[h, k]
    return y.argmax()


@kernel
def apart(work, unit, norm, scale):
    """How far the hidden rates are from where they go, as a fraction; `scale` makes rates of counts."""
    total = 0.0
    for h in range(work.hidden.shape[1]):
        total += (work.hidden[1, h] * scale * unit - work.hidden[3, h]) ** 2
    return math.sqrt(total) / norm if norm > 0.0 else 0.0


@kernel
def reached(line):
    """From which step on a line has at least 95 % of its last value, counted from 1; NaN if that is 0."""
    first = line.size
    while first > 0 and line[first - 1] >= NEARLY * line[-1]:
        first -= 1
    return first + 1.0 if line[-1] > 0.0 else math.nan


@kernel
def show(seen, work, n, t, n_fired):
    """The spikes of this step into the raster; returns how many it has now."""
    n_out = work.spoke.size
    for k in range(n_out):
        if work.spoke[k]:
            seen.times[n], seen.rows[n] = t + 1.0, k
            n += 1
    for f in range(n_fired):
        seen.times[n], seen.rows[n] = t + 1.0, n_out + work.fired[f]
        n += 1
    return n


@kernel
def run_early(seen, w_in, b_hidden, w_out, b_out, work, x, labels, unit, white, rate, theta, image, seed):
    """All images one by one. Weights are in parts of a threshold (`unit`), pixels in parts of `white`."""
    net = CountingWeights(w_in, b_hidden, w_out, b_out)
    p, steps, images = rate / PER_STEP, seen.accuracy.size, x.shape[0]
    n_hidden, n_out = net.w_out.shape
    answered, n = 0, 0
    for m in range(images):
        norm, leader, n_fired, done = look(work, net, x[m], white), -1, 0, 0.0
        for t in range(steps):
            silent, scale = leader < 0, 1.0 / (p * (t + 1))
            leader = hear(work, net, unit, theta, p, n_fired, leader)
            done += n_fired * n_out
            heard, n_fired = see(work, net, unit, x[m], white, theta, p, seed, m, t)
            done += heard * n_hidden
            seen.inputs[0] += heard / images
            far = apart(work, unit, norm, theta * scale)
            if silent and leader >= 0:
                answered += 1
                seen.first[0] += t + 1.0
                seen.first_unsettled[0] += 100.0 * far
                seen.first_right[0] += 100.0 * (leader == labels[m])
            seen.accuracy[t] += 100.0 * (leader == labels[m]) / images
            seen.deep[t] += 100.0 * (ask_deep(work, net, unit, scale) == labels[m]) / images
            seen.unsettled[t] += 100.0 * far / images
            seen.operations[t] += done / images
            if m == image:
                n = show(seen, work, n, t, n_fired)
    summarise(seen, answered, n)


@kernel
def summarise(seen, answered, n):
    """The numbers, from the curves."""
    last = seen.accuracy.size - 1
    for t in range(last + 1):
        seen.late[t] = seen.accuracy[(t - 1) // 2] if t > 0 else 0.0
    for mean in (seen.first, seen.first_unsettled, seen.first_right):
        mean[0] = mean[0] / answered if answered > 0 else math.nan
    seen.n[0], seen.final[0], seen.deep_final[0] = n, seen.accuracy[last], seen.deep[last]
    seen.latency[0], seen.deep_latency[0] = reached(seen.accuracy), reached(seen.deep)
    seen.late_latency[0] = 2.0 * seen.latency[0]  # in the time of the network that does not wait
    seen.final_operations[0] = seen.operations[last]
    seen.latency_operations[0] = seen.latency_unsettled[0] = math.nan
    if seen.final[0] > 0.0:
        at = int(seen.latency[0]) - 1
        seen.latency_operations[0], seen.latency_unsettled[0] = seen.operations[at], seen.unsettled[at]
