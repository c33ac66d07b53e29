r"""A minute of a recording, read for where the animal was facing: how far the guesses are off.

The direction is read as `snnlab.coding.decode_direction` does it, window after window with some memory. Here
the tuning curves and the turning of the head are learnt from the second half of the recording, and one minute
of the first half is read. A window's guess is compared with the direction at the end of the window. Short
windows hold few spikes; long ones tell where the animal was.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, fraction, non_negative, positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.coding.decoding.direction_decoding import (
    circular_gaussian,
    direction_at,
    head_turn,
    learn_tuning,
    run,
)
from snnlab.compiling import kernel
from snnlab.records import blank, read
from snnlab.spikes import Spikes

__all__ = ["FacingMinute", "facing_minute"]

DURATION, STEP, LONGEST = 60_000.0, 50.0, 1600.0
"""The minute, and the step of which all windows are multiples, with the longest of them, ms."""

FIRST, SHOWN = 12_000.0, 16_000.0  # ms of the minute: what can be drawn
BINS, SMOOTHING = 36, 8.0  # of direction; degrees
CUT, FAR, WIDE = 270.0, 90.0, 10.0  # degrees: where the circle is cut open for the picture; lost; a bin
STEPS, COLUMNS = round(DURATION / STEP), round(SHOWN / STEP)


class FacingMinute(NamedTuple):
    """The guesses of a minute, and how far they are off.

    Examples
    --------
    >>> from snnlab.data import load_head_direction
    >>> mouse = load_head_direction()
    >>> seen = facing_minute(mouse.spikes[:7], mouse.stimulus, mouse.dt)
    >>> print(f"{seen.n} windows, {seen.error:.0f} degrees off")
    300 windows, 9 degrees off
    """

    truth: np.ndarray
    """The direction in 16 s of the minute from 12 s on, one value for each 50 ms, −90 to 270 degrees; NaN
    where a line would go once around."""
    guess: np.ndarray
    """The most probable direction then, likewise, and NaN."""
    off: np.ndarray
    """How many windows are off by 0 to 10, 10 to 20, … degrees, %."""
    errors: Annotated[np.ndarray, "n"]
    """How far each window is off, sorted, degrees."""
    n: int
    """How many windows there are."""
    error: float
    """The median of the errors, degrees."""
    lost: float
    """How many windows are off by more than a right angle, %."""


class Taught(NamedTuple):
    """What a recording gives: the minute to be read, and what the other half teaches."""

    when: np.ndarray
    """In which step each spike of the minute came, int32."""
    who: np.ndarray
    """Which cell fired it, int32."""
    direction: np.ndarray
    """The direction at the end of each step, in units of 0.1 degrees, int32."""
    rate: np.ndarray
    """Tuning curves, Hz, shape (bins, cells)."""
    turn: np.ndarray
    """How far the head turns in windows of 1, 2, … steps, radians."""


def facing_minute(
    spikes: Spikes,
    direction: ArrayLike,
    dt: float,
    window: float = 200.0,
    memory: float = 0.0,
    begin: float = 60_000.0,
) -> FacingMinute:
    """Read a minute of the first half of a recording by what the second half teaches.

    Parameters
    ----------
    spikes
        Trains of one or more cells.
    direction : array of shape (steps,)
        The true direction in each step, radians.
    dt : float
        Length of a step, ms.
    window : float
        How long spikes are counted for one guess: 50, 100, … 1600 ms.
    memory : float
        How much of what was believed before is kept, from 0 to 1.
    begin : float
        When the minute begins, ms.

    Examples
    --------
    >>> from snnlab.data import load_head_direction
    >>> mouse = load_head_direction()
    >>> hasty, patient = (facing_minute(mouse.spikes[:7], mouse.stimulus, mouse.dt, w) for w in (50.0, 200.0))
    >>> print(f"{hasty.error:.0f} and {patient.error:.0f} degrees off")
    11 and 9 degrees off
    """
    window, memory = positive("window", window), fraction("memory", memory)
    if window % STEP or window > LONGEST:
        raise ValueError(f"window must be 50, 100, … 1600 ms, got {window:g}")
    seen, learnt = recorded(), taught(spikes, direction, dt, begin)
    cells = spikes.n_units
    run_minute(seen, *learnt, *buffers(cells).values(), float(cells), window, 100.0 * memory)
    return read(seen)


def taught(spikes: Spikes, direction: ArrayLike, dt: float, begin: float) -> Taught:
    """The minute from `begin` on, and what the second half of the recording teaches."""
    be_spikes("spikes", spikes)
    direction, dt = finite_array("direction", direction, (1,), "(steps,)"), positive("dt", dt)
    begin, duration = non_negative("begin", begin), min(spikes.duration, direction.size * dt)
    if begin + DURATION > duration / 2.0:
        raise ValueError(f"begin must leave a minute of the first half ({duration / 2:g} ms), got {begin:g}")

    minute = spikes.between(begin, begin + DURATION)
    truth = np.degrees(direction_at(begin + STEP * np.arange(1, STEPS + 1), direction, dt)) % 360.0
    learnt = learn_tuning(spikes, direction, dt, STEP, _half(duration, STEP), SMOOTHING, BINS)
    windows = STEP * np.arange(1, round(LONGEST / STEP) + 1)
    turn = [head_turn(direction, dt, window, _half(duration, window)) for window in windows]
    return Taught(
        (minute.times / STEP).astype(np.int32),
        minute.units.astype(np.int32),
        np.rint(10 * truth).astype(np.int32),
        np.round(learnt[0], 3),
        np.round(turn, 4),
    )


def _half(duration: float, window: float) -> tuple[int, int]:
    """The windows of the second half: the first of them, and the one after the last."""
    return math.ceil(duration / 2.0 / window), int(duration / window)


def recorded() -> FacingMinute:
    """A blank record."""
    return blank(FacingMinute, truth=COLUMNS, guess=COLUMNS, off=round(180.0 / WIDE), errors=STEPS)


def buffers(cells: int) -> dict[str, np.ndarray]:
    """What the kernel works in, by name and in its order."""
    return {
        "counts": np.zeros((STEPS, cells), np.int32),
        "log_expected": np.zeros((BINS, cells)),
        **{name: np.zeros(BINS) for name in ("total", "blur", "prior")},
        "posterior": np.zeros((STEPS, BINS)),
    }


@kernel
def _most_probable(posterior):
    """The middle of the most probable bin, degrees."""
    best = 0
    for b in range(posterior.size):
        if posterior[b] > posterior[best]:
            best = b
    return (best + 0.5) * 360.0 / posterior.size


@kernel
def _draw(line, c, degrees):
    """Put a direction into a line from −90 to 270 degrees, with a gap where it goes once around."""
    line[c] = degrees - 360.0 if degrees > CUT else degrees
    if c > 0 and abs(line[c] - line[c - 1]) > 180.0:
        line[c - 1] = np.nan


@kernel
def run_minute(
    seen, when, who, direction, rate, turn, counts, log_expected, total, blur, prior, posterior,
    cells, window, memory,
):  # fmt: skip
    """Every window of the minute read by so many cells, and how far the guesses are off."""
    bins, n_cells, each = rate.shape[0], int(cells), int(window / STEP + 0.5)
    n, lost, errors = direction.size // each, 0, seen.errors
    for s in range(when.size):
        k = when[s] // each
        if k < n and who[s] < n_cells:
            counts[k, who[s]] += 1
    for b in range(bins):
        for j in range(n_cells):
            expected = rate[b, j] * window / 1000.0
            log_expected[b, j] = math.log(expected)
            total[b] += expected
    circular_gaussian(turn[each - 1], blur)
    run(counts[:n, :n_cells], log_expected[:, :n_cells], total, blur, memory / 100.0, prior, posterior[:n])
    for k in range(n):
        apart = _most_probable(posterior[k]) - 0.1 * direction[(k + 1) * each - 1]
        apart = abs(apart - 360.0 * math.floor(apart / 360.0 + 0.5))
        place = k  # sorted as they come
        while place > 0 and errors[place - 1] > apart:
            errors[place] = errors[place - 1]
            place -= 1
        errors[place] = apart
        seen.off[min(int(apart / WIDE), seen.off.size - 1)] += 100.0 / n
        lost += 1 if apart > FAR else 0
    first = int(FIRST / STEP)
    for c in range(seen.guess.size):
        _draw(seen.guess, c, _most_probable(posterior[min((first + c) // each, n - 1)]))
        _draw(seen.truth, c, 0.1 * direction[first + c])
    seen.n[0], seen.lost[0] = n, 100.0 * lost / n
    seen.error[0] = 0.5 * (errors[(n - 1) // 2] + errors[n // 2])
