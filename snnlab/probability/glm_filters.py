"""What was fitted, as filters over time: each part of a design matrix, with its error at each lag."""

from typing import NamedTuple

import numpy as np

from snnlab.probability.design_matrix import Design, check_design
from snnlab.probability.glm_fit import GLMFit, check_fit, filter_errors

__all__ = ["FittedFilter", "filters_of"]


class FittedFilter(NamedTuple):
    """A filter, and how sure it is.

    Examples
    --------
    >>> after = FittedFilter(np.array([1.0, 2.0]), np.array([-3.0, 0.5]), np.array([1.0, 0.1]))
    >>> print(after.lag[abs(after.curve) > 2 * after.error])  # ms at which it differs from 0
    [1. 2.]
    """

    lag: np.ndarray
    """How long ago, ms, shape (lags,): from one bin for spikes, from 0 for a stimulus and what was added."""
    curve: np.ndarray
    """What it adds to the potential, shape (lags,); (lags, signals) where the stimulus has several."""
    error: np.ndarray
    """Standard error of `curve`, of the same shape; see `GLMFit.covariance` for what a ridge does to it."""


def filters_of(design: Design, fit: GLMFit) -> dict[str, FittedFilter]:
    """The fitted filter of each part that has a basis.

    Parameters
    ----------
    design
        From `design_matrix`.
    fit
        From `fit_glm`, of its ``x``.

    Returns
    -------
    dict
        The names are those of ``design.parts``: ``"stimulus"``, ``"self"``, ``"unit 3"``.

    Examples
    --------
    >>> from snnlab import Spikes
    >>> from snnlab.probability import design_matrix, fit_glm
    >>> design = design_matrix(Spikes(np.arange(2, 90, 3), duration=90), 1.0, self_basis=np.eye(3))
    >>> after = filters_of(design, fit_glm(design.x, design.y, ridge=0.01))["self"]
    >>> print(after.lag, after.curve.argmax())  # fires every 3 ms
    [1. 2. 3.] 2
    """
    design, fit = check_design(design), check_fit(fit)
    if fit.weights.size != design.x.shape[1]:
        raise ValueError(
            f"fit must have a weight for each of {design.x.shape[1]} columns of design, "
            f"got {fit.weights.size}"
        )
    return {name: _filter(design, fit, name) for name in design.parts if name in design.bases}


def _filter(design: Design, fit: GLMFit, name: str) -> FittedFilter:
    basis, part = design.bases[name], design.parts[name]
    n = basis.shape[1]
    one_each = [slice(start, start + n) for start in range(part.start, part.stop, n)]
    curves = np.stack([basis @ fit.weights[one] for one in one_each], axis=1)
    errors = np.stack([filter_errors(basis, fit, one) for one in one_each], axis=1)
    lag = design.dt * (np.arange(len(basis)) + (name == "self" or name.startswith("unit ")))
    if len(one_each) == 1:
        curves, errors = curves[:, 0], errors[:, 0]
    return FittedFilter(lag, curves, errors)
