"""The loop of one delay for several threads.

What is fired now arrives one delay later, and until then nobody needs to know of it. So time goes in *slices*
of one delay: in a slice each thread moves its own neurons and brings them what was fired before the slice,
by all neurons; then it is written down who has fired, and the next slice begins.

Every number is computed as by one thread, from the same numbers in the same order. So spikes and state are
the same to the last bit, and a run can go on with another number of threads.

    >>> from snnlab.networks import Network, Population, one_to_one
    >>> net = Network(cells=Population(1024, i=0.3))
    >>> net.connect("cells", "cells", one_to_one(), w=-1.0, delay=1.5)
    >>> net.run(20, threads=2)["cells"].spikes.n_spikes
    1024
"""

from numba import prange

from snnlab.compiling import parallel_kernel, uncounted_kernel
from snnlab.networks.cells.cells import JUMPS
from snnlab.networks.running.loop import advance_lif, receive, receive_some, write_some
from snnlab.networks.running.one_delay import Fans, hear, heard, leave_waiting
from snnlab.networks.running.poisson_drive import drive_some
from snnlab.networks.running.shares import LONGEST_SLICE

__all__ = ["go_on_in_threads"]


@parallel_kernel
def go_on_in_threads(steps, state, cells, fans, shares, drives, recording, ends, own):
    """As `go_on_with_one_delay`, with a delay of a step at least, `cells` that are cut and a `Workspace`."""
    n, found, done = len(state.v), 0, 0
    start = state.step[0]
    if start == 0:
        receive(-1, state, cells)
    while done < steps and found + n <= len(recording.ids):
        span = slice_from(steps - done, len(recording.ids) - found, n, fans.late, cells)
        for k in prange(len(shares.begin)):
            move_share(k, done, span, start, state, cells, fans, shares, drives, recording, ends, own)
        found = gather(done, span, start, found, recording, ends, own)
        heard(done, min(done + span, fans.late), start, fans.late, state)
        done += span
    leave_waiting(done, start, recording.ids, ends, fans.late, state)
    for d in range(len(state.drives)):
        state.drives[d], state.drawn[d] = own.drives[0, d], own.drawn[0, d]
    state.step[0] = start + done
    return found


@uncounted_kernel
def slice_from(left, room, n, late, cells):
    """How many of the steps that are `left` can be done at once.

    Before each of them there has to be room for a spike of every neuron, as in the loop of one thread: it
    ends where there is none, and so has this one.
    """
    hold = cells.hold[0]
    for p in range(len(cells.hold)):
        hold = min(hold, cells.hold[p])
    return min(left, late, LONGEST_SLICE, 1 + (room // n - 1) * (hold + 1))


@uncounted_kernel
def move_share(k, done, span, start, state, cells, fans, shares, drives, recording, ends, own):
    """The neurons of thread `k` through a slice, `done` steps after `start`."""
    n, late, count = len(state.v), fans.late, 0
    jumps = cells.kind[0] == JUMPS
    begin, end = shares.neurons[k], shares.neurons[k + 1]
    first, last = shares.populations[k], shares.populations[k + 1]
    targets = Fans(shares.begin[k], shares.post, fans.w, fans.inhibits, late)
    before, arrived = max(done - late, 0), done - late + span  # the steps whose spikes arrive in this slice
    if arrived > 0:
        ids = recording.ids[ends[before - 1] if before > 0 else 0 : ends[arrived - 1]]
        own.seen[k, 0] = read_ahead(ids, targets)
    for s in range(span):
        t, at = start + done + s, done + s
        drive_some(begin, end, t, own.drives[k], own.drawn[k], state, drives)
        if jumps:
            row = state.ring[t & (len(state.ring) - 1)]
            hear(at, t, row[:n], row[n:], state, recording.ids, ends, targets)
        for p in range(first, last):
            count = advance_lif(p, t, state, cells, own.ids[k], count)
        own.ends[k, s] = count
        if at < len(state.ring) or len(drives.n) > 0:
            receive_some(first, last, t, state, cells)
        if not jumps:
            hear(at, t, state.excitation, state.inhibition, state, recording.ids, ends, targets)
        write_some(begin, end, at, state, recording)


@uncounted_kernel
def read_ahead(ids, targets):
    """Read where the targets of neurons stand and then who they are, a number of each line of the cache.

    So the processor waits for all of them together, and later for none. It gives their sum, because what
    nobody asks for the compiler leaves out.
    """
    seen = 0
    for j in ids:
        seen += targets.begin[j]
    for j in ids:
        for s in range(targets.begin[j], targets.begin[j + 1], 64 // targets.post.itemsize):
            seen += targets.post[s]
    return seen


@uncounted_kernel
def gather(done, span, start, found, recording, ends, own):
    """Write down who has fired in a slice, step by step and in the order of the neurons; returns the sum."""
    for s in range(span):
        for k in range(len(own.ids)):
            for f in range(own.ends[k, s - 1] if s > 0 else 0, own.ends[k, s]):
                recording.steps[found] = start + done + s
                recording.ids[found] = own.ids[k, f]
                found += 1
        ends[done + s] = found
    return found
