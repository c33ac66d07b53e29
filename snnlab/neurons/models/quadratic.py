r"""The quadratic integrate-and-fire neuron (QIF), in its dimensionless form.

Every neuron that begins to fire at a saddle-node behaves, near the onset, like this one:

$$ \tau \frac{dv}{dt} = v^2 + i(t) $$

Above zero $v$ runs away and reaches infinity in a finite time. There the neuron has fired, and $v$ comes back
from minus infinity: threshold and reset are no parameters. $v$ and $i$ are pure numbers, only the time has a
unit. Without input the neuron rests at $-\sqrt{-i}$ if $i \le 0$; the rheobase is 0. There is no refractory
time.

For a current that is constant over a step the equation has an exact solution, which passes through infinity:

$$ v(t + \Delta t) = \frac{v + i\, T}{1 - v\, T}, \qquad
T = \frac{\tan(\sqrt{i}\,\Delta t/\tau)}{\sqrt{i}},\quad
\frac{\Delta t}{\tau},\quad \frac{\tanh(\sqrt{-i}\,\Delta t/\tau)}{\sqrt{-i}} $$

(for $i$ above, equal to and below zero). So neither $v$ nor the spikes have an error of the grid: a spike is
dated to the moment at which $v$ is infinite, not to the end of its step,

$$ \frac{t_s}{\tau} = \frac{1}{\sqrt{i}} \left(\frac{\pi}{2} - \arctan\frac{v}{\sqrt{i}}\right) $$

From minus infinity this is $\pi/\sqrt{i}$, the interval between spikes. With $v = \tan(\theta/2)$ the same
neuron becomes the theta neuron, see `snnlab.neurons.models.theta`.

Source: W. Gerstner, W. M. Kistler, R. Naud and L. Paninski (2014), Neuronal Dynamics, section 5.3;
G. B. Ermentrout and N. Kopell (1986), SIAM Journal on Applied Mathematics 46, 233–253.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import Positive, affordable, as_real, checked, finite_array, positive
from snnlab.compiling import kernel
from snnlab.neurons.arguments import arguments, arguments_of_each
from snnlab.neurons.differing import alike
from snnlab.neurons.states import started
from snnlab.spikes import Spikes

__all__ = ["QIF", "QIFRun", "qif_latency", "qif_rate", "simulate_qif"]


class QIF(NamedTuple):
    """The one number of a quadratic integrate-and-fire neuron or of a theta neuron.

    Examples
    --------
    >>> QIF().tau_m
    10.0
    """

    tau_m: Positive = 10.0
    """The unit of time, ms."""


class State(NamedTuple):
    """What goes on from one step to the next, in arrays with one number for each neuron."""

    v: np.ndarray
    """State of the neuron, a pure number."""


class _Run(NamedTuple):
    v: np.ndarray
    spikes: Spikes


class QIFRun(_Run):
    """What a simulation returns: it is unpacked into `v` and `spikes`, and has the `state` beside them.

    Attributes
    ----------
    v : array
        State at the end of each step, a pure number, same shape as the current.
    spikes : Spikes
        A spike is dated to the moment at which `v` is infinite, wherever in its step that is.
    state : State
        How the run ended: ``start=run.state`` goes on from there.

    Examples
    --------
    >>> v, spikes = simulate_qif(np.full(2, 1.0))
    >>> print(np.round(v, 4))
    [0.01 0.02]
    """

    state: Any


def check_qif(neuron: QIF) -> QIF:
    """`neuron` with a valid time constant."""
    return checked("neuron", neuron, QIF)


def simulate_qif(
    i: ArrayLike,
    neuron: QIF = QIF(),
    dt: float = 0.1,
    v_start: float | None = None,
    *,
    start: State | None = None,
) -> QIFRun:
    """Simulate quadratic integrate-and-fire neurons, without an error of the grid.

    Parameters
    ----------
    i : array of shape (steps,) or (steps, n)
        Input, a pure number, constant in each step, for one neuron, or one column for each of n.
    neuron
        Its time constant, which may be an array of shape (n,), one for each neuron.
    dt : float
        Time step, ms: as long as the input allows.
    v_start : float, optional
        State at time 0; 0 if left out.
    start : State, optional
        The ``state`` of an earlier run with the same `dt`: go on from there, in place of `v_start`.

    Returns
    -------
    QIFRun
        `v` (of the shape of `i`, at the end of each step) and `spikes`.

    Raises
    ------
    ValueError
        If there could be more than 100 million spikes.

    Examples
    --------
    >>> run = simulate_qif(np.full(1000, 0.25))
    >>> print(np.round(np.diff(run.spikes.times), 6), f"{10 * np.pi / 0.25**0.5:.6f}")
    [62.831853] 62.831853

    Two that differ:

    >>> pair = simulate_qif(np.full((1000, 2), 0.25), QIF(tau_m=np.array([10.0, 20.0])))
    >>> np.bincount(pair.spikes.units, minlength=2).tolist()
    [2, 1]
    """
    different = not alike(neuron)
    given = arguments_of_each if different else arguments
    current, neuron, dt, rest = given(i, neuron, dt, v_start, check_qif, begin)
    state = started(start, State(np.full(current.shape[1], rest)), v_start)
    room = _room(current, dt / neuron.tau_m)
    v, times, units = np.empty(current.shape), np.empty(room), np.empty(room, np.int64)
    if different:
        count = run_each(current, v, times, units, state, neuron, dt)
    else:
        count = run(current, v, times, units, state, *neuron, dt)
    steps, n = current.shape
    spikes = Spikes(times[:count], units[:count], n_units=n, duration=steps * dt)
    found = QIFRun(v.reshape(np.shape(i)), spikes)
    found.state = state
    return found


def begin(neuron: QIF, v_start: float | None, dt: float) -> float:
    """The state at time 0, if the step is one in units of τ too."""
    positive("dt / tau_m", dt / neuron.tau_m)
    return 0.0 if v_start is None else as_real("v_start", v_start)


def _room(current: np.ndarray, x: float | np.ndarray) -> int:
    """How many spikes there can be: in each step as many intervals as there is time for, and one more."""
    with np.errstate(over="ignore"):  # infinitely many are too many
        intervals = np.sum(np.sqrt(np.maximum(current, 0.0)).sum(axis=0) * (x / math.pi))
    return int(affordable(float(intervals)) * 1.000001) + 2 * current.size


def qif_rate(i: ArrayLike, neuron: QIF = QIF()) -> np.ndarray:
    r"""Firing rate under a constant input, in closed form.

    $$ f = \frac{\sqrt{i}}{\pi\, \tau} $$

    above zero, and 0 up to it: the neuron can fire as slowly as one likes.

    Parameters
    ----------
    i : float or array of any shape
        Input, a pure number.
    neuron
        Its time constant.

    Returns
    -------
    array of the shape of `i`
        Rate in Hz.

    Examples
    --------
    >>> print(np.round(qif_rate([-1.0, 0.0, 1.0, 4.0]), 2))
    [ 0.    0.   31.83 63.66]
    """
    current, neuron = finite_array("i", i, tuple(range(33)), "any"), check_qif(neuron)
    return 1000.0 * np.sqrt(np.maximum(current, 0.0)) / (math.pi * neuron.tau_m)


def qif_latency(i: ArrayLike, neuron: QIF = QIF(), v_start: float = 0.0) -> np.ndarray:
    """Time from the onset of a constant input to the first spike, in closed form.

    Parameters
    ----------
    i : float or array of any shape
        Input, a pure number.
    neuron
        Its time constant.
    v_start : float
        State at the onset.

    Returns
    -------
    array of the shape of `i`
        Latency in ms; infinite where the neuron stays silent.

    Examples
    --------
    >>> print(np.round(qif_latency([-1.0, 1.0]), 3), f"{10 * np.pi / 2:.3f}")
    [   inf 15.708] 15.708
    """
    current, neuron = finite_array("i", i, tuple(range(33)), "any"), check_qif(neuron)
    v_start = as_real("v_start", v_start)
    waits = np.array([_wait(v_start, x) for x in current.ravel()])
    return neuron.tau_m * waits.reshape(current.shape)


@kernel
def _wait(v, i):
    """Time until `v` is infinite under a constant input, in units of τ; infinite if it never is."""
    s = math.sqrt(abs(i))
    if i > 0.0:
        return math.atan2(s, v) / s  # π/2 − arctan(v/s), from 0 to π
    if v <= s:
        return math.inf  # it falls back to the resting state
    return math.atanh(s / v) / s if s > 0.0 else 1.0 / v


@kernel
def _reach(i, x):
    """T of the exact solution for a step of `x`, in units of τ."""
    s = math.sqrt(abs(i))
    if s == 0.0:
        return x
    return math.tan(s * x) / s if i > 0.0 else math.tanh(s * x) / s


@kernel
def step(v, i, reach):
    """The state one step later, if infinity is far."""
    return (v + i * reach) / (1.0 - v * reach)


@kernel
def interval(i):
    """From infinity to infinity under a constant input, in units of τ."""
    return math.pi / math.sqrt(i) if i > 0.0 else math.inf


@kernel
def through_infinity(v, i, x):
    """The state a step of `x` later, near infinity too, and when it first is infinite, in units of τ."""
    wait = _wait(v, i)
    if wait > 2.0 * x:
        return step(v, i, _reach(i, x)), wait
    # Counted from infinity, so that the sign of v and the spikes agree to the last digit.
    first, since = wait, 0.0
    while wait <= x:
        since = x - wait
        wait += interval(i)
    if wait < math.inf:
        return 1.0 / _reach(i, wait - x), first
    return -1.0 / _reach(i, max(since, 1e-200)), first


@kernel
def run(i, v, times, units, state, tau_m, dt):
    """Neuron after neuron through all steps; returns the number of spikes."""
    steps, n = i.shape
    x = dt / tau_m
    count = 0
    for k in range(n):
        now = state.v[k]
        for t in range(steps):
            now, wait = through_infinity(now, i[t, k], x)
            while wait <= x:
                times[count] = min((t + wait / x) * dt, steps * dt)
                units[count] = k
                count += 1
                wait += interval(i[t, k])
            v[t, k] = now
        state.v[k] = now
    return count


@kernel
def run_each(i, v, times, units, state, neurons, dt):
    """As `run` for neurons that differ, one after the other: their numbers are arrays."""
    count = 0
    for k in range(i.shape[1]):
        own = slice(k, k + 1)
        found = run(
            i[:, own], v[:, own], times[count:], units[count:], State(state.v[own]),
            neurons.tau_m[k], dt,
        )  # fmt: skip
        units[count : count + found] = k
        count += found
    return count
