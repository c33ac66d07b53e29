"""An exported kernel gives the bytes of the native one, whatever it is made of."""

import math
import re
import subprocess
from pathlib import Path

import numba
import numpy as np
import pytest
import snnlab_widgets
from numba import boolean, float32, float64, int32, int64, typeof
from snnlab_widgets.wasm import IMPORTS, export, exporter
from snnlab_widgets.wasm import cache as wasm_cache
from widgets.wasm_compiler import Compiler
from widgets.wasm_runner import ExportedKernel, Raised, types_of

from snnlab.neurons import LIF
from snnlab.random import philox, uniform

SETTINGS = 60
jit = numba.njit(error_model="numpy")


@pytest.fixture(autouse=True, scope="module")
def own_cache_and_fast_compiler(tmp_path_factory):
    """Leave the cache of whoever runs the tests alone."""
    place = tmp_path_factory.mktemp("wasm")
    with pytest.MonkeyPatch.context() as patch, Compiler() as compiler:
        patch.setattr(wasm_cache, "folder", lambda: place)
        patch.setattr(subprocess, "run", compiler.run)
        yield


@jit
def lif(i, v, times, units, v_th, decay, t_ref):
    """Many LIF neurons, and how often they fire."""
    count = 0
    free = 0
    for k in range(i.shape[1]):
        now = -65.0
        free = 0
        for t in range(i.shape[0]):
            if t >= free:
                now = decay * now + (1.0 - decay) * (-65.0 + 100.0 * i[t, k])
                if now > v_th:
                    now = -65.0
                    free = t + t_ref
                    if count < times.size:
                        times[count] = 0.1 * (t + 1)
                        units[count] = k
                    count += 1
            v[t, k] = now
    return count


@jit
def xorshift(states, out):
    """The 64-bit generator of Marsaglia with a multiplication at the end."""
    for k in range(states.size):
        x = states[k]
        for j in range(out.shape[1]):
            x ^= x >> np.uint64(12)
            x ^= x << np.uint64(25)
            x ^= x >> np.uint64(27)
            out[k, j] = x * np.uint64(0x2545F4914F6CDD1D)
        states[k] = x


@jit
def bits(seed, words, floats):
    """Philox, a kernel that stands in another file and calls a third."""
    for k in range(floats.size):
        words[k] = philox(seed, np.uint64(k), np.uint64(7))[1]
        floats[k] = uniform(seed, np.uint64(3), np.uint64(k))


@jit
def libm(x, y):
    """Every function that a page supplies, apart from those that only the compiler calls."""
    for k in range(x.shape[0]):
        a = x[k]
        y[0, k], y[1, k], y[2, k] = math.exp(a), math.log(abs(a)), math.expm1(a)
        y[3, k], y[4, k], y[5, k] = math.log1p(abs(a)), math.log2(abs(a)), math.log10(abs(a))
        y[6, k], y[7, k], y[8, k] = math.sin(a), math.cos(a), math.tan(a)
        y[9, k], y[10, k], y[11, k] = math.sinh(a), math.cosh(a), math.tanh(a)
        y[12, k], y[13, k], y[14, k] = math.asin(a / 30.0), math.acos(a / 30.0), math.atan(a)
        y[15, k], y[16, k], y[17, k] = math.asinh(a), math.acosh(1.0 + abs(a)), math.atanh(a / 30.0)
        y[18, k], y[19, k], y[20, k] = abs(a) ** 0.7, math.atan2(a, 2.0), math.hypot(a, 3.0)
        y[21, k], y[22, k], y[23, k] = 2.0**a, a % 0.3, np.cbrt(a)
        y[24, k], y[25, k], y[26, k] = np.sqrt(abs(a)), np.floor(a), np.rint(a)


@jit
def division(x, y, out):
    """By zero too: infinity for floats, zero for integers, as in NumPy."""
    for k in range(x.size):
        out[k, 0] = 1.0 / x[k]
        out[k, 1] = x[k] // 3.0
        out[k, 2] = y[k] // (y[k] % 5)
        out[k, 3] = y[k] % (y[k] % 3)
        out[k, 4] = y[k] / 7


@jit
def rate(neuron, i, out):
    """A named tuple of floats as an argument."""
    drive = neuron.r_m * i
    out[0] = neuron.t_ref - neuron.tau_m * math.log1p((neuron.v_reset - neuron.v_th) / drive)
    return 1000.0 / out[0]


@jit
def views(a, b):
    """Slices that are views, and what the compiler turns into a copy or a fill of memory."""
    total = 0.0
    for k in range(a.shape[0]):
        row = a[k]
        row[1:] = row[0]
        for x in row[::-1]:
            total += x * b[k]
    a[0, :] = 0.0
    for k in range(b.size - 1, 0, -1):
        b[k] = b[k - 1]
    return total + a.sum() + a.T[1, 0]


TABLE = np.array([3.5, -1.25, 8.0, 0.1])


@jit
def narrow(a, flags, k, negative, x):
    """Numbers of 32 bits, booleans, and a table among the globals."""
    flags[k % flags.size] += k
    a[k % a.size] = x * np.float32(0.1)
    return -TABLE[k & 3] if negative else TABLE[k & 3]


def lif_args(rng):
    i = rng.uniform(0.0, 0.4, (300, 5))
    out = np.zeros((300, 5)), np.zeros(40), np.zeros(40, "i4")
    return i, *out, rng.uniform(-60, -50), rng.uniform(0.98, 0.999), int(rng.integers(30))


def neuron_args(rng):
    return LIF(tau_m=rng.uniform(5, 40), t_ref=rng.uniform(0, 5)), rng.uniform(0.2, 0.5), np.zeros(1)


CASES = {
    lif: (
        "int64(float64[:,::1], float64[:,::1], float64[::1], int32[::1], float64, float64, int64)",
        lif_args,
        "int64",
    ),
    xorshift: (
        "void(uint64[::1], uint64[:,::1])",
        lambda rng: (rng.integers(1, 2**64, 4, dtype="u8"), np.zeros((4, 9), "u8")),
        None,
    ),
    bits: (
        "void(uint64, uint64[::1], float64[::1])",
        lambda rng: (rng.integers(0, 2**64, dtype="u8"), np.zeros(50, "u8"), np.zeros(50)),
        None,
    ),
    libm: (
        "void(float64[::1], float64[:,::1])",
        lambda rng: (rng.uniform(-29, 29, 50), np.zeros((27, 50))),
        None,
    ),
    division: (
        "void(float64[::1], int64[::1], float64[:,::1])",
        lambda rng: (rng.integers(-2, 3, 50) * 0.3, rng.integers(-99, 99, 50), np.zeros((50, 5))),
        None,
    ),
    rate: ((typeof(LIF()), float64, float64[::1]), neuron_args, "float64"),
    views: (
        "float64(float64[:,::1], float64[::1])",
        lambda rng: (rng.normal(size=(7, 6)), rng.normal(size=7)),
        "float64",
    ),
    narrow: (
        (float32[::1], int32[::1], int32, boolean, float32),
        lambda rng: (
            rng.normal(size=5).astype("f4"),
            np.zeros(6, "i4"),
            np.int32(rng.integers(2**31)),
            bool(rng.integers(2)),
            np.float32(rng.normal()),
        ),
        "float64",
    ),
}


@pytest.mark.parametrize("kernel", CASES, ids=lambda kernel: kernel.__name__)
def test_equals_native_to_the_last_bit(kernel):
    signature, make, returns = CASES[kernel]
    exported = ExportedKernel(export(kernel, signature), types_of(signature))
    rng = np.random.default_rng(1)
    results = set()
    for _ in range(SETTINGS):
        here = make(rng)
        there = tuple(a.copy() if isinstance(a, np.ndarray) else a for a in here)
        expected, got = kernel(*here), exported(*there, returns=returns)
        if returns:
            assert np.asarray(expected, returns).tobytes() == got.tobytes()
        arrays = [(a, b) for a, b in zip(here, there, strict=True) if isinstance(a, np.ndarray)]
        for a, b in arrays:
            assert a.tobytes() == b.tobytes()
        results.add(b"".join(a.tobytes() for a, _ in arrays))
    assert len(results) == SETTINGS  # the settings are different, and the kernel does something with them


def test_libm_kernel_calls_every_function_of_the_page():
    """So that the test above compares all of them. Some versions of Numba make a cube root of a power."""
    import wasmtime

    module = wasmtime.Module(wasmtime.Engine(), export(libm, CASES[libm][0]))
    assert set(IMPORTS) - {"cbrt"} <= {item.name for item in module.imports}


# ECMA-262, section 21.3.2: the functions of Math with one or two arguments
JAVASCRIPT = {
    *(
        "abs",
        "acos",
        "acosh",
        "asin",
        "asinh",
        "atan",
        "atanh",
        "atan2",
        "cbrt",
        "ceil",
        "cos",
        "cosh",
        "exp",
    ),
    *(
        "expm1",
        "floor",
        "hypot",
        "log",
        "log1p",
        "log10",
        "log2",
        "pow",
        "round",
        "sign",
        "sin",
        "sinh",
        "sqrt",
    ),
    *("tan", "tanh", "trunc"),
}


def test_page_supplies_every_import():
    """All are in JavaScript's Math under the same name, apart from two that the engine defines."""
    engine = Path(snnlab_widgets.__file__).with_name("static") / "engine.js"
    text = engine.read_text(encoding="utf-8")
    assert "getOwnPropertyNames(Math)" in text
    assert IMPORTS.keys() - JAVASCRIPT == {"exp2", "fmod"}
    for name in ("exp2", "fmod"):
        assert re.search(rf"\b{name}:", text)


def test_exported_name():
    module = export(lif, CASES[lif][0], name="step")
    assert b"\x04step" in module and b"kernel" not in module


def test_size():
    assert len(export(lif, CASES[lif][0])) < 1000


def test_signature_as_text_as_types_and_without_result():
    text = export(rate, CASES[rate][0])
    assert text == export(rate, list(CASES[rate][0]))
    assert export(division, CASES[division][0]) == export(division, types_of(CASES[division][0]))


def test_exception_of_numbas_own_is_status_1():
    @jit
    def pick(k):
        return (1.5, 2.5)[k]

    exported = ExportedKernel(export(pick, "(int64,)"), (int64,))
    assert exported(1, returns="float64") == pick(1) == 2.5
    with pytest.raises(Raised):
        exported(2, returns="float64")


def test_this_numba_was_tried():
    """With another version the exporter goes on, but panels may fall back: run these tests and add it."""
    assert ".".join(numba.__version__.split(".")[:2]) in exporter.TRIED
