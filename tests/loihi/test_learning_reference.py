"""The learning engine against recordings of two emulators: each file of the families.

Lava is compared integer for integer, its random numbers included, and its floating-point model to 1e-12.
Brian2-loihi draws its random numbers from elsewhere, so its traces are compared with what can happen: each
value is the decayed one before it, rounded down or up, and the fractions round up as often as they say. Where
its traces and changes are whole numbers that need no rounding, its weights are ours, integer for integer; so
are its spikes where nobody gives them, and compartments fire by the weights that they learn.
"""

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest

from snnlab.loihi import (
    BRIAN2_LOIHI,
    EXCITATORY,
    INHIBITORY,
    LAVA,
    MIXED,
    Compartment,
    LearningGroup,
    Synapse,
    SynapseGroup,
    Trace,
    Traces,
    lava_generators,
    learn,
    learn_in_network,
    learn_real,
    simulate_trace,
    stored_weights,
)
from snnlab.loihi.networks.recurrent import CompartmentGroup

FILES = sorted(
    f
    for pattern in (
        "lava_stdp_*.npz",
        "lava_sop_*.npz",
        "b2loihi_trace*.npz",
        "b2loihi_pairs_*.npz",
        "b2loihi_loop*.npz",
    )
    for f in (Path(__file__).parents[1] / "reference").glob(pattern)
)
NAMES = ("x1", "x2", "y1", "y2", "y3")
OF_STDP = {"x1": "tau_plus", "y1": "tau_minus"}  # what lava's STDPLoihi calls the time constants

pytestmark = pytest.mark.reference


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_recording(file):
    with np.load(file) as npz:
        data = {key: npz[key] for key in npz.files}
    if {"pre", "post", "w0", "meta", "w", *NAMES} <= data.keys():
        against_lava(data, real="float" in file.stem)
    elif {"x1", "w", "spike_t", "imp", "tau"} <= data.keys():
        against_brian2_loihi(data)
    elif {"pre", "post", "w0", "dw", "impulse", "tau", "sign_mode", "w"} <= data.keys():
        against_pairs_of_brian2_loihi(data)
    elif {"pushed", "fired", "dw", "dw_back", "w", "w_back", "w_rivals", "delay"} <= data.keys():
        (against_delayed_loop if data["delay"] else against_loop)(data)
    else:
        pytest.fail(f"{file.name} has a format that this test does not know: {sorted(data)}")


def test_there_are_recordings_of_each_family():
    names = [f.name for f in FILES]
    for start in (
        "lava_stdp_fixed_",
        "lava_stdp_float_",
        "lava_sop_",
        "b2loihi_trace",
        "b2loihi_pairs_",
        "b2loihi_loop",
        "b2loihi_loop_delay",
    ):
        assert any(name.startswith(start) for name in names)


def literal(value):
    """A number as lava writes it into the text of a rule: mantissa and the nearest power of two."""
    if value == 0:
        return "0"
    mantissa = max(int(abs(value)), 1)
    exponent = round(math.log2(abs(value) / mantissa))
    return f"({int(np.sign(value)) * mantissa})*2^{exponent}"


def against_lava(data, real):
    meta = json.loads(str(data["meta"]))
    rules = []
    for target in ("dw", "dd", "dt"):
        if meta.get(target):
            text = meta[target]
            for name, value in meta.items():
                if isinstance(value, int | float):
                    text = re.sub(rf"\b{name}\b", literal(value), text)
            rules.append(f"{target} = {text}")
    traces = Traces(**{
        name: Trace(meta.get(f"{name}_impulse", 0), meta.get(f"{name}_tau", meta.get(OF_STDP.get(name), 0)))
        for name in NAMES
    })
    trains, w0, t_epoch = (data["pre"].T, data["post"].T), data["w0"], meta["t_epoch"]
    if real:
        run = learn_real(*trains, w0, rules, traces, LAVA, t_epoch=t_epoch)
        near = {"rtol": 1e-12, "atol": 1e-12}
    else:
        run = learn(
            *trains, w0, rules, traces, LAVA, t_epoch=t_epoch, rng=lava_generators(meta.get("rng_seed", 0))
        )
        near = {"rtol": 0, "atol": 0}
        w0 = stored_weights(w0, Synapse(sign_mode=MIXED), LAVA)
    epochs = np.arange(1, len(data["w"]) + 1) // t_epoch  # that are over after each step
    np.testing.assert_allclose(np.array([w0, *run.w])[epochs], data["w"], **near)
    if "tag1" in data:
        np.testing.assert_allclose(np.array([0 * w0, *run.tag])[epochs], data["tag1"], **near)
    for name in NAMES:
        register = run.x_register if name[0] == "x" else run.y_register
        theirs = data[name]
        if real and getattr(traces, name).tau == 0:
            assert np.isnan(theirs).all()  # lava's floating-point model does not know what τ = 0 leaves
            continue
        np.testing.assert_allclose(register[:, int(name[1]) - 1], theirs, err_msg=name, **near)


def against_brian2_loihi(data):
    """Recorded with the rule dw = x1*x0, in excitatory weights."""
    times, impulse, tau = data["spike_t"], float(data["imp"]), float(data["tau"])
    theirs, w = data["x1"][0], data["w"][0]
    raster = np.zeros((len(theirs), 1), int)
    raster[times] = 1
    # Its own arithmetic, value by value.
    before = np.concatenate([[0.0], theirs[:-1]])
    left = before * (1 - 1 / tau)
    rounded_up = theirs > np.floor(left)
    spiked = raster[:, 0] == 1
    at_spike = np.stack([np.minimum(np.floor(left) + more + impulse, 127) for more in (0, 1)])
    assert ((theirs == at_spike) | ~spiked).any(axis=0).all()
    quiet = ~spiked & (left > 0)
    assert np.isin(theirs[quiet] - np.floor(left[quiet]), (0, 1)).all()
    fraction = (left - np.floor(left))[quiet]
    deviation = (rounded_up[quiet].sum() - fraction.sum()) / math.sqrt((fraction * (1 - fraction)).sum())
    assert abs(deviation) < 4
    # Ours, of 2,000 neurons: theirs lies where ours do, and is no outlier of their means.
    ours = simulate_trace(
        np.repeat(raster, 2000, axis=1), Trace(impulse, tau), BRIAN2_LOIHI, rng=np.random.default_rng(1)
    )
    assert (ours.min(axis=1) <= theirs).all() and (theirs <= ours.max(axis=1)).all()
    spread = np.maximum(ours.std(axis=1), 0.5)
    assert (np.abs(theirs - ours.mean(axis=1)) < 4 * spread).all()
    # The weight follows from the trace.
    run = learn(
        raster,
        np.zeros((len(theirs), 1), int),
        w[0],
        "dw = x1*x0",
        Traces(x1=Trace(impulse, tau)),
        synapse=Synapse(sign_mode=EXCITATORY),
        rng=np.random.default_rng(2),
    )
    changes = np.where(spiked, theirs, 0)
    expected = int(w[0])
    for k, change in enumerate(changes):
        expected = min(expected + int(change), 255)
        assert w[k] == expected
    assert run.w[-1, 0, 0] == w[-1]


def against_pairs_of_brian2_loihi(data):
    """The default convention, in every step; whatever is drawn, as nothing that is read was rounded.

    Presynaptic spikes come from a generator, which acts in its own step. A compartment's spike reaches its
    synapses in the next one.
    """
    later = np.zeros_like(data["post"])
    later[1:] = data["post"][:-1]
    trace = Trace(float(data["impulse"]), float(data["tau"]))
    for seed in (1, 2):
        run = learn(
            data["pre"],
            later,
            data["w0"],
            f"dw = {data['dw']}",
            Traces(x1=trace, y1=trace),
            synapse=Synapse(sign_mode=int(data["sign_mode"])),
            rng=np.random.default_rng(seed),
        )
        np.testing.assert_array_equal(run.w, data["w"])
    assert (data["w"][-1] != data["w0"]).sum() >= data["w0"].size - 1


def learned_in_a_loop(data, seed):
    """Our network with the same wiring; a spike of a compartment of brian2-loihi arrives one step later."""
    (steps, n_pre), n_post = data["pushed"].shape, len(data["w0"])
    trace = Trace(float(data["impulse"]), float(data["tau"]))
    post, pre = np.divmod(np.arange(n_post * n_pre), n_pre)
    one, other = np.nonzero(~np.eye(n_post, dtype=bool))
    between = n_pre + other, n_pre + one
    excites, inhibits = Synapse(sign_mode=EXCITATORY), Synapse(sign_mode=INHIBITORY)
    groups = [
        LearningGroup(
            SynapseGroup(pre, n_pre + post, data["w0"].ravel(), 1 + int(data["delay"]), excites),
            f"dw = {data['dw']}",
            Traces(x1=trace, y1=trace),
        ),
        LearningGroup(
            SynapseGroup(*between, data["w_back0"][one, other], 1, excites),
            f"dw = {data['dw_back']}",
            Traces(x1=trace, y1=trace),
        ),
        SynapseGroup(*between, data["w_rivals"][one, other], 1, inhibits),
    ]
    cell = Compartment(*(int(data[name]) for name in ("decay_u", "decay_v", "v_th", "refractory")))
    cells = [CompartmentGroup(n_pre, Compartment(4096, 4096, 1)), CompartmentGroup(n_post, cell)]
    q = np.zeros((steps, n_pre + n_post), int)
    q[:, :n_pre] = 255 * 64 * data["pushed"]
    run = learn_in_network(q, groups, cells, rng=np.random.default_rng(seed))
    w_back = np.zeros((steps, n_post, n_post), int)
    w_back[:, one, other] = run.learned[1].w
    return run.spikes.to_raster(1.0), run.learned[0].w.reshape(steps, n_post, n_pre), w_back


def against_loop(data):
    """Every spike, and every weight, which brian2-loihi has one step later, when spikes arrive."""
    for seed in (1, 2):
        fired, w, w_back = learned_in_a_loop(data, seed)
        np.testing.assert_array_equal(fired, data["fired"])
        np.testing.assert_array_equal(w[:-1], data["w"][1:])
        np.testing.assert_array_equal(w_back[:-1], data["w_back"][1:])
    counts = data["fired"][:, data["pushed"].shape[1] :].sum(axis=0)
    assert (counts > 0).sum() > 3 and (data["w"][-1] != data["w0"]).sum() > 30
    assert (data["w_back"][-1] != data["w_back0"]).sum() > 10


def against_delayed_loop(data):
    """What the loop's documentation says: a delayed spike counts as it arrives, as if a relay were there."""
    n_pre, delay = data["pushed"].shape[1], int(data["delay"])
    ours = learned_in_a_loop(data, 1)[1]  # here it counts as it is fired
    assert (ours[:-1] != data["w"][1:]).any()
    relays = {"pushed": np.roll(data["pushed"], delay, axis=0), "delay": 0}  # behind a synapse of this delay
    fired, w, w_back = learned_in_a_loop(data | relays, 1)
    np.testing.assert_array_equal(fired[:, n_pre:], data["fired"][:, n_pre:])
    np.testing.assert_array_equal(w[:-1], data["w"][1:])
    np.testing.assert_array_equal(w_back[:-1], data["w_back"][1:])
