r"""Fitting a GLM neuron: the weights that make the recorded spikes most probable.

The log-likelihood has no second maximum, and Newton's method climbs it on the parabola that touches it:

$$ \mathcal{L}(w) - \frac{T \lambda}{2} \sum_{k > 0} w_k^2 \to \max, \qquad
w \leftarrow w + A^{-1} g $$

with $g$ the gradient of what is climbed, $A$ its Hessian with the sign turned round, $T$ bins, and $\lambda$
the *ridge*, which keeps weights small; the intercept $w_0$ is free. It stops after a step that promised less
than `tolerance` nats.

The spread of the weights is read from the same curvature: $A^{-1}$ is their covariance, the root of its
diagonal their standard errors. With a ridge $A^{-1}$ is what a Gaussian prior of variance $1/(T\lambda)$
leaves open: estimates of repeated recordings spread less, around a value drawn towards 0.

There may be no maximum. If a neuron never fires in the bins after a spike, a weight for those bins makes the
recording more probable the more negative it is, for ever: the bins *separate* the spikes from the silence.
A direction in which no bin gets less probable proves it. A ridge ends it.

Source: L. Paninski (2004), Network: Computation in Neural Systems 15, 243–262; separation: A. Albert and
J. A. Anderson (1984), Biometrika 71, 1–10.
"""

from statistics import NormalDist
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.array_rules import Floats
from snnlab.checks import checked, finite_array, fraction, non_negative, positive
from snnlab.probability.derivatives import Derivatives, derivatives
from snnlab.probability.links import Link, counts_of, link_code, log_factorials, potential_of_rate

__all__ = ["GLMFit", "confidence_intervals", "filter_errors", "fit_glm", "glm_potential"]

_DEPENDENT = 1e-12  # of the largest: an eigenvalue of columns that differ by rounding alone
_MOST_STEPS = 100


def _known(_: str, link: Link) -> Link:
    link_code(link)
    return link


class GLMFit(NamedTuple):
    """A fitted GLM neuron: its weights, and how sure they are.

    Examples
    --------
    >>> fit = GLMFit(0.0, np.array([1.0]), np.diag([0.04, 0.01]), -3.0, "logistic", 0.0, 5)
    >>> print(fit.standard_errors)
    [0.2 0.1]
    """

    intercept: float
    """The potential while nothing is heard."""
    weights: Annotated[np.ndarray, Floats("(features,)")]
    """One for each column of the design matrix, shape (features,)."""
    covariance: Annotated[np.ndarray, Floats("(1 + features, 1 + features)")]
    """Of intercept and weights, the intercept first, shape (1 + features, 1 + features). With a ridge it is
    what a Gaussian prior leaves open: wider than the spread of repeated estimates, and around a value drawn
    towards 0."""
    log_likelihood: float
    """Of the bins that were fitted, without the ridge, nats."""
    link: Annotated[Link, _known]
    """What makes a probability of the potential."""
    ridge: float
    """The penalty λ."""
    steps: int
    """Steps that Newton's method took."""

    @property
    def standard_errors(self) -> np.ndarray:
        """Shape (1 + features,): the intercept first, those of the weights are ``[1:]``."""
        return np.sqrt(np.diag(self.covariance))


def check_fit(fit: GLMFit) -> GLMFit:
    """`fit` with every field valid, and one row of the covariance for the intercept and each weight."""
    fit = checked("fit", fit, GLMFit)
    n = 1 + fit.weights.size
    if fit.covariance.shape != (n, n):
        raise ValueError(f"covariance must have shape {(n, n)}, got {fit.covariance.shape}")
    scale = np.abs(fit.covariance).max()
    if not np.allclose(fit.covariance, fit.covariance.T, rtol=0.0, atol=1e-9 * scale):
        raise ValueError("covariance must be symmetric, and is not")
    if np.diag(fit.covariance).min() < 0:
        raise ValueError(f"covariance must have no variance below 0, got {np.diag(fit.covariance).min():g}")
    return fit


def fit_glm(
    x: ArrayLike, y: ArrayLike, link: Link = "logistic", ridge: float = 0.0, tolerance: float = 1e-10
) -> GLMFit:
    """The intercept and the weights under which the counts are most probable.

    Parameters
    ----------
    x : array of shape (bins, features)
        Design matrix without a constant column: what the neuron hears in each bin.
    y : array of shape (bins,)
        What it fired: 0 or 1, or with the exponential link a count.
    link
        What makes a probability of the potential: ``exponential`` is statsmodels' Poisson with log link,
        ``logistic`` its Binomial with logit. nemos' default is ``exponential``.
    ridge : float
        Penalty: λ/2 times the sum of squared weights for each bin. It is nemos' `regularizer_strength`, and
        1/(bins · C) of scikit-learn. Columns are not rescaled, and its pull does not fade in longer
        recordings.
    tolerance : float
        Nats that the last step may promise.

    Raises
    ------
    ValueError
        If there is no single best set of weights: columns depend on each other, or they separate the spikes
        from the silence. With a `ridge` above 0 there always is one. Columns count from 0; `Design.parts`
        says whose they are.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = rng.normal(size=(20_000, 1))
    >>> y = rng.random(20_000) < 1 / (1 + np.exp(2 - x[:, 0]))
    >>> fit = fit_glm(x, y)
    >>> print(f"{fit.intercept:.2f}, {fit.weights[0]:.2f} ± {fit.standard_errors[1]:.2f}")
    -2.01, 1.00 ± 0.02
    """
    code, columns = link_code(link), _with_constant(x)
    y = counts_of(y, code)
    if y.size != len(columns):
        raise ValueError(f"y must have one value for each row of x ({len(columns)}), got {y.size}")
    ridge, tolerance = non_negative("ridge", ridge), positive("tolerance", tolerance)
    if not y.any():
        raise ValueError("y must hold a spike, got none: without one no rate is low enough")
    if code < 2 and y.all():
        raise ValueError("y must hold a bin without a spike, got none")
    penalty = np.full(columns.shape[1], ridge * y.size)
    penalty[0] = 0.0
    w = np.zeros(columns.shape[1])
    w[0] = potential_of_rate(float(y.mean()), link)
    w, found, steps = _climb(columns, y, code, w, penalty, tolerance)
    inverse = np.linalg.inv(np.diag(penalty) - found.hessian)
    covariance = (inverse + inverse.T) / 2  # rounding leaves it a little askew
    value = found.value - log_factorials(y)
    return GLMFit(float(w[0]), w[1:], covariance, value, link, ridge, steps)


def glm_potential(x: ArrayLike, fit: GLMFit) -> np.ndarray:
    """The potential of each bin, for the rows of any design matrix of the same columns.

    Parameters
    ----------
    x : array of shape (bins, features)
        Design matrix without a constant column.
    fit
        From `fit_glm`.

    Returns
    -------
    array of shape (bins,)

    Examples
    --------
    >>> fit = fit_glm([[0.0], [0.0], [1.0], [1.0], [1.0]], [0, 1, 1, 0, 1])
    >>> print(glm_potential([[0.0], [1.0]], fit).round(3))  # spikes in one of two bins, in two of three
    [0.    0.693]
    """
    x, fit = finite_array("x", x, (2,), "(bins, features)"), check_fit(fit)
    if x.shape[1] != fit.weights.size:
        raise ValueError(f"x must have {fit.weights.size} columns, got {x.shape[1]}")
    return fit.intercept + x @ fit.weights


def confidence_intervals(fit: GLMFit, level: float = 0.95) -> np.ndarray:
    """Intervals that hold the true value in a share `level` of recordings, from the curvature at the maximum.

    Parameters
    ----------
    fit
        From `fit_glm`, without a ridge: with one they would lie around a value drawn towards 0, and might
        never hold the true one. What a ridge leaves open is in ``fit.standard_errors``.
    level : float
        Between 0 and 1.

    Returns
    -------
    array of shape (1 + features, 2)
        Lower and upper end; the intercept comes first.

    Examples
    --------
    >>> fit = fit_glm([[0.0], [0.0], [1.0], [1.0], [1.0]], [0, 1, 1, 0, 1])
    >>> print(confidence_intervals(fit).round(1))  # five bins say next to nothing
    [[-2.8  2.8]
     [-3.   4.4]]
    """
    level, fit = fraction("level", level), check_fit(fit)
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1 and be neither, got {level:g}")
    if fit.ridge > 0:
        raise ValueError(
            "fit must have no ridge, which draws weights towards 0 and intervals away from the true ones, "
            f"got {fit.ridge:g}: see fit.standard_errors"
        )
    centre = np.concatenate([[fit.intercept], fit.weights])
    half = NormalDist().inv_cdf(0.5 + level / 2) * fit.standard_errors
    return np.stack([centre - half, centre + half], axis=1)


def filter_errors(basis: ArrayLike, fit: GLMFit, part: slice) -> np.ndarray:
    """Standard error of a fitted filter at each lag: weights of bumps that overlap err together.

    Parameters
    ----------
    basis : array of shape (lags, n)
        The filter's basis, as for `snnlab.probability.filter_of`.
    fit
        From `fit_glm`.
    part
        Its columns of the design matrix, from `snnlab.probability.Design.parts`.

    Returns
    -------
    array of shape (lags,)

    Examples
    --------
    >>> covariance = np.array([[0.04, 0.0, 0.0], [0.0, 0.01, -0.005], [0.0, -0.005, 0.01]])
    >>> fit = GLMFit(0.0, np.zeros(2), covariance, -3.0, "logistic", 0.0, 5)
    >>> print(filter_errors([[1.0, 0.0], [1.0, 1.0]], fit, slice(0, 2)))
    [0.1 0.1]
    """
    basis = finite_array("basis", basis, (2,), "(lags, n)")
    fit = check_fit(fit)
    inside = fit.covariance[1:, 1:][part, part]
    if len(inside) != basis.shape[1]:
        raise ValueError(
            f"part must hold as many weights as the basis has columns ({basis.shape[1]}), got {len(inside)}"
        )
    variance = np.einsum("lj,jk,lk->l", basis, inside, basis)
    if variance.min(initial=0.0) < -1e-9 * np.abs(inside).max(initial=0.0) * (basis**2).max(initial=0.0):
        raise ValueError(f"covariance must be that of some weights, got a variance of {variance.min():g}")
    return np.sqrt(np.maximum(variance, 0.0))


def _with_constant(x: ArrayLike) -> np.ndarray:
    """The design matrix with a column of ones in front."""
    x = finite_array("x", x, (2,), "(bins, features)")
    return np.hstack([np.ones((len(x), 1)), x])


def _climb(
    x: np.ndarray, y: np.ndarray, code: int, w: np.ndarray, penalty: np.ndarray, tolerance: float
) -> tuple[np.ndarray, Derivatives, int]:
    """Newton's method from `w`: the weights at the top, what was found there, and the steps it took."""
    now = derivatives(x, y, code, w)
    _be_independent(np.diag(penalty) - now.hessian)
    scale = 1.0 / np.sqrt(np.maximum(np.diag(-now.hessian), np.finfo(float).tiny))  # units of the weights
    for steps in range(1, _MOST_STEPS + 1):
        gradient, a = now.gradient - penalty * w, np.diag(penalty) - now.hessian
        step = _solved(a, gradient)
        if not penalty.any():
            _not_separated(x, y, code, step)
        promised = gradient @ step / 2
        height = now.value - penalty @ w**2 / 2
        for _ in range(60):  # a parabola may promise too much: go half as far until it is uphill
            later = derivatives(x, y, code, w + step)
            if later.value - penalty @ (w + step) ** 2 / 2 >= height - 1e-12 * abs(height):
                break
            step = step / 2
        w, now = w + step, later
        if promised <= tolerance:
            if not penalty.any():  # steps may be short although the likelihood rises for ever: ask the next
                # one, and where it bends least; rounding may spoil either
                flat = scale * np.linalg.eigh(-now.hessian * scale * scale[:, None])[1][:, 0]
                for way in (_solved(-now.hessian, now.gradient), flat, -flat):
                    _not_separated(x, y, code, way / max(np.abs(x @ way).max(), np.finfo(float).tiny))
            return w, now, steps
    raise ValueError(f"x must allow a maximum within {_MOST_STEPS} steps, got none: give a ridge above 0")


def _solved(a: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    """The solution of a · step = gradient, in units in which each weight bends the likelihood alike."""
    scale = 1.0 / np.sqrt(np.maximum(np.diag(a), np.finfo(float).tiny))
    scaled = _finite(a * scale * scale[:, None])
    return scale * np.linalg.lstsq(scaled, scale * gradient, rcond=1e-15)[0]


def _finite(a: np.ndarray) -> np.ndarray:
    """`a`, if it is finite: with any other matrix LAPACK may never end."""
    if not np.isfinite(a).all():
        raise ValueError("x and ridge must be so small that squares of x, and ridge times these, are finite")
    return a


def _be_independent(a: np.ndarray) -> None:
    """Refuse columns of which one is a sum of others, or is always 0."""
    size = np.sqrt(np.diag(a))
    if (size == 0).any():
        raise ValueError(
            f"column {int(np.argmin(size)) - 1} of x must differ from 0 somewhere (or give a ridge)"
        )
    values, vectors = np.linalg.eigh(_finite(a / size / size[:, None]))
    if values[0] < _DEPENDENT * values[-1]:
        shares = np.abs(vectors[:, 0] / size)
        joined = [int(k) - 1 for k in np.flatnonzero(shares > 1e-6 * shares.max())]
        named = " and ".join("the constant" if k < 0 else f"column {k}" for k in joined[:4])
        raise ValueError(f"columns of x must not be sums of each other, got {named} (or give a ridge)")


def _not_separated(x: np.ndarray, y: np.ndarray, code: int, step: np.ndarray) -> None:
    """Refuse a direction in which no bin gets less probable: the likelihood rises for ever along it."""
    moved = x @ step
    most = np.abs(moved).max()
    if most < 0.5:  # steps that separate downwards lead a unit further each time; others get small
        return
    wrong = np.where(y > 0, -moved if code < 2 else np.abs(moved), moved)
    if wrong.max() <= 1e-7 * most:
        far = np.abs(moved) > most / 2
        named = " and ".join(f"column {k}" for k in _leading(step[1:] * np.abs(x[:, 1:]).max(axis=0)))
        raise ValueError(
            f"x must not separate spikes from silence, got {int(far.sum())} bins that {named} sets apart: "
            "the likelihood grows for ever with that weight, so give a ridge above 0 "
            "(or look for a value of x far outside). Columns count from 0; Design.parts says whose they are"
        )


def _leading(sizes: np.ndarray) -> list[int]:
    """The columns, at most three, that a direction is mostly made of."""
    order = np.argsort(-np.abs(sizes), kind="stable")[:3]
    return [int(k) for k in order if abs(sizes[k]) > 0.1 * np.abs(sizes[order[0]])]
