r"""The neurons of an LSNN: LIF neurons, adaptive ones behind them, and a readout that hears all of them.

A spike raises the threshold of an adaptive neuron, which comes back with a time constant $\tau_a$. What has
raised it can be read later, if not much more than $\tau_a$ has passed. With $\beta_a = 0$ all are LIF
neurons, with the same weights to start from: the control.

The readout sees $(1 - \beta_{out}) \sum_j w_j s_j / \Delta t$, times a gain that lets it be as loud as it has
to be soon.

Source: G. Bellec, D. Salaj, A. Subramoney, R. Legenstein and W. Maass (2018), Long short-term memory and
learning-to-learn in networks of spiking neurons, NeurIPS 31.
"""

import numpy as np

from snnlab.checks import positive, whole
from snnlab.learning.gradients.cell_kinds import adaptive_cell, joined_cells
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, check_recurrent, initial_recurrent

__all__ = ["lsnn", "without_adaptation"]

_LOUD = 20.0  # the gain of the readout, beside its (1 - beta) / dt


def lsnn(
    n_inputs: int,
    n_outputs: int,
    tau_a: float,
    beta_a: float,
    *,
    n: int,
    refractory: float = 3.0,
    dt: float,
    rng: np.random.Generator,
) -> RecurrentNetwork:
    """A network that has learnt nothing yet: LIF neurons, and behind them as many adaptive ones.

    Parameters
    ----------
    n_inputs, n_outputs : int
        How many there are.
    tau_a, beta_a : float
        Time constant of adaptation, ms, and by how much it raises a threshold; 0 for LIF neurons alone.
    n : int
        How many neurons, an even number.
    refractory : float
        For how long a neuron is silent after a spike, ms, rounded to steps, of which there is at least one.
    dt : float
        Time step, ms.
    rng : numpy.random.Generator
        Where the weights come from.

    Examples
    --------
    >>> network = lsnn(100, 2, 1200.0, 1.7, n=20, dt=4.0, rng=np.random.default_rng(1))
    >>> print(network.n_inputs, network.cell.beta_a.round(3)[9:11])
    100 [0.    0.425]
    """
    if whole("n", n, 2) % 2:
        raise ValueError(f"n must be even, half of it for each kind, got {n}")
    steps = max(1, round(positive("refractory", refractory) / positive("dt", dt)))
    kinds = (adaptive_cell(n // 2, tau_a=tau_a, beta_a=b, refractory=steps, dt=dt) for b in (0.0, beta_a))
    network = initial_recurrent(n_inputs, joined_cells(*kinds), n_outputs, dt=dt, rng=rng)
    return network._replace(gain_out=_LOUD * (1.0 - network.beta_out) / dt)


def without_adaptation(network: RecurrentNetwork) -> RecurrentNetwork:
    """The same weights, but no threshold is ever raised.

    Examples
    --------
    >>> network = lsnn(100, 2, 1200.0, 1.7, n=20, dt=4.0, rng=np.random.default_rng(1))
    >>> print(without_adaptation(network).cell.beta_a.max())
    0.0
    """
    cell = check_recurrent(network).cell
    return network._replace(cell=cell._replace(beta_a=np.zeros_like(cell.beta_a)))
