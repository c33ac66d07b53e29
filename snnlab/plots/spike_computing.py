"""Figures of computing with spikes: a wave over a map, and a loss that falls while compartments compete."""

from collections.abc import Mapping

import numpy as np

from snnlab.plots.picture import PALETTE, Picture

__all__ = ["loss_gaps", "wave_over_map"]


def wave_over_map(distance: np.ndarray, path: np.ndarray) -> Picture:
    """When each square of a map fired first, with the path that was read back.

    Parameters
    ----------
    distance : array of int of shape (rows, columns)
        The step of the first spike, rows from the bottom; −1 where none came.
    path : array of int of shape (places,)
        The squares of the path by number, row · columns + column, from its start.

    Returns
    -------
    Picture

    Examples
    --------
    >>> wave_over_map(np.array([[0, 4], [-1, 8]]), np.array([0, 1, 3]))
    First spikes over a map of 2 by 2 squares, from step 0 to step 8; 1 square never fires.
    The path leads over 2 squares and arrives in step 8.
    """
    from matplotlib.figure import Figure

    steps = np.asarray(distance)
    rows, columns = steps.shape
    fig = Figure(figsize=(7.0, 7.0 * rows / columns * 0.82 + 0.4), layout="constrained")
    ax = fig.subplots()
    drawn = ax.imshow(np.where(steps < 0, np.nan, steps), origin="lower", cmap="viridis")
    ax.set_facecolor("0.25")
    said = [
        f"First spikes over a map of {rows} by {columns} squares, from step 0 to step {steps.max()}; "
        f"{np.count_nonzero(steps < 0)} {'square' if np.count_nonzero(steps < 0) == 1 else 'squares'} "
        f"never {'fires' if np.count_nonzero(steps < 0) == 1 else 'fire'}."
    ]
    if len(path):
        y, x = np.divmod(np.asarray(path), columns)
        ax.plot(x, y, color="white", lw=4.0, solid_capstyle="round")
        ax.plot(x, y, color=PALETTE[1], lw=2.0, solid_capstyle="round")
        ax.plot(x[[0, -1]], y[[0, -1]], "o", ms=8, color=PALETTE[1], mec="white")
        said.append(f"The path leads over {len(path) - 1} squares and arrives in step {steps[y[-1], x[-1]]}.")
    ax.set(xlabel="column", ylabel="row")
    fig.colorbar(drawn, ax=ax, label="first spike (steps)", shrink=0.9)
    return Picture(fig, "\n".join(said))


def loss_gaps(lines: Mapping, label_x: str, level: float = 1.0) -> Picture:
    """By how many per cent a loss is larger than the smallest one, both axes logarithmic.

    Parameters
    ----------
    lines : dict
        For each label two arrays, x and the gap in per cent.
    label_x : str
        What the horizontal axis shows.
    level : float
        A gap that is marked, in per cent.

    Returns
    -------
    Picture

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
