"""What one gets against what one pays: a point for each way, with how it varies from seed to seed."""

from itertools import cycle
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from snnlab.plots.picture import PALETTE, Picture, figure
from snnlab.plots.rules import Numbers, Text, drawn, many

__all__ = ["trade_off"]

_COLOURS, _MARKS = (*PALETTE, "0.25", "0.55"), "osD^vXPh"


@drawn
def trade_off(
    names: Annotated[ArrayLike, many],
    cost: Annotated[ArrayLike, Numbers("(runs,)", least=0)],
    accuracy: Annotated[ArrayLike, Numbers("(runs,)", least=0)],
    paid: Text = "operations",
) -> Picture:
    """Accuracy against cost, of all runs of each name: the mean, and one standard deviation around it.

    Parameters
    ----------
    names : array of str, shape (runs,)
        Whose run it is.
    cost : array of shape (runs,)
        What it took, above 0; the axis is logarithmic.
    accuracy : array of shape (runs,)
        What fraction was right.
    paid : str
        What the cost is.

    Raises
    ------
    ValueError
        If they are not as many, there are none, or a cost is not above 0.

    Examples
    --------
    >>> trade_off(["a", "a", "b"], [90, 110, 5000], [0.9, 0.92, 0.8])
    Accuracy against operations, a point for each of 2.
    a: 91.0 % right, give or take 1.4, with 100 operations.
    b: 80.0 % right, give or take 0.0, with 5,000 operations.
    """
    whose = np.array([str(name) for name in names], dtype=np.str_)  # type: ignore[union-attr]
    x, y = np.asarray(cost, float), 100.0 * np.asarray(accuracy, float)
    if whose.ndim != 1 or not whose.size or not whose.shape == x.shape == y.shape:
        raise ValueError(
            f"names, cost and accuracy must be as many, one at least, got shapes {whose.shape}, {x.shape} "
            f"and {y.shape}"
        )
    if not (x > 0).all():
        raise ValueError(f"cost must be above 0, got {x.min():g}")
    ways = list(dict.fromkeys(whose.tolist()))
    fig, (ax,) = figure(3.6, [1.0])
    said = [f"Accuracy against {paid}, a point for each of {len(ways)}."]
    for way, colour, mark in zip(ways, cycle(_COLOURS), cycle(_MARKS), strict=False):
        mine = whose == way
        sd_x, sd_y = (float(v[mine].std(ddof=1)) if mine.sum() > 1 else 0.0 for v in (x, y))
        at, right = float(x[mine].mean()), float(y[mine].mean())
        ax.errorbar(  # hollow, so that of two at one place both are seen
            at,
            right,
            sd_y,
            sd_x,
            color=colour,
            marker=mark,
            mfc="none",
            ms=8,
            mew=1.6,
            capsize=3,
            ls="none",
            label=way,
        )
        said.append(f"{way}: {right:.1f} % right, give or take {sd_y:.1f}, with {_short(at)} {paid}.")
    ax.set(xscale="log", xlabel=paid, ylabel="right (%)")
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1.02, 0.5))
    return Picture(fig, "\n".join(said))


def _short(number: float) -> str:
    """A number of any size in about three digits."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
