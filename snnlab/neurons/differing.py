"""Neurons that differ: each number of a model may be one for all neurons, or an array with one for each."""

from collections.abc import Callable
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.foreign_arrays import as_array
from snnlab.spikes import Spikes

__all__ = ["alike", "beside", "columns_of", "in_order", "of_each", "simulate_each"]


def alike(neuron: object) -> bool:
    """Whether no number of `neuron`, a NamedTuple, is an array."""
    if not hasattr(neuron, "_fields"):
        return True
    axes = []
    for name, value in zip(neuron._fields, neuron, strict=True):  # type: ignore[call-overload]
        try:
            axes.append(0 if type(value) is float else np.ndim(value))
        except ValueError:
            raise ValueError(f"{name} must be one number or one for each neuron, got a ragged list") from None
    return not any(axes)


def columns_of(i: ArrayLike, neuron: Any) -> np.ndarray:
    """The current as (steps, n), if each array among the numbers of `neuron` has one for each column."""
    current = finite_array("i", i, (2,), "(steps, n), one column for each neuron")
    n = current.shape[1]
    if n == 0:
        raise ValueError("i must have a column for one neuron at least, got shape (steps, 0)")
    for name, value in zip(neuron._fields, neuron, strict=True):
        if np.shape(value) not in ((), (n,)):
            raise ValueError(
                f"{name} must be one number or one for each of {n} neurons, got shape {np.shape(value)}"
            )
    return current


def of_each(do: Callable[[Any, int], Any], neuron: Any, n: int) -> list:
    """What `do` returns for the numbers of each of `n` neurons and its place; a refusal names the neuron."""
    # As lists: a number of Python is checked several times as fast as one of NumPy.
    columns = [
        repeat(value) if np.ndim(value) == 0 else as_array(name, value).tolist()
        for name, value in zip(neuron._fields, neuron, strict=True)
    ]
    found = []
    for k, numbers in zip(range(n), zip(*columns, strict=False), strict=False):
        try:
            found.append(do(type(neuron)(*numbers), k))
        except (TypeError, ValueError) as problem:
            raise type(problem)(f"{problem} (neuron {k})") from None
    return found


def in_order(times: np.ndarray, units: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The first `count` spikes, which come neuron by neuron, in the order of time."""
    order = np.argsort(times[:count], kind="stable")
    return times[order], units[order]


def simulate_each(
    simulate: Callable, i: ArrayLike, neuron: Any, check: Callable[[Any], Any], start: Any = None
) -> Any:
    """What `simulate` returns for each column of `i`, side by side as for neurons that are alike.

    `simulate(i, neuron, start)` runs one neuron and returns a NamedTuple of arrays of shape (steps,) and
    `Spikes`, with its `state` in arrays of shape (1,); `check(neuron)` refuses its numbers, those of the last
    neuron before the first one runs.
    """
    current = columns_of(i, neuron)
    n = current.shape[1]
    if start is not None and len(start[0]) != n:
        raise ValueError(f"start must be the state of as many neurons, {n}, got one of {len(start[0])}")

    def run(one: Any, k: int) -> Any:
        begin = None if start is None else type(start)(*(values[k : k + 1] for values in start))
        return simulate(current[:, k], one, begin)

    of_each(lambda one, _: check(one), neuron, n)
    runs = of_each(run, neuron, n)
    found = type(runs[0])(*(beside(results) for results in zip(*runs, strict=True)))
    states = [run.state for run in runs]
    found.state = type(states[0])(*(np.concatenate(values) for values in zip(*states, strict=True)))
    return found


def beside(results: tuple) -> np.ndarray | Spikes:
    """One result of every neuron: arrays become columns, spikes the trains of units 0, 1, …."""
    if not isinstance(results[0], Spikes):
        return np.stack(results, axis=1)
    units = np.repeat(np.arange(len(results)), [spikes.n_spikes for spikes in results])
    times = np.concatenate([spikes.times for spikes in results])
    return Spikes(times, units, n_units=len(results), duration=results[0].duration)
