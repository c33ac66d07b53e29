"""The map of a chip: which cores a network takes, and how full they are."""

import numpy as np

from snnlab.loihi.mapping.chip import CORES_PER_TILE, TILES_ACROSS, Placement
from snnlab.plots.picture import Picture
from snnlab.plots.rules import drawn

__all__ = ["core_map"]

_SIDE = 2  # cores along a side of a tile
_MOST_CORES = 10_000


@drawn
def core_map(placement: Placement) -> Picture:
    """The cores of a chip in their tiles, shaded by how full each is of what it is fullest of.

    Parameters
    ----------
    placement : Placement
        From `snnlab.loihi.place`.

    Returns
    -------
    Picture
        The number in a core is its group. Cores beyond those that the chip has are not drawn, but told.

    Examples
    --------
    >>> from snnlab.loihi import layered_graph, place
    >>> core_map(place(layered_graph([784, 100, 10])))
    2 of 128 cores in 32 tiles of 4.
    Group 0: 100 compartments on 1 core, synaptic memory 67 % used.
    Group 1: 10 compartments on 1 core, input axons 2 % used.
    """
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    if not placement.n_cores:
        raise ValueError("placement must have a core at least, got none")
    groups = np.unique(placement.group_of)
    if groups[-1] != groups.size - 1:
        raise ValueError(f"group_of must have a core for each group up to the last, got {groups!r:.60}")
    if not 1 <= placement.limits.cores <= _MOST_CORES:
        raise ValueError(f"limits must have 1 to {_MOST_CORES} cores, got {placement.limits.cores}")
    shares = np.array(list(placement.shares.values()))
    fullest = shares.max(axis=0)
    there = placement.limits.cores
    tiles = -(-there // CORES_PER_TILE)
    rows = -(-tiles // TILES_ACROSS)
    fig = Figure(figsize=(7.0, 0.75 + 0.75 * rows), layout="constrained")
    ax = fig.subplots()
    cores = np.arange(there)
    tile, within = cores // CORES_PER_TILE, cores % CORES_PER_TILE
    x = tile % TILES_ACROSS * (_SIDE + 0.4) + within % _SIDE
    y = tile // TILES_ACROSS * (_SIDE + 0.4) + within // _SIDE
    shown = np.full(there, np.nan)
    used = min(there, placement.n_cores)
    shown[:used] = np.minimum(fullest[:used], 1.0)
    colours = ax.scatter(x, y, c=100 * shown, cmap="Blues", vmin=0, vmax=100, s=0)
    for core in range(there):
        share = shown[core]
        face = "none" if np.isnan(share) else colours.get_cmap()(share)
        ax.add_patch(
            Rectangle((x[core] - 0.45, y[core] - 0.45), 0.9, 0.9, facecolor=face, edgecolor="0.7", lw=0.6)
        )
        if core < used:
            dark = share > 0.55
            ax.text(
                x[core], y[core], str(placement.group_of[core]), ha="center", va="center", fontsize=7,
                color="w" if dark else "k",
            )  # fmt: skip
    ax.set(xlim=(-0.8, x.max() + 0.8), ylim=(-0.8, y.max() + 0.8), aspect="equal")
    ax.set_axis_off()
    bar = fig.colorbar(colours, ax=ax, shrink=0.8)
    bar.set_label("% used of the tightest limit")
    return Picture(fig, "\n".join(_told(placement, tiles)))


def _told(placement: Placement, tiles: int) -> list[str]:
    """The map in words, a line for each group and for each limit that is broken."""
    lines = [f"{placement.n_cores} of {placement.limits.cores} cores in {tiles} tiles of {CORES_PER_TILE}."]
    for group in range(placement.group_of[-1] + 1):
        here = placement.group_of == group
        name, share = max(
            ((name, float(use[here].max())) for name, use in placement.shares.items()),
            key=lambda pair: pair[1],
        )
        lines.append(
            f"Group {group}: {placement.compartments[here].sum()} compartments on {here.sum()} "
            f"{'core' if here.sum() == 1 else 'cores'}, {name} {100 * share:.0f} % used."
        )
    return lines + [f"No room: {excess}." for excess in placement.excess]
