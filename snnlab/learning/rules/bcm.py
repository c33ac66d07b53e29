r"""The BCM rule: a threshold between depression and potentiation that follows the neuron's own activity.

A linear neuron answers $y = \mathbf w \cdot \mathbf x$. Inputs that drive it above a threshold $\theta$ are
strengthened, weaker ones weakened, and the threshold slides with the square of the answer:

$$ \Delta \mathbf w = \eta\, y\, (y - \theta)\, \mathbf x, \qquad
\Delta \theta = \frac{y^2 - \theta}{\tau_\theta} $$

A single input comes to rest at $y = \theta = 1$. Of $K$ orthogonal inputs, each as frequent as the others,
the neuron selects one: its answer to that one goes to $K$, to all others to 0, because then
$\theta = \langle y^2 \rangle = K^2/K$ equals the answer.

Source: E. L. Bienenstock, L. N. Cooper and P. W. Munro (1982), Journal of Neuroscience 2, 32–48; the square
in the threshold: N. Intrator and L. N. Cooper (1992), Neural Networks 5, 3–17.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative, positive
from snnlab.compiling import kernel

__all__ = ["BCMRun", "learn_bcm"]


class BCMRun(NamedTuple):
    """What learning returns.

    Examples
    --------
    >>> run = learn_bcm(np.ones((5000, 1)), [0.5])
    >>> print(f"{run.w[-1, 0]:.3f} {run.theta[-1]:.3f}")
    1.000 1.000
    """

    w: np.ndarray
    """The weights after each step, (steps, n); infinite or NaN once no number is large enough."""
    theta: np.ndarray
    """The threshold after each step, (steps,); infinite or NaN as the weights are."""


def learn_bcm(
    x: ArrayLike, w: ArrayLike, eta: float = 0.005, tau_theta: float = 50.0, theta: float = 0.0
) -> BCMRun:
    """The BCM rule, one input after the other.

    Parameters
    ----------
    x : array of shape (steps, n)
        The inputs, one row a step.
    w : array of shape (n,)
        The weights at the start.
    eta : float
        Learning rate.
    tau_theta : float
        How many steps the threshold looks back, at least 1. It must be quicker than the weights.
    theta : float
        The threshold at the start.

    Returns
    -------
    BCMRun
        `w`, (steps, n), and `theta`, (steps,).

    Examples
    --------
    >>> x = np.eye(2)[np.random.default_rng(1).integers(0, 2, 20_000)]
    >>> print(learn_bcm(x, [0.6, 0.5]).w[-2000:].mean(axis=0).round(1))
    [1.9 0. ]
    """
    x = finite_array("x", x, (2,), "(steps, n)")
    w = finite_array("w", w, (1,), "(n,)")
    if w.size != x.shape[1]:
        raise ValueError(f"w must have one weight for each of the {x.shape[1]} inputs, got {w.size}")
    eta, theta, tau_theta = (
        non_negative("eta", eta),
        non_negative("theta", theta),
        positive("tau_theta", tau_theta),
    )
    if tau_theta < 1.0:
        raise ValueError(f"tau_theta must be at least 1, got {tau_theta:g}")
    weights, thresholds = np.empty(x.shape), np.empty(len(x))
    run(x, w.copy(), weights, thresholds, theta, eta, tau_theta)
    return BCMRun(weights, thresholds)


@kernel
def step(w, x, y, theta, eta):
    """One weight after one input."""
    return w + eta * y * (y - theta) * x


@kernel
def run(x, w, weights, thresholds, theta, eta, tau_theta):
    """All inputs, one after the other."""
    steps, n = x.shape
    for t in range(steps):
        y = 0.0
        for k in range(n):
            y += w[k] * x[t, k]
        for k in range(n):
            w[k] = step(w[k], x[t, k], y, theta, eta)
            weights[t, k] = w[k]
        theta += (y * y - theta) / tau_theta
        thresholds[t] = theta
