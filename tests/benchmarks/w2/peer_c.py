"""W2 in C, compiled here and called from Python: what the processor can do with this algorithm."""

import ctypes
import math
import os
import subprocess
import tempfile
from functools import partial

import numpy as np

FAST = ("-ffast-math",)
"""A product and a sum in one rounding, and sums in any order: what most C programs are compiled with."""
SAME = ("-ffp-contract=off",)
"""Each product and sum rounded, in the order that is written: what gives the same bytes in every page."""


def program(dtype, rounding=FAST):
    """The function `run` of net.c for numbers of one type."""
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "net.c")
    number = {"float32": "float", "float64": "double"}[dtype]
    flags = ["-O3", "-march=native", *rounding, "-fPIC", "-c", f"-DNUMBER={number}"]
    with tempfile.TemporaryDirectory() as folder:
        compiled, library = os.path.join(folder, "net.o"), os.path.join(folder, "net.so")
        subprocess.run(["gcc", *flags, source, "-o", compiled], check=True)
        # linked without -ffast-math, which would make the whole process take the smallest numbers for zero
        subprocess.run(["gcc", "-shared", compiled, "-o", library, "-lm"], check=True)
        run = ctypes.CDLL(library).run
    kinds = (*[dtype] * 3, np.int32, np.int64, np.uint16)
    arrays = [np.ctypeslib.ndpointer(kind, flags="C") for kind in kinds]
    given = [np.ctypeslib.ndpointer(kind, flags="C") for kind in (float, np.int32, np.int64)]
    run.argtypes = [*arrays, *[ctypes.c_long] * 3, *[ctypes.c_int] * 2, *given]
    run.restype = ctypes.c_long
    return run


def numbers(task, model):
    """The fields of `numbers` in net.c."""
    decay, decay_e, decay_i = (math.exp(-task.DT / tau) for tau in (task.TAU_M, task.TAU_E, task.TAU_I))
    into_e = task.TAU_E / (task.TAU_M - task.TAU_E) * (decay - decay_e)
    into_i = task.TAU_I / (task.TAU_M - task.TAU_I) * (decay - decay_i)
    rest, (w_e, w_i) = task.V_REST[model], task.W[model]
    return np.array([
        decay, (1 - decay) * rest, into_e, into_i, decay_e, decay_i,
        task.DT / task.TAU_M, rest, task.E_E, task.E_I,
        task.V_TH, task.V_RESET, w_e, w_i if model == "cuba" else -w_i,
    ])  # fmt: skip


def prepare(task, model, n, dtype, rounding=FAST):
    from snnlab.networks.running.alignment import aligned

    run, p, (begin, post) = program(dtype, rounding), numbers(task, model), task.wiring(n)
    post = post.astype(np.uint16)
    steps, hold = round(task.DURATION / task.DT), round(task.T_REF / task.DT)

    def call(k):
        v, excitation, inhibition = (aligned(x.astype(dtype)) for x in task.start(model, n, k))
        free, ends = aligned(np.zeros(n, np.int32)), np.empty(steps, np.int64)
        ids = np.empty(n * (1 + steps // (1 + hold)), np.int32)
        count = run(
            v, excitation, inhibition, free, begin, post, n, task.excitatory(n), steps, hold,
            model == "coba", p, ids, ends,
        )  # fmt: skip
        return {"rate": count / n / (task.DURATION / 1e3)}

    return call


cuba_4000, cuba_20000, cuba_40000 = (
    partial(prepare, model="cuba", n=n, dtype="float32") for n in (4000, 20_000, 40_000)
)
coba_4000, coba_20000, coba_40000 = (
    partial(prepare, model="coba", n=n, dtype="float32") for n in (4000, 20_000, 40_000)
)
cuba_4000_double = partial(prepare, model="cuba", n=4000, dtype="float64")
coba_4000_double = partial(prepare, model="coba", n=4000, dtype="float64")
cuba_4000_same, coba_4000_same = (
    partial(prepare, model=model, n=4000, dtype="float32", rounding=SAME) for model in ("cuba", "coba")
)
