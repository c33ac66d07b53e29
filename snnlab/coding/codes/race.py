r"""Codes that race, spike by spike: the first spike, the order of first spikes, who has fired, the count.

Two pools of $n$ neurons listen; the stimulus drives the first more. At any moment each code has an answer, or
guesses:

- *first spike*: the pool that fired the very first one;
- *rank order*: every neuron counts once, with its first spike; the one that comes with rank $k = 0, 1, \dots$
  weighs $m^k$, and the pool with the larger sum is the answer;
- *set*: every neuron counts once as well, but all weigh the same: who has fired, and the order thrown away;
- *count*: the pool with more spikes until now.

With a modulation $m \le \tfrac12$ nobody can outvote the first neuron; with $m = 1$ rank order is the set.
For Poisson neurons `snnlab.coding.first_spike_correct` and `count_correct` say in closed form what comes out.
LIF neurons start scattered around rest and get their current at time 0, so their first spikes are no matter
of chance alone, as those of Poisson neurons are: the stronger current comes first.

Source: S. Thorpe, A. Delorme and R. Van Rullen (2001), Neural Networks 14, 715–725.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, fraction, non_negative, positive, whole
from snnlab.compiling import kernel
from snnlab.neurons.models.lif import step as lif_step
from snnlab.neurons.models.lif_parameters import LIF, check_lif
from snnlab.neurons.populations.lif_population import four_coins
from snnlab.neurons.refractory import fired_or_held, refractory_steps
from snnlab.random import normal, philox, seed_from, uniform
from snnlab.work_and_memory import afford, slices

__all__ = ["Race", "race_lif", "race_poisson"]

_START = np.uint64(1 << 62)  # counter of the random numbers that say where each potential starts


class Race(NamedTuple):
    """How often each code is right if it has to answer at a given time; a guess counts as half.

    Examples
    --------
    >>> race = race_poisson(80.0, 20.0, 1, [0.0, 1000.0], trials=500, rng=np.random.default_rng(1))
    >>> print(race.by_count)
    [0.5 1. ]
    """

    time: np.ndarray
    """When the answer is asked for, ms, shape (times,)."""
    by_first: np.ndarray
    """The first spike, from 0 to 1, shape (times,)."""
    by_order: np.ndarray
    """Rank order, shape (times,)."""
    by_count: np.ndarray
    """The count, shape (times,)."""
    by_set: np.ndarray
    """Who has fired, whatever the order, shape (times,)."""
    first_time: np.ndarray
    """When the first spike came, ms, shape (trials,); ∞ if not before the last time."""


def race_poisson(
    strong: float,
    weak: float,
    n: int,
    times: ArrayLike,
    *,
    modulation: float = 0.8,
    trials: int = 1000,
    rng: np.random.Generator,
) -> Race:
    """Let the codes race on the spikes of Poisson neurons.

    Parameters
    ----------
    strong, weak : float
        Rate of each neuron in the right pool and in the other one, Hz.
    n : int
        Neurons in each pool.
    times : array of shape (times,)
        When the answer is asked for, ms, rising.
    modulation : float
        Weight of a neuron in rank order, as a share of that of the one before; from 0 to 1.
    trials : int
        How often the race is run; after Ctrl-C, or the stop button of JupyterLab, those count that are done.
    rng
        The source of chance, for example ``np.random.default_rng(1)``. One number is drawn from it.

    Examples
    --------
    >>> race = race_poisson(80.0, 20.0, 5, [100.0], trials=4000, rng=np.random.default_rng(1))
    >>> print(f"first spike {race.by_first[0]:.1f}, count {race.by_count[0]:.1f}")
    first spike 0.8, count 1.0
    """
    strong, weak = non_negative("strong", strong), non_negative("weak", weak)
    time, n, trials = _checked(times, n, trials)
    modulation, seed = fraction("modulation", modulation), seed_from(rng)
    fired, rates = np.empty(2 * n, np.int32), (strong / 1000.0, weak / 1000.0)
    spikes = 1.0 + n * sum(rates) * time[-1]  # of a trial

    def some(right: np.ndarray, when: np.ndarray, first: int) -> None:
        poisson_race(right, when, fired, first, time, *rates, n, modulation, seed)

    return _raced(some, time, trials, 30.0 * spikes + 2.0 * n)


def race_lif(
    i_strong: float,
    i_weak: float,
    sigma: float,
    n: int,
    times: ArrayLike,
    neuron: LIF = LIF(),
    *,
    modulation: float = 0.8,
    trials: int = 1000,
    dt: float = 0.25,
    rng: np.random.Generator,
) -> Race:
    """Let the codes race on the spikes of noisy LIF neurons, whose current starts at time 0.

    Parameters
    ----------
    i_strong, i_weak : float
        Current into each neuron of the right pool and of the other one, nA.
    sigma : float
        How far the noise scatters the potential of a neuron that never fires, standard deviation in mV.
    n, times, modulation, trials, rng
        As for `race_poisson`.
    neuron
        The numbers that all neurons have in common.
    dt : float
        Time step, ms. Neurons that fire in one step share their ranks; if the first spikes of both pools fall
        into one step, the larger number wins.

    Examples
    --------
    >>> race = race_lif(0.4, 0.3, 2.0, 5, [20.0], trials=500, rng=np.random.default_rng(1))
    >>> bool(race.by_first[0] > 0.85)
    True
    """
    currents = as_real("i_strong", i_strong), as_real("i_weak", i_weak)
    sigma, neuron, dt = non_negative("sigma", sigma), check_lif(neuron), positive("dt", dt)
    time, n, trials = _checked(times, n, trials)
    modulation, seed = fraction("modulation", modulation), seed_from(rng)
    if time[-1] / dt * n * trials > 5e9:
        raise ValueError(
            "times, n, trials and dt must make at most 5e9 steps of a neuron, "
            f"got {time[-1] / dt * n * trials:g}"
        )
    v, free, seen = np.empty(2 * n), np.empty(2 * n, np.int32), np.empty(2 * n, np.int32)

    def some(right: np.ndarray, when: np.ndarray, first: int) -> None:
        lif_trials(right, when, seen, v, free, first, time, *currents, sigma, neuron, n, modulation, dt, seed)

    return _raced(some, time, trials, 10.0 * n * (1.0 + time[-1] / dt))


def _raced(
    some: Callable[[np.ndarray, np.ndarray, int], None], time: np.ndarray, trials: int, ns: float
) -> Race:
    """All trials, of which one takes about `ns` nanoseconds; after Ctrl-C those that are done."""
    afford("times, n and trials", numbers=trials + 4.0 * time.size, steps=trials, ns=ns)
    right, when, done = np.zeros((4, time.size)), np.empty(trials), 0
    try:
        for begin, end in slices(trials, ns):
            part = np.zeros_like(right)
            some(part, when[begin:end], begin)
            right, done = right + part, end
    except KeyboardInterrupt:
        if not done:
            raise
    right /= done
    return Race(time, right[0], right[1], right[2], right[3], when[:done])


def _checked(times: ArrayLike, n: int, trials: int) -> tuple[np.ndarray, int, int]:
    time = finite_array("times", times, (1,), "(times,)")
    if time.size == 0 or time[0] < 0 or (np.diff(time) <= 0).any():
        raise ValueError(f"times must rise from 0 or later, got {time}")
    n, trials = whole("n", n, least=1), whole("trials", trials, least=1)
    if n > 10_000 or trials > 10_000_000:
        raise ValueError(f"n must be at most 10000 and trials at most 1e7, got {n} and {trials}")
    return time, n, trials


@kernel
def _score(lead):
    """1 for a right answer, 0 for a wrong one, half for a guess."""
    if lead > 0.0:
        return 1.0
    return 0.0 if lead < 0.0 else 0.5


@kernel
def _record(right, k, first, order, count, who):
    """The scores of the codes at time k, for one trial."""
    right[0, k] += _score(first)
    right[1, k] += _score(order)
    right[2, k] += _score(count)
    right[3, k] += _score(who)


@kernel
def _divide(right, trials):
    """Sums over trials become means."""
    for code in range(right.shape[0]):
        for k in range(right.shape[1]):
            right[code, k] /= trials


@kernel
def poisson_race(right, when, fired, number, time, strong, weak, n, modulation, seed):
    """As many trials as `when` has room for, from trial `number` on; their scores are added to `right`.

    Rates in spikes a ms; `fired` is work of length 2 n.
    """
    every = n * (strong + weak)
    for trial in range(when.size):
        stream = np.uint64(number + trial)
        fired[:] = 0
        when[trial] = math.inf
        first, order, count, who, weight, t, nth, k = 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0, 0
        while k < time.size:
            if every > 0.0:
                t += -math.log1p(-uniform(seed, stream, np.uint64(2 * nth))) / every
            else:
                t = math.inf
            while k < time.size and time[k] < t:
                _record(right, k, first, order, count, who)
                k += 1
            if k == time.size:
                break
            place = uniform(seed, stream, np.uint64(2 * nth + 1)) * every
            nth += 1
            if place < n * strong:
                side, unit = 1.0, min(int(place / strong), n - 1)
            else:
                side, unit = -1.0, n + min(int((place - n * strong) / weak), n - 1)
            count += side
            if nth == 1:
                first = side
                when[trial] = t
            if fired[unit] == 0:
                fired[unit] = 1
                order += side * weight
                weight *= modulation
                who += side


@kernel
def lif_race(right, when, seen, v, free, time, i_strong, i_weak, sigma, neuron, n, modulation, dt, seed):
    """All trials; `seen` (who has fired), `v` and `free` are work of length 2 n."""
    right[:, :] = 0.0
    lif_trials(right, when, seen, v, free, 0, time, i_strong, i_weak, sigma, neuron, n, modulation, dt, seed)
    _divide(right, when.size)


@kernel
def lif_trials(
    right, when, seen, v, free, number, time, i_strong, i_weak, sigma, neuron, n, modulation, dt, seed
):
    """As many trials as `when` has room for, from trial `number` on; their scores are added to `right`."""
    tau_m, r_m, v_rest, v_reset, v_th, t_ref = neuron
    decay = math.exp(-dt / tau_m)
    kick = sigma * math.sqrt(1.0 - decay * decay)
    words = (2 * n + 31) // 32
    steps = math.ceil(time[time.size - 1] / dt - 1e-9)
    hold = min(refractory_steps(t_ref, dt), steps)
    for trial in range(when.size):
        seen[:] = 0
        free[:] = 0
        when[trial] = math.inf
        for unit in range(2 * n):
            start = v_rest + sigma * normal(seed, np.uint64((number + trial) * 2 * n + unit), _START)
            v[unit] = min(start, v_th)
        first, order, count, who, weight, k = 0.0, 0.0, 0.0, 0.0, 1.0, 0
        bits = philox(seed, np.uint64(0), np.uint64(0))
        for step in range(steps + 1):
            while k < time.size and time[k] < (step + 1) * dt - 1e-9:
                _record(right, k, first, order, count, who)
                k += 1
            if step == steps:
                break
            spikes, lead, new, new_lead = 0, 0.0, 0, 0.0
            for unit in range(2 * n):
                if unit & 31 == 0:
                    stream = np.uint64((number + trial) * words + (unit >> 5))
                    bits = philox(seed, stream, np.uint64(step))
                i = i_strong if unit < n else i_weak
                side = 1.0 if unit < n else -1.0
                moved = lif_step(v[unit], i, decay, v_rest, r_m) + kick * four_coins(bits, unit)
                now, free[unit], fired = fired_or_held(
                    step, v[unit], moved, moved > v_th, free[unit], v_reset, hold
                )
                v[unit] = now
                if fired:
                    spikes += 1
                    lead += side
                    if seen[unit] == 0:
                        seen[unit] = 1
                        new += 1
                        new_lead += side
            if spikes > 0 and when[trial] == math.inf:
                when[trial] = (step + 1) * dt
                first = lead
            count += lead
            who += new_lead
            if new > 0:
                total = 0.0  # the weights of the ranks that are taken now
                for _ in range(new):
                    total += weight
                    weight *= modulation
                order += total / new * new_lead
