"""The goals of the model zoo, on the panel of Izhikevich's neuron.

The numbers in the questions and hints are computed from the panel, not typed in.
"""

import functools

from snnlab_widgets.chapters.chapter04.zoo import zoo_panel
from snnlab_widgets.core.formats import fixed
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["zoo_burst", "zoo_rebound"]

NIMBLE = 2.0  # mV/ms of recovery for each spike: with 8 of a regular spiking cell no reset gives long bursts


@functools.cache
def _lowest_reset() -> float:
    """The lowest reset at which the neuron bursts, step by step from the low end."""
    panel = zoo_panel(engine="kernel", d=NIMBLE)
    control = next(c for c in panel.controls if c.name == "c")
    panel.c = control.low
    while not panel.result.bursting:
        panel.c = round(panel.c + control.step, control.decimals)
    return panel.c


def zoo_burst(engine: str = "browser") -> Panel:
    """A target: a bursting neuron, by the reset alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `zoo_panel`.

    Examples
    --------
    >>> panel = zoo_burst(engine="kernel")
    >>> panel.c = -50.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. At −50.0 mV it bursts, but ...
    """
    panel = zoo_panel(engine="kernel", d=NIMBLE)
    start, lowest = panel.c, _lowest_reset()
    slack = next(c.step for c in panel.controls if c.name == "c") / 2
    goal = Target(
        name="zoo-burst",
        question=(
            "This cell fires single spikes. Make it burst, by the reset alone: what is the lowest reset that "
            "will do, to within 1 mV?"
        ),
        reach={"bursting": (1, 1), "c": (None, lowest + 1 + slack)},
        only=("c",),
        misses=(
            Miss("not moved", {"c": (start, start)}, "The reset stands where it stood. Drag it."),
            Miss(
                "lower than before",
                {"c": (None, start)},
                "From {c} mV the way back to the next spike is longer. A burst needs a short one.",
            ),
            Miss(
                "higher than needed",
                {"bursting": (1, 1), "c": (lowest + 1 + slack, None)},
                "At {c} mV it bursts, but a lower reset would do.",
            ),
        ),
        otherwise="After {c} mV still no groups: the recovery variable wins after the first spikes.",
        next_step=(
            f"From {fixed(lowest, 1)} mV on, v is reset so high that the next spike is on its way at once. "
            "Only when u has grown with every spike does it fall back; then u decays, and the next burst "
            "begins. Raise the reset further: what happens to the bursts?"
        ),
    )
    return zoo_panel(goal=goal, engine=engine, d=NIMBLE)


def zoo_rebound(engine: str = "browser") -> Panel:
    """A target: a spike after the negative input, by b alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `zoo_panel`.

    Examples
    --------
    >>> panel = zoo_rebound(engine="kernel")
    >>> panel.b = 0.3
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. With b = 0.30 it fires before any input...
    """
    start = zoo_panel(engine="kernel").b
    goal = Target(
        name="zoo-rebound",
        question=(
            "Make it fire after the negative input has ended, by b alone. Without input it should still be "
            "silent."
        ),
        reach={"after": (1, None), "before": (0, 0)},
        only=("b",),
        misses=(
            Miss("not moved", {"b": (start, start)}, "b stands where it stood. Drag it."),
            Miss(
                "fires by itself",
                {"before": (1, None)},
                "With b = {b} it fires before any input: it has no resting state any more.",
            ),
            Miss(
                "the wrong way",
                {"b": (None, start)},
                "A smaller b ties u less to v. For a rebound the pull has to change u.",
            ),
        ),
        otherwise=(
            "With b = {b} it comes back to rest without a spike. What has to be left over from the pull?"
        ),
        next_step=(
            "During the pull u sinks, the more the larger b is. When it is let go, u is still low, and for a "
            "moment that is as good as an input. The squid's membrane does it with its channels."
        ),
    )
    return zoo_panel(goal=goal, engine=engine)
