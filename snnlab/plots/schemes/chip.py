"""A scheme of Loihi: what a core is, and where it lies."""

from typing import TYPE_CHECKING

from snnlab.loihi.mapping.chip import CORES_PER_TILE, TILES_ACROSS, Limits
from snnlab.plots.picture import Picture
from snnlab.plots.schemes.sheet import BLACK, BLUE, GREEN, GREY, RED, SMALL, arrow, line, neuron, sheet, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["scheme_of_core"]

ROWS = (24.0, 20.8, 17.6, 14.4)  # where the axons lie
LISTS = ((0, 1, 3), (1, 2), (0, 1, 2, 3), (2,))  # the compartments that each input axon drives
WIDE = 3.0  # of a synapse


def scheme_of_core() -> Picture:
    """A core of Loihi: what it has room for, and the mesh that joins it with the others.

    Examples
    --------
    >>> print(scheme_of_core().alt.splitlines()[0])
    Above, the mesh of the chip: 32 tiles, 8 across and 4 up, neighbours joined; each has 4 cores.
    """
    limits = Limits()
    memory, tiles = limits.words * 8 // 1024, limits.cores // CORES_PER_TILE
    rows = tiles // TILES_ACROSS
    fig, ax = sheet(54.0)
    _draw_mesh(ax, rows)
    words(ax, (36.5, 49.6), f"the mesh: {tiles} tiles\nof {CORES_PER_TILE} cores", size=SMALL)
    words(ax, (36.5, 44.6), "it carries spikes\nfrom core to core", GREY, size=SMALL)
    _draw_frame(ax)
    words(ax, (17.5, 34.2), "one core", size=SMALL)
    for x, said, most, colour in (
        (6.0, "input\naxons", f"{limits.input_axons}", BLUE),
        (17.5, "synaptic\nmemory", f"{memory} KB", BLACK),
        (33.2, "compart-\nments", f"{limits.compartments}", GREEN),
        (45.4, "output\naxons", f"{limits.output_axons}", RED),
    ):
        words(ax, (x, 29.3), said, colour, size=SMALL, weight="bold")
        words(ax, (x, 9.4), most, colour)
    for row, (y, heard) in enumerate(zip(ROWS, LISTS, strict=True)):
        arrow(ax, (0.4, y), (10.4, y), BLUE)
        for k, compartment in enumerate(heard):
            _draw_synapse(ax, 11.0 + k * WIDE, y, str(compartment))
        neuron(ax, (33.2, y), str(row), GREEN, size=22.0)
    arrow(ax, (24.4, sum(ROWS) / 4), (30.2, sum(ROWS) / 4), lw=2.4)  # whichever its number says
    for row, ways in ((0, (0.0,)), (1, (0.8, -0.8)), (3, (0.0,))):  # the second talks to two cores
        for way in ways:
            line(ax, (35.0, ROWS[row] + 0.4 * way), (41.0, ROWS[row] + way), colour=RED)
            arrow(ax, (41.0, ROWS[row] + way), (51.6, ROWS[row] + way), RED)
    words(ax, (26.0, 3.6), "room for so many; what runs out first\nfills the core", size=SMALL)
    return Picture(
        fig,
        f"Above, the mesh of the chip: {tiles} tiles, {TILES_ACROSS} across and {rows} up, neighbours "
        f"joined; each has {CORES_PER_TILE} cores.\n"
        "The mesh carries spikes from core to core. Below, one core, from left to right. Spikes come in by "
        "input axons, one for each compartment that anything on the core listens to; there is room for "
        f"{limits.input_axons}.\n"
        "Each input axon has a list of synapses in the synaptic memory, each with the number of the "
        f"compartment that it drives; there is room for {memory} KB.\n"
        f"There are {limits.compartments} compartments at most. A compartment has one output axon for each "
        "core that it talks to, here one of them two; there is room for "
        f"{limits.output_axons}.\n"
        "What runs out first fills the core.",
    )


def _draw_mesh(ax: "Axes", rows: int) -> None:
    """The tiles with their cores, and the lines between neighbours; one core is filled."""
    from matplotlib.patches import Rectangle

    x0, y0, pitch, side = 2.6, 38.4, 2.9, 0.85
    for column in range(TILES_ACROSS):
        line(ax, (x0 + column * pitch, y0), (x0 + column * pitch, y0 + (rows - 1) * 4.0), colour=GREY, lw=1.2)
    for row in range(rows):
        y = y0 + row * 4.0
        line(ax, (x0, y), (x0 + (TILES_ACROSS - 1) * pitch, y), colour=GREY, lw=1.2)
        for column in range(TILES_ACROSS):
            x = x0 + column * pitch
            for k in range(CORES_PER_TILE):
                corner = (x + (k % 2 - 1) * side, y + (k // 2 - 1) * side)
                chosen = (row, column, k) == (0, 3, 0)
                face = BLACK if chosen else "white"
                ax.add_patch(Rectangle(corner, side, side, facecolor=face, edgecolor=BLACK, lw=0.8, zorder=4))


def _draw_frame(ax: "Axes") -> None:
    """The core, and the lines that lead to it from its place in the mesh."""
    from matplotlib.patches import Rectangle

    ax.add_patch(Rectangle((2.4, 6.4), 47.0, 26.0, facecolor="white", edgecolor=BLACK, lw=1.8, zorder=1))
    for x in (2.4, 49.4):
        line(ax, (10.9, 38.0), (x, 32.4), colour=GREY, dashed=True, lw=1.0)


def _draw_synapse(ax: "Axes", x: float, y: float, number: str) -> None:
    """A synapse in a list, with the number of its compartment."""
    from matplotlib.patches import Rectangle

    ax.add_patch(Rectangle((x, y - 1.1), WIDE, 2.2, facecolor="#e8f2f9", edgecolor=BLACK, lw=1.0, zorder=4))
    ax.text(x + WIDE / 2, y, number, color=BLACK, fontsize=SMALL, ha="center", va="center_baseline", zorder=5)
