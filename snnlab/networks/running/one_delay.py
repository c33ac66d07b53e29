"""The loop where all delays are one and each neuron has one weight: what is delayed are the spikes.

A ring holds what each spike brings to each of its targets. Where all synapses have the same delay, the list
of who fired can wait in its place, and what it brings goes straight to the currents, or to the jumps of the
next step, when its time has come; where a neuron has one weight for all of its targets, only their numbers
are read. A network of thousands of neurons then stays within the caches of a processor.

The state is that of the general loop: what it left in the ring is read in the first steps, and what is under
way at the end goes into the ring. So either loop goes on where the other one stopped.

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
from snnlab.networks.running.delivery import deliver
from snnlab.networks.running.events import Events
from snnlab.networks.running.loop import advance, receive, write
from snnlab.networks.running.poisson_drive import drive

__all__ = ["Fans", "fans_of", "go_on_with_one_delay", "put_into_ring", "spread"]


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
def go_on_with_one_delay(steps, state, cells, events, fans, drives, recording, ends):
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
        if jumps and done >= late:
            row = state.ring[t & (len(state.ring) - 1)]
            spread(done - late, recording.ids, ends, row[:n], row[n:], fans)
        count = advance(t, state, cells, recording.ids, found)
        for k in range(found, count):
            recording.steps[k] = t
        ends[done] = found = count
        if done < late or len(drives.n) > 0:
            receive(t, state, cells)
        if not jumps and done >= late:
            spread(done - late, recording.ids, ends, state.excitation, state.inhibition, fans)
        write(done, state, recording)
        done += 1
    put_into_ring(done, start, recording.ids, ends, late, state.ring, events)
    state.step[0] = start + done
    return found


@uncounted_kernel
def spread(k, ids, ends, excitation, inhibition, fans):
    """What the spikes of step `k` of this part bring reaches all of their targets."""
    begin, post, w, inhibits, _ = fans
    for f in range(ends[k - 1] if k > 0 else 0, ends[k]):
        j = ids[f]
        synaptic = inhibition if inhibits[j] else excitation
        targets, weight = post[begin[j] : begin[j + 1]], w[j]
        for s in range(len(targets)):
            synaptic[np.uint32(targets[s])] += weight  # without a sign no index is tested for one


@uncounted_kernel
def put_into_ring(done, start, ids, ends, late, ring, events):
    """What is still under way after `done` steps of this part, which began with step `start`."""
    for back in range(min(late, done), 0, -1):
        last = done - back
        fired = ids[ends[last - 1] if last > 0 else 0 : ends[last]]
        deliver(fired, len(fired), start + last, ring, events)
