r"""How long AdEx neurons wait for their spikes under steps of current.

The equations are those of `snnlab.neurons.models.adex`, whose step is called; here is only the experiment
around it. Before the onset the neuron has settled under the current that flowed until then: its potential is
where the leak, the adaptation current and the foot of the upswing are in balance,

$$ v = v_{rest} + \frac{R\, i_{before} + \Delta_T\, e^{(v - v_{th})/\Delta_T}}{1 + R\, a},
\qquad w = a\,(v - v_{rest}) $$
"""

import math

from snnlab.compiling import kernel
from snnlab.neurons.models.adex import step

__all__ = ["adex_waits"]

LONGEST = 10.0  # lengths of the step: how long a model may take for a wait


@kernel
def adex_waits(current, before, first, waits, counts, neuron, duration, dt):
    """For each step of current as many waits as the cell has spikes, and the spikes within the duration.

    Parameters
    ----------
    current, before : arrays of shape (n,)
        The current of each step and the one until its onset, nA.
    first : array of int of shape (n + 1,)
        Where the waits of each step begin in `waits`.
    waits : array of shape (first[-1],)
        They are written here, ms.
    counts : array of int of shape (n,)
        The numbers of spikes while the current is on are written here.
    neuron
        An `AdEx`.
    duration, dt : float
        Length of a step of current, and of a time step, ms.

    Examples
    --------
    >>> import numpy as np
    >>> from snnlab.neurons.models.adex import FIRING_PATTERNS, simulate_adex
    >>> neuron, i = FIRING_PATTERNS["adapting"]
    >>> waits, counts = np.empty(4), np.zeros(1, np.int64)
    >>> adex_waits(np.array([i]), np.zeros(1), np.array([0, 4]), waits, counts, neuron, 200.0, 0.1)
    >>> train = simulate_adex(np.full(2000, i), neuron).spikes
    >>> bool(np.allclose(np.cumsum(waits), train[0][:4], rtol=0, atol=0.01)), int(counts[0]) == train.n_spikes
    (True, True)
    """
    tau_m, r_m, v_rest, v_reset, v_th, delta_th, v_peak, tau_w, a, b = neuron
    for k in range(current.size):
        v = v_rest
        for _ in range(30):
            foot = delta_th * math.exp(min((v - v_th) / delta_th, 0.0))
            v = min(v_rest + (r_m * before[k] + foot) / (1.0 + r_m * a), v_th)
        w = a * (v - v_rest)
        n = first[k + 1] - first[k]
        t, last, count, steps = 0.0, 0.0, 0, 0
        counts[k] = 0
        while count < n or t < duration:
            v_before, w_before = v, w
            v, w = step(v, w, current[k], tau_m, r_m, v_rest, v_th, delta_th, v_peak, tau_w, a, dt)
            steps += 1
            t = steps * dt
            if v > v_peak:
                if count < n:
                    waits[first[k] + count] = t - last
                if t <= duration:
                    counts[k] += 1
                count += 1
                v, w, last = v_reset, w + b, t
            else:
                settled = abs(v - v_before) < 1e-9 and abs(w - w_before) < 1e-12
                if settled or t - last >= LONGEST * duration:  # it will not fire again
                    waits[first[k] + min(count, n) : first[k + 1]] = LONGEST * duration
                    break
