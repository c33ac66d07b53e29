"""The panel of the break-even: how many spikes may a neuron hear before a deep one is cheaper?"""

from typing import TYPE_CHECKING

from snnlab.networks.comparisons.break_even import DEAREST, MOST_SPIKES, recorded, run_break_even
from snnlab_widgets.core.controls import Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Curve, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["break_even_panel"]

QUESTION = "An addition is cheaper than a multiplication. What is left of that when memory costs something?"


def break_even_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A spiking and a deep neuron with the same inputs, and what each costs for a sample.

    The break-even number is drawn up to the cost of memory that the reader has reached.

    Parameters
    ----------
    question : str
        What the reader should ask.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``memory`` (what a number from the memory costs, 0 to 50 pJ), ``fan_in`` (10 to 1000
        inputs), ``steps`` (of the clock, 0 to 100), ``in_memory`` (1 if current and potential lie there
        too, 0 if not).

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.networks.comparisons.break_even.BreakEven` has.

    Examples
    --------
    >>> print(f"{break_even_panel(memory=5, engine='kernel').result.even:.2f}")
    1.63
    """
    return Panel(
        "break_even",
        title="Break-even",
        question=question,
        controls=[
            Control("memory", "E_r", "A number from the memory", 0.0, DEAREST, 0.0, 0.5, "pJ", colour=1),
            Control("fan_in", "m", "Inputs of the neuron", 10.0, 1000.0, 100.0, 10.0, colour=2),
            Control("steps", "T", "Steps of the clock", 0.0, 100.0, 0.0, 1.0, colour=4),
            Control("in_memory", "a > 0", "State in memory", 0.0, 1.0, 0.0, 1.0, colour=3),
        ],
        readouts=[
            ReadOut("even", 2),
            ReadOut("dense", 0, "pJ"),
            ReadOut("each", 0, "pJ"),
            ReadOut("silent", 0, "pJ"),
        ],
        views=[
            Curve(
                "memories",
                "evens",
                "memory",
                "even",
                Axis(0.0, DEAREST, "a number from the memory (pJ)"),
                "break-even (spikes of each input)",
                least=6.0,
                title="Break-even number of spikes against what memory costs, up to this cost",
                side="left",
            ),
            Kernels(
                "spikes",
                (("spiking", "spiking", 1), ("deep", "deep", 2)),
                Axis(0.0, MOST_SPIKES, "spikes of each input"),
                Axis(0.0, 6.0, "energy (deep neuron = 1)"),
                title="What a spiking and a deep neuron cost, against the number of spikes of each input",
            ),
        ],
        sentence=(
            "E_r = {memory} pJ, {fan_in} inputs, {steps} steps, state in memory {in_memory}: break-even at "
            "{even} spikes of each input; the deep neuron costs {dense} pJ, a spike of each input {each} pJ, "
            "the steps {silent} pJ"
        ),
        headline="even",
        detail=(
            "spikes of each input cost as much as the deep neuron, {dense} pJ; one of each {each} pJ, the "
            "steps {silent} pJ"
        ),
        kernel=run_break_even,
        arrays={"seen": recorded()},
        constants={"batch": 1.0},
        presets={
            "arithmetic alone": {"memory": 0.0},
            "a small memory": {"memory": 5.0},
            "a small memory for everything": {"memory": 5.0, "in_memory": 1.0},
            "a large memory": {"memory": 50.0},
            "chapter 10": {"fan_in": 60.0, "steps": 50.0},
        },
        python=(
            "from snnlab.networks.comparisons.break_even import break_even\n\n"
            "seen = break_even({memory}, {fan_in}, {steps}, in_memory=bool({in_memory}))\n"
            'print(f"{{seen.even:.2f}} spikes of each input cost as much as the deep neuron")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
