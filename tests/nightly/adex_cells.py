"""Three patched cells and three models: how well each does on sweeps that took no part in its fit.

The sweeps of a cell that fire twice at least are dealt into four folds, and each row is a fold that was left
out: `adaptive`, `plain` and `adex` are the interval errors (mean |ln|, over the steps of the fold) of the LIF
neuron with an adaptive threshold, the plain one, and the AdEx neuron. Resets are bound to where the cell was
at its lowest within 30 ms after a spike, pauses to 5 ms, and Δ_T to 0.5 to 5 mV. The second cell was never
silent, and its membrane is estimated; the fast-spiking cell fires before many of its steps.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.data import (
    cut_steps,
    estimate_membrane,
    load_patch_adapting,
    load_patch_b6,
    load_patch_fast_spiking,
    measure_membrane,
    measure_shapes,
)
from snnlab.neurons import LIF, fit_adaptive, fit_adex, step_response

CELLS = {"adapting": load_patch_adapting, "B6": load_patch_b6, "fast-spiking": load_patch_fast_spiking}
KEYS = ("cell", "fold"), [(cell, fold) for cell in CELLS for fold in range(4)]
RESULTS = "adaptive", "plain", "adex"


def row(cell, fold):
    recording = CELLS[cell]()
    found = estimate_membrane(recording).membrane if cell == "B6" else measure_membrane(recording)
    membrane = LIF(tau_m=found.tau_m, r_m=found.r_m, v_rest=found.v_rest)
    cut = cut_steps(recording, range(recording.v.shape[1]))
    fires = np.flatnonzero([train.size > 1 for train in cut.spikes])
    shapes = measure_shapes(recording, after=30.0)
    low = shapes.v[shapes.t > 0].min(axis=0)
    reset = float(low.min()), float(low.max())
    held = np.arange(fires.size) % 4 == fold
    rest, out = fires[~held], fires[held]
    given = cut.current[rest], cut.spikes[rest], membrane, cut.before[rest]
    both = fit_adaptive(*given, {"v_reset": reset, "t_ref": (0.0, 5.0)})
    adex = fit_adex(*given, {"v_reset": reset, "delta_th": (0.5, 5.0), "a": (0.0, 0.5 / found.r_m)})
    return tuple(
        step_response(cut.current[out], cut.spikes[out], neuron, cut.before[out]).interval_error
        for neuron in (both.neuron, both.plain, adex.neuron)
    )


if __name__ == "__main__":
    main()
