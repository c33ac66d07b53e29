"""Where a fault can be made in a Python module, found in its syntax tree.

A sign or a comparison is turned, one that includes its bound excludes it, `and` becomes `or`, `True` becomes
`False`, a number is changed, `not` or a minus is left out, and so is a statement, a returned value or a named
argument; two arguments change places. Docstrings, error texts, annotations, decorators, imports and
`__all__` are left alone.
"""

import ast
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from faults.places import Place, changed_number
from mutation.mutants import FLIPPED, TURNED

__all__ = ["another_program", "kernels", "outside_kernels", "python_places"]

WORDS = {
    ast.Add: "+", ast.Sub: "-", ast.Lt: "<", ast.GtE: ">=", ast.Gt: ">", ast.LtE: "<=", ast.Eq: "==",
    ast.NotEq: "!=", ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
    ast.And: "and", ast.Or: "or",
}  # fmt: skip
OTHERS = FLIPPED | TURNED | {ast.And: ast.Or, ast.Or: ast.And}
OTHERS |= {ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is}
BOUNDS = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}


def is_kernel(node: ast.AST) -> bool:
    """Whether it is a function that Numba compiles."""
    names = {"kernel", "inlined_kernel", "parallel_kernel", "uncounted_kernel"}
    return isinstance(node, ast.FunctionDef) and any(
        isinstance(decorator, ast.Name) and decorator.id in names for decorator in node.decorator_list
    )


def kernels(tree: ast.Module) -> list[ast.AST]:
    """The kernels of a module."""
    return [node for node in tree.body if is_kernel(node)]


def outside_kernels(tree: ast.Module) -> list[ast.AST]:
    """All the rest."""
    return [node for node in tree.body if not is_kernel(node)]


def python_places(text: str, parts: Callable[[ast.Module], list[ast.AST]] | None = None) -> list[Place]:
    r"""The places of a module, in order; only in those `parts` of its tree, if they are given.

    >>> text = "def f(a, b):\n    return g(a, b) < 2"
    >>> from faults.places import altered
    >>> for place in python_places(text):
    ...     print(altered(text, place).splitlines()[1].strip())
    return
    return g(b, a) < 2
    return g(a, b) <= 2
    return g(a, b) >= 2
    return g(a, b) < 3
    """
    tree = ast.parse(text)
    finder = Finder(text)
    found = {place for part in (parts(tree) if parts else tree.body) for place in finder.places(part)}
    return [place for place in sorted(found) if place.after != text[place.start : place.end]]


def another_program(text: str, wrong: str) -> bool:
    """Whether the wrong text is a program and another one, not the same in other words."""
    try:
        return ast.dump(ast.parse(wrong)) != ast.dump(ast.parse(text))
    except SyntaxError:
        return False


class Finder:
    """Goes through a tree with the text beside it."""

    def __init__(self, text: str):
        self.text = text
        self.lines = text.splitlines(keepends=True)
        self.begins = [0]
        for line in self.lines:
            self.begins.append(self.begins[-1] + len(line))

    def offset(self, line: int, column: int) -> int:
        """The tree counts bytes, we count characters."""
        return self.begins[line - 1] + len(self.lines[line - 1].encode()[:column].decode())

    def start(self, node) -> int:
        return self.offset(node.lineno, node.col_offset)

    def end(self, node) -> int:
        return self.offset(node.end_lineno, node.end_col_offset)

    def said(self, node) -> str:
        return self.text[self.start(node) : self.end(node)]

    def places(self, node: ast.AST) -> Iterator[Place]:
        """The places in a node and in all below it."""
        yield from self.at(node)
        for child in self.below(node):
            yield from self.places(child)

    def below(self, node: ast.AST) -> Iterator[ast.AST]:
        """The children in which a fault changes what the program does."""
        match node:
            case ast.Import() | ast.ImportFrom() | ast.Raise() | ast.JoinedStr() | ast.Assert():
                return
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                return
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                return
            case ast.AnnAssign():
                yield from [node.value] if node.value else []
            case ast.FunctionDef():
                yield from [value for value in (*node.args.defaults, *node.args.kw_defaults) if value]
                yield from node.body
            case ast.ClassDef():
                yield from node.body
            case _:
                yield from ast.iter_child_nodes(node)

    def at(self, node: ast.AST) -> Iterator[Place]:
        """The places that a node itself gives."""
        match node:
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
                if not (is_text(left) or is_text(right)):
                    yield from self.between(left, right, type(op))
            case ast.AugAssign(target=left, op=ast.Add() | ast.Sub() as op, value=right):
                if not is_text(right):
                    yield from self.between(left, right, type(op))
                yield from self.without(node)
            case ast.Compare():
                for left, op, right in zip(
                    [node.left, *node.comparators], node.ops, node.comparators, strict=False
                ):
                    yield from self.between(left, right, type(op))
            case ast.BoolOp(op=op, values=values):
                for left, right in pairwise(values):
                    yield from self.between(left, right, type(op))
            case ast.Constant(value=bool() as value):
                yield Place(self.start(node), self.end(node), str(not value))
            case ast.Constant(value=int() | float()):
                if (number := changed_number(self.said(node))) is not None:
                    yield Place(self.start(node), self.end(node), number)
            case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
                yield Place(self.start(node), self.start(operand), "")
            case ast.Return(value=ast.expr()) if node.lineno == node.end_lineno:
                yield Place(self.start(node), self.end(node), "return")
            case ast.Raise() | ast.Expr(value=ast.Call()):
                yield from self.without(node)
            case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
                yield from self.without(node)
            case ast.Call(args=args, keywords=keywords):
                for first, second in pairwise(args):
                    if not isinstance(second, ast.Starred) and not isinstance(first, ast.Starred):
                        middle = self.text[self.end(first) : self.start(second)]
                        swapped = self.said(second) + middle + self.said(first)
                        yield Place(self.start(first), self.end(second), swapped)
                for keyword in keywords:
                    comma = re.compile(r",[ \n]*").match(self.text, self.end(keyword))
                    if keyword.arg and keyword.lineno == keyword.end_lineno and comma:
                        yield Place(self.start(keyword), comma.end(), "")

    def between(self, left: ast.AST, right: ast.AST, kind: type) -> Iterator[Place]:
        """The operator between two nodes, turned; a bound also taken in or left out."""
        if kind not in OTHERS:
            return
        start, end = self.end(left), self.start(right)
        found = re.search(re.escape(WORDS[kind]).replace(r"\ ", r"\s+"), self.text[start:end])
        if found:
            for word in (WORDS[OTHERS[kind]], BOUNDS.get(kind)):
                if word:
                    yield Place(start + found.start(), start + found.end(), word)

    def without(self, node: ast.stmt) -> Iterator[Place]:
        """A statement of one line left out."""
        if node.lineno == node.end_lineno:
            yield Place(self.start(node), self.end(node), "pass")


def is_text(node: ast.AST) -> bool:
    """A plus between texts is no sign."""
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
