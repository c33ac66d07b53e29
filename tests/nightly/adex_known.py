"""AdEx neurons with known numbers, fitted to their own spike times: which numbers come back, over ten seeds.

The membrane and the other numbers of each neuron are drawn by chance. It gets nine steps of half a second,
from 1.2 to 3 times its rheobase. It is fitted to five of them; `fitted` is the interval error there (mean
|ln|), `held` that on the other four. `v_th`, `v_reset` and `delta_th` are by how many mV the fit is off,
`tau_w` and `b` by what share of the true number, `a` by what share of the measured conductance.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.neurons import LIF, AdEx, adex_rheobase, fit_adex, simulate_adex, step_response

KEYS = ("seed",), [(seed,) for seed in range(1, 11)]
RESULTS = "fitted", "held", "v_th", "v_reset", "delta_th", "tau_w", "a", "b"


def drawn(rng):
    """A neuron, and what a long weak step shows of its membrane."""
    r_m, tau_m = rng.uniform(80.0, 300.0), rng.uniform(8.0, 30.0)
    a = rng.uniform(0.0, 0.5) / r_m
    v_reset, v_th, delta_th = rng.uniform(-62.0, -52.0), rng.uniform(-52.0, -45.0), rng.uniform(0.5, 4.0)
    tau_w, b = rng.uniform(50.0, 300.0), rng.uniform(1.0, 8.0) / r_m
    leak = 1.0 / r_m - a
    neuron = AdEx(tau_m, 1.0 / leak, -65.0, v_reset, v_th, delta_th, tau_w=tau_w, a=a, b=b)
    return neuron, LIF(tau_m, r_m, -65.0)


def row(seed):
    true, membrane = drawn(np.random.default_rng(seed))
    current = adex_rheobase(true) * np.linspace(1.2, 3.0, 9)
    spikes = simulate_adex(np.tile(current, (5000, 1)), true).spikes
    fit = fit_adex(current[::2], spikes[::2], membrane)
    held = step_response(current[1::2], spikes[1::2], fit.neuron).interval_error
    found = fit.neuron
    in_mv = [found.v_th - true.v_th, found.v_reset - true.v_reset, found.delta_th - true.delta_th]
    shares = found.tau_w / true.tau_w - 1.0, (found.a - true.a) * membrane.r_m, found.b / true.b - 1.0
    return fit.interval_error, held, *in_mv, *shares


if __name__ == "__main__":
    main()
