r"""The adaptive exponential integrate-and-fire neuron (AdEx).

A LIF neuron whose threshold is soft, and whose adaptation current $w$ is driven by the membrane potential $v$
and by its own spikes:

$$ \tau_m \frac{dv}{dt} = -(v - v_{rest}) + \Delta_T\, e^{(v - v_{th})/\Delta_T} - R\, w + R\, i(t) $$

$$ \tau_w \frac{dw}{dt} = a\,(v - v_{rest}) - w $$

When $v$ passes the peak $v_{peak}$ the neuron has fired: $v$ is set to $v_{reset}$ and $w$ grows by $b$.
There is no refractory time. Above $v_{th}$ the exponential wins and the upswing takes less than a
millisecond, so the place of the peak hardly matters. With $\Delta_T \to 0$ and $a = b = 0$ it is the LIF
neuron.

A resting neuron whose current rises slowly begins to fire at the rheobase, where its resting state ends
(saddle-node) or no longer holds (Hopf; only if $R\,a > \tau_m/\tau_w$):

$$ R\, i_{rh} = (1 + R\,a)\,(v_{th} - v_{rest} + \Delta_T \ln(1 + q)) - (1 + q)\,\Delta_T,
\qquad q = \min(R\,a,\ \tau_m/\tau_w) $$

Without adaptation this is the rheobase of the exponential integrate-and-fire neuron,
$(v_{th} - v_{rest} - \Delta_T)/R$.

**Integration.** The fourth-order method of Runge and Kutta. A spike is dated to the end of its step, so spike
times come late, by an error of the order of the step.

Source: R. Brette and W. Gerstner (2005), Journal of Neurophysiology 94, 3637–3642; the rheobase: J. Touboul
and R. Brette (2008), Biological Cybernetics 99, 319–334; the patterns: R. Naud, N. Marcille, C. Clopath and
W. Gerstner (2008), Biological Cybernetics 99, 335–347.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import Positive, as_real, checked, ordered
from snnlab.compiling import inlined_kernel, kernel
from snnlab.neurons.arguments import arguments, arguments_of_each
from snnlab.neurons.branchless_exponential import exponential
from snnlab.neurons.differing import alike, in_order
from snnlab.neurons.states import started
from snnlab.neurons.time_grid import grid_spikes
from snnlab.spikes import Spikes
from snnlab.work_and_memory import afford

__all__ = ["FIRING_PATTERNS", "AdEx", "AdExRun", "Pattern", "adex_rheobase", "simulate_adex"]

_STEEPEST = 600.0  # exp(600) is still a number, with room for the other factors


class AdEx(NamedTuple):
    """The numbers of an AdEx neuron; those of Brette and Gerstner (2005) if left out.

    They had a capacity of 0.281 nF and a leak of 0.03 µS: τ_m is the quotient, R one over the leak.

    Examples
    --------
    >>> AdEx(b=0.0).v_th
    -50.4
    """

    tau_m: Positive = 0.281 / 0.03
    """Membrane time constant, ms."""
    r_m: Positive = 1.0 / 0.03
    """Membrane resistance, MΩ."""
    v_rest: float = -70.6
    """Resting potential of the leak, mV."""
    v_reset: float = -70.6
    """Potential after a spike, mV."""
    v_th: float = -50.4
    """Where the exponential begins to win: the rheobase threshold, mV."""
    delta_th: Positive = 2.0
    """How soft the threshold is: the slope factor Δ_T, mV."""
    v_peak: float = 20.0
    """Where the upswing is cut off, mV."""
    tau_w: Positive = 144.0
    """Time constant of the adaptation current, ms."""
    a: float = 0.004
    """Adaptation current for each mV above rest, µS."""
    b: float = 0.0805
    """By how much the adaptation current grows with a spike, nA."""


class Pattern(NamedTuple):
    """A neuron and the constant current that makes it fire in a certain pattern.

    Examples
    --------
    >>> print(f"{FIRING_PATTERNS['tonic'].i} nA")
    0.5 nA
    """

    neuron: AdEx
    """The numbers of the neuron."""
    i: float
    """The current, nA."""


def _pattern(
    c_m: float, g_l: float, v_rest: float, a: float, tau_w: float, b: float, v_reset: float, i: float
) -> Pattern:
    """In the units of the source: pF, nS, mV, nS, ms, pA, mV, pA; all have one threshold, slope and peak."""
    neuron = AdEx(c_m / g_l, 1000.0 / g_l, v_rest, v_reset, -50.0, 2.0, 0.0, tau_w, a / 1000.0, b / 1000.0)
    return Pattern(neuron, i / 1000.0)


FIRING_PATTERNS = {
    "tonic": _pattern(200, 10, -70, a=2, tau_w=30, b=0, v_reset=-58, i=500),
    "adapting": _pattern(200, 12, -70, a=2, tau_w=300, b=60, v_reset=-58, i=500),
    "initial burst": _pattern(130, 18, -58, a=4, tau_w=150, b=120, v_reset=-50, i=400),
    "bursting": _pattern(200, 10, -58, a=2, tau_w=120, b=100, v_reset=-46, i=210),
    "accelerating": _pattern(200, 12, -70, a=-10, tau_w=300, b=0, v_reset=-58, i=300),
    "delayed bursting": _pattern(100, 10, -65, a=-10, tau_w=90, b=30, v_reset=-47, i=110),
    "transient": _pattern(100, 10, -65, a=10, tau_w=90, b=100, v_reset=-47, i=180),
    "irregular": _pattern(100, 12, -60, a=-11, tau_w=130, b=30, v_reset=-48, i=160),
}
"""The eight patterns of Naud et al. (2008), with the numbers of Brian2's example for that paper, which says
that they were adapted to match the paper's figures."""


class State(NamedTuple):
    """What goes on from one step to the next, in arrays with one number for each neuron."""

    v: np.ndarray
    """Membrane potential, mV."""
    w: np.ndarray
    """Adaptation current, nA."""


class _Run(NamedTuple):
    v: np.ndarray
    w: np.ndarray
    spikes: Spikes


class AdExRun(_Run):
    """What a simulation returns: it is unpacked into `v`, `w` and `spikes`, and has the `state` beside them.

    Attributes
    ----------
    v : array
        Membrane potential at the end of each step, mV, same shape as the current.
    w : array
        Adaptation current at the end of each step, nA, same shape as the current.
    spikes : Spikes
        A spike is dated to the end of the step in which the peak was passed.
    state : State
        How the run ended: ``start=run.state`` goes on from there.

    Examples
    --------
    >>> v, w, spikes = simulate_adex(np.full(2, 1.0))
    >>> print(np.round(v, 2))
    [-70.25 -69.9 ]
    """

    state: Any


def check_adex(neuron: AdEx) -> AdEx:
    """`neuron` with every number a valid float, and a `v_peak` that a spike can reach."""
    valid = ordered(checked("neuron", neuron, AdEx), "v_peak", "above", "v_th", "mV")
    ordered(valid, "v_peak", "above", "v_reset", "mV")
    if valid.v_peak - valid.v_th > _STEEPEST * valid.delta_th:
        raise ValueError(
            f"v_peak must be at most {_STEEPEST:g} times delta_th above v_th "
            f"({valid.v_th + _STEEPEST * valid.delta_th:g} mV), got {valid.v_peak:g}"
        )
    return valid


def simulate_adex(
    i: ArrayLike,
    neuron: AdEx = AdEx(),
    dt: float = 0.1,
    v_start: float | None = None,
    *,
    start: State | None = None,
) -> AdExRun:
    """Simulate AdEx neurons on a grid of time steps.

    Parameters
    ----------
    i : array of shape (steps,) or (steps, n)
        Current in nA for one neuron, or one column for each of n.
    neuron
        The numbers of the neuron; each may be an array of shape (n,), one number for each neuron.
    dt : float
        Time step, ms.
    v_start : float, optional
        Potential at time 0, mV; `v_rest` if left out. The adaptation current starts at 0.
    start : State, optional
        The ``state`` of an earlier run with the same `dt`: go on from there, in place of `v_start`.

    Returns
    -------
    AdExRun
        `v` (mV) and `w` (nA), both of the shape of `i`, at the end of each step, and `spikes`.

    Raises
    ------
    ValueError
        If `dt` is too long for the time constants.

    Examples
    --------
    >>> neuron, i = FIRING_PATTERNS["adapting"]
    >>> run = simulate_adex(np.full(5000, i), neuron)
    >>> print(np.round(np.diff(run.spikes.times)[:4], 1))
    [11.3 14.5 19.7 29.5]

    Two that differ:

    >>> pair = simulate_adex(np.full((5000, 2), 1.0), AdEx(b=np.array([0.0, 0.1])))
    >>> np.bincount(pair.spikes.units, minlength=2).tolist()
    [39, 15]
    """
    different = not alike(neuron)
    given = arguments_of_each if different else arguments
    current, neuron, dt, rest = given(i, neuron, dt, v_start, check_adex, begin)
    n = current.shape[1]
    state = started(start, State(np.full(n, rest), np.zeros(n)), v_start)
    afford("i", numbers=4.0 * current.size)
    v, w = np.empty(current.shape), np.empty(current.shape)
    times, units = np.empty(current.size), np.empty(current.size, np.int64)
    if different:
        count = run_each(current, v, w, times, units, state, neuron, dt)
        times, units = in_order(times, units, count)
    else:
        count = run(current, v, w, times, units, state, *neuron, dt)
    if not (np.isfinite(v[-1:]).all() and np.isfinite(w[-1:]).all()):
        raise ValueError("i and the numbers of the neuron must be smaller: v or w left the range of numbers")
    spikes = grid_spikes(times, units, count, current.shape, dt)
    found = AdExRun(v.reshape(np.shape(i)), w.reshape(np.shape(i)), spikes)
    found.state = state
    return found


def adex_rheobase(neuron: AdEx = AdEx()) -> float:
    """The constant current at which the resting state is lost, in nA.

    Parameters
    ----------
    neuron
        The numbers of the neuron.

    Returns
    -------
    float
        A current that rises slowly makes the neuron fire from here on. Where `a` is positive a sudden step
        can do so below it, before the adaptation current is there. NaN where ``r_m * a`` is −1 or less: such
        a neuron has no resting state.

    Examples
    --------
    >>> print(f"{adex_rheobase():.3f} nA, {adex_rheobase(AdEx(a=0.0)):.3f} nA without adaptation")
    0.627 nA, 0.546 nA without adaptation
    """
    neuron = check_adex(neuron)
    ra = neuron.r_m * neuron.a
    q = min(ra, neuron.tau_m / neuron.tau_w)
    if q <= -1.0:
        return math.nan
    rise = neuron.v_th - neuron.v_rest + neuron.delta_th * math.log1p(q)
    return ((1.0 + ra) * rise - (1.0 + q) * neuron.delta_th) / neuron.r_m


def begin(neuron: AdEx, v_start: float | None, dt: float) -> float:
    """Where the potential starts, if a run with steps of `dt` may start there."""
    rest = min(neuron.v_rest, neuron.v_peak) if v_start is None else as_real("v_start", v_start)
    if rest > neuron.v_peak:
        raise ValueError(f"v_start must not be above v_peak ({neuron.v_peak:g} mV), got {rest:g}")
    if dt > (longest := _longest_step(neuron)):
        raise ValueError(f"dt must be at most {longest:.3g} ms for the time constants given, got {dt:g}")
    return rest


def _longest_step(neuron: AdEx) -> float:
    """Up to this step, ms, the Runge–Kutta method is stable below the threshold."""
    coupling = math.sqrt(neuron.r_m * abs(neuron.a) / neuron.tau_m) / math.sqrt(neuron.tau_w)
    return 2.0 / (1.0 / neuron.tau_m + 1.0 / neuron.tau_w + coupling)


@inlined_kernel
def step(v, w, i, tau_m, r_m, v_rest, v_th, delta_th, v_peak, tau_w, a, dt):
    """Both variables one step later, by the Runge–Kutta method: four slopes and their weighted mean."""
    steep, per_m, per_w = 1.0 / delta_th, 1.0 / tau_m, 1.0 / tau_w  # the same in each step: taken once
    sum_v, sum_w = 0.0, 0.0
    slope_v, slope_w = 0.0, 0.0
    for ahead, weight in ((0.0, 1.0), (0.5, 2.0), (0.5, 2.0), (1.0, 1.0)):
        x = min(v + ahead * dt * slope_v, v_peak)  # beyond the peak the exponential would run away
        y = w + ahead * dt * slope_w
        upswing = delta_th * exponential((x - v_th) * steep)
        slope_v = (upswing - (x - v_rest) - r_m * y + r_m * i) * per_m
        slope_w = (a * (x - v_rest) - y) * per_w
        sum_v += weight * slope_v
        sum_w += weight * slope_w
    return v + dt / 6.0 * sum_v, w + dt / 6.0 * sum_w


@kernel
def run(i, v, w, times, units, state, tau_m, r_m, v_rest, v_reset, v_th, delta_th, v_peak, tau_w, a, b, dt):
    """All columns of `i` side by side; returns the number of spikes, at most one a step and neuron."""
    steps, n = i.shape
    count = 0
    for t in range(steps):
        for k in range(n):
            v_now = v[t - 1, k] if t > 0 else state.v[k]
            w_now = w[t - 1, k] if t > 0 else state.w[k]
            v_now, w_now = step(
                v_now, w_now, i[t, k], tau_m, r_m, v_rest, v_th, delta_th, v_peak, tau_w, a, dt
            )
            if v_now > v_peak:
                v_now = v_reset
                w_now += b
                times[count] = (t + 1) * dt
                units[count] = k
                count += 1
            v[t, k], w[t, k] = v_now, w_now
    for k in range(n if steps > 0 else 0):
        state.v[k], state.w[k] = v[steps - 1, k], w[steps - 1, k]
    return count


@kernel
def run_each(i, v, w, times, units, state, neurons, dt):
    """As `run` for neurons that differ, one after the other: their numbers are arrays."""
    count = 0
    for k in range(i.shape[1]):
        own = slice(k, k + 1)
        found = run(
            i[:, own], v[:, own], w[:, own], times[count:], units[count:],
            State(state.v[own], state.w[own]),
            neurons.tau_m[k], neurons.r_m[k], neurons.v_rest[k], neurons.v_reset[k], neurons.v_th[k],
            neurons.delta_th[k], neurons.v_peak[k], neurons.tau_w[k], neurons.a[k], neurons.b[k], dt,
        )  # fmt: skip
        units[count : count + found] = k
        count += found
    return count
