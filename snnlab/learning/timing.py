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
are graded and whose gradient is that of its loss.

Sources: F. Zenke and S. Ganguli (2018), SuperSpike, Neural Computation 30, 1514–1541 (loss and surrogate); E.
O. Neftci, H. Mostafa and F. Zenke (2019), IEEE Signal Processing Magazine 36(6), 51–63 (back-propagation
through time).
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive, whole
from snnlab.compiling import kernel
from snnlab.learning.adam import Adam, check_adam, update_row
from snnlab.learning.bptt import step, step_back
from snnlab.learning.graded_spikes import _graded
from snnlab.learning.surrogate_network import CurrentLIF, check_current_lif
from snnlab.learning.surrogate_shapes import _hump, fast_sigmoid, shape_number
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
    width = positive("width", width)
    start, at, unit, wanted_trace, decays = _checked(w, inputs, wanted, neuron, tau)
    steps = wanted_trace.size
    v, i, s, trace = (np.empty(steps) for _ in range(4))
    gradient = np.empty(start.size)
    forward(start, at, unit, v, i, s, trace, *decays, width, relaxed)
    loss = blurred_distance(trace, wanted_trace, decays[2])
    backward(at, unit, v, i, s, trace, wanted_trace, gradient, *decays, width, relaxed)
    return TimingLoss(loss, gradient, v, _as_spikes(v, neuron.dt))


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
    start, at, unit, wanted_trace, decays = _checked(w, inputs, wanted, neuron, tau)
    v, i, s, trace = (np.empty(wanted_trace.size) for _ in range(4))
    gradient, mean, square = np.empty(start.size), np.zeros(start.size), np.zeros(start.size)
    loss = np.empty(epochs + 1)
    learn_times(
        start, at, unit, v, i, s, trace, wanted_trace, gradient, mean, square, loss, *decays, width, adam
    )
    return TimingRun(start, loss, v, _as_spikes(v, neuron.dt))


def _checked(w, inputs, wanted, neuron, tau):
    """Weights, input spikes by step, the blurred wanted train, and the decays."""
    neuron, tau = check_current_lif(neuron), positive("tau", tau)
    w = checked_inputs(inputs, w).copy()
    if not isinstance(wanted, Spikes) or wanted.n_units != 1:
        raise TypeError(f"wanted must be a Spikes of one unit, got {wanted!r}")
    dt = neuron.dt
    steps = whole("steps", whole_steps(inputs.duration, dt), least=1)
    decays = neuron.alpha, neuron.beta, math.exp(-dt / tau)
    at = np.floor(inputs.times / dt + 1e-9).astype(np.int64)
    inside = at < steps  # what arrives at the very end does nothing any more
    ends = np.ceil(wanted.times / dt - 1e-9).astype(np.int64) - 1
    train = np.zeros(steps)
    np.add.at(train, np.clip(ends[ends < steps], 0, None), 1.0)
    trace = np.empty(steps)
    blur(train, trace, decays[2])
    return w, at[inside].astype(np.int32), inputs.units[inside].astype(np.int32), trace, decays


def _as_spikes(v: np.ndarray, dt: float) -> Spikes:
    return Spikes((np.flatnonzero(v > 1.0) + 1) * dt, duration=v.size * dt)


@kernel
def blur(train, trace, gamma):
    """A train blurred: each spike a jump that decays."""
    now = 0.0
    for t in range(train.size):
        now = gamma * now + train[t]
        trace[t] = now


@kernel
def blurred_distance(trace, wanted, gamma):
    """The squared van Rossum distance of two blurred trains."""
    total = 0.0
    for t in range(trace.size):
        total += (trace[t] - wanted[t]) ** 2
    return (1.0 - gamma * gamma) * total


@kernel
def forward(w, at, unit, v, i, s, trace, alpha, beta, gamma, width, relaxed):
    """The neuron through all steps; spikes are 0 or 1, or graded."""
    now_v, now_i, n = 0.0, 0.0, 0
    for t in range(v.size):
        x = now_v - 1.0
        v[t], i[t] = now_v, now_i
        if relaxed:
            s[t] = _graded(_SHAPE, x, width)
        else:
            s[t] = 1.0 if x > 0.0 else 0.0
        now_v, now_i = step(now_v, now_i, alpha, beta)
        now_v *= 1.0 - s[t]
        while n < at.size and at[n] == t:
            now_i += w[unit[n]]
            n += 1
    blur(s, trace, gamma)


@kernel
def backward(at, unit, v, i, s, trace, wanted, gradient, alpha, beta, gamma, width, through):
    """The gradient by the weights, from the last step to the first."""
    gradient[:] = 0.0
    a, c, q, n = 0.0, 0.0, 0.0, at.size - 1
    for t in range(v.size - 1, -1, -1):
        while n >= 0 and at[n] == t:
            gradient[unit[n]] += c
            n -= 1
        e = q = gamma * q + 2.0 * (1.0 - gamma * gamma) * (trace[t] - wanted[t])
        if through:
            e -= (beta * v[t] + i[t]) * a
        a, c = step_back((1.0 - s[t]) * a, c, alpha, beta)
        a += _hump(_SHAPE, v[t] - 1.0, width) / (2.0 * width) * e


@kernel
def learn_times(
    w, at, unit, v, i, s, trace, wanted, gradient, mean, square, loss, alpha, beta, gamma, width, adam
):
    """Adam, as often as `loss` has room; `mean` and `square` start at zero."""
    for epoch in range(loss.size):
        forward(w, at, unit, v, i, s, trace, alpha, beta, gamma, width, False)
        loss[epoch] = blurred_distance(trace, wanted, gamma)
        if epoch + 1 < loss.size:
            backward(at, unit, v, i, s, trace, wanted, gradient, alpha, beta, gamma, width, False)
            update_row(
                w, gradient, mean, square, epoch + 1, adam.rate, adam.beta_1, adam.beta_2, adam.epsilon
            )
