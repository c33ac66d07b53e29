"""Modules are kept on disk under a name that changes with everything that they depend on."""

import importlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import llvmlite
import numba
import numpy as np
import pytest
from numba import float64, int64
from snnlab_widgets.wasm import cache as wasm_cache
from snnlab_widgets.wasm import export, exporter
from widgets.wasm_compiler import Compiler

ARRAY = (float64[::1],)


@pytest.fixture(scope="module")
def compiler():
    with Compiler() as started:
        yield started


@pytest.fixture(autouse=True)
def place(compiler, tmp_path, monkeypatch):
    exporter._module.cache_clear()
    monkeypatch.setattr(wasm_cache, "folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(subprocess, "run", compiler.run)
    return tmp_path / "cache"


@numba.njit(error_model="numpy")
def halve(x):
    x[0] = 0.5 * x[0]


@pytest.fixture
def no_compiler(monkeypatch):
    def compile_again(*_, **__):
        raise AssertionError("it was compiled again")

    return lambda: monkeypatch.setattr(subprocess, "run", compile_again)


def test_second_time_from_memory_and_third_from_disk(no_compiler, place):
    module = export(halve, ARRAY)
    no_compiler()
    assert export(halve, ARRAY) == module
    exporter._module.cache_clear()
    assert export(halve, ARRAY) == module
    assert len(list(place.iterdir())) == 1


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b[:-1] + b"?", lambda b: b"", lambda b: b * 2]
)
def test_damaged_file_is_replaced(damage, place):
    module = export(halve, ARRAY)
    (file,) = place.iterdir()
    good = file.read_bytes()
    file.write_bytes(damage(good))
    exporter._module.cache_clear()
    assert export(halve, ARRAY) == module
    assert file.read_bytes() == good


def test_folder_that_cannot_be_used(place):
    place.write_bytes(b"a file stands where the folder should be")
    assert export(halve, ARRAY)
    assert place.is_file()


def test_no_folder_at_all(monkeypatch):
    monkeypatch.setattr(wasm_cache, "folder", lambda: None)
    assert export(halve, ARRAY)


def test_file_that_another_process_holds(place, monkeypatch):
    """As on Windows, where an open file cannot be replaced."""

    def refuse(self, target):
        raise PermissionError(f"{target} is open")

    monkeypatch.setattr(Path, "replace", refuse)
    assert export(halve, ARRAY)
    assert not list(place.iterdir())


HELPER = """
import numba
@numba.njit
def gain(x):
    return {gain} * x
"""
MAIN = """
import numba
import {helper} as other
from {helper} import gain
SHIFT = {shift}
{lines}
@numba.njit(error_model="numpy")
def direct(x):
    {comment}
    x[0] = gain(x[0]) + SHIFT

@numba.njit(error_model="numpy")
def by_module(x):
    x[0] = other.gain(x[0]) + SHIFT
"""


@pytest.fixture
def keys(tmp_path, monkeypatch):
    """The keys of two kernels, from files written with these values."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(gain=2.0, shift=1.0, lines="", comment="", signature=ARRAY, name="kernel"):
        for module, text in ("wasm_helper", HELPER), ("wasm_main", MAIN):
            source = text.format(gain=gain, shift=shift, lines=lines, comment=comment, helper="wasm_helper")
            file = tmp_path / f"{module}.py"
            file.write_text(source, encoding="utf-8")
            spec = importlib.util.spec_from_file_location(module, file)
            monkeypatch.setitem(sys.modules, module, importlib.util.module_from_spec(spec))
            exec(compile(source, str(file), "exec"), vars(sys.modules[module]))  # past any file of bytecode
        main = sys.modules["wasm_main"]
        return [wasm_cache.key(kernel, signature, name) for kernel in (main.direct, main.by_module)]

    return write


@pytest.mark.parametrize(
    "change",
    [{"gain": 3.0}, {"shift": 2.0}, {"signature": (float64[:, ::1],)}, {"name": "step"}],
    ids=lambda change: "".join(change),
)
def test_key_changes(change, keys):
    """With a helper in another file, a global, the signature and the exported name."""
    before, after = keys(), keys(**change)
    assert all(a != b for a, b in zip(before, after, strict=True))


@pytest.mark.parametrize("package", [numba, llvmlite, np], ids=lambda package: package.__name__)
def test_key_changes_with_versions(package, keys, monkeypatch):
    before = keys()
    monkeypatch.setattr(package, "__version__", "99.0")
    assert not set(before) & set(keys())


def test_key_stays_when_only_text_moves(keys):
    assert keys() == keys(comment="# a remark", lines="# more\n\n")


def test_key_changes_with_a_table():
    def with_table(table):
        @numba.njit
        def pick(k):
            return table[k]

        return wasm_cache.key(pick, (int64,), "kernel")

    table = np.arange(2000.0)
    before = with_table(table)
    assert with_table(table.copy()) == before
    table[1000] = -1.0
    assert with_table(table) != before
    assert with_table(table.astype("f4")) != before


def test_key_changes_with_options_of_a_called_kernel():
    def calling(**options):
        inner = numba.njit(**options)(lambda x: 1.0 / x)

        @numba.njit
        def outer(x):
            return inner(x)

        return wasm_cache.key(outer, (float64,), "kernel")

    assert calling() == calling()
    assert calling() != calling(error_model="numpy")


SCRIPT = """
import sys
from pathlib import Path
import numba
from numba import float64, int64, typeof
from snnlab_widgets.wasm import cache as wasm_cache
from snnlab_widgets.wasm import exporter
from snnlab_widgets.wasm import export
from numbers_of_a_cell import Cell
wasm_cache.folder = lambda: Path(sys.argv[1])

@numba.njit
def scale(x):
    return FACTOR * x

FACTOR = 2.5

@numba.njit(error_model="numpy")
def typed_into_a_notebook(cell, x):
    x[0] = scale(x[0]) + cell.r * cell.i

print(len(export(typed_into_a_notebook, (typeof(Cell()), float64[::1]))))
"""


@pytest.mark.slow
def test_two_processes_at_once_with_a_kernel_of_their_main_module(tmp_path, place):
    """The named tuple stands in a module that prints when the compiling process imports it."""
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "numbers_of_a_cell.py").write_text(
        "from typing import NamedTuple\nprint('hello')\n"
        "class Cell(NamedTuple):\n    r: float = 2.0\n    i: float = 1.0\n",
        encoding="utf-8",
    )
    packages = [str(Path(exporter.__file__).parents[2]), str(Path(sys.modules["snnlab"].__file__).parents[1])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(packages)}
    running = [
        subprocess.Popen(
            [sys.executable, str(tmp_path / "script.py"), str(place)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            text=True,
        )
        for _ in range(2)
    ]
    answers = [process.communicate(timeout=120) for process in running]
    assert [errors for _, errors in answers] == ["", ""]
    assert answers[0][0] == answers[1][0]
    (file,) = place.iterdir()
    assert answers[0][0].split() == ["hello", str(file.stat().st_size - 32)]


@pytest.mark.parametrize(
    "system, variables, expected",
    [
        ("win32", {"LOCALAPPDATA": "local"}, "local/snnlab/wasm"),
        ("win32", {}, "home/AppData/Local/snnlab/wasm"),
        ("darwin", {"XDG_CACHE_HOME": "/elsewhere"}, "home/Library/Caches/snnlab/wasm"),
        ("linux", {}, "home/.cache/snnlab/wasm"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "home/.cache/snnlab/wasm"),
    ],
)
def test_folder_of_each_system(system, variables, expected, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(Path, "home", lambda: Path("home"))
    for name in ("LOCALAPPDATA", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert wasm_cache.folder() == Path(expected)


def test_folder_of_choice(monkeypatch, tmp_path):
    monkeypatch.undo()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert wasm_cache.folder() == tmp_path / "snnlab" / "wasm"


def test_user_without_a_home(monkeypatch):
    def nowhere():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.undo()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", nowhere)
    assert wasm_cache.folder() is None


def test_the_compiling_process_does_not_import_the_module_of_a_kernel(compiler, tmp_path, monkeypatch):
    """The globals that a kernel and its helpers read come with it, and panels take a second to import."""
    (tmp_path / "read_once.py").write_text(
        "import os, pathlib, numba\n"
        "pathlib.Path(__file__).with_name(f'{os.getpid()}.imported').touch()\n"
        "FACTOR = 3.0\n"
        "@numba.njit(error_model='numpy')\ndef times(x):\n    return FACTOR * x\n"
        "@numba.njit(error_model='numpy')\ndef triple(x):\n    x[0] = times(x[0])\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    with Compiler() as fresh:  # its path has the folder
        monkeypatch.setattr(subprocess, "run", fresh.run)
        assert export(importlib.import_module("read_once").triple, ARRAY)
    assert [file.stem for file in tmp_path.glob("*.imported")] == [str(os.getpid())]
