"""The panel of competition: a neuron with a thousand synapses under STDP, a hundred seconds at each move."""

import math
from typing import TYPE_CHECKING

from snnlab.compiling import kernel
from snnlab.learning.synaptic_competition import BLOCK, Competition, draw_places, run
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Curve, Histogram

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["competition_panel"]

CELL = Competition()
INPUTS, SECONDS, DT, SECOND = 1000, 100, 0.1, 10_000  # of 0.1 ms
BINS = 25  # of the weights
QUESTION = "A thousand inputs that fire at random, none better than the others. What becomes of the weights?"


@kernel
def competition_figure(
    w, x, places, calm, times, state, used, weights, time, rates, out,
    rate, percent, alpha, seconds, w_start, second, dt, seed,
):  # fmt: skip
    """Second after second: the weights at the end, the rate in each second, how irregular spikes are."""
    numbers = Competition(
        CELL.tau_m, CELL.v_rest, CELL.v_th, CELL.v_reset, CELL.e_ex, CELL.e_in, CELL.tau_ex, CELL.tau_in,
        CELL.g_max, CELL.g_in, CELL.n_in, CELL.rate_in, percent / 100.0, alpha, CELL.tau_plus, CELL.tau_minus,
    )  # fmt: skip
    p, p_in = rate * dt / 1000.0, CELL.rate_in * dt / 1000.0
    for j in range(w.size):
        w[j] = w_start
    places[places.size - 1], calm[calm.size - 1] = -1.0, -1.0
    draw_places(places, p, seed, 0, 0)
    draw_places(calm, p_in, seed, 1, 0)
    state[0], state[3] = CELL.v_reset, 1.0
    used[1], used[3] = places.size, calm.size
    last, total, squares, intervals, late = math.nan, 0.0, 0.0, 0, 0
    quarter = 0.75 * 1000.0 * seconds
    for s in range(rates.size):
        time[s], rates[s] = s + 0.5, math.nan
        if s < seconds:
            n = run(
                times,
                w,
                x,
                state,
                places,
                calm,
                used,
                s * second,
                (s + 1) * second,
                p,
                p_in,
                dt,
                numbers,
                seed,
            )
            rates[s] = 1000.0 * n / (second * dt)
            for k in range(n):
                if times[k] > quarter:
                    late += 1
                    if last > quarter:
                        interval = times[k] - last
                        total += interval
                        squares += interval * interval
                        intervals += 1
                last = times[k]
    low, high, mean = 0, 0, 0.0
    for j in range(w.size):
        weights[min(weights.size - 1, int(w[j] * weights.size))] += 1
        low += w[j] < 0.2
        high += w[j] > 0.8
        mean += w[j] / w.size
    out[0] = 1000.0 * late / (1000.0 * seconds - quarter)
    out[1] = math.nan
    if intervals > 1:
        average = total / intervals
        out[1] = math.sqrt(max(squares / intervals - average * average, 0.0)) / average
    out[2] = 100.0 * low / w.size
    out[3] = 100.0 * high / w.size
    out[4] = mean


def competition_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A neuron with 1000 excitatory synapses under additive STDP, up to 100 s at steps of 0.1 ms.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
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

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

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
            "0.2, {high} % above 0.8; {late} Hz, CV {cv}"
        ),
        headline="low",
        detail=(
            "of the weights are below 0.2, {high} % above 0.8; in the last quarter of the time the neuron "
            "fires at {late} Hz with a CV of {cv}"
        ),
        kernel=competition_figure,
        arrays={
            "w": Array((INPUTS,)),
            "x": Array((INPUTS,), work=True),
            "places": Array((BLOCK,), work=True),
            "calm": Array((BLOCK,), work=True),
            "times": Array((SECOND,), work=True),
            "state": Array((5,), work=True),
            "used": Array((4,), "int32", work=True),
            "weights": Array((BINS,)),
            "time": Array((SECONDS,)),
            "rates": Array((SECONDS,)),
        },
        constants={"w_start": 0.5, "second": SECOND, "dt": DT},
        presets={
            f"{SECONDS} seconds": {"seconds": SECONDS},
            "no learning": {"percent": 0.0, "seconds": SECONDS},
            "twice the input": {"rate": 40.0, "seconds": SECONDS},
            "half the input": {"rate": 10.0, "seconds": SECONDS},
        },
        python=(
            "from snnlab_widgets import competition_panel\n\n"
            "# the weights and spikes of this picture; other ones with the same law come from\n"
            "# compete({rate}, 1000 * {seconds}, Competition(a_plus={percent} / 100, alpha={alpha}),\n"
            "#         rng=np.random.default_rng())\n"
            "panel = competition_panel(\n"
            "    rate={rate}, percent={percent}, alpha={alpha}, seconds={seconds}, seed={seed}\n"
            ")\n"
            "low, cv = panel.result.low, panel.result.cv\n"
            'print(panel.result.weights, f"{{low:.0f}} % of them below 0.2, CV {{cv:.2f}}")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
