r"""The cell of all gradient learning: one step of one neuron, and beside it the transpose of that step.

Forwards, from step $t$ to the next. $v$ is the potential, $i$ the current, $b$ what recent spikes have left
of adaptation, $z$ what arrives:

$$ \theta_t = \vartheta + \beta_a b_t, \qquad x_t = \frac{v_t - \theta_t}{\theta_t}, \qquad
s_t = m_t H(x_t), \qquad u_t = \beta v_t + i_t $$

$$ v_{t+1} = (1 - s_t)\, u_t \;|\; u_t - s_t \theta_t \;|\; u_t - s_{t-1} \theta_t \;|\; u_t, \qquad
b_{t+1} = \rho\, b_t + (1 - \rho)\, s_t, \qquad i_{t+1} = \alpha\, i_t + g z_t $$

The four resets are to zero, by subtraction, by subtraction a step late, and none; below, too, what differs
stands in this order. $m_t$ is 0 in the steps of
the refractory time after a spike, and 1 otherwise; where spikes are graded, it follows the crossings of the
threshold, and is given.

Backwards, from step $t + 1$ to $t$, with $a = \partial L / \partial v$, $a' = \partial L / \partial u$, $c =
\partial L / \partial i$, $p = \partial L / \partial b$, $q = \partial L / \partial \theta$, and $e =
\partial L / \partial s$, of which readout, synapses and loss give $r$. With the surrogate $h$,

$$ a'_t = (1 - s_t)\, a_{t+1} \;|\; a_{t+1} \;|\; a_{t+1} \;|\; a_{t+1} $$

$$ e_t = r_t + (1 - \rho)\, p_{t+1} \;[\, - u_t a_{t+1} \;|\; - \theta_t a_{t+1} \;|\;
- \theta_{t+1} a_{t+2} \;|\; 0 \,] $$

$$ a_t = \beta\, a'_t + \frac{m_t h(x_t)}{\theta_t}\, e_t, \qquad c_t = \alpha\, c_{t+1} + a'_t, \qquad
\frac{\partial L}{\partial z_t} = g\, c_{t+1} $$

$$ q_t = - \frac{m_t h(x_t)\, (x_t + 1)}{\theta_t}\, e_t
\;[\, 0 \;|\; - s_t a_{t+1} \;|\; - s_{t-1} a_{t+1} \;|\; 0 \,], \qquad
p_t = \rho\, p_{t+1} + \beta_a q_t $$

What stands in brackets is the way through the reset, which is left out where the reset is *detached*. Each
kernel below has its transpose right behind it. With $\beta_a = 0$ the cell is a LIF neuron; with $\beta = 1$,
$\alpha = 0$ and reset by subtraction one that counts. `snnlab.learning.gradients.recurrent_pass` takes any of
them; the two special cases that are fused for speed, `snnlab.learning.gradients.bptt` and
`snnlab.learning.gradients.timing`, go through the same `step` and `step_back`.

Sources: G. Bellec, D. Salaj, A. Subramoney, R. Legenstein and W. Maass (2018), Long short-term memory and
learning-to-learn in networks of spiking neurons, NeurIPS 31, and the authors' code, in which a spike lowers
the potential a step later than it could (adaptation, surrogate in thresholds, late reset); E. O. Neftci, H.
Mostafa and F. Zenke (2019), IEEE Signal Processing Magazine 36(6), 51–63. The transposes are derived here.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import finite_array
from snnlab.compiling import kernel

__all__ = ["BY_SUBTRACTION", "LATE_SUBTRACTION", "NO_RESET", "TO_ZERO", "Cell", "check_cell"]

TO_ZERO, BY_SUBTRACTION, LATE_SUBTRACTION, NO_RESET = range(4)
"""What a spike does to the potential, in the order of the equation."""

_LONGEST = 2**53  # up to here a float64 has every whole number


class Cell(NamedTuple):
    """The numbers of every neuron of a layer: an array of shape (n,) each, in steps and without units.

    `snnlab.learning.gradients.cell_kinds` makes the usual ones from time constants.

    Examples
    --------
    >>> from snnlab.learning.gradients.cell_kinds import lif_cell
    >>> print(lif_cell(2).threshold)
    [1. 1.]
    """

    alpha: np.ndarray
    """α, what is left of the current after a step."""
    beta: np.ndarray
    """β, what is left of the potential after a step."""
    gain: np.ndarray
    """g, by which all that arrives is multiplied."""
    threshold: np.ndarray
    """ϑ, the threshold of a neuron that has not fired."""
    rho: np.ndarray
    """ρ, what is left of adaptation after a step."""
    beta_a: np.ndarray
    """β_a, by how much adaptation raises the threshold; 0 for none."""
    refractory: np.ndarray
    """For how many steps after a spike there is no other, int64."""
    reset: np.ndarray
    """`TO_ZERO`, `BY_SUBTRACTION`, `LATE_SUBTRACTION` or `NO_RESET`, int64."""


def check_cell(cell: Cell) -> Cell:
    """`cell` with every array of one length and every number valid.

    Raises
    ------
    ValueError, TypeError
        If they are not.

    Examples
    --------
    >>> from snnlab.learning.gradients.cell_kinds import lif_cell
    >>> check_cell(lif_cell(2)._replace(rho=np.array([0.0, 1.5])))
    Traceback (most recent call last):
    ...
    ValueError: rho must be between 0 and 1, got 1.5
    """
    if not isinstance(cell, Cell):
        raise TypeError(f"cell must be a Cell, got {type(cell).__name__}")
    arrays = {name: finite_array(name, values, (1,), "(n,)") for name, values in cell._asdict().items()}
    size = arrays["alpha"].size
    if not size:
        raise ValueError("alpha must have one value a neuron, of at least one, got none")
    for name, array in arrays.items():
        if array.size != size:
            raise ValueError(f"{name} must be as many as alpha ({size}), got {array.size}")
        wrong, rule = _broken(name, array)
        if wrong.any():
            raise ValueError(f"{name} must be {rule}, got {array[wrong][0]:g}")
    whole = {name: arrays[name].astype(np.int64) for name in ("refractory", "reset")}
    return Cell(**(arrays | whole))


def _broken(name: str, array: np.ndarray) -> tuple[np.ndarray, str]:
    """Where an array breaks its rule, and what the rule is."""
    if name in ("alpha", "beta", "rho"):
        return (array < 0) | (array > 1), "between 0 and 1"
    if name == "threshold":
        return array <= 0, "positive"
    if name == "refractory":
        if (array > _LONGEST).any():
            return array > _LONGEST, f"at most {_LONGEST} steps"
        return (array < 0) | (array != np.rint(array)), "a whole number of steps, zero or more"
    if name == "reset":
        return ~np.isin(array, range(4)), "one of the four numbers of resets, 0 to 3"
    return (array < 0) & (name == "beta_a"), "zero or positive"


@kernel
def step(v, i, alpha, beta):
    """Potential and current one step later, before any spike: of a hidden neuron or of the readout."""
    return beta * v + i, alpha * i


@kernel
def step_back(a, c, alpha, beta):
    """The adjoint of `step`: what a change of potential and current does to the loss, one step earlier."""
    return beta * a, alpha * c + a


@kernel
def reset(u, s, before, theta, kind):
    """The potential after the reset, of a neuron with spike `s`, and `before` in the step before."""
    if kind == TO_ZERO:
        return (1.0 - s) * u
    if kind == BY_SUBTRACTION:
        return u - s * theta
    if kind == LATE_SUBTRACTION:
        return u - before * theta
    return u


@kernel
def reset_back(a, u, s, before, theta, kind):
    """The transpose of `reset`: what `a` behind it says of the potential, of both spikes and of θ."""
    if kind == TO_ZERO:
        return (1.0 - s) * a, -u * a, 0.0, 0.0
    if kind == BY_SUBTRACTION:
        return a, -theta * a, 0.0, -s * a
    if kind == LATE_SUBTRACTION:
        return a, 0.0, -theta * a, -before * a
    return a, 0.0, 0.0, 0.0


@kernel
def adapt(b, s, rho):
    """Adaptation one step later."""
    return rho * b + (1.0 - rho) * s


@kernel
def adapt_back(p, rho):
    """The transpose of `adapt`: what `p` behind it says of adaptation and of the spike."""
    return rho * p, (1.0 - rho) * p


@kernel
def raised(threshold, b, beta_a):
    """The threshold that adaptation has raised."""
    return threshold + beta_a * b


@kernel
def raised_back(q, beta_a):
    """The transpose of `raised`: what `q`, the derivative by θ, says of adaptation."""
    return beta_a * q


@kernel
def distance(v, theta):
    """How far the potential is above its threshold, in thresholds."""
    return (v - theta) / theta


@kernel
def distance_back(d, x, theta):
    """The transpose of `distance`, at `x`: what `d`, the derivative by it, says of the potential and of θ."""
    to_v = d / theta
    return to_v, -to_v * (x + 1.0)
