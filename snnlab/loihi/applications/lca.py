r"""Sparse coding by competition: compartments that solve LASSO, the spiking LCA, in the emulator's integers.

Which few columns $\phi_i$ of a dictionary, none of them taken away, make up a signal $x$? Minimise

$$ E(a) = \tfrac12 \lVert x - \Phi a \rVert^2 + \lambda \sum_i a_i, \qquad a_i \ge 0 $$

One compartment a column, which is to fire at a rate proportional to $a_i$. It is driven by
$b_i - \lambda = \phi_i^\top x - \lambda$, and each spike of another one takes away
$G_{ij} = \phi_i^\top \phi_j$, the part of the signal that both explain:

$$ \dot v_i = b_i - \lambda - \sum_{j \ne i} G_{ij}\, (\alpha * s_j), \qquad v_i \ge \theta: \; v_i \to 0 $$

In the long run a compartment that fires takes in as much as its spikes cost,
$b_i - \lambda - \sum_{j \ne i} G_{ij} a_j = a_i$, and the others are pushed down,
$b_i - \lambda - \sum_j G_{ij} a_j \le 0$. Those are the conditions under which $E$ is smallest. For signs of
both kinds put $-\phi_i$ beside each $\phi_i$.

In integers: $\theta = 2^{22}$; the largest drive alone would need `period` steps to it; a spike decays with
32 steps and brings $-G_{ij}\theta$ in all. What is above $\theta$ at a spike is lost, one part in `period` at
most.

Source: C. J. Rozell et al. (2008), Neural Computation 20, 2526-2563; P. T. P. Tang, T.-H. Lin and M. Davies
(2017), arXiv:1705.05475; M. Davies et al. (2018), IEEE Micro 38(1), who report it on Loihi.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.array_rules import Floats
from snnlab.checks import checked, finite_array, non_negative, whole
from snnlab.compiling import kernel
from snnlab.loihi.fixed_point import BIAS_BITS, INHIBITORY, MIXED, SHIFT_BITS
from snnlab.loihi.networks.recurrent import SynapseGroup, simulate_network
from snnlab.loihi.neuron.compartments import Compartment
from snnlab.loihi.neuron.synapses import Synapse
from snnlab.spikes import Spikes

__all__ = ["INTEGRATOR", "SparseCode", "coefficients_at", "lasso_loss", "lca_connections", "spiking_lasso"]

THETA_BITS, TAU = 22, 32
INTEGRATOR = Compartment(decay_u=4096 // TAU, decay_v=0, v_th=(1 << (THETA_BITS - SHIFT_BITS)) - 1)
"""A compartment that forgets its current within 32 steps, and its voltage never; θ itself makes it fire."""


class SparseCode(NamedTuple):
    """What the spikes say.

    Examples
    --------
    >>> code = spiking_lasso(np.eye(3), [1.0, 0.5, 0.1], 0.2)
    >>> print(code.a.round(2))
    [0.8 0.3 0. ]
    """

    a: Annotated[np.ndarray, Floats("(columns,)")]
    """The coefficients, from the spikes of the second half of the run, shape (columns,)."""
    spikes: Spikes
    """All spikes; a step counts as 1 ms."""
    per_rate: float
    """The coefficient of a compartment that fires in every step."""


def spiking_lasso(
    dictionary: ArrayLike, x: ArrayLike, lam: float, *, steps: int = 20_000, period: int = 64
) -> SparseCode:
    """Solve LASSO with coefficients of zero or above, by a network of compartments.

    Parameters
    ----------
    dictionary : array of shape (size, columns)
        Its columns have length 1.
    x : array of shape (size,)
        The signal.
    lam : float
        λ, what a coefficient costs.
    steps : int
        How long the network runs, 2 steps at least.
    period : int
        Steps to the threshold under the largest drive, 8 to 4096: fewer are quicker, and less exact in
        the end. A bias of 13 bits and an exponent of 7 cannot drive harder.

    Examples
    --------
    Two columns at 60°; the signal is the first of them:

    >>> columns = np.array([[1.0, 0.5], [0.0, 0.75**0.5]])
    >>> print(spiking_lasso(columns, [1.0, 0.0], 0.1).a.round(2))
    [0.9 0. ]
    """
    phi, signal, lam, steps, period = check_problem(dictionary, x, lam, steps, period)
    mantissa = np.zeros(phi.shape[1], np.int32)
    exponent, unit = drive_bias(phi.T @ signal, lam, float(period), mantissa)
    q = np.zeros((steps, mantissa.size), np.int32)
    run = simulate_network(q, lca_connections(phi), INTEGRATOR, bias=mantissa, bias_exp=exponent)
    code = SparseCode(np.zeros(mantissa.size), run.spikes, period * unit)
    return code._replace(a=coefficients_at(code, steps))


def coefficients_at(code: SparseCode, end: int) -> np.ndarray:
    """What the spikes say when the network has run for so long: those of the second half count.

    Parameters
    ----------
    code
        What `spiking_lasso` gave.
    end : int
        Steps, 1 to the length of the run.

    Returns
    -------
    array of shape (columns,)

    Raises
    ------
    ValueError, TypeError
        If the run is shorter, or `code` is no `SparseCode`.

    Examples
    --------
    >>> code = spiking_lasso(np.eye(2), [1.0, 0.5], 0.2)
    >>> print(coefficients_at(code, 300).round(2), coefficients_at(code, 20_000).round(2))
    [0.68 0.34] [0.8 0.3]
    """
    code = checked("code", code, SparseCode)
    if whole("end", end, 1) > code.spikes.duration:
        raise ValueError(f"end must be at most {code.spikes.duration:.0f}, got {end}")
    begin = end // 2
    times = code.spikes.times
    late = code.spikes.units[(times >= begin) & (times < end)]
    return np.bincount(late, minlength=code.spikes.n_units) * (code.per_rate / (end - begin))


def lasso_loss(dictionary: ArrayLike, x: ArrayLike, a: ArrayLike, lam: float) -> float:
    """½ |x − Φ a|² + λ Σ |a|, what LASSO makes as small as possible.

    Parameters
    ----------
    dictionary : array of shape (size, columns)
        Φ.
    x : array of shape (size,)
        The signal.
    a : array of shape (columns,)
        The coefficients.
    lam : float
        λ.

    Returns
    -------
    float

    Raises
    ------
    ValueError, TypeError
        If the shapes do not fit.

    Examples
    --------
    >>> lasso_loss(np.eye(2), [1.0, 0.5], [0.8, 0.3], 0.2)
    0.26
    """
    phi = finite_array("dictionary", dictionary, (2,), "(size, columns)")
    signal, values = finite_array("x", x, (1,), "(size,)"), finite_array("a", a, (1,), "(columns,)")
    for name, array, size in (("x", signal, phi.shape[0]), ("a", values, phi.shape[1])):
        if array.size != size:
            raise ValueError(f"{name} must have shape ({size},), got {array.shape}")
    left = signal - phi @ values
    return float(0.5 * left @ left + non_negative("lam", lam) * np.abs(values).sum())


def lca_connections(dictionary: ArrayLike) -> SynapseGroup:
    """The synapses of the competition: −G, as the chip keeps it.

    Parameters
    ----------
    dictionary : array of shape (size, columns)
        Its columns have length 1.

    Returns
    -------
    SynapseGroup
        From each compartment to each other one whose column is not at a right angle; a delay of 1 step.

    Raises
    ------
    ValueError, TypeError
        If a column has another length.

    Examples
    --------
    >>> lines = lca_connections([[1.0, 0.6], [0.0, 0.8]])
    >>> print(lines.w, lines.synapse.exponent)
    [-154. -154.] 3
    """
    phi = _columns(dictionary)
    w = -(phi.T @ phi) * (1 << (THETA_BITS - SHIFT_BITS)) / TAU  # of exponent 0
    np.fill_diagonal(w, 0.0)
    exponent = 0
    while np.abs(w).max(initial=0.0) > 254.0:
        w, exponent = w / 2.0, exponent + 1
    mode = MIXED if (w > 0).any() else INHIBITORY
    step = 2.0 if mode == MIXED else 1.0
    w = step * np.rint(w / step)
    pre, post = np.nonzero(w.T)
    return SynapseGroup(pre, post, w[post, pre], 1, Synapse(8, exponent, mode))


def check_problem(
    dictionary: ArrayLike, x: ArrayLike, lam: float, steps: int, period: int
) -> tuple[np.ndarray, np.ndarray, float, int, int]:
    """What `spiking_lasso` is asked, if it is right."""
    phi = _columns(dictionary)
    signal = finite_array("x", x, (1,), f"({len(phi)},)")
    if signal.size != len(phi):
        raise ValueError(f"x must have shape ({len(phi)},), got {signal.shape}")
    lam, steps, period = non_negative("lam", lam), whole("steps", steps, 2), whole("period", period, 8)
    if (top := max(np.abs(signal).max(initial=0.0), lam)) > 1e100:
        raise ValueError(f"x and lam must be at most 1e+100 in magnitude, got {top:g}")
    if period > 4096:
        raise ValueError(f"period must be at most 4096, got {period}")
    return phi, signal, lam, steps, period


def _columns(dictionary: ArrayLike) -> np.ndarray:
    """The dictionary, if its columns have length 1."""
    phi = finite_array("dictionary", dictionary, (2,), "(size, columns)")
    long = np.linalg.norm(phi, axis=0)
    wrong = np.flatnonzero(np.abs(long - 1.0) > 1e-6)
    if wrong.size:
        raise ValueError(
            f"columns of dictionary must have length 1, got {long[wrong[0]]:g} of column {wrong[0]}"
        )
    return phi


@kernel
def drive_bias(b, lam, period, mantissa):
    """The bias of each compartment into `mantissa`; its exponent, and the drive that takes `period` steps.

    Where a drive downwards is too strong for a bias, all drives are scaled down until it fits.
    """
    top = float((1 << BIAS_BITS) - 1)
    up = most = 0.0
    for k in range(b.size):
        up, most = max(up, b[k] - lam), max(most, abs(b[k] - lam))
    unit = max(up, most * float(1 << THETA_BITS) / (period * top * 128.0))
    if unit == 0.0:
        unit = 1.0
    scale, exponent = float(1 << THETA_BITS) / period / unit, 0
    while most * scale > top and exponent < 7:
        scale, exponent = scale / 2.0, exponent + 1
    for k in range(b.size):
        mantissa[k] = int(min(max(np.rint((b[k] - lam) * scale), -top), top))
    return exponent, unit
