"""The kernels of a chosen trial of store and recall, whose record and reader stand in `shown_recall`."""

import math
from typing import NamedTuple

import numpy as np

from snnlab.compiling import kernel
from snnlab.learning.gradients.bptt import Data
from snnlab.learning.gradients.cell import LATE_SUBTRACTION
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork
from snnlab.learning.gradients.recurrent_pass import forward
from snnlab.learning.gradients.recurrent_path import Numbers, Rows
from snnlab.learning.memory.input_spikes import Speakers, draw_inputs, speakers_of
from snnlab.learning.memory.learnt_recall import UNIT
from snnlab.learning.memory.store_recall import GROUPS, RecallInputs
from snnlab.neurons.branchless_exponential import exponential

__all__ = ()

INTERVALS, TRIALS, DT = 12, 20, 4.0  # trials in pairs
INTERVAL, PER_GROUP = RecallInputs().interval, RecallInputs().per_group
SPEAKERS = speakers_of(RecallInputs(), DT)
WINDOW, MEAN, NONE = SPEAKERS[1:]
STEPS, INPUTS = INTERVALS * WINDOW, len(GROUPS) * PER_GROUP
SAID = 5  # inputs of each group whose spikes are told
ROOM = 2 * STEPS * PER_GROUP  # for the input spikes of a trial: twice what comes if two groups always speak


class RecallNumbers(NamedTuple):
    """What all neurons share."""

    kept: float  # β of the potential
    gained: float  # g
    rest: float  # the threshold of who has not fired
    rise: float  # by which a spike raises it
    hold: int  # steps of the refractory time
    kept_out: float
    loud: float  # gain of the readout


def recall_numbers(network: RecurrentNetwork) -> RecallNumbers:
    """What the neurons of a network of store and recall share, in steps of its own."""
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


@kernel
def join_all(begin, post, due):
    """Who hears whom: all but themselves, without a delay."""
    n, m = begin.size - 1, 0
    for j in range(n):
        begin[j] = m
        for k in range(n):
            if k != j:
                post[m], due[m] = k, 0
                m += 1
    begin[n] = m


@kernel
def fill_wires(wires, whole_in, whole_rec, whole_out):
    """Weights of float64 by rows."""
    n = whole_rec.shape[0]
    join_all(wires.begin, wires.post, wires.due)
    for j in range(n):
        for m in range(wires.begin[j], wires.begin[j + 1]):
            wires.w[m] = whole_rec[j, wires.post[m]] / UNIT
        for k in range(whole_out.shape[1]):
            wires.w_out[j, k] = whole_out[j, k] / UNIT
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
def mean_threshold(theta, prefers, symbol, rest):
    """Of the neurons that prefer this symbol, in thresholds at rest."""
    total, n = 0.0, 0
    for k in range(prefers.size):
        if prefers[k] == symbol:
            total += theta[k] / rest
            n += 1
    return total / n


@kernel
def answer_of(y, asked, window):
    """Whose readout is larger on average while it is asked: that of 1, or that of 0, which also has ties."""
    ahead = 0.0
    for t in range(asked * window + 1, (asked + 1) * window + 1):
        ahead += y[t, 1] - y[t, 0]
    return 1 if ahead > 0.0 else 0


@kernel
def tell_thresholds(zero, one, theta, prefers, rest):
    """Those of the neurons that prefer 0, and of the others that adapt, in each step."""
    for t in range(zero.size):
        zero[t] = mean_threshold(theta[t], prefers, 0, rest)
        one[t] = mean_threshold(theta[t], prefers, 1, rest)


@kernel
def tell(seen, path, wires, neurons):
    """One trial, step by step."""
    n = 0
    for t in range(seen.t.size):
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
    speakers = Speakers(PER_GROUP, WINDOW, MEAN, NONE)
    right, spikes, trace = 0, 0.0, 0.0
    for trial in range(TRIALS):
        stored = wanted if trial % 2 == 0 else 1 - wanted
        seen.symbols[first] = stored
        draw_inputs(
            wires.units, wires.start[0], 0, seen.symbols, first, asked, speakers, np.uint64(trial // 2), seed
        )
        spikes += forward(0, data, cell, rows, how, path)
        answer, begin = answer_of(path.y, asked, WINDOW), path.theta[asked * WINDOW]
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
