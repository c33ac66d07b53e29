"""Schemes of what rises to a threshold: a sum of responses, a count, a potential and its memory, light."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.coding.camera.event_pixel import EventPixel, pixel_events
from snnlab.learning.conversion.rate_neuron import RateNeuron, simulate_rate_neuron
from snnlab.neurons.synaptic import exponential_psp
from snnlab.plots.picture import Picture
from snnlab.plots.schemes.sheet import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    RED,
    SMALL,
    arrow,
    fading,
    line,
    sheet,
    ticks,
    words,
)  # fmt: skip

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "scheme_of_adaptive_threshold",
    "scheme_of_event_pixel",
    "scheme_of_resets",
    "scheme_of_responses",
]


def scheme_of_responses() -> Picture:
    """The spike response model: humps add up, and a spike of its own adds another answer.

    Examples
    --------
    >>> print(scheme_of_responses().alt.splitlines()[0])
    Input spikes, the response to each, and their sum, one below the other against time.
    """
    fig, ax = sheet(46.0)
    arrivals, w, high, depth = (4.0, 40.0, 45.0, 50.0), 9.0, 15.0, 20.0  # ms, mV
    t = np.linspace(0.0, 100.0, 2001)
    x0, per_ms, per_mv = 9.0, 0.40, 0.5
    x = x0 + per_ms * t
    humps = [w * np.where(t >= s, exponential_psp(np.maximum(t - s, 0.0), 20.0, 5.0), 0.0) for s in arrivals]
    total = np.sum(humps, axis=0)
    first = int(np.argmax(total >= high))
    own = -depth * fading(t, (t[first],), 20.0)
    levels = {"in": 40.0, "w": 34.0, "u": 22.0, "eta": 14.0}
    for level in levels.values():
        line(ax, (x0, level), (x[-1], level), colour="0.75", lw=1.0)
    for name, said, colour in (
        ("in", "inputs", BLUE), ("w", r"$w\,\epsilon$", BLUE), ("u", r"$u_\mathrm{rest}$", BLACK),
        ("eta", r"$\eta$", RED),
    ):  # fmt: skip
        words(
            ax,
            (x0 - 0.8, levels[name] + (0.9 if name == "in" else 0.0)),
            said,
            colour,
            ha="right",
            size=SMALL,
        )
    ticks(ax, [x0 + per_ms * s for s in arrivals], levels["in"], BLUE, 2.6)
    for hump in humps:
        ax.plot(x, levels["w"] + per_mv * hump, color=BLUE, lw=1.8, zorder=3)
    limit, fired = levels["u"] + per_mv * high, x[first]
    line(ax, (x0, limit), (x[-1], limit), colour=RED, dashed=True)
    words(ax, (x0 - 0.8, limit), r"$\vartheta$", RED, ha="right")
    u = levels["u"] + per_mv * np.where(np.arange(t.size) < first, total, total + own)
    ax.plot(x[:first], u[:first], color=BLACK, lw=2.4, zorder=4)
    ax.plot(x[first:], u[first:], color=BLACK, lw=2.4, zorder=4)
    line(ax, (fired, limit), (fired, u[first]), lw=2.0)
    arrow(ax, (fired, limit + 0.2), (fired, limit + 3.0), RED)
    line(ax, (fired, levels["eta"]), (fired, u[first]), colour=GREY, dashed=True, lw=1.2)
    ax.plot(x[first:], levels["eta"] + per_mv * own[first:], color=RED, lw=2.0, zorder=3)
    line(ax, (fired, levels["eta"]), (fired, levels["eta"] - per_mv * depth), colour=RED, lw=2.0)
    words(ax, (fired + 1.0, limit + 1.9), "spike: the sum is at $\\vartheta$", RED, ha="left", size=SMALL)
    words(ax, (x0 + 1.0, levels["u"] - 3.2), "$u$: all humps\nadded up", ha="left", size=SMALL)
    words(ax, (fired + 1.6, levels["u"] - 4.0), "from here on $\\eta$ as well", ha="left", size=SMALL)
    words(ax, (fired - 1.0, levels["eta"] - 5.2), "answer to the\nown spike", RED, ha="right", size=SMALL)
    arrow(ax, (x0, 1.4), (x[-1], 1.4), GREY, lw=1.2)
    words(ax, (x0 + 4.0, 1.4), "time", GREY, size=SMALL)
    return Picture(
        fig,
        "Input spikes, the response to each, and their sum, one below the other against time.\n"
        "Each input spike is answered by a hump, w ε. One hump alone does not reach the threshold ϑ; three "
        "soon after one another add up, and their sum, u, does.\n"
        "There the neuron fires. From then on its answer to its own spike, η, is added as well: u falls "
        "below the resting potential and comes back slowly.",
    )


def scheme_of_resets() -> Picture:
    """A neuron without a leak and its two resets: one keeps what stood above the threshold.

    Examples
    --------
    >>> print(scheme_of_resets().alt.splitlines()[0])
    The potential of a neuron without a leak against the steps, twice, with the same input of 3/8 a step.
    """
    fig, ax = sheet(47.0)
    _draw_counting(
        ax, 27.0, "by subtraction: what stood above $\\theta$ is kept", "3 spikes\nin 8 steps", True
    )
    _draw_counting(ax, 4.5, "to zero: what stood above $\\theta$ is lost", "2 spikes\nin 8 steps", False)
    words(ax, (23.0, 1.7), "steps", GREY, size=SMALL)
    return Picture(
        fig,
        "The potential of a neuron without a leak against the steps, twice, with the same input of 3/8 a "
        "step.\n"
        "In each step the potential v rises by z. Where it gets to the threshold θ or above it, the neuron "
        "fires.\n"
        "Above, the reset by subtraction: v falls by θ, and what stood above θ is kept. The neuron fires "
        "3 times in 8 steps, as often as 3/8 says.\n"
        "Below, the reset to zero: v falls to 0, and what stood above θ is lost. The neuron fires 2 times in "
        "8 steps.",
    )


def _draw_counting(ax: "Axes", low: float, title: str, count: str, subtract: bool) -> None:
    """Eight steps of 3/8 from a potential of 0, at the height `low`, to a threshold at 1."""
    x0, wide, unit, z = 7.0, 4.0, 11.0, 0.375
    limit = low + unit
    words(ax, (1.0, limit + 6.6), title, BLUE if subtract else RED, ha="left", weight="bold", size=SMALL)
    line(ax, (x0, low), (x0 + 8 * wide, low), colour="0.75", lw=1.0)
    line(ax, (x0, limit), (x0 + 8 * wide, limit), colour=RED, dashed=True)
    words(ax, (x0 - 1.0, limit), r"$\theta$", RED, ha="right")
    words(ax, (x0 - 1.0, low), "0", ha="right", size=SMALL)
    run = simulate_rate_neuron(np.full(8, z), RateNeuron(subtract=subtract))
    for k, (v, fires, left_over) in enumerate(zip(np.append(0, run.v[:-1]), run.s, run.v, strict=True)):
        left, right, before = x0 + k * wide, x0 + (k + 1) * wide, low + unit * (v + z)
        line(ax, (left, low + unit * v), (left, before), (right, before), lw=2.4)
        if fires:
            line(ax, (right, limit), (right, before), colour=GREEN, lw=4.0)
            if left_over:
                line(ax, (right, low), (right, low + unit * left_over), colour=GREEN, lw=4.0)
            ticks(ax, [right], limit + 3.2, RED, 2.2)
            line(ax, (right, low + unit * left_over), (right, limit), colour=GREY, dashed=True, lw=1.4)
    words(ax, (x0 + 0.7, low + unit * z / 2), "$z$", ha="left")
    words(ax, (x0 + 8 * wide + 1.2, low + unit / 2), "$v$", ha="left")
    words(ax, (x0 + 8 * wide + 1.2, limit + 3.0), count, RED, ha="left", size=SMALL)


def scheme_of_adaptive_threshold() -> Picture:
    """A threshold that a burst has raised, and a neuron that is silent a second later.

    Examples
    --------
    >>> print(scheme_of_adaptive_threshold().alt.splitlines()[0])
    The potential of an adaptive neuron and its threshold against time, from a store to a recall.
    """
    fig, ax = sheet(45.0)
    burst = 0.15 + 0.025 * np.arange(8)
    burst_at = burst.tolist()
    rise, tau_a, tau_m, recall = 0.142, 1.2, 0.02, 1.4  # thresholds, s
    t = np.linspace(0.0, 2.0, 8001)
    x0, per_s, low, unit = 8.0, 20.5, 7.0, 8.0
    x = x0 + per_s * t
    theta = 1.0 + rise * fading(t, burst_at, tau_a)
    v = _driven(t, burst, theta, recall, tau_m)
    line(ax, (x0, low), (x[-1], low), colour="0.75", lw=1.0)
    line(ax, (x0, low + unit), (x[-1], low + unit), colour=RED, dashed=True, lw=1.4)
    ax.plot(x, low + unit * v, color=BLUE, lw=1.8, zorder=3)
    ax.plot(x, low + unit * theta, color=RED, lw=2.6, zorder=4)
    ticks(ax, [x0 + per_s * at for at in burst_at], 33.5, BLACK, 2.6)
    words(ax, (x0 - 0.8, 34.6), "spikes", ha="right", size=SMALL)
    words(ax, (x0 - 0.8, low + unit), r"$\vartheta$", RED, ha="right")
    words(ax, (x0 - 0.8, low), "0", ha="right", size=SMALL)
    for begin, end, said in ((0.13, 0.40, "store"), (recall, recall + 0.25, "recall")):
        line(ax, (x0 + per_s * begin, 39.0), (x0 + per_s * end, 39.0), lw=4.0)
        words(ax, (x0 + per_s * (begin + end) / 2, 41.4), said, weight="bold", size=SMALL)
    words(
        ax,
        (x0 + per_s * 0.62, 28.5),
        "threshold $\\theta$ sinks\nslowly, with $\\tau_a$",
        RED,
        ha="left",
        size=SMALL,
    )
    words(
        ax,
        (x0 + per_s * 0.52, low + 3.2),
        "potential $v$ is back\nat once, with $\\tau_m$",
        BLUE,
        ha="left",
        size=SMALL,
    )
    words(ax, (x0 + per_s * (recall + 0.125), 34.6), "silent: $v < \\theta$", size=SMALL)
    arrow(ax, (x0, 3.0), (x[-1], 3.0), GREY, lw=1.2)
    words(ax, (x0 + 8.0, 3.0), "2 seconds", GREY, size=SMALL)
    return Picture(
        fig,
        "The potential of an adaptive neuron and its threshold against time, from a store to a recall.\n"
        "At the store the neuron fires eight times. Each spike raises the threshold θ above its rest, ϑ.\n"
        "Then the potential v is back at 0 at once, with τ_m, while the threshold sinks slowly, with τ_a.\n"
        "At the recall, a second later, a drive lifts v above ϑ, but not to θ, which still stands "
        "higher: the neuron is silent.",
    )


def _driven(t: np.ndarray, burst: np.ndarray, theta: np.ndarray, recall: float, tau: float) -> np.ndarray:
    """A potential that gets to the threshold at each spike of a burst, and later to 1.25 and no further."""
    v = np.zeros_like(t)
    for begin, end in zip(burst - 0.025, burst, strict=True):
        here = (t >= begin) & (t < end)
        v[here] = theta[here] * np.expm1(-(t[here] - begin) / tau) / np.expm1(-0.025 / tau)
    here = (t >= recall) & (t < recall + 0.25)
    v[here] = -1.25 * np.expm1(-(t[here] - recall) / tau)
    here = t >= recall + 0.25
    v[here] = 1.25 * np.exp(-(t[here] - recall - 0.25) / tau)
    return v


def scheme_of_event_pixel() -> Picture:
    """A pixel of an event camera: the logarithm of its light, the level that it remembers, and its events.

    Examples
    --------
    >>> print(scheme_of_event_pixel().alt.splitlines()[0])
    The logarithm of a pixel's light against time, and below it the events that the pixel sends.
    """
    fig, ax = sheet(43.0)
    t = np.linspace(0.0, 1.0, 4001)
    light = 3.6 / (1 + np.exp(-(t - 0.3) / 0.06)) - 3.2 / (1 + np.exp(-(t - 0.75) / 0.05))  # in θ
    light -= light[0]
    x0, wide, low, unit = 8.0, 41.0, 14.0, 6.0
    x = x0 + wide * t
    events = pixel_events(light, t[1], EventPixel(on=1.0, off=1.0))
    ways = 1 - 2 * events.units
    level = np.append(0, np.cumsum(ways))[np.searchsorted(events.times, t, side="right")]
    for k in range(4):
        line(ax, (x0, low + unit * k), (x[-1], low + unit * k), colour="0.85", lw=1.0)
    ax.plot(x, low + unit * light, color=BLACK, lw=2.6, zorder=4)
    ax.plot(x, low + unit * level, color=GREEN, lw=2.0, ls=(0, (4, 2)), zorder=3)
    for y, sign, said, colour in ((7.0, 1, "ON", BLUE), (2.6, -1, "OFF", RED)):
        line(ax, (x0, y), (x[-1], y), colour="0.75", lw=1.0)
        words(ax, (x0 - 0.8, y + 1.2), said, colour, ha="right", size=SMALL)
        for when in events.times[ways == sign]:
            at = x0 + wide * when
            ticks(ax, [at], y, colour, 2.8)
            line(
                ax,
                (at, y + 2.8),
                (at, low + unit * np.interp(when, t, light)),
                colour=colour,
                dashed=True,
                lw=1.0,
            )
    words(ax, (x0 + 0.54 * wide, low + 24.0), r"light, $\ln I$", size=SMALL)
    words(ax, (x0 + 0.54 * wide, low + 9.0), "level $\\ell$ at the\nlast event", GREEN, size=SMALL)
    arrow(ax, (x0 + 1.6, low), (x0 + 1.6, low + unit), BLUE)
    words(ax, (x0 + 2.4, low + 9.0), r"$\theta_\mathrm{on}$", BLUE, ha="left")
    down = x0 + 0.97 * wide
    arrow(ax, (down, low + unit), (down, low), RED, dashed=True)
    words(ax, (down - 0.5, low + 8.6), r"$\theta_\mathrm{off}$", RED)
    return Picture(
        fig,
        "The logarithm of a pixel's light against time, and below it the events that the pixel sends.\n"
        "The light, ln I, rises smoothly, stays, and falls. Beside it, in steps, the level ℓ that the pixel "
        "remembers.\n"
        "Where ln I has risen by θ_on above ℓ the pixel sends ON, three times; where it has fallen by θ_off "
        "below ℓ it sends OFF, twice. Then ℓ is the level that was crossed.\n"
        "While the light stays, nothing is sent.",
    )
