r"""A verdict that comes late: what a synapse still remembers of its spikes when a learning signal arrives.

One synapse leads to two neurons of store and recall, a LIF neuron and one whose threshold adapts. It fires
regularly for 200 ms, the *cue*. Then both neurons wait. When the verdict comes, other inputs make them active
once more for 200 ms, and in each of its steps the learning signal is $L = 1$: you fire too often. With the
eligibility trace of `snnlab.learning.credit.eprop_traces`, and $\psi_t = m_t h(x_t) / \theta_t$ for the
pseudo-derivative,

$$ \Delta w = -\eta \sum_t L\, e_t, \qquad
e_t = \psi_t\, \bigl( \epsilon^v_t - (x_t + 1)\, \beta_a\, \epsilon^b_t \bigr) $$

The fast part $\epsilon^v$ says that the synapse has lifted the potential, and its change is negative. The
slow part $\beta_a \epsilon^b$ says that it has helped to raise the threshold, so that the neuron now fires
less; its change is positive. Of the LIF neuron $\beta_a = 0$, and there is no slow part.

Potentials and weights are counted in thresholds at rest: an input spike of weight $w$ lifts $v$ by $w$.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real, non_negative, positive
from snnlab.compiling import kernel
from snnlab.learning.credit.eprop_traces import EPROP_SURROGATE, Slopes, carry, eligible, no_traces
from snnlab.learning.gradients.cell import (
    LATE_SUBTRACTION,
    adapt,
    distance,
    distance_back,
    raised,
    reset,
    reset_back,
    step,
)
from snnlab.learning.gradients.surrogate_shapes import triangle
from snnlab.neurons.refractory import fired_or_held
from snnlab.records import blank, read

__all__ = ["LateVerdict", "late_verdict"]

DT, TAU_M, HOLD = 4.0, 20.0, 1  # ms, ms, steps: the neurons of `snnlab.learning.memory.recall_network`
BETA_A = 1.7 / 0.01  # in thresholds, of a neuron that fires 1000 times a second
CUE, VERDICT, LATEST = 200.0, 200.0, 2600.0  # how long the first two last, and when the last begins, ms
LOWEST, HIGHEST = 20.0, 250.0  # of the cue, Hz: four spikes are in it, and one in each step
WEIGHT, ASKING = 0.6, 1.5  # of the synapse; what the other inputs drive the potential to during the verdict
ETA = 0.01  # the learning rate, for a learning signal of 1
STEPS, POINTS = round((LATEST + VERDICT) / DT), 61
WIDTH, HEIGHT = EPROP_SURROGATE.width, EPROP_SURROGATE.height  # of its triangle
V, THETA, SPIKE, FAST, SLOW, PSI, E = range(7)  # rows of what is told of a neuron


class LateVerdict(NamedTuple):
    """The adaptive neuron and its synapse step by step, and beside it the LIF neuron.

    Examples
    --------
    >>> seen = late_verdict(1200.0)
    >>> bool(seen.change > 0.01), bool(abs(seen.change_lif) < 1e-9)
    (True, True)
    """

    t: np.ndarray
    """Time since the cue began, ms; a value a step, as are all up to `e_lif`."""
    v: np.ndarray
    """The potential of the adaptive neuron, in thresholds at rest."""
    theta: np.ndarray
    """Its threshold, likewise."""
    fast: np.ndarray
    """ε of its potential by the weight."""
    slow: np.ndarray
    """ε of its threshold by the weight, which is β_a times that of adaptation."""
    psi: np.ndarray
    """The pseudo-derivative, in spikes a threshold."""
    e: np.ndarray
    """The eligibility trace."""
    e_lif: np.ndarray
    """That of the LIF neuron."""
    times: Annotated[np.ndarray, "n"]
    """When the adaptive neuron fires, ms."""
    verdicts: np.ndarray
    """When a verdict may come, ms."""
    changes: np.ndarray
    """How each of them would change the weight of the synapse to the adaptive neuron, in thresholds."""
    changes_lif: np.ndarray
    """The same to the LIF neuron."""
    n: int
    """How often the adaptive neuron fires."""
    n_cue: int
    """How many spikes the synapse brings."""
    change: float
    """The change by the verdict that comes."""
    change_lif: float
    """The same of the LIF neuron."""
    slow_left: float
    """How much of the slow part at the end of the cue is left when the verdict begins, %."""
    fast_left: float
    """How much of the fast part, %."""


def late_verdict(late: float, tau_a: float = 1200.0, rate: float = 100.0, hum: float = 0.0) -> LateVerdict:
    """Send a cue to two neurons, and tell them later that they fire too often.

    Parameters
    ----------
    late : float
        When the verdict begins, ms after the cue has begun: between 200 and 2600, rounded to steps of 4.
    tau_a : float
        Time constant of adaptation, ms.
    rate : float
        Of the cue, Hz: between 20 and 250.
    hum : float
        What other inputs drive the potential to while the neurons wait, in thresholds.

    Examples
    --------
    >>> soon, late = (late_verdict(late) for late in (200.0, 1200.0))
    >>> bool(soon.change_lif < 0), bool(abs(late.change_lif) < 1e-9)  # the LIF neuron has forgotten
    (True, True)
    """
    late, tau_a, rate = as_real("late", late), positive("tau_a", tau_a), as_real("rate", rate)
    for name, value, low, high in (("late", late, CUE, LATEST), ("rate", rate, LOWEST, HIGHEST)):
        if not low <= value <= high:
            raise ValueError(f"{name} must be between {low:g} and {high:g}, got {value:g}")
    seen, room, traces = recorded(), *workspace()
    run_late_verdict(seen, room, traces, late, tau_a, rate, non_negative("hum", hum))
    return read(seen)


def recorded() -> LateVerdict:
    """A blank record."""
    each = dict.fromkeys(("t", "v", "theta", "fast", "slow", "psi", "e", "e_lif"), STEPS)
    points = dict.fromkeys(("verdicts", "changes", "changes_lif"), POINTS)
    return blank(LateVerdict, **each, **points, times=STEPS)


def workspace() -> tuple[np.ndarray, np.ndarray]:
    """Room for what is told of a neuron, and for the traces of one synapse."""
    return np.zeros((7, STEPS)), np.array(no_traces(1))


@kernel
def spikes_of_cue(t, rate):
    """How many spikes of a regular train fall into step t."""
    if t * DT >= CUE:
        return 0.0
    return math.floor((t + 1) * DT * rate / 1000.0) - math.floor(t * DT * rate / 1000.0)


@kernel
def signal(t, first):
    """The learning signal in step t: 1 while the verdict lasts, which begins in step `first`."""
    return 1.0 if first <= t and (t - first) * DT < VERDICT else 0.0


@kernel
def driven_to(t, first, hum):
    """To which potential other inputs drive a neuron in step t, in thresholds."""
    if t * DT < CUE or (t - first) * DT >= VERDICT:
        return 0.0
    return ASKING if t >= first else hum


@kernel
def live(rows, traces, steps, first, tau_a, beta_a, rate, hum):
    """One neuron for so many steps, with `beta_a` 0 a LIF neuron; returns Σ L e.

    `rows` is what is told of it, and `traces` has a row for each field of `Traces`, of one synapse.
    """
    beta, rho = math.exp(-DT / TAU_M), math.exp(-DT / tau_a)
    v, i, b, before, again, total = 0.0, 0.0, 0.0, 0.0, 0, 0.0
    traces[:] = 0.0
    for t in range(steps):
        theta = raised(1.0, b, beta_a)
        x = distance(v, theta)
        free = 1.0 if t >= again else 0.0
        _, again, fired = fired_or_held(t, x, x, x > 0.0, again, x, HOLD)
        s = 1.0 if fired else 0.0
        psi, by_theta = distance_back(free * HEIGHT * triangle(x, WIDTH), x, theta)
        u, i = step(v, i, 0.0, beta)
        by_u, _, _, _ = reset_back(1.0, u, s, before, theta, LATE_SUBTRACTION)
        slopes = Slopes(psi, by_theta, by_u, 0.0, 0.0, 0.0, 0.0, beta, 1.0, rho, beta_a)
        rows[V, t], rows[THETA, t], rows[SPIKE, t] = v, theta, s
        rows[FAST, t], rows[SLOW, t], rows[PSI, t] = traces[0, 0], beta_a * traces[2, 0], psi
        traces[5, 0] = spikes_of_cue(t, rate)
        i += WEIGHT * traces[5, 0] + (1.0 - beta) * driven_to(t, first, hum)
        eligible(slopes, traces[0], traces[2], traces[3])
        rows[E, t] = traces[3, 0]
        total += signal(t, first) * traces[3, 0]
        carry(slopes, traces[0], traces[1], traces[2], traces[3], traces[4], traces[5])
        v, b, before = reset(u, s, before, theta, LATE_SUBTRACTION), adapt(b, s, rho), s
    return total


@kernel
def tell(seen, rows, rate):
    """The adaptive neuron, step by step."""
    for t in range(seen.t.size):
        seen.t[t], seen.v[t], seen.theta[t] = t * DT, rows[V, t], rows[THETA, t]
        seen.fast[t], seen.slow[t], seen.psi[t] = rows[FAST, t], rows[SLOW, t], rows[PSI, t]
        seen.e[t] = rows[E, t]
        if rows[SPIKE, t] > 0.0:
            seen.times[int(seen.n[0])] = t * DT
            seen.n[0] += 1.0
        seen.n_cue[0] += spikes_of_cue(t, rate)


@kernel
def run_late_verdict(seen, room, traces, late, tau_a, rate, hum):
    """Both neurons with the verdict that comes, and with each that may come."""
    first, end, beta_a = round(late / DT), round(CUE / DT), BETA_A / DT
    seen.change[0] = -ETA * live(room, traces, seen.t.size, first, tau_a, beta_a, rate, hum)
    tell(seen, room, rate)
    seen.slow_left[0] = 100.0 * room[SLOW, first] / room[SLOW, end]
    seen.fast_left[0] = 100.0 * room[FAST, first] / room[FAST, end]
    seen.change_lif[0] = -ETA * live(room, traces, seen.t.size, first, tau_a, 0.0, rate, hum)
    for t in range(seen.t.size):
        seen.e_lif[t] = room[E, t]
    for k in range(seen.verdicts.size):
        seen.verdicts[k] = CUE + (LATEST - CUE) * k / (seen.verdicts.size - 1)
        begins = round(seen.verdicts[k] / DT)
        last = begins + round(VERDICT / DT)
        seen.changes[k] = -ETA * live(room, traces, last, begins, tau_a, beta_a, rate, hum)
        seen.changes_lif[k] = -ETA * live(room, traces, last, begins, tau_a, 0.0, rate, hum)
