r"""The kernel of distal reward: thousands of synapses by the trace of one.

All eligibility traces decay alike and dopamine is common. So one synapse $W$ whose trace $E$ began at 1 tells
what happens to all: the trace of another is $\hat c_{ij} E$, and while its two neurons are silent its weight
moves by

$$ \Delta w_{ij} = \hat c_{ij}\, \Delta W, \qquad \dot W = E D, \qquad \dot E = -E/\tau_c $$

A synapse is looked at when one of its neurons fires. A reward reaches all of them and costs nothing. Traces
of spikes and potentials are kept likewise, divided by what is left of 1.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.compiling import kernel
from snnlab.learning.competition.synaptic_competition import logarithm
from snnlab.random import uniform, uniforms

__all__ = ["Cells", "Log", "begin", "run_events"]

EVENTS = 256  # drawn at a time
SMALLEST = 1e-100  # of a common factor
FADED = 1e-3  # of E


class Cells(NamedTuple):
    """What the kernel works on; traces and potentials are divided by their common factors."""

    w: np.ndarray
    c: np.ndarray  # ĉ, the eligibility in units of E
    seen: np.ndarray  # W when the weight was last right
    x: np.ndarray  # traces of the inputs
    y: np.ndarray  # traces of the neurons
    v: np.ndarray
    gaps: np.ndarray  # drawn: times between events
    picks: np.ndarray  # and who it is


class Log(NamedTuple):
    """Room for what happened."""

    heard: np.ndarray
    heard_from: np.ndarray
    fired: np.ndarray
    fired_by: np.ndarray
    earned: np.ndarray


# places in `state`: time of the synapses and of the membranes; W, E and D; the common factors of x, y and v;
# the last spike of input 0; the next event
TIME, MEMBRANE, TOTAL, TRACE, DOPAMINE, F_X, F_Y, F_V, LAST, EVENT, STATE = range(11)
# places in `used`: the next event of a block, blocks drawn; rewards earned so far, coming and the next of
# them; what the log holds
PLACE, BLOCKS, DRAWS, COMING, NEXT, HEARD, FIRED, EARNED, USED = range(9)


@kernel
def exponential(x):
    """e⁻ˣ for x ≥ 0 by arithmetic alone; where it is below 10⁻³⁰⁰ it is 0.

    It is right to a few units in the last place, and a page does it to the last bit as Python does.
    """
    if not x < 690.0:
        return 0.0
    k = math.floor(x * 1.4426950408889634 + 0.5)  # 2⁻ᵏ eʳ with |r| below half of ln 2
    r = k * 0.6931471803691238 - x + k * 1.9082149292705877e-10  # ln 2 in two parts
    series = 1.0 / 6227020800.0  # 1/13!, and so on to 1/0!
    for n in (
        479001600.0, 39916800.0, 3628800.0, 362880.0, 40320.0, 5040.0, 720.0, 120.0, 24.0, 6.0, 2.0, 1.0, 1.0,
    ):  # fmt: skip
        series = series * r + 1.0 / n
    while k >= 32.0:
        series *= 1.0 / 4294967296.0
        k -= 32.0
    while k >= 1.0:  # mostly never: between two events little time goes by
        series *= 0.5
        k -= 1.0
    return series


@kernel
def begin(cells, state, used, net, seed):
    """All at rest, nothing heard for ever, the first event drawn."""
    state[TRACE], state[F_X], state[F_Y], state[F_V], state[LAST] = 1.0, 1.0, 1.0, 1.0, -math.inf
    _draw(cells, used, net, seed)
    state[EVENT] = cells.gaps[0]


@kernel
def _draw(cells, used, net, seed):
    """The next events of inputs and noise together, which are one Poisson train."""
    first, total = (
        np.uint64(used[BLOCKS] * cells.gaps.size),
        net.n_pre * net.rate + net.n_post * net.noise_rate,
    )
    uniforms(cells.gaps, seed, np.uint64(0), first)
    uniforms(cells.picks, seed, np.uint64(1), first)
    for e in range(cells.gaps.size):
        cells.gaps[e] = -1000.0 * logarithm(1.0 - cells.gaps[e]) / total if total > 0.0 else math.inf
        cells.picks[e] *= total
    used[BLOCKS] += 1
    used[PLACE] = 0


@kernel
def _forward(cells, state, t, rule):
    """The synapses at time `t`."""
    h = t - state[TIME]
    of_trace, of_dopamine = exponential(h / rule.tau_c), exponential(h / rule.tau_d)
    together = (1.0 - of_trace * of_dopamine) / (1.0 / rule.tau_c + 1.0 / rule.tau_d)  # ms
    state[TOTAL] += state[TRACE] * state[DOPAMINE] * together
    state[TRACE] *= of_trace
    state[DOPAMINE] *= of_dopamine
    state[F_X] *= exponential(h / rule.pairs.tau_plus)
    state[F_Y] *= exponential(h / rule.pairs.tau_minus)
    state[TIME] = t
    if state[TRACE] < FADED:  # W is the sum of ever smaller parts: begin a new one
        _look(cells, state, rule.pairs.w_max)
    for factor, traces in ((F_X, cells.x), (F_Y, cells.y)):
        if state[factor] < SMALLEST:
            for k in range(traces.size):
                traces[k] *= state[factor]
            state[factor] = 1.0


@kernel
def _look(cells, state, w_max):
    """Bring all weights and traces up to date, and begin W and E anew."""
    for i in range(cells.w.shape[0]):
        for j in range(cells.w.shape[1]):
            cells.w[i, j] = _weight(cells.w[i, j], cells.c[i, j], state[TOTAL] - cells.seen[i, j], w_max)
            cells.c[i, j] *= state[TRACE]
            cells.seen[i, j] = 0.0
    state[TOTAL], state[TRACE] = 0.0, 1.0


@kernel
def _weight(w, c, moved, w_max):
    """A weight after `moved` of W; exact, since between two pairs it goes one way."""
    return min(w_max, max(0.0, w + c * moved))


@kernel
def _fire(cells, i, state, used, log, rule):
    """Neuron `i` fires: what its inputs did before marks their synapses."""
    gain = rule.pairs.lambda_ * rule.pairs.w_max * state[F_X] / state[TRACE]
    for j in range(cells.x.size):
        cells.w[i, j] = _weight(
            cells.w[i, j], cells.c[i, j], state[TOTAL] - cells.seen[i, j], rule.pairs.w_max
        )
        cells.seen[i, j] = state[TOTAL]
        cells.c[i, j] += gain * cells.x[j]
    cells.y[i] += 1.0 / state[F_Y]
    cells.v[i] = 0.0
    if used[FIRED] < log.fired.size:
        log.fired[used[FIRED]], log.fired_by[used[FIRED]] = state[TIME], i
        used[FIRED] += 1


@kernel
def _earn(state, used, rewards, log, net, seed):
    """The spike of neuron 0 came in time: a reward is on its way, and stands among those that are."""
    t = state[TIME]
    wait = net.soonest + (net.latest - net.soonest) * uniform(seed, np.uint64(2), np.uint64(used[DRAWS]))
    used[DRAWS] += 1
    if used[EARNED] < log.earned.size:
        log.earned[used[EARNED]] = t
        used[EARNED] += 1
    if used[COMING] < rewards.size:
        k = used[COMING]
        while k > used[NEXT] and rewards[k - 1] > t + wait:
            rewards[k] = rewards[k - 1]
            k -= 1
        rewards[k] = t + wait
        used[COMING] += 1


@kernel
def run_events(cells, state, used, rewards, log, end, net, rule, earns, seed):
    """From event to event up to `end`, or until the log is full; says whether it came to the end."""
    n_post, from_inputs = cells.v.size, net.n_pre * net.rate
    loss_of_one = rule.pairs.alpha * rule.pairs.lambda_ * rule.pairs.w_max
    used[HEARD], used[FIRED], used[EARNED] = 0, 0, 0
    while True:
        t_reward = rewards[used[NEXT]] if used[NEXT] < used[COMING] else math.inf
        t = min(t_reward, state[EVENT])
        if t > end:
            break
        if t_reward <= state[EVENT]:
            _forward(cells, state, t, rule)
            state[DOPAMINE] += net.size / 1000.0
            used[NEXT] += 1
            continue
        if used[HEARD] >= log.heard.size - n_post or used[FIRED] >= log.fired.size - n_post:
            return False
        state[F_V] *= exponential((t - state[MEMBRANE]) / net.tau_m)
        state[MEMBRANE] = t
        if state[F_V] < SMALLEST:
            for i in range(n_post):
                cells.v[i] *= state[F_V]
            state[F_V] = 1.0
        pick = cells.picks[used[PLACE]]
        hit = False
        if pick < from_inputs:
            j = min(int(pick / net.rate), cells.x.size - 1)
            _forward(cells, state, t, rule)
            cells.x[j] += 1.0 / state[F_X]
            if j == 0:
                state[LAST] = t
            log.heard[used[HEARD]], log.heard_from[used[HEARD]] = t, j
            used[HEARD] += 1
            loss = loss_of_one * state[F_Y] / state[TRACE]
            for i in range(n_post):
                w = _weight(cells.w[i, j], cells.c[i, j], state[TOTAL] - cells.seen[i, j], rule.pairs.w_max)
                cells.w[i, j], cells.seen[i, j] = w, state[TOTAL]
                cells.c[i, j] -= loss * cells.y[i]
                cells.v[i] += w / state[F_V]
                if cells.v[i] * state[F_V] >= 1.0:
                    _fire(cells, i, state, used, log, rule)
                    hit = hit or i == 0
        else:
            i = min(int((pick - from_inputs) / net.noise_rate), n_post - 1)
            cells.v[i] += net.noise / state[F_V]
            if cells.v[i] * state[F_V] >= 1.0:
                _forward(cells, state, t, rule)
                _fire(cells, i, state, used, log, rule)
                hit = i == 0
        if hit and earns and t - state[LAST] <= net.window:
            _earn(state, used, rewards, log, net, seed)
        used[PLACE] += 1
        if used[PLACE] == cells.gaps.size:
            _draw(cells, used, net, seed)
        state[EVENT] = t + cells.gaps[used[PLACE]]
    _forward(cells, state, end, rule)
    _look(cells, state, rule.pairs.w_max)
    return True
