r"""A LIF neuron under a mean current and white noise: driven over its threshold by the mean, or by chance.

Where the mean current alone would make it fire the intervals are alike. Where it would not, the neuron waits
for a chance, and the intervals come near those of a Poisson process: exponential, with a coefficient of
variation of 1. Of $n$ intervals of mean $\bar I$ a Poisson process has $n\,(e^{-a/\bar I} - e^{-b/\bar I})$
between $a$ and $b$.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real, non_negative, positive
from snnlab.coding.statistics.irregularity import count_interval
from snnlab.compiling import kernel
from snnlab.neurons.inputs.noisy_current import spread_in_step, step
from snnlab.neurons.models.lif import LIF, State, check_lif, run_one
from snnlab.neurons.time_grid import whole_steps
from snnlab.random import normal, seed_from
from snnlab.records import blank, read
from snnlab.work_and_memory import afford

__all__ = ["NoiseDriven", "noise_driven"]

WIDTH, LONGEST = 5.0, 200.0
"""The bins of the intervals, ms, and where they end."""


class NoiseDriven(NamedTuple):
    """What the neuron does.

    Examples
    --------
    >>> seen = noise_driven(0.2, 0.0, rng=np.random.default_rng(1))  # no noise, but the grid
    >>> print(f"{seen.cv:.2f}")
    0.00
    """

    shown: np.ndarray
    """The membrane potential of the first half second, mV, one value a step."""
    goal: np.ndarray
    """Where the mean current alone would lead it, mV, as often."""
    times: Annotated[np.ndarray, "n"]
    """Spike times, ms."""
    intervals: np.ndarray
    """How many intervals there are in each bin of 5 ms."""
    law: np.ndarray
    """How many there would be in a Poisson process of the same mean; 0 with fewer than two intervals."""
    n: int
    """How many spikes there are."""
    rate: float
    """Their rate, Hz."""
    cv: float
    """Coefficient of variation of the intervals; NaN with fewer than two."""


def noise_driven(
    mean: float,
    sigma: float,
    neuron: LIF = LIF(),
    duration: float = 20_000.0,
    dt: float = 0.2,
    *,
    rng: np.random.Generator | np.uint64,
) -> NoiseDriven:
    """Let a neuron fire in noise and measure its intervals.

    Parameters
    ----------
    mean : float
        The mean current, nA.
    sigma : float
        How far the noise scatters a potential that never reaches the threshold, mV.
    neuron
        The numbers of the neuron.
    duration, dt : float
        How long, half a second at least, and the time step, ms.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Returns
    -------
    NoiseDriven

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> for mean, sigma in ((0.2, 0.5), (0.095, 8.0)):
    ...     seen = noise_driven(mean, sigma, rng=np.random.default_rng(1))
    ...     print(f"{seen.rate:.0f} Hz, CV {seen.cv:.1f}")
    33 Hz, CV 0.1
    19 Hz, CV 0.8
    """
    mean, sigma, neuron = as_real("mean", mean), non_negative("sigma", sigma), check_lif(neuron)
    dt, steps = positive("dt", dt), whole_steps(duration, positive("dt", dt))
    afford("duration / dt", numbers=3.0 * steps)
    seen = recorded(steps, dt)
    if seen.shown.size > steps:
        raise ValueError(f"duration must be half a second at least, got {duration:g} ms")
    run_driven(seen, np.empty(steps), np.empty(steps), neuron, mean, sigma, WIDTH, dt, seed_from(rng))
    return read(seen)


def recorded(steps: int, dt: float) -> NoiseDriven:
    """A blank record."""
    shown, bins = round(500.0 / dt), round(LONGEST / WIDTH)
    return blank(NoiseDriven, shown=shown, goal=shown, times=steps, intervals=bins, law=bins)


@kernel
def run_driven(seen, i, v, neuron, mean, sigma, width, dt, seed):
    """The noise, the spikes, how long the intervals are, and how irregular."""
    tau_m, r_m, v_rest, v_reset, v_th, t_ref = neuron
    times, spread = seen.times, spread_in_step(sigma, tau_m, r_m, dt)
    for t in range(i.size):
        i[t] = step(mean, spread, normal(seed, 0, t))
    start = State(min(v_rest, v_th), 0)
    n, _ = run_one(i, v, times, start, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt)
    for t in range(seen.shown.size):
        seen.shown[t] = v[t]
        seen.goal[t] = v_rest + r_m * mean
    total, squares = 0.0, 0.0
    for s in range(1, n):
        interval = times[s] - times[s - 1]
        total += interval
        squares += interval * interval
        count_interval(seen.intervals, interval, width, 1.0)
    seen.n[0], seen.rate[0], seen.cv[0] = n, 1000.0 * n / (i.size * dt), math.nan
    if n > 2:
        average = total / (n - 1)
        seen.cv[0] = math.sqrt(max(squares / (n - 1) - average * average, 0.0)) / average
        for b in range(seen.law.size):
            seen.law[b] = (n - 1) * (math.exp(-b * width / average) - math.exp(-(b + 1) * width / average))
