r"""A picture out of a few others: the spiking LCA for a while, and the coefficients it is on the way to.

The network is that of `snnlab.loihi.applications.lca`. Its coefficients are set beside those of coordinate
descent, which goes through the columns again and again and moves each $a_i$ to where the loss is smallest,

$$ a_i \leftarrow \max\Bigl(b_i - \lambda - \sum_{j \ne i} G_{ij}\, a_j,\; 0\Bigr) $$

Source: J. Friedman, T. Hastie and R. Tibshirani (2010), Journal of Statistical Software 33(1).
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import whole
from snnlab.compiling import kernel
from snnlab.data import load_digits
from snnlab.loihi.applications.lca import INTEGRATOR, check_problem, drive_bias, lca_connections
from snnlab.loihi.conventions import BRIAN2_LOIHI
from snnlab.loihi.networks.recurrent import Numbers, at_rest, network_step, sorted_events
from snnlab.loihi.neuron.compartments import registers
from snnlab.networks.running.events import Events
from snnlab.records import blank, read

__all__ = ["SparsePicture", "digit_columns", "digit_signals", "sparse_picture"]

SWEEPS = 200  # of coordinate descent
NUMBERS = Numbers(*map(int, registers(INTEGRATOR, BRIAN2_LOIHI)))


class SparsePicture(NamedTuple):
    """What the spikes made of a picture.

    Examples
    --------
    >>> seen = sparse_picture(np.eye(4), [1.0, 0.5, 0.1, 0.0], 0.2)
    >>> print(seen.coded.round(1), seen.firing)
    [0.8 0.3 0.  0. ] 2
    """

    coded: np.ndarray
    """The coefficients, from the spikes of the second half of the run, shape (columns,)."""
    exact: np.ndarray
    """Those of coordinate descent."""
    left: np.ndarray
    """How each column is correlated with what the spikes leave of the picture. At the optimum that is `lam`
    for the columns that fire, and not more for the others."""
    pictures: np.ndarray
    """The picture and, beyond a column of NaN, what the spikes make of the columns, the first row at the
    bottom; shape (side, 2 · side + 1)."""
    gap: float
    """By how many per cent the loss of the spikes is above the smallest; NaN without a picture."""
    firing: int
    """Compartments that fired in the second half."""
    spikes: int
    """All spikes."""


def sparse_picture(
    dictionary: ArrayLike, x: ArrayLike, lam: float, steps: int = 6000, *, period: int = 64
) -> SparsePicture:
    """Let compartments compete until a few of them explain a picture.

    Parameters
    ----------
    dictionary : array of shape (side², columns)
        Pictures as columns of length 1.
    x : array of shape (side²,)
        The picture that is to be explained, row by row from the top.
    lam, steps, period
        As in `spiking_lasso`.

    Returns
    -------
    SparsePicture

    Examples
    --------
    >>> seen = sparse_picture(digit_columns(), digit_signals()[:, 3], lam=0.1)
    >>> print(f"{seen.firing} of 40 fire, loss {seen.gap:.2f} % above the smallest")
    5 of 40 fire, loss 0.06 % above the smallest
    """
    phi, signal, lam, steps, period = check_problem(dictionary, x, lam, steps, period)
    side = math.isqrt(signal.size)
    if side * side != signal.size:
        raise ValueError(f"x must be a square picture, got {signal.size} pixels")
    n = phi.shape[1]
    seen = recorded(side, n)
    run_picture(
        seen, *laid_out(phi), signal[:, None], at_rest(n), np.zeros(n), NUMBERS, 1.0, lam, float(steps),
        float(period),
    )  # fmt: skip
    return read(seen)


def digit_columns(each: int = 4) -> np.ndarray:
    """The first small images of each digit as columns of length 1, sorted by digit.

    Parameters
    ----------
    each : int
        Images of each digit.

    Returns
    -------
    array of shape (64, 10 · each)

    Examples
    --------
    >>> digit_columns().shape
    (64, 40)
    """
    digits, each = load_digits(), whole("each", each, 1)
    chosen = np.concatenate([np.flatnonzero(digits.y_train == c)[:each] for c in range(10)])
    return _unit(digits.x_train[chosen])


def digit_signals(n: int = 10) -> np.ndarray:
    """The first images of the test, as `digit_columns`.

    Parameters
    ----------
    n : int
        How many.

    Returns
    -------
    array of shape (64, n)

    Examples
    --------
    >>> digit_signals().shape
    (64, 10)
    """
    return _unit(load_digits().x_test[: whole("n", n, 1)])


def _unit(images: np.ndarray) -> np.ndarray:
    """Images as columns of length 1."""
    columns = images.reshape(len(images), -1).T.astype(float)
    return np.ascontiguousarray(columns / np.linalg.norm(columns, axis=0))


def laid_out(phi: np.ndarray) -> tuple[np.ndarray, ...]:
    """A dictionary as the kernel takes it: its columns, their products, and the synapses."""
    events = sorted_events([lca_connections(phi)], phi.shape[1])
    return np.ascontiguousarray(phi), np.ascontiguousarray(phi.T @ phi), *events


def recorded(side: int, n: int) -> SparsePicture:
    """A blank record."""
    return blank(SparsePicture, coded=n, exact=n, left=n, pictures=(side, 2 * side + 1))


@kernel
def run_picture(
    seen, phi, gram, begin, post, w, late, signals, state, drive, numbers, which, lam, steps, period
):
    """The network under one of the signals, its coefficients and those of coordinate descent."""
    size, n = phi.shape
    x, end, events = signals[:, int(which) - 1], int(steps), Events(begin, post, w, late)
    for i in range(n):
        for k in range(size):
            drive[i] += phi[k, i] * x[k]
    exponent, unit = drive_bias(drive, lam, period, state.b)
    for i in range(n):
        state.b[i] <<= exponent
    for t in range(end):
        network_step(t, state, events, 0, numbers)
        for i in range(n):
            if state.fired[i]:
                seen.spikes[0] += 1
                seen.coded[i] += t >= end // 2
    for i in range(n):
        seen.firing[0] += seen.coded[i] > 0
        seen.coded[i] = seen.coded[i] * period * unit / (end - end // 2)
    _descend(gram, drive, lam, seen.exact)
    for i in range(n):
        seen.left[i] = drive[i]
        for j in range(n):
            seen.left[i] -= gram[i, j] * seen.coded[j]
    side = seen.pictures.shape[0]
    for k in range(size):
        row, column = side - 1 - k // side, k % side
        seen.pictures[row, column], seen.pictures[row, side] = x[k], math.nan
        for i in range(n):
            seen.pictures[row, side + 1 + column] += phi[k, i] * seen.coded[i]
    seen.gap[0] = 100.0 * (_loss(phi, x, lam, seen.coded) / _loss(phi, x, lam, seen.exact) - 1.0)


@kernel
def _descend(gram, drive, lam, a):
    """Coordinate descent: one coefficient after the other goes where the loss is smallest."""
    for _ in range(SWEEPS):
        for i in range(drive.size):
            left = drive[i] - lam
            for j in range(drive.size):
                left -= gram[i, j] * a[j] if j != i else 0.0
            a[i] = max(left, 0.0)


@kernel
def _loss(phi, x, lam, a):
    """½ |x − Φa|² + λ Σ a, where no coefficient is negative."""
    loss = lam * a.sum()
    for k in range(x.size):
        left = x[k]
        for i in range(a.size):
            left -= phi[k, i] * a[i]
        loss += 0.5 * left * left
    return loss
