r"""One neuron that learns when to fire.

It is the neuron of the networks that learn with surrogate gradients: an input spike of unit $j$ makes the
current $i$ jump by $w_j$, the membrane potential $v$ integrates the current and leaks, and at the threshold 1
the neuron fires and starts again from 0. In steps, with $\alpha = e^{-\Delta t/\tau_s}$, $\beta = e^{-\Delta
t/\tau_m}$ and the input spikes $x_{j,t}$,

$$ i_{t+1} = \alpha\, i_t + \sum_j w_j x_{j,t}, \qquad v_{t+1} = (\beta v_t + i_t)(1 - s_t), \qquad
s_t = H(v_t - 1) $$

What it should have done is another train $s^*$. Both trains are blurred, $r_t = \gamma r_{t-1} + s_t$, and
the loss is the square of their van Rossum distance: one spike too few, far from all others, costs 1.

$$ L = (1 - \gamma^2) \sum_t (r_t - r^*_t)^2 $$

Backwards through time, with the surrogate $h$ in the place of the derivative of $H$, the loss has the
derivatives $e$ by $s$, $a$ by $v$ and $c$ by $i$,

$$ e_t = q_t\;[\, - (\beta v_t + i_t)\, a_{t+1} ], \qquad
q_t = \gamma q_{t+1} + 2 (1 - \gamma^2)(r_t - r^*_t) $$

$$ a_t = \beta\,(1 - s_t)\, a_{t+1} + h(v_t - 1)\, e_t, \qquad
c_t = \alpha\, c_{t+1} + (1 - s_t)\, a_{t+1}, \qquad
\frac{\partial L}{\partial w_j} = \sum_t c_{t+1} x_{j,t} $$

The part in brackets is the way through the reset. It is left out, but for the relaxed neuron, whose spikes
are graded and whose gradient is that of its loss. Step, reset and their transposes are those of
`snnlab.learning.gradients.cell`.

Sources: F. Zenke and S. Ganguli (2018), SuperSpike, Neural Computation 30, 1514–1541 (loss and surrogate); E.
O. Neftci, H. Mostafa and F. Zenke (2019), IEEE Signal Processing Magazine 36(6), 51–63 (back-propagation
through time).
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive, true_or_false, whole, within
from snnlab.compiling import kernel
from snnlab.learning.gradients.adam import Adam, check_adam, update_row
from snnlab.learning.gradients.blurred_trains import blur, blurred_distance, blurred_slope
from snnlab.learning.gradients.cell import TO_ZERO, reset, reset_back, step, step_back
from snnlab.learning.gradients.graded_spikes import _graded
from snnlab.learning.gradients.surrogate_network import CurrentLIF, check_current_lif
from snnlab.learning.gradients.surrogate_shapes import _hump, fast_sigmoid, shape_number
from snnlab.neurons.spike_inputs import checked_inputs
from snnlab.neurons.time_grid import whole_steps
from snnlab.spikes import Spikes

__all__ = ["TimingLoss", "TimingRun", "learn_timing", "timing_loss"]

_SHAPE = shape_number(fast_sigmoid)


class TimingLoss(NamedTuple):
    """How far a neuron is from the spikes that it should fire.

    Examples
    --------
    >>> one = Spikes([2.0], duration=100)
    >>> print(f"{timing_loss([0.1], one, Spikes([9.0], duration=100)).loss:.3f}")
    1.000
    """

    loss: float
    """The squared van Rossum distance to the wanted spikes."""
    gradient: np.ndarray
    """Its gradient by the weights, as far as the surrogate knows, shape (n_units,)."""
    v: np.ndarray
    """Membrane potential in each step, in units of the threshold, shape (steps,)."""
    spikes: Spikes
    """What the neuron fired, dated to the end of the step; relaxed, where it is above the threshold."""


class TimingRun(NamedTuple):
    """What learning leaves.

    Examples
    --------
    >>> one = Spikes([2.0], duration=100)
    >>> run = learn_timing([0.3], one, Spikes([9.0], duration=100), epochs=50)
    >>> bool(run.loss[-1] < run.loss[0])
    True
    """

    w: np.ndarray
    """The weights after learning, shape (n_units,)."""
    loss: np.ndarray
    """The loss before the first epoch and after each, shape (epochs + 1,)."""
    v: np.ndarray
    """Membrane potential in each step, after learning, shape (steps,)."""
    spikes: Spikes
    """What the neuron fires after learning."""


class Decays(NamedTuple):
    """What a step leaves."""

    alpha: float  # of the current
    beta: float  # of the potential
    gamma: float  # of a blurred train


class KeptRun(NamedTuple):
    """Where one run of the neuron is kept, one value a step, and what it says of the weights."""

    v: np.ndarray
    i: np.ndarray
    s: np.ndarray
    trace: np.ndarray  # the spikes, blurred; then what the loss says of each
    gradient: np.ndarray  # (n_units,)


def timing_loss(
    w: ArrayLike,
    inputs: Spikes,
    wanted: Spikes,
    neuron: CurrentLIF = CurrentLIF(),
    *,
    width: float = 0.1,
    relaxed: bool = False,
    tau: float = 10.0,
) -> TimingLoss:
    """The loss of one neuron and its surrogate gradient.

    Parameters
    ----------
    w : array of shape (n_units,)
        The weight of each input, in units of the threshold.
    inputs
        The trains that arrive; their duration, in whole steps, is that of the simulation.
    wanted : Spikes of one unit
        What the neuron should fire.
    neuron
        Its time constants and the time step. An input spike belongs to the step in which its time lies,
        another to the step that ends then.
    width : float
        Width of the surrogate `fast_sigmoid`, in units of the threshold. It is divided by its area.
    relaxed : bool
        Give the neuron graded spikes, `fast_sigmoid_spike`, whose derivative the surrogate is. Then the
        gradient is the gradient of the loss, through the reset and all.
    tau : float
        Time constant of the blur, ms.

    Examples
    --------
    Where a spike is missing, downhill is towards a larger weight.

    >>> one = Spikes([2.0], duration=100)
    >>> weak = timing_loss([0.3], one, Spikes([9.0], duration=100))
    >>> print(weak.spikes.n_spikes, f"{weak.loss:.2f}", bool(weak.gradient[0] < 0))
    0 1.00 True
    """
    width, relaxed = positive("width", width), true_or_false("relaxed", relaxed)
    start, at, unit, target, decays = in_steps(w, inputs, wanted, neuron, tau)
    kept = _room(target.size, start.size)
    loss = loss_of(start, at, unit, kept, target, decays, width, relaxed)
    return TimingLoss(loss, kept.gradient, kept.v, _as_spikes(kept.v, neuron.dt))


def learn_timing(
    w: ArrayLike,
    inputs: Spikes,
    wanted: Spikes,
    epochs: int,
    neuron: CurrentLIF = CurrentLIF(),
    *,
    width: float = 0.1,
    adam: Adam = Adam(rate=0.01),
    tau: float = 10.0,
) -> TimingRun:
    """Let one neuron learn to fire the wanted spikes, with surrogate gradients and Adam.

    Parameters
    ----------
    w : array of shape (n_units,)
        The weight of each input at the start, in units of the threshold.
    inputs, wanted, neuron, width, tau
        As in `timing_loss`.
    epochs : int
        How often it sees the inputs.
    adam
        The numbers of Adam.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> inputs = Spikes(rng.uniform(0, 200, 200), rng.integers(0, 100, 200), n_units=100, duration=200)
    >>> wanted = Spikes([50.0, 90.0, 150.0], duration=200)
    >>> run = learn_timing(rng.normal(0.05, 0.05, 100), inputs, wanted, epochs=100, width=1.0)
    >>> print(run.spikes.n_spikes)
    3
    """
    width, adam, epochs = positive("width", width), check_adam(adam), whole("epochs", epochs)
    start, at, unit, target, decays = in_steps(w, inputs, wanted, neuron, tau)
    kept, loss = _room(target.size, start.size), np.empty(epochs + 1)
    learn_times(start, at, unit, kept, target, *np.zeros((2, start.size)), loss, decays, width, adam)
    return TimingRun(start, loss, kept.v, _as_spikes(kept.v, neuron.dt))


def in_steps(
    w: ArrayLike, inputs: Spikes, wanted: Spikes, neuron: CurrentLIF, tau: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, Decays]:
    """Weights, the steps and units of input spikes, the blurred wanted train, and the decays."""
    neuron, tau = check_current_lif(neuron), positive("tau", tau)
    w = within("w", checked_inputs(inputs, w), 1e100).copy()
    if not isinstance(wanted, Spikes) or wanted.n_units != 1:
        raise TypeError(f"wanted must be a Spikes of one unit, got {wanted!r}")
    dt = neuron.dt
    steps = whole("steps", whole_steps(inputs.duration, dt), least=1)
    decays = decays_of(neuron, tau)
    at = np.floor(inputs.times / dt + 1e-9).astype(np.int64)
    inside = at < steps  # what arrives at the very end does nothing any more
    ends = np.ceil(wanted.times / dt - 1e-9).astype(np.int64) - 1
    train = np.zeros(steps)
    np.add.at(train, np.clip(ends[ends < steps], 0, None), 1.0)
    trace = np.empty(steps)
    blur(train, trace, decays.gamma)
    return w, at[inside].astype(np.int32), inputs.units[inside].astype(np.int32), trace, decays


def decays_of(neuron: CurrentLIF, tau: float) -> Decays:
    """The decays of a neuron, and those of trains that are blurred with `tau` (ms)."""
    return Decays(neuron.alpha, neuron.beta, math.exp(-neuron.dt / tau))


def _room(steps: int, units: int) -> KeptRun:
    v, i, s, trace = np.empty((4, steps))
    return KeptRun(v, i, s, trace, np.empty(units))


def _as_spikes(v: np.ndarray, dt: float) -> Spikes:
    return Spikes((np.flatnonzero(v > 1.0) + 1) * dt, duration=v.size * dt)


@kernel
def spike_times(s, times, dt):
    """When the neuron has fired, dated to the end of the step; returns how often."""
    n = 0
    for t in range(s.size):
        if s[t] > 0.0:
            times[n] = (t + 1.0) * dt
            n += 1
    return n


@kernel
def forward(w, at, unit, kept, decays, width, relaxed):
    """The neuron through all steps; spikes are 0 or 1, or graded."""
    v, i, s = kept.v, kept.i, kept.s
    now_v, now_i, n = 0.0, 0.0, 0
    for t in range(v.size):
        x = now_v - 1.0
        v[t], i[t] = now_v, now_i
        if relaxed:
            s[t] = _graded(_SHAPE, x, width)
        else:
            s[t] = 1.0 if x > 0.0 else 0.0
        now_v, now_i = step(now_v, now_i, decays.alpha, decays.beta)
        now_v = reset(now_v, s[t], 0.0, 1.0, TO_ZERO)
        while n < at.size and at[n] == t:
            now_i += w[unit[n]]
            n += 1
    blur(s, kept.trace, decays.gamma)


@kernel
def backward(at, unit, kept, decays, width, through):
    """The gradient by the weights, step by step from the last; of the loss it knows the slope in `trace`."""
    v, i, s = kept.v, kept.i, kept.s
    kept.gradient[:] = 0.0
    a, c, n = 0.0, 0.0, at.size - 1
    for t in range(v.size - 1, -1, -1):
        while n >= 0 and at[n] == t:
            kept.gradient[unit[n]] += c
            n -= 1
        e, u = kept.trace[t], step(v[t], i[t], decays.alpha, decays.beta)[0]
        to_u, to_s, _, _ = reset_back(a, u, s[t], 0.0, 1.0, TO_ZERO)
        if through:
            e += to_s
        a, c = step_back(to_u, c, decays.alpha, decays.beta)
        a += _hump(_SHAPE, v[t] - 1.0, width) / (2.0 * width) * e


@kernel
def loss_of(w, at, unit, kept, wanted, decays, width, relaxed):
    """The loss of the spiking or of the relaxed neuron; its run and its gradient are left in `kept`."""
    forward(w, at, unit, kept, decays, width, relaxed)
    loss = blurred_distance(kept.trace, wanted, decays.gamma)
    blurred_slope(kept.trace, wanted, decays.gamma)
    backward(at, unit, kept, decays, width, relaxed)
    return loss


@kernel
def learn_times(w, at, unit, kept, wanted, mean, square, loss, decays, width, adam):
    """Adam, as often as `loss` has room; `mean` and `square` start at zero."""
    for epoch in range(loss.size):
        loss[epoch] = loss_of(w, at, unit, kept, wanted, decays, width, False)
        if epoch + 1 < loss.size:
            update_row(
                w, kept.gradient, mean, square, epoch + 1,
                adam.rate, adam.beta_1, adam.beta_2, adam.epsilon,
            )  # fmt: skip
