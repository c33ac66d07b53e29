r"""Spike times that can be written down: three neurons, and the search for the inputs that count.

All three are reached by exponential synaptic currents of time constant $\tau_s$, and differ in the time
constant of the membrane. With the sums over a set $C$ of inputs that have arrived,

- *no leak*, $\varepsilon(s) = 1 - e^{-s/\tau_s}$:

$$ e^{\hat t/\tau_s} = \frac{\sum_C w_i e^{t_i/\tau_s}}{\sum_C w_i - \theta} $$

- *equal*, $\tau_m = \tau_s$, $\varepsilon(s) = (s/\tau_s)\, e^{-s/\tau_s}$, with
  $a = \sum_C w_i e^{t_i/\tau_s}$ and $b = \sum_C w_i (t_i/\tau_s)\, e^{t_i/\tau_s}$:

$$ \frac{\hat t}{\tau_s} = \frac{b}{a} - W_0 \Big( - \frac{\theta}{a}\, e^{b/a} \Big) $$

- *double*, $\tau_m = 2 \tau_s$, $\varepsilon(s) = e^{-s/2\tau_s} - e^{-s/\tau_s}$, with $a$ as before and
  $c = \sum_C w_i e^{t_i/2\tau_s}$, a quadratic equation for $e^{-\hat t/2\tau_s}$:

$$ \frac{\hat t}{2 \tau_s} = \ln \frac{2 a}{c + \sqrt{c^2 - 4 a \theta}} $$

Which inputs are in $C$ depends on the time that is looked for. So they are added in the order of their
arrival, until what comes out lies between the last one taken and the next.

Sources: H. Mostafa (2018), Supervised learning based on temporal coding in spiking neural networks, IEEE
TNNLS 29, 3227–3235 (no leak); J. Göltz et al. (2021), Fast and energy-efficient neuromorphic deep learning
with first-spike times, Nature Machine Intelligence 3, 823–835 (the others).
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive
from snnlab.learning.spike_times.alpha_neuron import check_inputs
from snnlab.learning.spike_times.crossing import lambert_w

__all__ = ["double", "equal", "no_leak", "spike_of_causal_set"]

Form = Callable[[np.ndarray, np.ndarray, float], float]


def spike_of_causal_set(
    w: ArrayLike, times: ArrayLike, form: Form, theta: float = 0.4, tau_s: float = 1.0
) -> tuple[float, np.ndarray]:
    """When a neuron fires, and which inputs made it.

    Parameters
    ----------
    w : array of shape (n,)
        The weight of each input.
    times : array of shape (n,)
        When each input spikes, 0 or later; infinite for one that does not.
    form
        `no_leak`, `equal` or `double`.
    theta : float
        The threshold, positive, in units of the potential's formula.
    tau_s : float
        Time constant of the synaptic current, in the unit of the times.

    Returns
    -------
    time : float
        Infinite if it never fires.
    causal : array of bool, shape (n,)
        The causal set; all that arrive if it never fires.

    Examples
    --------
    The second input comes too late to matter.

    >>> time, causal = spike_of_causal_set([2.0, 1.0], [0.0, 5.0], equal)
    >>> print(f"{time:.3f}", causal)
    0.259 [ True False]
    """
    (w, times), theta, tau_s = check_inputs(w, times), positive("theta", theta), positive("tau_s", tau_s)
    causal, order = np.zeros(times.size, bool), np.argsort(times, kind="stable")
    order = order[np.isfinite(times[order])]
    for n, i in enumerate(order, start=1):
        causal[i] = True
        last, coming = times[i], times[order[n]] if n < order.size else math.inf
        time = last + tau_s * form(w[causal], (times[causal] - last) / tau_s, theta)
        if last <= time <= coming:
            return time, causal
    return math.inf, causal


def no_leak(w: np.ndarray, t: np.ndarray, theta: float) -> float:
    """The closed form of a neuron whose membrane does not leak, in units of τ_s; NaN where there is none.

    Examples
    --------
    >>> print(f"{no_leak(np.array([2.0]), np.array([0.0]), 1.0):.3f}")  # 1 - exp(-t) is a half at ln 2
    0.693
    """
    above, drive = w.sum() - theta, (w * np.exp(t)).sum()
    return math.log(drive / above) if above > 0 and drive > 0 else math.nan


def equal(w: np.ndarray, t: np.ndarray, theta: float) -> float:
    """The closed form of a neuron whose membrane is as slow as its synapses; NaN where there is none.

    Examples
    --------
    >>> print(f"{equal(np.array([np.e]), np.array([0.0]), 1.0):.3f}")  # its peak touches the threshold
    1.000
    """
    left = w * np.exp(t)
    a, b = left.sum(), (t * left).sum()
    if not (a > 0 and b < 700 * a):
        return math.nan
    return b / a - float(lambert_w(-theta / a * math.exp(b / a)))


def double(w: np.ndarray, t: np.ndarray, theta: float) -> float:
    """The closed form of a neuron whose membrane is half as fast as its synapses; NaN where there is none.

    Examples
    --------
    >>> print(f"{double(np.array([4.0]), np.array([0.0]), 1.0):.3f}")  # its peak touches the threshold
    1.386
    """
    a, c = (w * np.exp(t)).sum(), (w * np.exp(t / 2.0)).sum()
    inside = c * c - 4.0 * a * theta
    return 2.0 * math.log(2.0 * a / (c + math.sqrt(inside))) if a > 0 and c > 0 and inside >= 0 else math.nan
