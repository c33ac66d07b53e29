"""STDP against recordings of other simulators: every file of the family in ``tests/reference``.

Conventions that differ are converted here, in the open:

- NEST changes a weight only when the synapse carries a presynaptic spike, and shows the change when the spike
  is delivered, a communication interval of 1 ms later. Its whole delay is dendritic: a postsynaptic spike
  acts at t_post + delay. A pair with Δt = 0 counts nothing.
- Brian2 handles presynaptic before postsynaptic spikes of one step, so a pair with Δt = 0 is a potentiation.
  It shows the weights at the start of a step, before its spikes. A₋ is negative and stands for −αλ.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.learning import (
    ALL_TO_ALL,
    PRE_CENTRED,
    RESTRICTED,
    STDP,
    SYMMETRIC,
    Triplet,
    simulate_stdp,
    simulate_triplet,
    stdp_window,
)

FILES = sorted(
    f
    for pattern in ("nest_stdp_*.npz", "nest_triplet*.npz", "brian2_stdp_*.npz")
    for f in (Path(__file__).parents[1] / "reference").glob(pattern)
)

PAIRINGS = {
    "stdp_synapse": ALL_TO_ALL,
    "stdp_nn_symm_synapse": SYMMETRIC,
    "stdp_nn_pre_centered_synapse": PRE_CENTRED,
    "stdp_nn_restr_synapse": RESTRICTED,
}

pytestmark = pytest.mark.reference


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_recording(file):
    with np.load(file) as npz:
        data = {key: npz[key] for key in npz.files}
    p = json.loads(str(data["params"]))
    if p.get("model") in PAIRINGS or p.get("model") == "stdp_triplet_synapse":
        against_nest(data, p)
    elif {"dt_post_minus_pre_generator", "w_after"} <= data.keys():
        against_nest_window(data, p)
    elif {"pre_i", "pre_t", "post_t", "w_end"} <= data.keys() and "A_plus" in p:
        against_brian2(data, p)
    else:
        pytest.fail(f"{file.name} has a format that this test does not know: {sorted(data)}")


def test_every_format_was_found():
    nest = {f"nest_{name}" for name in ("stdp_additive", "stdp_mult", "stdp_window", "triplet")}
    nearest = {f"nest_stdp_nn_{name}_synapse" for name in ("symm", "pre_centered")}
    assert {f.stem for f in FILES} >= nest | nearest | {"brian2_stdp_alltoall"}


def nest_rule(p):
    return STDP(
        p["lambda"],
        p["alpha"],
        p["tau_plus"],
        p["tau_minus"],
        p.get("mu_plus", 0.0),
        p.get("mu_minus", 0.0),
        p["Wmax"],
    )


def against_nest(data, p):
    end = data["t"][-1] + 100.0
    pre, post = Spikes(data["pre"], duration=end), Spikes(data["post"], duration=end)
    start, options = float(data["w0"]), {"delay": float(data["delay"]), "at": data["pre"]}
    if p["model"] == "stdp_triplet_synapse":
        slow = p["tau_plus"], p["tau_plus_triplet"], p["tau_minus"], p["tau_minus_triplet"]
        amplitudes = p["Aplus"], p["Aplus_triplet"], p["Aminus"], p["Aminus_triplet"]
        run = simulate_triplet(pre, post, start, Triplet(*amplitudes, *slow, p["Wmax"]), **options)
    else:
        run = simulate_stdp(pre, post, start, nest_rule(p), PAIRINGS[p["model"]], **options)
    delivered = np.searchsorted(data["pre"] + 1.0, data["t"] + 1e-6)  # how many spikes by then
    assert delivered[-1] == data["pre"].size > 20
    assert data["w"] == pytest.approx(np.append(start, run.history)[delivered], abs=1e-12)


def against_nest_window(data, p):
    start, delay = float(data["w0"]), float(data["delay"])
    pre = Spikes([100.0, 400.0], duration=500.0)  # the second makes NEST show what the first pair did
    for delta_t, after in zip(data["dt_post_minus_pre_generator"], data["w_after"], strict=True):
        run = simulate_stdp(pre, Spikes([100.0 + delta_t], duration=500.0), start, nest_rule(p), delay=delay)
        assert after == pytest.approx(run.w[0, 0], abs=1e-12)
        first = float(stdp_window(delta_t + delay, nest_rule(p), start))
        assert after - start == pytest.approx(first, abs=1e-6)  # the second pair is 240 ms apart or more


def against_brian2(data, p):
    end = data["t_ms"][-1] + 100.0
    pre = Spikes(data["pre_t"], data["pre_i"], n_units=data["w0"].size, duration=end)
    post = Spikes(data["post_t"], duration=end)
    alpha = -p["A_minus"] / p["A_plus"]
    rule = STDP(p["A_plus"], alpha, p["tau_plus"], p["tau_minus"], w_max=p["wmax"], zero_plus=1.0)
    run = simulate_stdp(pre, post, data["w0"][None, :], rule, at=data["t_ms"] - 0.05)
    assert data["w"].T == pytest.approx(run.history[:, 0], abs=1e-12)
    assert data["w_end"] == pytest.approx(run.w[0], abs=1e-12)
