"""A teacher makes a neuron fire, again and again: which inputs will it answer to, and when?

One neuron of `snnlab.learning.teaching.teacher_forced` is shown one sample, in which its inputs fire one
after another. Those that fire before the forced spike is back at its synapses are strengthened, later ones
are weakened. Then the teacher is silent, and the neuron answers by itself.

Source: as of `snnlab.learning.learn_teacher_forced`.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real, positive, whole
from snnlab.compiling import kernel
from snnlab.learning.rules.stdp_parameters import STDP, check_stdp
from snnlab.learning.teaching.teacher_forced import FORCED_STDP, State, TeacherForced, check_teacher_forced
from snnlab.learning.teaching.teacher_forced import run as run_showings
from snnlab.neurons.models.lif_synaptic import State as Membrane
from snnlab.neurons.models.lif_synaptic import run as run_membrane
from snnlab.neurons.time_grid import whole_steps
from snnlab.records import blank, read

__all__ = ["ForcedSpike", "forced_spike"]

DT, PERIOD, SHOWN = 0.05, 25.0, 10.0  # ms: a step, a showing, and how much of an answer is kept


class ForcedSpike(NamedTuple):
    """The weights that were learnt, and the answers before and after.

    Examples
    --------
    >>> seen = forced_spike(30)
    >>> print(f"{seen.latency:.2f} ms, before {seen.latency_before:.2f} ms")
    2.10 ms, before 2.50 ms
    """

    arrives: np.ndarray
    """When each input fires, ms."""
    learnt: np.ndarray
    """Its weight after learning, pA."""
    before: np.ndarray
    """The potential that the first weights make without a teacher, mV, one value a step for 10 ms."""
    after: np.ndarray
    """The same with the weights that were learnt."""
    times: Annotated[np.ndarray, "n"]
    """The spike of the neuron there, ms."""
    latency_before: float
    """When it came before learning, ms; NaN if there was none."""
    latency: float
    """When it comes after learning, ms; NaN if there is none."""
    n: int
    """1 if there is one, else 0."""
    grown: int
    """How many weights have grown."""
    of: int
    """How many there are."""


class Work(NamedTuple):
    """The arrays in which the kernel works, beside the state of the neuron: the sample, and an answer."""

    w: np.ndarray
    units: np.ndarray
    begins: np.ndarray
    labels: np.ndarray
    order: np.ndarray
    answers: np.ndarray
    silence: np.ndarray
    jump: np.ndarray
    i_s_shown: np.ndarray
    fired: np.ndarray


def forced_spike(
    showings: int,
    net: TeacherForced = TeacherForced(),
    rule: STDP = FORCED_STDP,
    w: float = 0.5,
    *,
    n: int = 48,
    dt: float = DT,
) -> ForcedSpike:
    """Force a spike at each showing of one sample, then ask without a teacher.

    Parameters
    ----------
    showings : int
        How often the sample is shown, every 25 ms.
    net
        The neuron, the delay of its spikes and the teacher.
    rule
        The numbers of STDP.
    w : float
        All weights at the start, from 0 to `w_max` of the rule, pA.
    n : int
        Number of inputs; each fires once, a step after the one before.
    dt : float
        Length of a step, ms.

    Examples
    --------
    >>> seen = forced_spike(30, TeacherForced(delay=0.0))
    >>> print(f"{seen.grown} of {seen.of} have grown, {seen.n} spikes")
    1 of 48 have grown, 0 spikes
    """
    showings, n, w, dt = whole("showings", showings), whole("n", n, 1), as_real("w", w), positive("dt", dt)
    net, rule = check_teacher_forced(net), check_stdp(rule)
    if not 0.0 <= w <= rule.w_max:
        raise ValueError(f"w must be from 0 to w_max ({rule.w_max:g}), got {w:g}")
    if max(n * dt, net.delay) > SHOWN:
        raise ValueError(f"inputs and delay must be within {SHOWN:g} ms, got {max(n * dt, net.delay):g}")
    seen, (state, room) = recorded(n, dt), work(n, showings, net.delay, dt)
    run_forced(seen, state, room, net, rule, float(showings), w, dt)
    return read(seen)


def recorded(n: int, dt: float = DT) -> ForcedSpike:
    """A blank record."""
    steps = whole_steps(SHOWN, dt)
    return blank(ForcedSpike, arrives=n, learnt=n, before=steps, after=steps, times=1)


def work(n: int, showings: int, delay: float, dt: float = DT) -> tuple[State, Work]:
    """Room for `n` inputs and for so many showings, with spikes that are on their way for `delay` (ms)."""
    rows, shown, steps = (round(delay / dt) + 2, 1), whole_steps(SHOWN, dt), whole_steps(PERIOD, dt)
    one, free, ways = np.zeros(1), np.zeros(1, np.int32), (np.zeros(rows), np.zeros(rows))
    state = State(one, one.copy(), free, np.zeros(n), np.zeros(1), *ways, np.zeros(2, np.int32))
    units, begins = np.zeros(n, np.int32), np.zeros((1, steps + 1), np.int32)
    labels, order = np.zeros(1, np.int32), np.zeros(showings, np.int32)
    answers, rest = np.zeros((showings, 1)), [np.zeros(size) for size in (shown + 1, shown + 1, shown, shown)]
    return state, Work(np.zeros((1, n)), units, begins, labels, order, answers, *rest)


@kernel
def _answer(v, w, work, net, delay, dt):
    """The potential without a teacher, and when it crosses the threshold first."""
    work.jump[:] = 0.0
    for j in range(w.size):
        if j + delay < work.jump.size:
            work.jump[j + delay] += w[j]
    none, start = work.silence, Membrane(0.0, 0.0, 0.0, 0)
    n, _ = run_membrane(
        none[: v.size], work.jump, none, v, work.i_s_shown, work.fired, start, net.tau_m, net.r_m, 0.0,
        net.v_reset, net.v_th, net.t_ref, net.tau_s, net.tau_s, dt,
    )  # fmt: skip
    return work.fired[0] if n > 0 else math.nan


@kernel
def run_forced(seen, state, work, net, rule, showings, w_start, dt):
    """The answer with the first weights, all showings, and the answer with those that were learnt."""
    v, i_s, free, x, y, currents, spikes, step = state
    w, n, steps, k = work.w, work.w.shape[1], work.begins.shape[1] - 1, int(showings)
    delay = round(net.delay / dt)
    w[:] = w_start
    for j in range(n):
        work.units[j], seen.arrives[j] = j, j * dt
    for t in range(steps + 1):
        work.begins[0, t] = min(t, n)
    seen.latency_before[0] = _answer(seen.before, w[0], work, net, delay, dt)
    now = State(v, i_s, free, x, y, currents[: delay + 2], spikes[: delay + 2], step)
    order, answers = work.order[:k], work.answers[:k]
    run_showings(order, work.units, work.begins, work.labels, w, now, net, rule, dt, True, answers)
    seen.latency[0] = _answer(seen.after, w[0], work, net, delay, dt)
    if seen.latency[0] > 0.0:
        seen.times[0], seen.n[0] = seen.latency[0], 1
    for j in range(n):
        seen.learnt[j] = w[0, j]
        seen.grown[0] += w[0, j] > w_start
    seen.of[0] = n
