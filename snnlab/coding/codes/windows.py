r"""A signal, window by window: how codes of single values tell something that changes.

Time is cut into windows of length $T$. Each gives one value, its mean, which a code turns into spikes of its
own; the spikes of the windows follow one another. Whoever reads them cuts time again, decodes each window,
and joins the values by straight lines between the middles of the windows.

A short window follows the signal closely, but leaves little time to say its value in.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive, whole
from snnlab.checks_of_spikes import be_spikes
from snnlab.coding.values import countable, with_gaps
from snnlab.spikes import Spikes, bin_tolerance

__all__ = ["cut_windows", "join_windows", "line_up_windows", "window_means"]

_END = 1.0 - 1e-8  # of a window: farther from the next one than rounding errors of late times


def window_means(signal: ArrayLike, dt: float, window: float) -> np.ndarray:
    """The mean of a signal in each window.

    Parameters
    ----------
    signal : array of shape (steps,)
        Its value in each step.
    dt : float
        Length of a step, ms.
    window : float
        Length of a window, ms, in whole steps. The last window may be shorter.

    Returns
    -------
    array of shape (windows,)

    Examples
    --------
    >>> print(window_means([1.0, 3.0, 4.0, 6.0, 7.0], dt=1, window=2))
    [2. 5. 7.]
    """
    values = finite_array("signal", signal, (1,), "(steps,)")
    starts = np.arange(0, values.size, _steps(dt, window))
    if not starts.size:
        return np.empty(0)
    lengths = np.diff(starts, append=values.size)
    return np.add.reduceat(values / np.repeat(lengths, lengths), starts)  # a sum of huge values is too large


def join_windows(values: ArrayLike, dt: float, window: float, steps: int) -> np.ndarray:
    """A signal from one value a window, by straight lines between their middles.

    Parameters
    ----------
    values : array of shape (windows,)
        One for each window. A NaN is a window without an answer; the line goes from its neighbours.
    dt, window : float
        As for `window_means`, ms.
    steps : int
        How many steps the signal has.

    Returns
    -------
    array of shape (steps,)
        Constant before the first middle and after the last one; NaN throughout without any answer.

    Examples
    --------
    >>> print(join_windows([2.0, 5.0, 7.0], dt=1, window=2, steps=5).round(2))
    [2.   2.75 4.25 5.67 7.  ]
    """
    numbers = with_gaps("values", values, 1, "(windows,)")
    answered = np.isfinite(numbers)
    steps, width = whole("steps", steps), _steps(dt, window)
    countable("steps", steps)
    starts = np.arange(0, steps, width)
    if numbers.size != starts.size:
        raise ValueError(f"values must be one for each of {starts.size} windows, got {numbers.size}")
    if not answered.any():
        return np.full(steps, np.nan)
    middles = starts + (np.minimum(width, steps - starts) - 1) / 2.0
    return np.interp(np.arange(steps), middles[answered], numbers[answered])


def line_up_windows(spikes: Spikes, n_each: int = 1) -> Spikes:
    """Groups of units one after the other: each group gets a window of time of its own.

    Parameters
    ----------
    spikes
        Every unit, or every `n_each` units in a row, tell one value.
    n_each : int
        How many units tell one value.

    Returns
    -------
    Spikes
        `n_each` units, in as many windows as there were groups. A spike at the very end of its window comes a
        hundred-millionth of a window earlier, or it would belong to the next one.

    Examples
    --------
    >>> line_up_windows(Spikes([3.0, 8.0], units=[0, 1], duration=10)).times
    array([ 3., 18.])
    """
    n_each = whole("n_each", n_each, least=1)
    countable("n_each", n_each)
    be_spikes("spikes", spikes)
    if spikes.n_units % n_each:
        raise ValueError(f"spikes must have whole groups of {n_each} units, got {spikes.n_units} units")
    window, unit = np.divmod(spikes.units, n_each)
    duration = spikes.duration * (spikes.n_units // n_each)
    inside = np.minimum(spikes.times, _END * spikes.duration)
    times = np.minimum(inside + window * spikes.duration, duration)
    return Spikes(times, unit, n_units=n_each, duration=duration)


def cut_windows(spikes: Spikes, window: float) -> Spikes:
    """Windows of time side by side, as units of their own: what `line_up_windows` did, undone.

    Parameters
    ----------
    spikes
        Trains of one or more units.
    window : float
        Length of a window, ms.

    Returns
    -------
    Spikes
        First all units in the first window, then all units in the second, and so on; as long as a window.

    Examples
    --------
    >>> cut = cut_windows(Spikes([3.0, 18.0], duration=20), window=10)
    >>> print(cut.times, cut.units)
    [3. 8.] [0 1]
    """
    window = positive("window", window)
    be_spikes("spikes", spikes)
    ends = countable("duration / window", spikes.duration / window)
    n_windows = int(np.ceil(ends - bin_tolerance(ends)))
    at = spikes.times / window
    which = np.clip((at + bin_tolerance(at)).astype(np.int64), 0, max(n_windows - 1, 0))
    times = np.clip(spikes.times - which * window, 0.0, window)
    units = which * spikes.n_units + spikes.units
    return Spikes(times, units, n_units=n_windows * spikes.n_units, duration=window)


def _steps(dt: float, window: float) -> int:
    """A window in steps."""
    dt, window = positive("dt", dt), positive("window", window)
    steps = window / dt
    if not 0.5 < steps < 1e15 or abs(steps - round(steps)) > 1e-6:
        raise ValueError(f"window must be a multiple of dt ({dt:g} ms), got {window:g}")
    return round(steps)
