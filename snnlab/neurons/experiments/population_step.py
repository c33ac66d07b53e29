r"""A population of noisy LIF neurons under a step of current: how soon all of them tell, how soon one.

One reader counts the spikes of all $N$ neurons in short bins, the activity $A$. Another one counts neuron 1
over the last time $T$. With its noise averaged away this is the activity over a sliding window,

$$ \bar A(t) = \frac{1}{T} \int_0^T A(t - u)\, du $$

which is half way up about $T / 2$ after the step. The neurons may hear of the step late, with delays spread
evenly up to a longest one, and may have different thresholds, normally distributed.

Source: W. Gerstner and W. M. Kistler (2002), Spiking Neuron Models, section 1.5.3; the neurons are those of
`snnlab.neurons.simulate_lif_population`.
"""

import functools
import math
from statistics import NormalDist
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import affordable, as_real, non_negative, positive, whole
from snnlab.compiling import kernel
from snnlab.neurons.models.lif_parameters import LIF, check_lif
from snnlab.neurons.populations.lif_population import run
from snnlab.neurons.refractory import refractory_steps
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = ["PopulationStep", "population_step"]

DT, BIN, RATE_BIN, FASTEST = 0.5, 2.0, 10.0, 150.0
"""Time step and bin of the activity, ms; bins of the rates and where they end, Hz."""

REST, ONSET, SETTLED, DURATION = 250.0, 100.0, 200.0, 450.0
"""What comes before and is not told; then the step, when all is over, the end, ms."""

SKIP, BEGIN, LAST = round(REST / BIN), round((REST + ONSET) / BIN), round((REST + SETTLED) / BIN)
STEPS, SHOWN = round((REST + DURATION) / DT), round(DURATION / BIN)
ROWS, MOST = 40, 1000


class PopulationStep(NamedTuple):
    """What the population and its first neuron tell.

    Examples
    --------
    >>> seen = population_step(rng=np.random.default_rng(1))
    >>> int(seen.rates.sum()), seen.activity.size
    (1000, 225)
    """

    times: Annotated[np.ndarray, "n"]
    """Spike times of the first 40 neurons, ms; the current rises at 100 ms."""
    units: Annotated[np.ndarray, "n"]
    """Their neurons, from 0."""
    activity: np.ndarray
    """The activity of all in bins of 2 ms, Hz."""
    average: np.ndarray
    """The rate of the first neuron over the last `window` up to the end of each bin, Hz."""
    rates: np.ndarray
    """How many neurons fire in the end at 0 to 10, 10 to 20, … Hz; the last bin has all that are faster."""
    n: int
    """How many spikes of the first 40 neurons there are."""
    before: float
    """The activity before the step, Hz."""
    after: float
    """The activity from 100 ms after it on."""
    lag: float
    """After how long the activity, over its last 6 ms, is half way up, ms; NaN if it never is."""
    slow: float
    """The same for the activity over the last `window`; NaN likewise."""
    low: float
    """Only 5 % of the neurons fire at a lower rate in the end, Hz."""
    high: float
    """Only 5 % fire at a higher one."""


def population_step(
    neurons: int = MOST,
    window: float = 100.0,
    delays: float = 0.0,
    spread: float = 0.0,
    *,
    weak: float = 0.12,
    strong: float = 0.2,
    sigma: float = 4.0,
    neuron: LIF = LIF(),
    rng: np.random.Generator | np.uint64,
) -> PopulationStep:
    """Let the current of a population rise, at 100 ms of 450 ms.

    Parameters
    ----------
    neurons : int
        How many there are, one at least.
    window : float
        Over which time the average goes, 2 to 250 ms in steps of 2 ms.
    delays : float
        The longest delay, ms. The first neuron has half of it.
    spread : float
        Standard deviation of the thresholds, mV; the first neuron has the middle one. None comes closer to
        the reset than a fifth of the way.
    weak, strong : float
        The current before and after the step, nA.
    sigma : float
        The noise, see `snnlab.neurons.simulate_lif_population`, mV.
    neuron
        The numbers that all have in common.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> seen = population_step(window=200.0, rng=np.random.default_rng(1))
    >>> seen.lag < 10 < 80 < seen.slow
    True
    """
    neurons, window, neuron = whole("neurons", neurons, 1), positive("window", window), check_lif(neuron)
    if not BIN <= window <= REST:
        raise ValueError(f"window must be from {BIN:g} to {REST:g} ms, got {window:g}")
    delays, spread = non_negative("delays", delays), non_negative("spread", spread)
    currents = as_real("weak", weak), as_real("strong", strong), non_negative("sigma", sigma)
    affordable(_most_spikes(neurons, neuron))
    seen, seed = recorded(neuron), seed_from(rng)
    given = *buffers(neurons, neuron).values(), *shares(max(neurons, MOST))
    run_step(seen, *given, neuron, float(neurons), window, delays, spread, *currents, seed)
    return read(seen)


def _most_spikes(n: int, neuron: LIF) -> int:
    """How many spikes `n` neurons can fire: one, and again one after the refractory steps."""
    return math.ceil(STEPS / (refractory_steps(neuron.t_ref, DT) + 1)) * n


def recorded(neuron: LIF) -> PopulationStep:
    """A blank record."""
    room, rates = _most_spikes(ROWS, neuron), round(FASTEST / RATE_BIN)
    units = np.zeros(room, np.int32)
    return blank(PopulationStep, times=room, units=units, activity=SHOWN, average=SHOWN, rates=rates)


def buffers(n: int, neuron: LIF) -> dict[str, np.ndarray]:
    """What the kernel works in, by name and in its order."""
    room = _most_spikes(n, neuron)
    return {
        "i": np.zeros(STEPS),
        **{name: np.zeros(n) for name in ("v", "above")},
        **{name: np.zeros(n, np.int32) for name in ("free", "late", "of_each")},
        "all_times": np.zeros(room),
        "all_units": np.zeros(room, np.int32),
        **{name: np.zeros(SKIP + SHOWN) for name in ("bins", "one")},
    }


@functools.cache
def shares(n: int) -> tuple[np.ndarray, np.ndarray]:
    """For each neuron a share of the longest delay, from 0 to 1, and a normal number for its threshold.

    The first neuron is in the middle of both.
    """
    even = (np.arange(n) + 0.5) / n
    normal = np.array([NormalDist().inv_cdf(share) for share in even])
    rng = np.random.default_rng(6)
    delay, threshold = rng.permutation(even), rng.permutation(normal)
    for values, middle in ((delay, 0.5), (threshold, 0.0)):
        k = int(np.abs(values - middle).argmin())
        values[[0, k]] = values[[k, 0]]
    return np.round(delay, 4), np.round(threshold, 4)


@kernel
def _half_way(bins, half, width):
    """How many bins after the step the mean of the last `width` rises above `half`, on straight lines."""
    last = half
    for b in range(BEGIN - 1, bins.size):
        now = 0.0
        for j in range(width):
            now += bins[b - j] / width
        if now > half and b >= BEGIN:
            return b + 1.0 - BEGIN - ((now - half) / (now - last) if last < half else 0.0)
        last = now
    return math.nan


@kernel
def _share_below(counts, share):
    """The count up to which more than `share` of all counts lie."""
    count, passed = -1, 0
    while passed <= share * counts.size:
        count, passed = count + 1, 0
        for k in range(counts.size):
            passed += 1 if counts[k] <= count else 0
    return count


@kernel
def run_step(
    seen, i, v, above, free, late, of_each, all_times, all_units, bins, one, share, place,
    neuron, neurons, window, delays, spread, weak, strong, sigma, seed,
):  # fmt: skip
    """The spikes of some, the activity of all, and the average of the first neuron over a sliding window."""
    tau_m, r_m, v_rest, v_reset, v_th, t_ref = neuron
    n, width = int(neurons), int(window / BIN)
    for t in range(i.size):
        i[t] = strong if t * DT >= REST + ONSET else weak
    for k in range(n):
        late[k] = int(min(delays * share[k] / DT, i.size))
        above[k] = max(spread * place[k], 0.8 * (v_reset - v_th))
    count = run(
        i, v[:n], free[:n], all_times, all_units, late[:n], above[:n], sigma,
        tau_m, r_m, v_rest, v_reset, v_th, t_ref, DT, seed,
    )  # fmt: skip
    told = 0
    for s in range(count):
        k, b = all_units[s], int((all_times[s] - 0.5 * DT) / BIN)  # the middle of its step
        bins[b] += 1000.0 / (BIN * n)
        if k == 0:
            one[b] += 1000.0 / (BIN * width)
        if b >= LAST:
            of_each[k] += 1
        if k < ROWS and b >= SKIP:
            seen.times[told], seen.units[told] = all_times[s] - REST, k
            told += 1

    before, after = 0.0, 0.0
    for b in range(seen.activity.size):
        now = SKIP + b
        seen.activity[b] = bins[now]
        for j in range(width):
            seen.average[b] += one[now - j]
        if now < BEGIN:
            before += bins[now] / (BEGIN - SKIP)
        elif now >= LAST:
            after += bins[now] / (bins.size - LAST)
    half, counted = 0.5 * (before + after), (bins.size - LAST) * BIN / 1000.0  # Hz, seconds
    for k in range(n):
        seen.rates[min(int(of_each[k] / counted / RATE_BIN), seen.rates.size - 1)] += 1
    seen.n[0], seen.before[0], seen.after[0] = told, before, after
    seen.lag[0], seen.slow[0] = BIN * _half_way(bins, half, 3), BIN * _half_way(bins, half, width)
    seen.low[0] = _share_below(of_each[:n], 0.05) / counted
    seen.high[0] = _share_below(of_each[:n], 0.95) / counted
