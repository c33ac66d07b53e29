"""Every public name of both packages is documented in numpydoc's form, with an example that runs.

Public is what `snnlab`, one of its members, or `snnlab_widgets` lists in ``__all__``. The code says what a
docstring has to tell: every parameter; the shape of an array that is returned; when a result is NaN; an
exception other than ValueError and TypeError, which bad input always brings; and always an example. What
tells nothing is asked to go: a result that is only its annotation again, an argument that breaks its rule.
"""

import ast
import doctest
import importlib
import inspect
import pkgutil
import re
import textwrap
from itertools import pairwise

import numpy as np
import pytest
import snnlab_widgets

import snnlab

SECTION = re.compile(r"^(\w[\w ]*)\n-+$", re.M)


SHARED = {
    "checks",
    "checks_of_spikes",
    "compiling",
    "other_snnlab",
    "progress",
    "scikit_learn",
}  # by our folders, for no reader


def modules():
    """Both packages, and the direct members of `snnlab` that a reader is offered."""
    names = [found.name for found in pkgutil.iter_modules(snnlab.__path__)]
    names = [name for name in names if not name.startswith("_") and name not in SHARED]
    return [snnlab, snnlab_widgets, *(importlib.import_module(f"snnlab.{name}") for name in names)]


def public():
    """The public functions and classes, by their full names; of a compiled kernel, its Python function."""
    found = {}
    for module in modules():
        for name in module.__all__:
            thing = getattr(module, name)
            thing = getattr(thing, "py_func", thing)
            if inspect.isfunction(thing) or inspect.isclass(thing):
                found[f"{thing.__module__}.{name}"] = thing
    return found


def sections(doc):
    """The text below each heading of a docstring."""
    _, *parts = SECTION.split(doc)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def missing(thing):
    """What the docstring of a function or class lacks."""
    doc = inspect.cleandoc(thing.__doc__ or "")
    if not doc:
        return ["a docstring"]
    there = sections(doc)
    lacks = [] if ">>> " in there.get("Examples", "") else ["Examples"]
    if inspect.isclass(thing):
        lacks += [f"{field} (unit, meaning)" for field in undocumented_fields(thing, there)]
        return lacks + untold_exceptions(ast.Module([], []), there.get("Raises", ""))

    described = re.findall(r"^([*\w, ]+?)(?: :.*)?$", there.get("Parameters", ""), re.M)
    names = {name.strip(" *") for line in described for name in line.split(",")}
    lacks += [f"Parameters: {name}" for name in inspect.signature(thing).parameters if name not in names]
    body = ast.parse(textwrap.dedent(inspect.getsource(thing))).body[0]
    if any(isinstance(node, ast.Yield) for node in ast.walk(body)) and "Yields" not in there:
        lacks.append("Yields")
    return lacks + untold_results(thing, body, there) + untold_exceptions(body, there.get("Raises", ""))


def untold_results(thing, body, there):
    """What a docstring leaves out of the result, or says although the annotation says it."""
    result, told = body.returns, there.get("Returns", "").strip()
    values = [node for node in ast.walk(body) if isinstance(node, ast.Return) and node.value is not None]
    kind = ast.unparse(result) if result else ""
    lacks = []
    if (
        values
        and not told
        and (not kind or kind in ("np.ndarray", "float", "int") or kind.startswith("tuple"))
    ):
        lacks.append("Returns")
    if told and told == kind:
        lacks.append("Returns: more than the annotation, or nothing")
    if kind == "np.ndarray" and told and "shape" not in told:
        lacks.append("Returns: the shape")
    code = ast.unparse(ast.Module(body.body[1:], []))
    given = thing.__annotations__.get("return")
    fields_too = inspect.getsource(given) if hasattr(given, "_fields") else ""
    if (
        kind != "Picture"
        and re.search(r"\b(np|math)\.nan\b", code)
        and "NaN" not in thing.__doc__ + fields_too
    ):
        lacks.append("Returns: when it is NaN")
    return lacks


def untold_exceptions(body, told):
    """The exceptions that surprise and stand nowhere, and the sentence that tells nothing."""
    lacks = []
    for node in ast.walk(body):
        if isinstance(node, ast.Raise) and node.exc is not None:
            name = ast.unparse(node.exc.func if isinstance(node.exc, ast.Call) else node.exc)
            if name[0].isupper() and name not in ("ValueError", "TypeError") and name not in told:
                lacks.append(f"Raises: {name}")
    if re.search(r"breaks (its|a) rule(?!:)", told):
        lacks.append("Raises: more than that a rule is broken, or nothing")
    return lacks


def undocumented_fields(thing, there):
    """The fields of a named tuple that neither Attributes nor a text below them explains."""
    fields = getattr(thing, "_fields", ())
    attributes = re.findall(r"^([\w, ]+?)(?: :.*)?$", there.get("Attributes", ""), re.M)
    told = {name.strip() for line in attributes for name in line.split(",")}
    if fields:
        body = ast.parse(textwrap.dedent(inspect.getsource(thing))).body[0].body
        for statement, after in pairwise(body):
            if isinstance(statement, ast.AnnAssign) and isinstance(
                getattr(after, "value", None), ast.Constant
            ):
                told.add(statement.target.id)
    return [field for field in fields if field not in told]


PUBLIC = public()
FOLDERS: dict[str, list[str]] = {}  # a test of each name would take longer to report than to run
for name in PUBLIC:
    FOLDERS.setdefault(name.rsplit(".", 2)[0], []).append(name)


@pytest.mark.parametrize("folder", FOLDERS)
def test_documented(folder):
    found = {name: missing(PUBLIC[name]) for name in FOLDERS[folder]}
    assert {name: lacks for name, lacks in found.items() if lacks} == {}


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.__name__)
def test_every_module_has_a_docstring_and_says_what_is_public(module):
    assert (module.__doc__ or "").strip()
    assert module.__all__ and all(hasattr(module, name) for name in module.__all__)


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_examples_are_found(folder):
    """pytest runs the examples that doctest finds; a decorator must not hide one."""
    finder, parser = doctest.DocTestFinder(), doctest.DocTestParser()
    modules = {PUBLIC[name].__module__ for name in FOLDERS[folder]}
    tests = [test for module in modules for test in finder.find(importlib.import_module(module))]
    for name in FOLDERS[folder]:
        written = len(parser.get_examples(inspect.getdoc(PUBLIC[name]) or ""))
        found = [len(test.examples) for test in tests if test.name == name]
        assert found == [written] or not written, name


def test_the_examples_run(pytestconfig):
    assert pytestconfig.getoption("doctestmodules")
    assert {"snnlab", "widgets/snnlab_widgets"} <= set(pytestconfig.getini("testpaths"))


def documented(n, *rest) -> np.ndarray:
    """Say it.

    Parameters
    ----------
    n : int
        A number.
    *rest
        More.

    Returns
    -------
    array of shape (n,)
        NaN everywhere.

    Raises
    ------
    KeyError
        If n is 0.

    Examples
    --------
    >>> documented(1)
    array([nan])
    """
    if n == 0:
        raise KeyError("n")
    return np.full(n, np.nan)


def named() -> str:
    """Say it.

    Returns
    -------
    str

    Examples
    --------
    >>> named()
    'it'
    """
    return "it"


@pytest.mark.parametrize(
    "old, new, lack",
    [
        ("", "", []),
        (r"Parameters[\s\S]*?(?=Returns)", "", ["Parameters: n", "Parameters: rest"]),
        (r"\*rest\n.*\n", "", ["Parameters: rest"]),
        (r"Returns\n-+\n[\s\S]*?(?=Raises)", "", ["Returns", "Returns: when it is NaN"]),
        (r" of shape \(n,\)", "", ["Returns: the shape"]),
        (r"NaN everywhere", "Numbers", ["Returns: when it is NaN"]),
        (r"Raises\n-+[\s\S]*?(?=Examples)", "", ["Raises: KeyError"]),
        (r"If n is 0", "If n breaks its rule", ["Raises: more than that a rule is broken, or nothing"]),
        (r"Examples[\s\S]*", "", ["Examples"]),
        (r"[\s\S]*", "", ["a docstring"]),
    ],
)
def test_the_check_finds_what_is_missing(monkeypatch, old, new, lack):
    doc = inspect.cleandoc(documented.__doc__)
    monkeypatch.setattr(documented, "__doc__", re.sub(old, new, doc, count=1) if old else doc)
    assert missing(documented) == lack


def test_the_check_finds_a_result_that_is_only_its_annotation(monkeypatch):
    assert missing(named) == ["Returns: more than the annotation, or nothing"]
    monkeypatch.setattr(named, "__doc__", re.sub(r"Returns\n.*\n.*\n", "", inspect.cleandoc(named.__doc__)))
    assert missing(named) == []
