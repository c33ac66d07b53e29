"""The panel of the step: how soon a population tells that its input has changed, and how soon one neuron."""

import functools
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from snnlab.compiling import kernel
from snnlab.neurons.lif import LIF
from snnlab.neurons.lif_population import run
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Histogram, Raster, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["rate_step_panel"]

DT, BIN = 0.5, 2.0  # ms
REST, ONSET, SETTLED, DURATION = 250.0, 100.0, 200.0, 450.0  # ms: not shown; the step; all is over; the end
STEPS, BINS, SHOWN = round((REST + DURATION) / DT), round((REST + DURATION) / BIN), round(DURATION / BIN)
WEAK, STRONG, SIGMA = 0.12, 0.2, 4.0  # nA, nA, mV
MOST, ROWS, FASTEST, RATE_BIN = 1000, 40, 150.0, 10.0
CELL = LIF()
ROOM = STEPS // (round(CELL.t_ref / DT) + 1) * MOST  # a spike and its refractory steps, again and again

QUESTION = (
    "All of them together notice the change before one of them that counts. What makes them just as late?"
)


@functools.cache
def shares() -> tuple[np.ndarray, np.ndarray]:
    """For each neuron a share of the longest delay, from 0 to 1, and a normal number for its threshold.

    The first neuron is in the middle of both.
    """
    even = (np.arange(MOST) + 0.5) / MOST
    normal = np.array([NormalDist().inv_cdf(share) for share in even])
    rng = np.random.default_rng(6)
    delay, threshold = rng.permutation(even), rng.permutation(normal)
    for values, middle in ((delay, 0.5), (threshold, 0.0)):
        k = int(np.abs(values - middle).argmin())
        values[[0, k]] = values[[k, 0]]
    return np.round(delay, 4), np.round(threshold, 4)


@kernel
def _half_way(rate, first, half):
    """In bins, where `rate` rises above `half` from bin `first` on; a straight line between bins."""
    for b in range(first, rate.size):
        if rate[b] > half:
            before = rate[b - 1]
            return b - (rate[b] - half) / (rate[b] - before) if before < half else float(b)
    return float(rate.size)


@kernel
def _share_below(counts, tally, share):
    """The count below which `share` of all counts lie."""
    tally[:] = 0
    for k in range(counts.size):
        tally[min(counts[k], tally.size - 1)] += 1
    passed = 0
    for c in range(tally.size):
        passed += tally[c]
        if passed > share * counts.size:
            return c
    return tally.size - 1


@kernel
def rate_step_figure(
    i, v, free, late, higher, all_times, all_units, all_bins, one, of_each, tally, running, smooth,
    share, place, times, units, activity, average, rates, out,
    delays, spread, window, neurons,
    rest, onset, settled, bin_width, rate_bin, rows, weak, strong, sigma,
    tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt, seed,
):  # fmt: skip
    """The spikes of some, the activity of all, and the average of the first neuron over a sliding window."""
    n, skip, begin = int(neurons), int(rest / bin_width), int(onset / bin_width)
    for t in range(i.size):
        i[t] = strong if t * dt >= rest + onset else weak
    for k in range(n):
        late[k] = int(delays * share[k] / dt)
        higher[k] = max(spread * place[k], 0.8 * (v_reset - v_th))  # a threshold stays above the reset
    count = run(
        i, v[:n], free[:n], all_times, all_units, late[:n], higher[:n], sigma,
        tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt, seed,
    )  # fmt: skip
    seen = 0
    for s in range(count):
        k, b = all_units[s], int((all_times[s] - 0.5 * dt) / bin_width)  # the middle of its step
        all_bins[b] += 1000.0 / (bin_width * n)
        if k == 0:
            one[b] += 1
        if b >= skip + int(settled / bin_width):
            of_each[k] += 1
        if k < rows and b >= skip:
            times[seen] = all_times[s] - rest
            units[seen] = k
            seen += 1

    width = int(window / bin_width)
    before, after, settled_bins = 0.0, 0.0, activity.size - int(settled / bin_width)
    for b in range(activity.size):
        now = skip + b
        activity[b] = all_bins[now]
        smooth[b] = (all_bins[now - 2] + all_bins[now - 1] + all_bins[now]) / 3.0  # what was seen up to now
        for j in range(width):
            average[b] += one[now - j] * 1000.0 / window
            running[b] += all_bins[now - j] / width
        if b < begin:
            before += activity[b] / begin
        elif b >= int(settled / bin_width):
            after += activity[b] / settled_bins
    half = 0.5 * (before + after)
    counted = settled_bins * bin_width / 1000.0  # seconds
    for k in range(n):
        rates[min(int(of_each[k] / counted / rate_bin), rates.size - 1)] += 1
    out[0] = seen
    out[1] = before
    out[2] = after
    out[3] = (_half_way(smooth, begin, half) + 1.0) * bin_width - onset
    out[4] = (_half_way(running, begin, half) + 1.0) * bin_width - onset
    out[5] = _share_below(of_each[:n], tally, 0.05) / counted
    out[6] = _share_below(of_each[:n], tally, 0.95) / counted


def rate_step_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Noisy neurons whose current rises at once, from 0.12 to 0.2 nA.

    They are the LIF neurons of `snnlab.neurons.simulate_lif_population`, with a noise of 4 mV. Delays are
    spread evenly from 0 to the longest; thresholds scatter normally around −50 mV.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``neurons`` (10 to 1000), ``window`` (20 to 200 ms), ``delays`` (the longest, 0 to 100
        ms), ``spread`` (of the thresholds, 0 to 6 mV), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``times`` (ms) and ``units`` of the spikes of the first 40 neurons; ``activity``
        of all and ``average`` of the first over the last `window` (Hz, in bins of 2 ms); ``rates``, how many
        neurons fire at each rate after the step, in bins of 10 Hz; ``n`` (spikes of the first 40), ``before``
        and ``after`` (activity, Hz), ``lag`` (ms until the activity, over its last 6 ms, is half way up),
        ``slow`` (the same for a temporal average, taken over all neurons), ``low`` and ``high`` (90 % of the
        neurons fire at a rate between these, Hz).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> result = rate_step_panel(window=200).result
    >>> result.lag < 10 < result.slow
    True
    """
    share, place = shares()
    return Panel(
        "rate_step",
        title="A step, and who notices",
        question=question,
        controls=[
            Control("neurons", "N", "Neurons", 10.0, MOST, MOST, 10.0, "", colour=1),
            Control("window", "T", "Window of the average", 20.0, 200.0, 100.0, 2.0, "ms", colour=2),
            Control("delays", "D", "Longest delay", 0.0, 100.0, 0.0, 1.0, "ms", colour=3),
            Control("spread", "h", "Spread of thresholds", 0.0, 6.0, 0.0, 0.1, "mV", colour=4),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("before", 0, "Hz"),
            ReadOut("after", 0, "Hz"),
            ReadOut("lag", 0, "ms"),
            ReadOut("slow", 0, "ms"),
            ReadOut("low", 0, "Hz"),
            ReadOut("high", 0, "Hz"),
        ],
        views=[
            Raster(
                "times", "units", ROWS, DURATION, focus=1, title="Spikes of 40 of the neurons, one row each"
            ),
            Trace(
                "activity",
                BIN,
                Axis(0.0, 80.0, "rate (Hz)"),
                name="all, now",
                also=(("average", "neuron 1, over T", 2),),
                title="The activity of all neurons over time, and the average of one over a sliding window",
            ),
            Histogram(
                "rates",
                Axis(0.0, FASTEST, "rate of a neuron after the step (Hz)"),
                "neurons",
                title="How many neurons fire at each rate after the step",
            ),
        ],
        sentence=(
            "N = {neurons}, D = {delays} ms, h = {spread} mV: from {before} to {after} Hz, half way after "
            "{lag} ms; an average over {window} ms takes {slow} ms; 90 % of the neurons fire at {low} to "
            "{high} Hz"
        ),
        headline="lag",
        detail=(
            "until the activity is half way from {before} to {after} Hz; an average over {window} ms takes "
            "{slow} ms. 90 % of the neurons then fire at {low} to {high} Hz"
        ),
        kernel=rate_step_figure,
        arrays={
            "i": Array((STEPS,), work=True),
            "v": Array((MOST,), work=True),
            "free": Array((MOST,), "int32", work=True),
            "late": Array((MOST,), "int32", work=True),
            "higher": Array((MOST,), work=True),
            "all_times": Array((ROOM,), work=True),
            "all_units": Array((ROOM,), "int32", work=True),
            "all_bins": Array((BINS,), work=True),
            "one": Array((BINS,), work=True),
            "of_each": Array((MOST,), "int32", work=True),
            "tally": Array((200,), "int32", work=True),
            "running": Array((SHOWN,), work=True),
            "smooth": Array((SHOWN,), work=True),
            "share": share,
            "place": place,
            "times": Array((ROOM * ROWS // MOST,), upto="n"),
            "units": Array((ROOM * ROWS // MOST,), "int32", upto="n"),
            "activity": Array((SHOWN,)),
            "average": Array((SHOWN,)),
            "rates": Array((round(FASTEST / RATE_BIN),)),
        },
        constants={
            "rest": REST,
            "onset": ONSET,
            "settled": SETTLED,
            "bin_width": BIN,
            "rate_bin": RATE_BIN,
            "rows": ROWS,
            "weak": WEAK,
            "strong": STRONG,
            "sigma": SIGMA,
            **CELL._asdict(),
            "dt": DT,
        },
        presets={
            "late by up to 100 ms": {"delays": 100.0},
            "thresholds differ": {"spread": 5.0},
            "both": {"delays": 100.0, "spread": 5.0},
            "a handful": {"neurons": 20.0},
        },
        python=(
            "from snnlab import Spikes\n"
            "from snnlab_widgets import rate_step_panel\n\n"
            "# the spikes of this picture; other ones with the same law come from\n"
            "# snnlab.neurons.simulate_lif_population\n"
            "seen = rate_step_panel(\n"
            "    neurons={neurons}, window={window}, delays={delays}, spread={spread}, seed={seed}\n"
            ").result\n"
            f"print(Spikes(seen.times, seen.units, n_units={ROWS}, duration={DURATION:.0f}), seen.lag)"
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
