"""Whole recurrent networks, and neurons with given inputs, against recordings of NEST and Brian2: every file.

Every connection, delay, external spike and start is given, so nothing but rounding may differ: the spikes of
all neurons are the same for the whole time, and the values of the recorded ones agree.

Conventions that differ are converted here, in the open:

- Brian2 dates a spike, and a value, to the *start* of the step; we date both to its end. Its refractory time
  counts from there, so it holds a neuron for one step less.
- A potential that is the threshold itself fires in NEST, and not in ours: its threshold is taken to be the
  next smaller number. Brian2's condition is what its user writes, ``v > V_th`` here, as ours.
- A jump of Brian2's comes after the threshold, so it is seen one step later, as if its delay were longer by
  one; and a neuron that is held hears it again from the step on in which it is free.
- The spikes of NEST's generators arrive one step after their date. Its weights are pA, and mV for
  ``iaf_psc_delta``; a conductance of Brian2's is in units of the leak, so the resistance is 1.

`nest_iaf_psc_exp_two_taus`, `nest_iaf_psc_alpha_two_taus` and `nest_net_alpha_e` were recorded with NEST
3.10.0 by the scripts of the others, with other time constants, weights or the other model; the same run gave
`nest_iaf_psc_alpha` again, every number equal.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.networks import (
    AlphaCurrents,
    Connections,
    DeltaJumps,
    ExponentialConductances,
    ExponentialCurrents,
    Network,
    Population,
    from_list,
)
from snnlab.neurons import LIF

REFERENCE = Path(__file__).parents[1] / "reference"

FILES = sorted(f for pattern in ("nest_net_*.npz", "brian2_net_*.npz") for f in REFERENCE.glob(pattern))

OF_ONE = sorted(REFERENCE.glob("nest_iaf_psc_*.npz"))

pytestmark = pytest.mark.reference


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_recording(file):
    data = read(file)
    dt = float(data["dt"])
    late = dt if brian2(file) else 0.0  # by so much their dates are earlier than ours
    run = ours(data, brian2(file), fires_at_the_threshold=not brian2(file))
    assert run.spikes.n_spikes == data["spike_id"].size > 100
    theirs = Spikes(
        data["spike_time"] + late, data["spike_id"], n_units=data["v0"].size, duration=float(data["T"])
    )
    assert (run.spikes.units == theirs.units).all()
    assert run.spikes.times == pytest.approx(theirs.times, abs=1e-9)
    compared = slice(1, None) if brian2(file) else slice(None)
    for values, name in ((run.v, "v"), (run.excitation, "ge"), (run.inhibition, "gi")):
        if name in data:
            expected = data[name][compared]
            assert values[: len(expected)] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("name", ["nest_net_ties", "brian2_net_jumps"])
def test_recordings_tell_who_fires_at_the_threshold_itself(name):
    """With the convention of the other tool they come out differently: potentials are whole numbers there."""
    (file,) = (f for f in FILES if f.stem == name)
    data = read(file)
    run = ours(data, brian2(file), fires_at_the_threshold=brian2(file))
    assert run.spikes.n_spikes != data["spike_id"].size


def read(file):
    with np.load(file) as npz:
        return {key: npz[key] for key in npz.files}


def brian2(file):
    return file.stem.startswith("brian2")


def ours(data, brian2, fires_at_the_threshold):
    """The run of the recorded network."""
    p, dt, duration = json.loads(str(data["params"])), float(data["dt"]), float(data["T"])
    synapses, r_m, inhibits = {
        "iaf_psc_exp": lambda: (of_nest(p, "iaf_psc_exp"), p["tau_m"] / p["C_m"], 1.0),
        "iaf_psc_alpha": lambda: (of_nest(p, "iaf_psc_alpha"), p["tau_m"] / p["C_m"], 1.0),
        "iaf_psc_delta": lambda: (of_nest(p, "iaf_psc_delta"), p["tau_m"] / p["C_m"], 1.0),
        "cuba": lambda: (ExponentialCurrents(p["tau_e"], p["tau_i"]), 1.0, 1.0),
        "coba": lambda: (conductances(p), 1.0, -1.0),
        "jumps": lambda: (DeltaJumps(), 1.0, 1.0),
    }[str(data["model"])]()
    jumps_later = dt if str(data["model"]) == "jumps" else 0.0
    held_longer = dt if brian2 and not jumps_later else 0.0
    v_th = np.nextafter(p["V_th"], -np.inf) if fires_at_the_threshold else p["V_th"]
    neuron = LIF(p["tau_m"], r_m, p["E_L"], p["V_reset"], v_th, p["t_ref"] - held_longer)
    n = data["v0"].size
    w = np.where(data["kind"] == 1, inhibits, 1.0) * data["w"] if brian2 else data["w"]
    order = np.argsort(data["ext_time"], kind="stable")
    arrival = data["ext_time"][order] + dt
    # One unit for each spike from outside, as its weight is its own.
    outside = Spikes(arrival - dt, np.arange(arrival.size), n_units=arrival.size, duration=duration)
    lines = Connections(data["pre"], data["post"], w, data["delay"] + jumps_later, n, n)
    into = Connections(
        np.arange(arrival.size), data["ext_neuron"][order],
        np.broadcast_to(data["ext_w"], data["ext_neuron"].shape)[order],
        np.full(arrival.size, dt + jumps_later), arrival.size, n,
    )  # fmt: skip
    net = Network(dt=dt, cells=Population(n, neuron, synapses, v_start=data["v0"]), outside=outside)
    net.connect("cells", "cells", lines)
    net.connect("outside", "cells", into)
    return net.run(duration, record={"cells": data["v_id"]})["cells"]


def of_nest(p, model):
    """The synapses of a model of NEST, with a time constant each for excitation and inhibition."""
    if model == "iaf_psc_delta":
        return DeltaJumps()
    shape = {"iaf_psc_exp": ExponentialCurrents, "iaf_psc_alpha": AlphaCurrents}[model]
    return shape(p["tau_syn_ex"], p["tau_syn_in"])


def conductances(p):
    return ExponentialConductances(p["tau_e"], p["tau_i"], p["E_e"], p["E_i"])


@pytest.mark.parametrize("file", OF_ONE, ids=lambda f: f.stem)
def test_recording_of_one_neuron(file):
    """Its inputs are a population of given spikes."""
    with np.load(file, allow_pickle=True) as npz:
        data = {key: npz[key] for key in npz.files}
    p = json.loads(str(data["params"]))
    dt, trains = p["dt"], [np.array(train, float) for train in data["inputs"]]
    units = np.repeat(np.arange(len(trains)), [train.size for train in trains])
    inputs = Spikes(np.concatenate(trains), units, n_units=len(trains), duration=p["T"])
    neuron = LIF(p["tau_m"], p["tau_m"] / p["C_m"], p["E_L"], p["V_reset"], p["V_th"], p["t_ref"])  # GΩ, pA
    synapses = of_nest(p, p["model"])
    net = Network(dt=dt, cell=Population(1, neuron, synapses, p["I_e"], -70.0), inputs=inputs)
    onto = np.zeros(len(trains), int)
    net.connect("inputs", "cell", from_list(range(len(trains)), onto, data["weights"], p["delay"],
                                            n_pre=len(trains), n_post=1))  # fmt: skip
    cell = net.run(p["T"], record={"cell": [0]})["cell"]
    assert cell.spikes.times == pytest.approx(data["spike_times"], abs=1e-9)
    assert cell.spikes.n_spikes > 15
    at = np.rint(data["tV"] / dt).astype(int) - 1
    assert cell.v[at, 0] == pytest.approx(data["V"], abs=1e-10)


def test_every_family_was_found():
    assert {f.stem for f in FILES + OF_ONE} >= {
        "nest_net_exp_a", "nest_net_delta_c", "nest_net_ties", "nest_net_far", "nest_net_alpha_e",
        "brian2_net_cuba_a", "brian2_net_coba_b", "brian2_net_ties", "brian2_net_jumps",
        "nest_iaf_psc_exp", "nest_iaf_psc_alpha", "nest_iaf_psc_delta",
    }  # fmt: skip
