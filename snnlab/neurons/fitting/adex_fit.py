r"""Fit an AdEx neuron to the spike times of a cell under steps of current.

As `snnlab.neurons.fitting.adaptive_fit` does for the adaptive threshold: $v_{rest}$, $R$ and $\tau_m$ are
measured, and the other six numbers are those with which the model waits as long for each spike as the cell
did:

$$ \min_{v_{th},\, \Delta_T,\, v_{reset},\, \tau_w,\, a,\, b}
\frac{1}{n} \sum_k \left| \ln \frac{T_k^{model}}{T_k^{cell}} \right| $$

There is no closed form for a wait, so every wait is simulated.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive
from snnlab.compiling import kernel
from snnlab.neurons.experiments.adaptive_response import LONGEST, Experiment, StepResponse, response_of
from snnlab.neurons.fitting.simplex import minimise
from snnlab.neurons.models.adex import AdEx, check_adex, step
from snnlab.neurons.models.lif import LIF, check_lif
from snnlab.spikes import Spikes

__all__ = ["AdExFit", "adex_response", "fit_adex"]

_STARTS = 3  # the best points of the grid, from each of which the search sets out
_ABOVE = 30.0  # mV above the threshold lies the peak: where it lies hardly matters


class AdExFit(NamedTuple):
    """The fitted neuron.

    Examples
    --------
    >>> AdExFit(AdEx(), 0.1, 0.2).interval_error
    0.1
    """

    neuron: AdEx
    """The numbers found."""
    interval_error: float
    """Mean |ln| of the model's intervals over the cell's, mean over the steps."""
    latency_error: float
    """The same of the latencies."""


def fit_adex(
    current: ArrayLike, spikes: Spikes, membrane: LIF, before: ArrayLike = 0.0, dt: float = 0.1
) -> AdExFit:
    """Fit an AdEx neuron to spike times under steps of current.

    Parameters
    ----------
    current, spikes, before
        As for `snnlab.neurons.step_response`; five waits at least.
    membrane
        Its `tau_m`, `r_m` and `v_rest` are kept.
    dt : float
        Time step, ms.

    Examples
    --------
    >>> spikes = Spikes([14.0, 33.0, 61.0, 92.0, 126.0, 159.0, 193.0], duration=200)
    >>> print(f"{fit_adex([0.3], spikes, LIF()).interval_error:.1f}")
    0.0
    """
    experiment, membrane, dt = Experiment(current, spikes, before), check_lif(membrane), positive("dt", dt)
    if experiment.waits.size < 5:
        raise ValueError(f"spikes must be five at least, got {experiment.waits.size}")
    if experiment.current.max() <= 0:
        raise ValueError(f"current must be positive somewhere, got {experiment.current.max():g} at most")
    neuron = _search(experiment, membrane, dt)
    response = response_of(experiment, *_waits(experiment, neuron, dt))
    return AdExFit(neuron, response.interval_error, float(np.nanmean(response.latency_errors)))


def adex_response(
    current: ArrayLike, spikes: Spikes, neuron: AdEx, before: ArrayLike = 0.0, dt: float = 0.1
) -> StepResponse:
    """Send the currents of an experiment into an AdEx neuron and compare its waits with those of the cell.

    Parameters
    ----------
    current, spikes, before
        As for `snnlab.neurons.step_response`.
    neuron
        The model.
    dt : float
        Time step, ms.

    Examples
    --------
    >>> from snnlab.neurons import simulate_adex
    >>> spikes = simulate_adex(np.full(2000, 1.0)).spikes
    >>> print(f"{adex_response([1.0], spikes, AdEx()).interval_error:.3f}")
    0.000
    """
    experiment = Experiment(current, spikes, before)
    return response_of(experiment, *_waits(experiment, check_adex(neuron), positive("dt", dt)))


def _waits(experiment: Experiment, neuron: AdEx, dt: float) -> tuple[np.ndarray, np.ndarray]:
    """The model's waits, and its spikes while the current is on."""
    waits, counts = np.empty(experiment.waits.size), np.zeros(experiment.current.size, np.int64)
    arrays = experiment.current, experiment.before, experiment.first, waits, counts
    respond(*arrays, *neuron, experiment.spikes.duration, dt, LONGEST)
    return waits, counts


def _search(experiment: Experiment, membrane: LIF, dt: float) -> AdEx:
    """The neuron with the smallest mean |ln| of all waits, latencies and intervals alike."""
    most = membrane.r_m * float(experiment.current.max())  # how far the strongest current pushes

    def neuron_at(x: np.ndarray) -> AdEx:
        """The numbers at a point: against their scale, Δ_T and τ_w as logarithms."""
        rise, reset, log_soft, log_tau, ra, jump = map(float, x)
        v_th = membrane.v_rest + most * rise
        return AdEx(
            membrane.tau_m, membrane.r_m, membrane.v_rest, membrane.v_rest + most * reset, v_th,
            math.exp(log_soft), v_th + _ABOVE, float(experiment.spikes.duration) * math.exp(log_tau),
            ra / membrane.r_m, most * jump / membrane.r_m,
        )  # fmt: skip

    def error(x: np.ndarray) -> float:
        rise, reset, log_soft, log_tau, ra, jump = map(float, x)
        if not (
            0 < rise < 3 and reset < rise + 10 / most and -1 < log_soft < 2 and abs(log_tau) < 5
            and -0.9 < ra < 5 and 0 <= jump < 3
        ):  # fmt: skip
            return math.inf
        return float(np.abs(np.log(_waits(experiment, neuron_at(x), dt)[0] / experiment.waits)).mean())

    axes = [[0.1, 0.2, 0.3, 0.4], [-0.2, 0.0, 0.2], [math.log(2.0)], [-1.5, -0.5], [0.0], [0.02, 0.1, 0.3]]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(axes))
    errors = np.array([error(x) for x in grid])
    size = np.array([0.05, 0.1, 0.3, 0.3, 0.1, 0.05])
    found = [minimise(error, grid[k], size, 400, 1e-5) for k in np.argsort(errors, kind="stable")[:_STARTS]]
    best, value = min(found, key=lambda result: result[1])
    for _ in range(5):  # a simplex that has become flat finds further down when it is set up anew
        better, lower = minimise(error, best, 0.3 * size, 400, 1e-5)
        if lower > value - 1e-3:
            break
        best, value = better, lower
    return neuron_at(best)


@kernel
def respond(
    current, before, first, waits, counts,
    tau_m, r_m, v_rest, v_reset, v_th, delta_th, v_peak, tau_w, a, b, duration, dt, longest,
):  # fmt: skip
    """For each step as many waits as the cell has spikes, and the number of spikes within the duration."""
    on, most = round(duration / dt), round(longest * duration / dt)
    for k in range(current.size):
        v = v_rest + r_m * before[k] / (1.0 + r_m * a)
        w = a * (v - v_rest)
        n = first[k + 1] - first[k]
        count, t, last = 0, 0, 0
        counts[k] = 0
        while (count < n or t < on) and t - last < most:
            v, w = step(v, w, current[k], tau_m, r_m, v_rest, v_th, delta_th, v_peak, tau_w, a, dt)
            t += 1
            if v > v_peak:
                v, w = v_reset, w + b
                if count < n:
                    waits[first[k] + count] = (t - last) * dt
                if t < on:
                    counts[k] += 1
                count += 1
                last = t
        for missing in range(count, n):  # it has settled and will never fire again
            waits[first[k] + missing] = longest * duration
