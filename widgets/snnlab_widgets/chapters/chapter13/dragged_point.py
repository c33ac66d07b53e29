"""The panel of a population that represents a point, which the reader drags."""

from typing import TYPE_CHECKING

from snnlab.coding.nef.dragged_point import EVERY, LEAST, MOST, recorded, run_dragged_point, workspace
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["dragged_point_panel"]

QUESTION = "No neuron knows the point. Which of them fire where you drag it, and how well is it read back?"


def dragged_point_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A population with encoders in all directions of the plane, and what is decoded from its rates.

    A line for each neuron points along its encoder and is as long as its rate. The readings are sixty, each
    with other noise on the rates. Both errors are drawn up to the number of neurons that was reached.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``x``, ``y`` (the point, -1 to 1), ``neurons`` (4 to 64), ``noise`` (0.01 to 0.5 of the
        highest rate), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.coding.nef.dragged_point.DraggedPoint` has.

    Examples
    --------
    >>> result = dragged_point_panel(neurons=48, engine="kernel").result
    >>> result.off < 0.2
    True
    """
    return Panel(
        "dragged_point",
        title="A population for a point",
        question=question,
        controls=[
            Control("x", "x", "Point, to the right", -1.0, 1.0, 0.6, 0.01, colour=1),
            Control("y", "y", "Point, upwards", -1.0, 1.0, 0.3, 0.01, colour=2),
            Control("neurons", "N", "Neurons", LEAST, MOST, 8.0, EVERY, colour=5),
            Control("noise", "σ", "Noise of a rate, of the highest", 0.01, 0.5, 0.1, 0.01, colour=6),
        ],
        readouts=[
            ReadOut("off", 3),
            ReadOut("read_x", 2),
            ReadOut("read_y", 2),
            ReadOut("distortion", 3),
            ReadOut("noise_error", 3),
            ReadOut("active"),
        ],
        views=[
            Kernels(
                "at_x",
                (
                    ("spokes", "neurons: encoder and rate", 3),
                    ("readings", "readings of noisy rates", 6),
                    ("circle", "unit circle", 4),
                ),
                Axis(-1.3, 1.3, "x"),
                Axis(-1.3, 1.3, "y"),
                handles=(Handle("Point", "x", "y"),),
                title="The point in the unit circle, a line as long as its rate for each neuron, readings",
                square=True,
            ),
            Kernels(
                "sizes",
                (("distortions", "distortion", 1), ("noises", "noise", 6)),
                Axis(0.0, MOST, "neurons"),
                Axis(0.0, 1.0, "error"),
                handles=(Handle("Neurons and distortion", "neurons", "distortion"),),
                title="Both parts of the error against the number of neurons, up to this one",
                side="left",
            ),
        ],
        sentence=(
            "Point ({x}, {y}) by {neurons} neurons with a noise of {noise}: {active} fire, "
            "({read_x}, {read_y}) is read, off by {off}; "
            "over the disc distortion {distortion} and noise {noise_error}"
        ),
        headline="off",
        detail="off: ({read_x}, {read_y}) is read from {active} that fire; noise adds {noise_error}",
        kernel=run_dragged_point,
        arrays={"seen": recorded(), "work": scratch(workspace())},
        presets={
            "many neurons": {"neurons": 64.0},
            "hardly any noise": {"noise": 0.01},
            "noisy": {"neurons": 32.0, "noise": 0.5},
            "outside the circle": {"x": 1.0, "y": 1.0, "neurons": 32.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.coding.nef.dragged_point import dragged_point\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws other neurons\n"
            "seen = dragged_point({x}, {y}, {neurons}, {noise}, rng=np.uint64({seed}))\n"
            'print(f"off by {{seen.off:.3f}}: ({{seen.read_x:.2f}}, {{seen.read_y:.2f}}) is read")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
