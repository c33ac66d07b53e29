"""Figures of synapses that learn: a matrix of weights, the way of weights, changes beside reported ones."""

from collections.abc import Mapping
from itertools import cycle
from typing import Annotated, Any

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.plots.picture import PALETTE, Picture, figure
from snnlab.plots.rules import Each, Numbers, Text, Together, drawn, many

__all__ = ["weight_changes", "weight_matrix", "weight_path"]


_MOST_NAMES = 100  # whose numbers can be read


@drawn
def weight_matrix(
    w: Annotated[ArrayLike, Numbers("(n, n)", least=4)], names: Annotated[list[str], many], label: Text
) -> Picture:
    """The weights between a group of neurons, as shades and as numbers; the diagonal is left out.

    Parameters
    ----------
    w : array of shape (n, n)
        ``w[post, pre]``.
    names : list of str
        The neurons.
    label : str
        What the numbers are.

    Raises
    ------
    ValueError
        If `w` is not square, or there is not one name for each of its rows.

    Examples
    --------
    >>> weight_matrix([[0, 2.5, 0.1], [1, 0, 0.2], [0.3, 0.4, 0]], ["a", "b", "c"], "weight")
    weight of 6 synapses between 3 neurons.
    Onto a: 2.5 from b, 0.1 from c.
    Onto b: 1.0 from a, 0.2 from c.
    Onto c: 0.3 from a, 0.4 from b.
    """
    w = finite_array("w", w, (2,), "(n, n)")
    n = len(names)
    if w.shape != (n, n):
        raise ValueError(f"w must have one row and one column for each of {n} names, got {w.shape}")
    if n > _MOST_NAMES:
        raise ValueError(f"names must be {_MOST_NAMES} at most, got {n}")
    shown = np.where(np.eye(n, dtype=bool), np.nan, w)
    fig, (ax,) = figure(3.9, [1.0])
    ax.imshow(shown, cmap="Blues", vmin=0.0, aspect="equal")
    middle = 0.55 * np.nanmax(shown)
    said = [f"{label} of {n * (n - 1)} synapses between {n} neurons."]
    for i in range(n):
        others = [j for j in range(n) if j != i]
        for j in others:
            ax.text(j, i, f"{w[i, j]:.1f}", ha="center", va="center", color="w" if w[i, j] > middle else "k")
        said.append(f"Onto {names[i]}: " + ", ".join(f"{w[i, j]:.1f} from {names[j]}" for j in others) + ".")
    ax.set_xticks(range(n), labels=names)
    ax.set_yticks(range(n), labels=names)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.set(xlabel="from the neuron (pre)", ylabel="onto the neuron (post)", title=label)
    return Picture(fig, "\n".join(said))


def _path(name: str, value: Any) -> np.ndarray:
    """Two weights in each step."""
    path = Numbers("(steps, 2)")(name, value)
    if path.shape[1] != 2:
        raise ValueError(f"{name} must have shape (steps, 2), got {path.shape}")
    return path


@drawn
def weight_path(
    x: Annotated[ArrayLike, Numbers("(steps, 2)")],
    paths: Annotated[Mapping, Each(_path, least=0)],
    direction: Annotated[ArrayLike, Numbers("(2,)")],
) -> Picture:
    """A cloud of inputs with two entries, a direction through it, and the way of the weights.

    Parameters
    ----------
    x : array of shape (steps, 2)
        The inputs.
    paths : dict
        For each label the weights after each step, shape (steps, 2).
    direction : array of shape (2,)
        A direction of length 1, drawn as a line through the origin.

    Raises
    ------
    ValueError
        If an array has another shape.

    Examples
    --------
    >>> cloud = [[1, 2], [-1, -2], [0, 0]]
    >>> weight_path(cloud, {"w": [[0.5, 0.0], [0.6, 0.8]]}, [0.6, 0.8])
    3 inputs as points, and the direction (0.60, 0.80).
    w: from (0.50, 0.00), of length 0.50, to (0.60, 0.80), of length 1.00.
    """
    x = finite_array("x", x, (2,), "(steps, 2)")
    direction = finite_array("direction", direction, (1,), "(2,)")
    if x.shape[1] != 2 or direction.size != 2:
        raise ValueError(f"x and direction must have two entries, got {x.shape[1]} and {direction.size}")
    fig, (ax,) = figure(4.2, [1.0])
    reach = 1.05 * float(np.abs(x).max())
    ax.plot(*x.T, ".", ms=3, color="0.75", zorder=0)
    ax.plot(*np.outer(direction, [-2 * reach, 2 * reach]), color="0.35", lw=1.0, ls=":", zorder=1)
    said = [f"{len(x)} inputs as points, and the direction ({direction[0]:.2f}, {direction[1]:.2f})."]
    looks = zip(cycle(PALETTE), cycle(("-", "--", "-.")), strict=False)
    for (label, path), (colour, dash) in zip(paths.items(), looks, strict=False):
        path = finite_array(label, path, (2,), "(steps, 2)")
        ax.plot(*path.T, color=colour, ls=dash, lw=1.8, label=label)
        ax.plot(*path[0], "o", ms=5, color=colour)
        ax.plot(*path[-1], "s", ms=7, color=colour)
        ends = [f"({a:.2f}, {b:.2f}), of length {np.hypot(a, b):.2f}" for a, b in (path[0], path[-1])]
        said.append(f"{label}: from {ends[0]}, to {ends[1]}.")
    ax.set(xlabel="input 1, weight 1", ylabel="input 2, weight 2", xlim=(-reach, reach), ylim=(-reach, reach))
    ax.set_aspect("equal")
    ax.legend(frameon=False, loc="upper left")
    return Picture(fig, "\n".join(said))


_LINE = Together(Numbers("(points,)"), Numbers("(points,)", but="gaps"))


def _errors(name: str, value: Any) -> np.ndarray:
    errors = Numbers("(points,)", but="gaps")(name, value)
    if (errors < 0).any():
        raise ValueError(f"{name} must be zero or positive, got {np.nanmin(errors):g}")
    return errors


_MEASURED = Together(Numbers("(points,)"), Numbers("(points,)", but="gaps"), _errors)


@drawn
def weight_changes(
    measured: Annotated[Mapping, Each(_MEASURED)],
    rules: Annotated[Mapping, Each(Each(_LINE), least=0)],
    label_x: Text,
) -> Picture:
    """Measured changes of a weight with their errors, one panel a case, and what rules make of each.

    Parameters
    ----------
    measured : dict
        For each case three arrays: x, the change, and its standard error.
    rules : dict
        For each rule a dict with two arrays for each case: x and the change.
    label_x : str
        What the horizontal axis shows, with its unit.

    Examples
    --------
    >>> weight_changes({"pre first": ([1, 40], [0.0, 0.5], [0.1, 0.1])},
    ...     {"a rule": {"pre first": ([1, 20, 40], [0.2, 0.1, -0.3])}}, "f (Hz)")
    Change of the weight against f (Hz).
    pre first, reported: 0.00 at 1, 0.50 at 40.
    pre first, a rule: from 0.20 at 1 to -0.30 at 40.
    """
    from matplotlib.figure import Figure

    fig = Figure(figsize=(7.0, 3.1), layout="constrained")
    axes = fig.subplots(1, len(measured), sharey=True, squeeze=False)[0]
    said = [f"Change of the weight against {label_x}."]
    for ax, (case, (x, change, error)) in zip(axes, measured.items(), strict=True):
        ax.axhline(0.0, color="0.6", lw=0.8)
        ax.errorbar(x, change, error, fmt="o", color="0.25", ms=5, capsize=3, label="reported", zorder=3)
        points = ", ".join(f"{b:.2f} at {a:g}" for a, b in zip(x, change, strict=True))
        said.append(f"{case}, reported: {points}.")
        looks = zip(cycle(PALETTE), cycle(("-", "--", "-.")), strict=False)
        for (rule, cases), (colour, dash) in zip(rules.items(), looks, strict=False):
            if case not in cases:
                raise ValueError(f"rules must have each case for each rule, got none of {case} for {rule}")
            at, curve = (np.asarray(values, float) for values in cases[case])
            ax.plot(at, curve, color=colour, ls=dash, lw=1.8, label=rule)
            said.append(f"{case}, {rule}: from {curve[0]:.2f} at {at[0]:g} to {curve[-1]:.2f} at {at[-1]:g}.")
        ax.spines[["top", "right"]].set_visible(False)
        ax.set(xlabel=label_x, title=case)
    axes[0].set_ylabel("change of the weight")
    axes[0].legend(frameon=False, loc="upper left")
    return Picture(fig, "\n".join(said))
