"""Figures of codes in time: first spikes of an image, a signal in several codes, phases along a path."""

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Annotated, Any

import numpy as np

from snnlab.checks import Positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.neurons.experiments.place_cell import Crossings
from snnlab.plots.picture import PALETTE, Picture, Values, count_of_spikes, figure
from snnlab.plots.rules import Each, Numbers, Of, Period, Together, drawn, period
from snnlab.spikes import Spikes

__all__ = ["arrivals", "coded_signal", "precession"]


def _spikes(name: str, value: Any) -> Spikes:
    be_spikes(name, value)
    return value


_FIRST = Numbers("(spikes,)", least=0)


@drawn
def arrivals(
    image: Annotated[Values, Numbers("(rows, columns)", but="gaps")],
    spikes: Spikes,
    times: Annotated[Sequence[float], Numbers("(times,)")],
) -> Picture:
    """Which neurons behind an image have fired, at several times; the image itself comes last.

    Parameters
    ----------
    image : array of shape (rows, columns)
        Its brightness.
    spikes
        One unit for each pixel, row by row; their first spikes count.
    times : sequence of float
        When one looks, ms.

    Returns
    -------
    Picture
        Neurons are the darker the earlier they fired.

    Raises
    ------
    ValueError
        If there is not one unit for each pixel.

    Examples
    --------
    >>> arrivals(np.array([[1.0, 0.5]]), Spikes([2.0, 7.0], units=[0, 1], duration=10), [5])
    Neurons behind an image of 1 by 2 pixels that have fired.
    After 5 ms: 1 spike.
    """
    from matplotlib.figure import Figure

    shape = np.shape(image)
    if spikes.n_units != np.size(image):
        raise ValueError(
            f"spikes must have one unit for each of {np.size(image)} pixels, got {spikes.n_units}"
        )
    if np.min(times) <= 0:
        raise ValueError(f"times must be positive, got {np.min(times):g}")
    first = np.array([train[0] if train.size else np.inf for train in spikes]).reshape(shape)
    fig = Figure(figsize=(7.0, 1.9), layout="constrained")
    axes = fig.subplots(1, len(times) + 1)
    latest = max(times)
    said = [f"Neurons behind an image of {shape[0]} by {shape[1]} pixels that have fired."]
    for ax, time in zip(axes, times, strict=False):
        shown = np.where(first <= time, 1.15 - first / latest, 0.0)
        count = int(np.sum(first <= time))
        ax.imshow(shown, cmap="Blues", vmin=0.0, vmax=1.15)
        ax.set_title(f"{time:g} ms: {count_of_spikes(count)}", size=10)
        said.append(f"After {time:g} ms: {count_of_spikes(count)}.")
    axes[-1].imshow(image, cmap="Greys")
    axes[-1].set_title("the image", size=10)
    for ax in axes:
        ax.set(xticks=[], yticks=[])
    return Picture(fig, "\n".join(said))


@drawn
def coded_signal(
    signal: Annotated[Values, Numbers("(steps,)")],
    dt: Positive,
    codes: Annotated[Mapping, Each(Together(_spikes, Numbers("(steps,)", but="gaps")))],
    between: Period | None = None,
) -> Picture:
    """A signal, what several codes leave of it, and their spikes.

    Parameters
    ----------
    signal : array of shape (steps,)
        In mV.
    dt : float
        Length of a step, ms.
    codes : dict
        For each label the `Spikes` and the decoded signal, an array of shape (steps,).
    between : tuple, optional
        Start and end of what is shown, ms; everything if left out.

    Examples
    --------
    >>> coded_signal([0.0, 1.0], 10.0, {"rate": (Spikes([3.0], duration=20), np.array([0.0, 0.5]))})
    A signal of 20 ms and what codes leave of it; drawn from 0 to 20 ms.
    rate: 1 spike; on average 0.250 mV off.
    """
    values = np.asarray(signal, float)
    start, stop = between or period("the times of signal", (0.0, values.size * dt))
    time = (np.arange(values.size) + 0.5) * dt
    part = (time >= start) & (time <= stop)
    if not part.any():
        raise ValueError(f"between must hold the middle of a step, got {start:g} to {stop:g} ms")
    fig, axes = figure(0.8 * len(codes) + 0.6, [1.0] * len(codes))
    drawn = f"drawn from {start:g} to {stop:g} ms"
    said = [f"A signal of {values.size * dt:g} ms and what codes leave of it; {drawn}."]
    for ax, (label, (spikes, decoded)), colour in zip(axes, codes.items(), cycle(PALETTE), strict=False):
        if len(decoded) != values.size:
            raise ValueError(
                f"{label} must have as many values as signal ({values.size}), got {len(decoded)}"
            )
        ax.plot(time[part], values[part], color="0.65", lw=2.2)
        ax.plot(time[part], np.asarray(decoded)[part], color=colour, lw=1.3)
        low, high = values[part].min(), values[part].max()
        seen = spikes.times[(spikes.times >= start) & (spikes.times <= stop)]
        ax.vlines(seen, low - 0.42 * (high - low), low - 0.17 * (high - low), color=colour, lw=0.7)
        ax.set_title(label, loc="left", size=10, pad=2)
        off = float(np.mean(np.abs(decoded - values)))
        said.append(f"{label}: {count_of_spikes(spikes.n_spikes)}; on average {off:.3f} mV off.")
    axes[-1].set(xlabel="time (ms)", xlim=(start, stop))
    fig.supylabel("voltage (mV)", size=10)
    return Picture(fig, "\n".join(said))


@drawn
def precession(
    seen: Annotated[Crossings, Of(Crossings, position=_FIRST, phase=_FIRST, first=_FIRST)],
) -> Picture:
    """The phase of every spike against the place where it came, the first of each cycle in colour.

    Parameters
    ----------
    seen
        As from `snnlab.neurons.cross_place_field`.

    Examples
    --------
    >>> places, phases = np.array([5.0, 5.1, 30.0]), np.array([200.0, 240.0, 90.0])
    >>> precession(Crossings(places, phases, np.zeros(3, int), np.array([True, False, True])))
    Phase against position.
    first spike of a cycle: 2 spikes, from 200 degrees near the start to 90 degrees near the end.
    later spikes: 1 spike.
    """
    fig, (ax,) = figure(3.2, [1.0])
    first = seen.first.astype(bool)
    if not first.any():
        raise ValueError("seen must hold the first spike of a cycle, got none")
    ax.plot(seen.position[~first], seen.phase[~first], ".", color="0.75", ms=3, label="later spikes")
    label = "first spike of a cycle"
    ax.plot(seen.position[first], seen.phase[first], "o", color=PALETTE[0], ms=3.5, label=label)
    place, phase = (x[first].astype(float) for x in (seen.position, seen.phase))
    low, high = np.quantile(place, [0.1, 0.9])
    begin, end = (float(np.median(phase[near])) for near in (place <= low, place >= high))
    ax.set(xlabel="position in the field (cm)", ylabel="phase of the rhythm (°)")
    ax.set(ylim=(0, 360), yticks=range(0, 361, 90))
    ax.legend(frameon=False, loc="upper left", ncols=2)
    said = [
        "Phase against position.",
        f"{label}: {count_of_spikes(int(first.sum()))}, from {begin:.0f} degrees near the start to "
        f"{end:.0f} degrees near the end.",
        f"later spikes: {count_of_spikes(int((~first).sum()))}.",
    ]
    return Picture(fig, "\n".join(said))
