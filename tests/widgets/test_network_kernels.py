"""The loops of a network in a page: WebAssembly under wasmtime gives the bytes of the native kernels."""

import copy

import numba
import numpy as np
import pytest
from snnlab_widgets import wasm
from widgets.wasm_runner import ExportedKernel

from snnlab.networks import (
    DeltaJumps,
    ExponentialConductances,
    ExponentialCurrents,
    Network,
    Population,
    fixed_probability,
)
from snnlab.networks.running import simulation
from snnlab.neurons import LIF

LOOPS = ["go_on", "go_on_with_one_delay"]


def ring_of(synapses, delays, weights, dtype):
    """Two populations that keep each other firing; of one delay, or of as many as there are synapses."""
    rng = np.random.default_rng(5)
    cells = Population(40, LIF(v_rest=-52.0, t_ref=1.0), synapses, i=0.05)
    net = Network(exc=cells, inh=cells._replace(n=10), rng=rng, dtype=dtype)
    for pre, w in zip(("exc", "inh"), weights, strict=True):
        for post in ("exc", "inh"):
            net.connect(pre, post, fixed_probability(p=0.2), w=w, delay=delays)
    net.drive("exc", 300.0, weights[0])
    return net


def called(net, name, duration, monkeypatch):
    """The arguments of the loop's last call, before it and after it."""
    loop, calls = getattr(simulation, name), []

    def spied(*arguments):
        before = copy.deepcopy(arguments)
        found = loop(*arguments)
        calls.append((before, arguments, found))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(simulation, name, spied)
        if name == "go_on":
            patch.setattr(net._built(), "fans", None)
        net.run(duration)
    assert calls, f"{name} was not called"
    return loop, calls[-1]


def leaves(value):
    """The arrays in nested tuples."""
    if isinstance(value, tuple):
        return [leaf for part in value for leaf in leaves(part)]
    return [value] if isinstance(value, np.ndarray) else []


@pytest.mark.parametrize("dtype", [np.float64, pytest.param(np.float32, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("name", LOOPS)
def test_webassembly_equals_native(name, dtype, monkeypatch):
    exported = None
    settings = [(ExponentialCurrents(5.0, 10.0), (0.02, -0.1)), (ExponentialConductances(), (0.01, -0.05))]
    settings.append((DeltaJumps(), (1.0, -3.0)))
    for synapses, weights in settings:
        net = ring_of(synapses, 0.7, weights, dtype)
        loop, (before, after, found) = called(net, name, 200.0, monkeypatch)
        if exported is None:
            kinds = tuple(numba.types.int64 if isinstance(x, int) else numba.typeof(x) for x in before)
            exported = ExportedKernel(wasm.export(loop, kinds), kinds)
        assert exported(*before) == found > 100
        recording = next(part for part in before if type(part).__name__ == "Recording")
        there = next(part for part in after if type(part).__name__ == "Recording")
        for field in ("steps", "ids"):  # what lies behind the last spike was never written
            getattr(recording, field)[found:] = getattr(there, field)[found:] = 0
        for mine, its in zip(leaves(before), leaves(after), strict=True):
            assert mine.tobytes() == its.tobytes()
