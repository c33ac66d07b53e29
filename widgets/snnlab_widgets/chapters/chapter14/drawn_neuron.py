"""The panel of a neuron whose synapses are drawn by chance, a thousand times."""

from typing import TYPE_CHECKING

from snnlab.learning.constrained.drawn_neuron import (
    DRAWS,
    FARTHEST,
    MOST,
    recorded,
    run_drawn_neuron,
    work,
)
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Histogram, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["drawn_neuron_panel"]

QUESTION = "Half of the synapses push, half of them pull, each is there by chance. How often does it fire?"


def drawn_neuron_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """One input, one neuron, a thousand draws of its synapses: the sums, and how many are above 0.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``lines`` (1 to 128, that carry a spike), ``chance`` (0 to 1, that a synapse is there),
        ``positive`` (0 to 1, share of the lines with the strength +1), ``bias`` (−20 to 20), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.constrained.drawn_neuron.DrawnNeuron` has.

    Examples
    --------
    >>> few, many = (drawn_neuron_panel(engine="kernel", lines=n).result.exact for n in (4, 64))
    >>> few < many < 0.5
    True
    """
    return Panel(
        "drawn_neuron",
        title="Synapses by chance",
        question=question,
        controls=[
            Control("lines", "n", "Lines that carry a spike", 1.0, MOST, 64.0, 1.0, colour=1),
            Control("chance", "c", "Chance that a synapse is there", 0.0, 1.0, 0.5, 0.05, colour=2),
            Control("positive", "q", "Share of the lines that push", 0.0, 1.0, 0.5, 0.05, colour=3),
            Control("bias", "b", "Bias", -FARTHEST, FARTHEST, 0.0, 0.25, colour=4),
        ],
        readouts=[
            ReadOut("fired", 1, "%"),
            ReadOut("exact", 3),
            ReadOut("normal", 3),
            ReadOut("at_zero", 3),
            ReadOut("mean", 2),
            ReadOut("variance", 2),
        ],
        views=[
            Histogram(
                "counted",
                Axis(-MOST / 2 - 0.5, MOST / 2 + 0.5, "sum I"),
                "draws",
                law="law",
                names=("counted", "normal distribution"),
                title="How many of a thousand draws have which sum, and what a normal distribution expects",
            ),
            Kernels(
                "biases",
                (
                    ("by_law", "added up exactly", 1),
                    ("by_normal", "normal, cut at ½", 2),
                    ("by_zero", "normal, cut at 0", 5),
                ),
                Axis(-FARTHEST, FARTHEST, "bias b"),
                Axis(0.0, 100.0, "fires (%)"),
                handles=(Handle("Bias and draws that fired", "bias", "fired"),),
                title="The probability that the sum is above 0, against the bias, in three ways",
            ),
        ],
        sentence=(
            "n = {lines}, c = {chance}, q = {positive}, b = {bias}: {fired} % of the draws fire; exactly "
            "{exact}, by the normal distribution {normal}, cut at 0 {at_zero}; mean {mean}, variance "
            "{variance}"
        ),
        headline="fired",
        detail=f"of {DRAWS} draws fire; exactly {{exact}}, by the normal distribution {{normal}}",
        kernel=run_drawn_neuron,
        arrays={"seen": recorded(), "work": scratch(work())},
        presets={
            "few lines": {"lines": 4.0},
            "sure": {"chance": 1.0},
            "pushed": {"positive": 0.6},
            "held back": {"bias": -6.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning.constrained.drawn_neuron import drawn_neuron\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() throws other dice\n"
            "seen = drawn_neuron({lines}, {chance}, {positive}, {bias}, rng=np.uint64({seed}))\n"
            'print(f"{{seen.fired:.1f}} % of the draws fire, exactly {{seen.exact:.3f}}")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
