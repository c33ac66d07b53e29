"""The fingerprint of a function changes with what its code depends on, and with nothing else."""

import ast
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import llvmlite
import numba
import numpy as np
import pytest
import snnlab_widgets

import snnlab
from snnlab.dependencies import fingerprint

NEAR = '''
from enum import IntEnum
from typing import NamedTuple
import numba
import numpy as np
import far
from far import FACTOR as RENAMED, helper as alias, helper as first, other as second

class Cell(NamedTuple):
    """A cell."""
    tau: float = 10.0
    v_th: float = 1.0

class Sub(Cell):
    pass

class Colour(IntEnum):
    RED = 1

CELL = Cell()
GAIN = 2.0
MIXED = (1, 2.0, (np.float32(3.0), "four"))
TABLE = np.arange(6.0).reshape(2, 3)
BOTH = (first, second)

def plain(x, more=1.0):
    """What it does."""
    return x + more

def closing(k):
    def inner(x):
        return alias(x) * k
    return inner

CLOSED = numba.njit(closing(2.0))

def f(x):
    """What it does."""
    # why
    return {reads}

# what stands below
def below(x):
    return x + 1.0
'''
FAR = '''
import numba
FACTOR = 5.0

def deep(x):
    return x - 1.0

@numba.njit(error_model="numpy")
def helper(x, step=1.0):
    """What it does."""
    return deep(x) + step

@numba.njit
def other(x):
    return x
'''


@pytest.fixture
def of(monkeypatch):
    """The fingerprint of `f` in two files, in which one text is replaced by another."""

    def fingerprint_of(reads, old="", new=""):
        assert old in NEAR or old in FAR
        for name, text in ("far", FAR), ("near", NEAR.replace("{reads}", reads)):
            module = ModuleType(name)
            monkeypatch.setitem(sys.modules, name, module)
            exec(
                compile(text.replace(old, new) if old else text, f"/a/folder/{name}.py", "exec"), vars(module)
            )
        return fingerprint(sys.modules["near"].f)

    return fingerprint_of


SEEN = {
    "a global": ("GAIN * x", "GAIN = 2.0", "GAIN = 3.0"),
    "the type of a global": ("GAIN * x", "GAIN = 2.0", "GAIN = 2"),
    "a sign of zero": ("GAIN * x", "GAIN = 2.0", "GAIN = -0.0"),
    "a constant under another name": ("RENAMED * x", "FACTOR = 5.0", "FACTOR = 6.0"),
    "a constant of a module": ("far.FACTOR * x", "FACTOR = 5.0", "FACTOR = 6.0"),
    "a tuple in a tuple": ("MIXED[2][0] * x", "float32(3.0)", "float32(4.0)"),
    "the type of a number of NumPy": ("MIXED[2][0] * x", "float32(3.0)", "float64(3.0)"),
    "a number of an array": ("TABLE[1, 2] * x", "arange(6.0)", "arange(1.0, 7.0)"),
    "the shape of an array": ("TABLE[0, 0] * x", "reshape(2, 3)", "reshape(3, 2)"),
    "the order of an array": (
        "TABLE[0, 0] * x", "arange(6.0).reshape(2, 3)", "asfortranarray(np.arange(6.0).reshape(2, 3))"
    ),
    "a default of a named tuple": ("Cell().tau * x", "tau: float = 10.0", "tau: float = 11.0"),
    "a default of what a named tuple inherits": ("Sub().tau * x", "tau: float = 10.0", "tau: float = 11.0"),
    "a field of a named tuple": ("Cell().tau * x", "v_th: float", "v_threshold: float"),
    "the order of its fields": (
        "CELL.tau * x",
        "    tau: float = 10.0\n    v_th: float = 1.0\n",
        "    v_th: float = 10.0\n    tau: float = 1.0\n",
    ),
    "a value of a named tuple": ("CELL.tau * x", "CELL = Cell()", "CELL = Cell(tau=12.0)"),
    "a member of an enumeration": ("Colour.RED * x", "RED = 1", "RED = 2"),
    "a helper": ("alias(x)", "+ step", "- step"),
    "a helper of a module": ("far.helper(x)", "+ step", "- step"),
    "a helper in a tuple": ("BOTH[1](x)", "    return x\n", "    return -x\n"),
    "another helper under the same name": ("alias(x)", "helper as alias", "other as alias"),
    "two helpers that change places": (
        "first(x) - second(x)", "helper as first, other as second", "other as first, helper as second"
    ),
    "which of two is called twice": ("first(x) + second(x) - alias(x)", "helper as alias", "other as alias"),
    "a default of a helper": ("alias(x)", "step=1.0", "step=2.0"),
    "a helper of a helper": ("alias(x)", "return x - 1.0", "return x - 2.0"),
    "an option of a helper": ("alias(x)", '(error_model="numpy")', '(error_model="python")'),
    "another option of a helper": ("second(x)", "@numba.njit\n", '@numba.njit(inline="always")\n'),
    "the signatures of a helper": ("second(x)", "@numba.njit\n", '@numba.njit("float32(float32)")\n'),
    "what is closed in": ("CLOSED(x)", "closing(2.0)", "closing(3.0)"),
    "a helper that is closed in": ("CLOSED(x)", "+ step", "- step"),
    "a helper of a lambda": ("(lambda y: alias(y))(x)", "+ step", "- step"),
    "a helper further down": ("below(x)", "x + 1.0", "x + 2.0"),
    "a default of a plain function": ("plain(x)", "more=1.0", "more=2.0"),
}  # fmt: skip


@pytest.mark.parametrize("reads, old, new", SEEN.values(), ids=SEEN)
def test_is_seen(reads, old, new, of):
    assert of(reads) != of(reads, old, new)


UNSEEN = {
    "a comment": ("alias(x)", "# why", "# why not"),
    "a comment above": ("alias(x)", "CELL = Cell()", "\n\n# a remark\nCELL = Cell()"),
    "its docstring": ("alias(x)", '    """What it does."""\n    # why', '    """What else."""\n    # why'),
    "the docstring of a helper": (
        "alias(x)",
        '"""What it does."""\n    return deep',
        '"""Else."""\n    return deep',
    ),
    "the docstring of a class": ("Cell().tau * x", "A cell.", "Another cell."),
    "a global that it does not read": ("x.GAIN", "GAIN = 2.0", "GAIN = 3.0"),
    "a constant of a module that it does not read": ("far.helper(x)", "FACTOR = 5.0", "FACTOR = 6.0"),
    "another function": ("alias(x)", "    return x\n", "    return -x\n"),
    "an annotation": ("plain(x)", "more=1.0", "more: float=1.0"),
    "a copy of an array": ("TABLE[0, 0]", "reshape(2, 3)", "reshape(2, 3).copy()"),
}


@pytest.mark.parametrize("reads, old, new", UNSEEN.values(), ids=UNSEEN)
def test_is_not_in_it(reads, old, new, of):
    assert of(reads) == of(reads, old, new)


@pytest.mark.parametrize("package", [numba, llvmlite, np], ids=lambda package: package.__name__)
def test_versions_are_seen(package, of, monkeypatch):
    before = of("x")
    monkeypatch.setattr(package, "__version__", "99.0")
    assert of("x") != before


def test_what_is_called_in_a_circle():
    def pair(step):
        namespace = {"numba": numba}
        exec(
            "@numba.njit\ndef even(n):\n    return n == 0 or odd(n - 1)\n"
            f"@numba.njit\ndef odd(n):\n    return n != 0 and even(n - {step})\n",
            namespace,
        )
        return fingerprint(namespace["even"])

    assert pair(1) == pair(1) != pair(2)


def test_a_cell_that_is_still_empty():
    def outer():
        def f(n):
            return later(n)

        before = fingerprint(f)
        later = abs
        return before, fingerprint(f)

    before, after = outer()
    assert before != after


def test_a_docstring_that_is_also_a_value_is_seen():
    def of(text):
        namespace = {}
        exec(f"def f(x):\n    '{text}'\n    return x == '{text}'\n", namespace)
        return fingerprint(namespace["f"])

    assert of("a") != of("b")


def test_a_function_that_raises_keeps_its_lines():
    """Numba compiles them into the traceback."""

    def of(before, statement):
        namespace = {}
        exec(f"{before}def f(x):\n    {statement}\n", namespace)
        return fingerprint(namespace["f"])

    assert of("", "return x") == of("\n", "return x")
    assert of("", "raise ValueError") != of("\n", "raise ValueError")


@pytest.mark.parametrize("unknown", [sys.stdout, object(), np.array([{}]), {"rng": np.random.default_rng(0)}])
def test_what_cannot_be_compared_has_no_fingerprint(unknown):
    def f(x):
        return unknown

    with pytest.raises(TypeError, match="has no fingerprint"):
        fingerprint(f)


EVERY = """
from snnlab.course.warmup import modules_with_kernels
from snnlab.dependencies import fingerprint
found = []
for package in ("snnlab", "snnlab_widgets"):
    for module in modules_with_kernels(package):
        for name, value in sorted(vars(module).items()):
            if hasattr(value, "py_func"):
                found.append(f"{module.__name__}.{name} {fingerprint(value)}")
"""


@pytest.mark.slow
def test_every_kernel_of_both_packages_has_the_same_in_every_process():
    """And none reads what has none."""
    here: dict = {}
    exec(EVERY, here)
    assert any(line.startswith("snnlab.neurons.models.lif.step ") for line in here["found"])
    assert any(
        line.startswith("snnlab.coding.generators.smoothed_trials.run_smoothed ") for line in here["found"]
    )
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": paths}
    command = [sys.executable, "-c", f"{EVERY}print(*found, sep=chr(10))"]
    there = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert there.stdout.split("\n")[:-1] == here["found"]


REGISTRIES = {"overload", "overload_attribute", "overload_method", "intrinsic", "register_jitable",
              "lower_builtin", "type_callable", "models", "generated_jit"}  # fmt: skip


def registries_of_numba(source: str) -> set[str]:
    """What a file takes of `REGISTRIES` from Numba; `models` or `overload` of its own are its own affair."""
    nodes = list(ast.walk(ast.parse(source)))
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    whence = [(node, alias) for node in imports for alias in node.names]
    numba = [
        (node, alias)
        for node, alias in whence
        if f"{getattr(node, 'module', alias.name)}.".startswith("numba.")
    ]
    named = {alias.name for node, alias in numba if isinstance(node, ast.ImportFrom)}
    roots = {(alias.asname or alias.name).partition(".")[0] for _, alias in numba}
    for node in nodes:
        if isinstance(node, ast.Attribute):
            root = node.value
            while isinstance(root, ast.Attribute):
                root = root.value
            if isinstance(root, ast.Name) and root.id in roots:
                named.add(node.attr)
    return named & REGISTRIES


@pytest.mark.parametrize(
    ("source", "taken"),
    [
        ("from numba.extending import overload as o\n@o(len)\ndef f(): pass", {"overload"}),
        ("import numba.extending\n@numba.extending.intrinsic\ndef f(): pass", {"intrinsic"}),
        ("import numba as nb\nnb.core.datamodel.models", {"models"}),
        ("from numba import extending\nextending.register_jitable(f)", {"register_jitable"}),
        ("from typing import overload\n@overload\ndef f(models): return fit.models", set()),
        ("import numbagg\nnumbagg.models", set()),
    ],
)
def test_what_is_taken_from_a_registry_is_seen(source, taken):
    assert registries_of_numba(source) == taken


def test_no_kernel_depends_on_what_numba_looks_up_in_its_registries():
    for package in snnlab, snnlab_widgets:
        for file in Path(package.__file__).parent.rglob("*.py"):
            assert not registries_of_numba(file.read_text(encoding="utf-8")), file
