"""The goals of chapter 21, on the panels of competition and of the volley.

The numbers in the questions and hints are computed from the panels and the exercises, not typed in.
"""

from snnlab.course.exercises.chapter21.pulled_down import PULLED_DOWN
from snnlab_widgets.chapters.chapter21.competition import competition_panel
from snnlab_widgets.chapters.chapter21.volley import VOLLEYS, volley_panel
from snnlab_widgets.core.formats import fixed
from snnlab_widgets.goals.answers import Ask
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["competition_pulled", "volley_early"]


def competition_pulled(engine: str = "browser") -> Panel:
    """A number: exercise 21.1, how fast chance pulls a weight down.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `competition_panel`.

    Examples
    --------
    >>> print(competition_pulled(engine="kernel").goal.answer("0.0096"))
    Not yet. The size is right, the sign is not: α is larger than 1, so depression wins.
    """
    goal = Ask(
        name="competition-pulled",
        exercise=PULLED_DOWN,
    )
    return competition_panel(goal=goal, engine=engine)


def volley_early(engine: str = "browser") -> Panel:
    """A target: an answer within the first quarter of the volley, by the strength of the synapses alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `volley_panel`.

    Examples
    --------
    >>> panel = volley_early(engine="kernel")
    >>> panel.g_max = 0.08
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    wanted = 5.0
    goal = Target(
        name="volley-early",
        question=(
            f"The volley has passed {VOLLEYS} times. Let the neuron answer within the first {wanted:.0f} ms, "
            "by the largest conductance of its synapses alone."
        ),
        reach={"latency": (0.0, wanted)},
        only=("g_max",),
        misses=(
            Miss(
                "as it was",
                {"g_max": (0.03, 0.03)},
                "{latency} ms: the synapses at the beginning of the volley are at full strength already. "
                "What limits them?",
            ),
            Miss(
                "weaker",
                {"g_max": (None, 0.029)},
                "{latency} ms. With weaker synapses more inputs have to come before the threshold is "
                "reached.",
            ),
        ),
        otherwise="{latency} ms is still too late: fewer inputs have to suffice.",
        next_step=(
            "In the first volley it took {before} ms. Learning takes away the rest, down to what the first "
            f"inputs need at full strength. How many of them come in the first {fixed(wanted, 0)} ms?"
        ),
    )
    return volley_panel(goal=goal, engine=engine, volleys=float(VOLLEYS))
