"""The panel of PES in the loop: an arm that learns on the chip what it carries."""

from typing import TYPE_CHECKING

from snnlab.loihi.applications.adaptive_arm import arm_chip, recorded, run_arm
from snnlab_widgets.core.controls import Control, ReadOut, started
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["adaptive_arm_panel"]

QUESTION = "An arm carries a load that it does not know. What does it take to learn the torque that it needs?"


def adaptive_arm_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """The arm of `snnlab.loihi.applications.adaptive_arm` for 20 s, and what the chip gives to its motor.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``load`` (0 to 20 1/s²), ``magnitude`` (0 to 64, the impulse by which a spike raises
        its trace, in proportion to which PES learns), ``n`` (1 to 64 compartments), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` is an `AdaptiveArm`: over ``time``, ``wanted`` and ``angle`` (degrees), ``needed``
        and ``torque``, by moment of inertia (1/s²); ``early`` and ``late``, the error of the angle in the
        first and the last 4 s (degrees); and ``weight``, the mean size of a weight in the end.

    Examples
    --------
    >>> result = adaptive_arm_panel(magnitude=0, engine="kernel").result
    >>> print(f"{result.late:.1f}")
    13.0
    """
    return Panel(
        "adaptive_arm",
        title="An arm learns its load",
        question=question,
        controls=[
            Control("load", "L", "Load", 0.0, 20.0, 10.0, 1.0, "1/s²", colour=2),
            Control(
                "magnitude", "a", "Learning rate (impulse of a spike)", 0.0, 64.0, 0.0, 1.0, "", colour=6
            ),
            Control("n", "n", "Compartments", 1.0, 64.0, 40.0, 1.0, "", colour=4),
        ],
        readouts=[ReadOut("late", 1, "°"), ReadOut("early", 1, "°"), ReadOut("weight", 0)],
        views=[
            Kernels(
                "time",
                (("wanted", "wanted", 4), ("angle", "the arm", 1)),
                Axis(0.0, 20.0, "time (s)"),
                Axis(-100.0, 100.0, "angle (°)"),
                title="The angle that is wanted, and that of the arm",
            ),
            Kernels(
                "time",
                (("needed", "what the load needs", 2), ("torque", "what the chip gives", 1)),
                Axis(0.0, 20.0, "time (s)"),
                Axis(-22.0, 22.0, "torque by moment of inertia (1/s²)"),
                title="The torque that the load needs, and the torque of the chip",
            ),
        ],
        sentence=(
            "a load of {load}, an impulse of {magnitude}, {n} {n|compartment|compartments}: the arm is "
            "{early}° off in the first 4 s, {late}° in the last 4 s, and a weight has a size of {weight}"
        ),
        headline="late",
        detail="off in the last 4 s, {early}° in the first. The mean size of a weight is {weight}",
        kernel=run_arm,
        arrays={"seen": recorded(), "chip": started(arm_chip())},
        presets={
            "learning": {"magnitude": 4.0},
            "faster": {"magnitude": 32.0},
            "four compartments": {"magnitude": 4.0, "n": 4.0},
            "twice the load": {"magnitude": 4.0, "load": 20.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.loihi.applications.adaptive_arm import adaptive_arm\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen = adaptive_arm({load}, {magnitude}, {n}, rng=np.uint64({seed}))\n"
            'print(f"{{seen.late:.1f}} degrees off in the last 4 s, {{seen.early:.1f}} in the first")'
        ),
        play=("time (s)", "Let it move"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
