"""How near the spikes come to the smallest loss of LASSO, which coordinate descent finds in floats.

Coordinate descent is scikit-learn's, which comes with the course (the extra ``course`` of the package).

Source: J. Friedman, T. Hastie and R. Tibshirani (2010), Journal of Statistical Software 33(1).
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.loihi.applications.lca import coefficients_at, lasso_loss, spiking_lasso
from snnlab.loihi.fixed_point import whole_array
from snnlab.scikit_learn import scikit_learn

__all__ = ["coordinate_descent", "lasso_gaps"]


def coordinate_descent(dictionary: ArrayLike, x: ArrayLike, lam: float) -> np.ndarray:
    """The coefficients of zero or above with the smallest loss.

    Parameters
    ----------
    dictionary : array of shape (size, columns)
        The columns.
    x : array of shape (size,)
        The signal.
    lam : float
        λ, what a coefficient costs; above 0.

    Returns
    -------
    array of shape (columns,)

    Examples
    --------
    >>> print(coordinate_descent(np.eye(3), [1.0, 0.5, 0.1], 0.2).round(6))
    [0.8 0.3 0. ]
    """
    phi = finite_array("dictionary", dictionary, (2,), "(size, columns)")
    if not phi.size:
        raise ValueError(f"dictionary must hold one column at least, got shape {phi.shape}")
    signal = finite_array("x", x, (1,), f"({len(phi)},)")
    if signal.size != len(phi):
        raise ValueError(f"x must have shape ({len(phi)},), got {signal.shape}")
    alpha = positive("lam", lam) / signal.size  # scikit-learn divides the first term by the size
    model = scikit_learn("linear_model").Lasso(
        alpha, positive=True, fit_intercept=False, max_iter=100_000, tol=1e-9
    )
    return np.asarray(model.fit(phi, signal).coef_)


def lasso_gaps(
    dictionary: ArrayLike, x: ArrayLike, lam: float, ends: ArrayLike, *, period: int = 64
) -> np.ndarray:
    """By how many per cent the loss of the spikes is larger than the smallest one, after so many steps.

    Parameters
    ----------
    dictionary, x, lam, period
        As in `spiking_lasso`.
    ends : array of int
        After how many steps, each at least 1.

    Returns
    -------
    array of shape (ends,)

    Raises
    ------
    ValueError
        If there is no signal: the smallest loss is 0 then, of which there are no per cent.

    Examples
    --------
    >>> early, late = lasso_gaps(np.eye(3), [1.0, 0.5, 0.1], 0.2, [200, 20_000])
    >>> print(f"{early:.1f} % and {late:.3f} %")
    17.9 % and 0.002 %
    """
    steps = np.atleast_1d(whole_array("ends", ends, 1, 1 << 31))
    if steps.ndim != 1 or not steps.size:
        raise ValueError(f"ends must be one number of steps at least, got shape {steps.shape}")
    exact = lasso_loss(dictionary, x, coordinate_descent(dictionary, x, lam), lam)
    if exact == 0:
        raise ValueError("x must have an entry other than 0, got none")
    code = spiking_lasso(dictionary, x, lam, steps=max(2, int(steps.max())), period=period)
    found = [lasso_loss(dictionary, x, coefficients_at(code, int(end)), lam) for end in steps]
    return 100.0 * (np.array(found) / exact - 1.0)
