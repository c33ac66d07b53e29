"""What the code of a chapter may be: calls of the package, one picture a cell, printed lines that nbval can
compare.

For authors
-----------
- Plain Python, no magics. Imports from `snnlab`, `snnlab_widgets`, `numpy`, `math` and `inspect` only,
  nothing that could reach the network.
- No logic outside of exercises: no ``def``, ``class``, ``lambda``, loop, ``if``, ``try`` or ``match``.
- ``print`` takes texts, f-strings or ``inspect.getsource(…)``; every field of an f-string says its format,
  with fixed digits: ``{rate:.1f}``, ``{n:d}``, ``{name:s}``.
- No semicolon. No cell ends in a bare value: print it.
- Nothing that makes nbval look away: no ``NBVAL_…`` comment, no tag ``nbval-…`` or ``raises-exception``.
"""

import ast
import io
import re
import tokenize

from chapters.notebook import Chapter, Problem

__all__ = ["code_problems"]

MODULES = {"snnlab", "snnlab_widgets", "numpy", "math", "inspect"}
LOGIC = {
    ast.FunctionDef: "def",
    ast.AsyncFunctionDef: "async def",
    ast.ClassDef: "class",
    ast.Lambda: "lambda",
    ast.For: "for",
    ast.While: "while",
    ast.If: "if",
    ast.IfExp: "if … else",
    ast.Try: "try",
    ast.Match: "match",
}
FIXED = re.compile(r"(?:\.\d+[eEfFgG%]|[dsxXb])$")
VALUES = (
    ast.Constant, ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.Subscript,
    ast.Tuple, ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp,
)  # fmt: skip


def code_problems(chapter: Chapter) -> list[Problem]:
    """Everything in the code cells that does not belong into a chapter."""
    problems = []
    for cell in chapter.cells:
        if cell.kind != "code":
            continue
        try:
            tree = ast.parse(cell.source)
        except SyntaxError as error:
            problems.append(Problem(cell.number, f"not plain Python: {error.msg} in line {error.lineno}"))
            continue
        found = _forbidden_imports(tree) + _unsteady_prints(tree)
        if "part:exercise" not in cell.tags:
            found += [f"{word} belongs into an exercise or into the package" for word in _logic(tree)]
        if tree.body and isinstance(tree.body[-1], ast.Expr) and isinstance(tree.body[-1].value, VALUES):
            found.append("the cell ends in a bare value: print it with fixed digits")
        if any(token.string == ";" for token in tokenize.generate_tokens(io.StringIO(cell.source).readline)):
            found.append("a semicolon")
        if "NBVAL_" in cell.source or any(tag.startswith(("nbval-", "raises-")) for tag in cell.tags):
            found.append("nbval is told to look away")
        for output in cell.outputs:
            if output.output_type == "error":
                found.append(f"the cell stopped with {output.ename}: {output.evalue}")
            if output.output_type == "stream" and re.search(
                r"\.\d{9,}|0x[0-9a-f]{6,}|\barray\(", output.text
            ):
                found.append("the cell prints a repr: use fixed digits")
        problems += [Problem(cell.number, what) for what in found]
    return problems


def _logic(tree: ast.AST) -> list[str]:
    return [LOGIC[type(node)] for node in ast.walk(tree) if type(node) in LOGIC]


def _forbidden_imports(tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                modules = [alias.name for alias in names]
            case ast.ImportFrom(module=module):
                modules = [module or "."]
            case ast.Constant(value=str(text)) if "://" in text:
                found.append(f'"{text[:40]}" is an address: a chapter needs no network')
                continue
            case _:
                continue
        found += [
            f"{module} is not to be imported here"
            for module in modules
            if module.split(".")[0] not in MODULES
        ]
    return found


def _unsteady_prints(tree: ast.AST) -> list[str]:
    """What is printed without fixed digits."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="print"), args=args):
                found += [
                    f"print({ast.unparse(arg)}): print an f-string" for arg in args if not _is_text(arg)
                ]
                for part in ast.walk(node):
                    if isinstance(part, ast.FormattedValue) and not _has_fixed_digits(part):
                        found.append(
                            f"{{{ast.unparse(part.value)}}} needs a format with fixed digits, like :.1f or :d"
                        )
    return found


def _is_text(node: ast.AST) -> bool:
    """Whether an argument of print is a text that the chapter's author has formatted."""
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return True
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return _is_text(left) and _is_text(right)
        case ast.Starred(value=ast.GeneratorExp(elt=elt) | ast.ListComp(elt=elt)):
            return _is_text(elt)
        case ast.Call(
            func=ast.Attribute(attr="join", value=ast.Constant()), args=[ast.GeneratorExp(elt=elt)]
        ):
            return _is_text(elt)
        case ast.Call(func=ast.Attribute(attr="getsource") | ast.Name(id="getsource")):
            return True
    return False


def _has_fixed_digits(field: ast.FormattedValue) -> bool:
    match field.format_spec:
        case ast.JoinedStr(values=[ast.Constant(value=spec)]):
            return FIXED.search(spec) is not None
    return False
