r"""Raised cosines in logarithmic time: a filter from a few bumps, narrow soon and wide late.

A filter with a free weight for every lag has too many weights, and follows every accident. Bumps that grow
wider with the lag need few, and are sharp where the past is near. With $c_j$ the centres, evenly spaced
by $\Delta$ in the logarithm of the lag,

$$ b_j(\ell) = \frac{1}{2} + \frac{1}{2}
\cos\left(\frac{\pi}{2 \Delta}\left(\ln(\ell + \ell_0) - c_j\right)\right) $$

within two spacings of its centre, and 0 beyond. The offset $\ell_0$ says from which lag on time is stretched.
Each bump reaches its neighbours' peaks at half its height, and four that overlap add up to 2 from the second
peak to the last but one.

Source: J. W. Pillow, J. Shlens, L. Paninski, A. Sher, A. M. Litke, E. J. Chichilnisky and E. P. Simoncelli
(2008), Nature 454, 995–999, methods.
"""

import math

import numpy as np

from snnlab.checks import as_real, non_negative, positive, whole

__all__ = ["raised_cosines"]

_MOST = 1_000_000  # lags of a filter


def raised_cosines(n: int, first: float, last: float, dt: float = 1.0, offset: float = 1.0) -> np.ndarray:
    """A basis of `n` bumps whose peaks lie from `first` to `last`.

    Parameters
    ----------
    n : int
        Number of bumps, 2 at least.
    first, last : float
        Lag of the first and of the last peak, ms. The last bump ends at
        (last + offset) · ((last + offset) / (first + offset))^(2 / (n − 1)) − offset: 440 ms for ``n = 3``,
        ``first = 0``, ``last = 20``.
    dt : float
        Length of a bin, ms: that of `design_matrix`.
    offset : float
        Lag from which on bumps grow wider, ms: much smaller, and they do from the start; much larger, and all
        have nearly the same width.

    Returns
    -------
    array of shape (lags, n)
        Row ``k`` is the lag of ``k`` bins. It ends where the last bump does.

    Examples
    --------
    >>> print(raised_cosines(3, first=0, last=20).argmax(axis=0))
    [ 0  4 20]
    """
    n, dt, offset = whole("n", n, least=2), positive("dt", dt), positive("offset", offset)
    first, last = non_negative("first", first), as_real("last", last)
    if not last > first:
        raise ValueError(f"last must be above first ({first:g} ms), got {last:g}")
    centres = np.linspace(math.log(first + offset), math.log(last + offset), n)
    spacing = (centres[-1] - centres[0]) / (n - 1)
    log_end = centres[-1] + 2 * spacing
    lags = (math.exp(log_end) - offset) / dt if log_end < 700 else math.inf
    if lags > _MOST:
        raise ValueError(f"the last bump must end within {_MOST} bins, got {lags:g}: take a larger n or dt")
    at = np.log(np.arange(max(1, math.ceil(lags))) * dt + offset)[:, None] - centres
    return 0.5 + 0.5 * np.cos(np.clip(at * (math.pi / (2 * spacing)), -math.pi, math.pi))
