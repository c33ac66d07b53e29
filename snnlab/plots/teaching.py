"""Figures of taught neurons: one sample as the spikes of its inputs, and when the teacher's spike acts."""

import functools
from collections.abc import Mapping
from itertools import cycle
from typing import Annotated

from snnlab.checks import as_real, whole
from snnlab.plots.picture import PALETTE, Picture, count_of_spikes, figure
from snnlab.plots.rules import Each, Text, drawn
from snnlab.spikes import Spikes

__all__ = ["sample_raster"]


@drawn
def sample_raster(
    spikes: Spikes,
    groups: Annotated[Mapping[str, int], Each(functools.partial(whole, least=1))],
    marks: Annotated[Mapping[str, float], Each(as_real, least=0)],
    each: Text = "inputs",
) -> Picture:
    """The spikes for one sample, group below group, and moments that are marked.

    Parameters
    ----------
    spikes
        One unit an input, group after group.
    groups : dict
        How many inputs each group has, by its name.
    marks : dict
        Moments in ms, by what happens then.
    each : str
        What has a row, in the plural.

    Raises
    ------
    ValueError
        If the groups do not have as many inputs as there are units.

    Examples
    --------
    >>> one = Spikes([0.5, 1.0, 1.5], units=[0, 1, 2], n_units=4, duration=3)
    >>> sample_raster(one, {"length": 2, "width": 2}, {"teacher": 0.6})
    Spikes of 4 inputs in 3 ms.
    length: 2 of 2 inputs fire, from 0.50 to 1.00 ms.
    width: 1 of 2 inputs fire, from 1.50 to 1.50 ms.
    teacher at 0.60 ms.
    """
    total = sum(groups.values())
    if total != spikes.n_units:
        raise ValueError(f"groups must have {spikes.n_units} inputs together, got {total}")
    fig, (ax,) = figure(3.2, [1.0])
    said, first = [f"Spikes of {total} {each} in {spikes.duration:g} ms."], 0
    for (name, n), colour, dot in zip(groups.items(), cycle(PALETTE), cycle("os^D"), strict=False):
        mine = (spikes.units >= first) & (spikes.units < first + n)
        times, units = spikes.times[mine], spikes.units[mine]
        ax.plot(times, units + 1, dot, ms=3.5, color=colour, label=name)
        if times.size:
            said.append(
                f"{name}: {len(set(units))} of {n} {each} fire, from {times.min():.2f} "
                f"to {times.max():.2f} ms."
            )
        else:
            said.append(f"{name}: {count_of_spikes(0)}.")
        first += n
    for (name, at), dash in zip(marks.items(), cycle(("-", "--", ":")), strict=False):
        ax.axvline(at, color="0.25", ls=dash, lw=1.2)
        ax.annotate(name, (at, 1.0), (3, 2), xycoords=("data", "axes fraction"), textcoords="offset points")
        said.append(f"{name} at {at:.2f} ms.")
    ax.set(
        xlabel="time (ms)",
        ylabel=each,
        xlim=(-0.03 * spikes.duration, spikes.duration),
        ylim=(total + 1, 0),
    )
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
    return Picture(fig, "\n".join(said))
