r"""How far a bump has gone, and what took it there.

Where nothing holds a bump, chance moves it as it moves a grain of dust: it *diffuses*. The mean square of its
displacement over a time $t$ grows in proportion to that time,

$$ \left\langle \left(\varphi(t_0 + t) - \varphi(t_0)\right)^2 \right\rangle = 2 D\, t + c $$

with the *diffusion coefficient* $D$. The constant $c$ is no movement: it is the error with which the few
spikes of a window say where the bump is. If something pulls the bump, it *drifts*, and the square grows as
$t^2$.

$D$ falls as $1/N$ with the number of neurons, each of which brings chance of its own.

Source: A. Compte, N. Brunel, P. S. Goldman-Rakic and X.-J. Wang (2000), Cerebral Cortex 10, 910–923, for the
diffusion; A. Seeholzer, M. Deger and W. Gerstner (2019), PLoS Computational Biology 15, e1006928, for both.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive, whole
from snnlab.networks.experiments.bump import WINDOW

__all__ = ["diffusion", "squared_displacement"]


def squared_displacement(centre: ArrayLike, most: int) -> np.ndarray:
    """The mean square of how far a bump is from where it was 1, 2, … windows before.

    Parameters
    ----------
    centre : array of shape (windows,) or (repetitions, windows)
        Where it is in each window, degrees, as `bump` gives it.
    most : int
        The largest of these numbers of windows.

    Returns
    -------
    array of shape (most,)
        Square degrees, a mean over all starts and repetitions; NaN if a bump is not there all the time.

    Examples
    --------
    >>> print(squared_displacement([0.0, 1.0, 2.0, 3.0], 2))
    [1. 4.]
    """
    lines, most = _lines(centre), whole("most", most, 1)
    if most >= lines.shape[1]:
        raise ValueError(f"most must be below the number of windows ({lines.shape[1]}), got {most}")
    return np.array([np.mean((lines[:, k:] - lines[:, :-k]) ** 2) for k in range(1, most + 1)])


def diffusion(centre: ArrayLike, within: float = 1000.0, window: float = WINDOW) -> float:
    """The diffusion coefficient of a bump: half the slope of its squared displacement.

    Parameters
    ----------
    centre : array of shape (windows,) or (repetitions, windows)
        Where it is in each window, degrees.
    within : float
        The longest time over which displacements are taken, ms.
    window : float
        How long a window is, ms.

    Returns
    -------
    float
        Square degrees a second, from the line through all times; NaN if a bump is not there all the time.

    Examples
    --------
    >>> steps = np.random.default_rng(1).normal(0.0, 1.0, (200, 100))  # 1 square degree in 50 ms: 2 D t
    >>> print(f"{diffusion(steps.cumsum(axis=1)):.0f} square degrees a second")
    10 square degrees a second
    """
    window, longest = positive("window", window), positive("within", within)
    most = int(longest / window + 1e-9)
    if most < 2:
        raise ValueError(f"within must be at least two windows ({2 * window:g} ms), got {longest:g}")
    squares = squared_displacement(centre, most)
    if np.isnan(squares).any():
        return float("nan")
    seconds = window / 1000.0 * np.arange(1, most + 1)
    return float(np.polyfit(seconds, squares, 1)[0] / 2.0)


def _lines(centre: ArrayLike) -> np.ndarray:
    """One line a repetition; what is not a number says that there is no bump."""
    lines = np.asarray(centre, float)
    if lines.ndim not in (1, 2):
        raise ValueError(f"centre must have shape (windows,) or (repetitions, windows), got {lines.shape}")
    return np.atleast_2d(lines)
