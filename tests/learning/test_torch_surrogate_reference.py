"""Surrogate gradients against recordings of PyTorch: every file of the family in ``tests/reference``.

`record_torch_surrogate.py` beside them made them and says what they hold.
"""

from pathlib import Path

import numpy as np
import pytest

from snnlab.learning import (
    Adam,
    CurrentLIF,
    Penalty,
    Surrogate,
    Weights,
    adam_start,
    adam_step,
    samples_from_raster,
    surrogate_gradient,
)

FILES = sorted((Path(__file__).parents[1] / "reference").glob("torch_surrogate_*.npz"))
pytestmark = pytest.mark.reference


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_loss_gradients_and_steps_of_adam_are_those_of_pytorch(file):
    with np.load(file) as data:
        recorded = dict(data)
    names = [name for name in ("in", "out", "rec") if f"w_{name}" in recorded]
    weights = Weights(**{f"w_{name}": recorded[f"w_{name}"] for name in names})
    samples = samples_from_raster(recorded["x"], recorded["labels"])
    neuron = CurrentLIF()
    assert (neuron.alpha, neuron.beta) == (recorded["alpha"], recorded["beta"])
    surrogate = Surrogate(width=float(recorded["width"]), through_reset=bool(recorded["through_reset"]))
    penalty = Penalty(*recorded["penalty"].tolist())
    exact = weights.w_in.dtype == np.float64
    near = 1e-12 if exact else 2e-5  # of the largest: a gradient in float32 is a sum of 12 · 60 rounded terms

    found = surrogate_gradient(weights, samples, neuron, surrogate, penalty)
    assert found.spikes == recorded["spikes"] > 400
    assert found.loss == pytest.approx(float(recorded["loss"]), rel=1e-14 if exact else 1e-6, abs=0)
    for name in names:
        right = recorded[f"g_{name}"]
        assert getattr(found.weights, f"w_{name}") == pytest.approx(
            right, abs=near * float(np.abs(right).max())
        )

    state, new = adam_start(weights), weights
    for _ in range(5):
        gradient = surrogate_gradient(new, samples, neuron, surrogate, penalty).weights
        new, state = adam_step(new, gradient, state, Adam(rate=2e-3))
    for name in names:
        right = recorded[f"new_{name}"]
        assert getattr(new, f"w_{name}") == pytest.approx(right, abs=1e-13 if exact else 1e-6)


def test_there_are_recordings():
    assert len(FILES) >= 5
