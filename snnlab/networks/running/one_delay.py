"""The loop where all delays are one and each neuron has one weight: what is delayed are the spikes.

A ring holds what each spike brings to each of its targets. Where all synapses have the same delay, the list
of who fired can wait in its place, and what it brings goes straight to the currents, or to the jumps of the
next step, when its time has come; where a neuron has one weight for all of its targets, only their numbers
are read. A network of thousands of neurons then stays within the caches of a processor.

What is under way at the end of a run stands in its state as the same lists, so a run that goes on adds the
same numbers in the same order: it is the long run to the last bit. The general loop puts these spikes into
its ring before it goes on, and what it left in the ring is read here in the first steps. So either loop goes
on where the other one stopped.

    >>> from snnlab.networks import Network, Population, one_to_one
    >>> net = Network(cells=Population(2, i=0.3))
    >>> net.connect("cells", "cells", one_to_one(), w=-1.0, delay=1.5)
    >>> net.run(20)["cells"].spikes.times
    array([13.9, 13.9])
"""

from typing import NamedTuple

import numpy as np

from snnlab.compiling import uncounted_kernel
from snnlab.networks.cells.cells import JUMPS
from snnlab.networks.running.events import Events
from snnlab.networks.running.loop import advance, empty, receive, write
from snnlab.networks.running.poisson_drive import drive

__all__ = ["Fans", "fans_of", "go_on_with_one_delay", "hear", "heard", "leave_waiting"]


class Fans(NamedTuple):
    """The targets of each neuron: those of neuron j from ``begin[j]`` to ``begin[j + 1]``."""

    begin: np.ndarray
    """int64, shape (n_pre + 1,)."""
    post: np.ndarray
    """The neuron that is told, shape (synapses,): uint16 where that is enough, which halves it, or int32."""
    w: np.ndarray
    """The weight of each neuron that fires, shape (n_pre,)."""
    inhibits: np.ndarray
    """Whether it inhibits, uint8."""
    late: int
    """The delay in steps."""


def fans_of(events: Events, n: int, kinds: np.ndarray) -> Fans | None:
    """The events as fans onto `n` neurons, or None where they are none."""
    jumps, others = kinds == JUMPS, kinds > JUMPS
    if not events.w.size or jumps.any() != jumps.all() or others.any():
        return None
    if (events.late != events.late[0]).any():
        return None
    counts = np.diff(events.begin)
    some = counts > 0
    w = np.zeros(counts.size, events.w.dtype)
    inhibits = np.zeros(counts.size, np.uint8)
    heads = events.begin[:-1][some]
    w[some], inhibits[some] = events.w[heads], events.post[heads] >= n
    half = (events.post >= n).view(np.uint8)
    if (events.w != np.repeat(w, counts)).any() or (half != np.repeat(inhibits, counts)).any():
        return None
    post = (events.post - np.int32(n) * half).astype(np.uint16 if n <= 1 << 16 else np.int32)
    return Fans(events.begin, post, w, inhibits, int(events.late[0]))


@uncounted_kernel
def go_on_with_one_delay(steps, state, cells, fans, drives, recording, ends):
    """As `go_on`, of a network to which no spikes are given; `ends` has room for each of the steps.

    ``ends[t]`` says where the spikes of step t of this part end.
    """
    n, found, late = len(state.v), 0, fans.late
    jumps = cells.kind[0] == JUMPS  # then all of them are
    start = state.step[0]
    done = 0
    if start == 0:
        receive(-1, state, cells)
    while done < steps and found + n <= len(recording.ids):
        t = start + done
        drive(t, state, drives)
        if jumps:
            row = state.ring[t & (len(state.ring) - 1)]
            hear(done, t, row[:n], row[n:], state, recording.ids, ends, fans)
        count = advance(t, state, cells, recording.ids, found)
        for k in range(found, count):
            recording.steps[k] = t
        ends[done] = found = count
        if done < len(state.ring) or len(drives.n) > 0:
            receive(t, state, cells)
        if not jumps:
            hear(done, t, state.excitation, state.inhibition, state, recording.ids, ends, fans)
        write(done, state, recording)
        done += 1
    heard(0, min(done, late), start, late, state)
    leave_waiting(done, start, recording.ids, ends, late, state)
    state.step[0] = start + done
    return found


@uncounted_kernel
def hear(done, t, excitation, inhibition, state, ids, ends, fans):
    """In step `t`, step `done` of this part, all targets are told of what was fired one delay before."""
    k = done - fans.late
    if k >= 0:
        fired = ids[ends[k - 1] if k > 0 else 0 : ends[k]]
    else:
        row = (t - fans.late) & (len(state.n_waiting) - 1)
        fired = state.waiting[row][: state.n_waiting[row]]
    spread(fired, excitation, inhibition, fans)  # called in one place, it is written into the loop


@uncounted_kernel
def spread(ids, excitation, inhibition, fans):
    """What the spikes of `ids` bring reaches all of their targets."""
    begin, post, w, inhibits, _ = fans
    for j in ids:
        synaptic = inhibition if inhibits[j] else excitation
        targets, weight = post[begin[j] : begin[j + 1]], w[j]
        for s in range(len(targets)):
            synaptic[np.uint32(targets[s])] += weight  # without a sign no index is tested for one


@uncounted_kernel
def heard(first, last, start, late, state):
    """Steps `first` to `last` of a part that began with step `start` have heard what was waiting for them."""
    for done in range(first, last):
        empty((start + done - late) & (len(state.n_waiting) - 1), state)


@uncounted_kernel
def leave_waiting(done, start, ids, ends, late, state):
    """Who is not heard yet after `done` steps of this part, which began with step `start`."""
    for last in range(max(0, done - late), done):
        row = (start + last) & (len(state.n_waiting) - 1)
        begin = ends[last - 1] if last > 0 else 0
        for k in range(begin, ends[last]):
            state.waiting[row, k - begin] = ids[k]
        state.n_waiting[row] = ends[last] - begin
