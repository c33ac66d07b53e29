"""The panel of synchrony: two neurons that share spikes, and what jitter does to their cross-correlogram."""

import math
from typing import TYPE_CHECKING

import numpy as np

from snnlab.coding.inhomogeneous import rescale
from snnlab.compiling import kernel
from snnlab.random import normal, uniform
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Raster

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["synchrony_panel"]

RATE, TRIALS, DURATION, DT = 20.0, 200, 1000.0, 1.0  # Hz, trials, ms, ms
BIN, LAG, WINDOW = 2.0, 80.0, 20.0  # ms: of the correlogram, its end, of the jitter predictor
PERIOD, DRIFT = 200.0, 200.0  # ms: of the common swing of the rates, and the largest drift of it
ROWS, SHOWN = 16, 400.0  # two rows a trial; ms
ROOM = 8_000  # of a train over all trials: 4000 are expected, with a standard deviation of 63
BINS, LAGS, HIGHEST = round(DURATION / BIN), round(2 * LAG / BIN) + 1, 8.0

QUESTION = "Two neurons fire together more often than chance allows. Do they share spikes, or only a rhythm?"


@kernel
def _copy(times, units, out_times, out_units, n, count, jitter, drift, duration, seed, stream):
    """Spikes as one neuron fires them, each moved by chance and each trial by its own drift."""
    for s in range(count):
        at = times[s] + jitter * normal(seed, stream, s) + drift * uniform(seed, np.uint64(9), units[s])
        if n < out_times.size:
            out_times[n] = at - duration * math.floor(at / duration)
            out_units[n] = units[s]
            n += 1
    return n


@kernel
def synchrony_figure(
    times, units, rate_now, a_times, a_units, b_times, b_units, of_a, of_b, in_window, rows_times, rows_units,
    lag, pairs, shifted, jittered, out,
    shared, jitter, swing, drift,
    rate, trials, duration, dt, bin_width, window, period, rows, shown, seed,
):  # fmt: skip
    """Both trains of all trials, their cross-correlogram in units of chance, and two predictors of it."""
    k_trials, bins, lags = int(trials), of_b.shape[1], lag.size
    n_a, n_b = 0, 0
    for part in range(3):  # what both have, what a has, what b has
        share = 0.01 * shared if part == 0 else 1.0 - 0.01 * shared
        for t in range(rate_now.size):
            wave = math.cos(2.0 * math.pi * (t + 0.5) * dt / period)
            rate_now[t] = share * rate / 1000.0 * (1.0 + 0.01 * swing * wave)
        key = np.uint64(seed) * np.uint64(3) + np.uint64(part)
        count = min(rescale(times, units, k_trials, rate_now, dt, key), times.size)
        moved = jitter if part == 0 else 0.0
        if part != 2:
            n_a = _copy(
                times, units, a_times, a_units, n_a, count, moved, drift, duration, seed, np.uint64(7)
            )
        if part != 1:
            n_b = _copy(
                times, units, b_times, b_units, n_b, count, moved, drift, duration, seed, np.uint64(8)
            )

    per_window = int(window / bin_width)
    for s in range(n_a):
        of_a[a_units[s]] += 1
    for s in range(n_b):
        b = int(b_times[s] / bin_width)
        of_b[b_units[s], min(b, bins - 1)] += 1
        in_window[b_units[s], min(b, bins - 1) // per_window] += 1
    expected, last = 0.0, lags // 2
    for k in range(k_trials):
        total = 0
        for w in range(in_window.shape[1]):
            total += in_window[k, w]
        expected += 1.0 * of_a[k] * total / bins
    for s in range(n_a):
        k, at = a_units[s], min(int(a_times[s] / bin_width), bins - 1)
        for j in range(max(last - at, 0), min(lags, bins + last - at)):
            to = at + j - last
            pairs[j] += of_b[k, to]
            shifted[j] += of_b[(k + 1) % k_trials, to]
            jittered[j] += in_window[k, to // per_window] / per_window
    for j in range(lags):
        lag[j] = (j - last) * bin_width
        chance = expected * (1.0 - abs(j - last) / bins)
        pairs[j] /= chance
        shifted[j] /= chance
        jittered[j] /= chance

    seen = 0
    for which in range(2):
        for s in range(n_a if which == 0 else n_b):
            at = a_times[s] if which == 0 else b_times[s]
            row = 2 * (a_units[s] if which == 0 else b_units[s]) + which
            if row < rows and at < shown and seen < rows_times.size:
                rows_times[seen] = at
                rows_units[seen] = row
                seen += 1
    # at a lag of one standard deviation the peak is down to this; without jitter it is one bin wide
    spread = math.sqrt(2.0 * jitter * jitter + bin_width * bin_width / (2.0 * math.pi))
    bell = math.exp(-0.5 * 2.0 * jitter * jitter / (spread * spread)) / (math.sqrt(2.0 * math.pi) * spread)
    out[0] = n_a
    out[1] = n_b
    out[2] = seen
    out[3] = 1000.0 * n_a / (k_trials * duration)
    out[4] = 1000.0 * n_b / (k_trials * duration)
    out[5] = pairs[last]
    out[6] = shifted[last]
    out[7] = jittered[last]
    out[8] = 1.0 + 0.01 * shared * bell / (rate / 1000.0)


def synchrony_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Two Poisson neurons of 20 Hz in 200 trials of a second, their cross-correlogram and two predictors.

    They share a part of their spikes; each moves its copy by a jitter of its own. The rates of both can swing
    together with a period of 200 ms, in step with the trials or drifting from trial to trial.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``shared`` (0 to 25 % of the spikes), ``jitter`` (0 to 20 ms, standard deviation),
        ``swing`` (0 to 100 % of the rate), ``drift`` (0 to 200 ms, at most), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``a_times``, ``a_units``, ``b_times`` and ``b_units`` (ms and trial of every
        spike), ``rows_times`` and ``rows_units`` (those drawn); ``lag`` (ms) and ``pairs``, ``shifted`` and
        ``jittered`` (the correlogram, the shift predictor and the jitter predictor with windows of 20 ms,
        all divided by what independent trains would have); ``n``, ``n_b`` and ``seen`` (spikes), ``rate_a``
        and ``rate_b`` (Hz), ``peak``, ``by_shift`` and ``by_jitter`` (the three at lag 0), ``shoulder`` (what
        is expected without a swing at the lag √2 σ).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> sharp, blurred = synchrony_panel(jitter=0).result, synchrony_panel(jitter=10).result
    >>> bool(sharp.peak > 2 * blurred.peak) and abs(sharp.rate_a - blurred.rate_a) < 0.1
    True
    """
    curves = (("pairs", "pairs", 1), ("shifted", "shift", 2), ("jittered", "jitter", 3))
    return Panel(
        "synchrony",
        title="Together, or by chance?",
        question=question,
        controls=[
            Control("shared", "c", "Share of common spikes", 0.0, 25.0, 20.0, 1.0, "%", colour=5),
            Control("jitter", "σ", "Jitter of each copy", 0.0, 20.0, 0.0, 0.5, "ms", colour=4),
            Control("swing", "m", "Common swing of the rates", 0.0, 100.0, 0.0, 1.0, "%", colour=6),
            Control("drift", "D", "Drift from trial to trial", 0.0, DRIFT, 0.0, 1.0, "ms", colour=6),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("n_b"),
            ReadOut("seen"),
            ReadOut("rate_a", 1, "Hz"),
            ReadOut("rate_b", 1, "Hz"),
            ReadOut("peak", 1),
            ReadOut("by_shift", 1),
            ReadOut("by_jitter", 1),
            ReadOut("shoulder", 2),
        ],
        views=[
            Raster(
                "rows_times",
                "rows_units",
                ROWS,
                SHOWN,
                label="row",
                title="Spikes of both neurons in eight trials, two rows a trial, one for each neuron",
            ),
            Kernels(
                "lag",
                curves,
                Axis(-LAG, LAG, "lag (ms)"),
                Axis(0.0, HIGHEST, "pairs (times chance)"),
                handles=(Handle("Jitter and height of the peak", ("jitter", math.sqrt(2.0)), "shoulder"),),
                title="Pairs of spikes at each lag, against chance, with the shift and the jitter predictor",
            ),
        ],
        sentence=(
            "c = {shared} %, σ = {jitter} ms, m = {swing} %, D = {drift} ms: {rate_a} and {rate_b} Hz, "
            "{peak} times as many pairs at lag 0 as by chance; the shift predictor says {by_shift}, the "
            "jitter predictor {by_jitter}"
        ),
        headline="peak",
        detail=(
            "times as many pairs at lag 0 as by chance. Shift predictor: {by_shift}, jitter predictor: "
            "{by_jitter}. Rates: {rate_a} and {rate_b} Hz"
        ),
        kernel=synchrony_figure,
        arrays={
            "times": Array((ROOM,), work=True),
            "units": Array((ROOM,), "int32", work=True),
            "rate_now": Array((round(DURATION / DT),), work=True),
            "a_times": Array((ROOM,), upto="n"),
            "a_units": Array((ROOM,), "int32", upto="n"),
            "b_times": Array((ROOM,), upto="n_b"),
            "b_units": Array((ROOM,), "int32", upto="n_b"),
            "of_a": Array((TRIALS,), "int32", work=True),
            "of_b": Array((TRIALS, BINS), "int32", work=True),
            "in_window": Array((TRIALS, round(DURATION / WINDOW)), "int32", work=True),
            "rows_times": Array((500,), upto="seen"),
            "rows_units": Array((500,), "int32", upto="seen"),
            "lag": Array((LAGS,)),
            "pairs": Array((LAGS,)),
            "shifted": Array((LAGS,)),
            "jittered": Array((LAGS,)),
        },
        constants={
            "rate": RATE,
            "trials": TRIALS,
            "duration": DURATION,
            "dt": DT,
            "bin_width": BIN,
            "window": WINDOW,
            "period": PERIOD,
            "rows": ROWS,
            "shown": SHOWN,
        },
        presets={
            "shared spikes": {"jitter": 0.0},
            "the same, jittered": {"jitter": 10.0},
            "a common stimulus": {"shared": 0.0, "swing": 100.0},
            "a common rhythm": {"shared": 0.0, "swing": 100.0, "drift": DRIFT},
        },
        python=(
            "from snnlab import Spikes\n"
            "from snnlab.coding import cross_correlogram, shift_predictor\n"
            "from snnlab_widgets import synchrony_panel\n\n"
            "seen = synchrony_panel(\n"
            "    shared={shared}, jitter={jitter}, swing={swing}, drift={drift}, seed={seed}\n"
            ").result\n"
            f"a = Spikes(seen.a_times, seen.a_units, n_units={TRIALS}, duration={DURATION:.0f})\n"
            f"b = Spikes(seen.b_times, seen.b_units, n_units={TRIALS}, duration={DURATION:.0f})\n"
            f"found = cross_correlogram(a, b, bin_width={BIN:.0f}, max_lag={LAG:.0f})\n"
            f"print(a, found.pairs / found.expected, shift_predictor(a, b, {BIN:.0f}, {LAG:.0f}).pairs)"
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
