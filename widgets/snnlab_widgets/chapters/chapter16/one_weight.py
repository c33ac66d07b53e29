"""The panel of one weight: the loss of a spiking neuron, that of a relaxed one, and what a surrogate says."""

import functools
from typing import TYPE_CHECKING

import numpy as np

from snnlab.learning.gradients.surrogate_network import CurrentLIF
from snnlab.learning.gradients.timing import in_steps
from snnlab.learning.gradients.timing_landscape import (
    POINTS,
    TimingTask,
    recorded,
    run_landscape,
    timing_task,
)
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["one_weight_panel"]

STEPS, TAU = 100, 10.0  # steps of 1 ms; blur of the trains, ms
LOWEST, HIGHEST = -0.2, 0.8  # thresholds
NEURON = CurrentLIF()

QUESTION = "The stairs are flat almost everywhere. Who tells the weight which way to go?"


@functools.cache
def _task() -> TimingTask:
    return timing_task(rng=np.random.default_rng(8))


def one_weight_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """The loss of one neuron as a function of one of its weights.

    The neuron has eight inputs, 100 ms of them, in steps of 1 ms. What it should fire is what it fires when
    the first weight is 0.35, and the loss is that of `snnlab.learning.timing_loss`.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``weight`` (−0.2 to 0.8), ``width`` (of the surrogate and of the graded spike, 0.02 to
        0.25), both in units of the threshold.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.gradients.timing_landscape.TimingLandscape` has, and
        ``wanted_times`` (ms).

    Examples
    --------
    >>> result = one_weight_panel(weight=0.1).result
    >>> result.says < 0  # downhill is towards a larger weight
    True
    """
    task = _task()
    w, at, unit, target, decays = in_steps(*task, NEURON, TAU)
    return Panel(
        "one_weight",
        title="The loss, seen from one weight",
        question=question,
        controls=[
            Control("weight", "w", "Weight", LOWEST, HIGHEST, 0.1, 0.005, "", colour=1),
            Control("width", "b", "Width of the surrogate", 0.02, 0.25, 0.1, 0.01, "", colour=3),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("loss", 2),
            ReadOut("says", 1),
            ReadOut("soft", 2),
            ReadOut("soft_slope", 1),
        ],
        views=[
            Kernels(
                "weights",
                (("hard", "spiking", 1), ("relaxed", "relaxed", 2), ("line", "surrogate", 3)),
                Axis(LOWEST, HIGHEST, "weight w"),
                Axis(0.0, 12.0, "loss"),
                handles=(Handle("Weight and loss", "weight", "loss"),),
                title="The loss against one weight, for the spiking and for the relaxed neuron",
            ),
            Kernels(
                "weights",
                (("surrogate", "surrogate", 3), ("slope", "relaxed", 2), ("nothing", "spiking", 1)),
                Axis(LOWEST, HIGHEST, "weight w"),
                Axis(-360.0, 100.0, "slope"),
                handles=(Handle("Weight and slope", "weight", "says"),),
                title="What the surrogate says, and the slope of the relaxed loss, against the weight",
            ),
            Trace(
                "v",
                1.0,
                Axis(-0.6, 1.6, "v (thresholds)"),
                name="v",
                also=(("threshold", "threshold", 4),),
                spikes="times",
                behind_spikes="wanted_times",
                rows=("wanted", "fired"),
                title="Membrane potential over time, the spikes that are fired and those that are wanted",
            ),
        ],
        sentence=(
            "w = {weight}, b = {width}: {n} {n|spike|spikes} where "
            f"{task.wanted.n_spikes} are wanted, loss {{loss}}; the slope is 0, the surrogate says {{says}}; "
            "relaxed, the loss is {soft} and its slope {soft_slope}"
        ),
        headline="loss",
        detail="loss of the spiking neuron. Its slope is 0; the surrogate says {says}",
        kernel=run_landscape,
        arrays={
            "seen": recorded(STEPS),
            "rows": Array((3, STEPS), work=True),
            "gradient": Array(w.shape, work=True),
            "w": w,
            "at": at,
            "unit": unit,
            "target": target,
            "threshold": np.ones(STEPS),
            "wanted_times": task.wanted.times,
            "nothing": np.zeros(POINTS),
        },
        constants={"decays": decays, "lowest": LOWEST, "highest": HIGHEST, "dt": NEURON.dt},
        presets={
            "too weak": {"weight": -0.06},
            "behind a wall": {"weight": 0.54},
            "narrow": {"weight": -0.06, "width": 0.02},
            "wide": {"weight": -0.06, "width": 0.2},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning.gradients.timing_landscape import timing_landscape, timing_task\n\n"
            "w, inputs, wanted = timing_task(rng=np.random.default_rng(8))\n"
            "seen = timing_landscape([{weight}, *w[1:]], inputs, wanted, width={width})\n"
            'print(f"loss {{seen.loss:.2f}}, {{seen.n}} spikes, the surrogate says {{seen.says:.1f}}")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
