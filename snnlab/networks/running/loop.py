r"""The loop over time, the same for all networks.

A step of length $\Delta t$ goes as follows:

1. each neuron moves, and who crosses the threshold fires; the spike is dated to the end of the step;
2. the spikes, and those given from outside for the same time, go into the ring;
3. what the ring holds for the end of this step reaches the synaptic currents and conductances.

So a spike acts from the time on that its delay says, even where that is 0: it then reaches a current at the
end of the step in which it was fired. Jumps of the potential come before the threshold, within the first
part, and need a delay of one step at least.

    >>> from snnlab.networks import Network, Population
    >>> Network(cells=Population(1, i=0.3)).run(1000)["cells"].spikes.n_spikes
    63
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from snnlab.compiling import uncounted_kernel
from snnlab.networks.cells.cells import ALPHA, CONDUCTANCES, CURRENTS, JUMPS
from snnlab.networks.cells.delta_jumps import advance_jumps
from snnlab.networks.cells.exponential_conductances import advance_conductances
from snnlab.networks.cells.exponential_currents import advance_currents
from snnlab.networks.cells.other_models import advance_other_model
from snnlab.networks.running.delivery import bring
from snnlab.networks.running.poisson_drive import drive
from snnlab.networks.running.short_term_delivery import deliver_short_term
from snnlab.spikes import Spikes

__all__ = [
    "VALUES",
    "Given",
    "Recording",
    "advance",
    "advance_lif",
    "coming",
    "empty",
    "given_of",
    "go_on",
    "keep",
    "put_into_ring",
    "receive",
    "receive_some",
    "send",
    "write",
    "write_some",
]


VALUES = ("v", "excitation", "inhibition", "adaptation")
"""What can be recorded of a neuron, fields of the state."""


class Given(NamedTuple):
    """Spikes from outside, sorted by step."""

    steps: np.ndarray
    """The step at whose end each is fired, int64; −1 is the time 0."""
    ids: np.ndarray
    """Who fires, counted on from the neurons of the network, int32."""


def given_of(trains: Sequence[Spikes], begin: Sequence[int], dt: float) -> Given:
    """The spikes of all trains; `begin` says with which number the units of each begin."""
    steps = [np.rint(spikes.times / dt).astype(np.int64) - 1 for spikes in trains]
    ids = [spikes.units + first for spikes, first in zip(trains, begin, strict=True)]
    when = np.concatenate([np.zeros(0, np.int64), *steps])
    order = np.argsort(when, kind="stable")
    return Given(when[order], np.concatenate([np.zeros(0, np.int64), *ids])[order].astype(np.int32))


class Recording(NamedTuple):
    """What a part of a run writes down."""

    steps: np.ndarray
    """The step of each spike, int64."""
    ids: np.ndarray
    """Who fired, int32."""
    watched: np.ndarray
    """The neurons of which a value is recorded, one for each column of `values`, int64."""
    variables: np.ndarray
    """Which value it is: the place of its name in `VALUES`, int64."""
    values: np.ndarray
    """These values at the end of each step, shape (steps, columns)."""


@uncounted_kernel
def go_on(steps, state, cells, events, short_term, drives, given, recording, ids):
    """Up to `steps` more; ends before that where there is no room for the spikes of another step.

    `ids` has room for all neurons. Returns how many spikes were recorded.
    """
    n, found = len(state.v), 0
    start = state.step[0]
    at = coming(start, given)
    put_into_ring(start, state, events)
    if start == 0:
        at = send(-1, at, ids, 0, state, events, short_term, given)
        receive(-1, state, cells)
    for t in range(start, start + steps):
        if found + n > len(recording.ids):
            break
        drive(t, state, drives)
        count = advance(t, state, cells, ids, 0)
        at = send(t, at, ids, count, state, events, short_term, given)
        receive(t, state, cells)
        found = keep(t, ids, count, found, recording)
        write(t - start, state, recording)
        state.step[0] = t + 1
    return found


@uncounted_kernel
def put_into_ring(start, state, events):
    """Who fired before step `start` and waits, because the loop of one delay went before, waits no longer."""
    last_row = len(state.n_waiting) - 1
    for t in range(start - last_row, start):
        row = t & last_row
        bring(state.waiting[row], state.n_waiting[row], t, state.ring, events)
        empty(row, state)


@uncounted_kernel
def empty(row, state):
    """Nobody waits in this row any longer."""
    state.waiting[row, : state.n_waiting[row]] = 0
    state.n_waiting[row] = 0


@uncounted_kernel
def coming(start, given):
    """The first of the spikes from outside that a run from step `start` on has before it."""
    at = 0
    while at < len(given.steps) and given.steps[at] < (start if start > 0 else -1):
        at += 1
    return at


@uncounted_kernel
def advance(t, state, cells, ids, count):
    """All neurons through step `t`; who fires is added to `ids`, whose new count is returned."""
    for p in range(len(cells.kind)):
        if cells.kind[p] <= JUMPS:
            count = advance_lif(p, t, state, cells, ids, count)
        else:
            count = advance_other_model(p, t, state, cells, cells.rows, ids, count)
    return count


@uncounted_kernel
def advance_lif(p, t, state, cells, ids, count):
    """Population `p`, of LIF neurons that have no `Rows`."""
    if cells.kind[p] == CURRENTS:
        count = advance_currents(p, t, state, cells, ids, count)
    elif cells.kind[p] == CONDUCTANCES:
        count = advance_conductances(p, t, state, cells, ids, count)
    else:
        count = advance_jumps(p, t, state, cells, ids, count)
    return count


@uncounted_kernel
def keep(t, ids, count, found, recording):
    """Record that the first `count` of `ids` fired in step `t`, behind `found` others; returns the sum."""
    for k in range(count):
        recording.steps[found + k] = t
        recording.ids[found + k] = ids[k]
    return found + count


@uncounted_kernel
def write(row, state, recording):
    """The values of the neurons that are watched, into a row of the recording."""
    write_some(0, len(state.v), row, state, recording)


@uncounted_kernel
def write_some(begin, end, row, state, recording):
    """Those of the neurons from `begin` to `end` alone."""
    for k in range(len(recording.watched)):
        j, variable = recording.watched[k], recording.variables[k]
        if begin <= j < end:
            if variable == 0:
                recording.values[row, k] = state.v[j]
            elif variable == 1:
                recording.values[row, k] = state.excitation[j]
            elif variable == 2:
                recording.values[row, k] = state.inhibition[j]
            else:
                recording.values[row, k] = state.adaptation[j]


@uncounted_kernel
def send(t, at, ids, count, state, events, short_term, given):
    """Into the ring with the spikes of step `t`; those from outside are the next from `at` on.

    Returns where these end.
    """
    end = at
    while end < len(given.steps) and given.steps[end] == t:
        end += 1
    outside = given.ids[at:end]
    bring(ids, count, t, state.ring, events)
    bring(outside, len(outside), t, state.ring, events)
    deliver_short_term(ids, count, t, state, short_term)
    deliver_short_term(outside, len(outside), t, state, short_term)
    return end


@uncounted_kernel
def receive(t, state, cells):
    """What arrives at the end of step `t` reaches the currents, what feeds them, and the conductances."""
    receive_some(0, len(cells.kind), t, state, cells)


@uncounted_kernel
def receive_some(begin, end, t, state, cells):
    """Those of the populations from `begin` to `end` alone."""
    n = len(state.v)
    row = state.ring[t & (len(state.ring) - 1)]
    for p in range(begin, end):
        if cells.synapses[p] != JUMPS:
            alpha = cells.synapses[p] == ALPHA
            first, last = cells.first[p], cells.first[p + 1]
            excitation = (state.x_e if alpha else state.excitation)[first:last]
            inhibition = (state.x_i if alpha else state.inhibition)[first:last]
            excites, inhibits = row[first:last], row[n + first : n + last]
            rise_e, rise_i = cells.rise_e[p], cells.rise_i[p]
            for k in range(len(excitation)):
                excitation[k] += rise_e * excites[k]
                inhibition[k] += rise_i * inhibits[k]
                excites[k] = 0.0
                inhibits[k] = 0.0
