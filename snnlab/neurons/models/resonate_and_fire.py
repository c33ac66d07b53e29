r"""The resonate-and-fire neuron: below its threshold it rings.

Its state is a point $z = x + \mathrm{i}\,y$ of the plane, with $y$ for the membrane potential and $x$ for
everything that drives it. Left to itself the point turns around rest and draws nearer:

$$ \frac{dz}{dt} = (b + \mathrm{i}\,\omega)\, z + i(t) + \sum_j w_j \sum_f \delta(t - t_j^{(f)}),
\qquad b = -\frac{1}{\tau}, \quad \omega = 2 \pi f $$

An input spike moves $x$, and $y$ follows a quarter of a period later. When $y$ rises above 1 the neuron has
fired, and $z$ is set to $\mathrm{i}$, which is $x = 0$ and $y = 1$. One spike of weight $w$ at time 0 is
answered by

$$ y(t) = w\, e^{-t/\tau} \sin \omega t $$

so a second spike helps where the first one's answer is about to rise again, a period later, and hinders half
a period later. A leaky integrator would need the less, the closer together they come. $z$ is a pure number,
and only the time has a unit; there is no refractory time.

For an input that is constant over a step the solution is exact. The point turns by $\omega\,\Delta t$ around
$z_\infty = -i/(b + \mathrm{i}\,\omega)$ and draws nearer by $e^{b\,\Delta t}$:

$$ z(t + \Delta t) = z_\infty + e^{(b + \mathrm{i}\,\omega)\,\Delta t}\, (z(t) - z_\infty) $$

Source: E. M. Izhikevich (2001), Neural Networks 14, 883–894.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import Positive, checked, positive
from snnlab.compiling import kernel
from snnlab.neurons.spike_inputs import arrivals
from snnlab.neurons.states import started
from snnlab.spikes import Spikes

__all__ = ["ResonateAndFire", "ResonateAndFireRun", "simulate_resonate_and_fire"]


class ResonateAndFire(NamedTuple):
    """The two numbers of a resonate-and-fire neuron.

    Examples
    --------
    >>> print(f"a period of {1000 / ResonateAndFire().freq:.0f} ms")
    a period of 25 ms
    """

    freq: Positive = 40.0
    """How often it would turn around rest in a second: its eigenfrequency f, Hz."""
    tau: Positive = 50.0
    """The time constant with which the ringing dies away, ms."""


class State(NamedTuple):
    """What goes on from one step to the next."""

    x: float
    """What drives the potential, a pure number."""
    y: float
    """The potential, a pure number; the threshold is 1."""


class _Run(NamedTuple):
    x: np.ndarray
    y: np.ndarray
    spikes: Spikes


class ResonateAndFireRun(_Run):
    """What a simulation returns: it is unpacked into `x`, `y` and `spikes`, and has the `state` beside them.

    Attributes
    ----------
    x, y : array of shape (steps,)
        What drives the potential, and the potential, at the end of each step, pure numbers.
    spikes : Spikes
        A spike is dated to the end of the step in which `y` rose above 1.
    state : State
        How the run ended: ``start=run.state`` goes on from there.

    Examples
    --------
    >>> x, y, spikes = simulate_resonate_and_fire(Spikes([0.1], duration=0.2), [0.5])
    >>> print(np.round(y, 4), spikes.n_spikes)
    [0.     0.0125] 0
    """

    state: Any


def check_resonate_and_fire(neuron: ResonateAndFire) -> ResonateAndFire:
    """`neuron` with valid numbers."""
    return checked("neuron", neuron, ResonateAndFire)


def simulate_resonate_and_fire(
    inputs: Spikes,
    w: ArrayLike,
    neuron: ResonateAndFire = ResonateAndFire(),
    *,
    delay: float = 0.0,
    i: ArrayLike | None = None,
    dt: float = 0.1,
    start: State | None = None,
) -> ResonateAndFireRun:
    """Simulate one resonate-and-fire neuron that gets input spikes.

    Exact for an input `i` that is constant within each step, but for the spikes: each is dated to the end of
    its step.

    Parameters
    ----------
    inputs
        The trains that arrive; their duration, in whole steps, is that of the simulation.
    w : array of shape (n_units,)
        By how much a spike of each unit moves `x`, a pure number. Negative: inhibition, which can make the
        neuron fire half a period later.
    neuron
        The numbers of the neuron; it starts at rest, ``x = y = 0``.
    delay : float
        From a spike to its effect, ms. Spike time and delay together are rounded to a whole step.
    i : array of shape (steps,), optional
        An input from outside, in 1/ms. None if left out.
    dt : float
        Time step, ms: short against the period, or the neuron can pass its threshold and come back unseen.
    start : State, optional
        The ``state`` of an earlier run with the same `dt`: go on from there, in place of rest.

    Returns
    -------
    ResonateAndFireRun
        `x` and `y`, at the end of each step, and `spikes`.

    Examples
    --------
    Two spikes 0, half and a whole period of 25 ms apart:

    >>> for gap in (0.0, 12.5, 25.0):
    ...     pair = Spikes([10.0, 10.0 + gap], duration=100)
    ...     run = simulate_resonate_and_fire(pair, [0.8])
    ...     print(f"{gap:4.1f} ms: {run.spikes.n_spikes} spikes, y up to {run.y.max():.2f}")
     0.0 ms: 1 spikes, y up to 1.00
    12.5 ms: 0 spikes, y up to 0.71
    25.0 ms: 1 spikes, y up to 1.00
    """
    neuron, dt = check_resonate_and_fire(neuron), positive("dt", dt)
    jump, i = arrivals(inputs, w, delay, i, dt)
    x, y, times = np.empty(i.size), np.empty(i.size), np.empty(i.size)
    count, state = run(i, jump, x, y, times, started(start, State(0.0, 0.0)), *neuron, dt)
    spikes = Spikes._sorted(times[:count].copy(), np.zeros(count, np.int64), 1, i.size * dt)
    found = ResonateAndFireRun(x, y, spikes)
    found.state = state
    return found


@kernel
def turned(b, omega, dt):
    """The two parts of exp((b + iω) dt): by how much a step turns the point and draws it nearer."""
    return math.exp(b * dt) * math.cos(omega * dt), math.exp(b * dt) * math.sin(omega * dt)


@kernel
def step(x, y, i, along, across, b, omega):
    """The point one step later, turned around the one at which the input `i` would hold it."""
    strength = i / (b * b + omega * omega)
    far, high = x + b * strength, y - omega * strength
    return along * far - across * high - b * strength, across * far + along * high + omega * strength


@kernel
def run(i, jump, x, y, times, state, freq, tau, dt):
    """One neuron through all steps; ``jump[t]`` is added to `x` at the start of step t."""
    b, omega = -1.0 / tau, 2.0e-3 * math.pi * freq
    along, across = turned(b, omega, dt)
    far, high = state.x + jump[0], state.y
    count = 0
    for t in range(i.size):
        far, high = step(far, high, i[t], along, across, b, omega)
        if high > 1.0:
            far, high = 0.0, 1.0
            times[count] = (t + 1) * dt
            count += 1
        far += jump[t + 1]
        x[t], y[t] = far, high
    return count, State(far, high)
