"""The panel of the adaptive threshold: a step of current, the threshold, and how the intervals grow."""

import math
from typing import TYPE_CHECKING

from snnlab.compiling import kernel
from snnlab.neurons.adaptive_lif import AdaptiveLIF, State, rate_at, run
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["adaptation_panel"]

DT, ONSET, STOP, DURATION = 0.1, 50.0, 850.0, 1200.0  # ms: a rest, 0.8 s of current, and a rest again
STEPS = round(DURATION / DT)
SPIKES, LONGEST = 30, 150.0  # how many intervals are drawn, and how long they may be, ms
CELL = AdaptiveLIF()
QUESTION = (
    "Half the jump, but lasting twice as long: does that change where the intervals settle, or the way there?"
)


@kernel
def adaptation_figure(
    i, v, a, theta, times, units, now, height, free, number, interval, settled, out,
    beta, tau_a, current, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt, onset, stop,
):  # fmt: skip
    """The potential, the threshold, and the intervals beside the one at which they would settle."""
    i[onset:stop] = current
    now[0] = v_rest
    state = State(now, height, free)
    n = run(i, v, a, times, units, state, tau_m, r_m, v_rest, v_reset, v_th, t_ref, beta, tau_a, dt)
    for t in range(theta.size):
        theta[t] = v_th + a[t, 0]
    rate = rate_at(current, tau_m, r_m, v_rest, v_reset, v_th, t_ref, beta, tau_a)
    for k in range(number.size):
        number[k] = k + 1.0
        interval[k] = times[k + 1] - times[k] if k + 1 < n else math.nan
        settled[k] = 1000.0 / rate if rate > 0.0 else math.nan
    out[0] = n
    out[1] = interval[0]
    out[2] = times[n - 1] - times[n - 2] if n > 1 else math.nan
    out[3] = out[2] / out[1]


def adaptation_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A leaky integrate-and-fire neuron with an adaptive threshold, under a step of current.

    It rests for 50 ms, gets 800 ms of current and rests again, at steps of 0.1 ms.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``beta`` (0 to 8 mV), ``tau_a`` (20 to 500 ms), ``current`` (0 to 0.5 nA).

    Returns
    -------
    Panel
        ``panel.result`` has ``v`` and ``theta`` (mV, one value a step), ``times`` (spike times, ms),
        ``number``, ``interval`` and ``settled`` (the intervals in ms beside that at which they would settle);
        ``n`` (spikes), ``first`` and ``last`` (ms) and ``growth`` (the last interval over the first; NaN with
        fewer than two spikes).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> print(adaptation_panel(beta=0))
    β = 0.0 mV, τ_a = 200 ms, i = 0.300 nA: 50 spikes, intervals from 15.9 ms to 15.9 ms
    """
    return Panel(
        "adaptation",
        title="A threshold that adapts",
        question=question,
        controls=[
            Control("beta", "β", "Jump of the threshold", 0.0, 8.0, 2.0, 0.1, "mV", colour=1),
            Control(
                "tau_a", "τ_a", "Time constant of the threshold", 20.0, 500.0, 200.0, 5.0, "ms", colour=2
            ),
            Control("current", "i", "Input current", 0.0, 0.5, 0.3, 0.005, "nA", colour=3),
        ],
        readouts=[ReadOut("n"), ReadOut("first", 1, "ms"), ReadOut("last", 1, "ms"), ReadOut("growth", 2)],
        views=[
            Trace(
                "v",
                DT,
                Axis(-77.0, -8.0, "potential (mV)"),
                name="potential v",
                also=(("theta", "threshold θ", 1),),
                spikes="times",
                on=("current", ONSET, STOP),
                title="Membrane potential and threshold over time, and the spikes",
            ),
            Kernels(
                "number",
                (("interval", "interval", 5), ("settled", "where it would settle", 4)),
                Axis(0.0, float(SPIKES), "number of the interval"),
                Axis(0.0, LONGEST, "interval (ms)"),
                title="Each interval between spikes, and the interval at which they would settle",
            ),
        ],
        sentence=(
            "β = {beta} mV, τ_a = {tau_a} ms, i = {current} nA: {n} {n|spike|spikes}, "
            "intervals from {first} ms to {last} ms"
        ),
        headline="growth",
        detail="times the first interval is the last one: {first} ms became {last} ms; {n} {n|spike|spikes}",
        kernel=adaptation_figure,
        arrays={
            "i": Array((STEPS, 1), work=True),
            "v": Array((STEPS, 1)),
            "a": Array((STEPS, 1), work=True),
            "theta": Array((STEPS,)),
            "times": Array((STEPS,), upto="n"),
            "units": Array((STEPS,), "int32", work=True),
            "now": Array((1,), work=True),
            "height": Array((1,), work=True),
            "free": Array((1,), "int32", work=True),
            "number": Array((SPIKES,)),
            "interval": Array((SPIKES,)),
            "settled": Array((SPIKES,)),
        },
        constants={
            "tau_m": CELL.tau_m,
            "r_m": CELL.r_m,
            "v_rest": CELL.v_rest,
            "v_reset": CELL.v_reset,
            "v_th": CELL.v_th,
            "t_ref": CELL.t_ref,
            "dt": DT,
            "onset": round(ONSET / DT),
            "stop": round(STOP / DT),
        },
        presets={
            "no jump": {"beta": 0.0},
            "high and short": {"beta": 8.0, "tau_a": 50.0},
            "low and long": {"beta": 0.8, "tau_a": 500.0},
            "tired out": {"beta": 8.0, "tau_a": 500.0, "current": 0.5},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.neurons import AdaptiveLIF, simulate_adaptive_lif\n\n"
            f"i = np.repeat([0.0, {{current}}, 0.0], "
            f"[{round(ONSET / DT)}, {round((STOP - ONSET) / DT)}, {STEPS - round(STOP / DT)}])  # nA\n"
            f"run = simulate_adaptive_lif(i, AdaptiveLIF(beta={{beta}}, tau_a={{tau_a}}), dt={DT})\n"
            "print(run.spikes, np.diff(run.spikes.times))"
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
