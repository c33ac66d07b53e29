"""Which ridge predicts best what was not fitted: cross-validation over stretches of time.

The recording is cut into parts of equal length, one after the other: neighbouring bins are alike, and a part
made of every fifth bin would be known from the bins beside it. Each part is predicted by weights that were
fitted to the others, with each ridge. Where there are trials, a part is made of whole ones.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, whole
from snnlab.probability.glm_fit import fit_glm, glm_potential
from snnlab.probability.links import Link, counts_of, link_code
from snnlab.probability.scores import bits_per_spike
from snnlab.probability.time_rescaling import starts_of

__all__ = ["RidgeChoice", "choose_ridge"]


class RidgeChoice(NamedTuple):
    """What each ridge is worth on bins that it did not see.

    Examples
    --------
    >>> RidgeChoice(0.1, np.array([0.1, 1.0]), np.array([[0.5, 0.7], [0.2, 0.3]])).bits.mean(axis=1).round(2)
    array([0.6 , 0.25])
    """

    ridge: float
    """The one with the most bits per spike on average."""
    ridges: np.ndarray
    """All that were tried, shape (ridges,)."""
    bits: np.ndarray
    """Bits per spike of each part, shape (ridges, folds); NaN for a part without spikes. The best row was
    chosen by these parts: its mean is too high. Hold other bins back to report."""


def choose_ridge(
    x: ArrayLike,
    y: ArrayLike,
    ridges: Sequence[float],
    link: Link = "logistic",
    folds: int = 5,
    starts: ArrayLike | None = None,
) -> RidgeChoice:
    """Try each ridge on parts of the recording that its weights were not fitted to.

    Parameters
    ----------
    x, y, link
        As for `fit_glm`.
    ridges : sequence of float
        Penalties to try; above 0 where columns ask for bins of the refractory time. For spikes in bins of
        1 ms take powers of ten from 1e-8 to 1e-4. If the first or the last wins, try further.
    folds : int
        Into how many parts of equal length, one after the other, the bins are cut; at least 2, and at
        most as many as there are trials, if there are several.
    starts : array of shape (trials,), optional
        Bins in which trials begin, such as ``starts`` of `Design`: no trial is cut then, and a part has as
        many trials as the others, or one less. If left out, or with one trial, bins are cut anywhere.

    Examples
    --------
    >>> from snnlab.data import load_grasshopper
    >>> from snnlab.probability import design_matrix, raised_cosines
    >>> design = design_matrix(load_grasshopper().spikes, 1.0, self_basis=raised_cosines(8, first=0, last=40))
    >>> choose_ridge(design.x, design.y, [1e-8, 1e-7, 1e-6, 1e-5, 1e-4]).ridge  # the last wins: further
    0.0001
    >>> choose_ridge(design.x, design.y, [1e-5, 1e-4, 1e-3]).ridge
    0.0001
    """
    x, y = finite_array("x", x, (2,), "(bins, features)"), counts_of(y, link_code(link))
    tried, folds = finite_array("ridges", ridges, (1,), "(ridges,)"), whole("folds", folds, least=2)
    if not tried.size:
        raise ValueError("ridges must hold one value at least, got none")
    if folds > y.size // 2:
        raise ValueError(f"folds must leave two bins or more in each part, got {folds}")
    if y.size != len(x):
        raise ValueError(f"y must have one value for each row of x ({len(x)}), got {y.size}")
    parts = held_out_parts(y.size, folds, (0,) if starts is None else starts)
    bits = np.empty((tried.size, folds))
    for part, held in enumerate(parts):
        rest = np.delete(np.arange(y.size), held)
        if y.any() and not y[rest].any():
            raise ValueError(
                f"y must hold a spike outside part {part} of the {folds} too, got none: take other folds"
            )
        for k, ridge in enumerate(tried):
            fit = fit_glm(x[rest], y[rest], link, ridge)
            u = glm_potential(x[held], fit)
            bits[k, part] = bits_per_spike(u, y[held], link, constant=float(y[rest].mean()))
    shown = ~np.isnan(bits).all(axis=0)
    if not shown.any():
        raise ValueError(f"y must hold spikes in one of the {folds} parts at least, got none")
    return RidgeChoice(float(tried[np.argmax(bits[:, shown].mean(axis=1))]), tried, bits)


def held_out_parts(bins: int, folds: int, starts: ArrayLike = (0,), blocks: int = 1) -> list[np.ndarray]:
    """The bins of each part: `blocks` stretches of equal length, or whole trials if there are several."""
    first = starts_of(starts, bins)
    if first.size < 2:
        pieces = np.array_split(np.arange(bins), folds * blocks)
        return [np.concatenate(pieces[part::folds]) for part in range(folds)]
    if folds > first.size:
        raise ValueError(f"folds must not be more than there are trials ({first.size}), got {folds}")
    borders = [trials[0] for trials in np.array_split(first, folds)]
    return np.split(np.arange(bins), borders[1:])
