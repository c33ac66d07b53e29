"""The pass of a recurrent network in a page: WebAssembly under wasmtime gives the bytes of native code."""

import copy
from itertools import product

import numba
import numpy as np
from snnlab_widgets import wasm
from widgets.wasm_runner import ExportedKernel

from snnlab.learning import poisson_patterns
from snnlab.learning.gradients.bptt import Data
from snnlab.learning.gradients.cell_kinds import adaptive_cell, joined_cells
from snnlab.learning.gradients.deep_r import sparse_inputs
from snnlab.learning.gradients.losses import AskedClasses, AskedValues, CrossEntropy, WantedSpikes, as_wanted
from snnlab.learning.gradients.recurrent_gradient import LSNN_SURROGATE
from snnlab.learning.gradients.recurrent_network import initial_recurrent
from snnlab.learning.gradients.recurrent_pass import batch_pass
from snnlab.learning.gradients.recurrent_path import Rates, numbers_of, path_of, rows_of

SAMPLES, STEPS, INPUTS, HIDDEN, OUTPUTS = 4, 60, 10, 6, 2


def arguments(loss, graded, sparse=False):
    """A small LSNN and Poisson spikes, with everything that the kernel takes."""
    rng = np.random.default_rng(1)
    cell = joined_cells(adaptive_cell(3), adaptive_cell(3, beta_a=0.0))
    network = initial_recurrent(INPUTS, cell, OUTPUTS, longest=4, rng=rng)
    if sparse:
        network = sparse_inputs(INPUTS, cell, OUTPUTS, 30, gain=3.0, rng=rng)
    samples = poisson_patterns(SAMPLES, INPUTS, OUTPUTS, STEPS, rate=60.0, rng=rng)
    rows = rows_of(network)
    gradient = rows._replace(w_in=0 * rows.w_in, w_out=0 * rows.w_out, w=0 * rows.w)
    return (
        np.arange(SAMPLES),
        Data(*samples[:3]),
        as_wanted(loss, SAMPLES, STEPS, HIDDEN, OUTPUTS, 1.0),
        cell,
        rows,
        numbers_of(network, LSNN_SURROGATE, graded),
        Rates(10.0, 1e-4, 1.0),
        path_of(network, rows, STEPS),
        gradient,
        np.zeros((SAMPLES, STEPS, INPUTS)),
        np.zeros(3),
    )


def leaves(value):
    """The arrays in nested tuples."""
    if isinstance(value, tuple):
        return [leaf for part in value for leaf in leaves(part)]
    return [value] if isinstance(value, np.ndarray) else []


def test_webassembly_equals_native():
    rng, trial = np.random.default_rng(2), (SAMPLES, STEPS)
    losses = (
        CrossEntropy("last"),
        AskedClasses(rng.integers(-1, OUTPUTS, trial)),
        AskedClasses(np.where(np.arange(STEPS) > 8, rng.integers(-1, OUTPUTS, trial), -1), 9),
        AskedValues(rng.normal(0, 1, (*trial, OUTPUTS)), rng.random(trial) < 0.5),
        WantedSpikes(1.0 * (rng.random((*trial, HIDDEN)) < 0.1)),
    )
    kinds = tuple(map(numba.typeof, arguments(losses[0], False)))
    exported = ExportedKernel(wasm.export(batch_pass, kinds), kinds)
    for loss in losses:
        for graded, sparse in product((False, True), repeat=2):
            here = arguments(loss, graded, sparse)
            there = copy.deepcopy(here)
            batch_pass(*here)
            exported(*there)
            assert here[-1][2] > 20 and here[8].w.any()  # spikes, and a gradient
            for mine, its in zip(leaves(here), leaves(there), strict=True):
                assert mine.tobytes() == its.tobytes()
