r"""Fit a LIF neuron with an adaptive threshold to the spike times of a cell under steps of current.

What a weak step shows is measured, not fitted: $v_{rest}$, $R$ and $\tau_m$. The other five numbers are those
with which the model waits as long for each spike as the cell did:

$$ \min_{v_{th},\, v_{reset},\, t_{ref},\, \beta,\, \tau_a}
\frac{1}{n} \sum_k \left| \ln \frac{T_k^{model}}{T_k^{cell}} \right| $$

over all waits, latencies and intervals; `snnlab.neurons.experiments.adaptive_response` says how they are
compared. Spike times fix the f–I curve too, and the report says how well. Free numbers may end where no cell
has ever been: bounds keep them where the recording shows the potential, or the pause after a spike.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.neurons.experiments.adaptive_response import Experiment, step_response
from snnlab.neurons.fitting.bounds import Bounds, brought_back, checked_bounds
from snnlab.neurons.fitting.simplex import minimise_from
from snnlab.neurons.models.adaptive_lif import AdaptiveLIF
from snnlab.neurons.models.adex import AdEx
from snnlab.neurons.models.lif import LIF, check_lif
from snnlab.spikes import Spikes
from snnlab.work_and_memory import afford

__all__ = ["AdaptiveFit", "errors_of", "fit_adaptive", "to_fit"]

_BOUNDED = ("v_reset", "v_th", "t_ref", "beta", "tau_a")  # what may have bounds
CALLS = 5e3  # of a model, about, until the search ends
_STARTS = 4  # the best points of the grid, from each of which the search sets out


class AdaptiveFit(NamedTuple):
    """The fitted neuron, and the plain LIF neuron fitted with the same search to the same spikes.

    Examples
    --------
    >>> fit = AdaptiveFit(AdaptiveLIF(), 0.1, 0.2, 3.0, AdaptiveLIF(beta=0.0), 0.4, 0.5, 2.0)
    >>> print(f"{fit.plain_interval_error / fit.interval_error:.0f} times")
    4 times
    """

    neuron: AdaptiveLIF
    """The numbers found."""
    interval_error: float
    """Mean |ln| of the model's intervals over the cell's, mean over the steps."""
    latency_error: float
    """The same of the latencies."""
    rate_rms: float
    """Root mean square of the error of the rate during the steps, Hz: the f–I curve."""
    plain: AdaptiveLIF
    """The plain LIF neuron, with ``beta = 0``."""
    plain_interval_error: float
    """As `interval_error`, of the plain neuron."""
    plain_latency_error: float
    """As `latency_error`, of the plain neuron."""
    plain_rate_rms: float
    """As `rate_rms`, of the plain neuron."""


def fit_adaptive(
    current: ArrayLike,
    spikes: Spikes,
    membrane: LIF,
    before: ArrayLike = 0.0,
    bounds: Bounds | None = None,
) -> AdaptiveFit:
    """Fit a LIF neuron with an adaptive threshold to spike times under steps of current.

    The search looks at a coarse grid and sets out from its best points, first with ``beta = 0`` for the plain
    neuron, then with all numbers free. Both are fitted to the same waits with the same search.

    Parameters
    ----------
    current, spikes, before
        As for `step_response`; five waits at least.
    membrane
        Its `tau_m`, `r_m` and `v_rest` are kept.
    bounds : dict, optional
        For some of ``v_reset``, ``v_th`` (mV), ``t_ref`` (ms), ``beta`` (mV) and ``tau_a`` (ms) the lowest
        and the highest value allowed, for both neurons: ``{"v_reset": (-62, -52), "t_ref": (0, 5)}``. The
        plain neuron has no ``beta`` to be bounded.

    Examples
    --------
    >>> from snnlab.neurons import simulate_adaptive_lif_exact
    >>> true = AdaptiveLIF(v_th=-52.0, v_reset=-60.0, beta=4.0, tau_a=150.0)
    >>> current = np.array([0.2, 0.3, 0.5])
    >>> fit = fit_adaptive(current, simulate_adaptive_lif_exact(current[None], true, dt=500), LIF())
    >>> print(f"{fit.neuron.beta:.1f} mV, {fit.neuron.tau_a:.0f} ms, error {fit.interval_error:.3f}")
    4.0 mV, 150 ms, error 0.000
    """
    experiment, membrane = to_fit(current, spikes, before), check_lif(membrane)
    fired = experiment.spikes.duration / float(experiment.waits.mean()) * experiment.current.size
    afford("duration and current", steps=CALLS * fired, ns=200.0)
    bounds = checked_bounds(bounds, _BOUNDED)
    plain = _search(experiment, membrane, False, bounds)
    full = _search(experiment, membrane, True, bounds)
    return AdaptiveFit(full, *errors_of(experiment, full), plain, *errors_of(experiment, plain))


def to_fit(current: ArrayLike, spikes: Spikes, before: ArrayLike) -> Experiment:
    """The experiment, if it has enough to fit a neuron to."""
    experiment = Experiment(current, spikes, before)
    if experiment.waits.size < 5:
        raise ValueError(f"spikes must be five at least, got {experiment.waits.size}")
    if experiment.current.max() <= 0:
        raise ValueError(f"current must be positive somewhere, got {experiment.current.max():g} at most")
    return experiment


def errors_of(experiment: Experiment, neuron: AdaptiveLIF | AdEx) -> tuple[float, float, float]:
    """Errors of the intervals and of the latencies, mean |ln|, and that of the rate, Hz."""
    response = step_response(experiment.current, experiment.spikes, neuron, experiment.before)
    wrong = response.counts - np.diff(experiment.first)
    rms = 1000.0 / experiment.spikes.duration * math.sqrt(np.mean(wrong**2))
    return response.interval_error, float(np.nanmean(response.latency_errors)), rms


def _search(experiment: Experiment, membrane: LIF, adapts: bool, bounds: Bounds) -> AdaptiveLIF:
    """The neuron with the smallest mean |ln| of all waits, latencies and intervals alike."""
    most = membrane.r_m * float(experiment.current.max())  # how far the strongest current pushes
    shortest = float(experiment.waits.min())
    used = {name: pair for name, pair in bounds.items() if adapts or name not in ("beta", "tau_a")}

    def neuron_at(x: np.ndarray) -> AdaptiveLIF:
        """The numbers at a point: rise, drop, t_ref and beta against their scale, tau_a as a logarithm."""
        rise, reset, pause, beta, log_tau = map(float, x) if adapts else (*map(float, x), 0.0, 0.0)
        return AdaptiveLIF(
            membrane.tau_m,
            membrane.r_m,
            membrane.v_rest,
            membrane.v_rest + most * reset,
            membrane.v_rest + most * rise,
            shortest * pause,
            most * beta,
            float(experiment.spikes.duration) * math.exp(log_tau),
        )

    def error(x: np.ndarray) -> float:
        neuron, far = brought_back(neuron_at(x), used)
        if not (
            neuron.t_ref >= 0 and neuron.beta >= 0 and 0 < neuron.v_th - neuron.v_rest
            and neuron.v_reset < neuron.v_th + neuron.beta and abs(x[-1]) < 1e3
        ):  # fmt: skip
            return math.inf
        # a search that has left the bounds shall find the way back
        return far + float(np.abs(np.log(experiment.waits_of(neuron) / experiment.waits)).mean())

    axes = [[0.05, 0.1, 0.2, 0.3, 0.4, 0.6], [-2.0, -0.6, -0.2, 0.0, 0.2, 0.4], [0.1, 0.5, 0.9]]
    if adapts:
        axes += [[0.03, 0.1, 0.2, 0.4], [-3.0, -2.0, -1.0, 0.0]]
    best = minimise_from(error, axes, np.array([0.05, 0.1, 0.2, 0.05, 0.3])[: len(axes)], _STARTS)
    return brought_back(neuron_at(best), used)[0]
