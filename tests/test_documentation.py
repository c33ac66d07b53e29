"""Every public name of both packages is documented in numpydoc's form, with an example that runs.

Public is what `snnlab`, one of its members, or `snnlab_widgets` lists in ``__all__``. The code says what a
docstring needs: Parameters, with every name, if there are any; Returns if something is returned; Raises if
there is a ``raise``; and always an example.
"""

import ast
import doctest
import importlib
import inspect
import pkgutil
import re
import textwrap
from itertools import pairwise

import pytest
import snnlab_widgets

import snnlab

SECTION = re.compile(r"^(\w[\w ]*)\n-+$", re.M)


SHARED = {"checks", "checks_of_spikes", "compiling", "namesake", "progress"}  # by our folders, for no reader


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
        return lacks + [f"{field} (unit, meaning)" for field in undocumented_fields(thing, there)]

    described = re.findall(r"^([*\w, ]+?)(?: :.*)?$", there.get("Parameters", ""), re.M)
    names = {name.strip(" *") for line in described for name in line.split(",")}
    lacks += [f"Parameters: {name}" for name in inspect.signature(thing).parameters if name not in names]
    body = ast.parse(textwrap.dedent(inspect.getsource(thing)))
    nodes = list(ast.walk(body))
    if (
        any(isinstance(node, ast.Return) and node.value is not None for node in nodes)
        and "Returns" not in there
    ):
        lacks.append("Returns")
    if any(isinstance(node, ast.Yield) for node in nodes) and "Yields" not in there:
        lacks.append("Yields")
    if any(isinstance(node, ast.Raise) for node in nodes) and "Raises" not in there:
        lacks.append("Raises")
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


@pytest.mark.parametrize("name", PUBLIC)
def test_documented(name):
    assert missing(PUBLIC[name]) == []


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.__name__)
def test_every_module_has_a_docstring_and_says_what_is_public(module):
    assert (module.__doc__ or "").strip()
    assert module.__all__ and all(hasattr(module, name) for name in module.__all__)


@pytest.mark.parametrize("name", PUBLIC)
def test_the_examples_are_found(name):
    """pytest runs the examples that doctest finds; a decorator must not hide one."""
    module = importlib.import_module(PUBLIC[name].__module__)
    written = doctest.DocTestParser().get_examples(inspect.getdoc(PUBLIC[name]) or "")
    found = [len(test.examples) for test in doctest.DocTestFinder().find(module) if test.name == name]
    assert found == [len(written)] or not written


def test_the_examples_run(pytestconfig):
    assert pytestconfig.getoption("doctestmodules")
    assert {"snnlab", "widgets/snnlab_widgets"} <= set(pytestconfig.getini("testpaths"))


def documented(n, *rest):
    """Say it.

    Parameters
    ----------
    n : int
        A number.
    *rest
        More.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If n is 0.

    Examples
    --------
    >>> documented(1)
    1
    """
    if n == 0:
        raise ValueError("n must not be 0")
    return n


@pytest.mark.parametrize(
    "remove, lack",
    [
        ("", []),
        (r"Parameters[\s\S]*?(?=Returns)", ["Parameters: n", "Parameters: rest"]),
        (r"\*rest\n.*\n", ["Parameters: rest"]),
        (r"Returns\n-+\nint\n", ["Returns"]),
        (r"Raises\n-+[\s\S]*?(?=Examples)", ["Raises"]),
        (r"Examples[\s\S]*", ["Examples"]),
        (r"[\s\S]*", ["a docstring"]),
    ],
)
def test_the_check_finds_what_is_missing(monkeypatch, remove, lack):
    doc = inspect.cleandoc(documented.__doc__)
    monkeypatch.setattr(documented, "__doc__", re.sub(remove, "", doc, count=1) if remove else doc)
    assert missing(documented) == lack
