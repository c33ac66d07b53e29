r"""Sound in spikes: bands of frequencies, and in each neurons that say how loud it is and how that changes.

Every $\Delta t$ a window of the sound is taken apart into frequencies, and triangular filters $T_k$, equally
wide on the mel scale, sum its power in bands. The level of a band is counted in decibels below the loudest
moment of the recording, from 0 (quieter than the span $R$, or more) to 1:

$$ P_{k,t} = \sum_f T_k(f)\, |X_t(f)|^2, \qquad
\ell_{k,t} = \left[ 1 + \frac{10}{R} \log_{10} \frac{P_{k,t}}{\max P} \right]_+, \qquad
m(f) = 2595 \log_{10}\left(1 + \frac{f}{700}\right) $$

Three neurons listen to a band. The first integrates its level and fires at each whole number, at $r$ spikes a
second where $\ell = 1$. The other two are those of the level-crossing code
(`snnlab.coding.codes.level_crossing`): they fire when the level has risen or fallen by the threshold.

Sources: S. B. Davis and P. Mermelstein (1980), IEEE Transactions on Acoustics, Speech, and Signal Processing
28, 357–366 (bands); S.-C. Liu, A. van Schaik, B. A. Minch and T. Delbruck (2014), IEEE Transactions on
Biomedical Circuits and Systems 8, 453–464 (a cochlea that sends spikes).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import AtLeastOne, Positive, affordable, checked, finite_array, ordered, positive
from snnlab.coding.codes.level_crossing import run
from snnlab.compiling import kernel
from snnlab.spikes import Spikes

__all__ = ["Cochlea", "encode_levels", "sound_levels"]

_LONGEST = 1 << 20  # values of a window
_MOST = 1e8  # values of all windows, which take 3 GB


class Cochlea(NamedTuple):
    """The numbers of an ear.

    Examples
    --------
    >>> Cochlea(n_bands=32).step
    5.0
    """

    n_bands: AtLeastOne = 24
    """Bands of frequencies."""
    lowest: Positive = 100.0
    """Where the lowest band begins, Hz."""
    highest: Positive = 3800.0
    """Where the highest band ends, Hz."""
    window: Positive = 25.0
    """How much of the sound is heard at once, ms."""
    step: Positive = 5.0
    """Δt, from one level to the next, ms; `sound_levels` rounds it to whole values of the sound."""
    span: Positive = 50.0
    """R, how far below the loudest a level is 0, dB."""
    rate: Positive = 100.0
    """r, of the neuron of a band whose level is 1, Hz."""
    threshold: Positive = 0.15
    """By how much a level has to move, as a fraction of the span."""


def check_cochlea(cochlea: Cochlea) -> Cochlea:
    """`cochlea` with every number valid, and `highest` above `lowest`."""
    return ordered(checked("cochlea", cochlea, Cochlea), "highest", "above", "lowest", "Hz")


def sound_levels(sound: ArrayLike, dt: float, cochlea: Cochlea = Cochlea()) -> np.ndarray:
    """How loud each band of a sound is, step by step.

    Parameters
    ----------
    sound : array of shape (samples,)
        Sound pressure; its unit does not matter.
    dt : float
        Time from one value to the next, ms.
    cochlea
        Numbers of the ear.

    Returns
    -------
    array of shape (steps, n_bands)
        From 0 to 1, in the middle of each window; the sound is silent before and after. Silence is 0.

    Raises
    ------
    ValueError
        If a frequency is above half the rate of the samples, or a band holds no frequency of the window.

    Examples
    --------
    >>> tone = np.sin(2 * np.pi * 1.0 * np.arange(0, 100, 0.125))  # 1 kHz for 100 ms
    >>> levels = sound_levels(tone, 0.125)
    >>> print(levels.shape, levels[10].argmax())
    (20, 24) 10
    """
    values, dt, cochlea = (
        finite_array("sound", sound, (1,), "(samples,)"),
        positive("dt", dt),
        check_cochlea(cochlea),
    )
    if not max(cochlea.window, cochlea.step) / dt <= _LONGEST:
        raise ValueError(
            f"window and step must hold at most {_LONGEST} values of the sound, "
            f"got {max(cochlea.window, cochlea.step) / dt:g}"
        )
    length, hop = round(cochlea.window / dt), round(cochlea.step / dt)
    if hop < 1 or length < 2:
        raise ValueError(
            f"step and window must be longer than dt ({dt:g} ms), got {cochlea.step:g} and {cochlea.window:g}"
        )
    if values.size == 0:
        raise ValueError("sound must hold one value at least, got none")
    if cochlea.highest > 500.0 / dt:
        raise ValueError(
            f"highest must be at most half the rate of the samples ({500.0 / dt:g} Hz), "
            f"got {cochlea.highest:g}"
        )
    size = 1 << (length - 1).bit_length()
    if (many := -(-values.size // hop) * size) > _MOST:
        raise ValueError(f"sound must be so short that its windows hold {_MOST:g} values, got {many:g}")
    values = np.ldexp(values, -int(np.frexp(np.abs(values).max())[1]))  # squares then stay in range
    padded = np.pad(values, (length // 2, length))
    windows = np.lib.stride_tricks.sliding_window_view(padded, length)[: values.size : hop] * np.hanning(
        length
    )
    power = np.abs(np.fft.rfft(windows, size)) ** 2 @ _filters(cochlea, np.fft.rfftfreq(size, dt / 1000.0)).T
    loudest = power.max()
    if loudest == 0:
        return np.zeros(power.shape)
    with np.errstate(divide="ignore"):
        return np.maximum(1.0 + 10.0 / cochlea.span * np.log10(power / loudest), 0.0)


def _filters(cochlea: Cochlea, frequencies: np.ndarray) -> np.ndarray:
    """Triangles that overlap by half, shape (n_bands, frequencies)."""
    crowded = (
        f"n_bands must leave each band a frequency of the window ({frequencies[1]:.3g} Hz apart), "
        f"got {cochlea.n_bands}"
    )
    if cochlea.n_bands > 2 * frequencies.size:
        raise ValueError(crowded)
    low_mel, high_mel = (2595.0 * np.log10(1.0 + f / 700.0) for f in (cochlea.lowest, cochlea.highest))
    corners = 700.0 * (10.0 ** (np.linspace(low_mel, high_mel, cochlea.n_bands + 2) / 2595.0) - 1.0)
    low, middle, high = corners[:-2, None], corners[1:-1, None], corners[2:, None]
    filters = np.minimum((frequencies - low) / (middle - low), (high - frequencies) / (high - middle))
    filters = np.maximum(filters, 0.0)
    if not filters.any(axis=1).all():
        raise ValueError(crowded)
    return filters


def encode_levels(levels: ArrayLike, cochlea: Cochlea = Cochlea()) -> Spikes:
    """Spikes of three neurons a band.

    Parameters
    ----------
    levels : array of shape (steps, bands)
        From `sound_levels`, perhaps changed.
    cochlea
        `step`, `rate` and `threshold` are taken from it.

    Returns
    -------
    Spikes
        Of 3 · bands units: first those that tell the level of each band, then those that tell its rise, then
        those that tell its fall. Before the start all was silent.

    Raises
    ------
    ValueError
        If more than 100 million spikes could come.

    Examples
    --------
    >>> levels = np.zeros((20, 2))
    >>> levels[5:15, 1] = 1.0  # the second band is loud for 50 ms
    >>> spikes = encode_levels(levels)
    >>> print([len(train) for train in spikes])
    [0, 5, 0, 6, 0, 6]
    """
    values, cochlea = finite_array("levels", levels, (2,), "(steps, bands)"), check_cochlea(cochlea)
    steps, bands = values.shape
    if values.size == 0:
        raise ValueError(f"levels must hold one value at least, got shape {values.shape}")
    if values.min() < 0:
        raise ValueError(f"levels must be zero or above, got {values.min():g}")
    heard = np.zeros((2, bands, steps + 1))
    heard[0, :, 1:] = np.cumsum(values.T, axis=1) * (cochlea.rate * cochlea.step / 1000.0)
    heard[1, :, 1:] = values.T
    with np.errstate(over="ignore"):
        most = [
            np.abs(np.diff(part)).sum() / size
            for part, size in zip(heard, (1.0, cochlea.threshold), strict=True)
        ]
    room = int(affordable(float(sum(most)))) + 2 * bands * (steps + 1)
    times, units = np.empty(room), np.empty(room, np.int64)
    count = _listen(times, units, heard, cochlea.step, cochlea.threshold)
    return Spikes(times[:count], units[:count], n_units=3 * bands, duration=steps * cochlea.step)


@kernel
def _listen(times, units, heard, dt, threshold):
    """All spikes of all bands; returns their number."""
    bands, count = heard.shape[1], 0
    for k in range(bands):
        new = run(times[count:], units[count:], heard[0, k], dt, 1.0)
        for n in range(count, count + new):
            units[n] = k
        count += new
        new = run(times[count:], units[count:], heard[1, k], dt, threshold)
        for n in range(count, count + new):
            units[n] = (1 + units[n]) * bands + k
        count += new
    return count
