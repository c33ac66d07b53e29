"""The panel of the race: first spike, rank order, who has fired, count; who is right, and when?"""

from typing import TYPE_CHECKING

from snnlab.coding.codes.current_race import BIN, DT, DURATION, recorded, run_current_race, work
from snnlab.neurons.models.lif import LIF
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["code_race_panel"]

TRIALS, MOST, CURRENT, MODULATION = 400, 10, 0.25, 0.8  # nA: the mean of the two currents; weight of a rank
WORK = work(MOST, TRIALS)

QUESTION = "One takes the first spike, one counts for a while. Who is right more often, and how soon?"


def code_race_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Two sides get a current at time 0, one more than the other. Four readers say which.

    Each side has noisy LIF neurons that start at rest. One reader names the side of the first spike of all;
    one gives each neuron a weight by the rank of its first spike, 0.8 times that of the rank before; one
    takes who has fired, whatever the order, and names the side with more of them; one counts and names the
    side with more spikes. Who does not know guesses and is right half of the time. The race is that of
    `snnlab.coding.race_lif`, with 400 trials.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``difference`` (0 to 60 %, of the two currents, whose mean is 0.25 nA), ``sigma`` (0 to
        8 mV), ``neurons`` (1 to 10 on each side), ``window`` (2 to 200 ms: when all but the first
        must answer), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``v`` and ``v_weak`` (mV, an example, one neuron of each side), ``times`` and
        ``times_weak`` (ms, their spikes); ``t`` (ms) and ``by_first``, ``by_order``, ``by_set`` and
        ``by_count`` (%, how often each reader is right who must say at t); ``n`` and ``n_weak`` (spikes),
        ``first_right`` (%), ``first_time`` (ms, mean wait for the first spike), ``order_right``,
        ``set_right`` and ``count_right`` (%, at the end of the window).

    Examples
    --------
    >>> seen = code_race_panel(difference=20, sigma=0.5).result
    >>> bool(seen.first_right > seen.count_right)
    True
    """
    return Panel(
        "code_race",
        title="The first spike against a count",
        question=question,
        controls=[
            Control("difference", "d", "Difference of the currents", 0.0, 60.0, 20.0, 1.0, "%", colour=3),
            Control("sigma", "σ", "Noise", 0.0, 8.0, 1.0, 0.1, "mV", colour=4),
            Control("neurons", "N", "Neurons on each side", 1.0, MOST, 1.0, 1.0, "", colour=6),
            Control("window", "T", "Counting time", BIN, DURATION, 20.0, BIN, "ms", colour=2),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("n_weak"),
            ReadOut("first_right", 0, "%"),
            ReadOut("first_time", 0, "ms"),
            ReadOut("order_right", 0, "%"),
            ReadOut("count_right", 0, "%"),
            ReadOut("set_right", 0, "%"),
        ],
        views=[
            Trace(
                "v",
                DT,
                Axis(-78.0, -48.0, "v (mV)"),
                spikes="times",
                behind_spikes="times_weak",
                rows=("weaker", "stronger"),
                name="stronger",
                also=(("v_weak", "weaker", 3),),
                title="An example: membrane potential of a neuron of the stronger and one of the weaker side",
            ),
            Kernels(
                "t",
                (
                    ("by_first", "first spike", 1),
                    ("by_count", "count", 2),
                    ("by_order", "rank order", 5),
                    ("by_set", "who has fired", 6),
                ),
                Axis(0.0, DURATION, "time since the onset (ms)"),
                Axis(40.0, 105.0, "right (%)"),
                handles=(Handle("Counting time and share of right answers", "window", "count_right"),),
                title="How often each reader is right who must say now, against the time since the onset",
                side="left",
            ),
        ],
        sentence=(
            "d = {difference} %, σ = {sigma} mV, N = {neurons}: the first spike is right in {first_right} % "
            "of the trials and comes after {first_time} ms; after {window} ms rank order is right in "
            "{order_right} %, who has fired in {set_right} %, a count in {count_right} %"
        ),
        headline="first_right",
        detail=(
            "right by the first spike, which comes after {first_time} ms on average. After {window} ms: rank "
            "order {order_right} %, who has fired {set_right} %, count {count_right} %"
        ),
        kernel=run_current_race,
        arrays={"told": recorded()} | scratch(WORK),
        constants={"neuron": LIF(), "current": CURRENT, "modulation": MODULATION},
        presets={
            "hardly any noise": {"sigma": 0.5},
            "noise": {"sigma": 6.0, "window": 30.0},
            "noise, and ten neurons": {"sigma": 6.0, "neurons": 10.0, "window": 30.0},
            "little noise, and ten": {"sigma": 2.0, "neurons": 10.0, "window": 30.0},
            "patience": {"sigma": 6.0, "window": DURATION},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.coding.codes.current_race import current_race\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen = current_race({difference}, {sigma}, {neurons}, {window}, rng=np.uint64({seed}))\n"
            'print(f"{{seen.first_right:.0f}} % by the first spike, {{seen.count_right:.0f}} % by a count")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
