"""Schemes of networks: delay lines from two ears, excitation and inhibition, errors on their way down."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.plots.picture import Picture
from snnlab.plots.schemes.sheet import (
    BLACK,
    BLUE,
    GREY,
    RED,
    SMALL,
    arrow,
    box,
    neuron,
    sheet,
    words,
)  # fmt: skip

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["scheme_of_balance", "scheme_of_delay_lines", "scheme_of_feedback"]

_UP = np.array([[2.6, 0.8, 1.6], [0.8, 2.2, 2.8]])  # how thick, to two outputs from three hidden units
_DRAWN = np.array([[0.8, 2.8, 1.0], [2.4, 0.8, 2.0]])  # the same of feedback that has nothing to do with it


def scheme_of_delay_lines() -> Picture:
    """The row of coincidence detectors that Jeffress proposed.

    Examples
    --------
    >>> print(scheme_of_delay_lines().alt.splitlines()[0])
    Five neurons in a row between two axons, that of the left ear above, that of the right ear below.
    """
    fig, ax = sheet(36.0)
    at = np.linspace(11.0, 41.0, 5)
    above, row, below = 30.0, 22.0, 14.0
    _draw_ear(ax, 3.0, above, "left\near", BLUE)
    _draw_ear(ax, 49.0, below, "right\near", RED)
    arrow(ax, (5.8, above), (47.0, above), BLUE)
    arrow(ax, (46.2, below), (5.0, below), RED, dashed=True)
    for k, x in enumerate(at):
        arrow(ax, (x, above), (x, row + 2.2), BLUE)
        arrow(ax, (x, below), (x, row - 2.2), RED, dashed=True)
        neuron(ax, (x, row), str(k + 1), fill="#f6dc8f" if k == 3 else "white")
    for y, colour in ((above, BLUE), (below, RED)):
        ax.plot(at[3], y, "o", ms=11, color=colour, zorder=5)
    words(ax, (at[0], above + 2.7), "early here", BLUE, size=SMALL)
    words(ax, (at[3], above + 2.7), "late here", BLUE, size=SMALL)
    words(ax, (at[0], below - 2.4), "late here", RED, size=SMALL)
    words(ax, (at[3], below - 2.4), "early here", RED, size=SMALL)
    words(ax, (2.4, row), "$k$", GREY)
    words(
        ax, (26.0, 4.4),
        "A sound from the left reaches the left ear $\\delta$ earlier.\n"
        "$d_k$: delay to neuron $k$ from the left, less that from the right.\n"
        "Both arrive at once only at neuron 4: $d_4 = \\delta$.", size=SMALL,
    )  # fmt: skip
    return Picture(
        fig,
        "Five neurons in a row between two axons, that of the left ear above, that of the right ear below.\n"
        "The left ear's axon passes neuron 1 first and neuron 5 last; the right ear's passes them the other "
        "way round. Each has a branch to every neuron.\n"
        "A sound came from the left. The spike of the left ear set out earlier, has gone farther, and meets "
        "that of the right ear at neuron 4, where d_4 = δ.",
    )


def _draw_ear(ax: "Axes", x: float, y: float, name: str, colour: str) -> None:
    words(ax, (x, y), name, colour, weight="bold", size=SMALL)


def scheme_of_balance() -> Picture:
    """Two populations that excite and inhibit each other and themselves, driven from outside.

    Examples
    --------
    >>> print(scheme_of_balance().alt.splitlines()[0])
    Two populations, one excitatory and one inhibitory, and an input from outside to both.
    """
    fig, ax = sheet(34.0)
    left, right, y = 13.0, 39.0, 15.5
    neuron(ax, (left, y), "E", BLUE, mark="^", size=62.0, fill="#e8f2f9")
    neuron(ax, (right, y), "I", RED, size=52.0, fill="#fbeee5")
    arrow(ax, (17.0, y + 1.6), (right - 4.0, y + 1.6), BLUE, bend=-0.18, lw=2.4)
    arrow(ax, (right - 4.0, y - 2.2), (17.4, y - 2.2), RED, inhibits=True, bend=-0.18, lw=2.4)
    words(ax, (26.4, y + 5.8), "excite: jumps of $w$", BLUE, size=SMALL)
    words(ax, (26.4, y - 6.4), "inhibit: jumps of $-g\\,w$", RED, size=SMALL)
    arrow(ax, (left - 3.4, y - 1.6), (left - 2.6, y + 2.4), BLUE, bend=-1.6, lw=2.4)
    arrow(ax, (right + 3.2, y - 2.2), (right + 3.2, y + 2.2), RED, inhibits=True, bend=1.5, lw=2.4)
    box(ax, (26.0, 30.6), (31.0, 4.6), r"from outside: $\eta\, \theta$ for everyone")
    arrow(ax, (15.0, 28.2), (left + 0.6, y + 4.9))
    arrow(ax, (37.0, 28.2), (right - 0.5, y + 4.1))
    words(ax, (left, 3.6), "everyone hears $K_E$,\nat the rate $r_E$ each", size=SMALL)
    words(ax, (right, 3.6), "everyone hears $K_I$,\nat the rate $r_I$ each", size=SMALL)
    return Picture(
        fig,
        "Two populations, one excitatory and one inhibitory, and an input from outside to both.\n"
        "Excitatory neurons, E, excite E and I: each spike is a jump of w. They fire at the rate r_E, and "
        "every neuron hears K_E of them.\n"
        "Inhibitory neurons, I, inhibit E and I: each spike is a jump of -g w. They fire at the rate r_I, "
        "and every neuron hears K_I of them.\n"
        "The input from outside alone would hold each potential at η θ.",
    )


def scheme_of_feedback() -> Picture:
    """How an error gets to a hidden layer: through the weights up, or through others that never change.

    Examples
    --------
    >>> print(scheme_of_feedback().alt.splitlines()[0])
    Two networks, each with activities going up on the left and errors coming down on the right.
    """
    fig, ax = sheet(52.0)
    _draw_ways(ax, 27.0, "Backpropagation: by the same weights", r"$(W^2)^\top$", _UP)
    _draw_ways(ax, 0.5, "Feedback alignment: by fixed random weights", "$B^1$", _DRAWN)
    return Picture(
        fig,
        "Two networks, each with activities going up on the left and errors coming down on the right.\n"
        "Up: three hidden units, h¹, excite two outputs, h², through weights W². The outputs less the target "
        "are the errors, δ².\n"
        "Down, above, backpropagation: the errors come to the hidden units through the same weights, "
        "transposed; each line is as thick as its partner up.\n"
        "Down, below, feedback alignment: they come through B¹, whose lines have other thicknesses. B¹ is "
        "drawn once and never changed.\n"
        "What arrives, times f′(u¹), is δ¹, which tells the weights W¹ below the hidden units how to change.",
    )


def _draw_ways(ax: "Axes", base: float, title: str, name: str, down: np.ndarray) -> None:
    """Activities on the left and errors on the right, between hidden layer and output."""
    low, high = base + 6.0, base + 17.0
    words(ax, (1.0, high + 5.4), title, weight="bold", ha="left", size=SMALL)
    hidden, outputs = np.array([11.5, 16.5, 21.5]), np.array([14.0, 19.0])
    for i in range(2):
        for j in range(3):
            arrow(ax, (hidden[j], low + 1.5), (outputs[i], high - 1.5), BLUE, lw=_UP[i, j])
            start, end = (outputs[i] + 18.5, high - 1.5), (hidden[j] + 18.5, low + 1.5)
            arrow(ax, start, end, RED, dashed=True, lw=down[i, j])
    for places, y in ((hidden, low), (outputs, high)):
        for x in places:
            neuron(ax, (x, y), "", BLUE, size=19.0)
            neuron(ax, (x + 18.5, y), "", RED, mark="D", size=13.0)
    middle = (low + high) / 2
    for y, up, back in (
        (high, "outputs\n$h^2$", "errors\n$\\delta^2$"), (middle, "$W^2$", name),
        (low, "hidden\n$h^1$", r"$\delta^1$"),
    ):  # fmt: skip
        words(ax, (5.0, y), up, BLUE if y == middle else BLACK, size=SMALL)
        words(ax, (46.5, y), back, RED if y == middle else BLACK, size=SMALL)
    arrow(ax, (20.9, high), (30.8, high))
    words(ax, (25.7, high + 1.7), "less target", size=SMALL)
    arrow(ax, (16.5, base + 0.6), (16.5, low - 1.6), BLUE, lw=2.4)
    words(ax, (13.7, base + 2.2), "$W^1$", BLUE)
    arrow(ax, (29.0, low - 1.2), (18.0, base + 2.0), RED, dashed=True, bend=-0.2)
    words(ax, (28.5, base + 0.6), "changes", size=SMALL)
