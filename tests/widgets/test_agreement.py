"""No panel is left out of the comparison of WebAssembly with native code, nor the corners of the ranges.

Random settings are drawn in ``test_panel_kernels.py``. In the corners numbers overflow, loops are empty and
arrays are full.
"""

import itertools
import pkgutil
from importlib import import_module
from inspect import isfunction

import pytest
import snnlab_widgets
from snnlab_widgets import GOALS, PANELS
from snnlab_widgets.registry import KERNELS
from snnlab_widgets.wasm import export
from widgets.wasm_runner import ExportedKernel

NEARER = {
    ("learning_to_store", "steps"): 20.0,
    ("rewiring", "steps"): 20.0,
    ("surrogate_training", "epochs"): 10.0,
}
"""Ends that are drawn nearer: further on the kernel does the same again, for minutes."""


def test_every_panel_is_in_the_table():
    """Tests walk through the table: a function named `..._panel` outside of it would escape them.

    The table reads the files, this test imports them.
    """
    walked = pkgutil.walk_packages(snnlab_widgets.__path__, "snnlab_widgets.")
    modules = [import_module(found.name) for found in walked if "._" not in found.name]
    named = [pair for module in modules for pair in vars(module).items() if pair[0].endswith("_panel")]
    panels = {value for _, value in named if isfunction(value)}
    assert panels == set(PANELS.values())
    assert all(make.__name__ == f"{name}_panel" for name, make in PANELS.items())
    assert {make(engine="kernel").name for make in (*PANELS.values(), *GOALS.values())} == set(KERNELS)


@pytest.mark.parametrize("name", KERNELS)
def test_corners_of_the_ranges(name):
    panel = KERNELS[name](engine="kernel")
    call = panel.call
    exported = ExportedKernel(export(call.kernel, call.signature), call.signature)
    controls = panel.controls
    for ends in itertools.product(*[
        (control.low, NEARER.get((name, control.name), control.high)) for control in controls
    ]):
        for seed in (0, 2**64 - 1) if "seed" in call.order else (0,):
            values = dict(zip([control.name for control in controls], ends, strict=True), seed=seed)
            exported.agrees(call, values | panel.spec["drawn"])
