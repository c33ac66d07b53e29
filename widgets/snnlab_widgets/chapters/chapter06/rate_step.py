"""The panel of the step: how soon a population tells that its input has changed, and how soon one neuron."""

from typing import TYPE_CHECKING

from snnlab.neurons.experiments.population_step import (
    BIN,
    DURATION,
    FASTEST,
    MOST,
    ONSET,
    ROWS,
    buffers,
    recorded,
    run_step,
    shares,
)
from snnlab.neurons.models.lif import LIF
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Histogram, Raster, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["rate_step_panel"]

CELL = LIF()
WEAK, STRONG, SIGMA = 0.12, 0.2, 4.0  # nA, nA, mV

QUESTION = (
    "All of them together notice the change before one of them that counts. What makes them just as late?"
)


def rate_step_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Noisy neurons whose current rises at once, from 0.12 to 0.2 nA.

    The experiment is that of `snnlab.neurons.experiments.population_step`, with a noise of 4 mV. Delays are
    spread evenly from 0 to the longest; thresholds scatter normally around −50 mV.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
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

    Examples
    --------
    >>> result = rate_step_panel(window=200).result
    >>> result.lag < 10 < result.slow
    True
    """
    share, place = shares(MOST)
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
            ReadOut("lag", 0, "ms", none="never"),
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
                handles=(
                    Handle("The window after the step", ("window", 1.0, ONSET), 68.0),
                    Handle("When the last neuron hears of the step", ("delays", 1.0, ONSET), 6.0),
                ),
            ),
            Histogram(
                "rates",
                Axis(0.0, FASTEST, "rate of a neuron after the step (Hz)"),
                "neurons",
                title="How many neurons fire at each rate after the step",
            ),
        ],
        sentence=(
            "N = {neurons}, D = {delays} ms, h = {spread} mV: from {before} to {after} Hz, "
            "{lag|||never }half way[ after {lag} ms][; an average over {window} ms takes {slow} ms]; 90 % of "
            "the neurons fire at {low} to {high} Hz"
        ),
        headline="lag",
        detail=(
            "[{lag||}until the activity is ]half way from {before} to {after} Hz"
            "[; an average over {window} ms takes {slow} ms]. 90 % of the neurons then fire at "
            "{low} to {high} Hz"
        ),
        kernel=run_step,
        arrays={
            "seen": recorded(CELL),
            **scratch(buffers(MOST, CELL)),
            "share": share,
            "place": place,
        },
        constants={"neuron": CELL, "weak": WEAK, "strong": STRONG, "sigma": SIGMA},
        presets={
            "late by up to 100 ms": {"delays": 100.0},
            "thresholds differ": {"spread": 5.0},
            "both": {"delays": 100.0, "spread": 5.0},
            "a handful": {"neurons": 20.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.neurons.experiments.population_step import population_step\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "rng = np.uint64({seed})\n"
            "seen = population_step({neurons}, {window}, {delays}, {spread}, rng=rng)\n"
            'print(f"half way after {{seen.lag:.0f}} ms, over {window} ms after {{seen.slow:.0f}}")'
        ),
        play=("time (ms)", "Run"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
