"""Two recordings as files, for the page on which a reader's own cell is fitted."""

from pathlib import Path

import numpy as np
from snnlab_widgets.pages.own_cell import sample_cell

from snnlab.neurons import LIF, simulate_lif

__all__ = ["PLANTED", "write_cells"]

PLANTED = LIF(20.0, 100.0, -65.0, -60.0, -50.0, 3.0)


def write_cells(folder: Path) -> dict[str, Path]:
    """A LIF neuron with known numbers, and some sweeps of a patched cell."""
    t, dt = np.arange(2400) * 0.25, 0.25
    on = (t >= 50.0) & (t < 550.0)
    i = on[:, None] * np.array([-0.1, 0.2, 0.25, 0.35, 0.5])
    v, spikes = simulate_lif(i, PLANTED, dt)
    v = np.vstack([np.full((1, v.shape[1]), PLANTED.v_rest), v[:-1]])  # at the beginning of each step
    v[np.rint(spikes.times / dt).astype(int), spikes.units] = 20.0
    cell, sweeps = sample_cell(), [0, 3, 5, 7, 9]
    return {
        "planted": _write(folder / "planted.csv", t, v, i),
        "patched": _write(folder / "patched.csv", cell.t, cell.v[:, sweeps], cell.i[:, sweeps]),
    }


def _write(file: Path, t: np.ndarray, v: np.ndarray, i: np.ndarray) -> Path:
    n = v.shape[1]
    header = ",".join(["time (ms)", *n * ["v (mV)"], *n * ["i (pA)"]])
    np.savetxt(file, np.column_stack([t, v, 1000 * i]), "%.4f", ",", header=header, comments="")
    return file
