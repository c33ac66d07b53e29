"""The goals of chapter 11, on the panels of the break-even and of early answers."""

from snnlab_widgets.chapters.chapter11.break_even import break_even_panel
from snnlab_widgets.chapters.chapter11.early_answers import early_answers_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["break_even_by_memory", "early_answers_sooner"]


def break_even_by_memory(engine: str = "browser") -> Panel:
    """A target: a neuron that has lost before its first spike gets half a spike back, by a dearer memory.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `break_even_panel`.

    Examples
    --------
    >>> panel = break_even_by_memory(engine="kernel")
    >>> panel.memory = 40.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    goal = Target(
        name="break-even-by-memory",
        question=(
            "This neuron has 20 inputs and is updated in 50 steps: it costs more than a deep one without a "
            "single spike. Let it have half a spike of each input, by the price of memory alone."
        ),
        reach={"even": (0.5, None)},
        only=("memory",),
        misses=(
            Miss(
                "not moved",
                {"memory": (0.0, 0.0)},
                "The steps cost {silent}, the deep neuron {dense}. Which of the two pays for the memory?",
            ),
            Miss(
                "still nothing",
                {"even": (0.0, 0.0)},
                "The deep neuron costs {dense} now, the steps still {silent}: that is not enough yet.",
            ),
        ),
        otherwise="{even} spikes of each input. The deep neuron costs {dense}, the steps {silent}: go on.",
        next_step=(
            "A dear memory has helped the spiking neuron here, as its state is in registers. What becomes of "
            "it with the state in memory, or with the deep weights read once for many samples?"
        ),
    )
    return break_even_panel(goal=goal, engine=engine, fan_in=20.0, steps=50.0)


def early_answers_sooner(engine: str = "browser") -> Panel:
    """A target: an answer within 20 ms, by the rate of the pixels alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `early_answers_panel`.

    Examples
    --------
    >>> panel = early_answers_sooner(engine="kernel")
    >>> panel.rate = 1000.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    goal = Target(
        name="early-answers-sooner",
        question="Let the network come to its 95 % within 20 ms, by the rate of the pixels alone.",
        reach={"latency": (None, 20.0)},
        only=("rate",),
        misses=(
            Miss(
                "not moved",
                {"rate": (100.0, 100.0)},
                "It takes {latency} ms and {latency_operations} synaptic operations so far. More input "
                "spikes a second would tell it more.",
            ),
            Miss(
                "slower",
                {"rate": (None, 99.0)},
                "Now it takes {latency} ms: with fewer input spikes a second it waits longer for as many.",
            ),
        ),
        otherwise="{latency} ms, with {latency_operations} synaptic operations until then. Go on.",
        next_step=(
            "It took {latency} ms and {latency_operations} synaptic operations. How many were it at 100 Hz? "
            "Was it work that you have saved, or time?"
        ),
    )
    return early_answers_panel(goal=goal, engine=engine)
