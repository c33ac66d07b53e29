"""AdEx and Izhikevich's neuron against recordings of Brian2: every file of the family in ``tests/reference``.

Both sides use the fourth-order method of Runge and Kutta at the same step, hold `v` at its peak inside of a
step, and change the input between steps, so nothing but rounding may differ. Brian2 dates a spike, and a
value, to the *start* of the step; we date both to its end. The script of a recording is a part of the file.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from snnlab.neurons import AdEx, Izhikevich, simulate_adex, simulate_izhikevich

FILES = sorted(
    f
    for pattern in ("brian2_adex*.npz", "brian2_izhikevich*.npz")
    for f in (Path(__file__).parents[1] / "reference").glob(pattern)
)

pytestmark = pytest.mark.reference


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_recording(file):
    with np.load(file) as npz:
        data = {key: npz[key] for key in npz.files}
    p = json.loads(str(data["params"]))
    if "delta_th" in p:
        second, model, simulate = "w", AdEx, simulate_adex
    elif {"c", "d"} <= p.keys():
        second, model, simulate = "u", Izhikevich, simulate_izhikevich
    else:
        pytest.fail(f"{file.name} has a format that this test does not know: {sorted(p)}")
    per_piece, per_value = round(p["dt_i"] / p["dt"]), round(p["dt_v"] / p["dt"])
    for k, start in enumerate(p["v_start"]):
        neuron = model(**{name: p[name][k] for name in model._fields})
        run = simulate(np.repeat(data["i"][:, k], per_piece), neuron, p["dt"], start)
        theirs = data["spike_t_ms"][data["spike_i"] == k] + p["dt"]
        assert theirs.size >= 4
        assert run.spikes.times == pytest.approx(theirs, abs=1e-9)
        assert data["v"][k, 1:] == pytest.approx(run.v[per_value - 1 : -1 : per_value], abs=1e-6)
        ours = run[1][per_value - 1 : -1 : per_value]
        assert data[second][k, 1:] == pytest.approx(ours, rel=1e-6, abs=1e-9)


def test_every_format_was_found():
    assert {f.stem for f in FILES} >= {"brian2_adex", "brian2_izhikevich"}
