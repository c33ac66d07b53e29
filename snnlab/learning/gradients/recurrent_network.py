r"""A recurrent spiking network with a readout: any cell, sparse synapses with delays among its neurons.

The hidden neurons are those of `snnlab.learning.gradients.cell`. To neuron $n$ arrives

$$ z_{n,t} = \sum_k W^{in}_{nk}\, x_{k,t} + \sum_m W^{rec}_{nm}\, s_{m,t-d_{nm}} $$

with a delay of $d_{nm}$ whole steps, which may be 0: a current moves the potential in the step after it.
$W^{in}$ is a matrix, or as sparse as the synapses among the neurons: then it has delays, too, and stands in
the same list.
A readout neuron filters what it is told, $j_{t+1} = \alpha_{out} j_t + g_{out} W^{out} s_t$ and $y_{t+1} =
\beta_{out} y_t + j_t$. Everything starts at 0.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import as_real, finite_array, fraction, non_negative, positive, whole
from snnlab.learning.gradients.cell import Cell, check_cell
from snnlab.learning.gradients.cell_kinds import lif_cell
from snnlab.learning.gradients.surrogate_network import (
    CurrentLIF,
    Weights,
    check_current_lif,
    check_weights,
)
from snnlab.networks.wiring.connections import Connections, check_connections
from snnlab.networks.wiring.given import from_list, from_matrix
from snnlab.random import generator

__all__ = ["RecurrentNetwork", "as_recurrent", "check_recurrent", "initial_recurrent"]


class RecurrentNetwork(NamedTuple):
    """Cells, the weights that they learn, and a readout.

    Examples
    --------
    >>> from snnlab.learning.gradients.cell_kinds import adaptive_cell
    >>> network = RecurrentNetwork(adaptive_cell(4), np.zeros((4, 100)), np.zeros((2, 4)))
    >>> network.recurrent is None
    True
    """

    cell: Cell
    """The numbers of each hidden neuron."""
    w_in: np.ndarray | None
    """From the inputs, shape (hidden, inputs); None where they have synapses of `recurrent`."""
    w_out: np.ndarray
    """To the readout, shape (outputs, hidden)."""
    recurrent: Connections | None = None
    """Synapses among the hidden neurons, with delays in ms; None for a feed-forward network. Where `w_in` is
    None, those from the inputs, too: of n hidden neurons, presynaptic neuron n + k is input k."""
    alpha_out: float = 0.0
    """What is left of the current of the readout after a step."""
    beta_out: float = math.exp(-1.0 / 20.0)
    """What is left of its potential after a step; the default is 20 ms in steps of 1 ms."""
    gain_out: float = 1.0
    """By which all that reaches the readout is multiplied."""
    dt: float = 1.0
    """Time step, ms."""

    @property
    def n_inputs(self) -> int:
        """How many inputs there are."""
        if self.w_in is not None:
            return self.w_in.shape[1]
        return 0 if self.recurrent is None else self.recurrent.n_pre - len(self.cell.alpha)


def check_recurrent(network: RecurrentNetwork) -> RecurrentNetwork:
    """`network` in float64, if its parts fit to one another; its synapses sorted by the neuron that fires.

    Raises
    ------
    ValueError, TypeError
        If they do not.

    Examples
    --------
    >>> from snnlab.learning.gradients.cell_kinds import lif_cell
    >>> check_recurrent(RecurrentNetwork(lif_cell(4), np.zeros((3, 100)), np.zeros((2, 3))))
    Traceback (most recent call last):
    ...
    ValueError: w_in must have a row for each of the 4 neurons of cell, got 3
    """
    if not isinstance(network, RecurrentNetwork):
        raise TypeError(f"network must be a RecurrentNetwork, got {type(network).__name__}")
    cell, lines = check_cell(network.cell), network.recurrent
    n = cell.alpha.size
    sparse = network.w_in is None
    w_in, w_out = check_weights(
        Weights(
            np.zeros((n, 1)) if sparse else finite_array("w_in", network.w_in, (2,), "(hidden, inputs)"),
            finite_array("w_out", network.w_out, (2,), "(outputs, hidden)"),
        )
    )[:2]
    if len(w_in) != n:
        raise ValueError(f"w_in must have a row for each of the {n} neurons of cell, got {len(w_in)}")
    if sparse and lines is None:
        raise ValueError("w_in must be weights where recurrent has no synapses, got None")
    if lines is not None:
        if not isinstance(lines, Connections):
            raise TypeError(f"recurrent must be Connections or None, got {type(lines).__name__}")
        lines = check_connections(lines)
        if lines.n_post != n or (lines.n_pre <= n if sparse else lines.n_pre != n):
            wanted = f"and inputs behind them to the {n}" if sparse else "to one another"
            raise ValueError(
                f"recurrent must join the {n} neurons of cell {wanted}, got {lines.n_pre} to {lines.n_post}"
            )
        order = np.argsort(lines.pre, kind="stable")
        pre, post, w, delay = (part[order] for part in lines[:4])
        lines = Connections(pre, post, w, delay, lines.n_pre, n)
    return RecurrentNetwork(
        cell,
        None if sparse else w_in,
        w_out,
        lines,
        fraction("alpha_out", network.alpha_out),
        fraction("beta_out", network.beta_out),
        as_real("gain_out", network.gain_out),
        positive("dt", network.dt),
    )


def initial_recurrent(
    n_inputs: int,
    cell: Cell,
    n_outputs: int,
    *,
    longest: int = 0,
    gain: float = 1.0,
    tau_out: float = 20.0,
    dt: float = 1.0,
    rng: np.random.Generator,
) -> RecurrentNetwork:
    """Normally distributed weights to start from, all to all but oneself, as an LSNN has them.

    The readout is not that of the authors: a spike moves its potential by a whole weight, theirs by
    (1 − β_out) / dt of one, which here is a `gain_out` to put in its place. At the same rate of Adam that
    learns more slowly.

    Parameters
    ----------
    n_inputs, n_outputs : int
        How many neurons of each kind.
    cell
        The hidden neurons.
    longest : int
        Delays are drawn from 0 to so many steps.
    gain : float
        A weight from the inputs or among the neurons has the standard deviation gain / √n, for n presynaptic
        neurons, one to the readout 1 / √n.
    tau_out : float
        Time constant of the readout, ms.
    dt : float
        Time step, ms.
    rng : numpy.random.Generator
        Where the numbers come from.

    Examples
    --------
    >>> from snnlab.learning.gradients.cell_kinds import adaptive_cell
    >>> network = initial_recurrent(100, adaptive_cell(20), 2, longest=4, rng=np.random.default_rng(1))
    >>> network.recurrent.w.size
    380
    """
    rng = generator(rng)
    n_inputs, n_outputs = whole("n_inputs", n_inputs, 1), whole("n_outputs", n_outputs, 1)
    longest, gain, dt = whole("longest", longest), non_negative("gain", gain), positive("dt", dt)
    n, beta_out = check_cell(cell).alpha.size, math.exp(-dt / positive("tau_out", tau_out))
    pre, post = np.nonzero(~np.eye(n, dtype=bool))
    lines = None
    w_in = rng.standard_normal((n, n_inputs)) * gain / math.sqrt(n_inputs)
    if n > 1:
        w = rng.standard_normal(pre.size) * gain / math.sqrt(n)
        late = rng.integers(0, longest, pre.size, endpoint=True) * dt
        lines = from_list(pre, post, w, late, n_pre=n, n_post=n)
    w_out = rng.standard_normal((n_outputs, n)) / math.sqrt(n)
    return check_recurrent(RecurrentNetwork(cell, w_in, w_out, lines, 0.0, beta_out, 1.0, dt))


def as_recurrent(weights: Weights, neuron: CurrentLIF = CurrentLIF()) -> RecurrentNetwork:
    """The network of `snnlab.learning.surrogate_gradient` in the general form.

    Parameters
    ----------
    weights
        Its weights; a recurrent weight of exactly 0 is no synapse.
    neuron
        Its neurons.

    Examples
    --------
    >>> network = as_recurrent(Weights(np.ones((4, 100)), np.ones((2, 4)), np.ones((4, 4))))
    >>> print(network.recurrent.delay[0], network.cell.threshold[0])
    1.0 1.0
    """
    weights, neuron = check_weights(weights), check_current_lif(neuron)
    lines = None if weights.w_rec is None else from_matrix(weights.w_rec, neuron.dt)
    cell = lif_cell(len(weights.w_in), neuron)
    network = RecurrentNetwork(
        cell, weights.w_in, weights.w_out, lines, neuron.alpha, neuron.beta_out, 1.0, neuron.dt
    )
    return check_recurrent(network)
