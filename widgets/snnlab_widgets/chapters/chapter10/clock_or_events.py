"""The panel of the clock: one neuron at every tick and at its input spikes, what both cost and find."""

from typing import TYPE_CHECKING

from snnlab.networks.comparisons.clock_or_events import (
    FASTEST,
    GRID,
    SLOWEST,
    recorded,
    room_for,
    run_clock_or_events,
)
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Curve, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["clock_or_events_panel"]

QUESTION = "Who works more for the same spikes, a clock or the events? And what does the clock miss?"


def clock_or_events_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """One neuron with 100 inputs for two seconds, by a clock and by events.

    Both curves are drawn as far as the reader has gone: the updates up to the rate of the inputs, the spikes
    by the clock up to its tick.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``rate`` (of each input, 0 to 20 Hz), ``dt`` (the tick, 0.5 to 5 ms), ``tau`` (5 to
        50 ms), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.networks.comparisons.clock_or_events.ClockOrEvents` has.

    Examples
    --------
    >>> result = clock_or_events_panel(rate=2.0, engine="kernel").result
    >>> result.updates < result.ticks
    True
    """
    times, weights = room_for(FASTEST)
    return Panel(
        "clock_or_events",
        title="A clock or events",
        question=question,
        controls=[
            Control("rate", "r", "Rate of each of 100 inputs", 0.0, FASTEST, 3.0, 0.5, "Hz", colour=1),
            Control("dt", "dt", "Tick of the clock", 0.5, SLOWEST, 0.5, 0.1, "ms", colour=2),
            Control("tau", "τ", "Membrane time constant", 5.0, 50.0, 20.0, 1.0, "ms", colour=4),
        ],
        readouts=[
            ReadOut("updates"),
            ReadOut("ticks"),
            ReadOut("n"),
            ReadOut("n_clock"),
            ReadOut("percent", 0, "%"),
        ],
        views=[
            Kernels(
                "rates",
                (("by_events", "by events", 1), ("by_clock", "by the clock", 2)),
                Axis(0.0, FASTEST, "rate of each input (Hz)"),
                Axis(0.0, 4500.0, "updates in 2 s"),
                handles=(Handle("Rate and updates", "rate", "updates"),),
                title="Updates in two seconds against the rate of the inputs, by events and by the clock",
                side="left",
            ),
            Curve(
                "clocks",
                "counts",
                "dt",
                "n_clock",
                Axis(0.0, SLOWEST, "tick of the clock (ms)"),
                "spikes in 2 s",
                least=20.0,
                title="Spikes that the neuron fires by the clock, against its tick up to this one",
                side="left",
            ),
            Trace(
                "v",
                GRID,
                Axis(-0.5, 1.0, "v (thresholds)"),
                name="by events",
                also=(("v_clock", "by the clock", 2),),
                spikes="clock_times",
                behind_spikes="times",
                rows=("events", "clock"),
                title="Potential in the first 200 ms by events and by the clock, and both spike trains",
            ),
        ],
        sentence=(
            "r = {rate} Hz, dt = {dt} ms, τ = {tau} ms: {updates} updates by events, {n} {n|spike|spikes}; "
            "{ticks} by the clock, {n_clock} {n_clock|spike|spikes}[, {percent} % in the same tick]"
        ),
        headline="updates",
        detail=(
            "updates by events for {n} {n|spike|spikes}, {ticks} by the clock for {n_clock}"
            "[; the same tick has {percent} % of the first]"
        ),
        kernel=run_clock_or_events,
        arrays={
            "seen": recorded(FASTEST),
            "at": Array(times.shape, work=True),
            "w": Array(weights.shape, work=True),
        },
        presets={
            "a quiet night": {"rate": 0.5},
            "a busy day": {"rate": 20.0, "dt": 1.0},
            "a slow clock": {"rate": 10.0, "dt": 5.0},
            "hardly remembers": {"rate": 20.0, "tau": 5.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.networks.comparisons.clock_or_events import clock_or_events\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws other inputs\n"
            "seen = clock_or_events({rate}, {dt}, {tau}, rng=np.uint64({seed}))\n"
            'print(f"{{seen.updates}} updates by events, {{seen.ticks}} by the clock")\n'
            'print(f"{{seen.n}} spikes by events, {{seen.n_clock}} by the clock")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
