r"""Real-time recurrent learning, RTRL: the whole gradient without looking back, at a price nobody pays.

Every weight of the network has a trace in every neuron. With $e_{n,w} = \partial s_n / \partial w$, the
traces of `snnlab.learning.credit.eprop_traces` are carried forwards with all that arrives of $w$, from the
synapse itself and by way of the other neurons:

$$ z_{n,w,t} = \sum_{k \to n} [w = W_{nk}]\, s_{k,t-d_{nk}} + \sum_m W_{nm}\, e_{m,w,t-d_{nm}} $$

and the gradient is $\sum_t \sum_k (\partial L / \partial y_{k,t})\, \bar z_{k,w,t}$, with what the readout
makes of $\sum_n W^{out}_{kn} e_{n,w}$; and $\sum_t \sum_n (\partial L / \partial s_{n,t})\, e_{n,w,t}$.
Backpropagation through time says the same and keeps the past; RTRL keeps a trace for each pair of a neuron
and a weight, so that $n$ neurons joined all to all take $n^3$ of them, and $n^4$ multiplications a step.
E-prop is RTRL with one trace a weight: that of the neuron which it leads to.

Source: R. J. Williams and D. Zipser (1989), A learning algorithm for continually running fully recurrent
neural networks, Neural Computation 1, 270–280.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.compiling import kernel
from snnlab.learning.credit.eprop_batch import batch_forwards, collect_readout, hear
from snnlab.learning.credit.eprop_lines import arrivals, into_rows, lines_of
from snnlab.learning.credit.eprop_traces import carry, eligible, no_traces, slopes_at
from snnlab.learning.gradients.losses import CrossEntropy, Loss
from snnlab.learning.gradients.recurrent_gradient import (
    LSNN_SURROGATE,
    PreparedBatch,
    RatePenalty,
    RecurrentGradient,
    gradient_by,
)
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork
from snnlab.learning.gradients.recurrent_pass import slopes_of
from snnlab.learning.gradients.surrogate_network import Surrogate
from snnlab.learning.samples import Samples
from snnlab.machine_memory import refuse_beyond_memory
from snnlab.networks.running.delivery import rows_for

__all__ = ["rtrl_gradient"]


def rtrl_gradient(
    network: RecurrentNetwork,
    samples: Samples,
    loss: Loss = CrossEntropy(),
    surrogate: Surrogate = LSNN_SURROGATE,
    *,
    rates: RatePenalty = RatePenalty(),
    relaxed: bool = False,
    which: ArrayLike | None = None,
) -> RecurrentGradient:
    """A loss of a recurrent spiking network and its surrogate gradient, carried forwards.

    It is the gradient of `recurrent_gradient`. For n neurons joined all to all it takes about n² times as
    many multiplications.

    Parameters
    ----------
    network, samples, loss, surrogate, rates, relaxed, which
        As for `recurrent_gradient`.

    Returns
    -------
    RecurrentGradient
        In the form of `recurrent_gradient`; `inputs` is None.

    Examples
    --------
    >>> from snnlab.learning import poisson_patterns
    >>> from snnlab.learning.gradients.cell_kinds import adaptive_cell
    >>> from snnlab.learning.gradients.recurrent_gradient import recurrent_gradient
    >>> from snnlab.learning.gradients.recurrent_network import initial_recurrent
    >>> rng = np.random.default_rng(1)
    >>> network = initial_recurrent(5, adaptive_cell(3), 2, longest=2, rng=rng)
    >>> patterns = poisson_patterns(2, 5, 2, 40, rate=50.0, rng=rng)
    >>> forwards, back = rtrl_gradient(network, patterns).w_rec, recurrent_gradient(network, patterns).w_rec
    >>> print(np.allclose(forwards, back, rtol=0, atol=1e-10 * np.abs(back).max()))
    True
    """
    return gradient_by(_rtrl, network, samples, loss, surrogate, rates=rates, relaxed=relaxed, which=which)


def _rtrl(batch: PreparedBatch) -> None:
    """The way of RTRL to the gradient of a batch."""
    rows, gradient = batch.rows, batch.gradient
    lines = lines_of(rows)
    (n, outputs), size = rows.w_out.shape, lines.pre.size
    ring_rows = rows_for(int(rows.late.max(initial=0)))
    refuse_beyond_memory(
        "the traces of all weights in all neurons must fit into memory: they take",
        8.0 * (6 + ring_rows) * n * size,
    )
    traces, ring = no_traces(n, size), np.zeros((ring_rows, n, size))
    told = np.zeros((batch.samples.steps, lines.late.size))
    heard, read, slopes = np.zeros((3, outputs, size)), np.zeros((2, n)), np.zeros(size)
    gradient.w_out[...] = 0.0

    def one_sample(sample, data, numbers, path):
        arrivals(sample, data, lines, path.s, told)
        collect(batch.network.cell, rows, lines, numbers, told, path, traces, ring, heard, slopes)
        collect_readout(path, numbers, read[0], read[1], gradient.w_out)

    batch_forwards(one_sample, batch)
    into_rows(lines, slopes, gradient)


@kernel
def advance_all(t, cell, rows, lines, numbers, told, path, traces, ring):
    """Step t of the traces of every weight in every neuron, of a sample that has run."""
    last_row = len(ring) - 1
    place = t & last_row
    slopes_of(t, numbers, path)
    for n in range(len(traces.e)):
        eligible(slopes_at(t, n, cell, numbers, path), traces.v[n], traces.b[n], traces.e[n])
    for k in range(len(lines.post)):
        ring[place, lines.post[k], k] += told[t, lines.channel[k]]
    for j in range(len(traces.e)):
        e = traces.e[j]
        for k in range(rows.begin[j], rows.begin[j + 1]):
            later, w = ring[(t + rows.late[k]) & last_row, rows.post[k]], rows.w[k]
            for m in range(len(e)):
                later[m] += w * e[m]
    for n in range(len(traces.e)):
        arrived = ring[place, n]
        slopes = slopes_at(t, n, cell, numbers, path)
        carry(slopes, traces.v[n], traces.i[n], traces.b[n], traces.e[n], traces.before[n], arrived)
        arrived[:] = 0.0


@kernel
def collect(cell, rows, lines, numbers, told, path, traces, ring, heard, slopes):
    """Add what a sample that has run tells each weight to `slopes`, sorted as `lines`."""
    for part in traces:
        part[:] = 0.0
    ring[:] = 0.0
    heard[:] = 0.0
    spoken, currents, potentials = heard[0], heard[1], heard[2]
    for t in range(len(path.s)):
        advance_all(t, cell, rows, lines, numbers, told, path, traces, ring)
        for k in range(len(spoken)):
            spoken[k, :] = 0.0
            for n in range(len(traces.e)):
                w, e = rows.w_out[n, k], traces.e[n]
                for m in range(len(e)):
                    spoken[k, m] += w * e[m]
            hear(spoken[k], currents[k], potentials[k], numbers)
            pull = path.y_pull[t + 1, k]
            for m in range(len(slopes)):
                slopes[m] += pull * potentials[k, m]
        for n in range(len(traces.e)):
            pull, e = path.s_pull[t, n], traces.e[n]
            for m in range(len(slopes)):
                slopes[m] += pull * e[m]
