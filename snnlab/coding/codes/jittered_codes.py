"""What jitter does to five codes of one signal: each spike of each is moved by chance, and a reader decodes.

The codes and their reader are those of `snnlab.coding.codes.five_codes`; what each is off by is the mean
absolute error. Two rivals read no spikes: one always says the mean of the signal, the other has the right
values of the windows in a wrong order.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative, whole
from snnlab.coding.codes.five_codes import CODES, FIELDS, WINDOW, Sent, read_code, send, workplace
from snnlab.coding.codes.receptive_fields import receptive_fields
from snnlab.coding.trains import insert
from snnlab.compiling import kernel
from snnlab.random import normal, seed_from
from snnlab.records import blank, read

__all__ = ["JitteredCodes", "jittered_codes"]

SHOWN, STRONGEST, POINTS, DRAWS = 1500, 3.0, 13, 10  # ms; the curves end at this jitter, ms; of the noise


class JitteredCodes(NamedTuple):
    """How far each code is off, and what a reader makes of one of them.

    Examples
    --------
    >>> signal = 0.5 + 0.3 * np.sin(np.arange(2000) / 100.0)
    >>> seen = jittered_codes(signal, 0.0, 2, rng=np.random.default_rng(1))
    >>> seen.error < seen.constant < seen.shuffled
    True
    """

    jitters: np.ndarray
    """Jitters from 0 to 3 ms."""
    by_count: np.ndarray
    """The error of the count under each, mean over ten draws of the noise, in the unit of the signal."""
    by_time: np.ndarray
    """That of the first spike."""
    by_burst: np.ndarray
    """That of the burst."""
    by_row: np.ndarray
    """That of the preferred values."""
    by_level: np.ndarray
    """That of the level crossings."""
    mean: np.ndarray
    """The error of the mean of the signal, as often."""
    mixed: np.ndarray
    """The error of the windows in a wrong order, as often."""
    draws: np.ndarray
    """The error of the chosen code at the chosen jitter in each draw of the noise."""
    guess: np.ndarray
    """What a reader makes of its first draw, each millisecond of the first 1.5 s."""
    signal: np.ndarray
    """The signal there."""
    ticks: Annotated[np.ndarray, "n_shown"]
    """The spikes there, ms."""
    error: float
    """Mean of the draws."""
    scatter: float
    """Their standard deviation."""
    n: int
    """Spikes of the chosen code."""
    n_shown: int
    """Spikes in the first 1.5 s."""
    which: int
    """The chosen code, from 0."""
    constant: float
    """How far the mean of the signal is off."""
    shuffled: float
    """How far the right values in a wrong order are off, mean over ten orders."""


def jittered_codes(
    signal: ArrayLike,
    jitter: float,
    code: int,
    low: float = 0.0,
    high: float = 1.0,
    *,
    rng: np.random.Generator | np.uint64,
) -> JitteredCodes:
    """Tell a signal in five codes, and read one of them after each spike was moved.

    Parameters
    ----------
    signal : array of shape (steps,)
        Its value in each millisecond, from `low` to `high`; whole windows of 20 ms.
    jitter : float
        How far each spike is moved, standard deviation, ms.
    code : int
        Which code is looked at closely: 1 to 5, in the order of ``CODES``.
    low, high : float
        The ends of the range, which the reader knows.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Returns
    -------
    JitteredCodes

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> from snnlab.coding.codes.five_codes import CODES
    >>> signal = 0.5 + 0.3 * np.sin(np.arange(2000) / 100.0)
    >>> for code, name in enumerate(CODES, start=1):
    ...     seen = jittered_codes(signal, 1.0, code, rng=np.random.default_rng(1))
    ...     print(f"{name}: {seen.n} spikes, off by {seen.error:.3f}")
    count: 204 spikes, off by 0.047
    first spike: 100 spikes, off by 0.128
    burst: 256 spikes, off by 0.078
    preferred values: 292 spikes, off by 0.006
    level crossing: 91 spikes, off by 0.020
    >>> print(f"always the mean: off by {seen.constant:.3f}")
    always the mean: off by 0.188
    """
    values = finite_array("signal", signal, (1,), "(steps,)")
    jitter, code = non_negative("jitter", jitter), whole("code", code, 1)
    if code > len(CODES):
        raise ValueError(f"code must be at most {len(CODES)}, got {code}")
    if not values.size or values.size % WINDOW:
        raise ValueError(f"signal must have whole windows of {WINDOW:.0f} ms, got {values.size} ms")
    sent, fields = send(values, low, high), receptive_fields(FIELDS, low, high)
    told, work, seed = recorded(values.size, sent), workplace(values.size, sent), seed_from(rng)
    run_codes(
        told, values, *sent, fields.centres, work, jitter, code, fields.low, fields.high, fields.width, seed
    )
    return read(told)


def recorded(steps: int, sent: Sent) -> JitteredCodes:
    """A blank record."""
    curves = ("jitters", "by_count", "by_time", "by_burst", "by_row", "by_level", "mean", "mixed")
    shown = dict.fromkeys(("guess", "signal"), min(SHOWN, steps))
    room = int(np.diff(sent.begins).max())
    return blank(JitteredCodes, **dict.fromkeys(curves, POINTS), draws=DRAWS, **shown, ticks=room)


@kernel
def _draw(draws, code, jitter, times, units, begins, signal, centres, work, low, high, width, seed):
    """The error of a code in each draw of the noise, and their mean; the first draw remains in `work`."""
    begin, end, total = begins[code], begins[code + 1], 0.0
    moved = work.moved[: end - begin]
    for d in range(draws.size - 1, -1, -1):
        for s in range(begin, end):
            at = times[s] + jitter * normal(np.uint64(seed), np.uint64(d), np.uint64(s))
            moved[s - begin] = min(max(at, 0.0), signal.size - 1e-6)
        draws[d] = read_code(code, moved, units[begin:end], signal, centres, work, low, high, width)
        total += draws[d]
    return total / draws.size


@kernel
def run_codes(
    told, recording, times, units, begins, rivals, centres, work, jitter, code, low, high, width, seed
):  # fmt: skip
    """Each code at each jitter, and the chosen one at the chosen jitter."""
    sent = times, units, begins, recording, centres, work, low, high, width, seed
    draws, chosen = told.draws, int(code) - 1
    for k in range(POINTS):
        sigma = STRONGEST * k / (POINTS - 1)
        told.jitters[k], told.mean[k], told.mixed[k] = sigma, rivals[0], rivals[1]
        told.by_count[k] = _draw(draws, 0, sigma, *sent)
        told.by_time[k] = _draw(draws, 1, sigma, *sent)
        told.by_burst[k] = _draw(draws, 2, sigma, *sent)
        told.by_row[k] = _draw(draws, 3, sigma, *sent)
        told.by_level[k] = _draw(draws, 4, sigma, *sent)
    error, square = _draw(draws, chosen, jitter, *sent), 0.0
    for d in range(DRAWS):
        square += (draws[d] - error) ** 2
    told.error[0], told.scatter[0], told.which[0] = error, math.sqrt(square / (DRAWS - 1.0)), chosen
    told.constant[0], told.shuffled[0] = rivals[0], rivals[1]
    n, shown = begins[chosen + 1] - begins[chosen], 0
    for s in range(n):
        if work.moved[s] < told.signal.size:
            insert(told.ticks, shown, work.moved[s])
            shown += 1
    told.n[0], told.n_shown[0] = n, shown
    for t in range(told.signal.size):
        told.signal[t], told.guess[t] = recording[t], work.line[t]
