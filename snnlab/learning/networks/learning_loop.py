r"""The loop over time of a network whose synapses learn.

A step goes as in `snnlab.networks.running.loop`, with three things more: before the neurons move, the spikes
that were under way to synapses that learn arrive; after they have moved, it is noted who fires; and before
what the ring holds reaches the currents, these spikes act on the weights.
"""

from snnlab.compiling import uncounted_kernel
from snnlab.learning.networks.learning_step import arrive, meet, note
from snnlab.networks.running.loop import advance, coming, keep, receive, send, write
from snnlab.networks.running.poisson_drive import drive

__all__ = ["go_on_learning"]


@uncounted_kernel
def go_on_learning(
    steps, state, learned, cells, events, short_term, synapses, drives, given, recording, ids, struck, found
):  # fmt: skip
    """As `go_on`; `struck` has room for all neurons told, `found` for all branches that spikes come by."""
    n, recorded, ring = len(state.v), 0, state.ring
    start = state.step[0]
    at = coming(start, given)
    if start == 0:
        was, at = at, send(-1, at, ids, 0, state, events, short_term, given)
        note(-1, ids, 0, given.ids[was:at], learned)
        count = arrive(-1, True, found, 0, ring, learned, synapses)
        meet(ids, 0, struck, found, count, learned, synapses)
        receive(-1, state, cells)
    for t in range(start, start + steps):
        if recorded + n > len(recording.ids):
            break
        drive(t, state, drives)
        count = arrive(t, False, found, 0, ring, learned, synapses)
        fired = advance(t, state, cells, ids, 0)
        was, at = at, send(t, at, ids, fired, state, events, short_term, given)
        note(t, ids, fired, given.ids[was:at], learned)
        count = arrive(t, True, found, count, ring, learned, synapses)
        meet(ids, fired, struck, found, count, learned, synapses)
        receive(t, state, cells)
        recorded = keep(t, ids, fired, recorded, recording)
        write(t - start, state, recording)
        state.step[0] = t + 1
    return recorded
