"""The goals of chapter 28 on the core map; those of the wave and of LASSO stand in `wavefront`.

The numbers in the questions and hints are computed from the panel, not typed in.
"""

from snnlab.loihi.mapping.chip import COMPARTMENTS, CORES, INPUT_AXONS
from snnlab_widgets.chapters.chapter28.core_map import core_map_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["core_map_bits", "core_map_full"]

_DENSE = 1024  # compartments that all hear one another
_WANTED = 4  # cores


def core_map_full(engine: str = "browser") -> Panel:
    """A target: the largest network of its kind that the chip holds.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `core_map_panel`.

    Examples
    --------
    >>> panel = core_map_full(engine="kernel")
    >>> panel.n = 8192
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = core_map_panel(engine="kernel")
    step = next(control.step for control in start.controls if control.name == "n")
    more = core_map_panel(engine="kernel", n=start.n + step)
    goal = Target(
        name="core-map-full",
        question=(
            f"{start.n:.0f} compartments that each hear {start.fan_in:.0f} others take "
            f"{start.result.cores:.0f} cores, neighbours on one. Which is the largest network of this kind "
            "that the chip holds in this order? Move the compartments alone."
        ),
        reach={"cores": (CORES, CORES), "missing": (None, 0)},
        only=("n",),
        misses=(
            Miss(
                "not moved",
                {"n": (start.n, start.n)},
                f"This one takes {start.result.cores:.0f} cores. If compartments were all that counts, "
                f"{CORES * COMPARTMENTS / start.n:.0f} times as many would have room.",
            ),
            Miss(
                "too large",
                {"missing": (1, None)},
                "{n} compartments need {cores} cores, {missing} more than there are.",
            ),
            Miss(
                "before the jump",
                {"n": (None, start.n)},
                "As long as there are no more compartments than a core has input axons, every core may hear "
                f"all of them. Go beyond {INPUT_AXONS} and watch the number of cores.",
            ),
        ),
        otherwise="{n} compartments take {cores} cores. There is room for more.",
        next_step=(
            f"{{n}} compartments, and each core holds only a few of the {COMPARTMENTS} that it has room for: "
            f"its input axons are used up by {start.fan_in:.0f} others for each. One step above "
            f"{start.n:.0f} it was {more.result.cores:.0f} cores instead of {start.result.cores:.0f}. Why "
            "there?"
        ),
    )
    return core_map_panel(goal=goal, engine=engine)


def core_map_bits(engine: str = "browser") -> Panel:
    """A target: how few bits a weight may have so that fewer cores do.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `core_map_panel`.

    Examples
    --------
    >>> panel = core_map_bits(engine="kernel")
    >>> panel.bits = 3
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = core_map_panel(engine="kernel", n=_DENSE, fan_in=_DENSE)
    goal = Target(
        name="core-map-bits",
        question=(
            f"{_DENSE} compartments that all hear one another, with weights of {start.bits:.0f} bits, take "
            f"{start.result.cores:.0f} cores. You have {_WANTED}. With how many bits, at most, does the "
            "network have room there?"
        ),
        reach={"cores": (_WANTED, _WANTED)},
        only=("bits",),
        misses=(
            Miss(
                "not moved",
                {"bits": (start.bits, start.bits)},
                "The weights still have {bits} bits. What is a core full of?",
            ),
            Miss(
                "too few",
                {"cores": (None, _WANTED - 1)},
                f"It has room on {{cores}} cores now, but you have {_WANTED}. Do not throw away bits that "
                "you can afford.",
            ),
        ),
        otherwise=f"With {{bits}} bits it takes {{cores}} cores, and you have {_WANTED}. Go on.",
        next_step=(
            "{bits} bits: {cores} cores, each full of memory to {share} %. The cores did not become fewer in "
            "the same proportion as the bits. What else does a block of synapses store?"
        ),
    )
    return core_map_panel(goal=goal, engine=engine, n=_DENSE, fan_in=_DENSE)
