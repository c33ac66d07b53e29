r"""E-prop: the gradient by traces that wait at the synapse, and a signal that tells neurons what was wrong.

With the eligibility traces $e$ of `snnlab.learning.credit.eprop_traces`, and $\bar e$ for what the readout
makes of one, $\bar\jmath_{t+1} = \alpha_{out} \bar\jmath_t + g_{out} e_t$ and $\bar e_{t+1} = \beta_{out}
\bar e_t + \bar\jmath_t$, the weight of a synapse to neuron $n$ is told

$$ L_{n,t} = \sum_k B_{nk}\, \frac{\partial L}{\partial y_{k,t}}, \qquad
\frac{\partial L}{\partial W} \approx \sum_t \left( L_{n,t}\, \bar e_t + \frac{\partial L}{\partial s_{n,t}}\,
e_t \right) $$

The *learning signal* $L_n$ is all that a neuron hears of the errors at the readout, and the same for all its
synapses. The second sum is there where a loss asks for spikes or rates. A weight of the readout is told
$\sum_t (\partial L / \partial y_{k,t})\, \bar s_{n,t}$, with the spikes in the place of $e$, which is its
gradient and no approximation.

What is missing for the true gradient is the way from a spike through the synapses to other neurons and back
to the readout. Where there are no such synapses, or where what arrives through them is taken as given, and
with $B = W_{out}^T$ and the reset detached in both (or in neither), it is the gradient of backpropagation
through time. With any other $B$ it is not, and may still learn: see `snnlab.learning.credit.eprop_training`.

Source: G. Bellec, F. Scherr, A. Subramoney, E. Hajek, D. Salaj, R. Legenstein and W. Maass (2020), A solution
to the learning dilemma for recurrent networks of spiking neurons, Nature Communications 11, 3625.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, true_or_false
from snnlab.compiling import kernel
from snnlab.learning.credit.eprop_batch import batch_forwards, collect_readout, hear
from snnlab.learning.credit.eprop_lines import arrivals, into_rows, lines_of
from snnlab.learning.credit.eprop_traces import EPROP_SURROGATE, advance_traces, no_traces
from snnlab.learning.gradients.losses import CrossEntropy, Loss
from snnlab.learning.gradients.recurrent_gradient import (
    PreparedBatch,
    RatePenalty,
    RecurrentGradient,
    gradient_by,
)
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork
from snnlab.learning.gradients.surrogate_network import Surrogate
from snnlab.learning.samples import Samples

__all__ = ["eprop_gradient"]


def eprop_gradient(
    network: RecurrentNetwork,
    samples: Samples,
    loss: Loss = CrossEntropy(),
    surrogate: Surrogate = EPROP_SURROGATE,
    *,
    feedback: ArrayLike | None = None,
    rates: RatePenalty = RatePenalty(),
    relaxed: bool = False,
    which: ArrayLike | None = None,
) -> RecurrentGradient:
    """A loss of a recurrent spiking network, and what e-prop takes for its gradient.

    Parameters
    ----------
    network, samples, loss, rates, relaxed, which
        As for `recurrent_gradient`.
    surrogate
        What replaces the derivative of a spike; with `through_reset`, traces pass the reset, too.
    feedback : array of shape (hidden, outputs), optional
        B, by which the learning signal reaches the neurons. The weights of the readout, transposed, if left
        out: symmetric feedback.

    Returns
    -------
    RecurrentGradient
        In the form of `recurrent_gradient`; `inputs` is None.

    Examples
    --------
    >>> from snnlab.learning import poisson_patterns
    >>> from snnlab.learning.gradients.cell_kinds import adaptive_cell
    >>> from snnlab.learning.gradients.recurrent_network import initial_recurrent
    >>> from snnlab.learning.gradients.recurrent_gradient import recurrent_gradient
    >>> rng = np.random.default_rng(1)
    >>> network = initial_recurrent(100, adaptive_cell(4), 2, rng=rng)._replace(recurrent=None)
    >>> patterns = poisson_patterns(8, rng=rng)
    >>> forwards = eprop_gradient(network, patterns).w_in
    >>> back = recurrent_gradient(network, patterns, surrogate=EPROP_SURROGATE).w_in
    >>> print(np.allclose(forwards, back, rtol=0, atol=1e-10 * np.abs(back).max()))
    True
    """
    return gradient_by(
        Eprop(feedback), network, samples, loss, surrogate, rates=rates, relaxed=relaxed, which=which
    )


class Eprop:
    """E-prop with some feedback, as a way to find the gradient of a batch; None for symmetric feedback.

    With `slow` False the eligibility leaves out what a synapse has done to the threshold of its neuron.
    """

    def __init__(self, feedback: ArrayLike | None = None, *, slow: bool = True) -> None:
        self.slow = true_or_false("slow", slow)
        self.feedback = (
            None if feedback is None else finite_array("feedback", feedback, (2,), "(hidden, outputs)")
        )

    def __call__(self, batch: PreparedBatch) -> None:
        rows, gradient = batch.rows, batch.gradient
        feedback = rows.w_out if self.feedback is None else self.feedback
        if feedback.shape != rows.w_out.shape:
            raise ValueError(
                f"feedback must have shape {rows.w_out.shape}, that of w_out transposed, got {feedback.shape}"
            )
        lines, cell = lines_of(rows), batch.network.cell
        if not self.slow:
            cell = cell._replace(beta_a=np.zeros_like(cell.beta_a))  # of the traces; the neurons still adapt
        size, n = lines.pre.size, len(rows.w_out)
        told = np.zeros((batch.samples.steps, lines.late.size))
        traces, heard, read = no_traces(size), np.zeros((2, size)), np.zeros((2, n))
        slopes = np.zeros(size)
        gradient.w_out[...] = 0.0

        def one_sample(sample, data, numbers, path):
            arrivals(sample, data, lines, path.s, told)
            collect(cell, lines, numbers, told, feedback, path, traces, heard, slopes)
            collect_readout(path, numbers, read[0], read[1], gradient.w_out)

        batch_forwards(one_sample, batch)
        into_rows(lines, slopes, gradient)


@kernel
def learning_signal(feedback, pull):
    """What one neuron is told in a step: the pulls at the readout, through its weights of the feedback."""
    signal = 0.0
    for k in range(len(pull)):
        signal += feedback[k] * pull[k]
    return signal


@kernel
def collect(cell, lines, numbers, told, feedback, path, traces, heard, slopes):
    """Add what a sample that has run tells each synapse to `slopes`, sorted as `lines`."""
    for part in traces:
        part[:] = 0.0
    currents, potentials = heard[0], heard[1]
    currents[:] = 0.0
    potentials[:] = 0.0
    for t in range(len(path.s)):
        advance_traces(t, cell, lines, numbers, told, path, traces)
        hear(traces.e, currents, potentials, numbers)
        for n in range(len(feedback)):
            signal, direct = learning_signal(feedback[n], path.y_pull[t + 1]), path.s_pull[t, n]
            if signal != 0.0 or direct != 0.0:
                own = slice(lines.begin[n], lines.begin[n + 1])
                e, filtered, sums = traces.e[own], potentials[own], slopes[own]
                for k in range(len(sums)):
                    sums[k] += signal * filtered[k] + direct * e[k]
