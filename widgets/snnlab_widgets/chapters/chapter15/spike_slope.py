"""The panel of one weight and one spike: the slope of the spike's time, and the cliff where it disappears."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.learning.spike_times.delayed_layer import room_for_arrivals
from snnlab.learning.spike_times.spike_slope import DURATION, HIGHEST, LOWEST, recorded, run_slope
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["spike_slope_panel"]

TAU = 7.0  # ms
QUESTION = "Make the weight smaller. How steep is the line just before the spike goes: is there a limit?"


def spike_slope_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A neuron that gets three spikes, the time of its own, and the slope of that time.

    Postsynaptic potentials peak after 7 ms, the threshold is 1. Two spikes come at 0 and 4 ms; when the third
    one comes and how much it weighs is up to the reader.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``w`` (0 to 1.5), ``arrives`` (0 to 20 ms), ``others`` (weight of the two, 0 to 0.6).

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.spike_times.spike_slope.SpikeSlope` has.

    Examples
    --------
    >>> print(spike_slope_panel(w=0.3))
    w = 0.300, t₃ = 6.0 ms, w₁ = 0.35: 0 spikes; cliff at w = 0.357
    """
    return Panel(
        "spike_slope",
        title="The time of a spike has a slope",
        question=question,
        controls=[
            Control("w", "w", "Weight of the third spike", LOWEST, HIGHEST, 0.9, 0.005, colour=1),
            Control("arrives", "t_3", "When it arrives", 0.0, 20.0, 6.0, 0.5, "ms", colour=2),
            Control("others", "w_1", "Weight of the two others", 0.0, 0.6, 0.35, 0.01, colour=4),
        ],
        readouts=[
            ReadOut("time", 2, "ms", none="no spike"),
            ReadOut("slope", 1, "ms"),
            ReadOut("rise", 3, "/ms"),
            ReadOut("cliff", 3),
            ReadOut("place", 2, "ms"),
            ReadOut("n"),
        ],
        views=[
            Kernels(
                "t",
                (("x", "potential", 1), ("beyond", "unless it fires", 2), ("threshold", "threshold", 3)),
                Axis(0.0, DURATION, "time (ms)"),
                Axis(0.0, 2.0, "x (thresholds)"),
                handles=(Handle("The spike that you weigh", "arrives", 0.0),),
                title="The potential over time, up to its spike and what it would be afterwards",
            ),
            Kernels(
                "weights",
                (("times", "spike time", 1), ("tangent", "its slope", 5), ("cliff_line", "cliff", 3)),
                Axis(LOWEST, HIGHEST, "weight w"),
                Axis(0.0, DURATION, "spike time (ms)"),
                handles=(Handle("Weight and spike time", "w", "place"),),
                title="The time of the spike against the weight, its tangent, and the cliff",
                side="right",
            ),
        ],
        sentence=(
            "w = {w}, t₃ = {arrives} ms, w₁ = {others}: {n} {n|spike|spikes}"
            "[, at {time} ms, slope {slope} ms][; cliff at w = {cliff}]"
        ),
        headline="time",
        detail=(
            "[is when it fires; the slope of that time is {slope} ms for one unit of weight]"
            "{slope|||and so no time that a weight could move}"
        ),
        kernel=run_slope,
        arrays={
            "seen": recorded(),
            "arrivals": room_for_arrivals(3, 1),
            "comes": Array((3,), work=True),
            "three": Array((3,), work=True),
            "by_w": Array((3,), work=True),
            "by_time": Array((3,), work=True),
            "none": np.zeros(1),
        },
        constants={"tau": TAU},
        presets={
            "at the cliff": {"w": 0.36},
            "far away": {"w": 1.4},
            "a late spike": {"w": 0.8, "arrives": 20.0},
            "with strong company": {"w": 0.2, "others": 0.6},
        },
        python=(
            "from snnlab.learning.spike_times.spike_slope import spike_slope\n\n"
            "seen = spike_slope({w}, {arrives}, {others})\n"
            'print(f"{{seen.time:.2f}} ms, slope {{seen.slope:.1f}} ms, cliff at {{seen.cliff:.3f}}")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
