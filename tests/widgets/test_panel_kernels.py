"""Every kernel of every panel: WebAssembly under wasmtime gives the bytes of the native kernel."""

import numpy as np
import pytest
from needs import need
from one_quick import but_slow
from snnlab_widgets import wasm
from snnlab_widgets.registry import KERNELS

SETTINGS = 60
FEW = {"clusters": 8, "surrogate_training": 4}
"""As many settings of kernels that run for seconds, each of them for a network trained anew."""
HEAVY = {
    "clusters", "code_race", "competition", "dead_time", "drift", "facing", "heart", "hodgkin_huxley",
    "noisy_lif", "one_weight", "pairing", "phase", "reliability", "sine", "srm", "surrogate_training",
    "surrogate_width", "synchrony", "two_pulses", "volley", "winner", "reward",
}  # fmt: skip
"""Kernels that compute or compile for a while."""


@pytest.mark.parametrize("name", but_slow(KERNELS, HEAVY))
def test_webassembly_equals_native(name):
    try:
        import wasmtime  # noqa: F401
    except ImportError:
        need(False, "wasmtime is not installed")
    from widgets.wasm_runner import Kernel

    call = KERNELS[name](engine="kernel").call
    exported = Kernel(wasm.export(call.kernel, call.signature, name="kernel"), call.signature)
    rng = np.random.default_rng(3)
    controls = KERNELS[name](engine="kernel").controls
    seen = set()
    for setting in range(FEW.get(name, SETTINGS)):
        values = {
            c.name: c.start if setting == 0 else on_step(c, rng.uniform(c.low, c.high)) for c in controls
        }
        values["seed"] = int(rng.integers(2**64, dtype=np.uint64))
        here, there = arguments(call, values), arguments(call, values)
        call.kernel(*here)
        exported(*there)
        for argument, a, b in zip(call.order, here, there, strict=True):
            assert np.asarray(a).tobytes() == np.asarray(b).tobytes(), (argument, values)
        seen.add(here[call.order.index("out")].tobytes())
    assert len(seen) > FEW.get(name, SETTINGS) / 4


def on_step(control, value):
    return round(control.low + round((value - control.low) / control.step) * control.step, control.decimals)


def arguments(call, values):
    """What `KernelCall.run` hands to the kernel."""
    arrays = call.buffers()
    return [arrays[name] if name in arrays else call.scalar(name, values) for name in call.order]
