"""Networks that learn, or tire, against recordings of Brian2 (`record_brian2_plastic.py`).

Conventions that differ are converted here, in the open:

- Brian2 dates a spike, and a value, to the *start* of the step; we date both to its end. Its refractory time
  counts from there, so it holds a neuron for one step less.
- As recorded it handles postsynaptic before presynaptic spikes of one step, as we do. Each sees the trace
  that the other one has just left, so a pair with Δt = 0 is a depression.
- Its currents are mV, so the resistance is 1.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.learning import STDP, LearningNetwork
from snnlab.networks import Connections, ExponentialCurrents, Population, TsodyksMarkram, one_to_one
from snnlab.neurons import LIF

FILES = sorted(
    f
    for pattern in ("brian2_learning_*.npz", "brian2_short_term*.npz")
    for f in (Path(__file__).parents[2] / "reference").glob(pattern)
)

pytestmark = pytest.mark.reference


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_recording(file):
    with np.load(file) as npz:
        data = {key: npz[key] for key in npz.files}
    params, dt, duration = json.loads(str(data["params"])), float(data["dt"]), float(data["T"])
    p, n = params["neuron"], data["v0"].size
    neuron = LIF(p["tau_m"], 1.0, p["E_L"], p["V_reset"], p["V_th"], p["t_ref"] - dt)
    cells = Population(n, neuron, ExponentialCurrents(p["tau_e"], p["tau_i"]), v_start=data["v0"])
    outside = Spikes(data["ext_time"] + dt, data["ext_neuron"], n_units=n, duration=duration + dt)
    net = LearningNetwork(dt=dt, cells=cells, outside=outside)
    net.connect("outside", "cells", one_to_one(), w=float(data["ext_w"]), delay=0.0)
    if params["short"]:
        parts = [
            (data["kind"] == k, {"short_term": tired(numbers)}) for k, numbers in enumerate(params["short"])
        ]
    else:
        parts = [(~data["learns"], {}), (data["learns"], {"learn": rule(params["stdp"])})]
    columns = [data[name] for name in ("pre", "post", "w", "delay")]
    for own, options in parts:
        net.connect("cells", "cells", Connections(*(x[own] for x in columns), n, n), **options)
    run = net.run(duration, record={"cells": data["v_id"]})
    theirs = Spikes(data["spike_time"] + dt, data["spike_id"], n_units=n, duration=duration)
    assert (run["cells"].spikes.units == theirs.units).all()
    assert run["cells"].spikes.times == pytest.approx(theirs.times, abs=1e-9)
    assert theirs.n_spikes > 300
    for ours, name in zip(run["cells"][1:4], ("v", "ge", "gi"), strict=True):
        assert ours[:-1] == pytest.approx(data[name][1:], abs=1e-9)
    end = np.concatenate([data["w_end"][own] for own, _ in parts])
    assert run.connections("cells", "cells").w == pytest.approx(end, abs=1e-9)
    if data["learns"].any():
        assert np.abs(data["w_end"] - data["w"])[data["learns"]].mean() > 0.1


def rule(p):
    mu = float(p["mu"])
    return STDP(p["lambda_"], p["alpha"], p["tau_plus"], p["tau_minus"], mu, mu, p["w_max"], zero_minus=1.0)


def tired(p):
    return TsodyksMarkram(p["U"], p["tau_rec"], p["tau_facil"])


def test_every_recording_was_found():
    names = {"brian2_learning_hard_bounds", "brian2_learning_soft_bounds", "brian2_short_term"}
    assert {f.stem for f in FILES} >= names
