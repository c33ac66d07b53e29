"""Figures of clustering: images and receptive fields as tiles, and what a reader's labels make of them."""

from collections.abc import Sequence
from typing import Annotated

import numpy as np

from snnlab.array_rules import Wholes
from snnlab.checks import AtLeastOne
from snnlab.plots.picture import Picture, Values
from snnlab.plots.rules import Numbers, Text, drawn, many
from snnlab.work_and_memory import afford

__all__ = ["confusion", "tiles"]

_MOST_IMAGES = 1000


@drawn
def tiles(
    images: Annotated[np.ndarray, Numbers("(images, rows, columns)", but="gaps")],
    names: Annotated[Sequence[object], many] = (),
    columns: AtLeastOne = 10,
    said: Text = "Images",
    high: float = 0.0,
) -> Picture:
    """Images or receptive fields beside one another, each with a name above it.

    Parameters
    ----------
    images : array of shape (images, rows, columns)
        What is shown; 0 is white.
    names : sequence, optional
        What stands above each of them.
    columns : int
        How many there are in a row.
    said : str
        What they are, in words.
    high : float
        The value that is black; 0 for the largest one.

    Raises
    ------
    ValueError
        If there are not as many names as images, or these are too many.

    Examples
    --------
    >>> tiles(np.eye(2)[None], ["a"], said="A line")
    A line: 1 of 2 by 2 pixels.
    a.
    """
    from matplotlib.figure import Figure

    images, above = np.asarray(images, float), [str(name) for name in names]
    if above and len(above) != len(images):
        raise ValueError(f"names must be one for each of {len(images)} images, got {len(above)}")
    if len(images) > _MOST_IMAGES:
        raise ValueError(f"images must be {_MOST_IMAGES} at most, to be seen, got {len(images)}")
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    side = min(7.0 / columns, 1.1)
    fig = Figure(figsize=(7.0, rows * side * (1.25 if above else 1.05)), layout="constrained")
    axes = fig.subplots(rows, columns, squeeze=False).ravel()
    for ax in axes:
        ax.set_axis_off()
    for k, (ax, image) in enumerate(zip(axes, images, strict=False)):
        ax.imshow(image, cmap="gray_r", vmin=0.0, vmax=high or images.max(), interpolation="nearest")
        if above:
            ax.set_title(above[k], fontsize=8, pad=2)
    told = f"{said}: {len(images)} of {images.shape[1]} by {images.shape[2]} pixels."
    return Picture(fig, told + ("\n" + ", ".join(above) + "." if above else ""))


@drawn
def confusion(
    shown: Annotated[Values, Wholes("(images,)")], told: Annotated[Values, Wholes("(images,)")]
) -> Picture:
    """Which class was shown, and which one was told.

    Parameters
    ----------
    shown, told : array of int of shape (images,)
        Classes from 0.

    Examples
    --------
    >>> confusion(np.array([0, 1, 1, 1]), np.array([0, 1, 0, 1]))
    What was told of what was shown, in % of each row.
    0: 100 % right.
    1: 67 % right, most often taken for 0 (33 %).
    """
    from matplotlib.figure import Figure

    shown, told = np.asarray(shown), np.asarray(told)
    if not shown.size or shown.shape != told.shape:
        raise ValueError(f"shown and told must be as many, one at least, got {shown.size} and {told.size}")
    n = int(max(shown.max(), told.max())) + 1
    afford("the number of classes", numbers=3.0 * n * n, steps=1.0 * n * n, ns=1e5)
    table = np.zeros((n, n))
    np.add.at(table, (shown, told), 1.0)
    table = 100.0 * table / np.maximum(table.sum(axis=1, keepdims=True), 1.0)
    fig = Figure(figsize=(4.6, 3.9), layout="constrained")
    ax = fig.subplots()
    drawn = ax.imshow(table, cmap="Blues", vmin=0.0, vmax=100.0)
    for row, column in zip(*np.nonzero(np.round(table) > 0), strict=True):
        value = table[row, column]
        ax.text(
            column, row, f"{value:.0f}", ha="center", va="center", fontsize=8,
            color="white" if value > 55 else "0.1",
        )  # fmt: skip
    ax.set(xlabel="told", ylabel="shown", xticks=range(n), yticks=range(n))
    fig.colorbar(drawn, ax=ax, label="% of the images shown")
    said = ["What was told of what was shown, in % of each row."]
    for c in range(n):
        others = table[c].copy()
        others[c] = 0.0
        line = f"{c}: {table[c, c]:.0f} % right"
        if others.max() > 0:
            line += f", most often taken for {others.argmax()} ({others.max():.0f} %)"
        said.append(line + ".")
    return Picture(fig, "\n".join(said))
