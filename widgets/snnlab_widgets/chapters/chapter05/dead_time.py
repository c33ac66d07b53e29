"""The panel of random spikes with a dead time: the intervals and counts of a hundred thousand of them."""

from typing import TYPE_CHECKING

from snnlab.coding.statistics.dead_time_statistics import (
    INTERVAL_BIN,
    LONGEST,
    SPIKES,
    STRETCH,
    WIDEST,
    WINDOW_STEP,
    recorded,
    run_statistics,
)
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Curve, Histogram

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["dead_time_panel"]

QUESTION = (
    "A neuron that pauses after each spike: what does that do to its intervals, and what to its counts?"
)


def dead_time_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A hundred thousand spikes of a Poisson process with a dead time.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
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
                names=("counted", "expected by the law"),
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
        kernel=run_statistics,
        arrays={"seen": recorded(), "times": Array((SPIKES,), work=True)},
        constants={"stretch": STRETCH, "width": INTERVAL_BIN, "step": WINDOW_STEP},
        presets={
            "Poisson": {"rate": 40.0, "dead_time": 0.0, "swing": 0.0},
            "a pause": {"rate": 80.0, "dead_time": 5.0, "swing": 0.0},
            "a swing": {"rate": 40.0, "dead_time": 0.0, "swing": 50.0},
            "both": {"rate": 80.0, "dead_time": 4.0, "swing": 30.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.coding.statistics.dead_time_statistics import dead_time_statistics\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen = dead_time_statistics({rate}, {dead_time}, {swing}, {window}, rng=np.uint64({seed}))\n"
            'print(f"CV {{seen.cv:.3f}}, Fano factor {{seen.fano:.3f}}")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
