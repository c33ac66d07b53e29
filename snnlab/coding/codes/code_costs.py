r"""What a code costs: how many spikes it takes to tell a signal, and how wrong it is in the end.

The error is the root-mean-square difference of the signal and what was read, in standard deviations of the
signal:

$$ e = \sqrt{\frac{\langle (s - \hat s)^2 \rangle}{\langle (s - \langle s \rangle)^2 \rangle}} $$

It is 0 for a perfect code, and 1 for the reader who says the mean and listens to nobody.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.coding.codes.codes import dated, value_codes, whole_ticks
from snnlab.coding.codes.level_crossing import decode_level_crossings, encode_level_crossings
from snnlab.coding.codes.windows import cut_windows, join_windows, line_up_windows, window_means
from snnlab.coding.values import value_range
from snnlab.spikes import Spikes

__all__ = ["CodeCost", "compare_codes", "compare_value_codes", "reconstruction_error"]


class CodeCost(NamedTuple):
    """A signal told by one code.

    Examples
    --------
    >>> costs = compare_codes(np.sin(np.arange(400) / 20), 1.0, 20.0, 0.1, rng=np.random.default_rng(1))
    >>> print([cost.code for cost in costs])
    ['rate', 'latency', 'phase', 'burst', 'population', 'level crossing']
    """

    code: str
    """Its name."""
    spikes: Spikes
    """What was sent."""
    estimate: np.ndarray
    """What was read from it, shape (steps,)."""
    spikes_per_second: float
    """Spikes of all neurons together, a second."""
    error: float
    """As `reconstruction_error`."""


def reconstruction_error(signal: ArrayLike, estimate: ArrayLike) -> float:
    """Root-mean-square error of an estimate, in standard deviations of the signal.

    Parameters
    ----------
    signal, estimate : array of shape (n,)
        What was told, and what was read.

    Returns
    -------
    float
        0 if they are equal, 1 for the mean of the signal; NaN if the signal is constant.

    Examples
    --------
    >>> print(reconstruction_error([1.0, 3.0], [2.0, 2.0]), reconstruction_error([1.0, 3.0], [1.5, 2.5]))
    1.0 0.5
    """
    told = finite_array("signal", signal, (1,), "(n,)")
    read = finite_array("estimate", estimate, (1,), "(n,)")
    if told.size == 0 or told.size != read.size:
        raise ValueError(
            f"estimate must have as many values as signal ({told.size}, at least 1), got {read.size}"
        )
    if told.min() == told.max():
        return float("nan")
    half = np.abs(told / 2.0 - told[0] / 2.0).max()  # halves, as a difference may be too large for a float
    told, read = (told / 2.0 - told[0] / 2.0) / half, (read / 2.0 - told[0] / 2.0) / half
    with np.errstate(over="ignore"):
        return float(np.sqrt(np.mean((told - read) ** 2)) / told.std())


def compare_codes(
    signal: ArrayLike,
    dt: float,
    window: float,
    threshold: float,
    most: int = 5,
    n_fields: int = 6,
    tick: float = 0.1,
    *,
    rng: np.random.Generator,
) -> tuple[CodeCost, ...]:
    """The same signal told by six codes.

    Five of them tell the mean of each window: the rate of a Poisson neuron, the time to its first spike, the
    phase of its spike, a burst, and a row of receptive fields. The sixth tells when the signal has moved. All
    spikes are dated to a tick of a clock, and lie in its middle.

    Parameters
    ----------
    signal : array of shape (steps,)
        Its value in each step. The reader knows the first value and the range.
    dt : float
        Length of a step, ms.
    window : float
        Length of a window, ms, in whole steps.
    threshold : float
        By how much the signal moves until the level-crossing code says so, as a share of its range.
    most : int
        Spikes of the rate code (on average) and of the burst in a window in which the signal is at its top.
    n_fields : int
        Neurons of the row of receptive fields, 3 at least.
    tick : float
        Time between two ticks of the clock, ms.
    rng
        The source of chance of the rate code.

    Returns
    -------
    tuple of six CodeCost

    Raises
    ------
    ValueError
        If the signal is constant.

    Examples
    --------
    >>> costs = compare_codes(np.sin(np.arange(400) / 20), 1.0, 20.0, 0.1, rng=np.random.default_rng(1))
    >>> for cost in costs[1:]:
    ...     print(f"{cost.code}: {cost.spikes.n_spikes} spikes, error {cost.error:.2f}")
    latency: 20 spikes, error 0.14
    phase: 20 spikes, error 0.14
    burst: 60 spikes, error 0.17
    population: 60 spikes, error 0.14
    level crossing: 54 spikes, error 0.18
    """
    values, dt = finite_array("signal", signal, (1,), "(steps,)"), positive("dt", dt)
    threshold = positive("threshold", threshold)
    if values.size == 0 or values.min() == values.max():
        raise ValueError("signal must change, got a constant one, or none")
    low, high = value_range(values.min(), values.max())
    means = np.clip(window_means(values, dt, window), low, high)
    tick, costs = whole_ticks(tick, window), []
    for code in value_codes(window, low, high, most, n_fields, rng):
        spikes = dated(line_up_windows(code.encode(means), code.n_each), tick)
        answers = code.decode(cut_windows(spikes, window))
        costs.append(_cost(code.name, spikes, values, join_windows(answers, dt, window, values.size)))
    step = threshold * (high - low)
    spikes = dated(encode_level_crossings(values, dt, step), tick)
    told = decode_level_crossings(spikes, dt, step, start=float(values[0]))
    return (*costs, _cost("level crossing", spikes, values, told))


def compare_value_codes(
    values: ArrayLike,
    window: float,
    most: int = 5,
    n_fields: int = 6,
    tick: float = 0.1,
    low: float = 0.0,
    high: float = 1.0,
    *,
    rng: np.random.Generator,
) -> tuple[CodeCost, ...]:
    """The same values, such as the pixels of an image, told by five codes in one window.

    Parameters
    ----------
    values : array of shape (n,)
        From `low` to `high`.
    window, most, n_fields, tick
        As for `compare_codes`.
    low, high : float
        The ends of the range.
    rng
        The source of chance of the rate code.

    Returns
    -------
    tuple of five CodeCost
        All but the level crossing: nothing moves.

    Examples
    --------
    >>> from snnlab.data import load_digits
    >>> digits = load_digits()
    >>> pixels = digits.x_test[0].ravel() / digits.white
    >>> for cost in compare_value_codes(pixels, window=20.0, rng=np.random.default_rng(1))[1:]:
    ...     print(f"{cost.code}: {cost.spikes.n_spikes} spikes, error {cost.error:.3f}")
    latency: 64 spikes, error 0.013
    phase: 64 spikes, error 0.006
    burst: 107 spikes, error 0.034
    population: 151 spikes, error 0.000
    """
    numbers, costs = finite_array("values", values, (1,), "(n,)"), []
    low, high = value_range(low, high)
    tick = whole_ticks(tick, window)
    for code in value_codes(window, low, high, most, n_fields, rng):
        spikes = dated(code.encode(numbers), tick)
        costs.append(_cost(code.name, spikes, numbers, code.decode(spikes)))
    return tuple(costs)


def _cost(code: str, spikes: Spikes, told: np.ndarray, read: np.ndarray) -> CodeCost:
    per_second = spikes.n_spikes * 1000.0 / spikes.duration if spikes.duration else math.nan
    return CodeCost(code, spikes, read, per_second, reconstruction_error(told, read))
