"""Four models of two patched cells, each on a sweep that it was not fitted to, by the waits for spikes.

A sweep has two steps of current of 500 ms, out of rest and after half a second at -100 pA. Each sweep is left
out in turn, and every model is fitted to the others: a plain LIF neuron and one with an adaptive threshold
(no bounds), AdEx, all three by the least mean |ln| of their waits over the cell's; and a GIF neuron by its
likelihood. Rest, resistance and time constant are measured for all alike. The results are the mean |ln| of
intervals, model over cell, in the sweep left out: of the GIF neuron `gif` that of the median of 200 runs,
`gif_run` that of one run on average. `bits` are the bits per spike of the GIF neuron in that sweep; the other
models give no probabilities.
"""

import functools
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.data import cut_steps, load_patch_adapting, load_patch_fast_spiking, measure_membrane
from snnlab.neurons import LIF, fit_adaptive, fit_adex, step_response
from snnlab.probability import bits_per_spike, glm_potential
from snnlab.probability.gif_steps import LINK, fit_gif, gif_design, gif_response

CELLS = {
    "adapting": (load_patch_adapting, range(8, 17)),
    "fast_spiking": (load_patch_fast_spiking, range(6, 17)),
}
STEPS = [(146.9, 646.9), (1646.9, 2146.9)]  # ms
KEYS = ("cell", "sweep"), [(cell, sweep) for cell, (_, sweeps) in CELLS.items() for sweep in sweeps]
RESULTS = "lif", "adaptive", "adex", "gif", "gif_run", "bits"


@functools.cache
def cut(cell):
    load, sweeps = CELLS[cell]
    recording = load()
    passive = measure_membrane(recording)
    membrane = LIF(tau_m=passive.tau_m, r_m=passive.r_m, v_rest=passive.v_rest)
    return cut_steps(recording, sweeps, STEPS), membrane


def row(cell, sweep):
    steps, membrane = cut(cell)
    held, rest = (np.flatnonzero((steps.sweep == sweep) == side) for side in (True, False))
    fitted, asked = ((steps.current[part], steps.spikes[part], steps.before[part]) for part in (rest, held))
    given = fitted[0], fitted[1], membrane, fitted[2]
    threshold, adex, gif = fit_adaptive(*given), fit_adex(*given), fit_gif(*given)
    told = gif_response(asked[0], asked[1], gif, asked[2], rng=np.random.default_rng(sweep))
    design = gif_design(asked[0], asked[1], membrane, asked[2], gif.basis, gif.dt)
    rate = fitted[1].n_spikes * gif.dt / (fitted[1].n_units * fitted[1].duration)
    return (
        step_response(asked[0], asked[1], threshold.plain, asked[2]).interval_error,
        step_response(asked[0], asked[1], threshold.neuron, asked[2]).interval_error,
        step_response(asked[0], asked[1], adex.neuron, asked[2]).interval_error,
        told.median.interval_error,
        told.run_error,
        bits_per_spike(glm_potential(design.x, gif.fit), design.y, LINK, constant=rate),
    )


if __name__ == "__main__":
    main()
