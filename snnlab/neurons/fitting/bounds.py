"""Bounds of what is fitted: what a recording shows of a number, a search shall not leave."""

from collections.abc import Mapping
from typing import TypeVar

import numpy as np

from snnlab.checks import finite_array
from snnlab.compiling import kernel

__all__ = ["Bounds", "brought_back", "checked_bounds", "limits_of"]

Bounds = Mapping[str, tuple[float, float]]
N = TypeVar("N", bound=tuple)


def checked_bounds(bounds: Bounds | None, names: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    """`bounds` with a lower and a higher number for some of `names`."""
    checked = {}
    if bounds is not None and not isinstance(bounds, Mapping):
        raise TypeError(f"bounds must be a dict of pairs, got {type(bounds).__name__}")
    for name, pair in (bounds or {}).items():
        if name not in names:
            raise ValueError(f"bounds must be of {', '.join(names)}, got {name!r}")
        ends = finite_array(f"bounds[{name!r}]", pair, (1,), "(2,)")
        if ends.size != 2:
            raise ValueError(f"bounds[{name!r}] must have shape (2,), got {ends.shape}")
        low, high = ends
        if not low < high:
            raise ValueError(f"bounds[{name!r}] must be a lower and a higher value, got {low:g} and {high:g}")
        checked[name] = (float(low), float(high))
    return checked


def brought_back(neuron: N, bounds: Bounds) -> tuple[N, float]:
    """The nearest neuron within the bounds, and how many widths of them it is away in all.

    Parameters
    ----------
    neuron
        A named tuple.
    bounds : dict
        For some of its fields the lowest and the highest value.

    Examples
    --------
    >>> from snnlab.neurons.models.lif import LIF
    >>> inside, far = brought_back(LIF(t_ref=6.0), {"t_ref": (0.0, 4.0)})
    >>> print(inside.t_ref, far)
    4.0 0.5
    """
    found = {name: pulled(float(getattr(neuron, name)), low, high) for name, (low, high) in bounds.items()}
    moved = {name: inside for name, (inside, _) in found.items()}
    return neuron._replace(**moved), sum(far for _, far in found.values())  # type: ignore[attr-defined]


def limits_of(bounds: Bounds, names: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest value of each of `names`, infinite where `bounds` says nothing of it.

    Parameters
    ----------
    bounds : dict
        For some of `names` the lowest and the highest value.
    names : tuple of str
        In this order.

    Examples
    --------
    >>> limits_of({"t_ref": (0.0, 4.0)}, ("v_th", "t_ref"))
    (array([-inf,   0.]), array([inf,  4.]))
    """
    pairs = np.array([bounds.get(name, (-np.inf, np.inf)) for name in names], np.float64)
    return pairs[:, 0].copy(), pairs[:, 1].copy()


@kernel
def pulled(x, low, high):
    """What is nearest to `x` between `low` and `high`, and how many widths of them `x` is away from it."""
    inside = min(max(x, low), high)
    return inside, 0.0 if inside == x else abs(x - inside) / (high - low)
