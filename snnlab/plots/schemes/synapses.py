"""Schemes of learning synapses: the traces of STDP, an eligibility trace that waits, the engine of Loihi."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.plots.picture import Picture
from snnlab.plots.schemes.sheet import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    RED,
    SMALL,
    arrow,
    box,
    fading,
    line,
    neuron,
    sheet,
    ticks,
    words,
)  # fmt: skip

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["scheme_of_eligibility", "scheme_of_engine", "scheme_of_stdp"]


def scheme_of_stdp() -> Picture:
    """Both traces of STDP, and when which of them is read.

    Examples
    --------
    >>> print(scheme_of_stdp().alt.splitlines()[0])
    Spikes of two neurons, the trace of each, and the weight, one below the other against time.
    """
    fig, ax = sheet(43.0)
    pre, post, tau = (8.0, 62.0), (20.0, 50.0), 20.0
    t = np.linspace(0.0, 80.0, 1601)
    x0, per_ms = 11.5, 0.48
    at = x0 + per_ms * t
    first, last = x0 + per_ms * post[0], x0 + per_ms * pre[1]
    levels = {"pre": 38.0, "x": 29.5, "post": 23.0, "y": 14.5, "w": 4.5}
    for name, said, colour in (
        ("pre", "pre", BLUE), ("x", "trace $x$", BLUE), ("post", "post", RED), ("y", "trace $y$", RED),
        ("w", "weight\n$w$", BLACK),
    ):  # fmt: skip
        words(ax, (10.3, levels[name] + 1.2), said, colour, ha="right", size=SMALL)
        line(ax, (x0, levels[name]), (x0 + per_ms * 80, levels[name]), colour="0.75", lw=1.0)
    ticks(ax, [x0 + per_ms * s for s in pre], levels["pre"], BLUE, 2.8)
    ticks(ax, [x0 + per_ms * s for s in post[:1]], levels["post"], RED, 2.8)
    ax.plot(at, levels["x"] + 5.0 * fading(t, pre, tau), color=BLUE, lw=2.0, zorder=3)
    ax.plot(at, levels["y"] + 5.0 * fading(t, post[:1], tau), color=RED, ls="-", lw=2.0, zorder=3)
    gain, loss = np.exp(-(post[0] - pre[0]) / tau), np.exp(-(pre[1] - post[0]) / tau)
    w = 1.5 + 5.0 * (gain * (t >= post[0]) - 1.3 * loss * (t >= pre[1]))
    ax.plot(at, levels["w"] + w, color=BLACK, lw=2.4, zorder=3)
    read = levels["x"] + 5.0 * gain
    ax.plot(first, read, "o", ms=8, color=BLUE, zorder=5)
    line(ax, (first, levels["post"] + 2.8), (first, read), colour=GREY, dashed=True, lw=1.2)
    line(ax, (first, levels["w"] + 5.0 * gain), (first, levels["post"]), colour=GREY, dashed=True, lw=1.2)
    words(ax, (first + 1.0, read + 2.4), "post reads $x$", ha="left", size=SMALL)
    words(ax, (first + 1.0, levels["w"] + 6.6), r"$w$ grows by $\lambda\, x$", ha="left", size=SMALL)
    below = levels["y"] + 5.0 * loss
    ax.plot(last, below, "o", ms=8, color=RED, zorder=5)
    line(ax, (last, levels["pre"]), (last, levels["w"] + 3.0), colour=GREY, dashed=True, lw=1.2)
    words(ax, (last + 0.8, below + 2.6), "pre reads $y$", ha="left", size=SMALL)
    words(ax, (last + 0.8, levels["w"] + 1.3), "shrinks by\n$\\alpha\\lambda\\, y$", ha="left", size=SMALL)
    arrow(ax, (x0, 1.4), (x0 + per_ms * 80, 1.4), GREY, lw=1.2)
    words(ax, (x0 + 4.0, 1.4), "time", GREY, size=SMALL)
    return Picture(
        fig,
        "Spikes of two neurons, the trace of each, and the weight, one below the other against time.\n"
        "Each presynaptic spike lifts the trace x by 1, each postsynaptic one the trace y; then they fade.\n"
        "Pre, soon after it post: the postsynaptic spike reads what is left of x, and w grows by λ x.\n"
        "Post, later pre: the presynaptic spike reads what is left of y, and w shrinks by α λ y, here by "
        "less, as more time has passed.",
    )


def scheme_of_eligibility() -> Picture:
    """Two synapses, one reward: the one whose trace has waited for it changes.

    Examples
    --------
    >>> print(scheme_of_eligibility().alt.splitlines()[0])
    Two synapses, A and B, against time, and dopamine, which reaches both alike.
    """
    fig, ax = sheet(46.0)
    t, tau_c, tau_d, late = np.linspace(0.0, 4.0, 2001), 1.0, 0.2, 2.0
    x0, per_s, start = 13.0, 9.4, 0.35
    at = x0 + per_s * t
    c = fading(t, (start,), tau_c)
    d = fading(t, (start + late,), tau_d)
    w = np.cumsum(c * d) / np.sum(c * d)
    reward = x0 + per_s * (start + late)
    rows = {"spikes A": 40.0, "c A": 33.0, "w A": 27.0, "D": 19.5, "spikes B": 13.0, "c B": 8.5, "w B": 4.0}
    for name, said in (
        ("spikes A", "pre, post"), ("c A", "trace $c$"), ("w A", "weight $w$"), ("D", "dopamine\n$D$"),
        ("spikes B", "pre alone"), ("c B", "trace $c$"), ("w B", "weight $w$"),
    ):  # fmt: skip
        words(ax, (x0 - 1.0, rows[name] + 1.0), said, RED if name == "D" else BLACK, ha="right", size=SMALL)
        line(ax, (x0, rows[name]), (x0 + per_s * 4, rows[name]), colour="0.75", lw=1.0)
    words(ax, (1.0, 44.5), "synapse A", BLUE, ha="left", weight="bold", size=SMALL)
    words(ax, (1.0, 16.9), "synapse B", BLUE, ha="left", weight="bold", size=SMALL)
    ticks(ax, [x0 + per_s * start - 0.7], rows["spikes A"], BLUE, 2.8)
    ticks(ax, [x0 + per_s * start], rows["spikes A"], RED, 2.8)
    ticks(ax, [x0 + per_s * start - 0.7], rows["spikes B"], BLUE, 2.4)
    ax.plot(at, rows["c A"] + 4.6 * c, color=BLACK, lw=2.0, zorder=3)
    ax.plot(at, rows["w A"] + 1.0 + 2.6 * w, color=BLUE, lw=2.8, zorder=3)
    ax.plot(at, rows["D"] + 4.4 * d, color=RED, lw=2.0, zorder=3)
    ax.plot(at, rows["c B"] + 0.0 * t, color=BLACK, lw=2.0, zorder=3)
    ax.plot(at, rows["w B"] + 1.0 + 0.0 * t, color=BLUE, lw=2.8, zorder=3)
    for end, begin in ((rows["c A"] + 0.2, rows["D"] + 5.0), (rows["c B"] + 0.6, rows["D"])):
        arrow(ax, (reward, begin), (reward, end), GREY, dashed=True, lw=1.2)
    words(ax, (reward + 3.4, rows["D"] + 3.0), "reward, to all", RED, ha="left", size=SMALL)
    arrow(ax, (x0 + per_s * start, rows["D"] + 2.2), (reward - 0.3, rows["D"] + 2.2), GREY, lw=1.2)
    words(ax, (x0 + per_s * (start + late / 2), rows["D"] + 2.2), "$T$ later", size=SMALL)
    words(
        ax,
        (x0 + per_s * 0.9, rows["c A"] + 4.8),
        "the pair leaves a trace, which waits",
        ha="left",
        size=SMALL,
    )
    words(ax, (reward + 3.4, rows["w A"] + 1.8), r"grows: $c\,D > 0$", ha="left", size=SMALL)
    words(ax, (reward + 3.4, rows["w B"] + 2.8), r"stays: $c\,D = 0$", ha="left", size=SMALL)
    arrow(ax, (x0, 1.4), (x0 + per_s * 4, 1.4), GREY, lw=1.2)
    words(ax, (x0 + 10.0, 1.4), "seconds", GREY, size=SMALL)
    return Picture(
        fig,
        "Two synapses, A and B, against time, and dopamine, which reaches both alike.\n"
        "A: a presynaptic and just after it a postsynaptic spike leave a trace c, which fades within a "
        "second or so. The weight does not move yet.\n"
        "B: a presynaptic spike alone leaves no trace.\n"
        "Two seconds later a reward releases dopamine, D. A's weight grows while c D is above 0, as "
        "something of its trace is left; B's weight stays, since c D is 0.",
    )


def scheme_of_engine() -> Picture:
    """What stands at a synapse of Loihi, and what the learning engine makes of it.

    Examples
    --------
    >>> print(scheme_of_engine().alt.splitlines()[0])
    Two neurons, a synapse from the one to the other, and below it the learning engine.
    """
    fig, ax = sheet(48.0)
    neuron(ax, (9.0, 43.0), "pre", BLUE, size=38.0)
    neuron(ax, (43.0, 43.0), "post", RED, size=38.0)
    arrow(ax, (12.0, 43.0), (20.4, 43.0), BLUE)
    box(ax, (26.0, 43.0), (11.0, 5.0), "weight $w$")
    arrow(ax, (31.6, 43.0), (40.0, 43.0), BLUE)
    t = np.linspace(0.0, 40.0, 801)
    for x, colour, spikes, names in (
        (4.0, BLUE, (6.0, 13.0), ("$x_0$", "$x_1$", "$x_2$")),
        (38.6, RED, (20.0,), ("$y_0$", "$y_1$", "$y_2, y_3$")),
    ):
        _draw_traces(ax, x, 25.0, t, spikes, names, colour)
    words(ax, (26.0, 33.8), "spikes,\nand traces\nthat fade", GREY, size=SMALL)
    box(ax, (26.0, 14.3), (50.0, 8.0), "", fill="#f2f2f2")
    for y, said, family in (
        (16.2, "your rule, at the end of an epoch:", None),
        (12.6, "dw = 2^-2*x1*y0 - 2^-3*x0*y1", "monospace"),
    ):  # fmt: skip
        ax.text(26.0, y, said, fontsize=SMALL, ha="center", va="center", zorder=5, family=family)
    arrow(ax, (9.0, 23.8), (9.0, 18.6), BLUE)
    arrow(ax, (43.0, 23.8), (43.0, 18.6), RED)
    arrow(ax, (26.0, 18.6), (26.0, 40.3), lw=2.6)
    words(ax, (26.0, 26.2), "a coin rounds\nto a whole\nnumber", size=SMALL)
    arrow(ax, (26.0, 5.8), (26.0, 10.1), GREEN)
    words(ax, (26.0, 3.6), "the synapse's own numbers $w, d, t$, and a reward $r$", size=SMALL)
    return Picture(
        fig,
        "Two neurons, a synapse from the one to the other, and below it the learning engine.\n"
        "Of the presynaptic neuron the engine knows its spike, x0, and two traces, x1 and x2; of the "
        "postsynaptic one its spike, y0, and the traces y1, y2 and y3. A trace jumps at a spike and fades.\n"
        "Besides, it knows the synapse's own numbers, w, d and t, and a reward r.\n"
        "At the end of an epoch it puts them into your rule, for example dw = 2^-2·x1·y0 - 2^-3·x0·y1, and "
        "adds the result to the weight. The weight is a whole number: a coin decides how it is rounded.",
    )


def _draw_traces(
    ax: "Axes", x: float, y: float, t: np.ndarray, spikes: tuple[float, ...], names: tuple[str, str, str],
    colour: str,
) -> None:  # fmt: skip
    """Spikes, a quick trace and a slow one, one below the other."""
    for k, (name, tau) in enumerate(zip(names, (0.0, 8.0, 30.0), strict=True)):
        level = y + 4.4 * (2 - k)
        line(ax, (x, level), (x + 10.4, level), colour="0.75", lw=1.0)
        if tau:
            ax.plot(x + 0.26 * t, level + 1.5 * fading(t, spikes, tau), color=colour, lw=1.8, zorder=3)
        else:
            ticks(ax, [x + 0.26 * s for s in spikes], level, colour, 2.2)
        words(ax, (x - 0.4, level + 1.0), name, ha="right", size=SMALL)
