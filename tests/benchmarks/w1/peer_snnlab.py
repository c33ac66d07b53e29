"""W1 with snnlab's public functions."""

import numpy as np


def trace(task):
    from snnlab.neurons import LIF, simulate_lif

    def call(k):
        current = np.zeros(task.STEPS)
        current[task.ONSET :] = task.amplitude(k)
        run = simulate_lif(current, LIF(), task.DT)
        return {"counts": [run.spikes.n_spikes], "v": float(run.v[task.LOOK - 1])}

    return call


def curve_exact(task):
    """From spike to spike: no grid, and no potential in between."""
    from snnlab.neurons import LIF, simulate_lif_exact

    def call(k):
        spikes = simulate_lif_exact([task.amplitudes(k)], LIF(), dt=task.DURATION)
        return {"counts": np.bincount(spikes.units, minlength=task.CURRENTS).tolist()}

    return call


def curve_grid(task):
    """On the grid, with the potential of every step."""
    from snnlab.neurons import LIF, simulate_lif

    def call(k):
        spikes = simulate_lif(np.tile(task.amplitudes(k), (task.STEPS, 1)), LIF(), task.DT).spikes
        return {"counts": np.bincount(spikes.units, minlength=task.CURRENTS).tolist()}

    return call
