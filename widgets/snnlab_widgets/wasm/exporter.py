"""Numba kernel to WebAssembly: the function of the notebook, in a web page.

>>> from snnlab.compiling import kernel
>>> @kernel
... def halve(x):
...     for k in range(x.size):
...         x[k] = 0.5 * x[k]
>>> module = export(halve, "void(float64[::1])")
>>> len(module) < 1000
True

How it works
------------
Numba turns a kernel into LLVM code, and the llvmlite that comes with Numba can turn that into WebAssembly:
no other compiler is needed. A second Python process compiles (``_compile.py``), because LLVM ends the
process when it meets code that it cannot lower. The kernel travels there as this process holds it, with the
kernels that it calls and the globals that it reads, so a function typed into a notebook can be exported
too. LLVM gives an object; ``_link.py`` makes it a module and checks that it asks for nothing that a
page does not have. That takes about a second, so modules are kept on disk (``cache.py``). Nothing is
patched in this process.

What a kernel may contain
-------------------------
- Arguments: C-contiguous arrays of integers or floats, numbers, and named tuples of these. Results go into
  arrays; one number can be returned.
- Loops, conditions, arithmetic, the functions of `IMPORTS` (from ``math`` or ``numpy``) in double
  precision, `abs`, `min`, `max`, `round`, ``math.sqrt``, ``math.floor`` and their like, slices that are
  views, other kernels in any file.
- No allocation (``np.zeros``, lists, array expressions), no ``np.random`` (``snnlab.random`` instead), no
  `raise`, no print, no ``fastmath``, no ``parallel``. `export` refuses these in one sentence.
  ``error_model="numpy"`` where it divides. Tables may be globals, up to 16 kB; they are better passed as
  arguments.
- A float becomes an integer only within the integer's range: what happens beyond differs between processors.

The same bytes come out natively and in WebAssembly, apart from the last digits of `IMPORTS`: a page
computes ``exp`` with JavaScript's ``Math``. With the same ``exp`` they are equal to the last bit;
``tests/widgets`` compares them.

Calling convention
------------------
The module imports from ``env`` the memory ``__linear_memory``, perhaps the mutable i32 global
``__stack_pointer`` with the start value `STACK_TOP`, and those of `IMPORTS` that it uses, all (f64) → f64
or (f64, f64) → f64. It owns the memory below `STACK_TOP`; the page owns everything from there on, 8-byte
aligned. It exports one function::

    kernel(result, error, argument, ...) -> status

``result`` and ``error`` are addresses (i32) of 8 bytes each. A number that the kernel returns stands at
``result`` afterwards in the type that the kernel gives it (int64 for a count, float64). A status of 0 or −2
is fine (−2: nothing was returned); 1 says that a function of Numba's own raised, as an integer division by
zero or the maximum of nothing can. What then stands at ``error`` is of no use to the page. The arguments
follow in order:

- float64 and float32 are numbers; int64 and uint64 are BigInt in JavaScript; shorter integers and booleans
  are i32;
- an array of n axes is 5 + 2 n numbers: 0, 0, its size (i64), the bytes of an item (i64), its address (i32),
  its shape (n × i64), its strides in bytes (n × i64);
- a named tuple is its fields in order.

Set every array to zeros or to its contents before every run.

What depends on Numba
---------------------
The compiling process replaces three private methods of Numba. `TRIED` lists the versions with which the tests
of this module passed; with another one the module is made and checked in the same way, and refused if the
check fails.
"""

import functools
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numba
from numba import cloudpickle
from numba.extending import is_jitted

from snnlab_widgets.wasm import _signature, cache
from snnlab_widgets.wasm._link import IMPORTS, STACK_TOP, ModuleError, link, verify

__all__ = ["IMPORTS", "STACK_TOP", "TRIED", "ExportError", "export"]

TRIED = ("0.61", "0.62", "0.63", "0.64", "0.65", "0.66", "0.67", "0.68")
"""The versions of Numba with which the exporter has been tested."""

_COMPILER = Path(__file__).with_name("_compile.py")
_PATIENCE = 900  # s: on a busy machine the largest kernels take five minutes


class ExportError(Exception):
    """The kernel cannot be exported; the text is one sentence that says why and what to do."""


def export(kernel: Callable, signature: str | Sequence, name: str = "kernel") -> bytes:
    """Compile a kernel to a WebAssembly module.

    Parameters
    ----------
    kernel
        A function that Numba compiles, from ``snnlab.compiling.kernel`` or
        ``numba.njit(error_model="numpy")``.
    signature
        The Numba types of its arguments, or text such as ``"void(float64[:, ::1], int32[::1], float64)"``.
    name
        The name of the function that the module exports.

    Returns
    -------
    bytes
        The module; how to call it stands above.

    Raises
    ------
    ExportError
        If the kernel does something that a page cannot do, or cannot be compiled.

    Examples
    --------
    >>> import numba
    >>> @numba.njit(error_model="numpy", fastmath=True)
    ... def total(x):
    ...     return x[0] + x[1] + x[2]
    >>> export(total, "float64(float64[::1])")
    Traceback (most recent call last):
    ...
    snnlab_widgets.wasm.exporter.ExportError: total is compiled with fastmath, which rounds differently on
    every machine: leave it out
    """
    called = getattr(kernel, "__name__", repr(kernel))
    if not is_jitted(kernel):
        disabled = numba.config.DISABLE_JIT  # type: ignore[attr-defined]
        why = "NUMBA_DISABLE_JIT is set" if disabled else 'decorate it with njit(error_model="numpy")'
        raise ExportError(f"{called} is not compiled by Numba: {why}")
    try:
        args, result = _signature.split(signature)
    except Exception as error:  # text is evaluated by Numba and can fail in any way
        raise ExportError(f"{called} cannot be exported: {signature!r} is no signature ({error})") from None
    problem = _signature.problem(kernel.py_func, args, result) or _forbidden_option(kernel)
    if problem:
        raise ExportError(f"{called} {problem}")
    key = cache.key(kernel, (args, result), name)
    return _module(kernel, args, result, name, key)


def _forbidden_option(kernel: Any) -> str:
    """What an option of the decorator rules out, as the end of a sentence; empty if nothing."""
    if kernel.targetoptions.get("fastmath"):
        return "is compiled with fastmath, which rounds differently on every machine: leave it out"
    if kernel.targetoptions.get("parallel"):
        return "is compiled with parallel=True, and a page has one thread: leave it out"
    return ""


@functools.lru_cache(maxsize=128)
def _module(kernel: Any, args: tuple, result: Any, name: str, key: str) -> bytes:
    """The module from this process, from disk or from the compiler, in this order."""
    module = cache.load(key)
    if module is None:
        try:
            module = link(_compile((kernel, args, result, name)), name)
            verify(module, name)
        except (ExportError, ModuleError) as error:
            version = ".".join(numba.__version__.split(".")[:2])
            untried = "" if version in TRIED else f" (Numba {version} has not been tried with this exporter)"
            raise ExportError(f"{kernel.__name__} {error}{untried}") from None
        cache.store(key, module)
    return module


def _compile(request: tuple) -> bytes:
    """The object that the compiling process makes of a request."""
    try:
        sent = cloudpickle.dumps(request)
    except Exception as error:  # whatever the kernel reads may refuse to travel
        raise ExportError(f"reads something that cannot be sent to the compiler ({error})") from None
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
    environment["PYTHONPATH"] = os.pathsep.join(path or os.getcwd() for path in sys.path)
    environment["SNNLAB_JIT_CACHE"] = "0"
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(_COMPILER)],
            input=sent,
            capture_output=True,
            env=environment,
            timeout=_PATIENCE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ExportError(f"cannot be compiled: no second Python process could do it ({error})") from None
    if done.returncode != 0:
        last = (done.stderr.decode(errors="replace").strip().splitlines() or ["it said nothing"])[-1]
        raise ExportError(f"cannot be compiled: the compiler stopped with code {done.returncode} ({last})")
    answer = pickle.loads(done.stdout)
    if "refused" in answer:
        raise ExportError(answer["refused"])
    return answer["object"]
