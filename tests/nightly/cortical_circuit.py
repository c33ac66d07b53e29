"""Rates, irregularity and synchrony of the cortical microcircuit, here and in NEST: small and whole.

``python tests/nightly/cortical_circuit.py`` computes the rows of ours; those of NEST need it installed beside
the package (``pip install nest-simulator``). Both are built from `circuit_numbers`, each by its own rules and
random numbers, and looked at for 10 s after 1 s: ten wirings of a hundredth here and of a tenth in both, and
the whole circuit once here, which takes some minutes and 4 GB. In NEST it takes 11 GB and far longer, and
its rates stand in its own example.

Of each population `rate` (Hz), `cv` (mean coefficient of variation of the intervals of neurons with four
spikes or more) and `sync` (variance of the number of spikes in bins of 3 ms, over its mean). What a run costs
is told beside, on one thread: `memory` (GB, the most that the process has taken), `wiring` (s until the first
step can be done) and `second` (s for a biological one), by the clock of the processor for this process alone,
which other work disturbs less than the one on the wall.
"""

import importlib
import sys
import time
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

LEAN, LEAN_FOR = "static_synapse_hpc", 65_000  # takes least in NEST, which has it for so many neurons
BEFORE, DURATION, BIN = 1000.0, 10_000.0, 3.0  # ms
TICK = 0.001  # s, where a clock moves on by more than the wiring takes
TOOLS = ("snnlab", "NEST")
SEEDS = range(1, 11)
KEYS = (
    ("scale", "tool", "seed"),
    [(0.01, "snnlab", seed) for seed in SEEDS]
    + [(0.1, tool, seed) for tool in TOOLS for seed in SEEDS]
    + [(1.0, "snnlab", 1)],
)
ELSEWHERE = {key for key in KEYS[1] if key[1] == "NEST"}
RESULTS = tuple(f"{what}_{cells}" for what in ("rate", "cv", "sync") for cells in CELLS)
COSTS = ("memory", "wiring", "second")


def row(scale, tool, seed):
    spikes, _ = run(tool, scale, seed)
    told = np.array([seen(train) for train in spikes])
    return tuple(told.T.ravel())


def run(tool, scale, seed, before=BEFORE, duration=DURATION):
    """The spikes of all populations, and memory, wiring and time as in `COSTS`."""
    if tool == "snnlab":
        ours(0.01, 1, 10.0, 10.0)  # what is compiled is no cost of the circuit
        return ours(scale, seed, before, duration)
    return in_nest(scale, seed, before, duration)


def seen(spikes):
    """Rate, coefficient of variation and synchrony of a population."""
    order = np.lexsort((spikes.times, spikes.units))
    apart, same = np.diff(spikes.times[order]), np.diff(spikes.units[order]) == 0
    of, apart = spikes.units[order][1:][same], apart[same]
    n = np.bincount(of, minlength=spikes.n_units)
    enough = n >= 3
    mean = np.bincount(of, apart, spikes.n_units)[enough] / n[enough]
    square = np.bincount(of, apart**2, spikes.n_units)[enough] / n[enough]
    counts, _ = np.histogram(spikes.times, np.arange(0.0, spikes.duration + BIN / 2, BIN))
    rate = spikes.n_spikes / spikes.n_units / spikes.duration * 1000.0
    return rate, np.mean(np.sqrt(square - mean**2) / mean), counts.var() / counts.mean()


def most_memory():
    """What this process has taken at most, GB."""
    status = Path("/proc/self/status")
    if status.is_file():
        (line,) = (line for line in status.read_text(encoding="ascii").splitlines() if "VmHWM" in line)
        return 1024.0 * float(line.split()[1]) / 1e9
    if sys.platform == "win32":
        return importlib.import_module("psutil").Process().memory_info().peak_wset / 1e9
    resource = importlib.import_module("resource")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e9  # on macOS in bytes


def ours(scale, seed, before, duration):
    circuit = microcircuit(scale, rng=np.random.default_rng(seed))
    clock = [time.process_time()]
    state = circuit.run(0.0).state
    clock.append(time.process_time())
    state = circuit.run(before, start=state).state
    clock.append(time.process_time())
    found = circuit.run(duration, start=state)
    clock.append(time.process_time())
    return [found[cells].spikes for cells in CELLS], costs_of(clock, duration)


def costs_of(clock, duration):
    """Memory, wiring and time, by the clock before and after the wiring, once settled, and at the end."""
    begun, wired, settled, ended = clock
    return most_memory(), max(wired - begun, TICK), 1000.0 * (ended - settled) / duration


def in_nest(scale, seed, before, duration):
    import nest

    clock = [time.process_time()]
    members, recorders = made_in_nest(scale, seed, before)
    nest.Prepare()
    clock.append(time.process_time())
    nest.Run(before)
    clock.append(time.process_time())
    nest.Run(duration)
    clock.append(time.process_time())
    costs = costs_of(clock, duration)
    nest.Cleanup()
    found = []
    for member, recorder in zip(members, recorders, strict=True):
        events = recorder.events
        times, who = events["times"] - before, events["senders"] - member[0].global_id
        found.append(Spikes(times, who, n_units=len(member), duration=duration))
    return found, costs


def made_in_nest(scale, seed, before):
    """Its populations, and what records their spikes after the start."""
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
        recorders.append(nest.Create("spike_recorder", params={"start": before}))
        nest.Connect(members[-1], recorders[-1])
    normal, redraw = nest.random.normal, nest.math.redraw
    for to, post in enumerate(members):
        model = LEAN if circuit.n[: to + 1].sum() < LEAN_FOR else "static_synapse"
        nest.CopyModel(model, f"to_{CELLS[to]}")  # at most 134 million of a model are allowed
        for of, pre in enumerate(members):
            w, delay = 1000.0 * circuit.w[to, of], DELAYS[of % 2]
            low, high = (0.0, np.inf) if w > 0 else (-np.inf, 0.0)
            rule = {"rule": "fixed_total_number", "N": int(circuit.synapses[to, of])}
            synapses = {
                "synapse_model": f"to_{CELLS[to]}",
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
