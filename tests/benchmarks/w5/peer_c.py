"""W5 in C, compiled here and called from Python: what the processor can do with this algorithm."""

import ctypes
import os
import subprocess
import tempfile

import numpy as np

CHUNK = 32  # as in loihi.c


def run(task):
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "loihi.c")
    with tempfile.TemporaryDirectory() as folder:
        library = os.path.join(folder, "loihi.so")
        subprocess.run(["gcc", "-O3", "-march=native", "-fPIC", "-shared", source, "-o", library], check=True)
        program = ctypes.CDLL(library).run
    kinds = (np.int16, np.int32, np.int32, np.uint8, np.int32, np.int64)
    arrays = [np.ctypeslib.ndpointer(kind, flags="C") for kind in kinds]
    program.argtypes = [*arrays, ctypes.c_long, ctypes.c_long, *[ctypes.c_int] * 3]
    program.restype = ctypes.c_long
    a, n = task.activations(), task.COMPARTMENTS
    numbers = 4096 - task.DECAY_U - 1, 4096 - task.DECAY_V, task.V_TH << 6
    fired = np.zeros((CHUNK, -(-n // 8) * 8), np.uint8)
    units, counts = np.empty(n * task.STEPS, np.int32), np.empty(task.STEPS, np.int64)

    def call(k):
        u, v = np.zeros(n, np.int32), np.zeros(n, np.int32)
        spikes = program(task.part(a, k), u, v, fired, units, counts, n, task.STEPS, *numbers)
        return task.answer(spikes, u, v)

    return call
