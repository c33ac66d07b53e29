"""What schemes are drawn on and with: a sheet, arrows, boxes, neurons and words.

A sheet is measured in tenths of an inch. It is narrower than the figures of data and its words are larger, so
that they can be read on a phone as well. Colour never tells anything alone: what inhibits, or goes back, is
dashed.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from snnlab.plots.picture import PALETTE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "BLACK", "BLUE", "DASHED", "GREEN", "GREY", "RED", "SIZE", "SMALL", "WIDTH",
    "arrow", "box", "fading", "line", "neuron", "sheet", "ticks", "words",
]  # fmt: skip

BLUE, RED, GREEN = PALETTE[:3]
BLACK, GREY = "0.1", "0.45"
DASHED = (0, (4, 2))
SIZE, SMALL = 13.0, 11.5  # points
WIDTH = 52.0
Place = tuple[float, float]


def sheet(height: float) -> tuple["Figure", "Axes"]:
    """A figure of `WIDTH` and `height` tenths of an inch, and the axes that fill it in these units."""
    from matplotlib.figure import Figure

    fig = Figure(figsize=(WIDTH / 10, height / 10))
    ax = fig.add_axes((0.0, 0.0, 1.0, 1.0))
    ax.set(xlim=(0.0, WIDTH), ylim=(0.0, height))
    ax.axis("off")
    return fig, ax


def words(
    ax: "Axes", at: Place, text: str, colour: str = BLACK, *, size: float = SIZE, ha: str = "center",
    va: str = "center", weight: str = "normal",
) -> None:  # fmt: skip
    """A word or a symbol on the sheet."""
    ax.text(
        *at, text, color=colour, fontsize=size, ha=ha, va=va, weight=weight, zorder=5, linespacing=1.15,
        bbox={"boxstyle": "square,pad=0.06", "color": "white", "lw": 0},
    )  # fmt: skip


def line(ax: "Axes", *through: Place, colour: str = BLACK, dashed: bool = False, lw: float = 1.8) -> None:
    """A line from place to place."""
    ax.plot(*np.transpose(through), color=colour, ls=DASHED if dashed else "-", lw=lw, zorder=2)


def arrow(
    ax: "Axes", start: Place, end: Place, colour: str = BLACK, *, dashed: bool = False,
    inhibits: bool = False, bend: float = 0.0, lw: float = 1.8,
) -> None:  # fmt: skip
    """An arrow; one that inhibits is dashed and ends in a bar."""
    from matplotlib.patches import FancyArrowPatch

    head = "|-|,widthA=0,widthB=0.3" if inhibits else "-|>,head_length=0.45,head_width=0.22"
    ax.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle=head, connectionstyle=f"arc3,rad={bend}", mutation_scale=15, shrinkA=0,
            shrinkB=0, color=colour, ls=DASHED if dashed or inhibits else "-", lw=lw, zorder=3,
        )
    )  # fmt: skip


def box(
    ax: "Axes", middle: Place, size: Place, text: str, colour: str = BLACK, *, points: float = SIZE,
    fill: str = "white",
) -> None:  # fmt: skip
    """A box with words in it."""
    from matplotlib.patches import FancyBboxPatch

    (x, y), (wide, high) = middle, size
    corner, style = (x - wide / 2, y - high / 2), "round,pad=0,rounding_size=0.7"
    ax.add_patch(
        FancyBboxPatch(corner, wide, high, boxstyle=style, facecolor=fill, edgecolor=colour, lw=1.8, zorder=4)
    )
    ax.text(x, y, text, color=BLACK, fontsize=points, ha="center", va="center", zorder=5, linespacing=1.25)


def neuron(
    ax: "Axes", at: Place, text: str = "", colour: str = BLACK, *, mark: str = "o", size: float = 30.0,
    fill: str = "white",
) -> None:  # fmt: skip
    """A neuron, and what it is called; a triangle excites, a circle inhibits or does not say."""
    ax.plot(*at, mark, ms=size, color=fill, mec=colour, mew=1.8, zorder=4)
    lower = (at[0], at[1] - (0.12 * size / 7.2 if mark == "^" else 0.0))
    ax.text(*lower, text, color=BLACK, fontsize=SIZE, ha="center", va="center", zorder=5)


def ticks(ax: "Axes", xs: Sequence[float], y: float, colour: str = BLACK, high: float = 2.0) -> None:
    """Spikes as upright strokes that stand on `y`."""
    for x in xs:
        ax.plot([x, x], [y, y + high], color=colour, lw=2.4, zorder=3, solid_capstyle="butt")


def fading(t: np.ndarray, spikes: Sequence[float], tau: float) -> np.ndarray:
    """A trace that jumps by 1 at each spike and fades with `tau`, as it is at the times `t`."""
    since = t[:, None] - np.asarray(spikes)[None, :]
    return np.where(since >= 0, np.exp(-np.maximum(since, 0.0) / tau), 0.0).sum(axis=1)
