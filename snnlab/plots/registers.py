"""Figures of registers: voltages of a chip beside real numbers, and a register bit by bit."""

from collections.abc import Mapping
from itertools import cycle

import numpy as np

from snnlab.plots.picture import PALETTE, Picture, Values, count_of_spikes, figure

__all__ = ["register_bits", "voltages"]


def voltages(
    lines: Mapping[str, Values], spikes: Mapping[str, Values] | None = None, threshold: float | None = None
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

    Returns
    -------
    Picture

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
    ax.set(xlabel="step", ylabel="voltage v")
    ax.legend(frameon=False, loc="best")
    return Picture(fig, "\n".join(said))


def register_bits(values: Values, name: str = "u", bits: int = 24) -> Picture:
    """A register bit by bit over the steps, negative numbers in two's complement, and its number below.

    Parameters
    ----------
    values : array of int of shape (steps,)
        The register after each step.
    name : str
        What it is called.
    bits : int
        How many bits it has, the sign among them.

    Returns
    -------
    Picture
        Bits that are 1 are dark; the sign is the row on top.

    Raises
    ------
    ValueError
        If a number does not fit into the register.

    Examples
    --------
    >>> register_bits([3, 7, -8], bits=4)
    The register u bit by bit in 3 steps, 4 bits.
    It starts with 0011, is 7 at most and -8 at least, and is negative in 1 step.
    """
    numbers = np.asarray(values).astype(np.int64)
    most = 1 << (bits - 1)
    if numbers.size and not -most <= numbers.min() <= numbers.max() < most:
        raise ValueError(
            f"values must be from {-most} to {most - 1}, got {numbers[np.abs(numbers).argmax()]}"
        )
    digits = (numbers[None, :] >> np.arange(bits)[:, None]) & 1
    fig, (ax, below) = figure(3.6, [2.0, 1.2])
    ax.imshow(digits, cmap="Greys", vmin=0, vmax=1.25, aspect="auto", origin="lower", interpolation="none")
    ax.set(ylabel=f"bit of {name}", yticks=sorted({0, bits // 3, 2 * bits // 3, bits - 1}))
    below.plot(np.arange(numbers.size), numbers, color=PALETTE[0], lw=1.4)
    below.axhline(0.0, color="0.35", lw=0.8)
    below.set(xlabel="step", ylabel=name)
    below.ticklabel_format(axis="y", style="sci", scilimits=(-4, 5), useMathText=True)
    first = "".join(str(bit) for bit in digits[::-1, 0])
    negative = int((numbers < 0).sum())
    return Picture(
        fig,
        f"The register {name} bit by bit in {numbers.size} steps, {bits} bits.\nIt starts with {first}, is "
        f"{numbers.max()} at most and {numbers.min()} at least, and is negative in "
        f"{negative} {'step' if negative == 1 else 'steps'}.",
    )
