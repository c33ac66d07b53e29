"""Figures of spike trains: their spikes, how long their intervals are, how much their counts vary."""

from collections.abc import Mapping
from itertools import cycle
from typing import Annotated

import numpy as np

from snnlab.checks import Positive, steps_in
from snnlab.plots.picture import PALETTE, Picture, figure
from snnlab.plots.rules import Each, Numbers, Period, Together, Trains, drawn

__all__ = ["fano_curves", "interval_shares", "trains"]

_DASHES = ("-", "--", "-.", ":")
_TICKS = [digit * 10.0**power for power in range(-3, 4) for digit in (1, 2, 5)]


@drawn
def trains(trains: Trains, between: Period) -> Picture:
    """Spike trains below one another, the first one on top.

    Parameters
    ----------
    trains : dict
        For each label the spike times, ms.
    between : tuple
        Start and end of what is shown, ms.

    Raises
    ------
    ValueError
        If the end does not come after the start.

    Examples
    --------
    >>> trains({"clock": [5, 15, 25], "other": [1, 2, 24]}, between=(0, 20))
    Spikes, 0 to 20 ms.
    clock: 2 spikes.
    other: 2 spikes.
    """
    start, stop = between
    fig, (ax,) = figure(0.9 + 0.42 * len(trains), [1.0])
    said = [f"Spikes, {start:.0f} to {stop:.0f} ms."]
    for row, ((label, times), colour) in enumerate(zip(trains.items(), cycle(PALETTE[:3]), strict=False)):
        seen = [time for time in times if start <= time <= stop]
        ax.vlines(seen, -row - 0.32, -row + 0.32, color=colour, lw=1.4)
        said.append(f"{label}: {len(seen)} {'spike' if len(seen) == 1 else 'spikes'}.")
    ax.set_yticks([-row for row in range(len(trains))], labels=trains)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set(xlabel="time (ms)", xlim=between, ylim=(0.5 - len(trains), 0.5))
    return Picture(fig, "\n".join(said))


@drawn
def interval_shares(
    intervals: Annotated[Mapping, Each(Numbers("(intervals,)"))],
    bin_width: Positive,
    longest: Positive,
    laws: Annotated[Mapping, Each(Numbers("(bins,)", least=0), least=0)] | None = None,
) -> Picture:
    """Which share of the intervals of a train has which length.

    Parameters
    ----------
    intervals : dict
        For each label the intervals between spikes, ms.
    bin_width : float
        Width of a bin, ms.
    longest : float
        End of the axis, ms. Longer intervals are not shown, but belong to the whole.
    laws : dict, optional
        For each label the expected share (from 0 to 1) in each of the bins, drawn as a dashed line.

    Raises
    ------
    ValueError
        If a law has not one share for each bin.

    Examples
    --------
    >>> interval_shares({"clock": [10, 10, 10], "other": [3, 4, 30]}, bin_width=5, longest=20)
    Share of intervals in bins of 5 ms, up to 20 ms.
    clock: most often 10 to 15 ms, 100.0 % of them; 0.0 % are longer than 20 ms.
    other: most often 0 to 5 ms, 66.7 % of them; 33.3 % are longer than 20 ms.
    """
    bins = steps_in("longest", longest, bin_width)
    if not bins:
        raise ValueError(f"longest must be at least one bin of {bin_width:g} ms, got {longest:g}")
    edges = np.arange(bins + 1) * bin_width
    fig, (ax,) = figure(3.0, [1.0])
    said = [f"Share of intervals in bins of {bin_width:g} ms, up to {longest:g} ms."]
    for (label, values), colour in zip(intervals.items(), cycle(PALETTE), strict=False):
        share = 100.0 * np.histogram(values, edges)[0] / len(values)
        first = not ax.patches  # shaded, so that the others can be compared with it
        ax.stairs(share, edges, fill=first, ec=colour, fc=(colour, 0.15), lw=1.6, label=label)
        top = int(share.argmax())
        said.append(
            f"{label}: most often {edges[top]:g} to {edges[top + 1]:g} ms, {share[top]:.1f} % of them; "
            f"{100.0 - share.sum():.1f} % are longer than {longest:g} ms."
        )
    looks = zip(cycle(PALETTE[len(intervals) :]), cycle(_DASHES[1:]), strict=False)
    for (label, law), (colour, dash) in zip((laws or {}).items(), looks, strict=False):
        if np.shape(law) != (edges.size - 1,):
            raise ValueError(
                f"{label} must have one share for each of {edges.size - 1} bins, got {np.shape(law)}"
            )
        ax.stairs(100.0 * np.asarray(law), edges, color=colour, ls=dash, lw=1.8, label=label)
        said.append(f"{label}: a line from {100.0 * law[0] + 0.0:.1f} % to {100.0 * law[-1] + 0.0:.1f} %.")
    ax.set(xlabel="interval (ms)", ylabel="share of intervals (%)", xlim=(0.0, longest))
    ax.set_ylim(bottom=0.0)
    ax.legend(frameon=False, loc="upper right")
    return Picture(fig, "\n".join(said))


@drawn
def fano_curves(
    curves: Annotated[Mapping, Each(Together(Numbers("(windows,)"), Numbers("(windows,)", but="gaps")))],
) -> Picture:
    """The Fano factor of spike counts against the length of the counting window, both axes logarithmic.

    Parameters
    ----------
    curves : dict
        For each label two arrays: windows (ms) and Fano factors.

    Examples
    --------
    >>> fano_curves({"neuron": ([10, 100, 1000], [0.9, 0.5, 2])})
    Fano factor against the counting window.
    neuron: 0.90 at 10 ms, 2.00 at 1000 ms; the lowest is 0.50 at 100 ms.
    """
    fig, (ax,) = figure(3.2, [1.0])
    said = ["Fano factor against the counting window."]
    looks = zip(cycle(PALETTE), cycle(_DASHES), cycle("osD^"), strict=False)
    for (label, (windows, fano)), (colour, dash, mark) in zip(curves.items(), looks, strict=False):
        fano = np.asarray(fano)
        ax.plot(windows, fano, color=colour, ls=dash, marker=mark, ms=3.5, lw=1.6, label=label)
        low = int(fano.argmin())
        said.append(
            f"{label}: {fano[0]:.2f} at {windows[0]:.0f} ms, {fano[-1]:.2f} at {windows[-1]:.0f} ms; "
            f"the lowest is {fano[low]:.2f} at {windows[low]:.0f} ms."
        )
    ax.axhline(1.0, color="0.45", lw=1.0, ls=":")
    ax.set(xlabel="counting window (ms)", ylabel="Fano factor", xscale="log", yscale="log")
    bottom, top = ax.get_ylim()
    ax.set_yticks([tick for tick in _TICKS if bottom <= tick <= top])
    ax.minorticks_off()
    ax.xaxis.set_major_formatter("{x:g}")
    ax.yaxis.set_major_formatter("{x:g}")
    ax.legend(frameon=False, loc="best")
    return Picture(fig, "\n".join(said))
