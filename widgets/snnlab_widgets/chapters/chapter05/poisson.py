"""The panel of Poisson spike trains: many trials of one rate, and what counting them tells."""

from snnlab.coding.generators.poisson import BLOCK
from snnlab.coding.generators.poisson_trials import BIN, INTERVAL_BIN, LONGEST, recorded, run_trials
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Histogram, Raster

__all__ = ["poisson_panel"]

DURATION = 1000.0  # ms
MOST_TRIALS, HIGHEST = 50, 100.0
ROOM = 6_000  # the most that is expected is 5000 with a standard deviation of 71

QUESTION = "Where can you read the rate: in one row, or only in all of them together?"


def poisson_panel(*, question: str = QUESTION, engine: str = "browser", **values: float) -> Panel:
    """Trials of a Poisson process: the same rate, other spikes every time.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
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
                names=("counted", "expected by the law"),
                colour=5,
                title="How many intervals there are of each length, and how many the exponential law expects",
            ),
        ],
        sentence=(
            "rate = {rate} Hz: {n} {n|spike|spikes} in {trials} trials, {measured} Hz, Fano factor {fano}"
        ),
        headline="measured",
        detail="{n} {n|spike|spikes} in {trials} trials of one second, Fano factor {fano}",
        kernel=run_trials,
        arrays={
            "seen": recorded(ROOM, DURATION),
            "ahead": Array((BLOCK,), work=True),
            "counts": Array((MOST_TRIALS, 100), "int32", work=True),
        },
        constants={"duration": DURATION, "width": BIN, "interval_width": INTERVAL_BIN},
        presets={
            "hardly a spike": {"rate": 2.0},
            "one trial is enough?": {"rate": 80.0, "trials": 2.0},
            "busy": {"rate": 80.0, "trials": 50.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.coding.generators.poisson_trials import poisson_trials\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen = poisson_trials({rate}, {trials}, {window}, rng=np.uint64({seed}))\n"
            'print(f"{{seen.measured:.1f}} Hz, {{seen.n}} spikes, Fano factor {{seen.fano:.2f}}")'
        ),
        seed=1,
        values=values,
        engine=engine,
    )
