"""Figures of neurons: recorded sweeps, potentials, f–I curves, intervals, and curves of any kind."""

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Annotated, Any

import numpy as np

from snnlab.checks import Positive, as_real, non_negative
from snnlab.data import Recording, detect_spikes
from snnlab.data.recording import check_recording
from snnlab.plots.picture import PALETTE, Picture, Span, Values, count_of_spikes, figure
from snnlab.plots.rules import Curves, Each, Numbers, Pair, Period, Text, Together, drawn, indices, text

__all__ = ["curves", "fi_curve", "intervals", "sweeps", "trace"]


_POINT = Together(as_real, as_real)
_LEVEL = Together(as_real, text)


def _behind(name: str, value: Any) -> tuple:
    """The x of grey curves, and their y, one column each."""
    return Together(Numbers("(points,)"), Numbers("(points, curves)", but="any"))(name, value)


def _recording(_: str, value: Any) -> Recording:
    return check_recording(value)


@drawn
def sweeps(
    recording: Annotated[Recording, _recording],
    which: Annotated[Sequence[int], indices],
    between: Pair | None = None,
) -> Picture:
    """Sweeps of a recording below one another, and under them the current that was injected.

    Parameters
    ----------
    recording
        The recording.
    which : sequence of int
        Which sweeps, from top to bottom.
    between : tuple, optional
        Start and end of what is shown, ms; everything if left out.

    Raises
    ------
    ValueError
        If there is no such stretch of time.

    Examples
    --------
    >>> from snnlab.data import load_patch_fast_spiking
    >>> sweeps(load_patch_fast_spiking(), [5, 8], between=(100, 700))
    Membrane potential of a fast-spiking cell, 100 to 700 ms.
    Step of 25 pA: 13 spikes.
    Step of 100 pA: 33 spikes.
    """
    if max(which) >= recording.v.shape[1]:
        raise ValueError(f"which must be from 0 to {recording.v.shape[1] - 1}, got {max(which)}")
    part, begin, end = _stretch(len(recording.v), recording.dt, between)
    spikes = detect_spikes(recording).between(*recording.step)
    fig, axes = figure(1.15 * len(which) + 1.1, [2.0] * len(which) + [1.0])
    said = [f"Membrane potential of {recording.name}, {begin:.0f} to {end:.0f} ms."]
    for ax, sweep, colour in zip(axes, which, cycle(PALETTE), strict=False):
        step, n = recording.step_current[sweep] * 1000, spikes[sweep].size
        ax.plot(recording.t[part], recording.v[part, sweep], color=colour, lw=1.0)
        ax.set_title(f"{step:.0f} pA: {count_of_spikes(n)}".replace("-", "−"), loc="left", color=colour)
        axes[-1].plot(recording.t[part], recording.i[part, sweep] * 1000, color=colour, lw=1.5)
        said.append(f"Step of {step:.0f} pA: {count_of_spikes(n)}.")
    fig.supylabel("membrane potential (mV)", size=10)
    axes[-1].set(xlabel="time (ms)", ylabel="pA")
    axes[-1].margins(y=0.15)
    return Picture(fig, "\n".join(said))


@drawn
def fi_curve(
    current: Annotated[Values, Numbers("(n,)", least=0)] = (),
    rate: Annotated[Values, Numbers("(n,)", least=0, but="gaps")] = (),
    curves: Curves | None = None,
    guess: Annotated[tuple, _POINT] | None = None,
) -> Picture:
    """Firing rate against current: measured points, and curves of models beside them.

    Parameters
    ----------
    current, rate : arrays of shape (n,)
        The measured points, nA and Hz; none if left out. The axis is in pA, or in nA if it goes beyond 1 nA.
    curves : dict, optional
        For each label two arrays: current (nA) and rate (Hz).
    guess : tuple, optional
        One more point, current (nA) and rate (Hz): what a reader expects.

    Examples
    --------
    >>> fi_curve([0.1, 0.2], [10, 20], curves={"line": ([0, 0.2], [0, 20])})
    Firing rate against current.
    cell: 2 points, from 10.0 Hz at 100 pA to 20.0 Hz at 200 pA.
    line: a curve from 0.0 Hz at 0 pA to 20.0 Hz at 200 pA.
    """
    fig, (ax,) = figure(3.3, [1.0])
    if len(current) != len(rate):
        raise ValueError(f"rate must be as many as current ({len(current)}), got {len(rate)}")
    said = ["Firing rate against current."]
    curves = curves or {}
    reach = max(np.max(np.abs(x), initial=0.0) for x in (current, *(x for x, _ in curves.values())))
    unit, factor = ("nA", 1.0) if reach > 1.0 else ("pA", 1000.0)
    looks = zip(cycle(PALETTE[1:]), cycle(("-", "--", "-.", ":")), strict=False)
    for (label, (x, y)), (colour, dash) in zip(curves.items(), looks, strict=False):
        ax.plot(np.asarray(x) * factor, y, color=colour, ls=dash, lw=2.0, label=label)
        said.append(f"{label}: a curve {_ends(x, y)}")
    if len(current):
        ax.plot(np.asarray(current) * factor, rate, "o", color=PALETTE[0], ms=5.5, label="cell")
        said.insert(1, f"cell: {len(current)} points, {_ends(current, rate)}")
    if guess is not None:
        ax.plot(guess[0] * factor, guess[1], "*", color=PALETTE[1], ms=13, label="your guess")
        said.append(f"your guess: {guess[1]:.1f} Hz at {guess[0] * 1000:.0f} pA.")
    ax.set(xlabel=f"current ({unit})", ylabel="rate (Hz)")
    ax.legend(frameon=False, loc="upper left")
    return Picture(fig, "\n".join(said))


@drawn
def trace(
    v: Annotated[Values, Numbers("(steps,)", but="gaps")],
    dt: Positive,
    spikes: Annotated[Mapping, Each(Numbers("(spikes,)", least=0), least=0)],
    v_th: float | None = None,
    between: Pair | None = None,
    beside: Annotated[Mapping, Each(Numbers("(steps,)", but="gaps"), least=0)] | None = None,
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
    between : tuple, optional
        Start and end of what is shown, ms; everything if left out.
    beside : dict, optional
        For each label another potential, drawn over the first, mV.

    Raises
    ------
    ValueError
        If there is no such stretch of time.

    Examples
    --------
    >>> from snnlab.neurons import simulate_lif
    >>> run = simulate_lif(np.full(1000, 0.3))
    >>> trace(run.v, 0.1, {"model": run.spikes[0]}, v_th=-50.0)
    Membrane potential, 0 to 100 ms, between -65 and -50 mV.
    Threshold at -50.0 mV.
    model: 6 spikes.
    """
    v = np.asarray(v)
    part, begin, end = _stretch(v.size, dt, between)
    fig, (above, ax) = figure(2.9 + 0.22 * len(spikes), [0.22 * len(spikes), 2.0])
    ax.plot(np.arange(v.size)[part] * dt, v[part], color=PALETTE[0], lw=1.2)
    low, high = v[part].min(), v[part].max()
    said = [f"Membrane potential, {begin:.0f} to {end:.0f} ms, between {low:.0f} and {high:.0f} mV."]
    for (label, other), colour in zip((beside or {}).items(), cycle(PALETTE[1:]), strict=False):
        if len(other) != v.size:
            raise ValueError(f"{label} must have as many values as v ({v.size}), got {len(other)}")
        other = np.asarray(other)[part]
        ax.plot(np.arange(v.size)[part] * dt, other, color=colour, lw=1.2)
        said.append(f"{label}: between {other.min():.0f} and {other.max():.0f} mV.")
    if v_th is not None:
        ax.axhline(v_th, color="0.35", ls="--", lw=1.3)
        ax.text(1.01, v_th, "threshold", color="0.35", va="center", transform=ax.get_yaxis_transform())
        said.append(f"Threshold at {v_th:.1f} mV.")
    for row, ((label, times), colour) in enumerate(zip(spikes.items(), cycle(PALETTE), strict=False)):
        seen = [time for time in times if begin <= time <= end]
        above.vlines(seen, -row - 0.35, -row + 0.35, color=colour, lw=1.3)
        said.append(f"{label}: {count_of_spikes(len(seen))}.")
    above.set_yticks([-row for row in range(len(spikes))], labels=spikes)
    above.set_ylim(0.5 - len(spikes), 0.5)
    above.tick_params(length=0)
    above.spines[:].set_visible(False)
    ax.set(xlabel="time (ms)", ylabel="membrane potential (mV)")
    return Picture(fig, "\n".join(said))


@drawn
def intervals(trains: Annotated[Mapping, Each(Numbers("(spikes,)", least=2))]) -> Picture:
    """How the time between spikes changes along each train.

    Parameters
    ----------
    trains : dict
        For each label the spike times, ms, counted from the onset of the stimulus. At least two spikes each.

    Examples
    --------
    >>> intervals({"tired": [0, 10, 25, 45]})
    Intervals between spikes.
    tired: the first 10.0 ms, the last 20.0 ms.
    """
    fig, (ax,) = figure(2.9, [1.0])
    said = ["Intervals between spikes."]
    looks = zip(cycle(PALETTE), cycle("osD^"), strict=False)
    for (label, times), (colour, mark) in zip(trains.items(), looks, strict=False):
        gaps = np.diff(times)
        ax.plot(times[1:], gaps, marker=mark, color=colour, ms=3.5, lw=0.8, label=label)
        said.append(f"{label}: the first {gaps[0]:.1f} ms, the last {gaps[-1]:.1f} ms.")
    ax.set(xlabel="time since the onset (ms)", ylabel="interval (ms)")
    ax.set_ylim(0.0, ax.get_ylim()[1] * 1.12)
    ax.legend(frameon=False, loc="lower right")
    return Picture(fig, "\n".join(said))


@drawn
def curves(
    lines: Curves,
    label_x: Text,
    label_y: Text,
    level: Annotated[tuple, _LEVEL] | None = None,
    behind: Annotated[tuple, _behind] | None = None,
    range_y: Period | None = None,
    height: Positive = 3.0,
) -> Picture:
    """Named curves over one axis.

    Parameters
    ----------
    lines : dict
        For each label two arrays, x and y.
    label_x, label_y : str
        What the axes show, with their units.
    level : tuple, optional
        A height that is marked, and its name.
    behind : tuple, optional
        x and y of curves that are drawn in grey behind the others, y of shape (points, curves).
    range_y : tuple, optional
        Which part of the vertical axis is shown.
    height : float
        Of the figure, inches.

    Examples
    --------
    >>> curves({"square": ([0, 1, 2], [0, 1, 4])}, "x", "y", level=(2, "limit"))
    y against x.
    square: from 0.0 at 0 to 4.0 at 2; between 0.0 and 4.0.
    limit at 2.0.
    """
    fig, (ax,) = figure(height, [1.0])
    said = [f"{label_y} against {label_x}."]
    if behind is not None:
        ax.plot(*behind, color="0.8", lw=0.7)
        said.append(f"Behind, in grey: {np.shape(behind[1])[1]} single curves.")
    looks = zip(cycle(PALETTE), cycle(("-", "--", "-.", ":")), strict=False)
    for (label, (x, y)), (colour, dash) in zip(lines.items(), looks, strict=False):
        x, y = np.asarray(x, float), np.asarray(y, float)
        ax.plot(x, y, color=colour, ls=dash, lw=1.8, label=label)
        seen = np.flatnonzero(np.isfinite(y))
        first, last, seen_y = seen[0], seen[-1], y[seen]
        said.append(
            f"{label}: from {y[first]:.1f} at {x[first]:.4g} to {y[last]:.1f} at {x[last]:.4g}; "
            f"between {seen_y.min():.1f} and {seen_y.max():.1f}."
        )
    if level is not None:
        ax.axhline(level[0], color="0.35", ls=(0, (6, 4)), lw=1.1)
        ax.text(1.01, level[0], level[1], color="0.35", va="center", transform=ax.get_yaxis_transform())
        said.append(f"{level[1]} at {level[0]:.1f}.")
    ax.set(xlabel=label_x, ylabel=label_y, ylim=range_y)
    ax.legend(frameon=False, loc="best")
    return Picture(fig, "\n".join(said))


def _stretch(steps: int, dt: float, between: Span) -> tuple[slice, float, float]:
    start, stop = between or (0.0, non_negative("dt times the number of steps", steps * dt))
    if not 0 <= start < stop <= steps * dt + 1e-9:
        raise ValueError(f"between must be two times from 0 to {steps * dt:g} ms, in order, got {between}")
    part = slice(round(start / dt), round(stop / dt))
    if part.start >= min(part.stop, steps):
        raise ValueError(f"between must hold a step of {dt:g} ms, got {start:g} to {stop:g} ms")
    return part, start, stop


def _ends(current: Values, rate: Values) -> str:
    pa = [current[0] * 1000, current[-1] * 1000]
    return f"from {rate[0]:.1f} Hz at {pa[0]:.0f} pA to {rate[-1]:.1f} Hz at {pa[1]:.0f} pA."
