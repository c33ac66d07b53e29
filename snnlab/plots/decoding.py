"""Figures of decoding: which sound was it, what is believed about a direction, how many bits are told."""

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Annotated, Any

import numpy as np

from snnlab.checks import Positive, as_real, non_negative, true_or_false
from snnlab.coding.decoding.direction_decoding import DecodedDirection
from snnlab.coding.decoding.information_bias import InformationEstimate
from snnlab.plots.picture import PALETTE, Picture, Values, count_of_spikes, figure
from snnlab.plots.rules import Each, Numbers, Of, Period, Text, Times, drawn, indices, many

__all__ = ["belief", "bits", "line_up"]


_MOST_BITS = 1e6  # more than any train tells
_WINDOWS = Numbers("(windows,)")
_DECODED = Of(
    DecodedDirection, time=_WINDOWS, truth=_WINDOWS, guess=_WINDOWS,
    posterior=Numbers("(windows, bins)", but="gaps"),
)  # fmt: skip


def _bit(name: str, value: Any) -> float:
    """`value` as a number of bits that fits on an axis."""
    bit = as_real(name, value)
    if not abs(bit) <= _MOST_BITS:
        raise ValueError(f"{name} must be at most {_MOST_BITS:g} bits, got {bit:g}")
    return bit


def _error(name: str, value: Any) -> float:
    return non_negative(name, _bit(name, value))


def _estimates(name: str, value: Any) -> list[InformationEstimate]:
    """`value` as a list of them."""
    one = Of(
        InformationEstimate, raw=_bit, corrected=_bit, shuffled=_bit, error=_error, believable=true_or_false
    )
    return [one(f"{name}[{k}]", x) for k, x in enumerate(many(name, value))]


@drawn
def line_up(
    train: Times,
    sounds: Annotated[Mapping[str, Values], Each(Numbers("(steps,)"))],
    dt: Positive,
    unit: Text,
    start: float = 0.0,
) -> Picture:
    """A spike train, and below it the sounds that may have made it.

    Parameters
    ----------
    train : array
        Spike times, ms.
    sounds : dict
        For each label an array, one value a step, all of the same length.
    dt : float
        Length of a step, ms.
    unit : str
        Of the sounds.
    start : float
        Time at which the sounds begin, ms.

    Examples
    --------
    >>> line_up([3.0, 7.5], {"A": [0.0, 1.0], "B": [-1.0, 0.0]}, 5.0, "dB")
    A spike train and sounds below it, 0 to 10 ms.
    Train: 2 spikes.
    A: from 0 to 1 dB.
    B: from -1 to 0 dB.
    """
    n, *others = {len(sound) for sound in sounds.values()}
    if others:
        raise ValueError(f"sounds must be of one length, got {n} and {others[0]} steps")
    stop = as_real("start and steps of dt", start + n * dt)
    fig, axes = figure(1.0 + 1.05 * len(sounds), [0.45] + [1.0] * len(sounds))
    seen = np.asarray(train)[(np.asarray(train) >= start) & (np.asarray(train) <= stop)]
    axes[0].vlines(seen, 0.0, 1.0, color="black", lw=1.3)
    axes[0].set(yticks=[], ylim=(-0.05, 1.05))
    axes[0].tick_params(length=0)
    axes[0].spines[:].set_visible(False)
    said = [
        f"A spike train and sounds below it, {start:.0f} to {stop:.0f} ms.",
        f"Train: {count_of_spikes(seen.size)}.",
    ]
    time = start + (np.arange(n) + 0.5) * dt
    lowest, highest = (f([f(sound) for sound in sounds.values()]) for f in (np.min, np.max))
    for ax, (label, sound), colour in zip(axes[1:], sounds.items(), cycle(PALETTE), strict=False):
        ax.plot(time, sound, color=colour, lw=1.3)
        ax.set_title(label, loc="left", fontweight="bold", pad=2.0, size="medium")
        ax.set_ylim(lowest, highest)
        said.append(f"{label}: from {np.min(sound):.0f} to {np.max(sound):.0f} {unit}.")
    axes[len(axes) // 2].set_ylabel(f"loudness ({unit})")
    axes[-1].set(xlabel="time (ms)", xlim=(start, stop))
    return Picture(fig, "\n".join(said))


@drawn
def belief(decoded: Annotated[DecodedDirection, _DECODED], between: Period | None = None) -> Picture:
    """What is believed about a direction, window after window, and where the head really pointed.

    Parameters
    ----------
    decoded
        From `snnlab.coding.decode_direction`.
    between : tuple, optional
        Start and end of what is shown, ms; everything if left out.

    Examples
    --------
    >>> from snnlab.data import load_head_direction
    >>> from snnlab.coding import decode_direction
    >>> mouse = load_head_direction()
    >>> decoded = decode_direction(mouse.spikes, mouse.stimulus, mouse.dt, window=200)
    >>> print(belief(decoded, between=(72_000, 88_000)).alt.splitlines()[0])
    Probability of each direction and the true direction, 72 to 88 s.
    """
    window = decoded.time[0]
    start, stop = between or (0.0, decoded.time[-1])
    shown = (decoded.time > start) & (decoded.time <= stop)
    if not shown.any():
        raise ValueError(f"between must hold the end of a window, got {start:g} to {stop:g} ms")
    time, truth = decoded.time[shown] / 1000.0, np.degrees(decoded.truth[shown])
    off = np.degrees(np.abs((decoded.guess - decoded.truth + np.pi) % (2 * np.pi) - np.pi))[shown]
    fig, (ax,) = figure(3.4, [1.0])
    extent = (time[0] - window / 1000.0, time[-1], 0.0, 360.0)
    image = ax.imshow(
        100 * decoded.posterior[shown].T, origin="lower", aspect="auto", extent=extent,
        cmap="Blues", vmin=0.0, vmax=50.0,
    )  # fmt: skip
    broken = np.where(np.abs(np.diff(truth, append=truth[-1])) > 180.0, np.nan, truth)
    ax.plot(time, broken, color=PALETTE[1], lw=1.6, label="true direction")
    ax.set(xlabel="time (s)", ylabel="direction (°)", yticks=range(0, 361, 90))
    ax.legend(frameon=False, loc="lower right", bbox_to_anchor=(1.0, 1.0), borderaxespad=0.2)
    fig.colorbar(image, ax=ax, label="probability (%)", extend="max")
    return Picture(
        fig,
        f"Probability of each direction and the true direction, {start / 1000.0:.0f} to "
        f"{stop / 1000.0:.0f} s.\n"
        f"True direction: from {truth.min():.0f} to {truth.max():.0f} degrees.\n"
        f"The most probable direction is off by {np.median(off):.0f} degrees in the median, at most by "
        f"{off.max():.0f}.",
    )


@drawn
def bits(
    n: Annotated[Sequence[int], indices],
    found: Annotated[Sequence[InformationEstimate], _estimates],
    label_x: Text = "trials",
) -> Picture:
    """Estimates of an information against the number of trials, with the shuffled ones.

    Parameters
    ----------
    n : sequence of int
        How many trials each estimate had.
    found : sequence of InformationEstimate
        From `snnlab.coding.estimate_information`. Those not to be believed are drawn hollow.
    label_x : str
        What the horizontal axis shows.

    Examples
    --------
    >>> few = InformationEstimate(0.9, 0.2, 0.1, 0.7, 0.2, 1.0, False, "")
    >>> many = InformationEstimate(0.4, 0.38, 0.38, 0.02, 0.03, 50.0, True, "")
    >>> bits([20, 1000], [few, many])
    Information against trials, 20 to 1000.
    as counted: from 0.90 to 0.40 bit.
    corrected: from 0.20 to 0.38 bit; to be believed from 1000 trials on.
    shuffled: from 0.70 to 0.02 bit.
    """
    fig, (ax,) = figure(3.3, [1.0])
    trials = np.asarray(n)
    if len(found) != trials.size or not trials.all():
        raise ValueError(f"found must be one for each n above 0 ({trials.size}), got {len(found)}")
    raw, shuffled = [e.raw for e in found], [e.shuffled for e in found]
    corrected, error = np.array([e.corrected for e in found]), [e.error for e in found]
    good = np.array([e.believable for e in found])
    ax.plot(trials, raw, "s--", color=PALETTE[1], ms=5, lw=1.2, label="as counted")
    ax.plot(trials, shuffled, "^:", color="0.5", ms=5, lw=1.2, label="shuffled")
    ax.errorbar(
        trials, corrected, error, color=PALETTE[0], lw=1.4, capsize=3.0, label="corrected, ± one error"
    )
    ax.plot(trials[good], corrected[good], "o", color=PALETTE[0], ms=6)
    ax.plot(
        trials[~good], corrected[~good], "o", color=PALETTE[0], ms=6, mfc="white", label="not to be believed"
    )
    ax.axhline(0.0, color="0.7", lw=0.8)
    ax.set(xscale="log", xlabel=label_x, ylabel="information (bit)")
    ax.set_xticks(trials, labels=[f"{k:d}" for k in trials])
    ax.minorticks_off()
    ax.legend(frameon=False, loc="upper right")
    since = (
        f"; to be believed from {trials[good][0]:d} {label_x} on" if good.any() else "; never to be believed"
    )
    return Picture(
        fig,
        f"Information against {label_x}, {trials[0]:d} to {trials[-1]:d}.\n"
        f"as counted: from {raw[0]:.2f} to {raw[-1]:.2f} bit.\n"
        f"corrected: from {corrected[0]:.2f} to {corrected[-1]:.2f} bit{since}.\n"
        f"shuffled: from {shuffled[0]:.2f} to {shuffled[-1]:.2f} bit.",
    )
