"""Every kernel of every panel: WebAssembly under wasmtime gives the bytes of the native kernel."""

import numpy as np
import pytest
from needs import need
from snnlab_widgets import wasm
from snnlab_widgets.registry import KERNELS

from snnlab.data.drawings import drawing_as_text

SETTINGS = 60
FEW = {
    "adaptive_arm": 12,
    "chip_clusters": 8,
    "clusters": 8,
    "learned_choice": 12,
    "learning_to_store": 4,
    "rewiring": 4,
    "surrogate_training": 4,
    "waking_neuron": 12,
}
"""As many settings of kernels that run for seconds, each of them for a network trained anew."""


@pytest.mark.parametrize("name", KERNELS)
def test_webassembly_equals_native(name):
    try:
        import wasmtime  # noqa: F401
    except ImportError:
        need(False, "wasmtime is not installed")
    from widgets.wasm_runner import ExportedKernel

    call = KERNELS[name](engine="kernel").call
    exported = ExportedKernel(wasm.export(call.kernel, call.signature, name="kernel"), call.signature)
    rng = np.random.default_rng(3)
    panel = KERNELS[name](engine="kernel")
    controls = panel.controls
    seen = set()
    for setting in range(FEW.get(name, SETTINGS)):
        values = {
            c.name: c.start if setting == 0 else on_step(c, rng.uniform(c.low, c.high)) for c in controls
        }
        values["seed"] = int(rng.integers(2**64, dtype=np.uint64))
        values |= {
            drawn: start if setting == 0 else scribble(rng) for drawn, start in panel.spec["drawn"].items()
        }
        seen.add(exported.agrees(call, values))
    assert len(seen) > FEW.get(name, SETTINGS) / 4


def scribble(rng):
    """A few strokes, one of them a dot."""
    return drawing_as_text([rng.uniform(0, 1000, (n, 2)) for n in (*rng.integers(1, 9, 2), 1)])


def on_step(control, value):
    return round(control.low + round((value - control.low) / control.step) * control.step, control.decimals)
