"""The synapses of a recurrent network, those that lead to one neuron side by side, and what arrives at each.

Forwards a spike is given to the targets of the neuron that fires, so synapses are sorted by it. A trace
belongs to the neuron behind the synapse, so here they are sorted by that one, from the inputs and from other
neurons alike. What arrives is the same for all synapses that one neuron feeds with one delay: a *channel*.
"""

from typing import NamedTuple

import numpy as np

from snnlab.compiling import uncounted_kernel
from snnlab.learning.gradients.recurrent_path import Rows

__all__ = ()


class Lines(NamedTuple):
    """All synapses, those to neuron n from begin[n] to begin[n + 1]; input k is numbered hidden + k."""

    begin: np.ndarray  # (hidden + 1,)
    pre: np.ndarray  # (synapses,), as are all up to `place`
    post: np.ndarray
    delay: np.ndarray  # in steps
    channel: np.ndarray
    place: np.ndarray  # where its weight stands in the rows: those of w_in one after the other, then w
    first: np.ndarray  # (hidden + inputs + 1,), where the channels of each begin
    late: np.ndarray  # (channels,), in steps


def lines_of(rows: Rows) -> Lines:
    """The synapses of a network, given its weights by rows."""
    n_inputs, n = rows.w_in.shape
    sending = np.repeat(np.arange(len(rows.begin) - 1), np.diff(rows.begin))
    pre = np.concatenate([n + np.repeat(np.arange(n_inputs), n), sending])
    post = np.concatenate([np.tile(np.arange(n), n_inputs), rows.post])
    delay = np.concatenate([np.zeros(rows.w_in.size, np.int64), rows.late])
    kinds, channel = np.unique(np.stack([pre, delay], 1), axis=0, return_inverse=True)
    place = np.argsort(post, kind="stable")
    n_pre = max(n + n_inputs, len(rows.begin) - 1)
    return Lines(
        np.searchsorted(post[place], np.arange(n + 1)),
        pre[place],
        post[place],
        delay[place],
        channel.reshape(-1)[place],
        place,
        np.searchsorted(kinds[:, 0], np.arange(n_pre + 1)),
        np.ascontiguousarray(kinds[:, 1]),
    )


def into_rows(lines: Lines, found: np.ndarray, gradient: Rows) -> None:
    """Put `found`, a number for each of the lines, where the weights stand."""
    flat = np.empty_like(found)
    flat[lines.place] = found
    gradient.w_in[...] = flat[: gradient.w_in.size].reshape(gradient.w_in.shape)
    gradient.w[...] = flat[gradient.w_in.size :]


@uncounted_kernel
def arrivals(sample, data, lines, s, arrived):
    """What every channel brings in each step of a sample that has run, into `arrived`, (steps, channels)."""
    steps, hidden = s.shape
    arrived[:] = 0.0
    for t in range(steps):
        for j in range(hidden):
            if s[t, j] != 0.0:
                for c in range(lines.first[j], lines.first[j + 1]):
                    if t + lines.late[c] < steps:
                        arrived[t + lines.late[c], c] += s[t, j]
        for k in range(data.start[sample, t], data.start[sample, t + 1]):
            j = hidden + np.int64(data.units[k])
            for c in range(lines.first[j], lines.first[j + 1]):
                if t + lines.late[c] < steps:
                    arrived[t + lines.late[c], c] += 1.0
