"""Figures of registers: the voltages of a chip, beside one another or beside real numbers."""

from collections.abc import Mapping
from itertools import cycle
from typing import Annotated

import numpy as np

from snnlab.plots.picture import PALETTE, Picture, Values, count_of_spikes, figure
from snnlab.plots.rules import Each, Numbers, drawn

__all__ = ["voltages"]


@drawn
def voltages(
    lines: Annotated[Mapping[str, Values], Each(Numbers("(steps,)", but="gaps"))],
    spikes: Annotated[Mapping[str, Values], Each(Numbers("(spikes,)", least=0), least=0)] | None = None,
    threshold: float | None = None,
) -> Picture:
    """Voltages of a chip over the steps, and above them a row of ticks for each spike train.

    Parameters
    ----------
    lines : dict
        For each label the voltage after each step.
    spikes : dict, optional
        For each label the steps in which it fired.
    threshold : float, optional
        The threshold.

    Examples
    --------
    >>> voltages({"chip": [3, 6, 0]}, {"chip": [2]}, threshold=8)
    Voltage in 3 steps, threshold 8.
    chip: from 0 to 6, at the end 0; 1 spike.
    """
    trains = spikes or {}
    fig, (above, ax) = figure(2.9 + 0.22 * len(trains), [max(0.22 * len(trains), 0.05), 2.2])
    steps = max(len(v) for v in lines.values())
    said = [f"Voltage in {steps} steps" + (f", threshold {threshold:g}." if threshold is not None else ".")]
    looks = zip(cycle(PALETTE), cycle(("-", "--", "-.", ":")), strict=False)
    for (label, v), (colour, dash) in zip(lines.items(), looks, strict=False):
        v = np.asarray(v)
        ax.plot(np.arange(v.size), v, color=colour, ls=dash, lw=1.5, label=label)
        fired = f"; {count_of_spikes(len(trains[label]))}" if label in trains else ""
        said.append(f"{label}: from {v.min():.0f} to {v.max():.0f}, at the end {v[-1]:.0f}{fired}.")
    for row, ((_, times), colour) in enumerate(zip(trains.items(), cycle(PALETTE), strict=False)):
        above.vlines(times, -row - 0.35, -row + 0.35, color=colour, lw=1.3)
    if threshold is not None:
        ax.axhline(threshold, color="0.35", ls=(0, (6, 4)), lw=1.1)
        ax.text(1.01, threshold, "threshold", color="0.35", va="center", transform=ax.get_yaxis_transform())
    above.set_yticks([-row for row in range(len(trains))], labels=trains)
    above.set_ylim(0.5 - max(len(trains), 1), 0.5)
    above.tick_params(length=0)
    above.spines[:].set_visible(False)
    ax.set(xlabel="step", ylabel="voltage v (no unit)")
    ax.legend(frameon=False, loc="lower left", bbox_to_anchor=(1.0, 0.0))
    return Picture(fig, "\n".join(said))
