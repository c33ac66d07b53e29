"""Wrong versions of a model's equation, made one change at a time.

The equation of a model stands in its function ``step``. Its mutants are: each ``+`` and ``−`` turned round,
each comparison turned round, each minus sign in front left out, and each additive term negated. Tests that
still pass with one of them do not test the equation.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

__all__ = ["Mutant", "modules_with_step", "mutants"]

FLIPPED = {ast.Add: ast.Sub, ast.Sub: ast.Add}
TURNED = {
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}


class Mutant(NamedTuple):
    """One wrong version of a module."""

    line: int
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.before}  →  {self.after}"


def modules_with_step(package: Path) -> list[Path]:
    """The modules below `package` that define ``step``, in order."""
    return [
        path
        for path in sorted(package.rglob("*.py"))
        if _step_of(ast.parse(path.read_text(encoding="utf-8"))) is not None
    ]


def mutants(source: str) -> list[Mutant]:
    """Every mutant of the function ``step`` in the text of a module.

    >>> for mutant in mutants("def step(v, i): return -v + 2 * i"):
    ...     print(mutant)
    line 1: -v + 2 * i  →  -v - 2 * i
    line 1: -v  →  v
    """
    tree = ast.parse(source)
    step = _step_of(tree)
    if step is None:
        raise ValueError("the module has no function step")
    found = []
    for place, node in enumerate(ast.walk(step)):
        for change in _changes(node):
            wrong = copy.deepcopy(tree)
            target = list(ast.walk(_step_of(wrong)))[place]
            before = ast.unparse(target)
            changed = change(target)
            found.append(Mutant(node.lineno, before, ast.unparse(changed), ast.unparse(wrong)))
    return found


def _step_of(tree: ast.Module) -> ast.FunctionDef | None:
    return next(
        (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "step"), None
    )


def _changes(node: ast.AST) -> Iterator[Callable[[ast.AST], ast.AST]]:
    """What can be changed at one node; each change works in place and returns what to show."""
    match node:
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            yield _flip
            # The flip negates the right term; the left one is a term of its own unless it is a sum or −x.
            if not isinstance(node.left, ast.UnaryOp) and not _is_sum(node.left):
                yield _negate_left
        case ast.AugAssign(op=ast.Add() | ast.Sub()):
            yield _flip
        case ast.UnaryOp(op=ast.USub()):
            yield _drop_minus
        case ast.Compare():
            yield _turn
        case ast.Assign(value=value) | ast.AnnAssign(value=value) | ast.Return(value=value):
            # A right-hand side of one term. (Of a tuple, each entry.)
            for k, entry in enumerate(value.elts if isinstance(value, ast.Tuple) else [value]):
                if isinstance(entry, ast.BinOp | ast.Call | ast.Name | ast.Subscript) and not _is_sum(entry):
                    yield lambda target, k=k: _negate_entry(target, k)


def _is_sum(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)


def _minus(node: ast.expr) -> ast.UnaryOp:
    return ast.UnaryOp(ast.USub(), node)


def _flip(node):
    node.op = FLIPPED[type(node.op)]()
    return node


def _negate_left(node):
    node.left = _minus(node.left)
    return node


def _drop_minus(node):
    node.op = ast.UAdd()
    return node.operand


def _turn(node):
    node.ops = [TURNED.get(type(op), type(op))() for op in node.ops]
    return node


def _negate_entry(node, k):
    if isinstance(node.value, ast.Tuple):
        node.value.elts[k] = _minus(node.value.elts[k])
    else:
        node.value = _minus(node.value)
    return node
