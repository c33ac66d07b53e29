r"""A small LSNN: LIF neurons, and behind them as many whose threshold adapts.

Each neuron hears all inputs and all others. A spike of an adaptive neuron raises its threshold, which comes
back with the time constant $\tau_a$. With $\beta_a = 0$ all are LIF neurons, with the same weights to start
from: the control.

The readout sees $(1 - \beta_{out}) \sum_j w_j s_j / \Delta t$, times a gain that lets it be as loud as it has
to be soon.

Source: G. Bellec, D. Salaj, A. Subramoney, R. Legenstein and W. Maass (2018), Long short-term memory and
learning-to-learn in networks of spiking neurons, NeurIPS 31: neurons, time constants and groups.
"""

import numpy as np

from snnlab.checks import positive, whole
from snnlab.learning.gradients.cell_kinds import adaptive_cell, joined_cells
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, initial_recurrent

__all__ = ["half_adaptive"]

_REFRACTORY = 3.0  # ms, rounded to steps, of which there is at least one
_LOUD = 20.0  # the gain of the readout, beside its (1 - beta) / dt


def half_adaptive(
    n_inputs: int,
    n_outputs: int,
    tau_a: float = 1200.0,
    beta_a: float = 1.7,
    *,
    n: int = 20,
    dt: float = 4.0,
    rng: np.random.Generator,
) -> RecurrentNetwork:
    """A network that has learnt nothing yet: LIF neurons, and behind them as many adaptive ones.

    Parameters
    ----------
    n_inputs, n_outputs : int
        How many inputs and readouts.
    tau_a, beta_a : float
        Time constant of adaptation, ms, and by how much it raises a threshold; 0 for LIF neurons alone.
    n : int
        How many neurons, an even number.
    dt : float
        Time step, ms.
    rng : numpy.random.Generator
        Where the weights come from.

    Examples
    --------
    >>> network = half_adaptive(100, 2, rng=np.random.default_rng(1))
    >>> print(network.n_inputs, network.cell.beta_a.round(3)[9:11])
    100 [0.    0.425]
    """
    if whole("n", n, 2) % 2:
        raise ValueError(f"n must be even, half of it for each kind, got {n}")
    refractory = max(1, round(_REFRACTORY / positive("dt", dt)))
    kinds = (
        adaptive_cell(n // 2, tau_a=tau_a, beta_a=b, refractory=refractory, dt=dt) for b in (0.0, beta_a)
    )
    network = initial_recurrent(n_inputs, joined_cells(*kinds), n_outputs, dt=dt, rng=rng)
    return network._replace(gain_out=_LOUD * (1.0 - network.beta_out) / dt)
