"""The panel of a volley: the same wave of spikes again and again, and a neuron that answers earlier."""

import math
from typing import TYPE_CHECKING

import numpy as np

from snnlab.compiling import kernel
from snnlab.learning.synaptic_competition import Competition, run
from snnlab.random import uniform
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Curve, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["volley_panel"]

CELL = Competition()
INPUTS, LENGTH, BEGIN, PERIOD, VOLLEYS = 200, 20.0, 10.0, 50.0, 300  # ms
DT = 0.1  # ms
PARTS = 20  # of the volley, in which weights are averaged
QUESTION = "A wave of spikes passes again and again. When does the neuron answer, at first and later?"


@kernel
def one_volley(places, jitter, begin, length, dt, k, seed):
    """The spikes of volley `k`, sorted: each input comes at its place, up to `jitter` earlier or later."""
    n = places.size
    for j in range(n):
        t = length * (j + 0.5) / n + jitter * (2.0 * uniform(seed, np.uint64(0), np.uint64(k * n + j)) - 1.0)
        place = math.floor((begin + max(-0.5 * begin, t)) / dt) * n + j
        i = j
        while i > 0 and places[i - 1] > place:
            places[i] = places[i - 1]
            i -= 1
        places[i] = place


@kernel
def volley_figure(
    volley, latencies, arrives, learnt, w, x, places, calm, times, state, used, out,
    volleys, jitter, percent, g_max, w_start, length, period, begin, dt, seed,
):  # fmt: skip
    """When the neuron fires first in each volley, and the weights along the volley after so many."""
    numbers = Competition(
        CELL.tau_m, CELL.v_rest, CELL.v_th, CELL.v_reset, CELL.e_ex, CELL.e_in, CELL.tau_ex, CELL.tau_in,
        g_max, CELL.g_in, 0, CELL.rate_in, percent / 100.0, CELL.alpha, CELL.tau_plus, CELL.tau_minus,
    )  # fmt: skip
    steps, n = int(period / dt), w.size
    for j in range(n):
        w[j] = w_start
    calm[0] = math.inf  # no inhibition
    for i in range(arrives.size):
        arrives[i] = length * (i + 0.5) / arrives.size
    for k in range(volley.size):
        volley[k] = k + 1
        one_volley(places, jitter, begin, length, dt, k, seed)
        used[0] = 0
        state[0], state[1], state[3], state[4] = CELL.v_rest, 0.0, 1.0, 0.0  # long after the last volley
        for j in range(n):
            x[j] = 0.0
        count = run(times, w, x, state, places, calm, used, 0, steps, 0.0, 0.0, dt, numbers, seed)
        latencies[k] = times[0] - begin if count > 0 else math.nan
        if k == volleys - 1:
            for j in range(n):
                learnt[j * arrives.size // n] += w[j] * arrives.size / n
            out[0] = latencies[k]
            out[1] = count
    out[2] = latencies[0]


def volley_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A volley of 200 spikes in 20 ms, one an input and always in the same order, 300 times.

    Between two volleys all is quiet for so long that nothing is left of the one before but the weights.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
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

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

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
        readouts=[ReadOut("latency", 1, "ms"), ReadOut("spikes"), ReadOut("before", 1, "ms")],
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
            "{spikes|spike|spikes} in volley {volleys}, the first after {latency} ms; in the first volley "
            "after {before} ms"
        ),
        headline="latency",
        detail=(
            "from the start of volley {volleys} to the first of {spikes} {spikes|spike|spikes}; in the first "
            "volley {before} ms"
        ),
        kernel=volley_figure,
        arrays={
            "volley": Array((VOLLEYS,)),
            "latencies": Array((VOLLEYS,)),
            "arrives": Array((PARTS,)),
            "learnt": Array((PARTS,)),
            "w": Array((INPUTS,)),
            "x": Array((INPUTS,), work=True),
            "places": Array((INPUTS,), work=True),
            "calm": Array((1,), work=True),
            "times": Array((round(PERIOD / DT),), work=True),
            "state": Array((5,), work=True),
            "used": Array((4,), "int32", work=True),
        },
        constants={
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
            "from snnlab_widgets import volley_panel\n\n"
            "panel = volley_panel(volleys={volleys}, jitter={jitter}, percent={percent}, g_max={g_max})\n"
            'print(f"first spike after {{panel.result.latency:.1f}} ms")\n'
            "print(panel.result.learnt)"
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
