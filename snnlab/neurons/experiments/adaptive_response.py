r"""How well a model answers steps of current, wait for wait, against a cell.

Waits of 10 and of 100 ms should count alike, so the model's are compared with the cell's by their ratio:

$$ \frac{1}{n} \sum_k \left| \ln \frac{T_k^{model}}{T_k^{cell}} \right| $$

$T_1$ is the latency, from the onset of the current to the first spike; the others are the intervals that
follow. An error of 0.1 means about 10 % too long or too short.

*Unequal numbers of spikes.* Wait k of the model stands against wait k of the cell. If the model has fired
less often when the current ends, its current is left on until it has caught up: so every wait of the cell is
compared, and a model gains nothing by falling silent. If it has fired more often, its waits were too short,
and that has been counted. A wait that is not over after ten times the length of the step counts as that long.
The rule is the same for every model, and needs nothing of a model but its spikes.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, within
from snnlab.checks_of_spikes import be_spikes
from snnlab.compiling import kernel
from snnlab.neurons.experiments.adex_response import LONGEST, adex_waits
from snnlab.neurons.models.adaptive_lif import AdaptiveLIF, check_adaptive_lif
from snnlab.neurons.models.adaptive_lif_exact import wait_for_spike
from snnlab.neurons.models.adex import AdEx, check_adex
from snnlab.spikes import Spikes
from snnlab.work_and_memory import afford

__all__ = ["StepResponse", "step_response"]

_MOST = 1e100  # nA: what it makes of a potential stays finite
DT = 0.1  # ms, of models without a closed form


class StepResponse(NamedTuple):
    """How well a neuron answers steps of current, against a cell.

    Examples
    --------
    >>> spikes = Spikes([20.0, 50.0, 80.0], duration=100)
    >>> r = step_response([0.3], spikes, AdaptiveLIF(beta=0.0))
    >>> print(f"{r.interval_error:.3f} = ln(30 / {20 * np.log(2) + 2:.2f})")
    0.637 = ln(30 / 15.86)
    """

    waits: np.ndarray
    """The model's waits, ms, as many as the cell's: step after step, the latency first."""
    interval_errors: np.ndarray
    """Mean |ln| of the model's intervals over the cell's, one value a step; NaN where there are none."""
    latency_errors: np.ndarray
    """|ln| of the model's latency over the cell's, one value a step; NaN where the cell was silent."""
    counts: np.ndarray
    """The model's spikes while the current was on, one number a step."""

    @property
    def interval_error(self) -> float:
        """The mean of `interval_errors` over the steps that have one."""
        return float(np.nanmean(self.interval_errors))


def step_response(
    current: ArrayLike, spikes: Spikes, neuron: AdaptiveLIF | AdEx, before: ArrayLike = 0.0
) -> StepResponse:
    """Send the currents of an experiment into a model and compare its waits with those of the cell.

    Parameters
    ----------
    current : array of shape (n,)
        The current of each step, nA.
    spikes : Spikes of n units
        What the cell did: the unit is the step, times count from the onset, the duration is that of a step.
    neuron
        The model, an `AdaptiveLIF` or an `AdEx`.
    before : float or array of shape (n,)
        The current that flowed until the onset, nA: long enough for the model to have settled.

    Examples
    --------
    >>> spikes = Spikes(20 * np.log(30 / 17) + np.array([0.0, 13.4, 26.8]), duration=50)
    >>> print(f"{step_response([0.3], spikes, AdaptiveLIF(v_th=-52.0, beta=0.0)).interval_error:.3f}")
    0.003
    """
    experiment = Experiment(current, spikes, before)
    if isinstance(neuron, AdEx):
        neuron = check_adex(neuron)
        most = LONGEST * spikes.duration * experiment.current.size / DT
    else:
        neuron = check_adaptive_lif(neuron)
        up = np.maximum(neuron.v_rest + neuron.r_m * experiment.current - neuron.v_th, 0.0)
        climb = max(neuron.v_th - neuron.v_reset, 0.0)  # a reset may lie above the threshold without its jump
        with np.errstate(divide="ignore", invalid="ignore"):
            pause = neuron.tau_m * np.where(up > 0, np.log1p(climb / up), np.inf) + neuron.t_ref
        # without adaptation the interval is shortest; a thousandth of a millisecond stands for none
        most = float((spikes.duration / np.maximum(pause, 1e-3)).sum())
    afford("duration and current", steps=most, ns=200.0)
    return response_of(experiment, experiment.waits_of(neuron), experiment.counts.copy())


def response_of(experiment: "Experiment", waits: np.ndarray, counts: np.ndarray) -> StepResponse:
    """What the waits of any model are, against those of the cell; the one measure for all of them."""
    interval_errors, latency_errors = np.empty((2, experiment.current.size))
    waits = np.ascontiguousarray(waits)
    step_errors(waits, experiment.waits, experiment.first, interval_errors, latency_errors)
    return StepResponse(waits, interval_errors, latency_errors, counts)


class Experiment:
    """Steps of current and what the cell did, in arrays that a kernel takes."""

    def __init__(self, current: ArrayLike, spikes: Spikes, before: ArrayLike):
        self.current = within("current", finite_array("current", current, (1,), "(n,)"), _MOST)
        be_spikes("spikes", spikes)
        if spikes.n_units != self.current.size:
            raise ValueError(
                f"spikes must have one unit for each of {self.current.size} steps, got {spikes.n_units}"
            )
        before = within("before", finite_array("before", before, (0, 1), "() or (n,)"), _MOST)
        if before.shape not in ((), self.current.shape):
            raise ValueError(f"before must be one number or one for each step, got shape {before.shape}")
        self.spikes, self.before = spikes, np.broadcast_to(before, self.current.shape).copy()
        trains = [np.diff(train, prepend=0.0) for train in spikes]
        self.first = np.concatenate([[0], np.cumsum([len(train) for train in trains])])
        self.waits = np.concatenate(trains) if trains else np.empty(0)
        if (self.waits <= 0).any():
            raise ValueError("spikes must come after the onset, and at different times within a step")
        self.counts = np.zeros(self.current.size, np.int64)
        self._out = np.empty(self.waits.size)

    def part(self, which: np.ndarray) -> tuple[np.ndarray, Spikes, np.ndarray]:
        """The currents, spikes and currents before of some of the steps."""
        return self.current[which], self.spikes[which], self.before[which]

    def waits_of(self, neuron: AdaptiveLIF | AdEx) -> np.ndarray:
        """The model's waits; its spikes while the current is on are left in `counts`."""
        data, duration = (self.current, self.before, self.first, self._out, self.counts), self.spikes.duration
        if isinstance(neuron, AdEx):
            adex_waits(*data, neuron, duration, DT)
        else:
            respond(*data, *neuron, duration)
        return self._out.copy()


@kernel
def mean_error(waits, cell, begin, end):
    """Mean |ln| of the waits from `begin` to before `end` over the cell's; NaN where there are none."""
    total = 0.0
    for k in range(begin, end):
        total += abs(math.log(waits[k] / cell[k]))
    return total / (end - begin) if end > begin else math.nan


@kernel
def step_errors(waits, cell, first, intervals, latencies):
    """`mean_error` of the intervals of each step, and of its latency."""
    for k in range(first.size - 1):
        begin = min(first[k] + 1, first[k + 1])
        latencies[k] = mean_error(waits, cell, first[k], begin)
        intervals[k] = mean_error(waits, cell, begin, first[k + 1])


@kernel
def respond(
    current, before, first, waits, counts, tau_m, r_m, v_rest, v_reset, v_th, t_ref, beta, tau_a, duration
):
    """For each step as many waits as the cell has spikes, and the number of spikes within the duration."""
    for k in range(current.size):
        v, a, t = min(v_rest + r_m * before[k], v_th), 0.0, 0.0
        pause = 0.0
        n = first[k + 1] - first[k]
        count = 0
        counts[k] = 0
        while count < n or t < duration:
            wait = wait_for_spike(v, a, v_rest + r_m * current[k], v_th, tau_m, tau_a)
            whole = min(pause + wait, LONGEST * duration)
            t += whole
            if count < n:
                waits[first[k] + count] = whole
            if t < duration:
                counts[k] += 1
            count += 1
            v, a = v_reset, (a * math.exp(-wait / tau_a) + beta) * math.exp(-t_ref / tau_a)
            pause = t_ref
