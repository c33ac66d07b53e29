"""Which of two currents is larger? Four readers race on the spikes of noisy LIF neurons.

The race is that of `race_lif`; beside it stand an example, one neuron of each pool, and what each reader is
worth at the end of a window.
"""

from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real, fraction, non_negative, positive, whole
from snnlab.coding.codes.race import lif_race
from snnlab.compiling import kernel
from snnlab.neurons.inputs.noisy_current import spread_in_step, step
from snnlab.neurons.models.lif import LIF, State, check_lif, run_one
from snnlab.random import normal, seed_from
from snnlab.records import blank, read

__all__ = ["CurrentRace", "current_race"]

DT, BIN, DURATION, SHOWN = 0.5, 2.0, 200.0, 100.0  # ms
_EXAMPLE = 1 << 40  # stream of the first example; trials have the streams below


class CurrentRace(NamedTuple):
    """How often each reader is right, and an example of what they read.

    Examples
    --------
    >>> seen = current_race(20.0, 0.0, rng=np.random.default_rng(1))  # no noise
    >>> print(f"first spike {seen.first_right:.0f} %, count {seen.count_right:.0f} %")
    first spike 100 %, count 100 %
    """

    v: np.ndarray
    """Membrane potential of a neuron with the stronger current, mV, one value a step."""
    v_weak: np.ndarray
    """The same for one with the weaker current."""
    times: Annotated[np.ndarray, "n"]
    """Spike times of the former, ms."""
    times_weak: Annotated[np.ndarray, "n_weak"]
    """Those of the latter."""
    t: np.ndarray
    """When the answer is asked for, ms: each 2 ms up to 200."""
    by_first: np.ndarray
    """How often the first spike of all is right then, %."""
    by_order: np.ndarray
    """How often rank order is."""
    by_count: np.ndarray
    """How often a count of all spikes is."""
    by_set: np.ndarray
    """How often the number of neurons that have fired is."""
    n: int
    """Spikes of the example with the stronger current."""
    n_weak: int
    """Spikes of that with the weaker one."""
    first_right: float
    """How often the first spike is right in the end, %."""
    first_time: float
    """How long one waits for it, mean, ms; a trial without it counts as the whole time."""
    order_right: float
    """How often rank order is right at the end of the window, %."""
    count_right: float
    """How often a count is."""
    set_right: float
    """How often who has fired is."""


def current_race(
    difference: float,
    sigma: float,
    n: int = 1,
    window: float = 20.0,
    neuron: LIF = LIF(),
    *,
    current: float = 0.25,
    modulation: float = 0.8,
    trials: int = 400,
    rng: np.random.Generator | np.uint64,
) -> CurrentRace:
    """Give two pools of resting neurons a current each, and ask which got more.

    Parameters
    ----------
    difference : float
        Of the two currents, in percent of their mean.
    sigma : float
        How far the noise scatters the potential of a neuron that never fires, standard deviation in mV.
    n : int
        Neurons in each pool.
    window : float
        When all but the first spike have to answer, from 2 to 200 ms.
    neuron
        The numbers that all neurons have in common.
    current : float
        The mean of the two currents, nA.
    modulation, trials
        As for `race_lif`.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Returns
    -------
    CurrentRace

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> for sigma in (1.0, 6.0):
    ...     seen = current_race(20.0, sigma, window=30.0, rng=np.random.default_rng(1))
    ...     print(f"first spike {seen.first_right:.0f} %, count {seen.count_right:.0f} %")
    first spike 98 %, count 52 %
    first spike 61 %, count 64 %
    """
    difference, current, neuron = (
        as_real("difference", difference),
        as_real("current", current),
        check_lif(neuron),
    )
    sigma, window = non_negative("sigma", sigma), positive("window", window)
    n, trials, modulation = whole("n", n, 1), whole("trials", trials, 1), fraction("modulation", modulation)
    if not BIN <= window <= DURATION:
        raise ValueError(f"window must be from {BIN:g} to {DURATION:g} ms, got {window:g}")
    if n * trials > 1e7:
        raise ValueError(f"n times trials must be at most 1e7, got {n * trials}")
    told, numbers = recorded(), (difference, sigma, n, window)
    run_current_race(told, *work(n, trials).values(), neuron, *numbers, current, modulation, seed_from(rng))
    return read(told)


def recorded() -> CurrentRace:
    """A blank record."""
    traces = dict.fromkeys(("v", "v_weak", "times", "times_weak"), round(SHOWN / DT))
    lines = dict.fromkeys(("t", "by_first", "by_order", "by_count", "by_set"), round(DURATION / BIN))
    return blank(CurrentRace, **traces, **lines)


def work(most: int, trials: int) -> dict[str, np.ndarray]:
    """The arrays in which `run_current_race` works, for at most so many neurons in each pool."""
    return {
        "right": np.zeros((4, round(DURATION / BIN))),
        "when": np.zeros(trials),
        "fired": np.zeros(2 * most, np.int32),
        "now": np.zeros(2 * most),
        "free": np.zeros(2 * most, np.int32),
        "i": np.zeros(round(SHOWN / DT)),
    }


@kernel
def _example(v, times, i, neuron, current, sigma, seed, stream):
    """One noisy neuron; returns the number of its spikes."""
    tau_m, r_m, v_rest, v_reset, v_th, t_ref = neuron
    spread = spread_in_step(sigma, tau_m, r_m, DT)
    for t in range(v.size):
        i[t] = step(current, spread, normal(seed, stream, t))
    start = State(min(v_rest + sigma * normal(seed, stream, v.size), v_th), 0)
    count, _ = run_one(i, v, times, start, tau_m, r_m, v_rest, v_reset, v_th, t_ref, DT)
    return count


@kernel
def run_current_race(
    told,
    right,
    when,
    fired,
    now,
    free,
    i,
    neuron,
    difference,
    sigma,
    neurons,
    window,
    current,
    modulation,
    seed,
):
    """The two examples, and how often each reader is right over all trials."""
    n, t = int(neurons), told.t
    strong, weak = current * (1.0 + 0.005 * difference), current * (1.0 - 0.005 * difference)
    told.n[0] = _example(told.v, told.times, i, neuron, strong, sigma, seed, _EXAMPLE)
    told.n_weak[0] = _example(told.v_weak, told.times_weak, i, neuron, weak, sigma, seed, _EXAMPLE + 1)
    for b in range(t.size):
        t[b] = (b + 1) * BIN
    pools = fired[: 2 * n], now[: 2 * n], free[: 2 * n]
    lif_race(right, when, *pools, t, strong, weak, sigma, neuron, n, modulation, DT, seed)
    for b in range(t.size):
        told.by_first[b], told.by_order[b] = 100.0 * right[0, b], 100.0 * right[1, b]
        told.by_count[b], told.by_set[b] = 100.0 * right[2, b], 100.0 * right[3, b]
    at = max(int(window / BIN) - 1, 0)
    told.first_right[0], told.order_right[0] = told.by_first[t.size - 1], told.by_order[at]
    told.count_right[0], told.set_right[0] = told.by_count[at], told.by_set[at]
    for k in range(when.size):
        told.first_time[0] += min(when[k], DURATION) / when.size
