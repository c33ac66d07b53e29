"""The panel of competition: a neuron with a thousand synapses under STDP, a hundred seconds at each move."""

from typing import TYPE_CHECKING

from snnlab.learning.competition.competition_outcome import recorded, run_outcome, work
from snnlab.learning.competition.synaptic_competition import Competition
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Curve, Histogram

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["competition_panel"]

INPUTS, SECONDS, DT, SECOND = 1000, 100, 0.1, 10_000  # of 0.1 ms
WORK = work(INPUTS, SECOND)
QUESTION = "A thousand inputs that fire at random, none better than the others. What becomes of the weights?"


def competition_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A neuron with 1000 excitatory synapses under additive STDP, up to 100 s at steps of 0.1 ms.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``rate`` of each input (5 to 40 Hz), ``percent`` (0 to 3: the largest potentiation of a
        pair, in % of the largest weight), ``alpha`` (0.9 to 1.3: depression against potentiation),
        ``seconds`` (4 to 100), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``w``, the weights at the end; ``weights``, how many there are in each of 25 bins
        from 0 to 1; ``rates`` (Hz), the rate of the neuron in each second around ``time`` (s); and of the
        last quarter of the time ``late`` (its rate, Hz) and ``cv`` (of its intervals); ``low`` and ``high``
        (% of the weights below 0.2 and above 0.8) and ``mean`` (weight).

    Examples
    --------
    >>> panel = competition_panel(seconds=4, percent=0, engine="kernel")
    >>> print(f"{panel.result.mean:.2f}")
    0.50
    """
    return Panel(
        "competition",
        title="A thousand synapses compete",
        question=question,
        controls=[
            Control("rate", "r", "Rate of each input", 5.0, 40.0, 20.0, 1.0, "Hz", colour=6),
            Control("percent", "A_+", "Potentiation of a pair", 0.0, 3.0, 2.0, 0.1, "%", colour=3),
            Control("alpha", "α", "Depression against it", 0.9, 1.3, 1.05, 0.01, "", colour=2),
            Control("seconds", "T", "Time", 4.0, float(SECONDS), 4.0, 4.0, "s", colour=5),
        ],
        readouts=[
            ReadOut("late", 1, "Hz"),
            ReadOut("cv", 2),
            ReadOut("low", 0, "%"),
            ReadOut("high", 0, "%"),
            ReadOut("mean", 2),
        ],
        views=[
            Histogram(
                "weights",
                Axis(0.0, 1.0, "weight"),
                "synapses",
                title="How many synapses have which weight at the end",
            ),
            Curve(
                "time",
                "rates",
                "seconds",
                "late",
                Axis(0.0, float(SECONDS), "time (s)"),
                "output (Hz)",
                least=60.0,
                title="The rate of the neuron in each second",
            ),
        ],
        sentence=(
            "r = {rate} Hz, A₊ = {percent} %, α = {alpha}, after {seconds} s: {low} % of the weights below "
            "0.2, {high} % above 0.8; {late} Hz[, CV {cv}]"
        ),
        headline="low",
        detail=(
            "of the weights are below 0.2, {high} % above 0.8; in the last quarter of the time the neuron "
            "fires at {late} Hz[ with a CV of {cv}]"
        ),
        kernel=run_outcome,
        arrays={
            "seen": recorded(INPUTS, SECONDS),
            "work": scratch(WORK),
        },
        constants={"numbers": Competition(), "w_start": 0.5, "second": SECOND, "dt": DT},
        presets={
            f"{SECONDS} seconds": {"seconds": SECONDS},
            "no learning": {"percent": 0.0, "seconds": SECONDS},
            "twice the input": {"rate": 40.0, "seconds": SECONDS},
            "half the input": {"rate": 10.0, "seconds": SECONDS},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning import Competition\n"
            "from snnlab.learning.competition.competition_outcome import competition_outcome\n\n"
            "numbers = Competition(a_plus={percent} / 100, alpha={alpha})\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen = competition_outcome({rate}, {seconds}, numbers, rng=np.uint64({seed}))\n"
            'print(f"{{seen.low:.0f}} % of the weights below 0.2, {{seen.late:.1f}} Hz, CV {{seen.cv:.2f}}")'
        ),
        play=("seconds", "Let it learn"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
