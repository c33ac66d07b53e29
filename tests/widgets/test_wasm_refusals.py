"""What cannot run in a page is refused in one sentence that names the line."""

import math
import os
import random
import subprocess
import threading
from pathlib import Path

import numba
import numpy as np
import pytest
from numba import float64, int64
from snnlab_widgets.wasm import ExportError, export, exporter
from snnlab_widgets.wasm import cache as wasm_cache
from widgets.wasm_compiler import Compiler

from snnlab.compiling import kernel

jit = numba.njit(error_model="numpy")
ARRAY, NUMBER = (float64[::1],), (float64,)
GLOBAL_TABLE = np.arange(5000.0)
LOCK = threading.Lock()
RUN = subprocess.run


@pytest.fixture(scope="module")
def compiler():
    with Compiler() as started:
        yield started


@pytest.fixture(autouse=True)
def own_cache_and_fast_compiler(compiler, tmp_path, monkeypatch):
    exporter._module.cache_clear()
    monkeypatch.setattr(wasm_cache, "folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(subprocess, "run", compiler.run)


def zeros(x):
    y = np.zeros(3)
    y[0] = x[0]
    return y[1]


def expression(x):
    y = x + 1.0
    return y[0]


def copy(x):
    x[0] = x.copy()[1]


def assign_slice(x):
    x[1:] = x[:-1]


def a_list(x):
    values = [1.0]
    values.append(x[0])
    return values[-1]


def sort(x):
    x.sort()


def median(x):
    return np.median(x)


def numpy_random(x):
    x[0] = np.random.random()  # noqa: NPY002


def python_random(x):
    x[0] = random.random()


def raises(x):
    if x[0] < 0:
        raise ValueError("negative")
    return x[0]


def asserts(x):
    assert x[0] > 0
    return x[0]


def prints(x):
    print(x[0])


def undefined(x):
    return x[0] + no_such_name  # noqa: F821


def text(x):
    return "abc" if x[0] > 0 else "d"


def pair(x):
    return x[0], x[1]


def erf(x):
    return math.erf(x[0])


def big_table(x):
    return GLOBAL_TABLE[int(x[0])]


def fused(x):
    return fma(x[0], x[1], x[2])


@numba.extending.intrinsic
def fma(typing, a, b, c):
    def code(context, builder, signature, args):
        return builder.fma(*args)

    return float64(float64, float64, float64), code


@jit
def recursive(x):
    return x[0] if x[0] < 2 else recursive(x[1:]) + recursive(x[2:])


@jit
def inner(x):
    return np.ones(3)[0] + x


def calls_inner(x):
    return inner(x[0])


REFUSED = {
    zeros: "allocates an array at line {1}: pass it as an argument",
    expression: "allocates an array at line {1}: write a loop over array arguments",
    copy: "allocates an array at line {1}: pass it as an argument",
    assign_slice: "copies an array at line {1}: write a loop",
    a_list: "allocates a list, a set, a dictionary or a text at line {1}: write a loop over array arguments",
    sort: "calls array.sort at line {1}, which allocates an array: write the loop",
    median: "calls np.median at line {1}, which allocates an array: write the loop",
    numpy_random: "uses np.random at line {1}: draw from snnlab.random",
    python_random: "uses random at line {1}: draw from snnlab.random",
    raises: "raises an exception at line {2}: check the values before the kernel is called",
    asserts: "raises an exception at line {1}: check the values before the kernel is called",
    prints: "prints at line {1}: write the number into an array argument",
    undefined: "does not compile: NameError: name 'no_such_name' is not defined",
    text: "returns unicode_type: return one number, and write the rest into array arguments",
    pair: "returns UniTuple(float64 x 2): return one number, and write the rest into array arguments",
    erf: "calls erf, which a page does not have",
    big_table: "has 40000 bytes of constants, 16384 fit: pass tables as arguments",
    fused: "multiplies and adds in one rounding, which a page cannot: write a * b + c",
}


def test_recursion():
    with pytest.raises(ExportError, match=r"^recursive calls itself: write a loop$"):
        export(recursive, ARRAY)


@pytest.mark.parametrize("function", REFUSED, ids=lambda function: function.__name__)
def test_refusal(function):
    first = function.__code__.co_firstlineno
    expected = REFUSED[function].format(*range(first, first + 4))
    with pytest.raises(ExportError) as caught:
        export(jit(function), ARRAY)
    assert str(caught.value) == f"{function.__name__} {expected}"


def test_line_in_a_kernel_that_is_called():
    line = inner.py_func.__code__.co_firstlineno + 2
    with pytest.raises(ExportError, match=rf"^calls_inner allocates an array at line {line} of inner: "):
        export(jit(calls_inner), ARRAY)


@pytest.mark.parametrize(
    "signature, expected",
    [
        ("void(float64[:])", "write its type as float64[::1]"),
        ("void(float64[:,:])", "write its type as float64[:, ::1]"),
        ("void(complex128[::1])", "an array of complex128"),
        ("void(unicode_type)", "unicode_type"),
        ((numba.types.List(float64),), "list(float64)<iv=None>"),
    ],
)
def test_type_that_the_page_cannot_pass(signature, expected):
    with pytest.raises(ExportError) as caught:
        export(jit(prints), signature)
    message = str(caught.value)
    assert message.startswith("prints has an argument 1 (x) of a type that the page cannot pass: ")
    assert message.endswith(expected)


def test_generator_as_an_argument():
    kind = numba.typeof(np.random.default_rng(1))
    with pytest.raises(
        ExportError, match=r"^prints has an argument 1 \(x\) of a type that the page cannot pass"
    ):
        export(jit(prints), (kind,))


def test_wrong_number_of_arguments():
    with pytest.raises(ExportError, match=r"^prints takes 1 arguments and the signature has 2$"):
        export(jit(prints), (float64, float64))


def test_result_that_the_signature_asks_for():
    with pytest.raises(ExportError, match=r"^prints returns array"):
        export(jit(prints), "float64[::1](float64[::1])")


def test_no_signature():
    with pytest.raises(ExportError, match=r"^prints cannot be exported: 'void\(flaot64\)' is no signature"):
        export(jit(prints), "void(flaot64)")


def test_plain_function():
    with pytest.raises(ExportError, match=r"^prints is not compiled by Numba: decorate it"):
        export(prints, ARRAY)


def test_jit_switched_off(monkeypatch):
    monkeypatch.setattr(numba.config, "DISABLE_JIT", 1)
    with pytest.raises(ExportError, match=r"^prints is not compiled by Numba: NUMBA_DISABLE_JIT is set"):
        export(kernel(prints), ARRAY)


@pytest.mark.parametrize("option", ["fastmath", "parallel"])
def test_option_of_the_decorator(option):
    with pytest.raises(ExportError, match=rf"^sort is compiled with {option}"):
        export(numba.njit(**{option: True})(sort), ARRAY)


def test_global_that_cannot_travel():
    held = LOCK

    @jit
    def locked(x):
        return held, x

    with pytest.raises(ExportError, match=r"^locked reads something that cannot be sent to the compiler"):
        export(locked, NUMBER)


@jit
def fine(x):
    x[0] = 0.1


def test_compiler_that_is_killed(monkeypatch):
    """As LLVM does it: the process ends in the middle of its work."""
    run = RUN

    def die(command, **options):
        return run([command[0], "-c", "import os; os.write(2, b'LLVM ERROR: enough'); os.abort()"], **options)

    monkeypatch.setattr(subprocess, "run", die)
    with pytest.raises(
        ExportError, match=r"^fine cannot be compiled: .* stopped with code .*LLVM ERROR: enough"
    ):
        export(fine, ARRAY)
    monkeypatch.setattr(subprocess, "run", RUN)
    assert export(fine, ARRAY)  # a failure is not remembered


def test_compiler_that_hangs(monkeypatch):
    run = RUN

    def hang(command, **options):
        return run([command[0], "-c", "import time; time.sleep(60)"], **options)

    monkeypatch.setattr(subprocess, "run", hang)
    monkeypatch.setattr(exporter, "_PATIENCE", 0.2)
    with pytest.raises(ExportError, match=r"^fine cannot be compiled: no second Python process could do it"):
        export(fine, ARRAY)


def test_no_second_process(monkeypatch):
    monkeypatch.setattr(subprocess, "run", RUN)
    monkeypatch.setattr("sys.executable", str(Path(os.devnull, "nothing")))
    with pytest.raises(ExportError, match=r"^fine cannot be compiled: no second Python process could do it"):
        export(fine, ARRAY)


def test_interrupt_leaves_nothing_behind(tmp_path, monkeypatch):
    def interrupt(command, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "run", interrupt)
    with pytest.raises(KeyboardInterrupt):
        export(fine, ARRAY)
    assert not list(tmp_path.rglob("*"))


def test_numba_without_the_private_methods(monkeypatch, tmp_path):
    """The compiling process says what is missing, and the message says that this Numba is untried."""
    script = tmp_path / "future.py"
    script.write_text(
        "import runpy, sys\n"
        "from numba.core import codegen\n"
        "class Renamed: pass\n"
        "codegen.CPUCodeLibrary = Renamed\n"
        f"runpy.run_path({str(exporter._COMPILER)!r}, run_name='__main__')\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(subprocess, "run", RUN)
    monkeypatch.setattr(exporter, "_COMPILER", script)
    monkeypatch.setattr(exporter, "TRIED", ())
    version = ".".join(numba.__version__.split(".")[:2])
    with pytest.raises(ExportError) as caught:
        export(fine, ARRAY)
    assert str(caught.value) == (
        "fine needs a Numba that has Renamed._optimize_functions "
        f"(Numba {version} has not been tried with this exporter)"
    )


def test_untried_numba_goes_on_as_long_as_it_works(monkeypatch):
    monkeypatch.setattr(exporter, "TRIED", ())
    assert export(fine, ARRAY)


def test_kernel_with_signatures_of_its_own():
    @numba.njit("float64(float64)", error_model="numpy")
    def eager(x):
        return 2.0 * x

    assert export(eager, NUMBER)
    with pytest.raises(ExportError, match=r"^eager does not compile: "):
        export(eager, (int64,))
