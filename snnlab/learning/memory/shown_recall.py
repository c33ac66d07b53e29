r"""One trial of store and recall, chosen symbol by symbol, in the network that has learnt it.

A trial has twelve intervals of 200 ms. In each of them a symbol is shown, but not in the one in which it is
asked for the symbol of the store. Whoever always says the same is right half of the time: so the trial runs
in ten pairs, with other input spikes each, once with the symbols as they are and once with the other symbol
stored. The very first run is told in detail, of the second only the thresholds.

A threshold comes back with the time constant $\tau_a$. How much a spike raises it is what the network has
learnt with, times a factor: 1 leaves it as it was, and with 0 all twenty are LIF neurons of the same weights.

The network is that of `snnlab.learning.memory.learnt_recall`, its step that of
`snnlab.learning.gradients.recurrent_pass`. The readable twin draws nothing itself:
`snnlab.learning.gradients.recurrent_gradient.run_recurrent` with `with_tau_a`, on the same input spikes.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, fraction, positive, whole
from snnlab.compiling import kernel
from snnlab.learning.gradients.bptt import Data
from snnlab.learning.gradients.cell import LATE_SUBTRACTION, Cell
from snnlab.learning.gradients.recurrent_pass import forward
from snnlab.learning.gradients.recurrent_path import Numbers, Path, Rows, path_of, rows_of, short_zeros
from snnlab.learning.memory.learnt_recall import UNIT, learnt_recall, whole_recall
from snnlab.learning.memory.store_recall import GROUPS, RecallInputs
from snnlab.neurons.branchless_exponential import exponential
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["ShownRecall", "shown_recall"]

INTERVALS, TRIALS, DT = 12, 20, 4.0  # trials in pairs
INTERVAL, PER_GROUP = RecallInputs().interval, RecallInputs().per_group
WINDOW = round(INTERVAL / DT)  # steps of an interval
STEPS, INPUTS = INTERVALS * WINDOW, len(GROUPS) * PER_GROUP
SAID = 5  # inputs of each group whose spikes are told
MEAN = RecallInputs().rate * DT / 1000.0  # spikes of an input in a step
NONE, AT_ONCE = math.exp(-MEAN), 9  # the probability that there is none; more than 9 in a step never come
ROOM = 2 * STEPS * PER_GROUP  # for the input spikes of a trial: twice what comes if two groups always speak


class ShownRecall(NamedTuple):
    """A trial, and how often the right symbol is recalled.

    Examples
    --------
    >>> seen = shown_recall([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], rng=np.random.default_rng(1))
    >>> print(seen.wanted, seen.delay)
    1 1400.0
    """

    t: np.ndarray
    """Time at the end of each step, ms; 600 steps of 4 ms."""
    symbols: np.ndarray
    """The symbol of each interval, NaN where it is asked."""
    said_0: np.ndarray
    """Potential of the readout for 0 at the end of each step."""
    said_1: np.ndarray
    """The same for 1."""
    threshold_0: np.ndarray
    """Mean threshold of the adaptive neurons that prefer 0, in thresholds at rest."""
    threshold_1: np.ndarray
    """The same of those that prefer 1."""
    other_0: np.ndarray
    """The first again, if the other symbol had been stored: the second run, on the same chance."""
    other_1: np.ndarray
    """The same of those that prefer 1."""
    times: Annotated[np.ndarray, "n"]
    """Spikes, by time, ms: ends of steps."""
    rows: Annotated[np.ndarray, "n"]
    """Whose: 0 to 4 for five inputs of symbol 0, as many for symbol 1, store and recall; then neurons."""
    n: int
    """How many."""
    answer: int
    """The symbol that is recalled."""
    wanted: int
    """The symbol that was stored."""
    right: int
    """In how many of twenty trials the symbol that was stored is recalled; in ten of them it is the other."""
    asked: int
    """The interval in which it is asked, from 1: the one after the store at the earliest."""
    delay: float
    """From the beginning of the store to that of the recall, ms."""
    trace: float
    """What the store has left when the recall begins: by how much the threshold of a neuron is higher if the
    symbol that it prefers was stored than if it was the other, in thresholds at rest, mean of the pairs."""
    rate: float
    """Mean rate of a neuron, Hz, of twenty trials."""


class RecallNumbers(NamedTuple):
    """What all neurons share, in steps of 4 ms."""

    kept: float  # β of the potential
    gained: float  # g
    rest: float  # the threshold of who has not fired
    rise: float  # by which a spike raises it
    hold: int  # steps of the refractory time
    kept_out: float
    loud: float  # gain of the readout


class RecallWires(NamedTuple):
    """Weights by rows, and the input spikes of a trial as `Samples` has them."""

    w_in: np.ndarray
    w_out: np.ndarray
    w: np.ndarray
    begin: np.ndarray
    post: np.ndarray
    due: np.ndarray
    units: np.ndarray
    start: np.ndarray
    labels: np.ndarray


def shown_recall(
    symbols: ArrayLike,
    store: int = 1,
    recall: int = 8,
    tau_a: float = 1200.0,
    adaptation: float = 1.0,
    *,
    rng: np.random.Generator | np.uint64,
) -> ShownRecall:
    """Show symbols to the network that has learnt, and ask it for one of them.

    Parameters
    ----------
    symbols : array of shape (12,)
        0 or 1 in each interval.
    store, recall : int
        The intervals of the commands, from 1. A recall that is not after the store comes right after it.
    tau_a : float
        Time constant with which thresholds come back, ms; the network has learnt with 1200.
    adaptation : float
        What a spike raises a threshold by, as a fraction of what the network has learnt with.
    rng
        Where input spikes come from, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    Without adaptation the same weights do not know after a second what it was:

    >>> symbols, seed = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], np.uint64(1)
    >>> with_it, without = (shown_recall(symbols, recall=6, adaptation=a, rng=seed).right for a in (1, 0))
    >>> print(with_it > without)
    True
    """
    shown = finite_array("symbols", symbols, (1,), f"({INTERVALS},)")
    if shown.size != INTERVALS:
        raise ValueError(f"symbols must be one for each of {INTERVALS} intervals, got {shown.size}")
    if (wrong := shown[~np.isin(shown, (0, 1))]).size:
        raise ValueError(f"symbols must be 0 or 1, got {wrong[0]:g}")
    for name, interval, least in (("store", store, 1), ("recall", recall, 2)):
        most = INTERVALS - 2 + least
        if not least <= whole(name, interval) <= most:
            raise ValueError(f"{name} must be an interval from {least} to {most}, got {interval}")
    seen, (path, cell, wires) = recorded(), workspace()
    seen.symbols[:] = shown
    tau_a, adaptation = positive("tau_a", tau_a), fraction("adaptation", adaptation)
    run_recall(
        seen, path, cell, wires, *whole_recall(), numbers(), float(store), float(recall), tau_a, adaptation,
        seed_from(rng),
    )  # fmt: skip
    return read(seen)


def numbers() -> RecallNumbers:
    """What the neurons of the network share."""
    network = learnt_recall()
    cell = network.cell
    return RecallNumbers(
        float(cell.beta[-1]),
        float(cell.gain[-1]),
        float(cell.threshold[-1]),
        float(cell.beta_a[-1] * (1.0 - cell.rho[-1])),
        int(cell.refractory[-1]),
        network.beta_out,
        network.gain_out,
    )


def recorded() -> ShownRecall:
    """A blank record."""
    courses = dict.fromkeys(
        ("t", "said_0", "said_1", "threshold_0", "threshold_1", "other_0", "other_1"), STEPS
    )
    spikes = STEPS * (len(GROUPS) * SAID + whole_recall().prefers.size)
    return blank(ShownRecall, **courses, symbols=INTERVALS, times=spikes, rows=np.zeros(spikes, np.int32))


def workspace() -> tuple[Path, Cell, RecallWires]:
    """Room for the work, with the short integers that a page has."""
    network = learnt_recall()
    rows = rows_of(network)
    path = path_of(network, rows, STEPS)
    units, start, labels = (np.zeros(shape, np.int32) for shape in (ROOM, (1, STEPS + 1), 1))
    wires = RecallWires(*rows, units, start, labels)
    return (
        Path(*map(short_zeros, path)),
        Cell(*map(short_zeros, network.cell)),
        RecallWires(*map(short_zeros, wires)),
    )


@kernel
def fill_wires(wires, whole_in, whole_rec, whole_out):
    """Weights of float64 by rows, and who hears whom: all but themselves, without a delay."""
    n, m = whole_rec.shape[0], 0
    for j in range(n):
        wires.begin[j] = m
        for k in range(n):
            if k != j:
                wires.w[m], wires.post[m], wires.due[m] = whole_rec[j, k] / UNIT, k, 0
                m += 1
        for k in range(whole_out.shape[1]):
            wires.w_out[j, k] = whole_out[j, k] / UNIT
    wires.begin[n] = m
    for j in range(whole_in.shape[0]):
        for k in range(n):
            wires.w_in[j, k] = whole_in[j, k] / UNIT


@kernel
def fill_cell(cell, prefers, numbers, tau_a, adaptation):
    """The neurons; those that prefer no symbol do not adapt."""
    rho = exponential(-DT / tau_a)
    for k in range(prefers.size):
        cell.alpha[k], cell.beta[k], cell.gain[k] = 0.0, numbers.kept, numbers.gained
        cell.threshold[k], cell.rho[k] = numbers.rest, rho
        cell.beta_a[k] = adaptation * numbers.rise / (1.0 - rho) if prefers[k] >= 0 else 0.0
        cell.refractory[k], cell.reset[k] = numbers.hold, LATE_SUBTRACTION


@kernel
def spikes_at_once(u):
    """How many spikes come in a step, of a Poisson process, for a uniform random number."""
    count, part = 0, NONE
    total = part
    while u >= total and count < AT_ONCE:
        count += 1
        part *= MEAN / count
        total += part
    return count


@kernel
def draw_inputs(wires, symbols, store, asked, trial, seed):
    """The input spikes of a trial; those of another command are the same in all other intervals."""
    n = 0
    for t in range(STEPS):
        k = t // WINDOW
        for group in range(len(GROUPS)):
            says = symbols[k] == group if group < 2 else k == (store if group == 2 else asked)
            if says:
                for unit in range(group * PER_GROUP, (group + 1) * PER_GROUP):
                    u = uniform(seed, np.uint64(trial), np.uint64(t * INPUTS + unit))
                    for _ in range(spikes_at_once(u)):
                        if n < ROOM:
                            wires.units[n] = unit
                            n += 1
        wires.start[0, t + 1] = n


@kernel
def mean_threshold(theta, prefers, symbol, rest):
    """Of the neurons that prefer this symbol, in thresholds at rest."""
    total, n = 0.0, 0
    for k in range(prefers.size):
        if prefers[k] == symbol:
            total += theta[k] / rest
            n += 1
    return total / n


@kernel
def answer_of(y, asked):
    """Whose readout is larger on average while it is asked: that of 1, or that of 0, which also has ties."""
    ahead = 0.0
    for t in range(asked * WINDOW + 1, (asked + 1) * WINDOW + 1):
        ahead += y[t, 1] - y[t, 0]
    return 1 if ahead > 0.0 else 0


@kernel
def tell_thresholds(zero, one, theta, prefers, rest):
    """Those of the neurons that prefer 0, and of the others that adapt, in each step."""
    for t in range(STEPS):
        zero[t] = mean_threshold(theta[t], prefers, 0, rest)
        one[t] = mean_threshold(theta[t], prefers, 1, rest)


@kernel
def tell(seen, path, wires, neurons):
    """One trial, step by step."""
    n = 0
    for t in range(STEPS):
        seen.t[t] = (t + 1) * DT
        seen.said_0[t], seen.said_1[t] = path.y[t + 1, 0], path.y[t + 1, 1]
        before = -1
        for k in range(wires.start[0, t], wires.start[0, t + 1]):
            unit = wires.units[k]
            if unit % PER_GROUP < SAID and unit != before:  # of two at once one is told
                seen.times[n], seen.rows[n] = seen.t[t], unit // PER_GROUP * SAID + unit % PER_GROUP
                n += 1
            before = unit
        for k in range(neurons):
            if path.s[t, k] > 0.0:
                seen.times[n], seen.rows[n] = seen.t[t], len(GROUPS) * SAID + k
                n += 1
    seen.n[0] = n


@kernel
def run_recall(
    seen, path, cell, wires, whole_in, whole_rec, whole_out, prefers, numbers, store, recall, tau_a,
    adaptation, seed,
):  # fmt: skip
    """Ten pairs of trials with the symbols of the record; the first trial is told."""
    first = int(store) - 1
    asked = max(int(recall) - 1, first + 1)
    wanted = 1 if seen.symbols[first] == 1.0 else 0
    seen.symbols[asked] = math.nan
    fill_wires(wires, whole_in, whole_rec, whole_out)
    fill_cell(cell, prefers, numbers, tau_a, adaptation)
    rows = Rows(wires.w_in, wires.w_out, wires.w, wires.begin, wires.post, wires.due)
    data = Data(wires.units, wires.start, wires.labels)
    how = Numbers(0.0, numbers.kept_out, numbers.loud, 0, 1.0, 1.0, False, False)
    right, spikes, trace = 0, 0.0, 0.0
    for trial in range(TRIALS):
        stored = wanted if trial % 2 == 0 else 1 - wanted
        seen.symbols[first] = stored
        draw_inputs(wires, seen.symbols, first, asked, trial // 2, seed)
        spikes += forward(0, data, cell, rows, how, path)
        answer, begin = answer_of(path.y, asked), path.theta[asked * WINDOW]
        right += answer == stored
        trace += mean_threshold(begin, prefers, stored, numbers.rest)
        trace -= mean_threshold(begin, prefers, 1 - stored, numbers.rest)
        if trial == 0:
            tell(seen, path, wires, prefers.size)
            tell_thresholds(seen.threshold_0, seen.threshold_1, path.theta, prefers, numbers.rest)
            seen.answer[0] = answer
        elif trial == 1:
            tell_thresholds(seen.other_0, seen.other_1, path.theta, prefers, numbers.rest)
    seen.symbols[first] = wanted
    seen.wanted[0], seen.right[0], seen.asked[0] = wanted, right, asked + 1
    seen.delay[0], seen.trace[0] = (asked - first) * INTERVAL, trace / TRIALS
    seen.rate[0] = 1000.0 * spikes / (TRIALS * prefers.size * STEPS * DT)
