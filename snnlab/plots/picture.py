"""A figure of the book and the same in words, in one style.

Colours are those of Okabe and Ito, which colour-blind readers can tell apart; line styles and marks differ as
well.
"""

import base64
import io
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Span = tuple[float, float] | None
Values = Sequence[float] | np.ndarray

__all__ = ["PALETTE", "Picture", "Span", "Values", "count_of_spikes", "figure"]

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00")
"""Blue, vermilion, bluish green, reddish purple, orange."""

_WIDTH, _DPI = 7.0, 192  # inches, and twice the pixels that are shown
# The file is drawn on white, readable anywhere. A dark page turns light and dark round and keeps the hues.
_CSS = (
    "<style>html[data-theme=dark] img.snnlab-picture,body[data-jp-theme-light=false] img.snnlab-picture"
    "{filter:invert(.93) hue-rotate(180deg)!important;background:none!important;padding:0!important}</style>"
)


class Picture:
    """A figure and what it shows in words.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        The figure.
    alt : str
        The figure in a few sentences, for readers who do not see it.

    Raises
    ------
    ValueError
        If `alt` says nothing.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> Picture(Figure(), "An empty figure.")
    An empty figure.
    """

    def __init__(self, fig: "Figure", alt: str):
        if not isinstance(alt, str) or not alt.strip():
            raise ValueError(f"alt must say in words what the figure shows, got {alt!r}")
        self.fig, self.alt = fig, alt

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        file = io.BytesIO()
        self.fig.savefig(file, format="png", dpi=_DPI, facecolor="white")
        data = base64.b64encode(file.getvalue()).decode()
        image = (
            f'{_CSS}<img class="snnlab-picture dark-light" alt="{escape(self.alt)}" '
            f'width="{self.fig.get_figwidth() * _DPI / 2:.0f}" style="max-width:100%;height:auto" '
            f'src="data:image/png;base64,{data}">'
        )
        return {"text/plain": self.alt, "text/html": image}


def figure(height: float, ratios: list[float]) -> tuple["Figure", list["Axes"]]:
    """A figure with its axes below one another, in the style of the book."""
    from matplotlib.figure import Figure

    fig = Figure(figsize=(_WIDTH, height), layout="constrained")
    axes = fig.subplots(len(ratios), sharex=True, squeeze=False, height_ratios=ratios)[:, 0]
    for ax in axes:
        ax.spines[["top", "right"]].set_visible(False)
    return fig, list(axes)


def count_of_spikes(n: int) -> str:
    """A number of spikes in words: one of them is no plural."""
    return f"{n} {'spike' if n == 1 else 'spikes'}"
