"""Neuron models side by side: what a step of each costs, and what each was seen to do.

*Cost.* The operations are counted in the source of each model's ``step``, kernels that it calls included: a
``+``, ``−``, ``×``, ``÷`` or the smaller of two numbers is one; a power of n is n − 1; exponentials are
counted for themselves, since one takes as long as many additions. A loop over written-out values counts its
body as often as it runs. What is computed once for all steps, such as the decay of the LIF neuron, is no part
of a step. A count for a step compares solvers, not models: one that takes more operations may take longer
steps. So the count stands beside the longest step with which intervals of about 15 ms are right to 1 %.

*Abilities.* `measure_repertoire` does its experiments on the neurons that each model ships with. A model is
said to do what at least one of them did: other numbers may do more.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import NamedTuple

import numpy as np

from snnlab.neurons.experiments.repertoire import Repertoire, measure_repertoire
from snnlab.neurons.longest_step import longest_step
from snnlab.neurons.models import adaptive_lif, adex, hodgkin_huxley, izhikevich, lif

__all__ = ["ModelCost", "ModelRow", "compare_models", "step_cost"]


class ModelCost(NamedTuple):
    """What one step of a model takes.

    Examples
    --------
    >>> from snnlab.neurons.models import lif
    >>> step_cost(lif)
    ModelCost(operations=6, exponentials=0)
    """

    operations: int
    """Additions, subtractions, multiplications, divisions and minima."""
    exponentials: int
    """Exponential functions."""


class ModelRow(NamedTuple):
    """One model of the comparison.

    Examples
    --------
    >>> row = ModelRow("LIF", 1, ModelCost(6, 0), ("continuous",), 0.2)
    >>> "adapts" in row.does, row.per_ms.operations
    (False, 30)
    """

    name: str
    """The name of the model."""
    variables: int
    """How many numbers are its state."""
    cost: ModelCost
    """Operations of one step."""
    does: tuple[str, ...]
    """Fields of `Repertoire` that at least one of its neurons shows."""
    step: float
    """The longest step with which its intervals of about 15 ms are right to 1 %, ms."""

    @property
    def per_ms(self) -> ModelCost:
        """Operations and exponentials for a millisecond, at that step."""
        return ModelCost(*(round(count / self.step) for count in self.cost))


def step_cost(model: ModuleType) -> ModelCost:
    """Count the operations in the ``step`` of a model.

    Parameters
    ----------
    model
        A module of `snnlab.neurons` with a function ``step``.

    Raises
    ------
    ValueError, TypeError
        If there is no such function.

    Examples
    --------
    >>> from snnlab.neurons.models import adex
    >>> step_cost(adex).exponentials
    4
    """
    if not isinstance(model, ModuleType):
        raise TypeError(f"model must be a module, got {type(model).__name__}")
    if not hasattr(model, "step"):
        raise ValueError(f"model must have a function step, {model.__name__} has none")
    operations, exponentials = _count_function(model.step, model)
    return ModelCost(int(operations), int(exponentials))


def compare_models() -> list[ModelRow]:
    """Cost and abilities of five models, from the cheapest to the dearest.

    Returns
    -------
    list of ModelRow

    Examples
    --------
    >>> rows = compare_models()
    >>> print([row.name for row in rows if "bursts" in row.does])
    ['Izhikevich', 'AdEx']
    """
    steps = np.array([0.5, 1.0, 1.5, 2.5])
    regular, tonic = izhikevich.FIRING_TYPES["RS"], adex.FIRING_PATTERNS["tonic"].neuron
    types = [_of(izhikevich.simulate_izhikevich, neuron) for neuron in izhikevich.FIRING_TYPES.values()]
    patterns = [_of(adex.simulate_adex, pattern.neuron) for pattern in adex.FIRING_PATTERNS.values()]
    axon = _of(hodgkin_huxley.simulate_hodgkin_huxley)
    # under these currents each fires about every 15 ms
    rows = [
        _row("LIF", 1, lif, [_of(lif.simulate_lif)], 0.2 * steps, 0.314),
        _row("adaptive LIF", 2, adaptive_lif, [_of(adaptive_lif.simulate_adaptive_lif)], 0.2 * steps, 0.85),
        _row("Izhikevich", 2, izhikevich, types, 6.0 * steps, 30.8, regular),
        _row("AdEx", 2, adex, patterns, 0.2 * steps, 0.382, tonic),
        _row("Hodgkin–Huxley", 4, hodgkin_huxley, [axon], 6.0 * steps, 10.0, None, 0.025, 400.0),
    ]
    return sorted(rows, key=lambda row: row.cost)


def _of(simulate: Callable, neuron: tuple | None = None) -> Callable:
    return lambda i, dt: simulate(i, dt=dt) if neuron is None else simulate(i, neuron, dt)


def _row(
    name: str,
    variables: int,
    model: ModuleType,
    neurons: list[Callable],
    currents: np.ndarray,
    steady: float,
    of_one: tuple | None = None,
    dt: float = 0.1,
    duration: float = 600.0,
) -> ModelRow:
    """What at least one of the neurons does under the same currents, and what one of them costs."""
    found = [
        measure_repertoire(lambda i, run=run: run(i, dt), currents, dt=dt, duration=duration)  # type: ignore[misc]
        for run in neurons
    ]
    does = tuple(field for field in Repertoire._fields if any(getattr(one, field) for one in found))
    simulate = getattr(model, f"simulate_{model.__name__.rsplit('.')[-1]}")
    return ModelRow(
        name,
        variables,
        step_cost(model),
        does,
        longest_step(_of(simulate, of_one), steady * np.linspace(0.9, 1.1, 6)),
    )


def _count_function(function: Callable, model: ModuleType) -> np.ndarray:
    tree = ast.parse(textwrap.dedent(inspect.getsource(getattr(function, "py_func", function))))
    return _count_all(tree.body[0].body, model)  # type: ignore[attr-defined]


def _count_all(nodes: Iterable[ast.AST], model: ModuleType) -> np.ndarray:
    return sum((_count(node, model) for node in nodes), np.zeros(2, int))


def _count(node: ast.AST, model: ModuleType) -> np.ndarray:
    """Operations and exponentials below a node of the syntax."""
    total = _count_all(ast.iter_child_nodes(node), model)
    one, exponential = np.array([1, 0]), np.array([0, 1])
    match node:
        case ast.For(iter=ast.Tuple(elts=turns), body=body):
            return len(turns) * _count_all(body, model)
        case ast.BinOp(op=ast.Pow(), right=ast.Constant(value=int(power))):
            return total + (power - 1) * one
        case ast.BinOp(left=ast.Constant(), right=ast.Constant()):
            return total  # a number, written as a fraction
        case ast.BinOp() | ast.AugAssign():
            return total + one
        case ast.Call(func=ast.Attribute(attr="exp" | "expm1") | ast.Name(id="exponential")):
            return total + exponential
        case ast.Call(func=ast.Name(id="min" | "max")):
            return total + one
        case ast.Call(func=ast.Name(id=name)) if hasattr(model, name):
            return total + _count_function(getattr(model, name), model)
    return total
