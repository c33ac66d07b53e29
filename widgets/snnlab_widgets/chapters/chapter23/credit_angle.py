"""The panel that turns the angle between a theory of credit and the gradient like a dial."""

from typing import TYPE_CHECKING

from snnlab.learning.credit.credit_dial import (
    BARS,
    MOST_DONE,
    MOST_SWEEPS,
    SIZES,
    THEORIES,
    given,
    recorded,
    room,
)
from snnlab.learning.credit.dial_kernel import DialNumbers, run_dial
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, HeatMap, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["credit_angle_panel"]

QUESTION = "Which theory tells each weight what the gradient tells it, and what does it need for that?"
NUMBERED = ", ".join(f"{k} {name}" for k, name in enumerate(THEORIES, start=1))
ROWS, COLUMNS = sum(SIZES[1:]), max(SIZES)
MOST = 0.5  # of the whole update that a single weight is shown to get


def credit_angle_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Nine theories on one small network, one of them in full, the others as bars.

    Each theory has its own network, which has learnt for some steps by what this theory tells it.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``theory`` (1 to 9, as in `snnlab.learning.credit.credit_dial.THEORIES`), ``pull`` (what
        stands for it in the theory: 1/Σ, β, γ, κ or p; 0.01 to 1), ``sweeps`` (of settling, 1 to 50),
        ``done`` (0 to 50 steps of learning), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.credit.credit_dial.CreditDial` has, and ``bars``, the
        places of their corners.

    Examples
    --------
    >>> panel = credit_angle_panel(engine="kernel", theory=1, pull=1.0)
    >>> strong = panel.result.angle
    >>> panel.pull = 0.01
    >>> bool(panel.result.angle < strong)
    True
    """
    work, changes, ways = room()
    w, down, direct, ends, sizes = given()
    inputs, units = Axis(0.5, COLUMNS + 0.5, "unit below"), Axis(0.5, ROWS + 0.5, "unit (1–6, 7–11, 12–14)")
    layers = f"{SIZES[1]} and {SIZES[2]} hidden units, {SIZES[3]} outputs, one layer above the other"
    return Panel(
        "credit_angle",
        title="A dial for theories of credit",
        question=question,
        controls=[
            Control("theory", "k", "Theory, by its number", 1.0, float(len(THEORIES)), 1.0, 1.0, "", 1),
            Control("pull", "p", "Pull: 1/Σ, β, γ, κ, p (1–3, 8, 9)", 0.01, 1.0, 0.1, 0.01, "", 3),
            Control("sweeps", "n", "Sweeps of settling (1–3, 9)", 1.0, MOST_SWEEPS, 30.0, 1.0, "", 4),
            Control("done", "m", "Steps of learning before", 0.0, MOST_DONE, 0.0, 1.0, "", 2),
        ],
        readouts=[
            ReadOut("angle", 1, "°"),
            ReadOut("first", 1, "°"),
            ReadOut("second", 1, "°"),
            ReadOut("third", 1, "°"),
            ReadOut("length", 2),
            ReadOut("which", words=THEORIES),
        ],
        views=[
            Kernels(
                "along",
                (
                    ("whole", "all layers", 1),
                    ("needle_1", "first layer", 4),
                    ("needle_2", "second layer", 3),
                    ("needle_3", "output", 2),
                    ("arc", "any step of this length", 5),
                ),
                Axis(-1.0, 1.0, "along the gradient (share of the step)"),
                Axis(0.0, 1.0, "across it"),
                title=(
                    "A dial: needles to the right go along the gradient, needles upwards across it, needles "
                    "to the left against it; one for all layers and one for each"
                ),
                square=True,
            ),
            Kernels(
                "bars",
                (("chosen", "this theory", 1), ("others", "the others", 5)),
                Axis(0.0, len(THEORIES) + 0.5, "theory"),
                Axis(0.0, 120.0, "angle (°)"),
                title=f"The angle of every theory, all layers: {NUMBERED}",
            ),
            HeatMap(
                "told",
                inputs,
                units,
                Axis(-MOST, MOST, "update"),
                title=f"What the theory tells each weight, as a share of the whole; {layers}",
            ),
            HeatMap(
                "gradient",
                inputs,
                units,
                Axis(-MOST, MOST, "gradient"),
                title=f"The gradient of each weight, as a share of the whole; {layers}",
            ),
        ],
        sentence=(
            "Theory {theory}, {which}, after {done} {done|step|steps} of learning, pull {pull}, {sweeps} "
            "{sweeps|sweep|sweeps}: {angle}° from the gradient[, its layers {first}°, {second}° and {third}°]"
            "{first|||, its first layer told nothing}, and {length} times as long"
        ),
        headline="angle",
        detail=(
            "between the gradient and {which}; first layer [{first}°]{first|||told nothing}, second "
            "{second}°, output {third}°; {length} times as long"
        ),
        kernel=run_dial,
        arrays={
            "seen": recorded(),
            "work": Array(work.shape, work=True),
            "changes": Array(changes.shape, work=True),
            "ways": Array(ways.shape, work=True),
            "w": w,
            "down": down,
            "direct": direct,
            "ends": ends,
            "sizes": sizes,
            "bars": BARS,
        },
        constants={"numbers": DialNumbers()},
        presets={f"{k} {name}": {"theory": float(k)} for k, name in enumerate(THEORIES, start=1)},
        python=(
            "import numpy as np\n"
            "from snnlab.learning.credit.credit_dial import THEORIES, credit_dial\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws other noise\n"
            "seen = credit_dial(\n"
            "    {theory}, pull={pull}, sweeps={sweeps}, done={done}, rng=np.uint64({seed})\n"
            ")\n"
            'print(f"{{seen.angle:.1f}}° between the gradient and {{THEORIES[seen.which]}}")\n'
            'print(f"its layers {{seen.first:.1f}}°, {{seen.second:.1f}}° and {{seen.third:.1f}}°")'
        ),
        play=("done", "Let it learn"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
