"""The panel of random spikes with a dead time: the intervals and counts of a hundred thousand of them."""

import math
from typing import TYPE_CHECKING

from snnlab.compiling import kernel
from snnlab.random import uniform
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Curve, Histogram

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["dead_time_panel"]

SPIKES = 100_000
LONGEST, INTERVAL_BIN = 100.0, 2.0  # ms, of the intervals shown
WIDEST, WINDOW_STEP = 400.0, 10.0  # ms, of the counting windows
STRETCH = 997.0  # ms, after which the rate goes from high to low or back: no multiple of any window
BINS, WINDOWS = round(LONGEST / INTERVAL_BIN), round(WIDEST / WINDOW_STEP)
QUESTION = (
    "A neuron that pauses after each spike: what does that do to its intervals, and what to its counts?"
)


@kernel
def fano_of_windows(times, window):
    """Variance over mean of the spike counts in all whole windows; `times` in order."""
    windows = int(times[times.size - 1] / window)
    end, squares, total, here = window, 0.0, 0.0, 0.0
    for s in range(times.size):
        if times[s] >= end:
            squares += here * here
            w = int(times[s] / window)
            if w >= windows:
                break
            end, here = (w + 1) * window, 0.0
        here += 1.0
        total += 1.0
    mean = total / windows
    return squares / windows / mean - mean


@kernel
def waits_below(x, rate, dead_time):
    """The share of intervals below `x`; `rate` per ms."""
    return -math.expm1(-rate * max(x - dead_time, 0.0) / (1.0 - rate * dead_time))


@kernel
def next_spike(t, wait, rate, dead_time, swing, stretch):
    """When the next spike after `t` comes, from an exponential number of mean 1; `rate` per ms.

    The rate is `swing` times higher in every other stretch of time, and as much lower in those between.
    """
    t += dead_time
    while True:
        k = math.floor(t / stretch)
        now = rate * (1.0 + swing) if k % 2 == 0 else rate * (1.0 - swing)
        hazard = now / (1.0 - now * dead_time)
        end = (k + 1) * stretch
        if wait <= hazard * (end - t):
            return t + wait / hazard
        wait -= hazard * (end - t)
        t = end


@kernel
def dead_time_figure(
    times, intervals, law, windows, fano_curve, out,
    rate, dead_time, swing, window, stretch, width, step, seed,
):  # fmt: skip
    """A long train: its intervals and their law, its CV, and the Fano factor of each counting window."""
    per_ms = rate / 1000.0
    now, squares = 0.0, 0.0
    for s in range(times.size):
        wait = -math.log1p(-uniform(seed, 0, s))
        times[s] = next_spike(now, wait, per_ms, dead_time, swing / 100.0, stretch)
        interval = times[s] - now
        now = times[s]
        squares += interval * interval
        b = int(interval / width)
        if b < intervals.size:
            intervals[b] += 100.0 / times.size
    for b in range(law.size):
        law[b] = 100.0 * (
            waits_below((b + 1) * width, per_ms, dead_time) - waits_below(b * width, per_ms, dead_time)
        )
    for k in range(windows.size):
        windows[k] = (k + 1) * step
        fano_curve[k] = fano_of_windows(times, windows[k])
    mean = now / times.size
    out[0] = times.size
    out[1] = 1000.0 / mean
    out[2] = math.sqrt(squares / times.size - mean * mean) / mean
    out[3] = fano_of_windows(times, window)
    out[4] = 1.0 - per_ms * dead_time


def dead_time_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A hundred thousand spikes of a Poisson process with a dead time.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``rate`` (5 to 80 Hz), ``dead_time`` (0 to 6 ms), ``swing`` (0 to 80 %: for
        a second the rate is so much higher, for the next so much lower), ``window`` (10 to 400 ms), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``intervals`` (the share in each bin of 2 ms, %) and ``law`` (the share that is
        expected at a constant rate); ``windows`` (ms) and ``fano_curve`` (the Fano factor of the counts in
        each); ``n`` (spikes), ``measured`` (Hz), ``cv`` (of the intervals), ``fano`` (in the chosen window),
        ``theory`` (the CV at a constant rate, 1 − rτ).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> panel = dead_time_panel(rate=80, dead_time=5)
    >>> print(f"{panel.result.cv:.1f}, {panel.result.theory:.1f} expected")
    0.6, 0.6 expected
    """
    return Panel(
        "dead_time",
        title="Random spikes with a pause",
        question=question,
        controls=[
            Control("rate", "r", "Rate", 5.0, 80.0, 40.0, 1.0, "Hz", colour=5),
            Control("dead_time", "τ", "Dead time", 0.0, 6.0, 0.0, 0.1, "ms", colour=4),
            Control("swing", "m", "Swing of the rate", 0.0, 80.0, 0.0, 1.0, "%", colour=2),
            Control(
                "window", "T", "Counting window", WINDOW_STEP, WIDEST, 100.0, WINDOW_STEP, "ms", colour=3
            ),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("measured", 1, "Hz"),
            ReadOut("cv", 3),
            ReadOut("fano", 3),
            ReadOut("theory", 3),
        ],
        views=[
            Histogram(
                "intervals",
                Axis(0.0, LONGEST, "interval (ms)"),
                "intervals (%)",
                law="law",
                colour=5,
                title="Which share of the intervals has each length, and which share the law expects",
            ),
            Curve(
                "windows",
                "fano_curve",
                "window",
                "fano",
                Axis(0.0, WIDEST, "counting window T (ms)"),
                "Fano factor",
                least=1.2,
                title="Fano factor of the spike counts for every counting window",
            ),
        ],
        sentence=(
            "r = {rate} Hz, τ = {dead_time} ms, m = {swing} %: {measured} Hz, CV {cv}, "
            "Fano factor {fano} in windows of {window} ms"
        ),
        headline="cv",
        detail=(
            "is the CV (at a steady rate 1 − rτ = {theory}); "
            "the Fano factor is {fano} in windows of {window} ms"
        ),
        kernel=dead_time_figure,
        arrays={
            "times": Array((SPIKES,), work=True),
            "intervals": Array((BINS,)),
            "law": Array((BINS,)),
            "windows": Array((WINDOWS,)),
            "fano_curve": Array((WINDOWS,)),
        },
        constants={"stretch": STRETCH, "width": INTERVAL_BIN, "step": WINDOW_STEP},
        presets={
            "Poisson": {"rate": 40.0, "dead_time": 0.0, "swing": 0.0},
            "a pause": {"rate": 80.0, "dead_time": 5.0, "swing": 0.0},
            "a swing": {"rate": 40.0, "dead_time": 0.0, "swing": 50.0},
            "both": {"rate": 80.0, "dead_time": 4.0, "swing": 30.0},
        },
        python=(
            "from snnlab_widgets import dead_time_panel\n\n"
            "# the spikes of this picture; without a swing others with the same law come from\n"
            "# snnlab.coding.dead_time_spikes({rate}, {dead_time}, 1_000_000, rng=np.random.default_rng())\n"
            "seen = dead_time_panel(\n"
            "    rate={rate}, dead_time={dead_time}, swing={swing}, window={window}, seed={seed}\n"
            ").result\n"
            'print(f"{{seen.n:.0f}} spikes, CV {{seen.cv:.3f}}, Fano factor {{seen.fano:.3f}}")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
