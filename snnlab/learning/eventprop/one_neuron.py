r"""EventProp in one dimension: the adjoint of one neuron that fires several times, run backwards.

The loss is the time of one of its spikes, $L = t_k$. Of the way forwards are kept the times of all spikes
before it and the synaptic current $I$ at each. Then, from spike $k$ backwards, with
$\lambda_V = 1/(I - \vartheta)$ and $\lambda_I = 0$ to begin with, the two numbers follow

$$ \tau_m \lambda_V' = -\lambda_V, \qquad \tau_s \lambda_I' = -\lambda_I + \lambda_V $$

in reversed time. At each earlier spike $\lambda_V$ jumps, at each arrival a slope is read off,

$$ \lambda_V^- = \frac{I - V_r}{I - \vartheta}\, \lambda_V^+, \qquad
\frac{\partial t_k}{\partial w_i} = -\tau_s \lambda_I(t_i) $$

Source: T. C. Wunderlich and C. Pehle (2021), Scientific Reports 11, 12829.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, true_or_false, whole
from snnlab.learning.eventprop.event_adjoint import jump
from snnlab.learning.eventprop.event_network import EventNetwork, EventNeuron
from snnlab.learning.eventprop.event_run import run_events
from snnlab.learning.eventprop.two_exponentials import step
from snnlab.learning.spike_times.alpha_neuron import check_times
from snnlab.spikes import Spikes

__all__ = ["SpikeAdjoint", "spike_adjoint"]

DURATION, POINTS = 50.0, 50  # ms; points of a curve from event to event


class SpikeAdjoint(NamedTuple):
    """The slopes of one spike, and the two numbers that found them.

    Examples
    --------
    >>> spike_adjoint([9.0, 9.0], [0.0, 4.0]).slopes.shape
    (2,)
    """

    spikes: np.ndarray
    """When the neuron fires, ms."""
    currents: np.ndarray
    """The synaptic current at each spike, in thresholds: what is remembered beside the times."""
    slopes: np.ndarray
    """∂t/∂w of the spike that was asked about, by each weight, ms."""
    t: np.ndarray
    """Times from the first arrival to that spike, ms, events twice."""
    lambda_v: np.ndarray
    """The adjoint of the potential at each."""
    lambda_i: np.ndarray
    """That of the current."""


def spike_adjoint(
    w: ArrayLike,
    arrivals: ArrayLike,
    spike: int = 0,
    neuron: EventNeuron = EventNeuron(),
    *,
    factor: bool = True,
) -> SpikeAdjoint:
    """The slopes of the time of one spike by all weights, from the adjoint.

    Parameters
    ----------
    w : array of shape (n,)
        The weight of each input, in thresholds.
    arrivals : array of shape (n,)
        When each input spikes, ms, before 50.
    spike : int
        Which spike of the neuron is asked about, from 0 on.
    neuron
        Its numbers.
    factor : bool
        Whether the adjoint is multiplied at the earlier spikes; without, it is wrong.

    Examples
    --------
    >>> seen = spike_adjoint([9.0, 9.0], [0.0, 4.0], spike=1)
    >>> moved = spike_adjoint([9.0 + 1e-6, 9.0], [0.0, 4.0], spike=1)
    >>> print(f"{seen.slopes[0]:.4f} {(moved.spikes[1] - seen.spikes[1]) / 1e-6:.4f}")
    -0.4063 -0.4063
    """
    w, arrivals = finite_array("w", w, (1,), "(n,)"), check_times("arrivals", arrivals, (1,), "(n,)")
    spike, factor = whole("spike", spike), true_or_false("factor", factor)
    if arrivals.shape != w.shape:
        raise ValueError(f"arrivals must be {w.size}, one a weight, got {arrivals.size}")
    if arrivals.size and arrivals.max() >= DURATION:
        raise ValueError(f"arrivals must be before {DURATION:g} ms, got {arrivals.max():g}")
    inputs = Spikes(arrivals, np.arange(w.size), n_units=w.size, duration=DURATION)
    run = run_events(EventNetwork(np.append(w, 0.0)[None]), inputs, neuron)
    spikes, currents = run.spikes.times, run.currents
    if spike >= spikes.size:
        raise ValueError(f"spike must be below {spikes.size}, as many as the neuron fires, got {spike}")
    events = [(t, n, -1) for n, t in enumerate(spikes[:spike])]
    events += [(t, -1, n) for n, t in enumerate(arrivals) if t < spikes[spike]]
    slopes, curve, now = np.zeros(w.size), [], spikes[spike]
    lambda_v, lambda_i = jump(0.0, 1.0, 0.0, currents[spike], 0.0, neuron), 0.0
    for t, fired, arrived in sorted(events, reverse=True):
        for gap in np.linspace(0.0, now - t, POINTS):
            i, v = step(lambda_i, lambda_v, gap, neuron.tau_s, neuron.tau_m)
            curve.append((now - gap, v, i))
        now, lambda_v, lambda_i = t, v, i
        if arrived >= 0:
            slopes[arrived] = -neuron.tau_s * lambda_i
        elif factor:
            lambda_v = jump(lambda_v, 0.0, 0.0, currents[fired], 0.0, neuron)
    return SpikeAdjoint(spikes, currents, slopes, *np.array(curve[::-1]).reshape(-1, 3).T.copy())
