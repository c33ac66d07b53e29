r"""One step of synapses that learn by pair STDP.

A synapse has its delay on the presynaptic side, as the delay of an axon: a spike of neuron $j$ comes to it
$d_{ij}$ later, a spike of neuron $i$ at once. With $\Delta t = t_{post} - (t_{pre} + d_{ij})$ the rule is
that of `snnlab.learning.rules.stdp`, all to all, and each change of a weight calls the step of that file.

What a spike brings is the weight that the synapse had before the spikes of its step. Then first postsynaptic
spikes act, then presynaptic ones.

All traces of one kind decay alike. So they are kept divided by what time has left of them, one factor for all
of a projection: a step costs one product and no exponential. Before the factor becomes too small for a
number, the traces are multiplied out.

Examples
--------
A spike that comes 1.5 ms after it was fired, 3.5 ms before a spike of the neuron behind it:

>>> from snnlab import Spikes
>>> from snnlab.learning import STDP, LearningNetwork
>>> from snnlab.networks import DeltaJumps, Population, one_to_one
>>> into, kick = Spikes([5.0], duration=20), Spikes([9.9], duration=20)
>>> net = LearningNetwork(into=into, kick=kick, cells=Population(1, synapses=DeltaJumps()))
>>> net.connect("into", "cells", one_to_one(), w=0.1, delay=1.5, learn=STDP())
>>> net.connect("kick", "cells", one_to_one(), w=20.0, delay=0.1)
>>> run = net.run(20)
>>> print(run["cells"].spikes.times, run.connections("into", "cells").w.round(4))
[10.] [0.1084]
"""

from snnlab.compiling import uncounted_kernel
from snnlab.learning.rules.stdp import step
from snnlab.networks.running.delivery import bring

__all__ = ["arrive", "meet", "note"]

SMALLEST = 1e-100
"""Of what time has left of all traces."""


@uncounted_kernel
def arrive(t, without_delay, found, count, ring, learned, synapses):
    """Deliver what comes in step `t` by branches with a delay, or by those without.

    The branches are added to `found`, whose new count is returned.
    """
    before, last_row = count, len(learned.counts) - 1
    for q in range(len(synapses.late)):
        if (synapses.late[q] == 0) == without_delay:
            row = (t - synapses.late[q]) & last_row
            for k in range(learned.counts[row]):
                j = learned.fired[row, k] - synapses.first[q]
                if 0 <= j < synapses.n[q]:
                    found[count] = synapses.branch[q] + synapses.apart[q] * j
                    count += 1
    bring(found[before:count], count - before, t, ring, synapses.events)
    return count


@uncounted_kernel
def note(t, ids, count, outside, learned):
    """Remember who fires in step `t`: the first `count` of `ids`, and those from outside."""
    row = t & (len(learned.counts) - 1)
    for k in range(count):
        learned.fired[row, k] = ids[k]
    for k in range(len(outside)):
        learned.fired[row, count + k] = outside[k]
    learned.counts[row] = count + len(outside)


@uncounted_kernel
def meet(ids, fired, struck, found, count, learned, synapses):
    """Let the spikes of one step act on the weights: those fired, and those that have come by branches."""
    rule, rule_told, left_x, left_y = synapses.rule, synapses.rule_told, learned.left_x, learned.left_y
    fade(learned.x, left_x, synapses.keep_x, synapses.branches)
    fade(learned.y, left_y, synapses.keep_y, synapses.told)
    hits = told_of(ids, fired, struck, synapses)
    add(learned.x, left_x, rule, found, count, synapses.zero_plus, False)
    for k in range(hits):
        grow(struck[k], learned, synapses)
    add(learned.y, left_y, rule_told, struck, hits, synapses.zero_minus, False)
    for k in range(count):
        shrink(found[k], learned, synapses)
    add(learned.x, left_x, rule, found, count, synapses.zero_plus, True)
    add(learned.y, left_y, rule_told, struck, hits, synapses.zero_minus, True)


@uncounted_kernel
def told_of(ids, fired, struck, synapses):
    """The neurons that fire, as they are counted for each projection; returns how many these are."""
    hits = 0
    for p in range(len(synapses.sign)):
        begin, end = synapses.told[p], synapses.told[p + 1]
        for k in range(fired):
            i = begin + ids[k] - synapses.first_told[p]
            if begin <= i < end:
                struck[hits] = i
                hits += 1
    return hits


@uncounted_kernel
def fade(trace, left, keep, begin):
    """All traces of one kind one step later."""
    for p in range(len(left)):
        left[p] *= keep[p]
        if left[p] < SMALLEST:
            for k in range(begin[p], begin[p + 1]):
                trace[k] *= left[p]
            left[p] = 1.0


@uncounted_kernel
def add(trace, left, rule, who, count, zero, rest):
    """Add to traces what a spike of the other side at the same time sees of 1, or the rest of it."""
    for k in range(count):
        p = rule[who[k]]
        share = 1.0 - zero[p] if rest else zero[p]
        trace[who[k]] += share / left[p]


@uncounted_kernel
def grow(i, learned, synapses):
    """A spike of neuron `i` of those told: its synapses see the traces of their branches."""
    p = synapses.rule_told[i]
    for k in range(synapses.begin[i], synapses.begin[i + 1]):
        s = synapses.incoming[k]
        x = learned.left_x[p] * learned.x[synapses.came_by[k]]
        learned.w[s] = changed(learned.w[s], x, 0.0, p, synapses)


@uncounted_kernel
def shrink(branch, learned, synapses):
    """A spike comes by `branch`: its synapses see the traces of the neurons that they tell."""
    p = synapses.rule[branch]
    for s in range(synapses.events.begin[branch], synapses.events.begin[branch + 1]):
        y = learned.left_y[p] * learned.y[synapses.events.post[s] - synapses.shift[p]]
        learned.w[s] = changed(learned.w[s], 0.0, y, p, synapses)


@uncounted_kernel
def changed(w, x, y, p, synapses):
    """The weight after a postsynaptic spike that saw `x`, then a presynaptic one that saw `y` (0: none)."""
    sign, mu_plus, mu_minus = synapses.sign[p], synapses.mu_plus[p], synapses.mu_minus[p]
    amount = step(
        sign * w, x, y, synapses.lambda_[p], synapses.alpha[p], mu_plus, mu_minus, synapses.w_max[p]
    )
    return sign * amount
