"""Schemes of single neurons: a membrane as a circuit, a compartment of Loihi from register to register."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.neurons.models.lif import LIF, simulate_lif
from snnlab.plots.picture import Picture
from snnlab.plots.schemes.sheet import (
    BLACK,
    BLUE,
    GREY,
    RED,
    SMALL,
    arrow,
    box,
    line,
    sheet,
    ticks,
    words,
)  # fmt: skip

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["scheme_of_compartment", "scheme_of_membrane"]


def scheme_of_membrane() -> Picture:
    """A leaky integrate-and-fire neuron as an electric circuit, and the potential that comes of it.

    Examples
    --------
    >>> print(scheme_of_membrane().alt.splitlines()[0])
    The leaky integrate-and-fire neuron as a circuit between the inside and the outside of a cell.
    """
    fig, ax = sheet(43.0)
    _draw_circuit(ax, top=39.0, bottom=21.5)
    _draw_teeth(ax, low=4.0, high=13.0)
    return Picture(
        fig,
        "The leaky integrate-and-fire neuron as a circuit between the inside and the outside of a cell.\n"
        "Side by side between both: the source of the current i; the capacitance C, whose voltage is v; the "
        "resistance R with a battery of v_rest, the leak; a switch with a battery of v_reset.\n"
        "The switch is open. It closes when v rises above v_th, and opens again after t_ref.\n"
        "Below, v under a constant current: it rises from v_rest ever more slowly, and at v_th it drops to "
        "v_reset, stays there for t_ref, and rises again.",
    )


def _draw_circuit(ax: "Axes", top: float, bottom: float) -> None:
    from matplotlib.patches import Circle

    middle = (top + bottom) / 2
    line(ax, (3.0, top), (39.0, top))
    line(ax, (3.0, bottom), (39.0, bottom))
    words(ax, (21.0, top + 1.9), "inside of the cell: its potential is $v$")
    words(ax, (21.0, bottom - 1.9), "outside")
    line(ax, (3.0, bottom), (3.0, top))  # the source of the current
    ax.add_patch(Circle((3.0, middle), 2.3, facecolor="white", edgecolor=BLACK, lw=1.8, zorder=4))
    arrow(ax, (3.0, middle - 1.5), (3.0, middle + 1.7))
    ax.patches[-1].set_zorder(5)
    words(ax, (5.8, middle), "$i$\ncurrent", ha="left", size=SMALL)
    line(ax, (15.0, bottom), (15.0, middle - 0.6))  # the capacitance
    line(ax, (15.0, middle + 0.6), (15.0, top))
    for y in (middle - 0.6, middle + 0.6):
        line(ax, (13.0, y), (17.0, y), lw=3.0)
    words(ax, (15.9, middle + 3.6), "$C$\ncapacitance", ha="left", size=SMALL)
    line(ax, (28.2, bottom), (28.2, top), colour=BLUE)  # the leak
    _draw_resistor(ax, 28.2, top - 7.2, top - 2.2)
    words(ax, (30.0, top - 4.7), "$R$\nleak", ha="left", size=SMALL)
    _draw_battery(ax, 28.2, bottom + 4.0, BLUE)
    words(ax, (31.0, bottom + 4.0), r"$v_\mathrm{rest}$", ha="left")
    line(ax, (39.0, bottom), (39.0, middle + 0.2), colour=RED)  # the reset
    line(ax, (39.0, middle + 0.2), (36.6, middle + 4.2), colour=RED, lw=2.4)
    line(ax, (39.0, middle + 4.4), (39.0, top), colour=RED)
    for y in (middle + 0.2, middle + 4.4):
        ax.plot(39.0, y, "o", ms=5, color=RED, zorder=4)
    words(
        ax, (40.4, middle + 2.4), "closes for $t_\\mathrm{ref}$\nwhen $v$ rises\nabove $v_\\mathrm{th}$",
        ha="left", size=SMALL,
    )  # fmt: skip
    _draw_battery(ax, 39.0, bottom + 4.0, RED)
    words(ax, (41.8, bottom + 4.0), r"$v_\mathrm{reset}$", ha="left")


def _draw_resistor(ax: "Axes", x: float, low: float, high: float) -> None:
    from matplotlib.patches import Rectangle

    ax.add_patch(
        Rectangle((x - 1.1, low), 2.2, high - low, facecolor="white", edgecolor=BLUE, lw=1.8, zorder=4)
    )


def _draw_battery(ax: "Axes", x: float, y: float, colour: str) -> None:
    from matplotlib.patches import Rectangle

    ax.add_patch(Rectangle((x - 1.0, y - 0.5), 2.0, 1.0, facecolor="white", edgecolor="white", zorder=3))
    for wide, level in ((2.1, y + 0.5), (1.1, y - 0.5)):
        ax.plot([x - wide, x + wide], [level, level], color=colour, lw=2.4, zorder=4)


def _draw_teeth(ax: "Axes", low: float, high: float) -> None:
    """The potential of the standard neuron under 0.3 nA, from rest at `low` to the threshold at `high`."""
    v, spikes = simulate_lif(np.full(450, 0.3), LIF(t_ref=5.0), dt=0.1)
    x = 8.0 + 0.75 * 0.1 * np.arange(v.size + 1)
    ax.plot(x, np.append(low, low + (v + 65.0) / 15.0 * (high - low)), color=BLACK, lw=2.0, zorder=3)
    fired = 8.0 + 0.75 * spikes.times
    for at in fired:
        line(ax, (at, low), (at, high), lw=2.0)
    line(ax, (7.0, high), (43.0, high), colour=RED, dashed=True)
    line(ax, (7.0, low), (43.0, low), colour=BLUE, lw=1.0)
    words(ax, (6.5, high), r"$v_\mathrm{th}$", RED, ha="right")
    words(ax, (6.5, low), r"$v_\mathrm{rest}$", BLUE, ha="right")
    words(ax, (44.0, low), r"$= v_\mathrm{reset}$", ha="left")
    for at in fired:
        arrow(ax, (at, high + 0.4), (at, high + 3.0), RED)
    words(ax, (fired[0] - 1.0, high + 1.9), "spike", RED, ha="right", size=SMALL)
    words(ax, (fired[0] + 1.9, low - 2.1), r"$t_\mathrm{ref}$", size=SMALL)
    line(ax, (fired[0], low - 0.7), (fired[0] + 3.75, low - 0.7), lw=2.4)
    words(ax, (43.5, low - 2.6), "time", GREY, size=SMALL)


def scheme_of_compartment() -> Picture:
    """A step of Loihi's compartment, from the spikes that come in to the one that goes out.

    Examples
    --------
    >>> print(scheme_of_compartment().alt.splitlines()[0])
    One step of a compartment on Loihi, from above to below.
    """
    fig, ax = sheet(48.0)
    x, right = 14.0, 40.0
    ticks(ax, (x - 2.5, x, x + 2.5), 44.8)
    words(ax, (x + 5.5, 45.8), "spikes $s_j$ of the inputs", ha="left", size=SMALL)
    arrow(ax, (x, 44.2), (x, 41.9))
    box(ax, (x, 39.6), (18.0, 4.4), r"weights $64 \cdot 2^e\, m_j$")
    arrow(ax, (x, 37.4), (x, 33.6))
    words(ax, (x - 1.0, 35.6), "$q$", ha="right")
    _plus(ax, x, 32.2)
    arrow(ax, (x, 30.9), (x, 28.4))
    box(ax, (x, 26.0), (13.0, 4.6), "current $u$", BLUE, fill="#e8f2f9")
    _draw_decay(ax, x, right, 26.0, 32.2, r"\delta_u")
    arrow(ax, (x, 23.7), (x, 19.8))
    words(ax, (x - 1.0, 21.9), "$u$", ha="right")
    _plus(ax, x, 18.4)
    arrow(ax, (5.0, 18.4), (x - 1.5, 18.4))
    words(ax, (4.6, 18.4), "bias\n$b$", ha="right", size=SMALL)
    arrow(ax, (x, 17.1), (x, 14.5))
    box(ax, (x, 12.1), (13.0, 4.6), "voltage $v$", RED, fill="#fbeee5")
    _draw_decay(ax, x, right, 12.1, 18.4, r"\delta_v")
    arrow(ax, (x, 9.8), (x, 6.6))
    box(ax, (x, 4.2), (16.0, 4.6), r"$v > 64\, v_\mathrm{th}$ ?")
    arrow(ax, (x + 8.0, 4.2), (x + 13.0, 4.2))
    words(ax, (x + 13.6, 4.2), "yes: a spike goes out,\n$v$ is 0 for $R$ steps", ha="left", size=SMALL)
    return Picture(
        fig,
        "One step of a compartment on Loihi, from above to below.\n"
        "Spikes s_j of the inputs, times weights 64 · 2^e · m_j, make the synaptic input q.\n"
        "The current u: what its decay has left of it, plus q. The decay takes δ_u of 4096 parts, rounded "
        "up to a whole number.\n"
        "The voltage v: what its own decay, δ_v, has left of it, plus u and the bias b.\n"
        "If v is above 64 v_th a spike goes out, and v is 0 for R steps.",
    )


def _plus(ax: "Axes", x: float, y: float) -> None:
    from matplotlib.patches import Circle

    ax.add_patch(Circle((x, y), 1.4, facecolor="white", edgecolor=BLACK, lw=1.8, zorder=4))
    line(ax, (x - 0.7, y), (x + 0.7, y))
    line(ax, (x, y - 0.7), (x, y + 0.7))
    for stroke in ax.lines[-2:]:
        stroke.set_zorder(5)


def _draw_decay(ax: "Axes", x: float, right: float, low: float, high: float, lost: str) -> None:
    """The way of a register back to itself, by what its decay leaves."""
    line(ax, (x + 6.5, low), (right, low))
    line(ax, (right, low), (right, high))
    arrow(ax, (right, high), (x + 1.6, high))
    words(ax, (right - 8.0, high + 1.5), "in the next step", GREY, size=SMALL)
    middle = (right - 0.5, (low + high) / 2)
    box(ax, middle, (19.0, 4.8), f"loses ${lost}$ of 4096\nparts, rounded up", GREY, points=SMALL)
