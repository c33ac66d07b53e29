"""The panel in which a network learns the exclusive or, with the spikes of all its neurons."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.learning.gradients.adam import Adam
from snnlab.learning.spike_times.alpha_layers import AlphaLearning
from snnlab.learning.spike_times.alpha_neuron import AlphaNeuron
from snnlab.learning.spike_times.four_cases import CASES, EARLY, LATE, recorded, run_four_cases
from snnlab.learning.spike_times.xor_race import ASKED, DURATION, PULSES, ROWS, SIZES, blank_learner, work
from snnlab_widgets.core.controls import Array, Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Kernels, Raster

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["four_cases_panel"]

MOST_EPOCHS = 200
COMES = EARLY, LATE
QUESTION = "Who should learn from a race: only who has lost it?"


def four_cases_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A small network that learns the exclusive or in spike times, live, with every neuron's spikes.

    Two inputs, four hidden neurons, two outputs. The button *Train* goes on from epoch to epoch, each over
    1000 samples.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``epochs`` (0 to 200), ``only_mistakes`` (0 or 1; with 0 every sample teaches),
        ``sharpness`` (of the loss, 1 to 50), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.spike_times.four_cases.FourCases` has, ``right`` NaN beyond
        the last epoch, and ``epoch``.

    Examples
    --------
    >>> panel = four_cases_panel(engine="kernel")
    >>> before = panel.result.percent
    >>> panel.epochs = 40
    >>> panel.result.percent > before
    True
    """
    return Panel(
        "four_cases",
        title="A network that learns to race",
        question=question,
        controls=[
            Control("epochs", "n", "Epochs", 0.0, MOST_EPOCHS, 0.0, 1.0, "", 1),
            Control("only_mistakes", "m", "Only mistakes teach", 0.0, 1.0, 1.0, 1.0, "", 4),
            Control("sharpness", "β", "Sharpness of the loss", 1.0, 50.0, 1.0, 1.0, "", 3),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("known"),
            ReadOut("least", 2, "ms"),
            ReadOut("silent"),
            ReadOut("percent", 1, "%"),
            ReadOut("steps"),
        ],
        views=[
            Raster(
                "fired",
                "rows",
                ROWS,
                CASES * DURATION,
                label="neuron",
                title=(
                    "Everybody's spikes in four samples of 30 ms, one after the other, each headed by the "
                    "times of its inputs: early early, early late, late early, late late. Rows from 1: "
                    "two inputs, two pulses, four hidden neurons, two pulses, the outputs same and different"
                ),
                groups=(
                    ("inputs", int(SIZES[0])),
                    ("pulses", PULSES),
                    ("hidden", int(SIZES[1])),
                    ("pulses", PULSES),
                    ("outputs", int(SIZES[2])),
                ),
                parts=tuple(f"{first:g}, {second:g} ms" for first in COMES for second in COMES),
            ),
            Kernels(
                "epoch",
                (("right", "right", 1),),
                Axis(0.0, MOST_EPOCHS, "epoch"),
                Axis(0.0, 100.0, "other samples right (%)"),
                title=f"How many of {ASKED} other samples are right, epoch by epoch",
            ),
        ],
        sentence=(
            "Epoch {epochs}, only mistakes teach {only_mistakes}, β = {sharpness}: {known} of 4 samples "
            "right, smallest lead of the right output {least} ms, {silent} of 24 spikes missing; {percent} % "
            f"of {ASKED} other samples right after {{steps}} steps"
        ),
        headline="percent",
        detail=(
            f"of {ASKED} other samples right after {{steps}} steps; of the four shown {{known}}, the "
            "smallest lead {least} ms"
        ),
        kernel=run_four_cases,
        arrays={
            "seen": recorded(MOST_EPOCHS),
            "learner": scratch(blank_learner(), keep=True),
            "path": Array((MOST_EPOCHS + 1,), work=True, keep=True),
            "room": scratch(work()),
            "sizes": SIZES,
            "inputs": Array((2,), work=True),
            "epoch": np.arange(MOST_EPOCHS + 1.0),
        },
        constants={"method": AlphaLearning(), "neuron": AlphaNeuron(), "adam": Adam(rate=0.01)},
        presets={
            "learnt": {"epochs": 100},
            "every sample teaches": {"only_mistakes": 0.0},
            "every sample, sharp": {"only_mistakes": 0.0, "sharpness": 20.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning.spike_times.alpha_layers import AlphaLearning\n"
            "from snnlab.learning.spike_times.four_cases import four_cases\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws other weights\n"
            "method = AlphaLearning(only_mistakes={only_mistakes} > 0, sharpness={sharpness})\n"
            "seen = four_cases({epochs}, method, rng=np.uint64({seed}))\n"
            'print(f"{{seen.percent:.1f}} % right, smallest lead {{seen.least:.2f}} ms")'
        ),
        play=("epochs", "Train", "anew"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
