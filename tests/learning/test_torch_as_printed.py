"""The lines of PyTorch in chapter 16 and the kernel beside them find the same gradient.

`record_torch_surrogate.py` has run them; where PyTorch is installed they are run once more.
"""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from reference.record_torch_surrogate import printed_lines, run_printed_lines

from snnlab.learning import CurrentLIF, Surrogate, Weights, samples_from_raster, surrogate_gradient

RECORDING = Path(__file__).parents[1] / "reference" / "torch_as_printed.npz"


@pytest.fixture(scope="module")
def recorded():
    with np.load(RECORDING) as data:
        return dict(data)


@pytest.mark.reference
def test_the_kernel_finds_what_the_printed_lines_found(recorded):
    assert str(recorded["lines"]) == printed_lines()  # else they have to be recorded anew
    samples = samples_from_raster(recorded["x"], recorded["labels"])
    weights = Weights(recorded["w_in"], recorded["w_out"])
    neuron = CurrentLIF()
    assert (neuron.alpha, neuron.beta) == (recorded["alpha"], recorded["beta"])
    ours = surrogate_gradient(weights, samples, neuron, Surrogate(width=float(recorded["b"])))
    assert ours.spikes > 300
    assert ours.loss == pytest.approx(float(recorded["loss"]), rel=1e-14, abs=0)
    for mine, theirs in ((ours.weights.w_in, recorded["g_in"]), (ours.weights.w_out, recorded["g_out"])):
        assert mine == pytest.approx(theirs, abs=1e-12 * float(np.abs(theirs).max()))


@pytest.mark.skipif(find_spec("torch") is None, reason="PyTorch is not installed")
def test_the_printed_lines_still_run(recorded):
    import torch

    found = run_printed_lines(torch, recorded)
    for name in ("loss", "g_in", "g_out"):
        assert found[name] == pytest.approx(recorded[name], rel=1e-9, abs=1e-12)
