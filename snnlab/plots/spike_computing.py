"""The figure of LASSO by spikes: how a loss falls while compartments compete."""

import numpy as np

from snnlab.checks import Positive
from snnlab.plots.picture import PALETTE, Picture
from snnlab.plots.rules import Curves, Text, drawn

__all__ = ["loss_gaps"]


@drawn
def loss_gaps(lines: Curves, label_x: Text, level: Positive = 1.0) -> Picture:
    """By how many per cent a loss is larger than the smallest one, both axes logarithmic.

    Parameters
    ----------
    lines : dict
        For each label two arrays, x and the gap in per cent.
    label_x : str
        What the horizontal axis shows.
    level : float
        A gap that is marked, in per cent.

    Examples
    --------
    >>> loss_gaps({"spikes": ([100, 1000], [20.0, 0.5])}, "steps")
    Loss above the smallest, in %, against steps.
    spikes: from 20.00 at 100 to 0.50 at 1000; below 1 from 1000 on.
    """
    from matplotlib.figure import Figure

    fig = Figure(figsize=(7.0, 3.2), layout="constrained")
    ax = fig.subplots()
    ax.spines[["top", "right"]].set_visible(False)
    said = [f"Loss above the smallest, in %, against {label_x}."]
    for (label, (x, y)), colour, dash in zip(lines.items(), PALETTE, ("-", "--", "-.", ":"), strict=False):
        x, y = np.asarray(x, float), np.asarray(y, float)
        ax.loglog(x, np.maximum(y, 1e-4), color=colour, ls=dash, lw=1.8, label=label)
        above = np.flatnonzero(y >= level)
        after = 0 if not above.size else int(above[-1]) + 1
        good = f"; below {level:g} from {x[after]:.4g} on" if after < x.size else ""
        said.append(f"{label}: from {y[0]:.2f} at {x[0]:.4g} to {y[-1]:.2f} at {x[-1]:.4g}{good}.")
    ax.axhline(level, color="0.35", ls=(0, (6, 4)), lw=1.1)
    ax.text(1.01, level, f"{level:g} %", color="0.35", va="center", transform=ax.get_yaxis_transform())
    ax.set(xlabel=label_x, ylabel="loss above the smallest (%)")
    ax.legend(frameon=False, loc="best")
    return Picture(fig, "\n".join(said))
