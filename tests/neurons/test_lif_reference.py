"""The LIF neuron against recordings of other simulators: every file of the family in ``tests/reference``.

Conventions that differ are converted here, in the open:

- Brian2 dates a spike, and a value, to the *start* of the step; we date both to its end. Its refractory time
  counts from there, so it holds the neuron for one step less. An input arrives after the state has moved, so
  it acts from the end of its step on.
- NEST dates a spike to the end of the step, as we do. Its weights are pA at the peak of a current, and mV for
  ``iaf_psc_delta``.

Of a recorded network each neuron is simulated by itself: the spikes that the others fired in the recording
are its input.

`nest_iaf_psc_alpha.npz` was recorded with NEST 3.10.0 by the script of the other two, parameters unchanged;
the same run gave those two again, every number equal.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.neurons import (
    LIF,
    lif_rate,
    simulate_lif,
    simulate_lif_alpha,
    simulate_lif_delta,
    simulate_lif_synaptic,
)

FILES = sorted(
    f
    for pattern in (
        "brian2_lif*.npz",
        "brian2_net_cuba*.npz",
        "nest_fI*.npz",
        "nest_iaf_psc_*.npz",
        "nest_net_exp*.npz",
    )
    for f in (Path(__file__).parents[1] / "reference").glob(pattern)
)

NEST_MODELS = {
    "iaf_psc_delta": simulate_lif_delta,
    "iaf_psc_exp": simulate_lif_synaptic,
    "iaf_psc_alpha": simulate_lif_alpha,
}

pytestmark = pytest.mark.reference


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_recording(file):
    with np.load(file, allow_pickle=True) as npz:
        data = {key: npz[key] for key in npz.files}
    parameters = json.loads(str(data["params"]))
    if {"I", "V", "spike_i", "spike_t_ms"} <= data.keys():
        against_brian2_constant_current(data, parameters)
    elif {"in_i", "in_t_ms", "w", "g", "v", "spike_t_ms"} <= data.keys():
        against_brian2_synapses(data, parameters)
    elif {"I", "isi_ms"} <= data.keys():
        against_nest_intervals(data, parameters)
    elif {"pre", "post", "w", "ext_neuron", "spike_id", "v_id"} <= data.keys():
        against_network(data, parameters)
    elif {"inputs", "weights", "V", "spike_times"} <= data.keys() and parameters.get("model") in NEST_MODELS:
        against_nest_synapses(data, parameters)
    else:
        pytest.fail(f"{file.name} has a format that this test does not know: {sorted(data)}")


def test_every_format_was_found():
    synapses = {f"nest_iaf_psc_{shape}" for shape in ("delta", "exp", "alpha")}
    networks = {"brian2_net_cuba_a", "nest_net_exp_a"}
    assert {f.stem for f in FILES} >= {"brian2_lif", "brian2_lif_expsyn", "nest_fI"} | synapses | networks


def against_brian2_constant_current(data, p):
    dt, steps = p["dt"], data["V"].shape[1]
    neuron = LIF(p["tau"], 1.0, 0.0, p["reset"], p["theta"], p["t_ref"] - dt)
    run = simulate_lif(np.tile(data["I"], (steps, 1)), neuron, dt)
    assert data["V"][:, 1:].T == pytest.approx(run.v[:-1], abs=1e-10)
    for k, train in enumerate(run.spikes):
        assert data["spike_t_ms"][data["spike_i"] == k] + dt == pytest.approx(train, abs=1e-9)
    assert run.spikes.n_spikes == data["spike_t_ms"].size


def against_brian2_synapses(data, p):
    dt, steps = p["dt"], data["v"].size
    inputs = Spikes(data["in_t_ms"], data["in_i"], n_units=data["w"].size, duration=steps * dt)
    neuron = LIF(p["tau_m"], 1.0, 0.0, 0.0, 1.0, p["t_ref"] - dt)
    run = simulate_lif_synaptic(inputs, data["w"], neuron, tau_s=p["tau_s"], delay=p["delay"] + dt, dt=dt)
    assert data["g"][1:] == pytest.approx(run.i_s[:-1], abs=1e-10)
    assert data["v"][1:] == pytest.approx(run.v[:-1], abs=1e-10)
    assert data["spike_t_ms"] + dt == pytest.approx(run.spikes.times, abs=1e-9)


def against_nest_intervals(data, p):
    neuron = LIF(
        p["tau_m"], p["tau_m"] / p["C_m"], p["E_L"], p["V_reset"], p["V_th"], p["t_ref"]
    )  # GΩ and pA: mV
    for current, interval in zip(data["I"], data["isi_ms"], strict=True):
        rate = float(lif_rate(current, neuron))
        times = simulate_lif(np.full(round(1000 / p["dt"]), current), neuron, p["dt"]).spikes.times
        if np.isnan(interval):
            assert rate < 2 or times.size < 2
            continue
        assert 1000 / rate == pytest.approx(interval, abs=0.01)
        assert np.diff(times).mean() == pytest.approx(interval, abs=1e-9)


def against_nest_synapses(data, p):
    dt, trains = p["dt"], [np.array(train, float) for train in data["inputs"]]
    units = np.repeat(np.arange(len(trains)), [len(train) for train in trains])
    inputs = Spikes(np.concatenate(trains), units, n_units=len(trains), duration=p["T"])
    neuron = LIF(p["tau_m"], p["tau_m"] / p["C_m"], p["E_L"], p["V_reset"], p["V_th"], p["t_ref"])  # GΩ, pA
    options = {"delay": p["delay"], "i": np.full(round(p["T"] / dt), p["I_e"]), "dt": dt}
    if p["model"] != "iaf_psc_delta":
        options |= {"tau_s": p["tau_syn_ex"], "tau_in": p["tau_syn_in"]}
    run = NEST_MODELS[p["model"]](inputs, data["weights"], neuron, **options)
    at = np.rint(data["tV"] / dt).astype(int) - 1  # a value is that of the end of its step
    assert data["V"] == pytest.approx(run.v[at], abs=1e-11)
    assert data["spike_times"] == pytest.approx(run.spikes.times, abs=1e-9)


def against_network(data, p):
    """Excitation and inhibition with a time constant each, here and there."""
    dt = float(data["dt"])
    brian2 = "tau_e" in p
    late = dt if brian2 else 0.0  # by so much Brian2's dates are earlier than ours
    if brian2:
        neuron = LIF(p["tau_m"], 1.0, p["E_L"], p["V_reset"], p["V_th"], p["t_ref"] - dt)
        taus, external = {"tau_s": p["tau_e"], "tau_in": p["tau_i"]}, dt
    else:
        r_m = p["tau_m"] / p["C_m"]
        neuron = LIF(p["tau_m"], r_m, p["E_L"], p["V_reset"], p["V_th"], p["t_ref"])
        taus, external = {"tau_s": p["tau_syn_ex"], "tau_in": p["tau_syn_in"]}, dt
    fired = [np.sort(data["spike_time"][data["spike_id"] == k]) + late for k in range(data["v0"].size)]
    ext_w = np.broadcast_to(data["ext_w"], data["ext_neuron"].shape)
    rest = simulate_lif_synaptic(Spikes([], duration=0.0), [1.0], neuron, dt=dt).state
    for k, v0 in enumerate(data["v0"]):
        onto = np.flatnonzero(data["post"] == k)
        arrive = [fired[data["pre"][c]] + data["delay"][c] for c in onto]
        weights = [np.full(times.size, data["w"][c]) for times, c in zip(arrive, onto, strict=True)]
        outside = data["ext_neuron"] == k
        at = np.concatenate([*arrive, data["ext_time"][outside] + external])
        w = np.concatenate([*weights, ext_w[outside]])
        early = at <= data["T"]
        inputs = Spikes(
            at[early], np.arange(early.sum()), n_units=int(early.sum()), duration=float(data["T"])
        )
        run = simulate_lif_synaptic(inputs, w[early], neuron, **taus, dt=dt, start=rest._replace(v=v0))
        assert fired[k] == pytest.approx(run.spikes.times, abs=1e-9)
        for column in np.flatnonzero(data["v_id"] == k):
            v = data["v"][1:, column] if brian2 else data["v"][:, column]
            assert v == pytest.approx(run.v[: v.size], abs=1e-10)
