"""The goal of chapter 11 on the panel of the event camera."""

from snnlab_widgets.chapters.chapter11.waved_camera import waved_camera_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["waved_camera_along"]


def waved_camera_along(engine: str = "browser") -> Panel:
    """A target: a way on which a 7 is seen as little as can be, although it moves.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `waved_camera_panel`.

    Examples
    --------
    >>> panel = waved_camera_along(engine="kernel")
    >>> panel.dx, panel.dy = 2.0, 3.5
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    goal = Target(
        name="waved-camera-along",
        question="Push the 7 by 4 pixels or more, and let the camera send no more than 1050 events.",
        reach={"n": (0.0, 1050.0), "way": (4.0, None)},
        only=("dx", "dy"),
        misses=(
            Miss("at rest", {"way": (0.0, 0.0)}, "It rests, and so nothing is sent. Drag it."),
            Miss(
                "too short",
                {"way": (None, 3.999)},
                "It was pushed by {way} pixels only: 4 or more are wanted.",
            ),
            Miss(
                "across",
                {"n": (1300.0, None), "way": (None, 4.5)},
                "{n} events from {speaking} pixels: many of its edges lie across this way. Turn it.",
            ),
            Miss(
                "too far",
                {"way": (4.999, None)},
                "{n} events, on a way of {way} pixels. A shorter way in the same direction sends fewer.",
            ),
        ),
        otherwise="{n} events on {way} pixels. Try a way that lies along more of its edges.",
        next_step=(
            "The long stroke of the 7 lies along this way, and its edges are hardly seen: {speaking} pixels "
            "send anything. A camera that does not know the way could take the stroke for a dot. What would "
            "you let it do, to be sure?"
        ),
    )
    return waved_camera_panel(goal=goal, engine=engine, digit=7.0)
