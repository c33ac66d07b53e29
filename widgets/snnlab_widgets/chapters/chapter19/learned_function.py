"""The panel of a network with frozen weights that learns the function that a reader drags."""

from typing import TYPE_CHECKING

from snnlab.learning.memory.sine_learner import usual_errors
from snnlab.learning.memory.taught_function import (
    EXAMPLES,
    HIGHEST,
    constants,
    given,
    recorded,
    rooms,
    run_taught_function,
)
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["learned_function_panel"]

QUESTION = (
    "Drag the curve, then show its points one after the other. No weight changes. After how many does the "
    "network know the rest?"
)


def learned_function_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A network that has learnt to learn sines, what it was shown of one, and what it makes of the rest.

    The sine goes through both points that are dragged. The button shows one example after the other.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``left``, ``middle`` (the function at −½ and at 0, −1 to 1), ``example`` (1 to 20),
        ``others`` (1 to show values of other sines, 0 not to), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.memory.taught_function.TaughtFunction` has, and `usual` and
        `usual_others`, the same errors as they are on average over many sines.

    Examples
    --------
    >>> result = learned_function_panel(engine="kernel").result
    >>> result.last < 0.5 * result.first
    True
    """
    seen, (path, work), usual = recorded(), rooms(), usual_errors()
    return Panel(
        "learned_function",
        title="A function from twenty examples",
        question=question,
        controls=[
            Control("left", "f(−½)", "Function at −½", -HIGHEST, HIGHEST, 0.5, 0.05, colour=2),
            Control("middle", "f(0)", "Function at 0", -HIGHEST, HIGHEST, 0.5, 0.05, colour=2),
            Control("example", "k", "Example", 1.0, float(EXAMPLES), 1.0, 1.0, colour=1),
            Control("others", "o", "Values of other functions", 0.0, 1.0, 0.0, 1.0, colour=6),
        ],
        readouts=[ReadOut("error", 3), ReadOut("first", 3), ReadOut("last", 3)],
        views=[
            Kernels(
                "places",
                (
                    ("marks", "shown before", 6),
                    ("guess", "what the network guesses", 1),
                    ("right", "your function", 2),
                ),
                Axis(-1.0, 1.0, "x"),
                Axis(-1.25, 1.25, "f(x)"),
                handles=(Handle("Function at −½", -0.5, "left"), Handle("Function at 0", 0.0, "middle")),
                title="Your function, the examples shown before this one, and what the network guesses",
            ),
            Kernels(
                "along",
                (
                    ("errors", "error of this function", 1),
                    ("usual", "mean over many", 3),
                    ("usual_others", "mean, with values of others", 6),
                ),
                Axis(0.0, float(EXAMPLES), "example"),
                Axis(0.0, 0.8, "mean squared error"),
                handles=(Handle("Example and error", "example", "error"),),
                title="The error of each example up to this one: of this function, and on average over many",
                side="left",
            ),
        ],
        sentence=(
            "A sine with {left} at −½ and {middle} at 0, values of others {others}: an error of {error} at "
            "example {example}; {first} at the first and {last} at the last"
        ),
        headline="error",
        detail="at example {example}; {first} at the first example, {last} at the twentieth",
        kernel=run_taught_function,
        arrays={
            "seen": seen,
            "path": scratch(path),
            "work": scratch(work),
            **given(),
            "usual": usual[0],
            "usual_others": usual[1],
        },
        constants=constants(),
        presets={
            "one example": {"example": 2.0},
            "all examples": {"example": float(EXAMPLES)},
            "values of others": {"example": float(EXAMPLES), "others": 1.0},
            "hardly a function": {"left": 0.0, "middle": 0.0, "example": float(EXAMPLES)},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning.memory.taught_function import taught_function\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() asks at other places\n"
            "others = {others} == 1\n"
            "seen = taught_function({left}, {middle}, {example}, others, rng=np.uint64({seed}))\n"
            'print(f"error {{seen.error:.3f}}: {{seen.first:.3f}} at first, {{seen.last:.3f}} at last")'
        ),
        play=("example", "Show examples", "anew"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
