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

from snnlab.checks import within
from snnlab.compiling import kernel
from snnlab.neurons.experiments.adaptive_response import Experiment, mean_error, respond, step_response
from snnlab.neurons.fitting.bounds import Bounds, checked_bounds, limits_of, pulled
from snnlab.neurons.fitting.search import Search, begin_search, found, new_search, tell_search
from snnlab.neurons.models.adaptive_lif import AdaptiveLIF
from snnlab.neurons.models.adex import AdEx
from snnlab.neurons.models.lif import LIF, check_lif
from snnlab.spikes import Spikes
from snnlab.work_and_memory import afford, slices

__all__ = ["AdaptiveFit", "errors_of", "fit_adaptive", "to_fit"]

BOUNDED = ("v_reset", "v_th", "t_ref", "beta", "tau_a")  # the free numbers, which may have bounds
CALLS = 5e3  # of a model, about, until the search ends
_NS = 200.0  # a wait takes about
_MOST = 1000  # values a walk of the search takes, about
_MOST_OHMS = 1e100  # MΩ: what it makes of a current stays finite
_STARTS = 4  # the best points of the grid, from each of which the search sets out
_AXES = [  # the grid: rise, reset, pause, β and ln τ_a in the scales of `neuron_at`
    [0.05, 0.1, 0.2, 0.3, 0.4, 0.6],
    [-2.0, -0.6, -0.2, 0.0, 0.2, 0.4],
    [0.1, 0.5, 0.9],
    [0.03, 0.1, 0.2, 0.4],
    [-3.0, -2.0, -1.0, 0.0],
]
_STEP = [0.05, 0.1, 0.2, 0.05, 0.3]


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
    experiment, membrane = to_fit(current, spikes, before, membrane)
    fired = experiment.spikes.duration / float(experiment.waits.mean()) * experiment.current.size
    afford("duration and current", steps=CALLS * fired, ns=_NS)
    bounds = checked_bounds(bounds, BOUNDED)
    plain = _search(experiment, membrane, False, bounds)
    full = _search(experiment, membrane, True, bounds)
    return AdaptiveFit(full, *errors_of(experiment, full), plain, *errors_of(experiment, plain))


def to_fit(current: ArrayLike, spikes: Spikes, before: ArrayLike, membrane: LIF) -> tuple[Experiment, LIF]:
    """The experiment, if it has enough to fit a neuron to, and the membrane, if the fit can count with it."""
    experiment, membrane = Experiment(current, spikes, before), check_lif(membrane)
    within("membrane.r_m", np.array(membrane.r_m), _MOST_OHMS)
    if experiment.waits.size < 5:
        raise ValueError(f"spikes must be five at least, got {experiment.waits.size}")
    if experiment.current.max() <= 0:
        raise ValueError(f"current must be positive somewhere, got {experiment.current.max():g} at most")
    return experiment, membrane


def errors_of(experiment: Experiment, neuron: AdaptiveLIF | AdEx) -> tuple[float, float, float]:
    """Errors of the intervals and of the latencies, mean |ln|, and that of the rate, Hz."""
    response = step_response(experiment.current, experiment.spikes, neuron, experiment.before)
    wrong = response.counts - np.diff(experiment.first)
    rms = 1000.0 / experiment.spikes.duration * math.sqrt(np.mean(wrong**2))
    return response.interval_error, float(np.nanmean(response.latency_errors)), rms


def search_of(adapts: bool) -> Search:
    """The search for the numbers of a neuron, of a plain one or of one that adapts."""
    free = 5 if adapts else 3
    return new_search(_AXES[:free], _STEP[:free], _STARTS)


def _search(experiment: Experiment, membrane: LIF, adapts: bool, bounds: Bounds) -> AdaptiveLIF:
    """The neuron with the smallest mean |ln| of all waits, latencies and intervals alike."""
    used = {name: pair for name, pair in bounds.items() if adapts or name not in ("beta", "tau_a")}
    search, numbers = search_of(adapts), np.empty(5)
    data = experiment.current, experiment.before, experiment.first, experiment.waits
    room = np.empty(experiment.waits.size), np.zeros(experiment.current.size, np.int64)
    duration = float(experiment.spikes.duration)
    _, turns = next(slices(10**6, _NS * experiment.waits.size))
    while search_waits(
        search, *data, *room, *membrane[:3], duration, *limits_of(used, BOUNDED), numbers, turns
    ):
        pass
    found(search)
    return AdaptiveLIF(*membrane[:3], *map(float, numbers))


@kernel
def search_waits(
    search, current, before, first, cell, waits, counts, tau_m, r_m, v_rest, duration, low, high, numbers,
    turns,
):  # fmt: skip
    """Try so many neurons more; whether the search goes on. It writes what it has found into `numbers`.

    An experiment is the current of each step, nA, and the one before it, where the waits of each begin, the
    cell's waits, ms, and room for the model's and for its numbers of spikes. `low` and `high` bound what is
    free, in the order of `BOUNDED`, as that of `numbers` is; they are infinite where nothing is known.

    Examples
    --------
    >>> search, numbers, none = search_of(False), np.empty(5), np.full(5, np.inf)
    >>> wait = 20 * np.log(2) + 2.0  # v_th half way up, a reset to rest
    >>> cell = np.array([wait - 2.0, wait, wait, wait])
    >>> data = np.array([0.3]), np.zeros(1), np.array([0, 4]), cell, np.empty(4), np.zeros(1, np.int64)
    >>> search_waits(search, *data, 20.0, 100.0, -65.0, 60.0, -none, none, numbers, 100_000)
    False
    >>> print(f"{search.lowest[0]:.4f}, {numbers[1]:.1f} mV")
    0.0000, -50.0 mV
    """
    begin_search(search)
    most, shortest = 0.0, math.inf
    for k in range(current.size):
        most = max(most, r_m * current[k])
    for k in range(cell.size):
        shortest = min(shortest, cell[k])
    for _ in range(turns):
        x = search.walk.x
        far = neuron_at(x, v_rest, most, shortest, duration, low, high, numbers)
        v_reset, v_th, t_ref, beta, tau_a = numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]
        value = math.inf
        if (
            t_ref >= 0.0 and beta >= 0.0 and 0.0 < v_th - v_rest and v_reset < v_th + beta
            and abs(x[x.size - 1]) < 1e3
        ):  # fmt: skip
            respond(
                current, before, first, waits, counts, tau_m, r_m, v_rest, v_reset, v_th, t_ref, beta, tau_a,
                duration,
            )  # fmt: skip
            # a search that has left the bounds shall find the way back
            value = far + mean_error(waits, cell, 0, cell.size)
        if not tell_search(search, value, _MOST):
            neuron_at(search.best, v_rest, most, shortest, duration, low, high, numbers)
            return False
    return True


@kernel
def neuron_at(x, v_rest, most, shortest, duration, low, high, numbers):
    """Write the numbers at a point of the search, brought back within the bounds; how far they were away.

    Rise, drop and beta stand against how far the strongest current pushes, t_ref against the shortest wait,
    tau_a as a logarithm against the length of a step.
    """
    adapts = x.size > 3
    numbers[0] = v_rest + most * x[1]
    numbers[1] = v_rest + most * x[0]
    numbers[2] = shortest * x[2]
    numbers[3] = most * x[3] if adapts else 0.0
    numbers[4] = duration * math.exp(x[4]) if adapts else duration
    far = 0.0
    for d in range(5):
        numbers[d], away = pulled(numbers[d], low[d], high[d])
        far += away
    return far
