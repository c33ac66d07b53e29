"""Figures of the chapters, by Matplotlib, which is imported only when one is drawn.

Each function returns a `Picture`: a figure together with its text in words, for readers who do not see it. Colours are
those of Okabe and Ito, which colour-blind readers can tell apart, and the same thing never differs by colour alone.

>>> from snnlab import plots
>>> from snnlab.data import load_patch_fast_spiking
>>> plots.sweeps(load_patch_fast_spiking(), [5, 8], start=100, stop=700)
Membrane potential of a fast-spiking cell, 100 to 700 ms. Step of 25 pA: 13 spikes. Step of 100 pA: 33 spikes.
"""

import base64
import io
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from snnlab.data import Recording, detect_spikes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["PALETTE", "Picture", "fi_curve", "intervals", "sweeps", "trace"]

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00")
"""Blue, vermilion, bluish green, reddish purple, orange."""

_INK, _SOFT = "#1b2330", "#566071"
_MARKERS, _DASHES = "osD^v", ("-", "--", "-.", ":", (0, (5, 1)))
_WIDTH, _DPI = 7.0, 192  # inches; twice the pixels that are shown
# A dark page turns the colours round and keeps the hues. The file itself is on white and readable anywhere.
_CSS = (
    "<style>html[data-theme=dark] img.snnlab-picture,body[data-jp-theme-light=false] img.snnlab-picture"
    "{filter:invert(.93) hue-rotate(180deg);background:none!important;padding:0!important}</style>"
)


class Picture:
    """A figure and what it shows in words.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        The figure.
    alt : str
        The figure in a sentence or two, for readers who do not see it.

    Raises
    ------
    ValueError
        If `alt` says nothing.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> Picture(Figure(), "An empty figure.")
    An empty figure.
    """

    def __init__(self, fig: "Figure", alt: str):
        if not isinstance(alt, str) or not alt.strip():
            raise ValueError(f"alt must say in words what the figure shows, got {alt!r}")
        self.fig, self.alt = fig, alt

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(self, **_) -> dict[str, str]:
        file = io.BytesIO()
        self.fig.savefig(file, format="png", dpi=_DPI, facecolor="white")
        data = base64.b64encode(file.getvalue()).decode()
        width = round(self.fig.get_size_inches()[0] * _DPI / 2)
        image = (
            f'{_CSS}<img class="snnlab-picture dark-light" alt="{escape(self.alt)}" width="{width}" '
            f'style="max-width:100%;height:auto" src="data:image/png;base64,{data}">'
        )
        return {"text/plain": self.alt, "text/html": image}


def sweeps(
    recording: Recording, which: Sequence[int], start: float = 0.0, stop: float | None = None
) -> Picture:
    """Some sweeps of a recording below one another, and under them the current that was injected.

    Parameters
    ----------
    recording
        The recording.
    which : sequence of int
        Which sweeps, from top to bottom.
    start, stop : float
        The stretch of time, ms; to the end if `stop` is left out.

    Returns
    -------
    Picture
    """
    part = _part(recording.v.shape[0], recording.dt, start, stop)
    counts = [detect_spikes(recording)[k : k + 1].between(*recording.step).n_spikes for k in which]
    current = np.round(recording.step_current[list(which)] * 1000)
    fig, axes = _figure(1.15 * len(which) + 1.1, [2.0] * len(which) + [1.0])
    said = []
    for ax, k, n, pa, colour in zip(axes, which, counts, current, PALETTE, strict=False):
        ax.plot(recording.t[part], recording.v[part, k], color=colour, lw=1.0)
        ax.set_title(f"{_minus(pa)} pA: {n} spikes", loc="left", color=colour)
        axes[-1].plot(recording.t[part], recording.i[part, k] * 1000, color=colour, lw=1.5)
        said.append(f"Step of {pa:.0f} pA: {n} spikes.")
    fig.supylabel("membrane potential (mV)", size=10, color=_INK)
    axes[-1].set(xlabel="time (ms)", ylabel="pA")
    axes[-1].margins(y=0.15)
    span = f"{recording.t[part][0]:.0f} to {recording.t[part][-1] + recording.dt:.0f} ms"
    return Picture(fig, f"Membrane potential of {recording.name}, {span}. " + " ".join(said))


def fi_curve(
    current,
    rate,
    curves: Mapping[str, tuple] | None = None,
    guess: tuple[float, float] | None = None,
    name: str = "cell",
) -> Picture:
    """Firing rate against current: measured points, and curves of models beside them.

    Parameters
    ----------
    current, rate : arrays of shape (n,)
        The measured points, nA and Hz. May be empty.
    curves : dict, optional
        For each label a pair of arrays: current (nA) and rate (Hz).
    guess : tuple, optional
        One more point, current (nA) and rate (Hz): what a reader expects.
    name : str
        What the points are.

    Returns
    -------
    Picture

    Examples
    --------
    >>> fi_curve([0.1, 0.2], [10, 20], curves={"line": ([0, 0.2], [0, 20])})
    Firing rate against current. cell: 2 points, from 10.0 Hz at 100 pA to 20.0 Hz at 200 pA. line: a curve from 0.0 Hz
    at 0 pA to 20.0 Hz at 200 pA.
    """
    current, rate = np.asarray(current) * 1000, np.asarray(rate)
    fig, (ax,) = _figure(3.3, [1.0])
    said = ["Firing rate against current."]
    for (label, (x, y)), colour, dash in zip((curves or {}).items(), PALETTE[1:], _DASHES, strict=False):
        x, y = np.asarray(x) * 1000, np.asarray(y)
        ax.plot(x, y, color=colour, ls=dash, lw=2.0, label=label)
        said.append(
            f"{label}: a curve from {y[0]:.1f} Hz at {x[0]:.0f} pA to {y[-1]:.1f} Hz at {x[-1]:.0f} pA."
        )
    if current.size:
        ax.plot(current, rate, "o", color=PALETTE[0], ms=5.5, label=name)
        ends = f"from {rate[0]:.1f} Hz at {current[0]:.0f} pA to {rate[-1]:.1f} Hz at {current[-1]:.0f} pA"
        said.insert(1, f"{name}: {current.size} points, {ends}.")
    if guess is not None:
        ax.plot(guess[0] * 1000, guess[1], "*", color=PALETTE[1], ms=13, label="your guess")
        said.append(f"your guess: {guess[1]:.1f} Hz at {guess[0] * 1000:.0f} pA.")
    ax.set(xlabel="current (pA)", ylabel="rate (Hz)")
    ax.set_ylim(bottom=min(0.0, ax.get_ylim()[0]))
    ax.legend(frameon=False, loc="upper left")
    return Picture(fig, " ".join(said))


def trace(
    v,
    dt: float,
    spikes: Mapping[str, np.ndarray],
    v_th: float | None = None,
    start: float = 0.0,
    stop: float | None = None,
) -> Picture:
    """A membrane potential over time, its threshold, and above it a row of ticks for each spike train.

    Parameters
    ----------
    v : array of shape (steps,)
        Potential, mV.
    dt : float
        Time between its values, ms.
    spikes : dict
        For each label the spike times, ms.
    v_th : float, optional
        The threshold, mV.
    start, stop : float
        The stretch of time, ms; to the end if `stop` is left out.

    Returns
    -------
    Picture

    Examples
    --------
    >>> from snnlab.neurons import simulate_lif
    >>> run = simulate_lif(np.full(1000, 0.3))
    >>> trace(run.v, 0.1, {"model": run.spikes[0]}, v_th=-50.0)
    Membrane potential from 0 to 100 ms, between -65 and -50 mV. Threshold at -50.0 mV. model: 6 spikes.
    """
    v = np.asarray(v)
    part = _part(v.size, dt, start, stop)
    begin, end = part.start * dt, part.stop * dt
    fig, (above, ax) = _figure(2.9 + 0.22 * len(spikes), [0.22 * len(spikes), 2.0])
    ax.plot(np.arange(v.size)[part] * dt, v[part], color=PALETTE[0], lw=1.2)
    said = [
        f"Membrane potential from {begin:.0f} to {end:.0f} ms, between {v[part].min():.0f} and {v[part].max():.0f} mV."
    ]
    if v_th is not None:
        ax.axhline(v_th, color=PALETTE[1], ls="--", lw=1.3)
        ax.text(end, v_th, "threshold ", color=PALETTE[1], ha="right", va="bottom")
        said.append(f"Threshold at {v_th:.1f} mV.")
    for row, (label, times) in enumerate(spikes.items()):
        times = np.asarray(times)
        times = times[(times >= begin) & (times <= end)]
        above.vlines(times, -row - 0.35, -row + 0.35, color=PALETTE[row % len(PALETTE)], lw=1.3)
        said.append(f"{label}: {times.size} spikes.")
    above.set_yticks([-row for row in range(len(spikes))], labels=spikes)
    above.set_ylim(-len(spikes) + 0.5, 0.5)
    above.tick_params(length=0)
    above.spines[:].set_visible(False)
    ax.set(xlabel="time (ms)", ylabel="membrane potential (mV)")
    return Picture(fig, " ".join(said))


def intervals(trains: Mapping[str, np.ndarray]) -> Picture:
    """How the time between spikes changes along each train.

    Parameters
    ----------
    trains : dict
        For each label the spike times, ms, counted from the onset of the stimulus.

    Returns
    -------
    Picture

    Examples
    --------
    >>> intervals({"tired": [0, 10, 25, 45]})
    Interspike intervals over time. tired: from 10.0 to 20.0 ms.
    """
    fig, (ax,) = _figure(2.9, [1.0])
    said = ["Interspike intervals over time."]
    for (label, times), colour, marker in zip(trains.items(), PALETTE, _MARKERS, strict=False):
        gaps = np.diff(times)
        ax.plot(np.asarray(times)[1:], gaps, marker, color=colour, ms=4, ls="-", lw=0.8, label=label)
        said.append(f"{label}: from {gaps[0]:.1f} to {gaps[-1]:.1f} ms.")
    ax.set(xlabel="time since the onset (ms)", ylabel="interval (ms)")
    ax.set_ylim(bottom=0.0, top=ax.get_ylim()[1] * 1.12)
    ax.legend(frameon=False, loc="lower right")
    return Picture(fig, " ".join(said))


def _figure(height: float, ratios: list[float]) -> tuple["Figure", list["Axes"]]:
    """A figure with one axes above the other, sharing the time axis, in the style of the book."""
    from matplotlib.figure import Figure

    fig = Figure(figsize=(_WIDTH, height), layout="constrained")
    axes = fig.subplots(len(ratios), sharex=True, squeeze=False, height_ratios=ratios)[:, 0]
    for ax in axes:
        ax.spines[["top", "right"]].set_visible(False)
        ax.tick_params(colors=_SOFT, labelcolor=_INK)
    return fig, list(axes)


def _part(steps: int, dt: float, start: float, stop: float | None) -> slice:
    stop = steps * dt if stop is None else stop
    if not 0 <= start < stop <= steps * dt + 1e-9:
        raise ValueError(
            f"start and stop must satisfy 0 <= start < stop <= {steps * dt:g} ms, got {start:g}, {stop:g}"
        )
    return slice(round(start / dt), round(stop / dt))


def _minus(number: float) -> str:
    return f"{number:.0f}".replace("-", "−")
