r"""What a spike response neuron remembers: every spike that it has fired, or only the last one.

An own spike is followed by $\eta(s) = -a\, e^{-s/\tau_\eta}$, an input spike by $w\, \varepsilon(s)$ with the
PSP of an exponential synapse. One input goes through the cumulative form, in which all own spikes count, and
through SRM0, in which only the last one does. While the response to a spike is short against the intervals
both say the same.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real, positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.compiling import kernel
from snnlab.neurons.models.srm_kernels import add_responses, run
from snnlab.neurons.models.srm_parameters import SRM, check_srm
from snnlab.neurons.synaptic import psp_at
from snnlab.neurons.time_grid import whole_steps
from snnlab.records import blank, read
from snnlab.spikes import Spikes

__all__ = ["SRMMemory", "srm_memory"]

POINTS, LONGEST = 301, 150.0
"""So many values of the responses are told, up to so many ms after the spike."""


class SRMMemory(NamedTuple):
    """One input through both forms; potentials have one value a step and are −∞ while refractory.

    Examples
    --------
    >>> seen = srm_memory(Spikes([10.0], duration=50), w=20.0, eta=0.0)
    >>> print(f"{seen.epsilon.max():.1f} mV")
    12.6 mV
    """

    s: np.ndarray
    """Time since a spike, ms."""
    epsilon: np.ndarray
    """The response to an input spike, w included, mV."""
    eta_drawn: np.ndarray
    """The response to an own spike, mV."""
    h: np.ndarray
    """The sum of the responses to the input, mV."""
    v: np.ndarray
    """The potential where every own spike counts, mV."""
    v_last: np.ndarray
    """The potential where only the last one counts, mV."""
    times: Annotated[np.ndarray, "n"]
    """Spike times where every own spike counts, ms."""
    times_last: Annotated[np.ndarray, "n_last"]
    """Spike times where only the last one counts, ms."""
    n: int
    """Spikes where every own spike counts."""
    n_last: int
    """Spikes where only the last one counts."""


def srm_memory(
    inputs: Spikes,
    w: float,
    eta: float,
    tau_eta: float = 20.0,
    neuron: SRM = SRM(),
    dt: float = 0.1,
) -> SRMMemory:
    """Send one input through the cumulative form and through SRM0.

    Parameters
    ----------
    inputs : Spikes of one unit
        The input.
    w : float
        Weight of its spikes, mV.
    eta, tau_eta : float
        How deep the response to an own spike begins, mV, and its time constant, ms.
    neuron
        The other numbers; the response to an own spike takes the place of a reset.
    dt : float
        Time step, ms.

    Returns
    -------
    SRMMemory

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> inputs = Spikes(np.arange(2.0, 400.0, 4.0), duration=400)
    >>> for tau_eta in (5.0, 80.0):
    ...     seen = srm_memory(inputs, w=4.0, eta=15.0, tau_eta=tau_eta)
    ...     print(seen.n, seen.n_last)
    52 64
    4 5
    """
    be_spikes("inputs", inputs)
    if inputs.n_units != 1:
        raise ValueError(f"inputs must have one unit, got {inputs.n_units}")
    w, eta, tau_eta = as_real("w", w), as_real("eta", eta), positive("tau_eta", tau_eta)
    neuron, dt = check_srm(neuron), positive("dt", dt)
    seen = recorded(inputs.duration, dt)
    run_memory(seen, np.zeros((5, seen.h.size + 1)), inputs.times, w, eta, tau_eta, neuron, LONGEST, dt)
    return read(seen)


def recorded(duration: float, dt: float) -> SRMMemory:
    """A blank record of `duration` (ms)."""
    each = dict.fromkeys(("h", "v", "v_last", "times", "times_last"), whole_steps(duration, dt))
    return blank(SRMMemory, s=POINTS, epsilon=POINTS, eta_drawn=POINTS, **each)


@kernel
def run_memory(seen, work, arrivals, w, eta, tau_eta, neuron, longest, dt):
    """Both kernels, and the input through both forms; `work` has five rows."""
    steps = seen.h.size
    jump, response, own = work[0], work[1, :steps], work[2, :steps]
    for k in range(seen.s.size):
        seen.s[k] = longest * k / (seen.s.size - 1)
        seen.epsilon[k] = w * psp_at(seen.s[k], neuron.tau_m, neuron.tau_s)
        seen.eta_drawn[k] = -eta * math.exp(-seen.s[k] / tau_eta)
    for t in range(steps):
        response[t] = psp_at(t * dt, neuron.tau_m, neuron.tau_s)
        own[t] = -eta * math.exp(-t * dt / tau_eta)
    for k in range(arrivals.size):
        jump[round(arrivals[k] / dt)] += w
    add_responses(jump, response, 1, seen.h)
    v_rest, v_th, t_ref = neuron.v_rest, neuron.v_th, neuron.t_ref
    n = run(seen.h, own, work[3], seen.v, seen.times, True, v_rest, v_th, t_ref, dt)
    n_last = run(seen.h, own, work[4], seen.v_last, seen.times_last, False, v_rest, v_th, t_ref, dt)
    for k in range(n):  # drawn up to the threshold; then comes the gap of the refractory time
        seen.v[round(seen.times[k] / dt) - 1] = v_th
    for k in range(n_last):
        seen.v_last[round(seen.times_last[k] / dt) - 1] = v_th
    seen.n[0], seen.n_last[0] = n, n_last
