"""Figures of learning: an image and a sound as spikes, and how the accuracy grows."""

from collections.abc import Mapping
from itertools import cycle
from typing import Annotated

import numpy as np

from snnlab.checks import as_real, fraction
from snnlab.plots.picture import PALETTE, Picture, Values, count_of_spikes, figure
from snnlab.plots.rules import Each, Numbers, Text, drawn
from snnlab.spikes import Spikes

__all__ = ["image_spikes", "learning_curves", "sound_spikes"]

_DASHES = ("-", "--", "-.", ":")


@drawn
def image_spikes(
    image: Annotated[np.ndarray, Numbers("(rows, columns)", but="gaps")],
    spikes: Spikes,
    name: Text = "the image",
) -> Picture:
    """An image, and beside it the spikes that its pixels fire.

    Parameters
    ----------
    image : array of shape (rows, columns)
        The brightness of each pixel; 0 is drawn white.
    spikes
        One unit for each pixel, row by row.
    name : str
        What the image shows.

    Raises
    ------
    ValueError
        If there is not one unit for each pixel.

    Examples
    --------
    >>> image_spikes(np.array([[0, 9], [4, 0]]), Spikes([2.0, 8.0], [1, 2], n_units=4, duration=20), "a dot")
    a dot, 2 by 2 pixels, and its spikes.
    2 of 4 pixels fire, the first at 2.0 ms, the last at 8.0 ms.
    """
    from matplotlib.figure import Figure

    if spikes.n_units != image.size:
        raise ValueError(f"spikes must have one unit for each of {image.size} pixels, got {spikes.n_units}")
    fig = Figure(figsize=(7.0, 2.9), layout="constrained")
    left, right = fig.subplots(1, 2, width_ratios=[1.0, 1.6])
    left.imshow(image, cmap="gray_r", interpolation="nearest")
    left.set_axis_off()
    right.plot(spikes.times, spikes.units, ".", color=PALETTE[0], ms=3.5)
    right.set(xlabel="time (ms)", ylabel="pixel", xlim=(0, spikes.duration), ylim=(image.size, 0))
    right.spines[["top", "right"]].set_visible(False)
    rows, columns = image.shape
    said = f"{name}, {rows} by {columns} pixels, and its spikes.\n"
    fired = np.unique(spikes.units).size
    said += f"{fired} of {image.size} pixels fire"
    if fired:
        said += f", the first at {spikes.times[0]:.1f} ms, the last at {spikes.times[-1]:.1f} ms"
    return Picture(fig, said + ".")


@drawn
def sound_spikes(
    levels: Annotated[np.ndarray, Numbers("(steps, bands)", but="gaps")],
    spikes: Spikes,
    name: Text = "the sound",
) -> Picture:
    """How loud each band of a sound is, and the spikes that tell it.

    Parameters
    ----------
    levels : array of shape (steps, bands)
        From `snnlab.coding.sound_levels`.
    spikes
        From `snnlab.coding.encode_levels`: three units a band, and as long as the levels.
    name : str
        What is heard.

    Raises
    ------
    ValueError
        If there are not three units for each band.

    Examples
    --------
    >>> levels = np.array([[0.0, 1.0], [0.0, 0.5]])
    >>> sound_spikes(levels, Spikes([2.0, 9.0], [3, 5], n_units=6, duration=10), "a click")
    a click: the levels of 2 bands in 10 ms, and 2 spikes.
    0 tell a level, 1 a rise, 1 a fall.
    """
    from matplotlib.figure import Figure

    bands = levels.shape[1]
    if spikes.n_units != 3 * bands:
        raise ValueError(f"spikes must have three units for each of {bands} bands, got {spikes.n_units}")
    fig = Figure(figsize=(7.0, 2.9), layout="constrained")
    left, right = fig.subplots(1, 2, sharex=True)
    extent = (0.0, spikes.duration, 0.0, float(bands))
    left.imshow(levels.T, cmap="gray_r", origin="lower", aspect="auto", extent=extent)
    left.set(xlabel="time (ms)", ylabel="band, low to high")
    counts = []
    for which, (label, mark) in enumerate((("level", "|"), ("rise", "^"), ("fall", "v"))):
        mine = spikes.units // bands == which
        counts.append(f"{mine.sum()} {'tell a ' if which == 0 else 'a '}{label}")
        row = spikes.units[mine] % bands + 0.5
        right.plot(spikes.times[mine], row, mark, color=PALETTE[which], ms=3.5, label=label)
    right.set(xlabel="time (ms)", ylim=(0, bands))
    right.legend(frameon=False, ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1.0), handletextpad=0.1)
    for ax in (left, right):
        ax.spines[["top", "right"]].set_visible(False)
    said = f"{name}: the levels of {bands} bands in {spikes.duration:.0f} ms, "
    said += f"and {count_of_spikes(spikes.n_spikes)}.\n"
    return Picture(fig, said + ", ".join(counts) + ".")


@drawn
def learning_curves(
    accuracy: Annotated[Mapping[str, Values], Each(Numbers("(epochs,)", but="gaps"))],
    levels: Annotated[Mapping[str, float], Each(as_real, least=0)] | None = None,
    lowest: Annotated[float, fraction] = 0.0,
) -> Picture:
    """Which fraction is right, epoch by epoch, and levels to compare it with.

    Parameters
    ----------
    accuracy : dict
        For each label the fraction after each epoch, the first one included.
    levels : dict, optional
        For each label a fraction that is marked by a horizontal line.
    lowest : float
        Where the vertical axis begins, a fraction.

    Examples
    --------
    >>> learning_curves({"network": [0.5, 0.7, 0.9]}, {"a straight line": 0.8})
    Accuracy, epoch by epoch.
    network: 50.0 % after epoch 1, 90.0 % after epoch 3, at best 90.0 %.
    a straight line: 80.0 %.
    """
    fig, (ax,) = figure(3.2, [1.0])
    said = ["Accuracy, epoch by epoch."]
    looks = zip(cycle(PALETTE), cycle(_DASHES), strict=False)
    for (label, values), (colour, dash) in zip(accuracy.items(), looks, strict=False):
        right = 100.0 * np.asarray(values, float)
        ax.plot(np.arange(1, right.size + 1), right, color=colour, ls=dash, lw=1.7, label=label)
        said.append(
            f"{label}: {right[0]:.1f} % after epoch 1, {right[-1]:.1f} % after epoch {right.size}, "
            f"at best {right.max():.1f} %."
        )
    for label, level in (levels or {}).items():
        ax.axhline(100.0 * level, color="0.35", ls=(0, (6, 4)), lw=1.1)
        ax.text(1.01, 100.0 * level, label, color="0.35", va="center", transform=ax.get_yaxis_transform())
        said.append(f"{label}: {100.0 * level:.1f} %.")
    ax.set(xlabel="epoch", ylabel="right (%)", ylim=(100.0 * lowest, 101.0))
    ax.legend(frameon=False, loc="lower right")
    return Picture(fig, "\n".join(said))
