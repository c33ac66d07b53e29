r"""Fit an AdEx neuron to the spike times of a cell under steps of current.

As in `snnlab.neurons.fit_adaptive`, what a weak step shows is measured and kept, and the other numbers are
those with which the model waits as long for each spike as the cell did:

$$ \min_{v_{th},\, v_{reset},\, \Delta_T,\, \tau_w,\, a,\, b}
\frac{1}{n} \sum_k \left| \ln \frac{T_k^{model}}{T_k^{cell}} \right| $$

The adaptation current leaks, too, so the resistance that a long weak step shows is that of both together,
$R / (1 + R\,a)$: the model's $R$ is chosen so that this is the measured one.

Six numbers from spike times are many. Times fix some of their combinations far better than the numbers: a
softer threshold may lie lower, a reset may be deeper if the adaptation is weaker. Judge the neuron by steps
that it has not seen, `snnlab.neurons.held_out_errors`, before you read its numbers.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.neurons.experiments.adaptive_response import DT, Experiment
from snnlab.neurons.fitting.adaptive_fit import CALLS, errors_of, to_fit
from snnlab.neurons.fitting.bounds import Bounds, brought_back, checked_bounds
from snnlab.neurons.fitting.search import minimise_from
from snnlab.neurons.models.adex import AdEx
from snnlab.neurons.models.lif import LIF
from snnlab.spikes import Spikes
from snnlab.work_and_memory import afford

__all__ = ["AdExFit", "fit_adex"]

_BOUNDED = ("v_reset", "v_th", "delta_th", "tau_w", "a", "b")
_SOFTEST, _SHARPEST = 10.0, 0.2  # mV
_STARTS = 3


class AdExFit(NamedTuple):
    """The fitted neuron and how well it does on the steps to which it was fitted.

    Examples
    --------
    >>> print(f"{AdExFit(AdEx(), 0.1, 0.2, 3.0).interval_error:.0%}")
    10%
    """

    neuron: AdEx
    """The numbers found."""
    interval_error: float
    """Mean |ln| of the model's intervals over the cell's, mean over the steps."""
    latency_error: float
    """The same of the latencies."""
    rate_rms: float
    """Root mean square of the error of the rate during the steps, Hz: the f–I curve."""


def fit_adex(
    current: ArrayLike,
    spikes: Spikes,
    membrane: LIF,
    before: ArrayLike = 0.0,
    bounds: Bounds | None = None,
) -> AdExFit:
    """Fit an AdEx neuron to spike times under steps of current.

    The search looks at a coarse grid without subthreshold adaptation and sets out from its best points with
    all six numbers free. It takes some seconds.

    Parameters
    ----------
    current, spikes, before
        As for `step_response`; five waits at least.
    membrane
        Its `tau_m` and `v_rest` are kept, and its `r_m` is that of leak and adaptation together.
    bounds : dict, optional
        For some of ``v_reset``, ``v_th``, ``delta_th`` (mV), ``tau_w`` (ms), ``a`` (µS) and ``b`` (nA) the
        lowest and the highest value allowed: ``{"v_reset": (-62, -52), "a": (0, 0.01)}``.

    Examples
    --------
    >>> from snnlab.neurons import simulate_adex
    >>> true = AdEx(20.0, 100.0, -65.0, -60.0, -50.0, 2.0, 0.0, 150.0, 0.0, 0.03)
    >>> i = np.array([0.25, 0.4])
    >>> spikes = simulate_adex(np.tile(i, (3000, 1)), true).spikes
    >>> fit = fit_adex(i, spikes, LIF(20.0, 100.0, -65.0))
    >>> print(fit.interval_error < 0.05)
    True
    """
    experiment, membrane = to_fit(current, spikes, before, membrane)
    steps = experiment.spikes.duration / DT * experiment.current.size
    afford("duration and current", steps=CALLS * steps, ns=60.0)
    neuron = _search(experiment, membrane, checked_bounds(bounds, _BOUNDED))
    return AdExFit(neuron, *errors_of(experiment, neuron))


def _search(experiment: Experiment, membrane: LIF, bounds: Bounds) -> AdEx:
    """The neuron with the smallest mean |ln| of all waits, latencies and intervals alike."""
    most = membrane.r_m * float(experiment.current.max())  # how far the strongest current pushes
    duration = float(experiment.spikes.duration)

    def neuron_at(x: np.ndarray) -> tuple[AdEx, float]:
        """Rise, reset and b against their scale, tau_w and Δ_T as logarithms, and the share of a in all leak.

        The neuron is within the bounds; the number says how far it had to be moved.
        """
        rise, reset, jump, log_tau, log_delta, share = map(float, x)
        free = AdEx(
            membrane.tau_m,
            membrane.r_m,
            membrane.v_rest,
            membrane.v_rest + most * reset,
            membrane.v_rest + most * rise,
            math.exp(min(log_delta, 10.0)),
            tau_w=duration * math.exp(min(log_tau, 10.0)),
            a=share / membrane.r_m,
            b=most / membrane.r_m * jump,
        )
        neuron, far = brought_back(free, bounds)
        leak = 1.0 / membrane.r_m - neuron.a  # what is left of the measured conductance
        return neuron._replace(r_m=1.0 / leak if leak > 0 else math.inf), far

    def error(x: np.ndarray) -> float:
        neuron, far = neuron_at(x)
        if not _possible(neuron):
            return math.inf
        # a search that has left the bounds shall find the way back
        return far + float(np.abs(np.log(experiment.waits_of(neuron) / experiment.waits)).mean())

    axes = [
        [0.1, 0.2, 0.35, 0.55],
        [-0.4, -0.1, 0.15, 0.35],
        [0.03, 0.1, 0.3],
        [-2.5, -1.5, -0.5],
        [0.7],
        [0.0],
    ]
    step = np.array([0.05, 0.1, 0.05, 0.3, 0.5, 0.1])
    best = minimise_from(error, axes, step, _STARTS, 600)
    return neuron_at(best)[0]


def _possible(neuron: AdEx) -> bool:
    return (
        math.isfinite(neuron.r_m)
        and neuron.b >= 0
        and neuron.r_m * neuron.a > -0.9
        and _SHARPEST <= neuron.delta_th <= _SOFTEST
        and neuron.v_rest < neuron.v_th < neuron.v_peak - 5.0
        and neuron.v_reset < neuron.v_peak - 5.0
        and neuron.tau_w > 1.0
    )
