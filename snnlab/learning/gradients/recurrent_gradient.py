"""What a recurrent network does with a sample, and the gradient of any of the losses by its weights.

The equation and its transpose stand in `snnlab.learning.gradients.cell`, the losses in
`snnlab.learning.gradients.losses`.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, checked, true_or_false, whole
from snnlab.learning.gradients.bptt import data_of
from snnlab.learning.gradients.graded_spikes import area
from snnlab.learning.gradients.losses import CrossEntropy, Loss, as_wanted
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, check_recurrent
from snnlab.learning.gradients.recurrent_pass import batch_pass, forward
from snnlab.learning.gradients.recurrent_path import Rates, Rows, numbers_of, path_of, rows_of
from snnlab.learning.gradients.surrogate_gradient import _some
from snnlab.learning.gradients.surrogate_network import Surrogate, check_surrogate
from snnlab.learning.gradients.surrogate_shapes import triangle
from snnlab.learning.samples import Samples, check_samples
from snnlab.spikes import Spikes

__all__ = [
    "LSNN_SURROGATE",
    "RatePenalty",
    "RecurrentGradient",
    "RecurrentRun",
    "recurrent_gradient",
    "run_recurrent",
]

LSNN_SURROGATE = Surrogate(triangle, width=1.0, height=0.3, through_reset=True)
"""What an LSNN takes for the derivative of a spike; its error passes the reset and the threshold."""


class RatePenalty(NamedTuple):
    """What it costs that neurons fire more or less often than they should, for a batch together.

    Examples
    --------
    >>> RatePenalty(target=10.0, strength=1e-3).target
    10.0
    """

    target: NonNegative = 10.0
    """The rate that each should have, Hz."""
    strength: NonNegative = 0.0
    """For the square of a difference of 1 Hz, averaged over the neurons. The rate is the mean of a batch."""


class RecurrentGradient(NamedTuple):
    """What one pass over samples found.

    Examples
    --------
    >>> RecurrentGradient(0.7, 0.5, 12.0, np.zeros((4, 3)), np.zeros((2, 4)), np.zeros(0), None).spikes
    12.0
    """

    loss: float
    """Mean loss of a sample, or of a step that asks in any of them (0 if none does); and the penalty."""
    accuracy: float
    """The fraction of samples, or of all steps that ask, whose class has the largest score. NaN where the
    loss asks for no class, and where no step asks."""
    spikes: float
    """Number of hidden spikes of all samples; their sum where they are graded."""
    w_in: np.ndarray
    """The gradient by the weights from the inputs, shape (hidden, inputs), (hidden, 0) if there are none."""
    w_out: np.ndarray
    """By the weights to the readout, shape (outputs, hidden)."""
    w_rec: np.ndarray
    """By the weight of each synapse of `recurrent`, in their order as given, shape (synapses,)."""
    inputs: np.ndarray | None
    """By each input in each step, shape (samples, steps, inputs), if asked for."""


class RecurrentRun(NamedTuple):
    """One sample in a network, step by step.

    Examples
    --------
    >>> from snnlab.learning import samples_from_raster
    >>> from snnlab.learning.gradients.cell_kinds import adaptive_cell
    >>> network = RecurrentNetwork(adaptive_cell(2), np.ones((2, 1)), np.ones((1, 2)))
    >>> run = run_recurrent(network, samples_from_raster(np.ones((1, 9, 1)), [0]))
    >>> print(run.spikes, run.threshold[-1] > run.threshold[0])
    Spikes(4 spikes of 2 units in 9 ms, 222.2 Hz a unit) [ True  True]
    """

    v: np.ndarray
    """Potential of the hidden neurons, shape (steps + 1, hidden)."""
    threshold: np.ndarray
    """Their thresholds in each step, shape (steps, hidden)."""
    s: np.ndarray
    """Their spikes, 0 or 1 or graded, shape (steps, hidden)."""
    y: np.ndarray
    """Potential of the readout, shape (steps + 1, outputs)."""
    dt: float
    """Time step, ms."""

    @property
    def spikes(self) -> Spikes:
        """The spikes of the hidden neurons with their times; graded ones where they reach one half."""
        steps, units = np.nonzero(self.s >= 0.5)
        return Spikes(steps * self.dt, units, n_units=self.s.shape[1], duration=len(self.s) * self.dt)


def run_recurrent(
    network: RecurrentNetwork,
    samples: Samples,
    sample: int = 0,
    *,
    surrogate: Surrogate = LSNN_SURROGATE,
    relaxed: bool = False,
) -> RecurrentRun:
    """One sample in a recurrent network.

    Parameters
    ----------
    network
        Cells, weights and readout.
    samples
        Inputs.
    sample : int
        Which of them.
    surrogate
        The antiderivative of its shape is the spike of the relaxed network; elsewhere it does not matter.
    relaxed : bool
        Whether spikes are graded.

    Returns
    -------
    RecurrentRun
        `v`, `threshold`, `s`, `y` and `spikes`.

    Examples
    --------
    >>> from snnlab.learning import poisson_patterns
    >>> from snnlab.learning.gradients.cell_kinds import lif_cell
    >>> from snnlab.learning.gradients.recurrent_network import initial_recurrent
    >>> rng = np.random.default_rng(1)
    >>> network = initial_recurrent(100, lif_cell(4), 2, rng=rng)
    >>> run_recurrent(network, poisson_patterns(rng=rng)).y.shape
    (201, 2)
    """
    network, surrogate = check_recurrent(network), check_surrogate(surrogate)
    samples = check_samples(samples, network.n_inputs)
    if whole("sample", sample) >= samples.n_samples:
        raise ValueError(f"sample must be below {samples.n_samples}, the number of samples, got {sample}")
    rows = rows_of(network)
    path = path_of(network, rows, samples.steps)
    numbers = numbers_of(network, surrogate, true_or_false("relaxed", relaxed))
    forward(sample, data_of(samples), network.cell, rows, numbers, path)
    return RecurrentRun(path.v, path.theta, path.s, path.y, network.dt)


def recurrent_gradient(
    network: RecurrentNetwork,
    samples: Samples,
    loss: Loss = CrossEntropy(),
    surrogate: Surrogate = LSNN_SURROGATE,
    *,
    rates: RatePenalty = RatePenalty(),
    relaxed: bool = False,
    by_input: bool = False,
    which: ArrayLike | None = None,
) -> RecurrentGradient:
    """A loss of a recurrent spiking network and its surrogate gradient.

    Parameters
    ----------
    network
        Cells, weights and readout.
    samples
        Inputs, and labels where the loss is a `CrossEntropy`.
    loss
        What is wanted: `CrossEntropy`, `AskedClasses`, `AskedValues` or `WantedSpikes`.
    surrogate
        What replaces the derivative of a spike, in thresholds.
    rates
        What it costs to fire too much or too little.
    relaxed : bool
        Whether spikes are graded. The height of the surrogate is 1 over its area then, and with the way
        through the reset this is the gradient of the loss and no stand-in.
    by_input : bool
        Whether the derivative by each input of each step is wanted, too.
    which : array of int, optional
        The samples of this batch. All, if left out.

    Returns
    -------
    RecurrentGradient
        `loss`, `accuracy`, `spikes`, and the gradient by all weights.

    Examples
    --------
    >>> from snnlab.learning import poisson_patterns
    >>> from snnlab.learning.gradients.cell_kinds import adaptive_cell
    >>> from snnlab.learning.gradients.recurrent_network import initial_recurrent
    >>> rng = np.random.default_rng(1)
    >>> network = initial_recurrent(100, adaptive_cell(4), 2, longest=5, rng=rng)
    >>> found = recurrent_gradient(network, poisson_patterns(8, rng=rng))
    >>> print(found.w_in.shape, found.w_rec.shape)
    (4, 100) (12,)
    """
    return gradient_by(
        pass_batch,
        network,
        samples,
        loss,
        surrogate,
        rates=rates,
        relaxed=relaxed,
        by_input=by_input,
        which=which,
    )


class PreparedBatch(NamedTuple):
    """A batch that has been checked, and room for what is found out about it.

    Examples
    --------
    >>> PreparedBatch._fields[-3:]
    ('gradient', 'inputs', 'found')
    """

    network: RecurrentNetwork
    """Checked, as is all that follows but the loss, of which `as_wanted` asks."""
    rows: Rows
    """Its weights at this moment."""
    samples: Samples
    loss: Loss
    surrogate: Surrogate
    rates: RatePenalty
    relaxed: bool
    """Whether spikes are graded."""
    which: np.ndarray
    """The samples that are asked about."""
    gradient: Rows
    """Where the gradient by each weight goes."""
    inputs: np.ndarray
    """Where that by each input goes, shape (samples, steps, inputs), of size 0 if nobody asks; what a way
    does not find stays NaN."""
    found: np.ndarray
    """Where loss, accuracy and number of spikes go, shape (3,)."""


Way = Callable[[PreparedBatch], None]
"""What fills in the gradient of a batch, as `pass_batch` does by backpropagation through time."""


def gradient_by(
    way: Way,
    network: RecurrentNetwork,
    samples: Samples,
    loss: Loss,
    surrogate: Surrogate,
    *,
    rates: RatePenalty = RatePenalty(),
    relaxed: bool = False,
    by_input: bool = False,
    which: ArrayLike | None = None,
) -> RecurrentGradient:
    """What `recurrent_gradient` returns, found in any way; the other arguments are its own."""
    given, network, surrogate = network, check_recurrent(network), check_surrogate(surrogate)
    samples, rates = samples_for(network, samples, loss), checked("rates", rates, RatePenalty)
    if true_or_false("relaxed", relaxed):
        surrogate = surrogate._replace(height=1.0 / area(surrogate.shape, surrogate.width))
    rows = rows_of(network)
    chosen = _some(which, samples.n_samples)
    gradient = rows._replace(
        w_in=np.empty_like(rows.w_in), w_out=np.empty_like(rows.w_out), w=np.empty_like(rows.w)
    )
    trials = chosen.size if true_or_false("by_input", by_input) else 0
    inputs, found = np.full((trials, samples.steps, samples.n_inputs), np.nan), np.empty(3)
    way(
        PreparedBatch(
            network, rows, samples, loss, surrogate, rates, relaxed, chosen, gradient, inputs, found
        )
    )
    w_rec = np.empty_like(gradient.w)
    if given.recurrent is not None:
        w_rec[np.argsort(given.recurrent.pre, kind="stable")] = gradient.w
    total, accuracy, spikes = found.tolist()
    return RecurrentGradient(
        total,
        accuracy,
        spikes,
        gradient.w_in.T.copy(),
        gradient.w_out.T.copy(),
        w_rec,
        inputs if by_input else None,
    )


def samples_for(network: RecurrentNetwork, samples: Samples, loss: Loss) -> Samples:
    """`samples`, if there are some and they fit a checked network; of labels, only `CrossEntropy` asks."""
    outputs = len(network.w_out) if isinstance(loss, CrossEntropy) else None
    samples = check_samples(samples, network.n_inputs, outputs)
    if not samples.n_samples:
        raise ValueError("samples must be at least one, got none")
    if not samples.steps:
        raise ValueError("samples must have at least one step, got none")
    return samples


def pass_batch(batch: PreparedBatch) -> None:
    """Backpropagation through time: one call of the kernel."""
    network, rows, samples = batch.network, batch.rows, batch.samples
    target, strength = batch.rates
    outputs, n = network.w_out.shape
    batch_pass(
        batch.which,
        data_of(samples),
        as_wanted(batch.loss, samples.n_samples, samples.steps, n, outputs, network.dt),
        network.cell,
        rows,
        numbers_of(network, batch.surrogate, batch.relaxed),
        Rates(target, strength, network.dt),
        path_of(network, rows, samples.steps),
        batch.gradient,
        batch.inputs,
        batch.found,
    )
