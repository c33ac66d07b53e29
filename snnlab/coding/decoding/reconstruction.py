r"""Reading a stimulus out of spikes: put a kernel at every spike, and add.

With $n_j(t)$ the spikes of neuron $j$ in a step, the guess is

$$ \hat s(t) = s_0 + \sum_j \sum_\ell k_j(\ell)\, n_j(t - \ell) $$

The lag $\ell$ is the time of the stimulus minus that of the spike: a stimulus comes before the spikes that it
makes, so what they tell about it stands at negative lags. The kernel with the least mean square error solves
linear equations, after which nothing is left in the error that spikes at one of these lags could explain:

$$ \sum_t \left(s(t) - \hat s(t)\right) n_j(t - \ell) = 0 \quad \text{for every } j, \ell $$

A ridge, added to the diagonal of these equations, keeps a kernel small where the data say little.

Source: W. Bialek, F. Rieke, R. R. de Ruyter van Steveninck and D. Warland (1991), Science 252, 1854–1857.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.array_rules import Floats
from snnlab.checks import Positive, as_real, checked, finite_array, non_negative, positive, whole
from snnlab.checks_of_spikes import be_spikes
from snnlab.spikes import Spikes

__all__ = ["CrossValidated", "Decoder", "cross_validate", "fit_decoder", "reconstruct"]

_MOST_RIDGE = 1e100  # times the diagonal it stays finite, and so do squares of that


class Decoder(NamedTuple):
    """A kernel for each neuron, and what is guessed without spikes.

    Examples
    --------
    >>> decoder = Decoder(np.array([-1.0, 0.0]), np.array([[2.0], [0.5]]), 1.0, 1.0)
    >>> print(reconstruct(Spikes([2.5], duration=4), decoder))
    [1.  3.  1.5 1. ]
    """

    lag: Annotated[np.ndarray, Floats("(lags,)")]
    """Time of the stimulus minus that of the spike, ms, shape (lags,)."""
    kernel: Annotated[np.ndarray, Floats("(lags, n_units)")]
    """What a spike adds to the guess at that lag, in the unit of the stimulus, shape (lags, n_units)."""
    offset: float
    """The guess while nothing fires."""
    dt: Positive
    """Length of a step, ms."""


class CrossValidated(NamedTuple):
    """A stimulus guessed by kernels that never saw the part they guess.

    Examples
    --------
    >>> print(CrossValidated(np.zeros(2), np.array([0.5, 0.75])).correlation.mean())
    0.625
    """

    estimate: np.ndarray
    """The guess, shape (steps,)."""
    correlation: np.ndarray
    """Correlation of guess and stimulus in each part, shape (folds,); NaN where one of them is constant."""


def fit_decoder(
    spikes: Spikes, stimulus: ArrayLike, dt: float, first: float, last: float, ridge: float = 0.0
) -> Decoder:
    """The kernel that reads `stimulus` from `spikes` with the least mean square error.

    Parameters
    ----------
    spikes
        Trains of one or more units, as long as the stimulus.
    stimulus : array of shape (steps,)
        Its value in each step.
    dt : float
        Length of a step, ms.
    first, last : float
        The lags at the ends of the kernel, ms, in whole steps. ``-30`` and ``30``: a spike tells about 30 ms
        on both sides of it. With ``last=0`` it tells about the past alone.
    ridge : float
        Penalty on the squares of the kernel, as a share of the mean diagonal of the equations.

    Examples
    --------
    >>> stimulus = np.array([0.0, 1.0, 0.0, 0.0, 1.0, 0.0])
    >>> decoder = fit_decoder(Spikes([2.5, 5.5], duration=6), stimulus, dt=1, first=-1, last=0)
    >>> print(abs(decoder.kernel.ravel().round(9)))
    [1. 0.]
    """
    counts, stimulus, lags, dt = _checked(spikes, stimulus, dt, first, last)
    columns = _lagged(counts, lags)
    return solve_decoder(*_equations(columns, stimulus), lags, dt, _ridge(ridge))


def reconstruct(spikes: Spikes, decoder: Decoder) -> np.ndarray:
    """The stimulus that `decoder` reads from `spikes`.

    Parameters
    ----------
    spikes
        Trains of as many units as the decoder was made for.
    decoder
        From `fit_decoder`.

    Returns
    -------
    array of shape (steps,)
        The guess in each step of ``decoder.dt``; spikes before the start and after the end are not known.

    Examples
    --------
    >>> decoder = Decoder(np.array([-2.0]), np.array([[1.0]]), 0.0, 1.0)
    >>> print(reconstruct(Spikes([3.5], duration=5), decoder))
    [0. 1. 0. 0. 0.]
    """
    be_spikes("spikes", spikes)
    decoder = checked("decoder", decoder, Decoder)
    if spikes.n_units != decoder.kernel.shape[1]:
        raise ValueError(f"spikes must have {decoder.kernel.shape[1]} units, got {spikes.n_units}")
    lags = np.round(decoder.lag / decoder.dt)
    columns = _lagged(spikes.counts(decoder.dt).astype(np.float64), lags)
    return columns @ np.concatenate([[decoder.offset], decoder.kernel.ravel()])


def cross_validate(
    spikes: Spikes,
    stimulus: ArrayLike,
    dt: float,
    first: float,
    last: float,
    ridge: float = 0.0,
    folds: int = 5,
) -> CrossValidated:
    """Guess each part of a stimulus with a kernel that was fitted to the other parts.

    Parameters
    ----------
    spikes, stimulus, dt, first, last, ridge
        As for `fit_decoder`.
    folds : int
        Into how many parts of equal length, one after the other, the time is cut; at least 2.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> stimulus = rng.normal(size=2000)
    >>> spikes = Spikes(np.flatnonzero(stimulus > 1) + 0.5, duration=2000)
    >>> found = cross_validate(spikes, stimulus, dt=1, first=-2, last=2)
    >>> print(f"{found.correlation.mean():.2f}")
    0.65
    """
    counts, stimulus, lags, dt = _checked(spikes, stimulus, dt, first, last)
    ridge, folds = _ridge(ridge), whole("folds", folds, least=2)
    if folds > stimulus.size // 2:
        raise ValueError(f"folds must leave two steps or more in each part, got {folds}")
    columns, estimate = _lagged(counts, lags), np.empty(stimulus.size)
    parts = [slice(a[0], a[-1] + 1) for a in np.array_split(np.arange(stimulus.size), folds)]
    alone = [_equations(columns[part], stimulus[part]) for part in parts]
    every = [sum(sides) for sides in zip(*alone, strict=True)]
    for part, own in zip(parts, alone, strict=True):
        matrix, right = (all_sides - side for all_sides, side in zip(every, own, strict=True))
        decoder = solve_decoder(matrix, right, lags, dt, ridge)
        estimate[part] = columns[part] @ np.concatenate([[decoder.offset], decoder.kernel.ravel()])
    return CrossValidated(estimate, np.array([_correlation(estimate[p], stimulus[p]) for p in parts]))


def _checked(
    spikes: Spikes, stimulus: ArrayLike, dt: float, first: float, last: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Counts of shape (steps, n_units), the stimulus, the lags in steps, and the length of a step."""
    be_spikes("spikes", spikes)
    values, dt = finite_array("stimulus", stimulus, (1,), "(steps,)"), positive("dt", dt)
    counts = spikes.counts(dt)
    if counts.shape[0] != values.size:
        raise ValueError(
            f"stimulus must have one value a step ({counts.shape[0]} of {dt:g} ms), got {values.size}"
        )
    ends = []
    for name, lag in (("first", first), ("last", last)):
        steps = as_real(name, lag) / dt
        if abs(steps - round(steps)) > 1e-6:
            raise ValueError(f"{name} must be a multiple of dt ({dt:g} ms), got {lag:g}")
        ends.append(round(steps))
    if not ends[0] <= ends[1]:
        raise ValueError(f"last must be at least first ({first:g} ms), got {last:g}")
    if max(-ends[0], ends[1]) >= values.size:
        raise ValueError(
            f"first and last must lie within {values.size * dt:g} ms, got {first:g} and {last:g}"
        )
    return counts.astype(np.float64), values, np.arange(ends[0], ends[1] + 1), dt


def _lagged(counts: np.ndarray, lags: np.ndarray) -> np.ndarray:
    """A column of ones, then those of n_j(t − ℓ), lag by lag; beyond both ends nothing is known to fire."""
    steps, n = counts.shape
    columns = np.zeros((steps, 1 + lags.size * n))
    columns[:, 0] = 1.0
    for k, lag in enumerate(lags):
        if abs(lag) >= steps:
            raise ValueError(f"lag must lie within {steps} steps, got {lag:g}")
        later, sooner = max(int(lag), 0), max(-int(lag), 0)
        into, of = slice(later, steps - sooner), slice(sooner, steps - later)
        columns[into, 1 + k * n : 1 + (k + 1) * n] = counts[of]
    return columns


def _equations(columns: np.ndarray, stimulus: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return columns.T @ columns, columns.T @ stimulus


def _ridge(ridge: float) -> float:
    ridge = non_negative("ridge", ridge)
    if ridge > _MOST_RIDGE:
        raise ValueError(f"ridge must be at most {_MOST_RIDGE:g}, got {ridge:g}")
    return ridge


def solve_decoder(
    matrix: np.ndarray, right: np.ndarray, lags: np.ndarray, dt: float, ridge: float
) -> Decoder:
    matrix = matrix.copy()
    inner = np.arange(1, right.size)  # the offset is not made small
    matrix[inner, inner] += ridge * matrix[inner, inner].mean()
    solution = np.linalg.lstsq(matrix, right, rcond=None)[0]
    return Decoder(lags * dt, solution[1:].reshape(lags.size, -1), float(solution[0]), dt)


def _correlation(a: np.ndarray, b: np.ndarray) -> float:
    a, b = a - a.mean(), b - b.mean()
    size = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / size) if size > 0 else float("nan")
