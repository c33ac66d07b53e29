"""W3 in C, compiled here and called from Python: what the processor can do with this algorithm."""

import ctypes
import os
import subprocess
import tempfile

import numpy as np


def learn(task):
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "learn.c")
    flags = ["-O3", "-march=native", "-ffast-math", "-fPIC", "-c"]
    with tempfile.TemporaryDirectory() as folder:
        compiled, library = os.path.join(folder, "learn.o"), os.path.join(folder, "learn.so")
        subprocess.run(["gcc", *flags, source, "-o", compiled], check=True)
        # linked without -ffast-math, which would make the whole process take the smallest numbers for zero
        subprocess.run(["gcc", "-shared", compiled, "-o", library, "-lm"], check=True)
        run = ctypes.CDLL(library).learn
    array, real, whole = np.ctypeslib.ndpointer(float, flags="C"), ctypes.c_double, ctypes.c_long
    run.argtypes = [array, array, whole, whole, *[real] * 13, ctypes.c_uint64]
    run.restype = ctypes.c_long
    steps = round(task.DURATION / task.DT)
    numbers = [
        task.DT,
        task.RATE,
        task.TAU_M,
        task.V_REST,
        task.V_TH,
        task.V_RESET,
        task.E_EX,
        task.TAU_EX,
        task.G_MAX,
        task.A_PLUS,
        task.ALPHA,
        task.TAU_PLUS,
        task.TAU_MINUS,
    ]

    def call(k):
        w, x = np.random.default_rng(k).random(task.INPUTS), np.zeros(task.INPUTS)
        spikes = run(w, x, task.INPUTS, steps, *numbers, k)
        return {"spikes": spikes, "mean": float(w.mean())}

    return call
