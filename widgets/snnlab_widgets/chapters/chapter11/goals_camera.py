"""The goal of chapter 11 on the panel of the event camera."""

from snnlab_widgets.chapters.chapter11.waved_camera import waved_camera_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["waved_camera_along"]

FEW = 0  # events


def waved_camera_along(engine: str = "browser") -> Panel:
    """A target: a way on which a digit is hardly seen, although it moves.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `waved_camera_panel`.

    Examples
    --------
    >>> panel = waved_camera_along(engine="kernel")
    >>> panel.dx = 4.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. ...
    """
    raise NotImplementedError
