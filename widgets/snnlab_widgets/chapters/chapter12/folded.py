"""The panel of the folded threshold: what is left of batch norm when a sign follows it."""

from typing import TYPE_CHECKING

from snnlab.learning.binary.folded_neuron import INPUTS, recorded, run_folded_neuron
from snnlab_widgets.core.controls import Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Histogram, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["folded_panel"]

RULES = (  # what the neuron does, by the number of sums at which it fires
    "never fires",
    *(
        f"fires from a sum of {INPUTS - 2 * d} on, if at most {d} of {INPUTS} inputs differ".replace("-", "−")
        for d in range(INPUTS)
    ),
    "always fires",
)
QUESTION = "Four real numbers stand between the sum and the bit. How much of them is left in the bit?"


def folded_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """One neuron with sixteen inputs of one bit, its batch norm, and the whole number that replaces it.

    Parameters
    ----------
    question : str
        What the reader should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``gamma`` and ``beta`` (−2 to 2), ``mean`` (−8 to 8) and ``sd`` (1 to 8) of the sum.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.binary.folded_neuron.FoldedNeuron` has.

    Examples
    --------
    >>> panel = folded_panel(engine="kernel")
    >>> panel.beta = -1.0
    >>> panel.result.threshold
    4.0
    """
    return Panel(
        "folded",
        title="What is left of batch norm",
        question=question,
        controls=[
            Control("gamma", "γ", "Factor", -2.0, 2.0, 1.0, 0.1, "", 1),
            Control("beta", "β", "Shift", -2.0, 2.0, 0.0, 0.1, "", 3),
            Control("mean", "μ", "Mean of the sum", -8.0, 8.0, 0.0, 0.5, "", 2),
            Control("sd", "s", "Spread of the sum", 1.0, 8.0, 4.0, 0.5, "", 4),
        ],
        readouts=[
            ReadOut("share", 1, "%"),
            ReadOut("differ"),
            ReadOut("threshold"),
            ReadOut("sums", words=RULES),
            ReadOut("turned", words=("as they are", "turned round")),
        ],
        views=[
            Kernels(
                "z",
                (("a", "batch norm of z", 1), ("fires", "its sign", 2)),
                Axis(-INPUTS, INPUTS, "sum z"),
                Axis(-4.0, 4.0, "a and sgn(a)"),
                handles=(Handle("Mean and shift", "mean", "beta"),),
                title="Batch norm of each sum and its sign, against the sum",
            ),
            Histogram(
                "patterns",
                Axis(-INPUTS - 1.0, INPUTS + 1.0, "sum z"),
                "patterns (thousands)",
                law="all_patterns",
                names=("it fires", "all patterns"),
                title="How many of the patterns of inputs have which sum, and how many make the neuron fire",
            ),
        ],
        sentence=(
            "γ = {gamma}, β = {beta}, μ = {mean}, s = {sd}: with its weights {turned} the neuron {sums}: "
            "{share} % of all patterns"
        ),
        headline="share",
        detail="of all patterns: with its weights {turned} the neuron {sums}",
        kernel=run_folded_neuron,
        arrays={"seen": recorded()},
        presets={
            "harder to please": {"beta": -1.0},
            "turned round": {"gamma": -1.0, "beta": -1.0},
            "never": {"gamma": 0.0, "beta": -0.1},
            "both doubled": {"gamma": 2.0, "beta": -2.0},
        },
        python=(
            "from snnlab.learning.binary.folded_neuron import folded_neuron\n\n"
            "seen = folded_neuron(gamma={gamma}, beta={beta}, mean={mean}, sd={sd})\n"
            'print(f"{{seen.share:.1f}} % of all patterns make it fire, {{seen.sums:.0f}} of '
            '{{seen.z.size}} sums")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
