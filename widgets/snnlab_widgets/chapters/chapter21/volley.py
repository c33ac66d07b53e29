"""The panel of a volley: the same wave of spikes again and again, and a neuron that answers earlier."""

from typing import TYPE_CHECKING

from snnlab.learning.competition.competition_outcome import work
from snnlab.learning.competition.repeated_volley import (
    BEGIN,
    DT,
    INPUTS,
    LENGTH,
    PERIOD,
    recorded,
    run_volleys,
)
from snnlab.learning.competition.synaptic_competition import Competition
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Curve, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["volley_panel"]

VOLLEYS = 300
WORK = work(INPUTS, round(PERIOD / DT), INPUTS)
QUESTION = "A wave of spikes passes again and again. When does the neuron answer, at first and later?"


def volley_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A volley of 200 spikes in 20 ms, one an input and always in the same order, 300 times.

    Between two volleys all is quiet for so long that nothing is left of the one before but the weights.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``volleys`` (1 to 300: at which one looks), ``jitter`` (0 to 10 ms: a spike comes up to
        so much earlier or later),
        ``percent`` (0 to 2: the largest potentiation of a pair, in % of the largest weight), ``g_max`` (0.02
        to 0.08: the conductance of a synapse of weight 1, in units of the leak), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``latencies``, the time from the start of each volley to the first spike of the
        neuron, ms (NaN if there is none), over ``volley``; ``learnt``, the mean weight in each of 20 parts of
        the volley after so many volleys, over ``arrives`` (ms); ``w``, the weights after the last one;
        ``latency`` and ``spikes`` of the neuron in the volley that one looks at, and ``before``, its latency
        in the first one.

    Examples
    --------
    >>> result = volley_panel(volleys=300, engine="kernel").result
    >>> bool(result.latency < result.before)
    True
    """
    return Panel(
        "volley",
        title="The same volley again and again",
        question=question,
        controls=[
            Control("volleys", "k", "Volley", 1.0, float(VOLLEYS), 1.0, 1.0, "", colour=1),
            Control("jitter", "j", "Jitter", 0.0, 10.0, 1.0, 0.5, "ms", colour=4),
            Control("percent", "A_+", "Potentiation of a pair", 0.0, 2.0, 0.2, 0.1, "%", colour=3),
            Control("g_max", "g_max", "Largest conductance", 0.02, 0.08, 0.03, 0.005, "", colour=2),
        ],
        readouts=[
            ReadOut("latency", 1, "ms", none="no spike"),
            ReadOut("spikes"),
            ReadOut("before", 1, "ms"),
        ],
        views=[
            Curve(
                "volley",
                "latencies",
                "volleys",
                "latency",
                Axis(1.0, float(VOLLEYS), "volley"),
                "first spike after (ms)",
                least=15.0,
                title="The time from the start of each volley so far to the first spike of the neuron",
                side="left",
            ),
            Kernels(
                "arrives",
                (("learnt", "weight", 1),),
                Axis(0.0, LENGTH, "place of the input in the volley (ms)"),
                Axis(0.0, 1.05, "mean weight"),
                title="The weights of the inputs by the time at which they fire in the volley",
            ),
        ],
        sentence=(
            "jitter {jitter} ms, A₊ = {percent} %, largest conductance {g_max}: {spikes} "
            "{spikes|spike|spikes} in volley {volleys}[, the first after {latency} ms][; in the first volley "
            "after {before} ms]"
        ),
        headline="latency",
        detail=(
            "[{latency||}from the start of volley {volleys} to the first of {spikes} {spikes|spike|spikes}]"
            "{latency|||in the last volley}[; in the first volley {before} ms]"
        ),
        kernel=run_volleys,
        arrays={
            "told": recorded(VOLLEYS),
            "work": scratch(WORK),
        },
        constants={
            "numbers": Competition(n_in=0),
            "w_start": 0.5,
            "length": LENGTH,
            "period": PERIOD,
            "begin": BEGIN,
            "dt": DT,
        },
        presets={
            "a hundred later": {"volleys": 100.0},
            "the last one": {"volleys": float(VOLLEYS)},
            "more jitter": {"volleys": float(VOLLEYS), "jitter": 6.0},
            "no learning": {"volleys": float(VOLLEYS), "percent": 0.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning import Competition\n"
            "from snnlab.learning.competition.repeated_volley import repeated_volley\n\n"
            "numbers = Competition(g_max={g_max}, a_plus={percent} / 100)\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "told = repeated_volley({volleys}, {jitter}, numbers, rng=np.uint64({seed}))\n"
            'print(f"{{told.latency:.1f}} ms, in the first volley {{told.before:.1f}} ms")'
        ),
        play=("volleys", "Play volleys"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
