"""Rates, irregularity and synchrony of the cortical microcircuit: ten wirings at a tenth, here and in NEST.

``python tests/nightly/cortical_circuit.py`` computes the rows of ours; those of NEST need it installed beside
the package (``pip install nest-simulator``). Both are built from `circuit_numbers`, each by its own rules and
random numbers, and looked at for 10 s after 1 s. The last row is the whole circuit, once: it takes 4 GB and
some minutes. Of each population `rate` (Hz), `cv` (mean
coefficient of variation of the intervals of neurons with four spikes or more) and `sync` (variance of the
number of spikes in bins of 3 ms, over its mean).
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab import Spikes
from snnlab.networks.microcircuit import (
    CELLS,
    DELAYS,
    NEURON,
    SCATTER,
    START,
    TAU,
    circuit_numbers,
    microcircuit,
)

BEFORE, DURATION, BIN = 1000.0, 10_000.0, 3.0  # ms
SEEDS = range(1, 11)
TENTHS = [(0.1, tool, seed) for tool in ("snnlab", "NEST") for seed in SEEDS]
KEYS = ("scale", "tool", "seed"), TENTHS
ELSEWHERE = {key for key in TENTHS if key[1] == "NEST"}
RESULTS = tuple(f"{what}_{cells}" for what in ("rate", "cv", "sync") for cells in CELLS)


def row(scale, tool, seed):
    spikes = ours(scale, seed) if tool == "snnlab" else in_nest(scale, seed)
    told = np.array([seen(train) for train in spikes])
    return tuple(told.T.ravel())


def seen(spikes):
    """Rate, coefficient of variation and synchrony of a population."""
    order = np.lexsort((spikes.times, spikes.units))
    apart, same = np.diff(spikes.times[order]), np.diff(spikes.units[order]) == 0
    of, apart = spikes.units[order][1:][same], apart[same]
    n = np.bincount(of, minlength=spikes.n_units)
    enough = n >= 3
    mean = np.bincount(of, apart, spikes.n_units)[enough] / n[enough]
    square = np.bincount(of, apart**2, spikes.n_units)[enough] / n[enough]
    counts, _ = np.histogram(spikes.times, np.arange(0.0, DURATION + BIN / 2, BIN))
    rate = spikes.n_spikes / spikes.n_units / DURATION * 1000.0
    return rate, np.mean(np.sqrt(square - mean**2) / mean), counts.var() / counts.mean()


def ours(scale, seed):
    circuit = microcircuit(scale, rng=np.random.default_rng(seed))
    run = circuit.run(DURATION, start=circuit.run(BEFORE).state)
    return [run[cells].spikes for cells in CELLS]


def in_nest(scale, seed):
    import nest

    members, recorders = made_in_nest(scale, seed)
    nest.Simulate(BEFORE + DURATION)
    found = []
    for member, recorder in zip(members, recorders, strict=True):
        events = recorder.events
        times, who = events["times"] - BEFORE, events["senders"] - member[0].global_id
        found.append(Spikes(times, who, n_units=len(member), duration=DURATION))
    return found


def made_in_nest(scale, seed):
    """Its populations, and what records their spikes after 1 s."""
    import nest

    circuit = circuit_numbers(scale)
    nest.ResetKernel()
    nest.resolution, nest.rng_seed = 0.1, seed
    neuron = {
        "tau_m": NEURON.tau_m, "C_m": 1000.0 * NEURON.tau_m / NEURON.r_m, "E_L": NEURON.v_rest,
        "V_reset": NEURON.v_reset, "V_th": NEURON.v_th, "t_ref": NEURON.t_ref,
        "tau_syn_ex": TAU, "tau_syn_in": TAU,
    }  # fmt: skip
    members, recorders = [], []
    for n, i in zip(circuit.n.tolist(), circuit.i.tolist(), strict=True):
        members.append(nest.Create("iaf_psc_exp", n, params=neuron | {"I_e": 1000.0 * i}))
        members[-1].V_m = nest.random.normal(*START)
        recorders.append(nest.Create("spike_recorder", params={"start": BEFORE}))
        nest.Connect(members[-1], recorders[-1])
    normal, redraw = nest.random.normal, nest.math.redraw
    for to, post in enumerate(members):
        for of, pre in enumerate(members):
            w, delay = 1000.0 * circuit.w[to, of], DELAYS[of % 2]
            low, high = (0.0, np.inf) if w > 0 else (-np.inf, 0.0)
            rule = {"rule": "fixed_total_number", "N": int(circuit.synapses[to, of])}
            synapses = {
                "weight": redraw(normal(mean=w, std=SCATTER * abs(w)), min=low, max=high),
                "delay": redraw(normal(mean=delay, std=delay / 2), min=0.05, max=np.inf),
            }
            if rule["N"]:
                nest.Connect(pre, post, rule, synapses)
        train = nest.Create("poisson_generator", params={"rate": float(circuit.outside[to])})
        nest.Connect(train, post, syn_spec={"weight": 1000.0 * circuit.w_outside, "delay": DELAYS[0]})
    return members, recorders


if __name__ == "__main__":
    main()
