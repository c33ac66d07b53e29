"""The panel in which two outputs race: a network has learnt in spike times, and readers send its inputs."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.learning.gradients.adam import Adam
from snnlab.learning.spike_times.alpha_layers import AlphaLearning
from snnlab.learning.spike_times.alpha_neuron import AlphaNeuron
from snnlab.learning.spike_times.xor_race import (
    ASKED,
    DURATION,
    POINTS,
    SIZES,
    UNIT,
    blank_learner,
    recorded,
    run_xor_race,
    work,
)
from snnlab_widgets.core.controls import Array, Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, HeatMap, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["xor_race_panel"]

LEAD = 0.2  # ms, at which the colours of the map end
QUESTION = "Two spikes come in, each early or late. Can a race of two neurons tell whether they agree?"


def xor_race_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A race of two outputs, of a network that has learnt the exclusive or in spike times.

    Two inputs, four hidden neurons, two outputs. The point in the map says when the two inputs come. What
    happens while it learns is seen in `snnlab_widgets.four_cases_panel`.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``first`` and ``second`` (0 to 10 ms, when the inputs spike), ``epochs`` (0 to 100, over
        1000 samples each), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.spike_times.xor_race.XorRace` has, and ``t``.

    Examples
    --------
    >>> panel = xor_race_panel(engine="kernel")
    >>> agree = panel.result.said
    >>> panel.second = 8.0
    >>> agree, panel.result.said
    (1.0, 2.0)
    """
    theta = AlphaNeuron().theta
    return Panel(
        "xor_race",
        title="A race of two outputs",
        question=question,
        controls=[
            Control("first", "t_1", "First input", 0.0, UNIT, 2.0, 0.1, "ms", 2),
            Control("second", "t_2", "Second input", 0.0, UNIT, 3.0, 0.1, "ms", 3),
            Control("epochs", "n", "Epochs of learning", 0.0, 100.0, 100.0, 10.0, "", 1),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("said", words=("no output fires", "“same” fires first", "“different” fires first")),
            ReadOut("decided", 2, "ms"),
            ReadOut("by", 2, "ms"),
            ReadOut("heard"),
            ReadOut("percent", 1, "%"),
            ReadOut("steps"),
        ],
        views=[
            Kernels(
                "t",
                (("same", "same", 1), ("different", "different", 2)),
                Axis(0.0, DURATION, "t (ms)"),
                Axis(-theta, theta, "potential, up to the threshold"),
                title="The potentials of the two outputs up to their spikes at the upper edge",
            ),
            HeatMap(
                "ahead",
                Axis(0.0, UNIT, "first input t₁ (ms)"),
                Axis(0.0, UNIT, "second input t₂ (ms)"),
                Axis(-LEAD, LEAD, "“different” ahead (ms)"),
                Handle("The two inputs", "first", "second"),
                title="By how much the output for different inputs is ahead, for every pair of inputs",
            ),
        ],
        sentence=(
            "Inputs at {first} and {second} ms: {said}; the lead is {by} ms at {decided} ms, when {heard} of "
            "4 hidden neurons {heard|has|have} fired; after {epochs} epochs "
            f"{{percent}} % of {ASKED} other samples are right"
        ),
        headline="by",
        detail="ahead at {decided} ms: {said}; {heard} of 4 hidden neurons {heard|has|have} fired by then",
        kernel=run_xor_race,
        arrays={
            "seen": recorded(),
            "learner": scratch(blank_learner(), keep=True),
            "room": scratch(work()),
            "sizes": SIZES,
            "inputs": Array((2,), work=True),
            "t": np.linspace(0.0, DURATION, POINTS),
        },
        constants={"method": AlphaLearning(), "neuron": AlphaNeuron(), "adam": Adam(rate=0.01)},
        presets={
            "both early": {"first": 2.0, "second": 3.0},
            "early and late": {"first": 2.0, "second": 8.0},
            "both late": {"first": 8.0, "second": 7.0},
            "before learning": {"epochs": 0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning.spike_times.xor_race import xor_race\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws other weights\n"
            "seen = xor_race({epochs}, {first}, {second}, rng=np.uint64({seed}))\n"
            'print(f"ahead by {{seen.by:.2f}} ms, decided after {{seen.decided:.2f}} ms")'
        ),
        play=("epochs", "Train"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
