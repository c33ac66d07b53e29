"""Loihi against recordings of three emulators, every register at every step: each file of the families.

Conventions that differ are converted here, in the open:

- lava's recordings are [neuron, time] for what goes in. Its weights take the sign mode from their signs.
- nengo-loihi's weights are recorded as they act, 64 times the mantissa, and its bias as one number. A
  refractory delay of 0 does in it what 1 does.
- The neurons of lava that have a refractory period are in floating point, and count the steps of rest only.
- brian2-loihi has no bias; its current is called I, and spikes come as pairs of neuron and time.
"""

from pathlib import Path

import numpy as np
import pytest

from snnlab.loihi import (
    BRIAN2_LOIHI,
    EXCITATORY,
    INHIBITORY,
    LAVA,
    MIXED,
    NENGO_LOIHI,
    Compartment,
    FloatCompartment,
    Synapse,
    decayed,
    effective_weights,
    simulate_compartments,
    simulate_float_compartments,
    simulate_spikes,
    synaptic_input,
)
from snnlab.loihi.fixed_point import wrapped
from snnlab.loihi.neuron.synapses import sign_mode_of

FILES = sorted(
    f
    for pattern in (
        "lava_lif_*.npz",
        "lava_lifrefr*.npz",
        "lava_delay*.npz",
        "nengo_loihi_*.npz",
        "b2loihi_mixed*.npz",
        "b2loihi_exp*.npz",
        "b2loihi_refr*.npz",
    )
    for f in (Path(__file__).parents[1] / "reference").glob(pattern)
)

pytestmark = pytest.mark.reference


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_recording(file):
    with np.load(file) as npz:
        data = {key: npz[key] for key in npz.files}
    family, known = next((way for way in WAYS if way[1] <= data.keys()), (None, None))
    if family is None:
        pytest.fail(f"{file.name} has a format that this test does not know: {sorted(data)}")
    assert known is not None
    family(data)


def test_there_are_recordings_of_each_family():
    names = [f.name for f in FILES]
    for start in (
        "lava_lif_",
        "lava_lifrefr",
        "lava_delay",
        "nengo_loihi_",
        "b2loihi_mixed",
        "b2loihi_exp",
        "b2loihi_refr",
    ):
        assert any(name.startswith(start) for name in names)


def equal(arguments, options, u, v, raster):
    """Every register at every step; and without the steps in between, the spikes and the last registers."""
    run = simulate_compartments(*arguments, **options)
    np.testing.assert_array_equal(run.u, u)
    np.testing.assert_array_equal(run.v, v)
    np.testing.assert_array_equal(run.spikes.to_raster(1.0), raster > 0)
    end = simulate_spikes(*arguments, **options)
    np.testing.assert_array_equal(end.u, u[-1])
    np.testing.assert_array_equal(end.v, v[-1])
    np.testing.assert_array_equal(end.spikes.to_raster(1.0), raster > 0)


def against_lava(data):
    w = data["weights"]
    synapse = Synapse(int(data["num_weight_bits"]), int(data["weight_exp"]), sign_mode_of(w))
    q = synaptic_input(data["spikes_in"].T, w, synapse, LAVA)
    neuron = Compartment(int(data["du"]), int(data["dv"]), int(data["vth"]))
    options = {"bias": data["bias_mant"], "bias_exp": data["bias_exp"]}
    options |= {"u_start": data["u0"], "v_start": data["v0"]}
    equal((q, neuron, LAVA), options, data["u"], data["v"], data["s_out"])


def against_lava_float(data):
    """Spikes exactly; the registers to 1e-12, as sums of 8 weights differ in their order."""
    q = np.zeros((data["spikes_in"].shape[1], len(data["weights"])))
    q[LAVA.arrival :] = (data["weights"] @ data["spikes_in"]).T[: -LAVA.arrival]
    rest = int(data["refractory_period"])
    neuron = FloatCompartment(float(data["du"]), float(data["dv"]), float(data["vth"]), rest + 1)
    run = simulate_float_compartments(q, neuron, bias=data["bias"])
    np.testing.assert_allclose(run.u, data["u"], rtol=0.0, atol=1e-12)
    np.testing.assert_allclose(run.v, data["v"], rtol=0.0, atol=1e-12)
    np.testing.assert_array_equal(run.spikes.to_raster(1.0), data["s_out"] > 0)


def against_lava_delay(data):
    """Recorded with the largest threshold, 8-bit weights without exponent, and both decays of 4095."""
    w = data["weights"]
    q = synaptic_input(data["spikes_in"].T, w, Synapse(sign_mode=sign_mode_of(w)), LAVA, delay=data["delays"])
    neuron = Compartment(int(data["du"]), int(data["dv"]), 131071)
    equal((q, neuron, LAVA), {}, data["u"], data["v"], np.zeros(q.shape))
    assert np.abs(data["u"]).max() > 0


def against_nengo(data):
    spikes, w = data["spikes_in"], data["W"]
    q = np.zeros((len(spikes), w.shape[1]), np.int64)
    q[NENGO_LOIHI.arrival :] = (spikes @ w)[: -NENGO_LOIHI.arrival]
    bias, exponent = data["bias"].copy(), np.zeros(w.shape[1], int)
    while (large := np.abs(bias) > 4095).any():
        assert (bias[large] % 2 == 0).all()
        bias[large] //= 2
        exponent[large] += 1
    assert data["vth"] % 64 == 0
    neuron = Compartment(
        int(data["decay_u"]),
        int(data["decay_v"]),
        int(data["vth"]) // 64,
        max(1, int(data["refract_delay"])),
        int(data["vmin"]),
    )
    options = {"bias": bias, "bias_exp": exponent}
    equal((q, neuron, NENGO_LOIHI), options, data["current"], data["voltage"], data["spiked"])


def against_nengo_primitives(data):
    """Decay, overflow and weights.

    The decays were recorded one by one, where the product has 32 bits only and overflows at both ends of the
    register; in the emulator, where decays are arrays, it has 64.
    """
    x = data["x"].astype(np.int64)
    for offset in (0, 1):
        for decay, expected in zip(data["decay"], data[f"decay_off{offset}"], strict=True):
            keep = 4096 - offset - int(decay)
            fits = np.abs(x) * keep < 2**31
            assert fits.sum() >= len(x) - 2
            assert [decayed(int(number), keep) for number in x[fits]] == expected[fits].tolist()
            overflown = (np.abs(x) * keep).astype(np.int32) >> 12
            np.testing.assert_array_equal(np.sign(x) * overflown, expected)
    overflown = [wrapped(int(x), 2**23, 0) for x in data["wrap_in"]]
    assert overflown == data["wrap_out"].tolist()
    assert (overflown != data["wrap_in"]).tolist() == data["wrap_flag"].tolist()
    w = data["dw_in"]
    for key, expected in data.items():
        if not key.startswith("dw_") or key == "dw_in":
            continue
        mixed, exponent = key.startswith("dw_mixed8"), int(key.partition("e-")[2] or 0) * -1
        if mixed:
            ours = effective_weights(w, Synapse(8, exponent, MIXED), NENGO_LOIHI)
        else:  # recorded with both signs, which one sign mode cannot hold
            exponent = -3
            ours = effective_weights(w, Synapse(8, exponent, EXCITATORY), NENGO_LOIHI)
            ours = ours + effective_weights(w, Synapse(8, exponent, INHIBITORY), NENGO_LOIHI)
        np.testing.assert_array_equal(ours, expected, err_msg=key)


def against_brian2_loihi(data):
    w = data["W"].T
    synapse = Synapse(int(data["num_weight_bits"]), int(data["w_exp"]), int(data["sign_mode"]))
    np.testing.assert_array_equal(effective_weights(w, synapse).T.ravel(), data["w_act"])
    q = synaptic_input(data["spikes_in"], w, synapse, BRIAN2_LOIHI, delay=data["delay"])
    neuron = Compartment(
        int(data["decay_I"]), int(data["decay_v"]), int(data["vth"]), int(data["refractory"])
    )
    raster = np.zeros(q.shape)
    raster[data["spike_t"], data["spike_i"]] = 1
    equal((q, neuron), {}, data["I"], data["v"], raster)


WAYS = (
    (
        against_lava,
        {"weights", "num_weight_bits", "weight_exp", "bias_mant", "bias_exp", "u0", "v0", "s_out"},
    ),
    (against_lava_float, {"weights", "refractory_period", "bias", "du", "dv", "vth", "u", "v", "s_out"}),
    (against_lava_delay, {"weights", "delays", "du", "dv", "u", "v"}),
    (against_nengo_primitives, {"x", "decay", "decay_off0", "decay_off1", "wrap_in", "wrap_flag", "dw_in"}),
    (against_nengo, {"W", "decay_u", "decay_v", "refract_delay", "vmin", "current", "voltage", "spiked"}),
    (against_brian2_loihi, {"W", "w_act", "decay_I", "w_exp", "sign_mode", "delay", "I", "spike_i"}),
)
