r"""Difference target propagation: not an error comes down but what a layer should have said.

The output gets a target a little nearer to the right one. Each layer below gets what an approximate
inverse $g$ of the layer above makes of that one's target, corrected by what $g$ makes of what is there:

$$ \hat h^L = h^L - \kappa\, (h^L - t), \qquad \hat h^l = h^l + g^l(\hat h^{l+1}) - g^l(h^{l+1}) $$

and every layer goes to its target,

$$ \Delta W^l \propto -\frac1\kappa \left\langle
f'(u^l) \odot (h^l - \hat h^l)\, (h^{l-1})^\top \right\rangle $$

If the inverses are exact, then for $\kappa \to 0$

$$ \frac{h^l - \hat h^l}{\kappa} \;\to\; (D^l)^{-1} (h^L - t), \qquad
D^l = \frac{\partial h^L}{\partial h^l} $$

with an error of order $\kappa$. Backpropagation has $(D^l)^\top$ there. The inverse is the step of Gauss and
Newton: what this layer would have to change for the output to be right at once. So the angle to aim at is
that to `gauss_newton`, not to the gradient. Inverses that are learnt from noise (`inverses_learnt`) point
a little nearer to it than to the gradient (48 and 52 degrees at the end of the table of the small digits),
and not as near as the gradient does in the network that it has taught (27).

Sources: D.-H. Lee, S. Zhang, A. Fischer and Y. Bengio (2015), Difference target propagation, ECML; A.
Meulemans, F. S. Carzaniga, J. A. K. Suykens, J. Sacramento and B. F. Grewe (2020), NeurIPS 33 (Gauss and
Newton).
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import non_negative, positive
from snnlab.learning.credit.backpropagation import Assignment, outer_means
from snnlab.learning.credit.feedback_alignment import feedback_shapes
from snnlab.learning.credit.rate_network import (
    Matrices,
    RateNetwork,
    activities,
    activity,
    checked_batch,
    checked_matrices,
    checked_network,
    potential,
    slope,
)
from snnlab.random import generator

__all__ = [
    "difference_target_propagation",
    "exact_inverses",
    "gauss_newton",
    "inverses_by",
    "inverses_learnt",
]

Inverse = Callable[[np.ndarray], np.ndarray]


def difference_target_propagation(
    network: RateNetwork,
    x: ArrayLike,
    target: ArrayLike,
    inverses: Sequence[Inverse],
    *,
    step: float = 0.01,
) -> Assignment:
    """What the weights are told by targets of their own.

    Parameters
    ----------
    network
        Its weights.
    x : array of shape (samples, inputs)
        What it is shown.
    target : array of shape (samples, outputs)
        What should have come out.
    inverses : sequence of functions
        g, one for each hidden layer: from the activities of the layer above to its own.
    step : float
        κ, how far the output is asked to go to the right one, above 0.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])), linear=True)
    >>> told = difference_target_propagation(network, [[1.0]], [[5.0]], exact_inverses(network))
    >>> [round(g.item(), 6) for g in told.gradient]  # h is 1/3 too much; backpropagation says 3
    [0.333333, 2.0]
    """
    network = checked_network(network)
    x, target = checked_batch(network, x, target)
    step, hidden = positive("step", step), len(network.weights) - 1
    if len(inverses) != hidden:
        raise ValueError(f"inverses must be {hidden}, one a hidden layer, got {len(inverses)}")
    h = activities(network, x)
    wanted = h[-1] - step * (h[-1] - target)
    errors = [(h[-1] - wanted) / step]
    for layer in reversed(range(1, hidden + 1)):
        inverse = inverses[layer - 1]
        wanted = h[layer] + inverse(wanted) - inverse(h[layer + 1])
        if not np.isfinite(wanted).all():
            raise ValueError(f"step must be so small that every target can be reached, got {step:g}")
        errors.insert(0, slope(h[layer], network.linear) * (h[layer] - wanted) / step)
    return Assignment(outer_means(errors, h), tuple(errors), tuple(h))


def gauss_newton(network: RateNetwork, x: ArrayLike, target: ArrayLike) -> Assignment:
    """The direction in which each hidden layer alone would make the output right, to first order.

    With fewer outputs than units it is the shortest such change, with more the best one (the
    pseudo-inverse of D). As with `backpropagate`, a weight's share is the mean of slope, change and what it
    hears.

    Parameters
    ----------
    network, x, target
        As in `difference_target_propagation`.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])), linear=True)
    >>> [round(g.item(), 6) for g in gauss_newton(network, [[1.0]], [[5.0]]).gradient]
    [0.333333, 2.0]
    """
    network = checked_network(network)
    x, target = checked_batch(network, x, target)
    h = activities(network, x)
    error = h[-1] - target
    errors, d = [error], np.eye(target.shape[1])[None]
    for layer in reversed(range(1, len(network.weights))):
        if layer < len(network.weights) - 1:
            d = d * slope(h[layer + 1], network.linear)[:, None]
        d = d @ network.weights[layer]
        change = (np.linalg.pinv(d) @ error[..., None])[..., 0]
        errors.insert(0, slope(h[layer], network.linear) * change)
    return Assignment(outer_means(errors, h), tuple(errors), tuple(h))


def exact_inverses(network: RateNetwork) -> tuple[Inverse, ...]:
    """The inverse of every layer but the first, if all of them have as many units as the output.

    Parameters
    ----------
    network
        Whose layers are inverted.

    Returns
    -------
    tuple of functions
        One for each hidden layer. What no activity could have caused comes out as NaN.

    Examples
    --------
    >>> network = RateNetwork((np.ones((1, 2)), np.array([[4.0]])))
    >>> exact_inverses(network)[0](np.array([[2.0]]))
    array([[0.5]])
    """
    network = checked_network(network)
    last = len(network.weights) - 1
    for layer, w in enumerate(network.weights[1:], start=1):
        if w.shape[0] != w.shape[1] or np.linalg.matrix_rank(w) < len(w):
            raise ValueError(f"weights[{layer}] must have an inverse, got one of shape {w.shape} without")

    def inverse_of(layer: int) -> Inverse:
        back = np.linalg.inv(network.weights[layer])

        def inverse(h: np.ndarray) -> np.ndarray:
            with np.errstate(invalid="ignore", divide="ignore"):
                return potential(h, network.linear or layer == last) @ back.T

        return inverse

    return tuple(inverse_of(layer) for layer in range(1, last + 1))


def inverses_by(network: RateNetwork, feedback: Sequence[np.ndarray]) -> tuple[Inverse, ...]:
    """Approximate inverses: a layer of the same kind that leads down, g(h) = f(V h).

    Parameters
    ----------
    network
        For which they are.
    feedback : sequence of arrays of shape (units, units above)
        V, one for each hidden layer.

    Returns
    -------
    tuple of functions
        One for each hidden layer.

    Examples
    --------
    >>> network = RateNetwork((np.ones((1, 2)), np.array([[4.0]])), linear=True)
    >>> inverses_by(network, [np.array([[0.25]])])[0](np.array([[2.0]]))
    array([[0.5]])
    """
    network = checked_network(network)
    feedback = checked_matrices("feedback", feedback, feedback_shapes(network))

    def inverse_by(v: np.ndarray) -> Inverse:
        return lambda h: activity(h @ v.T, network.linear)

    return tuple(inverse_by(v) for v in feedback)


def inverses_learnt(
    network: RateNetwork,
    feedback: Sequence[np.ndarray],
    x: ArrayLike,
    *,
    noise: float = 0.1,
    rate: float = 0.1,
    rng: np.random.Generator,
) -> Matrices:
    """V after one step towards telling from the answer of the layer above what this one had said.

    Parameters
    ----------
    network
        Whose layers are inverted.
    feedback : sequence of arrays of shape (units, units above)
        V before the step.
    x : array of shape (samples, inputs)
        What the network is shown meanwhile.
    noise : float
        Standard deviation of what is added to the activities.
    rate : float
        The learning rate.
    rng
        Where the noise comes from.

    Returns
    -------
    tuple of arrays of shape (units, units above)
        V after it.

    Examples
    --------
    >>> network = RateNetwork((np.array([[1.0]]), np.array([[4.0]])), linear=True)
    >>> v, rng = [np.array([[0.0]])], np.random.default_rng(1)
    >>> for _ in range(100):
    ...     v = inverses_learnt(network, v, np.ones((10, 1)), rng=rng)
    >>> round(v[0].item(), 6)
    0.25
    """
    network, rng = checked_network(network), generator(rng)
    feedback = checked_matrices("feedback", feedback, feedback_shapes(network))
    noise, rate = non_negative("noise", noise), positive("rate", rate)
    x, _ = checked_batch(network, x, np.zeros((len(np.atleast_1d(x)), len(network.weights[-1]))))
    h = activities(network, x)
    learnt = []
    for layer, v in enumerate(feedback, start=1):
        said = h[layer] + noise * rng.standard_normal(h[layer].shape)
        last = layer == len(feedback)
        answer = activity(said @ network.weights[layer].T, network.linear or last)
        guess = activity(answer @ v.T, network.linear)
        missed = slope(guess, network.linear) * (guess - said)
        learnt.append(v - rate * missed.T @ answer / len(x))
    return tuple(learnt)
