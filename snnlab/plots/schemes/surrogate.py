"""The scheme of a surrogate gradient: a step on the way forward, a hump on the way back."""

import numpy as np

from snnlab.learning.gradients.surrogate_shapes import fast_sigmoid
from snnlab.plots.picture import Picture
from snnlab.plots.schemes.sheet import BLACK, BLUE, DASHED, RED, SMALL, arrow, box, line, sheet, words

__all__ = ["scheme_of_surrogate"]


def scheme_of_surrogate() -> Picture:
    """The way forward through a spike, and the way back past it.

    Examples
    --------
    >>> print(scheme_of_surrogate().alt.splitlines()[0])
    Forward, above, from left to right: the weight w, the potential v, the spike s, the loss L.
    """
    fig, ax = sheet(49.0)
    places, y = {"w": 4.5, "v": 16.5, "s": 36.5, "L": 48.5}, 26.0
    for name, said in (("w", "weight"), ("v", "potential"), ("s", "spike"), ("L", "loss")):
        box(ax, (places[name], y), (4.8, 4.8), f"${name}$")
        words(ax, (places[name], y + 4.0), said, size=SMALL)
    for a, b in (("w", "v"), ("v", "s"), ("s", "L")):
        arrow(ax, (places[a] + 2.5, y + 1.2), (places[b] - 2.5, y + 1.2), BLUE, lw=2.2)
        arrow(ax, (places[b] - 2.5, y - 1.2), (places[a] + 2.5, y - 1.2), RED, dashed=True, lw=2.2)
    v = np.linspace(0.0, 2.0, 801)
    left, right = 16.5, 36.5
    at = left + (right - left) * v / 2
    words(ax, (1.0, 47.0), "Forward: the spike as it is", BLUE, weight="bold", ha="left", size=SMALL)
    line(ax, (left, 35.5), (right, 35.5), colour="0.75", lw=1.0)
    ax.plot(at, 35.5 + 6.5 * (v > 1), color=BLUE, lw=2.8, zorder=3)
    words(ax, (right + 1.0, 42.0), "$s = 1$", BLUE, ha="left", size=SMALL)
    words(ax, (left - 1.0, 35.5), "$s = 0$", BLUE, ha="right", size=SMALL)
    words(ax, (36.5, 33.2), "$v$", size=SMALL)
    words(ax, (1.0, 19.0), "Back: a hump in place of the slope", RED, weight="bold", ha="left", size=SMALL)
    line(ax, (left, 7.5), (right, 7.5), colour=BLACK, lw=2.0)
    arrow(ax, (26.5, 7.5), (26.5, 17.5), lw=2.0)
    ax.plot(at, 7.5 + 7.5 * fast_sigmoid(v - 1.0, 0.3), color=RED, lw=2.8, ls=DASHED, zorder=4)
    words(ax, (30.0, 13.5), "surrogate $h(v - 1)$", RED, ha="left", size=SMALL)
    words(ax, (15.5, 10.4), "true slope: 0,\nand $\\infty$ at the\nthreshold", ha="right", size=SMALL)
    words(ax, (26.5, 5.2), "threshold at 1", size=SMALL)
    words(ax, (36.5, 5.2), "$v$", size=SMALL)
    words(ax, (26.0, 1.8), "near the threshold, a gradient gets to $w$", size=SMALL)
    return Picture(
        fig,
        "Forward, above, from left to right: the weight w, the potential v, the spike s, the loss L.\n"
        "The spike is a step: 0 below the threshold of 1, 1 above it.\n"
        "Back, below, from right to left: L tells s, s tells v, v tells w. The true slope of the step is 0 "
        "everywhere and infinite at the threshold, so nothing would pass from s to v.\n"
        "In its place stands the surrogate h(v - 1), a hump that is high near the threshold and low far from "
        "it.",
    )
