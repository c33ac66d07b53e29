"""A batch for rules that never look back: each sample runs, is asked, and then traces are carried forwards.

A rule that is online at heart is still handed a whole sample here, because a loss may know only at its end
what it wants: the largest potential of a trial, or the mean of an interval. Where a step's pull depends on
that step alone, as with `AskedValues`, the same sums may be built while the network runs.
"""

import math
from collections.abc import Callable

from snnlab.compiling import uncounted_kernel
from snnlab.learning.gradients.bptt import Data, data_of
from snnlab.learning.gradients.cell import step
from snnlab.learning.gradients.losses import answers, as_wanted, fill_pulls
from snnlab.learning.gradients.recurrent_gradient import PreparedBatch
from snnlab.learning.gradients.recurrent_pass import cost_of_rates, forward
from snnlab.learning.gradients.recurrent_path import Numbers, Path, Rates, numbers_of, path_of

__all__ = ()

Collect = Callable[[int, Data, Numbers, Path], None]


def batch_forwards(collect: Collect, batch: PreparedBatch) -> None:
    """Loss, what is right and spikes of a batch into its `found`; `collect` is called behind each sample.

    What the sample did, and what its loss pulls at, stands in the path then.
    """
    network, rows, samples, which = batch.network, batch.rows, batch.samples, batch.which
    target, strength = batch.rates
    outputs, n = network.w_out.shape
    data, cell = data_of(samples), network.cell
    wanted = as_wanted(batch.loss, samples.n_samples, samples.steps, n, outputs, network.dt)
    numbers = numbers_of(network, batch.surrogate, batch.relaxed)
    path, price = path_of(network, rows, samples.steps), Rates(target, strength, network.dt)
    total = cost_of_rates(which, data, cell, rows, numbers, path, price)
    asked, right, spikes = answers(which, wanted), 0.0, 0.0
    parts = max(1, asked)
    for sample in which:
        spikes += forward(sample, data, cell, rows, numbers, path)
        one, correct = fill_pulls(sample, data.labels[sample], wanted, path, parts)
        path.s_pull[...] += path.cost
        collect(sample, data, numbers, path)
        total += one / parts
        right += correct
    batch.found[:] = total, right / asked if asked > 0 else math.nan, spikes


@uncounted_kernel
def hear(traces, currents, potentials, numbers):
    """One step of the filter of the readout, for any traces: the sum of what they bring, as it fades."""
    for k in range(len(traces)):
        potentials[k], currents[k] = step(potentials[k], currents[k], numbers.alpha_out, numbers.beta_out)
        currents[k] += numbers.gain_out * traces[k]


@uncounted_kernel
def collect_readout(path, numbers, currents, potentials, gradient):
    """The gradient by the weights of the readout: what it hears of each neuron, times what pulls at it."""
    currents[:] = 0.0
    potentials[:] = 0.0
    for t in range(len(path.s)):
        hear(path.s[t], currents, potentials, numbers)
        pull = path.y_pull[t + 1]
        for n in range(len(potentials)):
            for k in range(len(pull)):
                gradient[n, k] += pull[k] * potentials[n]
