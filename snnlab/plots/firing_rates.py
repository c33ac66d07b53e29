"""Figures of rates: over time, as a reader gets to know them, against a direction."""

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Annotated, Any

import numpy as np

from snnlab.checks import NonNegative, Positive, non_negative
from snnlab.coding.decoding.tuning import TuningCurve
from snnlab.plots.picture import PALETTE, Picture, Values, figure
from snnlab.plots.rules import Each, Numbers, Of, Period, Text, Together, drawn, indices, is_list

__all__ = ["interval_errors", "rates", "tuning"]

_DASHES = ("-", "--", "-.", ":")


_BINS, _RATES = Numbers("(bins,)"), Numbers("(bins,)", but="gaps")


def _rows(name: str, value: Any) -> list[np.ndarray]:
    """The trains of a label: one, or several of them."""
    one = Numbers("(spikes,)", least=0)
    if is_list(value) and len(value) and is_list(value[0]):
        return [one(f"{name}[{k}]", train) for k, train in enumerate(value)]
    return [one(name, value)]


def _behind(name: str, value: Any) -> tuple:
    """A label and a curve."""
    if not isinstance(value, tuple) or len(value) != 3:
        raise TypeError(f"{name} must be a label, times and rates, got {type(value).__name__}")
    return value[0], *Together(_BINS, _RATES)(name, value[1:])


@drawn
def rates(
    curves: Annotated[Mapping, Each(Together(_BINS, _RATES, more=True))],
    trains: Annotated[Mapping, Each(_rows, least=0)] | None = None,
    between: Period | None = None,
    behind: Annotated[tuple, _behind] | None = None,
) -> Picture:
    """Rates over time, and above them rows of spikes.

    Parameters
    ----------
    curves : dict
        For each label two arrays, time (ms) and rate (Hz), or a `snnlab.coding.RateEstimate`. Times are the
        middles of bins: the curve is level within each.
    trains : dict, optional
        For each label one array of spike times (ms), or several of them, one row each.
    between : tuple, optional
        Start and end of what is shown, ms; everything if left out.
    behind : tuple, optional
        A label and two arrays, time (ms) and rate (Hz), of a curve in grey behind the others.

    Examples
    --------
    >>> rates({"in bins": ([5, 15], [100.0, 0.0])}, {"cell": [2.0, 7.0, 30.0]}, between=(0, 20))
    Rates over time, 0 to 20 ms.
    cell: 2 spikes.
    in bins: between 0 and 100 Hz.
    """
    trains = trains or {}
    rows = [(label, train) for label, given in trains.items() for train in given]
    lines = {label: (np.asarray(curve[0]), np.asarray(curve[1])) for label, curve in curves.items()}
    every = [time for time, _ in lines.values()] + [train for _, train in rows if train.size]
    start, stop = between or (min(values.min() for values in every), max(values.max() for values in every))
    height = max(0.3, 0.11 * len(rows))
    fig, (above, ax) = figure(2.8 + height, [height, 2.3])
    said = [f"Rates over time, {start:.0f} to {stop:.0f} ms."]
    middles = {}
    for label, colour in zip(trains, cycle(PALETTE), strict=False):
        places = [row for row, (name, _) in enumerate(rows) if name == label]
        middles[label], count = -float(np.mean(places)), 0
        for row in places:
            seen = rows[row][1][(rows[row][1] >= start) & (rows[row][1] <= stop)]
            above.vlines(seen, -row - 0.4, -row + 0.4, color=colour, lw=1.1)
            count += seen.size
        said.append(f"{label}: {count} spikes{f' in {len(places)} rows' if len(places) > 1 else ''}.")
    above.set_yticks(list(middles.values()), labels=list(middles))
    above.set_ylim(0.6 - max(len(rows), 1), 0.6)
    above.tick_params(length=0)
    above.spines[:].set_visible(False)
    looks = list(zip(cycle(PALETTE), _DASHES))
    if behind is not None:
        lines = {behind[0]: (np.asarray(behind[1]), np.asarray(behind[2]))} | lines
        looks.insert(0, ("0.6", "-"))
    highest = 0.0
    for (label, (time, rate)), (colour, dash) in zip(lines.items(), cycle(looks), strict=False):
        ax.plot(time, rate, color=colour, ls=dash, lw=1.5, drawstyle="steps-mid", label=label)
        shown = rate[(time >= start) & (time <= stop)]
        if not shown.size:
            raise ValueError(f"between must hold a bin of {label}, got {start:g} to {stop:g} ms")
        said.append(f"{label}: between {shown.min():.0f} and {shown.max():.0f} Hz.")
        highest = max(highest, float(shown.max()))
    ax.set(xlabel="time (ms)", ylabel="rate (Hz)", xlim=(start, stop), ylim=(0.0, 1.1 * highest))
    ax.legend(frameon=False, loc="lower right", ncols=4, bbox_to_anchor=(1.0, 1.0), borderaxespad=0.0)
    return Picture(fig, "\n".join(said))


@drawn
def interval_errors(
    interval: Positive,
    errors: Annotated[Mapping, Each(Together(non_negative, Numbers("(n,)", but="gaps")))],
    n: Annotated[Values, Numbers("(n,)")],
) -> Picture:
    """The relative error of a mean interval against the time for which intervals are averaged.

    Parameters
    ----------
    interval : float
        The mean interval, ms.
    errors : dict
        For each label the coefficient of variation of its intervals and an array of shape (n,), the measured
        error. The line CV/√n is drawn through them.
    n : array of int of shape (n,)
        How many intervals were averaged.

    Examples
    --------
    >>> interval_errors(25.0, {"Poisson": (1.0, [1.0, 0.5])}, [1, 4])
    Relative error of a mean interval against counting time, 25 to 100 ms.
    Poisson: from 100 % to 50 %.
    """
    fig, (ax,) = figure(3.3, [1.0])
    time = np.asarray(n) * interval
    said = [f"Relative error of a mean interval against counting time, {time[0]:.0f} to {time[-1]:.0f} ms."]
    looks = zip(cycle(PALETTE), cycle("osD^"), strict=False)
    for (label, (spread, error)), (colour, mark) in zip(errors.items(), looks, strict=False):
        if len(error) != len(n):
            raise ValueError(f"errors must be as many as n ({len(n)}), got {len(error)} of {label}")
        ax.plot(time, 100 * spread / np.sqrt(n), color=colour, lw=1.0)
        ax.plot(time, 100 * np.asarray(error), mark, color=colour, ms=5, label=label)
        said.append(
            f"{label}: from {100 * error[0]:.0f} % to {100 * error[-1]:.{1 if error[-1] < 0.095 else 0}f} %."
        )
    ax.axhline(10.0, color="0.5", ls=":", lw=1.0)
    ax.set(xscale="log", yscale="log", xlabel="counting time (ms)", ylabel="relative error (%)")
    ax.xaxis.set_major_formatter("{x:g}")
    ax.yaxis.set_major_formatter("{x:g}")
    ax.legend(frameon=False, loc="lower left")
    return Picture(fig, "\n".join(said))


@drawn
def tuning(
    curve: Annotated[
        TuningCurve,
        Of(TuningCurve, stimulus=_BINS, rate=Numbers("(bins, n_units)", but="any"), time=_BINS),
    ],
    units: Annotated[Sequence[int], indices],
    mean: Text = "",
    rate: NonNegative | None = None,
) -> Picture:
    """Tuning curves to a direction, and their mean over the units.

    Parameters
    ----------
    curve
        Tuning to an angle in radians.
    units : sequence of int
        Which units are drawn.
    mean : str
        What the mean over these units is called; ``""`` for no mean.
    rate : float, optional
        A rate that is marked by a horizontal line, Hz.

    Examples
    --------
    >>> tuning(TuningCurve(np.radians([90.0, 270.0]), np.array([[5.0], [1.0]]), np.ones(2)), [0])
    Rate against direction.
    cell 0: most at 90 degrees, 5 Hz; least 1 Hz.
    """
    fig, (ax,) = figure(3.2, [1.0])
    if max(units) >= curve.rate.shape[1]:
        raise ValueError(f"units must be from 0 to {curve.rate.shape[1] - 1}, got {max(units)}")
    degrees = np.degrees(curve.stimulus)
    said = ["Rate against direction."]
    looks = zip(cycle(PALETTE), (dash for dash in cycle(_DASHES) for _ in PALETTE), strict=False)
    for unit, (colour, dash) in zip(units, looks, strict=False):
        one = curve.rate[:, unit]
        ax.plot(degrees, one, color=colour, ls=dash, lw=1.4, label=f"cell {unit}")
        said.append(f"cell {unit}: {_peak(degrees, one)}")
    if mean:
        together = curve.rate[:, list(units)].mean(axis=1)
        ax.plot(degrees, together, color="black", lw=3.0, label=mean)
        said.append(f"{mean}: {_peak(degrees, together)}")
    if rate is not None:
        ax.axhline(rate, color="0.5", ls=":", lw=1.2)
    ax.set(xlabel="direction (°)", ylabel="rate (Hz)", xlim=(0, 360), xticks=range(0, 361, 60))
    ax.set_ylim(0.0, ax.get_ylim()[1])
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return Picture(fig, "\n".join(said))


def _peak(degrees: np.ndarray, rate: np.ndarray) -> str:
    return f"most at {degrees[rate.argmax()]:.0f} degrees, {rate.max():.0f} Hz; least {rate.min():.0f} Hz."
