"""Drawings of chapter 1: two neurons and what joins them, and spikes laid over one another."""

from typing import TYPE_CHECKING, Annotated

import numpy as np

from snnlab.data.shapes import SpikeShapes
from snnlab.plots.picture import PALETTE, Picture
from snnlab.plots.rules import Numbers, Of, drawn

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["spike_shapes", "two_neurons"]

_BLUE, _RED, _GREY = PALETTE[0], PALETTE[1], "0.6"
_BRANCHES = (  # of a dendritic tree, from the soma outwards
    ((-0.30, 0.20), (-0.75, 0.62), (-1.20, 0.72)),
    ((-0.75, 0.62), (-0.95, 1.05)),
    ((-0.40, 0.00), (-0.95, 0.05), (-1.45, 0.22)),
    ((-0.95, 0.05), (-1.40, -0.22)),
    ((-0.30, -0.22), (-0.75, -0.62), (-1.15, -0.80)),
    ((-0.75, -0.62), (-0.85, -1.05)),
)


def two_neurons() -> Picture:
    """A neuron that sends spikes to another one, and the names of their parts.

    Examples
    --------
    >>> print(two_neurons().alt.splitlines()[0])
    Two neurons, drawn as a scheme, the left one connected to the right one.
    """
    fig, ax = _sheet(2.9)
    for x, colour in ((0.0, _BLUE), (6.4, _RED)):
        for branch in _BRANCHES:
            ax.plot(*np.add(branch, (x, 0.0)).T, color=colour, lw=2.2, solid_capstyle="round")
        ax.plot(x, 0.0, "o", ms=34, color=colour)
    for y in (0.0, 0.3, -0.3):  # the axon and its ends, each beside a dendrite of the other neuron
        ax.plot([0.3, 3.9, 4.65 - abs(y)], [0.0, 0.0, y], color=_BLUE, lw=1.6)
        ax.plot(4.70 - abs(y), y, "o", ms=7, color=_BLUE)
    ax.plot([9.2, 6.8], [0.0, 0.0], color=_RED, lw=1.6)
    for text, at, to in (
        ("dendrites", (-1.3, -1.45), (-0.95, -0.72)),
        ("soma", (0.25, -1.0), (0.05, -0.33)),
        ("axon", (2.2, -0.85), (2.2, -0.05)),
        ("synapse", (4.3, -1.15), (4.78, -0.10)),
    ):
        ax.annotate(text, to, at, ha="center", arrowprops={"arrowstyle": "-", "color": _GREY})
    ax.annotate("", (3.1, 0.3), (1.3, 0.3), arrowprops={"arrowstyle": "->", "color": _BLUE, "lw": 1.6})
    ax.text(2.2, 0.42, "spikes travel", ha="center", color=_BLUE)
    ax.text(0.2, 1.25, "presynaptic neuron", ha="center", color=_BLUE, weight="bold")
    ax.text(6.6, 1.25, "postsynaptic neuron", ha="center", color=_RED, weight="bold")
    ax.set(xlim=(-1.9, 9.3), ylim=(-1.65, 1.55))
    ax.axis("off")
    return Picture(
        fig,
        "Two neurons, drawn as a scheme, the left one connected to the right one.\n"
        "Presynaptic neuron, left: branching dendrites, a round soma, and a long axon along which spikes "
        "travel.\n"
        "Synapse: where the axon's end meets a dendrite of the right, postsynaptic neuron.",
    )


@drawn
def spike_shapes(
    shapes: Annotated[
        SpikeShapes, Of(SpikeShapes, t=Numbers("(samples,)"), v=Numbers("(samples, spikes)", least=0))
    ],
) -> Picture:
    """Spikes of one cell laid over one another, the first and the last in colour.

    Parameters
    ----------
    shapes
        As `measure_shapes` cuts them out; two spikes at least.

    Raises
    ------
    ValueError
        If there are fewer than two spikes.

    Examples
    --------
    >>> from snnlab.data import measure_shapes
    >>> v = [-65, -65, -65, 35, -65, -65, -65, -65, 20, -65, -65, -65]
    >>> spike_shapes(measure_shapes(v, dt=0.5, before=1.0, after=1.0))
    Membrane potential of 2 spikes laid over one another, -1 to 1 ms.
    the first: up to 35 mV.
    the last: up to 20 mV.
    """
    n = shapes.v.shape[1]
    if n < 2:
        raise ValueError(f"shapes must hold two spikes at least, got {n}")
    fig, ax = _sheet(3.0)
    ax.plot(shapes.t, shapes.v[:, 1:-1], color=_GREY, lw=0.7, alpha=0.7)
    said = [
        f"Membrane potential of {n} spikes laid over one another, {shapes.t[0]:.0f} to {shapes.t[-1]:.0f} ms."
    ]
    for k, label, colour, dash in ((0, "the first", _BLUE, "-"), (-1, "the last", _RED, "--")):
        ax.plot(shapes.t, shapes.v[:, k], color=colour, ls=dash, lw=2.0, label=label)
        said.append(f"{label}: up to {shapes.v[:, k].max():.0f} mV.")
    ax.set(xlabel="time since the spike (ms)", ylabel="membrane potential (mV)")
    ax.legend(frameon=False, loc="upper right")
    return Picture(fig, "\n".join(said))


def _sheet(height: float) -> tuple["Figure", "Axes"]:
    """A figure of the book's width with one pair of axes."""
    from matplotlib.figure import Figure

    fig = Figure(figsize=(7.0, height), layout="constrained")
    ax = fig.subplots()
    ax.spines[["top", "right"]].set_visible(False)
    return fig, ax
