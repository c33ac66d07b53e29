r"""Temporal coding and STDP after Sboev and others: a teacher forces spikes, the earliest spike decides.

A value is coded by the times of the spikes of a row of neurons with Gaussian receptive fields
(`field_samples`, `snnlab.coding.receptive_fields`). All of them excite one LIF neuron for each class, whose
synaptic current decays exponentially,

$$ \tau_m \dot v = -v + R\, i_s, \qquad \tau_s \dot i_s = -i_s $$

and each spike of an output inhibits the others. While it learns, the neuron of the right class is *made* to
fire a moment after the first input spike. The weights $w$, all at $w_{max}$ in the beginning, follow additive
pair STDP, all to all (`snnlab.learning.rules.stdp`); traces go on from one sample to the next. While it is
tested the weights stay as they are, and the class is that of the neuron that fires first.

A spike needs the *dendritic delay* $d$ back to its synapses, so the forced spike, fired at $t_1$, acts at
$t_1 + d$: what arrived before, within $d$ after the first input, is strengthened, and what comes later is
weakened. With $d = 0$ the forced spike precedes nearly every input: each neuron loses just those that its own
class excites, and another one answers first.

An output that hears a sample of another class fires by itself, late, and strengthens all that excited it.
With the numbers of the program, a sample every 25 ms, the trace of its spike before makes up for that. With a
sample every 50 ms this trace has faded and nothing is learnt, unless inhibition is strong enough (50 pA
instead of 5) to silence all outputs but the forced one.

**What this is, and what not.** It is after Sboev and others and no replication: their article could not be
read here. The rule is that of NEST, the numbers and the order of things are from a co-author's program of the
same year. The article calls its method reinforcement learning; a teacher that makes the right neuron fire is
supervision: there is no reward, and the label is used at every sample. Unknown are the accuracies of the
article, what it calls punishment, and the time scale of its code. Left out is the background noise (1.7 Hz an
input) of the program.

Source: A. Sboev, D. Vlasov, R. Rybka and A. Serenko (2018), Spiking neural network reinforcement learning
method based on temporal coding and STDP, Procedia Computer Science 145, 458–463; the numbers:
github.com/dartl0l/spiking-learn.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, Positive, checked, finite_array, ordered, positive, whole
from snnlab.compiling import kernel
from snnlab.learning.rules.stdp import step as _changed
from snnlab.learning.rules.stdp_parameters import STDP, check_stdp
from snnlab.learning.samples import Samples, check_samples, valid_samples
from snnlab.learning.trains import check_weights
from snnlab.neurons.models.lif_synaptic import step as _moved
from snnlab.neurons.models.lif_synaptic import transferred
from snnlab.neurons.refractory import fired_or_held, refractory_steps
from snnlab.random import generator
from snnlab.work_and_memory import turns

__all__ = [
    "FORCED_STDP",
    "FirstAnswers",
    "TeacherForced",
    "first_answers",
    "learn_teacher_forced",
]

FORCED_STDP = STDP(lambda_=0.03, alpha=0.65, tau_plus=6.0, tau_minus=31.0)
"""The pair rule for a forced spike: a short window of potentiation, a long one of depression."""


class TeacherForced(NamedTuple):
    """The output neurons, their delay and their teacher, with numbers from the program; 0 mV is rest.

    Examples
    --------
    >>> TeacherForced(delay=0.0).tau_s
    2.0
    """

    tau_m: Positive = 6.0
    """Membrane time constant, ms."""
    r_m: Positive = 6.0
    """Membrane resistance, GΩ: the time constant over a capacitance of 1 pF."""
    v_th: float = 8.0
    """Threshold, mV."""
    v_reset: float = 0.0
    """Potential after a spike, mV."""
    t_ref: NonNegative = 19.0
    """Absolute refractory time, ms."""
    tau_s: Positive = 2.0
    """Time constant of the synaptic current, ms."""
    inhibition: NonNegative = 5.0
    """By how much a spike of an output lowers the current of the others while they learn, pA."""
    delay: NonNegative = 1.0
    """d, from a spike to the current that it makes, and from an output back to its synapses, ms."""
    forced_after: Positive = 0.05
    """When the teacher acts, after the first input spike, ms; one step at least, and within the sample."""


class FirstAnswers(NamedTuple):
    """What the output neurons say about each sample.

    Examples
    --------
    >>> FirstAnswers(np.array([1]), np.array([[np.inf, 2.5]])).classes
    array([1])
    """

    classes: np.ndarray
    """The neuron that fired first, of two at once the lower one; −1 if all were silent; shape (samples,)."""
    times: np.ndarray
    """The first spike of each neuron since the beginning of the sample, ms; inf: none; (samples, classes)."""


def check_teacher_forced(net: TeacherForced) -> TeacherForced:
    """`net` with every number a valid float, and `v_reset` below `v_th`."""
    return ordered(checked("net", net, TeacherForced), "v_reset", "below", "v_th", "mV")


def learn_teacher_forced(
    samples: Samples,
    n_classes: int,
    net: TeacherForced = TeacherForced(),
    rule: STDP = FORCED_STDP,
    *,
    epochs: int = 5,
    dt: float = 0.05,
    rng: np.random.Generator,
) -> np.ndarray:
    """Show all samples in random order, `epochs` times, with a teacher.

    Parameters
    ----------
    samples : Samples
        Inputs with their classes, from `field_samples` for instance.
    n_classes : int
        How many output neurons there are, one a class.
    net
        Neurons, delay and teacher.
    rule
        The numbers of STDP; the weights, in pA, start at its `w_max`.
    epochs : int
        How often each sample is shown.
    dt : float
        Length of a step of `samples`, ms.
    rng : numpy.random.Generator
        Where the order comes from, a new one each epoch.

    Returns
    -------
    array of shape (n_classes, n_inputs)
        The weights.

    Examples
    --------
    >>> from snnlab.learning import samples_from_times
    >>> two = samples_from_times([[0.0, 0.2, 2.0], [2.0, 0.2, 0.0]], [0, 1], steps=500, dt=0.05)
    >>> print(learn_teacher_forced(two, 2, rng=np.random.default_rng(1)).round(1))
    [[1.  1.  0.8]
     [0.8 1.  1. ]]
    """
    rule, epochs = check_stdp(rule), whole("epochs", epochs, 1)
    n_classes = whole("n_classes", n_classes, 1)
    rng, samples = generator(rng), valid_samples(samples)
    samples = check_samples(samples, samples.n_inputs, n_classes)
    w = np.full((n_classes, samples.n_inputs), rule.w_max)
    net, dt, state = _prepared(net, n_classes, samples.n_inputs, dt)
    for _ in turns("epochs", epochs):
        order = rng.permutation(samples.n_samples)
        run(order, *samples[:3], w, state, net, rule, dt, True, np.empty((order.size, n_classes)))
    return w


def first_answers(
    samples: Samples, w: ArrayLike, net: TeacherForced = TeacherForced(), *, dt: float = 0.05
) -> FirstAnswers:
    """Who fires first, with fixed weights, no teacher and no inhibition, each sample from rest.

    Parameters
    ----------
    samples : Samples
        Inputs; their classes do not matter.
    w : array of shape (n_classes, n_inputs)
        The weights, zero or positive, pA.
    net
        Neurons and delay, as they were when they learnt.
    dt : float
        Length of a step of `samples`, ms.

    Returns
    -------
    FirstAnswers
        `classes` (samples,) and `times` (samples, n_classes).

    Examples
    --------
    >>> from snnlab.learning import samples_from_times
    >>> one = samples_from_times([[0.0, 0.2, 2.0]], [0], steps=500, dt=0.05)
    >>> print(*first_answers(one, [[0.0, 0.0, 1.0], [1.0, 1.0, 0.0]], TeacherForced(v_th=1.5)))
    [1] [[inf 2.2]]
    """
    if not isinstance(samples, Samples):
        raise TypeError(f"samples must be Samples, got {type(samples).__name__}")
    w = finite_array("w", w, (2,), "(n_classes, n_inputs)")
    n = whole("the number of rows of w", len(w), 1)
    w = check_weights(w, n, samples.n_inputs, math.inf)
    net, dt, state = _prepared(net, n, samples.n_inputs, dt)
    times = np.empty((samples.n_samples, n))
    run(np.arange(samples.n_samples), *samples[:3], w, state, net, FORCED_STDP, dt, False, times)
    return FirstAnswers(np.where(np.isfinite(times).any(axis=1), times.argmin(axis=1), -1), times)


class State(NamedTuple):
    """What goes on from one sample to the next."""

    v: np.ndarray
    i_s: np.ndarray
    free: np.ndarray  # the step from which a neuron may move again
    x: np.ndarray  # traces of the inputs
    y: np.ndarray  # and of the outputs, as their synapses see them
    currents: np.ndarray  # on their way, one row a step, round and round
    spikes: np.ndarray  # of the outputs, on their way back
    step: np.ndarray  # how many there were, and that of the traces


def _prepared(net: TeacherForced, n: int, n_inputs: int, dt: float) -> tuple[TeacherForced, float, State]:
    """The valid network and step, and a state of rest."""
    net, dt = check_teacher_forced(net), positive("dt", dt)
    if net.delay > 1e6 * dt:
        raise ValueError(f"delay must be at most a million steps ({1e6 * dt:g} ms), got {net.delay:g}")
    rows = round(net.delay / dt) + 2
    zeros = (np.zeros(n), np.zeros(n), np.zeros(n, np.int64), np.zeros(n_inputs), np.zeros(n))
    return net, dt, State(*zeros, np.zeros((rows, n)), np.zeros((rows, n)), np.zeros(2, np.int64))


@kernel
def _rest(state):
    """Forget all that happened to the membranes."""
    for k in range(state.v.size):
        state.v[k], state.i_s[k], state.free[k] = 0.0, 0.0, 0
        for row in range(state.currents.shape[0]):
            state.currents[row, k] = 0.0


@kernel
def _learn(w, fired, state, back, rule, elapsed):
    """What `fired` inputs and outputs whose spikes are `back` change, `elapsed` ms after the last such."""
    d_plus, d_minus = math.exp(-elapsed / rule.tau_plus), math.exp(-elapsed / rule.tau_minus)
    for j in range(state.x.size):
        state.x[j] *= d_plus
    for j in fired:
        state.x[j] += rule.zero_plus
    for k in range(w.shape[0]):
        state.y[k] *= d_minus
        if back[k] > 0.0:
            for j in range(w.shape[1]):
                w[k, j] = _changed(
                    w[k, j],
                    state.x[j],
                    0.0,
                    rule.lambda_,
                    rule.alpha,
                    rule.mu_plus,
                    rule.mu_minus,
                    rule.w_max,
                )
            state.y[k] += rule.zero_minus
        for j in fired:
            w[k, j] = _changed(
                w[k, j], 0.0, state.y[k], rule.lambda_, rule.alpha, rule.mu_plus, rule.mu_minus, rule.w_max
            )
        if back[k] > 0.0:
            state.y[k] += 1.0 - rule.zero_minus
    for j in fired:
        state.x[j] += 1.0 - rule.zero_plus


@kernel
def run(order, units, start, labels, w, state, net, rule, dt, learns, times):
    """Samples in this order; writes when each output fired first. A test begins each sample at rest.

    A spike of an input is at the start of its step, one of an output at its end.
    """
    n, steps, rows = w.shape[0], start.shape[1] - 1, state.currents.shape[0]
    decay_m, decay_s = math.exp(-dt / net.tau_m), math.exp(-dt / net.tau_s)
    transfer, hold = transferred(net.tau_m, net.tau_s, dt), refractory_steps(net.t_ref, dt)
    delay, after = rows - 2, max(1, round(min(net.forced_after / dt, 1e9)))
    for q in range(order.size):
        b, forced = order[q], -1
        for k in range(n):
            times[q, k] = math.inf
        if not learns:
            _rest(state)
        for t in range(steps):
            step = state.step[0] + t
            now, later = step % rows, (step + delay) % rows
            fired = units[start[b, t] : start[b, t + 1]]
            if learns:
                heard = fired.size > 0
                for k in range(n):
                    heard = heard or state.spikes[now, k] > 0.0
                if heard:
                    _learn(w, fired, state, state.spikes[now], rule, (step - state.step[1]) * dt)
                    state.step[1] = step
                if forced < 0 and fired.size > 0:
                    forced = t + after - 1
            for k in range(n):
                for j in fired:
                    state.currents[later, k] += w[k, j]
                state.i_s[k] += state.currents[now, k]
                state.currents[now, k], state.spikes[now, k] = 0.0, 0.0
            later = (step + 1 + delay) % rows
            for k in range(n):
                moved = _moved(state.v[k], state.i_s[k], 0.0, decay_m, transfer, 0.0, net.r_m)
                state.i_s[k] *= decay_s
                made = learns and t == forced and k == labels[b]
                free = 0 if made else state.free[k]  # a teacher does not wait
                state.v[k], state.free[k], spikes = fired_or_held(
                    step, state.v[k], moved, made or moved > net.v_th, free, net.v_reset, hold
                )
                if spikes:
                    times[q, k] = min(times[q, k], (t + 1) * dt)
                    if learns:
                        state.spikes[later, k] = 1.0
                        for other in range(n):
                            if other != k:
                                state.currents[later, other] -= net.inhibition
        state.step[0] += steps
