"""The panel of the mouse: where it was facing, read from the spikes of a few cells."""

import functools
import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from snnlab.coding.facing import circular_gaussian, direction_at, learn_tuning, run
from snnlab.compiling import kernel
from snnlab.data import load_head_direction
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Histogram, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["facing_panel"]

CELLS = (6, 5, 4, 3, 2, 1, 0)  # the head-direction cells, the liveliest first
BEGIN, DURATION = 60_000.0, 60_000.0  # ms of the recording
FIRST, SHOWN = 12_000.0, 16_000.0  # ms of that minute: what is drawn
STEP, LONGEST = 50.0, 1600.0  # ms: all windows are multiples of the step
BINS, SMOOTHING = 36, 8.0  # of direction; degrees
STEPS, COLUMNS = round(DURATION / STEP), round(SHOWN / STEP)
CUT, FAR, WIDE = 270.0, 90.0, 10.0  # degrees: where the circle is cut open for the picture; lost; a bin

QUESTION = "How soon can one know where the mouse is facing, and how well?"


class Measured(NamedTuple):
    """What the recording gives."""

    when: np.ndarray
    """In which step each spike of the minute came, int32."""
    who: np.ndarray
    """Which cell fired it, in the order of `CELLS`, int32."""
    truth: np.ndarray
    """The direction at the end of each step, in units of 0.1 degrees, int32."""
    rate: np.ndarray
    """Tuning curves from the half of the recording that does not hold the minute, Hz, shape (bins, cells)."""
    turn: np.ndarray
    """How far the head turns in windows of 1, 2, … steps, in that half, radians."""


@functools.cache
def measured() -> Measured:
    """The minute that is read, and what the other half of the recording teaches."""
    mouse = load_head_direction()
    spikes, direction, dt = mouse.spikes[list(CELLS)], mouse.stimulus, mouse.dt
    half = spikes.duration / 2.0

    def learnt(window: float) -> tuple[np.ndarray, float]:
        seen = math.ceil(half / window), int(spikes.duration / window)
        return learn_tuning(spikes, direction, dt, window, seen, SMOOTHING, BINS)

    minute = spikes.between(BEGIN, BEGIN + DURATION)
    truth = np.degrees(direction_at(BEGIN + STEP * np.arange(1, STEPS + 1), direction, dt)) % 360.0
    windows = STEP * np.arange(1, round(LONGEST / STEP) + 1)
    return Measured(
        (minute.times / STEP).astype(np.int32),
        minute.units.astype(np.int32),
        np.rint(10 * truth).astype(np.int32),
        np.round(learnt(STEP)[0], 3),
        np.round([learnt(window)[1] for window in windows], 4),
    )


@kernel
def facing_figure(
    when, who, direction, rate, turn, counts, log_expected, total, blur, prior, posterior, errors,
    truth, guess, off, out, cells, window, memory, step, first, cut, wide, far,
):  # fmt: skip
    """Every window of the minute read, and how far the guesses are off."""
    bins, n_cells, each = rate.shape[0], int(cells), int(window / step + 0.5)
    n = direction.size // each
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
    lost = 0
    for k in range(n):
        best = 0
        for b in range(bins):
            if posterior[k, b] > posterior[k, best]:
                best = b
        apart = (best + 0.5) * 360.0 / bins - 0.1 * direction[(k + 1) * each - 1]
        apart = abs(apart - 360.0 * math.floor(apart / 360.0 + 0.5))
        place = k  # sorted as they come
        while place > 0 and errors[place - 1] > apart:
            errors[place] = errors[place - 1]
            place -= 1
        errors[place] = apart
        off[min(int(apart / wide), off.size - 1)] += 100.0 / n
        if apart > far:
            lost += 1
    for c in range(guess.size):
        k, best = min((first + c) // each, n - 1), 0
        for b in range(bins):
            if posterior[k, b] > posterior[k, best]:
                best = b
        guess[c] = (best + 0.5) * 360.0 / bins
        truth[c] = 0.1 * direction[first + c]
        guess[c] -= 360.0 if guess[c] > cut else 0.0
        truth[c] -= 360.0 if truth[c] > cut else 0.0
        if c > 0 and abs(guess[c] - guess[c - 1]) > 180.0:
            guess[c - 1] = np.nan  # once around: a gap
        if c > 0 and abs(truth[c] - truth[c - 1]) > 180.0:
            truth[c - 1] = np.nan
    out[0] = n
    out[1] = 0.5 * (errors[(n - 1) // 2] + errors[n // 2])
    out[2] = 100.0 * lost / n


def facing_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A minute of a mouse's life: the direction of its head, and what its head-direction cells say.

    The cells are those of `snnlab.data.load_head_direction`. The direction is read as
    `snnlab.coding.decode_direction` does it, with tuning curves from the half of the recording that does not
    hold the minute.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``cells`` (1 to 7), ``window`` (50 to 1600 ms), ``memory`` (0 to 100 %).

    Returns
    -------
    Panel
        ``panel.result`` has ``truth`` and ``guess`` (degrees, one value for each 50 ms of what is drawn; NaN
        where the line would go once around), ``off`` (% of the windows whose guess is off by 0 to 10, 10 to
        20, … degrees), ``errors`` (degrees, sorted), ``n`` (windows), ``error`` (their median) and ``lost``
        (% of them off by more than 90 degrees).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> facing_panel(cells=7, window=200).result.error < facing_panel(cells=1, window=200).result.error
    True
    """
    mouse = measured()
    return Panel(
        "facing",
        title="Where is the mouse facing?",
        question=question,
        controls=[
            Control("cells", "N", "Cells", 1.0, len(CELLS), 1.0, 1.0, "", colour=2),
            Control("window", "T", "Window", STEP, LONGEST, 200.0, STEP, "ms", colour=3),
            Control("memory", "m", "Memory", 0.0, 100.0, 0.0, 5.0, "%", colour=4),
        ],
        readouts=[ReadOut("n"), ReadOut("error", 0, "°"), ReadOut("lost", 0, "%")],
        views=[
            Trace(
                "guess",
                STEP,
                Axis(CUT - 360.0, CUT, "direction (°)"),
                behind="truth",
                title="Where the mouse was facing, in grey, and over it what its cells say",
            ),
            Histogram(
                "off",
                Axis(0.0, 180.0, "error (°)"),
                "windows (%)",
                title="How far the guesses of the whole minute are off",
            ),
        ],
        sentence=(
            "{cells} {cells|cell|cells}, {window} ms, memory {memory} %: half of the guesses are off by "
            "{error}° or less, {lost} % by more than a right angle"
        ),
        headline="error",
        detail="off, in the median of {n} windows; {lost} % are off by more than a right angle",
        kernel=facing_figure,
        arrays={
            "when": mouse.when,
            "who": mouse.who,
            "direction": mouse.truth,
            "rate": mouse.rate,
            "turn": mouse.turn,
            "counts": Array((STEPS, len(CELLS)), "int32", work=True),
            "log_expected": Array((BINS, len(CELLS)), work=True),
            "total": Array((BINS,), work=True),
            "blur": Array((BINS,), work=True),
            "prior": Array((BINS,), work=True),
            "posterior": Array((STEPS, BINS), work=True),
            "errors": Array((STEPS,), upto="n"),
            "truth": Array((COLUMNS,)),
            "guess": Array((COLUMNS,)),
            "off": Array((round(180.0 / WIDE),)),
        },
        constants={"step": STEP, "first": round(FIRST / STEP), "cut": CUT, "wide": WIDE, "far": FAR},
        presets={
            "one cell": {"cells": 1.0},
            "all seven": {"cells": 7.0},
            "too hasty": {"cells": 7.0, "window": 50.0},
            "too patient": {"cells": 7.0, "window": 1600.0},
            "hasty, but it remembers": {"cells": 7.0, "window": 50.0, "memory": 90.0},
        },
        python=(
            "from snnlab.coding import decode_direction\n"
            "from snnlab.data import load_head_direction\n"
            "from snnlab_widgets import facing_panel\n\n"
            "seen = facing_panel(cells={cells}, window={window}, memory={memory}).result\n"
            'print(f"{{seen.n:.0f}} windows, {{seen.error:.0f}} degrees off")\n'
            "# the whole recording, each half read by what the other one taught\n"
            "mouse = load_head_direction()\n"
            f"cells = mouse.spikes[list({CELLS}[:{{cells}}])]\n"
            "found = decode_direction(cells, mouse.stimulus, mouse.dt, {window}, {memory} / 100)\n"
            "print(found.error)"
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
