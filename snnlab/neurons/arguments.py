"""What simulations are given: checked, with where each potential starts, for neurons alike or different."""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real
from snnlab.neurons.differing import columns_of, of_each
from snnlab.neurons.time_grid import currents_and_step

__all__ = ["arguments", "arguments_of_each"]

N = TypeVar("N", bound=tuple)


def begin(neuron: Any, v_start: float | None, _: float) -> float:
    """`v_start`, or rest, of a neuron with a threshold; the threshold where that is lower."""
    start = min(neuron.v_rest, neuron.v_th) if v_start is None else as_real("v_start", v_start)
    if start > neuron.v_th:
        raise ValueError(f"v_start must not be above v_th ({neuron.v_th:g} mV), got {start:g}")
    return start


def arguments(
    i: ArrayLike,
    neuron: N,
    dt: float,
    v_start: float | None,
    check: Callable[[N], N],
    begin: Callable[[N, float | None, float], float] = begin,
) -> tuple[np.ndarray, N, float, float]:
    """The current as (steps, n), the numbers of all neurons, the step, and where they start.

    `check(neuron)` refuses numbers, `begin(neuron, v_start, dt)` says where a neuron starts, or refuses that.
    """
    current, dt = currents_and_step(i, dt)
    neuron = check(neuron)
    return current, neuron, dt, begin(neuron, v_start, dt)


def arguments_of_each(
    i: ArrayLike,
    neuron: N,
    dt: float,
    v_start: float | None,
    check: Callable[[N], N],
    begin: Callable[[N, float | None, float], float] = begin,
) -> tuple[np.ndarray, N, float, np.ndarray]:
    """The same for neurons that differ: their numbers, and where each starts, are arrays of shape (n,)."""
    current, dt = currents_and_step(columns_of(i, neuron), dt)

    def one(neuron: N, _: int) -> tuple[float, ...]:
        neuron = check(neuron)
        return (*neuron, begin(neuron, v_start, dt))

    *numbers, rest = np.ascontiguousarray(np.array(of_each(one, neuron, current.shape[1])).T)
    return current, type(neuron)(*numbers), dt, rest
