"""Figures of synapses that compete: what became of the weights, and a pattern hidden among many inputs."""

from collections.abc import Mapping
from itertools import cycle
from typing import Annotated, Any

import numpy as np

from snnlab.checks import AtLeastOne
from snnlab.checks_of_spikes import be_spikes
from snnlab.learning.competition.hidden_pattern import PATTERN_LENGTH, HiddenPattern
from snnlab.plots.picture import PALETTE, Picture, count_of_spikes, figure
from snnlab.plots.rules import Each, Numbers, Of, drawn

__all__ = ["hidden_raster", "weight_shares"]


def _spikes(name: str, value: Any) -> Any:
    be_spikes(name, value)
    return value


_HIDDEN = Of(HiddenPattern, spikes=_spikes, shown=Numbers("(stretches,)"), pattern=_spikes)


@drawn
def weight_shares(groups: Annotated[Mapping, Each(Numbers("(synapses,)"))], bins: AtLeastOne = 25) -> Picture:
    """How the weights of one or several groups are spread between 0 and 1.

    Parameters
    ----------
    groups : dict
        For each label the weights, an array of shape (synapses,).
    bins : int
        Number of bins.

    Examples
    --------
    >>> weight_shares({"before": [0.5, 0.5], "after": [0.1, 0.95]}, bins=10)
    Share of the synapses against their weight, in 10 bins.
    before: 0 % below 0.2, 0 % above 0.8, mean 0.50.
    after: 50 % below 0.2, 50 % above 0.8, mean 0.53.
    """
    fig, (ax,) = figure(2.7, [1.0])
    said = [f"Share of the synapses against their weight, in {bins} bins."]
    looks = zip(cycle(PALETTE), cycle(("-", "--", "-.", ":")), strict=False)
    for (label, w), (colour, dash) in zip(groups.items(), looks, strict=False):
        w = np.asarray(w, float)
        share = 100.0 * np.histogram(w, bins, (0.0, 1.0))[0] / w.size
        ax.stairs(share, np.linspace(0.0, 1.0, bins + 1), color=colour, ls=dash, lw=1.8, label=label)
        said.append(
            f"{label}: {np.mean(w < 0.2):.0%} below 0.2, {np.mean(w > 0.8):.0%} above 0.8, "
            f"mean {w.mean():.2f}.".replace("%", " %")
        )
    ax.set(xlabel="weight", ylabel="synapses (%)", xlim=(0.0, 1.0))
    ax.legend(frameon=False, loc="upper center")
    return Picture(fig, "\n".join(said))


@drawn
def hidden_raster(
    hidden: Annotated[HiddenPattern, _HIDDEN], first: int, stretches: AtLeastOne, every: AtLeastOne = 5
) -> Picture:
    """Some inputs during some stretches, twice: as they are, and with the spikes of the pattern in colour.

    Parameters
    ----------
    hidden
        The inputs.
    first : int
        Number of the first stretch that is shown.
    stretches : int
        How many are shown.
    every : int
        Of so many inputs one is shown.

    Raises
    ------
    ValueError
        If there are not so many stretches.

    Examples
    --------
    >>> from snnlab import Spikes
    >>> spikes = Spikes([10.0, 60.0, 70.0], [0, 0, 1], duration=100)
    >>> shown = HiddenPattern(spikes, np.array([False, True]), Spikes([10.0], n_units=2, duration=50))
    >>> hidden_raster(shown, 0, 2, every=1)
    2 of 2 inputs for 100 ms, twice: 3 spikes.
    The pattern is there in 1 of 2 stretches of 50 ms, in the first 1 inputs of those shown.
    """
    if first + stretches > hidden.shown.size:
        raise ValueError(f"first + stretches must be at most {hidden.shown.size}, got {first} + {stretches}")
    begin = first * PATTERN_LENGTH
    part = hidden.spikes.between(begin, begin + stretches * PATTERN_LENGTH)
    seen = part.units % every == 0
    times, rows = part.times[seen], part.units[seen] // every
    members = int(hidden.pattern.units.max(initial=-1)) // every + 1
    here = hidden.shown[first : first + stretches]
    stretch = np.minimum((times / PATTERN_LENGTH).astype(int), stretches - 1)
    part_of_it = here[stretch] & (rows < members)
    fig, axes = figure(4.6, [1.0, 1.0])
    n = -(-hidden.spikes.n_units // every)
    for ax, marked in zip(axes, (np.zeros(times.size, bool), part_of_it), strict=True):
        for which, colour in ((~marked, "0.35"), (marked, PALETTE[1])):
            ax.vlines(times[which], rows[which] + 0.55, rows[which] + 1.45, color=colour, lw=0.8)
        ax.set(ylim=(0.0, n + 1.0), ylabel="input")
    for k in np.flatnonzero(here):
        axes[1].axvspan(k * PATTERN_LENGTH, (k + 1) * PATTERN_LENGTH, color=PALETTE[1], alpha=0.1, lw=0)
    axes[1].set(xlabel="time (ms)", xlim=(0.0, stretches * PATTERN_LENGTH))
    return Picture(
        fig,
        f"{n} of {hidden.spikes.n_units} inputs for {stretches * PATTERN_LENGTH:.0f} ms, twice: "
        f"{count_of_spikes(times.size)}.\n"
        f"The pattern is there in {here.sum()} of {stretches} stretches of {PATTERN_LENGTH:.0f} ms, in the "
        f"first {members} inputs of those shown.",
    )
