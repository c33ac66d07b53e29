"""The goals of chapter 26, on the panel of the registers.

The numbers in the questions and hints are computed from the panel, not typed in.
"""

from collections.abc import Callable
from functools import partial

from snnlab.course.exercises.chapter26.still import STILL
from snnlab_widgets.chapters.chapter26.registers import registers_panel
from snnlab_widgets.goals.answers import Ask
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["registers_bias", "registers_overflow", "registers_still"]

_slow_panel = partial(registers_panel, exponent=-8.0, decay_v=32.0)  # no spike comes through


def registers_bias(engine: str = "browser") -> Panel:
    """A target: the smallest bias with which the chip's neuron fires.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `registers_panel`.

    Examples
    --------
    >>> panel = registers_bias(engine="kernel")
    >>> panel.bias = 4
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    trial = _slow_panel(engine="kernel")
    least = _first(trial, "bias", range(41), lambda: trial.result.n > 0)
    goal = Target(
        name="registers-bias",
        question="No spike comes in. Find the smallest bias with which the chip's neuron fires.",
        reach={"n": (1, None), "bias": (None, float(least))},
        only=("bias",),
        misses=(
            Miss(
                "real only",
                {"n": (0, 0), "n_real": (1, None)},
                "With {bias} the neuron in real numbers fires; the one on the chip stands still at {end}.",
            ),
            Miss(
                "silent",
                {"n": (0, 0)},
                "With {bias} neither of the two fires within these steps. The one on the chip is at {end}.",
            ),
        ),
        otherwise="With {bias} it fires {n} times. A smaller bias will do.",
        next_step=(
            "A loss is rounded up, so the voltage stands still as soon as it loses the bias: the chip needs "
            "a bias of one more than real numbers do. What does that mean for a bias of 1?"
        ),
    )
    return _slow_panel(goal=goal, engine=engine)


def registers_overflow(engine: str = "browser") -> Panel:
    """A target: the fastest decay at which the current still overflows.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `registers_panel`.

    Examples
    --------
    >>> panel = registers_overflow(engine="kernel")
    >>> panel.decay_u = 0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. ...
    """
    trial = registers_panel(engine="kernel", exponent=7)
    last = _first(trial, "decay_u", range(400, -1, -1), lambda: trial.result.wraps > 0)
    goal = Target(
        name="registers-overflow",
        question=(
            "Exponent 7, a spike in every fourth step. By the decay of the current alone: how fast may it "
            "decay and still overflow? Find it to within 5."
        ),
        reach={"wraps": (1, None), "decay_u": (last - 5.0, None)},
        only=("decay_u",),
        misses=(
            Miss(
                "none",
                {"wraps": (0, 0)},
                "With {decay_u} nothing overflows: the largest current is {size}.",
            ),
            Miss(
                "much too slow",
                {"wraps": (2, None), "decay_u": (None, last / 3.0)},
                "With {decay_u} it overflows {wraps} times. It may decay much faster.",
            ),
        ),
        otherwise="With {decay_u} it overflows. It may decay faster than that.",
        next_step=(
            "The current would rise to the input divided by 1 − k⁴, with k = 1 − δ_u/4096. Set that equal to "
            "8388608 and solve for δ_u: how near do you come?"
        ),
    )
    return registers_panel(goal=goal, engine=engine, exponent=7)


def registers_still(engine: str = "browser") -> Panel:
    """A number: exercise 26.1, where the voltage stands still.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `registers_panel`.

    Examples
    --------
    >>> print(registers_still(engine="kernel").goal.answer("224"))  # doctest: +ELLIPSIS
    Not yet. 224 is where a real number would go, ...
    """
    goal = Ask(
        name="registers-still",
        exercise=STILL,
    )
    return _slow_panel(goal=goal, engine=engine)


def _first(panel: Panel, name: str, values: range, holds: Callable[[], bool]) -> int:
    """The first of `values` of a control for which `holds()` is true."""
    for value in values:
        setattr(panel, name, float(value))
        if holds():
            return value
    raise AssertionError(f"no value of {name}")
