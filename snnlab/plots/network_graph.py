"""The drawing of a small network: neurons, and arrows along which their spikes travel."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, whole
from snnlab.networks.wiring.connections import Connections, check_connections
from snnlab.networks.wiring.graph import presynaptic, shortest_cycle
from snnlab.plots.picture import PALETTE, Picture
from snnlab.plots.rules import Numbers, anything, drawn, many

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["network_graph"]

_MOST = 30  # neurons, beyond which nobody follows an arrow
_REACH = 15.0  # points from the middle of a neuron to where its arrows begin and end


class Look(NamedTuple):
    """How a kind of neuron and its synapses are drawn: shape, colour and line all tell it."""

    said: str
    mark: str
    colour: str
    dash: str | tuple[int, tuple[int, int]]
    head: str


_EXCITES = Look("excites", "^", PALETTE[0], "-", "-|>,head_length=0.5,head_width=0.25")
_INHIBITS = Look("inhibits", "o", PALETTE[1], (0, (5, 2)), "|-|,widthA=0,widthB=0.35")
_BOTH = Look("does both", "D", PALETTE[3], "-", "")
_SENDS_NOTHING = Look("sends nothing", "s", "0.45", "", "")


@drawn
def network_graph(
    connections: Annotated[Connections, anything],
    places: Annotated[ArrayLike, Numbers("(n, 2)")] | None = None,
    *,
    names: Annotated[Sequence[object], many] = (),
    heard_by: int | None = None,
) -> Picture:
    """A population as a graph: who hears whom, and who excites and who inhibits.

    A triangle excites, along a solid line with an arrowhead; a circle inhibits, along a dashed line that ends
    in a bar. The stronger a connection, the thicker its line.

    Parameters
    ----------
    connections : Connections
        Synapses of a population of at most 30 neurons with itself, for example ``net.connections("a", "a")``.
    places : array of shape (n, 2), optional
        Where each neuron is drawn, x and y; left out, on a circle, clockwise from the top.
    names : sequence, optional
        What stands in each neuron; left out, its number.
    heard_by : int, optional
        A neuron whose presynaptic set is drawn in full and the rest pale.

    Raises
    ------
    ValueError
        If there are too many neurons, or the connections join two populations of different size.

    Examples
    --------
    >>> from snnlab.networks import from_list
    >>> network_graph(from_list([0, 1, 2], [1, 2, 0], w=[0.5, 0.5, -2.0], n_pre=3, n_post=3))
    A network of 3 neurons and 3 synapses, drawn as a graph.
    0 excites, and hears 2.
    1 excites, and hears 0.
    2 inhibits, and hears 1.
    Its shortest cycle: 0, 1, 2 and back.
    """
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    lines = check_connections(connections)
    n = lines.n_post
    if max(n, lines.n_pre) > _MOST:
        raise ValueError(f"connections must be of at most {_MOST} neurons to be drawn, got {max(lines[4:])}")
    if lines.n_pre != n:
        raise ValueError(f"n_post must be n_pre ({lines.n_pre}) within one population, got {n}")
    if len(names) not in (0, n):
        raise ValueError(f"names must be one for each of {n} neurons, got {len(names)}")
    if heard_by is not None and whole("heard_by", heard_by) >= n:
        raise ValueError(f"heard_by must be from 0 to {n - 1}, got {heard_by}")
    called = [str(name) for name in names] or [str(k) for k in range(n)]
    at = _circle(n) if places is None else finite_array("places", places, (2,), "(n, 2)")
    if at.shape != (n, 2):
        raise ValueError(f"places must have shape ({n}, 2), got {at.shape}")
    looks = [_look(lines.w[lines.pre == j]) for j in range(n)]
    wide, high = np.maximum(np.ptp(at, axis=0), 0.3 * _extent(at))
    fig = Figure(figsize=(7.0, float(np.clip(5.2 * high / wide, 2.2, 5.2))), layout="constrained")
    ax = fig.subplots()
    ax.set(aspect="equal", xlim=_with_room(at[:, 0], at), ylim=_with_room(at[:, 1], at))
    ax.axis("off")
    _draw_synapses(ax, lines, at, heard_by)
    for k, look in enumerate(looks):
        full = heard_by is None or k == heard_by or k in presynaptic(lines, heard_by)
        ax.plot(
            *at[k], look.mark, ms=23 if look.mark == "^" else 19, color="white", mec=look.colour,
            mew=3.0 if k == heard_by else 1.8, alpha=1.0 if full else 0.35, zorder=3,
        )  # fmt: skip
        lower = (0.0, -2.5 if look.mark == "^" else 0.0)
        ax.annotate(
            called[k], at[k], lower, textcoords="offset points", ha="center", va="center", zorder=4,
            parse_math=False,
        )  # fmt: skip
    handles = [
        Line2D([], [], marker=look.mark, color=look.colour, mfc="white", ms=9, ls=look.dash, label=look.said)
        for look in (_EXCITES, _INHIBITS, _BOTH, _SENDS_NOTHING)
        if look in looks
    ]
    fig.legend(handles=handles, frameon=False, loc="outside right upper", handlelength=3.5)
    return Picture(fig, "\n".join(_told(lines, called, looks, heard_by)))


def _look(w: np.ndarray) -> Look:
    """Of a neuron whose synapses have the weights `w`."""
    if not w.any():
        return _SENDS_NOTHING
    return _EXCITES if (w >= 0).all() else _INHIBITS if (w <= 0).all() else _BOTH


def _circle(n: int) -> np.ndarray:
    angle = 0.5 * np.pi - 2 * np.pi * np.arange(n) / n
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def _with_room(values: np.ndarray, at: np.ndarray) -> tuple[float, float]:
    """Where an axis begins and ends, with room for neurons and for what leads from one to itself."""
    room = 0.22 * _extent(at)
    return float(values.min()) - room, float(values.max()) + room


def _extent(at: np.ndarray) -> float:
    return float(np.ptp(at, axis=0).max()) or 1.0


def _draw_synapses(ax: "Axes", lines: Connections, at: np.ndarray, heard_by: int | None) -> None:
    """An arrow for each pair of neurons that synapses join, and how many where they are several."""
    from matplotlib.patches import FancyArrowPatch

    joined, which, count = np.unique(
        np.stack([lines.pre, lines.post], axis=1), axis=0, return_inverse=True, return_counts=True
    )
    w = np.bincount(which.ravel(), lines.w, len(joined))
    strongest = np.abs(w).max(initial=0.0) or 1.0
    middle = at.mean(axis=0)
    for (j, i), weight, several in zip(joined.tolist(), w.tolist(), count.tolist(), strict=True):
        look = _INHIBITS if weight < 0 else _EXCITES
        start, end, bend = at[j], at[i], 0.16
        if i == j:  # a loop on the outer side
            x, y = at[j] - middle
            angle = np.arctan2(y, x) if x or y else 0.5 * np.pi
            side = 0.035 * _extent(at) * np.array([-np.sin(angle), np.cos(angle)])
            start, end, bend = at[j] - side, at[j] + side, 3.6
        ax.add_patch(
            FancyArrowPatch(
                start, end, arrowstyle=look.head, connectionstyle=f"arc3,rad={bend}", mutation_scale=14,
                shrinkA=_REACH - 5 if i != j else 7.0, shrinkB=_REACH if i != j else 11.0,
                color=look.colour, ls=look.dash, lw=0.9 + 1.6 * abs(weight) / strongest,
                alpha=1.0 if heard_by in (None, i) else 0.18, zorder=2,
            )
        )  # fmt: skip
        if several > 1:
            across = np.array([end[1] - start[1], start[0] - end[0]])
            spot = 0.5 * (start + end) + 0.5 * bend * across
            ax.text(
                spot[0], spot[1], f"{several}×", color=look.colour, ha="center", va="center", fontsize=9,
                zorder=4, bbox={"boxstyle": "round,pad=0.1", "color": "white"},
            )  # fmt: skip


def _told(lines: Connections, called: list[str], looks: list[Look], heard_by: int | None) -> list[str]:
    """The graph in words: what each neuron does and whom it hears."""
    said = [f"A network of {lines.n_post} neurons and {lines.pre.size} synapses, drawn as a graph."]
    for k, look in enumerate(looks):
        heard = ", ".join(called[j] for j in presynaptic(lines, k))
        said.append(f"{called[k]} {look.said}, and hears {heard or 'nobody'}.")
    if heard_by is not None:
        said.append(f"In full: what {called[heard_by]} hears.")
    cycle = ", ".join(called[k] for k in shortest_cycle(lines))
    said.append(f"Its shortest cycle: {cycle} and back." if cycle else "It has no cycle: it is feed-forward.")
    return said
