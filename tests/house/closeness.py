"""Comparisons that allow more than they say, read from the sources.

`pytest.approx(x, rel=1e-14)` lets pass what is within 1e-12 of `x` as well: for an `x` of a hundredth that
is ten thousand times what it says, and for an `x` of 1e-13 a wrong sign. `numpy.isclose` and
`numpy.allclose` let pass what is within 1e-8. Not seen is a small `x` that is computed and compared with a
coarse tolerance: the source does not tell its size.
"""

import ast
from collections.abc import Iterator

__all__ = ["loose"]

ABSOLUTE = 1e-12  # what pytest.approx allows besides,
RELATIVE = 1e-6  # and what it allows where nothing is said
FINE = 1e-9  # of a number below a thousandth, a relative tolerance of this and less is less than ABSOLUTE


def loose(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and the sentence of each comparison in `tree` that allows more than it says."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = ast.unparse(call.func).rpartition(".")[2]
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        if name == "approx" and "abs" not in given and _forgives(call.args, given.get("rel")):
            yield call.lineno, "approx allows 1e-12 besides: say abs=0, or how far from 0 it may be"
        if name in ("isclose", "allclose") and "atol" not in given and not _of_math(call):
            yield call.lineno, f"{name} allows 1e-8 besides: say atol=0, or how far from 0 it may be"


def _of_math(call: ast.Call) -> bool:
    """Whether this is `math.isclose`, which allows nothing besides."""
    return ast.unparse(call.func) == "math.isclose"


def _forgives(args: list[ast.expr], rel: ast.expr | None) -> bool:
    """Whether `ABSOLUTE` allows more than the relative tolerance does, as far as the source tells."""
    tolerances = [RELATIVE] if rel is None else _numbers(rel)
    expected = _numbers(args[0]) if isinstance(args[0], ast.Constant | ast.UnaryOp) else []
    small = any(0 < abs(x) * tolerance < ABSOLUTE for x in expected for tolerance in tolerances)
    return small or any(tolerance <= FINE for tolerance in tolerances if rel is not None)


def _numbers(expression: ast.expr) -> list[float]:
    found = (node.value for node in ast.walk(expression) if isinstance(node, ast.Constant))
    return [value for value in found if isinstance(value, float)]
