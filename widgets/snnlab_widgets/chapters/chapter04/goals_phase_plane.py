"""The goal of the phase plane: one current, two ways to live."""

from snnlab_widgets.chapters.chapter04.phase_plane import phase_plane_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["phase_plane_both"]

A = 0.02  # µS: with the time constant of the panel it loses its rest by turning


def phase_plane_both(engine: str = "browser") -> Panel:
    """A target: a current under which the neuron can rest, and a kick after which it never does.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `phase_plane_panel`.

    Examples
    --------
    >>> panel = phase_plane_both(engine="kernel")
    >>> panel.current = 0.5
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. Under 0.500 nA it cannot rest: ...
    """
    goal = Target(
        name="phase-plane-both",
        question=(
            "Find a current under which this neuron can rest, and a kick after which it goes on firing under "
            "the same current."
        ),
        reach={"holds": (1, 1), "lasting": (1, 1)},
        only=("current", "kick"),
        misses=(
            Miss(
                "no rest",
                {"holds": (0, 0)},
                "Under {current} nA it cannot rest: it fires without being kicked. Less current.",
            ),
            Miss(
                "no kick",
                {"kick": (0, 0)},
                "Under {current} nA it can rest, and nobody has kicked it.",
            ),
            Miss(
                "comes back",
                {"n": (1, None), "lasting": (0, 0)},
                "It fired {n} {n|time|times} and came back to its rest. Come nearer to the current at which "
                "the rest is lost, or kick less.",
            ),
        ),
        otherwise="The kick of {kick} nA did not make it fire. Is it strong enough?",
        next_step=(
            "At rest the second current is high enough to hold v down. While it fires, v comes from far "
            "below each time, and w stays lower. Which current is too weak to go on firing with?"
        ),
    )
    return phase_plane_panel(goal=goal, engine=engine, a=A)
