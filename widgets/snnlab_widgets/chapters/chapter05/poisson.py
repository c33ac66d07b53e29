"""The panel of Poisson spike trains: many trials of one rate, and what counting them tells."""

import math

from snnlab.coding.poisson import BLOCK, run
from snnlab.compiling import kernel
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Histogram, Raster

__all__ = ["poisson_panel"]

DURATION, BIN = 1000.0, 20.0  # ms
LONGEST, INTERVAL_BIN = 200.0, 5.0  # ms, of the intervals shown
MOST_TRIALS, HIGHEST = 50, 100.0
ROOM = 6_000  # the most that is expected is 5000 with a standard deviation of 71

QUESTION = "Where can you read the rate: in one row, or only in all of them together?"


@kernel
def pairs_up_to(x, rate, duration):
    """How many intervals shorter than `x` a Poisson train of `duration` has on average; `rate` per ms.

    The intervals are exponential, and one of length x can begin in only `duration` − x of the time: this is
    the integral of r² (T − x) exp(−r x).
    """
    fades = math.exp(-rate * x)
    return rate * duration - 1.0 - (rate * (duration - x) - 1.0) * fades


@kernel
def poisson_figure(
    times, units, ahead, strip, counts, intervals, law, out,
    rate, trials, window, duration, width, interval_width, seed,
):  # fmt: skip
    """Spikes of all trials, their rate in bins, the Fano factor of counts in windows, and the intervals."""
    n_trials = int(trials)
    n = min(run(times, units, ahead, n_trials, rate / 1000.0, duration, seed), times.shape[0])
    windows = int(duration / window)
    for s in range(n):
        strip[min(int(times[s] / width), strip.shape[0] - 1)] += 1000.0 / (width * n_trials)
        w = int(times[s] / window)
        if w < windows:
            counts[units[s], w] += 1
        if s > 0 and units[s] == units[s - 1]:
            b = int((times[s] - times[s - 1]) / interval_width)
            if b < intervals.shape[0]:
                intervals[b] += 1
    for b in range(law.shape[0]):
        longer = pairs_up_to((b + 1) * interval_width, rate / 1000.0, duration)
        law[b] = n_trials * (longer - pairs_up_to(b * interval_width, rate / 1000.0, duration))

    total, squares = 0.0, 0.0
    for k in range(n_trials):
        for w in range(windows):
            total += counts[k, w]
            squares += counts[k, w] * counts[k, w]
    m = n_trials * windows
    mean = total / m
    out[0] = n
    out[1] = 1000.0 * n / (duration * n_trials)
    out[2] = (squares - total * mean) / (m - 1) / mean


def poisson_panel(*, question: str = QUESTION, engine: str = "browser", **values: float) -> Panel:
    """Trials of a Poisson process: the same rate, other spikes every time.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    **values
        Start values: ``rate`` (1 to 100 Hz), ``trials`` (2 to 50), ``window`` (10 to 500 ms), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``times`` (ms) and ``units`` (trial of each spike, from 0), trial by trial;
        ``strip`` (rate of all trials in bins of 20 ms, Hz); ``intervals`` (how many intervals between the
        spikes of a trial fall into each bin of 5 ms) and ``law`` (how many a Poisson process has on average);
        ``n`` (spikes), ``measured`` (Hz), ``fano`` (variance of the counts in windows over their mean).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> panel = poisson_panel(rate=40)
    >>> panel.result.n == len(panel.result.times)
    True
    """
    return Panel(
        "poisson",
        title="Poisson spike trains",
        question=question,
        controls=[
            Control("rate", "r", "Rate", 1.0, HIGHEST, 20.0, 1.0, "Hz", colour=5),
            Control("trials", "N", "Trials", 2.0, MOST_TRIALS, 30.0, 1.0, "", colour=2),
            Control("window", "T", "Counting window", 10.0, 500.0, 100.0, 10.0, "ms", colour=3),
        ],
        readouts=[ReadOut("n"), ReadOut("measured", 1, "Hz"), ReadOut("fano", 2)],
        views=[
            Raster(
                "times",
                "units",
                "trials",
                DURATION,
                label="trial",
                strip="strip",
                strip_label="rate (Hz)",
                expected="rate",
                title="Spikes of every trial, and the rate of all of them below",
            ),
            Histogram(
                "intervals",
                Axis(0.0, LONGEST, "interval (ms)"),
                "intervals",
                law="law",
                colour=5,
                title="How many intervals there are of each length, and how many the exponential law expects",
            ),
        ],
        sentence=(
            "rate = {rate} Hz: {n} {n|spike|spikes} in {trials} trials, {measured} Hz, Fano factor {fano}"
        ),
        headline="measured",
        detail="{n} {n|spike|spikes} in {trials} trials of one second, Fano factor {fano}",
        kernel=poisson_figure,
        arrays={
            "times": Array((ROOM,), upto="n"),
            "units": Array((ROOM,), "int32", upto="n"),
            "ahead": Array((BLOCK,), work=True),
            "strip": Array((round(DURATION / BIN),)),
            "counts": Array((MOST_TRIALS, 100), "int32", work=True),
            "intervals": Array((round(LONGEST / INTERVAL_BIN),)),
            "law": Array((round(LONGEST / INTERVAL_BIN),)),
        },
        constants={"duration": DURATION, "width": BIN, "interval_width": INTERVAL_BIN},
        presets={
            "hardly a spike": {"rate": 2.0},
            "one trial is enough?": {"rate": 80.0, "trials": 2.0},
            "busy": {"rate": 80.0, "trials": 50.0},
        },
        python=(
            "from snnlab import Spikes\n"
            "from snnlab_widgets import poisson_panel\n\n"
            "# the spikes of this picture; other ones with the same law come from\n"
            "# snnlab.coding.poisson_spikes({rate}, 1000, {trials}, rng=np.random.default_rng())\n"
            "seen = poisson_panel(rate={rate}, trials={trials}, window={window}, seed={seed}).result\n"
            "spikes = Spikes(seen.times, seen.units, n_units={trials}, duration=1000)\n"
            "print(spikes)"
        ),
        seed=1,
        values=values,
        engine=engine,
    )
