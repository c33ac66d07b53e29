"""The usual cells: a LIF neuron, one whose threshold adapts, one that counts, and layers that mix them."""

import math

import numpy as np

from snnlab.checks import as_real, non_negative, positive, whole
from snnlab.learning.gradients.cell import BY_SUBTRACTION, LATE_SUBTRACTION, TO_ZERO, Cell, check_cell
from snnlab.learning.gradients.surrogate_network import CurrentLIF, check_current_lif

__all__ = ["adaptive_cell", "counting_cell", "joined_cells", "lif_cell"]


def lif_cell(n: int, neuron: CurrentLIF = CurrentLIF()) -> Cell:
    """`n` current-based LIF neurons, those of `snnlab.learning.train`: threshold 1, reset to zero.

    Examples
    --------
    >>> print(lif_cell(1).alpha.round(3), lif_cell(1).beta_a)
    [0.819] [0.]
    """
    neuron = check_current_lif(neuron)
    return _alike(n, neuron.alpha, neuron.beta, 1.0, 1.0, 0.0, 0.0, 0, TO_ZERO)


def adaptive_cell(
    n: int,
    tau_m: float = 20.0,
    tau_a: float = 1200.0,
    beta_a: float = 1.7,
    *,
    threshold: float = 0.01,
    refractory: int = 3,
    dt: float = 1.0,
) -> Cell:
    """`n` adaptive LIF neurons (ALIF) of an LSNN, as the authors' code has them.

    A current lasts for one step, and is multiplied by 1 − β. A spike counts 1/dt, which stands here in the
    gain and in β_a: of a shorter step it brings as much, and the rates stay. Inputs count as spikes do; those
    of the authors count 1 at every dt, so their weights are divided by dt to be ours. With `beta_a` 0 they
    are LIF neurons.

    Parameters
    ----------
    n : int
        How many.
    tau_m, tau_a : float
        Time constants of potential and adaptation, ms. The other numbers are those of store and recall.
    beta_a : float
        By how much adaptation raises the threshold, of a neuron that fires 1000 times a second.
    threshold : float
        Of a neuron that has not fired.
    refractory : int
        For how many steps after a spike there is no other.
    dt : float
        Time step, ms.

    Examples
    --------
    >>> cell = adaptive_cell(2, tau_a=700.0)
    >>> print(f"{cell.rho[0]:.4f} {cell.gain[0]:.4f}")
    0.9986 0.0488
    """
    dt = positive("dt", dt)
    beta = math.exp(-dt / positive("tau_m", tau_m))
    rho = math.exp(-dt / positive("tau_a", tau_a))
    threshold, beta_a = positive("threshold", threshold), non_negative("beta_a", beta_a)
    refractory = whole("refractory", refractory, most=2**53)
    gain = (1.0 - beta) / dt
    return _alike(n, 0.0, beta, gain, threshold, rho, beta_a / dt, refractory, LATE_SUBTRACTION)


def counting_cell(n: int, threshold: float = 1.0, gain: float = 1.0) -> Cell:
    """`n` neurons without leak, reset by subtraction: they spend all that arrives on spikes.

    What arrives moves the potential a step later, and they fire above the threshold and not on it: of a drive
    a for T steps, n may be 3 spikes below a T. For |n/T − a| ≤ 1/T see
    `snnlab.learning.conversion.rate_neuron`.

    Examples
    --------
    >>> print(counting_cell(1).alpha, counting_cell(1).beta)
    [0.] [1.]
    """
    threshold = positive("threshold", threshold)
    return _alike(n, 0.0, 1.0, as_real("gain", gain), threshold, 0.0, 0.0, 0, BY_SUBTRACTION)


def joined_cells(*cells: Cell) -> Cell:
    """One layer of several, in this order.

    Examples
    --------
    >>> joined_cells(adaptive_cell(10, beta_a=0.0), adaptive_cell(10)).alpha.size
    20
    """
    if not cells:
        raise ValueError("cells must be at least one, got none")
    return check_cell(Cell(*(np.concatenate(parts) for parts in zip(*map(check_cell, cells), strict=True))))


def _alike(n: int, *numbers: float) -> Cell:
    n = whole("n", n, 1)
    return check_cell(Cell(*(np.full(n, float(number)) for number in numbers)))
