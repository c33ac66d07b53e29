"""The panel of the race: first spike, rank order, who has fired, count; who is right, and when?"""

from typing import TYPE_CHECKING

from snnlab.coding.race import lif_race
from snnlab.compiling import kernel
from snnlab.neurons.lif import LIF, State, run_one
from snnlab.neurons.noisy_current import spread_in_step, step
from snnlab.random import normal
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["code_race_panel"]

DT, BIN, DURATION, SHOWN = 0.5, 2.0, 200.0, 100.0  # ms
BINS, STEPS = round(DURATION / BIN), round(SHOWN / DT)
TRIALS, MOST, CURRENT, MODULATION = 400, 10, 0.25, 0.8  # nA: the mean of the two currents; weight of a rank
CELL = LIF()

QUESTION = "One takes the first spike, one counts for a while. Who is right more often, and how soon?"


@kernel
def _example(v, times, i, current, sigma, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt, seed, stream):
    """One noisy neuron; returns the number of its spikes."""
    spread = spread_in_step(sigma, tau_m, r_m, dt)
    for t in range(v.size):
        i[t] = step(current, spread, normal(seed, stream, t))
    start = min(v_rest + sigma * normal(seed, stream, v.size), v_th)
    count, _ = run_one(i, v, times, State(start, 0), tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt)
    return count


@kernel
def code_race_figure(
    v, v_weak, times, times_weak, i, right, when, fired, now, free, t, first, order, count, who, out,
    difference, sigma, neurons, window,
    current, bin_width, modulation, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt, seed,
):  # fmt: skip
    """An example of one neuron on each side, and how often each reader is right over many trials."""
    n = int(neurons)
    strong = current * (1.0 + 0.005 * difference)
    weak = current * (1.0 - 0.005 * difference)
    cell = tau_m, r_m, v_rest, v_reset, v_th, t_ref
    out[0] = _example(v, times, i, strong, sigma, *cell, dt, seed, 1 << 40)
    out[1] = _example(v_weak, times_weak, i, weak, sigma, *cell, dt, seed, (1 << 40) + 1)
    for b in range(t.size):
        t[b] = (b + 1) * bin_width
    lif_race(
        right, when, fired[: 2 * n], now[: 2 * n], free[: 2 * n], t, strong, weak, sigma,
        *cell, n, modulation, dt, seed,
    )  # fmt: skip
    for b in range(t.size):
        first[b] = 100.0 * right[0, b]
        order[b] = 100.0 * right[1, b]
        count[b] = 100.0 * right[2, b]
        who[b] = 100.0 * right[3, b]
    at = max(int(window / bin_width) - 1, 0)
    out[2] = first[t.size - 1]
    for k in range(when.size):
        out[3] += min(when[k], t[t.size - 1]) / when.size
    out[4] = order[at]
    out[5] = count[at]
    out[6] = who[at]


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
        What the reader should ask himself.
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
        ``times_weak`` (ms, their spikes); ``t`` (ms) and ``first``, ``order``, ``who`` and ``count`` (%, how
        often each reader is right who must say at t); ``n`` and ``n_weak`` (spikes), ``first_right`` (%),
        ``first_time`` (ms, mean wait for the first spike), ``order_right``, ``set_right`` and
        ``count_right`` (%, at the end of the window).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

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
                    ("first", "first spike", 1),
                    ("count", "count", 2),
                    ("order", "rank order", 5),
                    ("who", "who has fired", 6),
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
        kernel=code_race_figure,
        arrays={
            "v": Array((STEPS,)),
            "v_weak": Array((STEPS,)),
            "times": Array((STEPS,), upto="n"),
            "times_weak": Array((STEPS,), upto="n_weak"),
            "i": Array((STEPS,), work=True),
            "right": Array((4, BINS), work=True),
            "when": Array((TRIALS,), work=True),
            "fired": Array((2 * MOST,), "int32", work=True),
            "now": Array((2 * MOST,), work=True),
            "free": Array((2 * MOST,), "int32", work=True),
            "t": Array((BINS,)),
            "first": Array((BINS,)),
            "order": Array((BINS,)),
            "count": Array((BINS,)),
            "who": Array((BINS,)),
        },
        constants={
            "current": CURRENT,
            "bin_width": BIN,
            "modulation": MODULATION,
            **CELL._asdict(),
            "dt": DT,
        },
        presets={
            "hardly any noise": {"sigma": 0.5},
            "noise": {"sigma": 6.0, "window": 30.0},
            "noise, and ten neurons": {"sigma": 6.0, "neurons": 10.0, "window": 30.0},
            "little noise, and ten": {"sigma": 2.0, "neurons": 10.0, "window": 30.0},
            "patience": {"sigma": 6.0, "window": DURATION},
        },
        python=(
            "from snnlab import Spikes\n"
            "from snnlab_widgets import code_race_panel\n\n"
            "# a race with other spikes of the same law is run by snnlab.coding.race_lif\n"
            "seen = code_race_panel(\n"
            "    difference={difference}, sigma={sigma}, neurons={neurons}, window={window}, seed={seed}\n"
            ").result\n"
            f"print(Spikes(seen.times, duration={SHOWN:.0f}))\n"
            "print(seen.first_right, seen.order_right, seen.set_right, seen.count_right)"
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
