"""Where an equation of a neuron stands: the same sum, whatever its letters and the order of its terms.

An equation is what `step` of a model in `snnlab.neurons` returns or assigns, if it has at least five
operations. It stands wherever a function holds a sum with these terms, perhaps with others beside them: a
letter may be any name, entry or field, one and the same throughout.
"""

import ast
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

from house.imports import modules, tree_of

__all__ = ["equations", "places", "refractory_places"]

_LEAST = 5  # operations: with fewer, every weighted mean would be somebody's neuron
_SIGNS = {ast.Add: 1, ast.Sub: -1}
_LEAF = ast.Name | ast.Attribute | ast.Subscript

Bound = dict[str, str]


def equations(root: Path) -> dict[str, list[ast.expr]]:
    """The equations of each model of a neuron, by its module."""
    found = {}
    for name, file in modules(root).items():
        if name.startswith("snnlab.neurons."):
            steps = [f for f in _functions(file) if f.name in ("step", "_step")]
            sums = [part for step in steps for part in _parts(step)]
            found[name] = [part for part in sums if _operations(part) >= _LEAST]
    return {name: sums for name, sums in found.items() if sums}


def places(root: Path) -> dict[str, list[str]]:
    """The functions that hold each model's equation, as ``module:function``; exercises hold solutions."""
    functions = {
        f"{name}:{function.name}": list(ast.walk(function))
        for name, file in modules(root).items()
        if ".exercises." not in name
        for function in _functions(file)
    }
    return {
        model: [place for place, nodes in functions.items() if any(_holds(sum_, nodes) for sum_ in sums)]
        for model, sums in equations(root).items()
    }


def refractory_places(root: Path) -> list[str]:
    """The functions that hold a neuron after a spike, as ``module:function``.

    They say when it is free again, ``free = t + 1 + hold`` or ``return t + 1 + hold``, or count down for how
    long it is still held, ``held - 1``.
    """
    return sorted({
        f"{name}:{function.name}"
        for name, file in modules(root).items()
        for function in _functions(file)
        for node in ast.walk(function)
        if _sets_free(node) or _returns_free(node) or _counts_down(node)
    })


_FREE_AGAIN = ast.parse("t + 1 + hold", mode="eval").body


def _sets_free(node: ast.AST) -> bool:
    if not isinstance(node, ast.Assign):
        return False
    targets, values = _entries(node.targets[0]), _entries(node.value)
    return any(
        ast.unparse(target).partition("[")[0].endswith("free") and _holds(_FREE_AGAIN, [value])
        for target, value in zip(targets, values, strict=False)
    )


def _returns_free(node: ast.AST) -> bool:
    if not isinstance(node, ast.Return) or node.value is None:
        return False
    return any("hold" in ast.unparse(x) and _holds(_FREE_AGAIN, [x]) for x in _entries(node.value))


def _counts_down(node: ast.AST) -> bool:
    match node:
        case ast.AugAssign(target=what, op=ast.Sub(), value=ast.Constant(value=1)):
            pass
        case ast.BinOp(left=what, op=ast.Sub(), right=ast.Constant(value=1)):
            pass
        case _:
            return False
    return ast.unparse(what).partition("[")[0].endswith("held")


def _entries(node: ast.expr) -> list[ast.expr]:
    return list(node.elts) if isinstance(node, ast.Tuple) else [node]


def _functions(file: Path) -> list[ast.FunctionDef]:
    return [node for node in tree_of(file).body if isinstance(node, ast.FunctionDef)]


def _parts(function: ast.FunctionDef) -> list[ast.expr]:
    """What a function returns or assigns, entry by entry."""
    values = [
        node.value for node in ast.walk(function) if isinstance(node, ast.Return | ast.Assign) and node.value
    ]
    return [entry for value in values for entry in _entries(value)]


def _operations(node: ast.expr) -> int:
    return sum(isinstance(part, ast.BinOp | ast.Call) for part in ast.walk(node))


def _holds(wanted: ast.expr, nodes: list[ast.AST]) -> bool:
    return any(isinstance(node, ast.expr) and _matches(wanted, node, {}, more=True) for node in nodes)


def _matches(wanted: ast.expr, node: ast.expr, bound: Bound, more: bool = False) -> bool:
    return next(_ways(wanted, node, bound, more), None) is not None


def _ways(wanted: ast.expr, node: ast.expr, bound: Bound, more: bool = False) -> Iterator[Bound]:
    """The meanings of the letters that make `wanted` `node`, or, with `more`, a part of the sum `node`."""
    if isinstance(wanted, _LEAF):
        letter, meaning = ast.unparse(wanted), ast.unparse(node)
        free = letter not in bound and meaning not in bound.values()
        if isinstance(node, _LEAF) and (free or bound.get(letter) == meaning):
            yield {**bound, letter: meaning}
    elif isinstance(wanted, ast.Constant):
        if isinstance(node, ast.Constant) and wanted.value == node.value:
            yield bound
    elif isinstance(wanted, ast.BinOp) and type(wanted.op) in _SIGNS:
        yield from _in_any_order(_terms(wanted), _terms(node), bound, more)
    elif isinstance(wanted, ast.BinOp) and isinstance(wanted.op, ast.Mult):
        yield from _in_any_order(_factors(wanted), _factors(node), bound, False)
    elif _operator(wanted) == _operator(node):
        ours, theirs = _operands(wanted), _operands(node)
        if len(ours) == len(theirs):
            yield from _one_by_one([(1, part) for part in ours], [(1, part) for part in theirs], bound)


def _operator(node: ast.expr) -> tuple:
    """What is done to the operands, and for a call which function is called."""
    if isinstance(node, ast.Call):
        return (ast.Call, ast.unparse(node.func))
    if isinstance(node, ast.Compare):
        return (ast.Compare, *map(type, node.ops))
    return (type(node), type(getattr(node, "op", None)))


def _operands(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.Call):
        return node.args
    return [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]


Signed = list[tuple[int, ast.expr]]


def _in_any_order(wanted: Signed, given: Signed, bound: Bound, more: bool) -> Iterator[Bound]:
    if len(wanted) == len(given) or (more and len(wanted) < len(given)):
        for chosen in permutations(given, len(wanted)):
            yield from _one_by_one(wanted, list(chosen), bound)


def _one_by_one(wanted: Signed, given: Signed, bound: Bound) -> Iterator[Bound]:
    if not wanted:
        yield bound
    elif wanted[0][0] == given[0][0]:
        for way in _ways(wanted[0][1], given[0][1], bound):
            yield from _one_by_one(wanted[1:], given[1:], way)


def _terms(node: ast.expr, sign: int = 1) -> Signed:
    """The terms of a sum with their signs."""
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        return _terms(node.left, sign) + _terms(node.right, sign * _SIGNS[type(node.op)])
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return _terms(node.operand, -sign)
    return [(sign, node)]


def _factors(node: ast.expr) -> Signed:
    """The factors of a product."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return _factors(node.left) + _factors(node.right)
    return [(1, node)]
