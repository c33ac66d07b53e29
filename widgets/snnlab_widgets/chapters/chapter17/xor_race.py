"""The panel in which two outputs race: a small network learns in spike times, and readers send its inputs."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.learning.gradients.adam import Adam
from snnlab.learning.spike_times.alpha_layers import AlphaLearning
from snnlab.learning.spike_times.alpha_neuron import AlphaNeuron
from snnlab.learning.spike_times.xor_race import (
    ASKED,
    DURATION,
    POINTS,
    ROWS,
    SIZES,
    UNIT,
    blank_learner,
    recorded,
    run_xor_race,
    work,
)
from snnlab_widgets.core.controls import Array, Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, HeatMap, Kernels, Raster

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["xor_race_panel"]

MOST_EPOCHS = 100
LEAD = 6.0  # ms, at which the colours of the map end
QUESTION = "Two spikes come in, early or late. Can a race between two neurons tell whether they agree?"


def xor_race_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A small network that learns the exclusive or in spike times, live, with every neuron's spikes.

    Two inputs, four hidden neurons, two outputs. The button *Train* goes on from epoch to epoch, each over
    1000 samples; the point in the map says when the two inputs of the race that is shown come.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``epochs`` (0 to 100), ``first`` and ``second`` (0 to 10 ms, when the inputs spike),
        ``only_mistakes`` (0 or 1; with 0 every sample teaches), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.spike_times.xor_race.XorRace` has, and ``t``.

    Examples
    --------
    >>> panel = xor_race_panel(engine="kernel")
    >>> before = panel.result.percent
    >>> panel.epochs = 40
    >>> panel.result.percent > before
    True
    """
    theta = AlphaNeuron().theta
    return Panel(
        "xor_race",
        title="A race of two outputs",
        question=question,
        controls=[
            Control("epochs", "n", "Epochs", 0.0, MOST_EPOCHS, 0.0, 1.0, "", 1),
            Control("first", "t_1", "First input", 0.0, UNIT, 2.0, 0.1, "ms", 2),
            Control("second", "t_2", "Second input", 0.0, UNIT, 8.0, 0.1, "ms", 3),
            Control("only_mistakes", "m", "Only mistakes teach: 1 yes, 0 no", 0.0, 1.0, 1.0, 1.0, "", 4),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("said", words=("nobody fires", "“same” fires first", "“different” fires first")),
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
            Raster(
                "times",
                "rows",
                ROWS,
                DURATION,
                title=(
                    "Everybody's spikes: two inputs, two pulses, four hidden neurons, two pulses, and the "
                    "outputs same and different in the last two rows"
                ),
            ),
        ],
        sentence=(
            "Epoch {epochs}, only mistakes teach {only_mistakes}, inputs at {first} and {second}: {said}, at "
            "{decided}, {by} before the other, when {heard} of 4 hidden neurons have fired; {percent} of the "
            f"{ASKED} other samples are right after {{steps}} steps"
        ),
        headline="percent",
        detail=f"of {ASKED} other samples right after {{steps}} steps; here {{said}}, {{by}} ahead",
        kernel=run_xor_race,
        arrays={
            "seen": recorded(),
            "learner": type(blank_learner())._make(
                Array(x.shape, str(x.dtype), work=True, keep=True) for x in blank_learner()
            ),
            "room": scratch(work()),
            "sizes": SIZES,
            "x": Array((2,), work=True),
            "t": np.linspace(0.0, DURATION, POINTS),
        },
        constants={"method": AlphaLearning(), "neuron": AlphaNeuron(), "adam": Adam(rate=0.01)},
        presets={
            "agree early": {"first": 2.0, "second": 2.5},
            "agree late": {"first": 8.0, "second": 7.5},
            "learnt": {"epochs": 50},
            "every sample teaches": {"only_mistakes": 0.0, "epochs": 50},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning import AlphaLearning\n"
            "from snnlab.learning.spike_times.xor_race import xor_race\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws other weights\n"
            "method, rng = AlphaLearning(only_mistakes={only_mistakes} > 0), np.uint64({seed})\n"
            "seen = xor_race({epochs}, {first}, {second}, method, rng=rng)\n"
            'print(f"{{seen.percent:.1f}} % right, decided after {{seen.decided:.2f}} ms")'
        ),
        play=("epochs", "Train"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
