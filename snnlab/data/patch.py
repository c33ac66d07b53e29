"""Recordings of single cells by patch clamp, one loader a data set, offline.

Origin and licence of every file stand in ``LICENSES.md`` beside them.
"""

from pathlib import Path

import numpy as np

from snnlab.data.recording import Recording

__all__ = ["load_patch_adapting", "load_patch_b6", "load_patch_fast_spiking"]

_FOLDER = Path(__file__).parent


def load_patch_fast_spiking() -> Recording:
    """A fast-spiking cell: 17 sweeps of 3 s, steps from −100 to 300 pA.

    Each sweep gives its step twice: out of rest (`step`), and again after half a second at −100 pA.

    Returns
    -------
    Recording
        At 10 kHz. Species and brain region are not documented. MIT licence, Scott W. Harden (pyABF).

    Examples
    --------
    >>> cell = load_patch_fast_spiking()
    >>> cell.v.shape, cell.dt
    ((30000, 17), 0.1)
    """
    return _load_pyabf("patch_fast_spiking.npz", "a fast-spiking cell")


def load_patch_adapting() -> Recording:
    """A cell that adapts: 17 sweeps of 3 s, steps from −100 to 300 pA, 25 pA apart.

    Each sweep gives its step twice: out of rest (`step`), and from 1646.9 to 2146.9 ms again, after half a
    second at −100 pA. Sweeps count from 0: sweep 8 has 100 pA, sweep 16 has 300 pA.

    Returns
    -------
    Recording
        At 10 kHz. Species and brain region are not documented. MIT licence, Scott W. Harden (pyABF).

    Examples
    --------
    >>> cell = load_patch_adapting()
    >>> cell.v.shape, cell.dt
    ((30000, 17), 0.1)
    """
    return _load_pyabf("patch_adapting.npz", "a cell that adapts")


def _load_pyabf(file_name: str, name: str) -> Recording:
    """One of the two cells whose sweeps are stored as integers of 0.01 mV and changes of the current."""
    with np.load(_FOLDER / file_name) as file:
        v = file["v_cmV"].T * 0.01
        changes, dt = file["i_breaks_sample_pA"], float(file["dt_ms"])
    i = np.zeros_like(v)
    for sweep, changes_of_sweep in enumerate(changes):
        for sample, current in changes_of_sweep[~np.isnan(changes_of_sweep[:, 0])]:
            i[int(sample) :, sweep] = float(current) * 1e-3  # pA to nA; holds until the next change
    return Recording(v, i, dt, (146.9, 646.9), name, "MIT, Scott W. Harden (pyABF)")


def load_patch_b6() -> Recording:
    """A cell of the Blue Brain Project: 5 steps of 2 s, from 106 to 341 pA, current measured too.

    Returns
    -------
    Recording
        At 4 kHz: good for spike times, coarse for the shape of a spike. A holding current of about −12 pA
        flows before and after the step. BSD licence, Blue Brain Project (BluePyEfe).

    Examples
    --------
    >>> cell = load_patch_b6()
    >>> print(np.round(cell.step_current * 1000))
    [106. 162. 225. 284. 341.]
    """
    with np.load(_FOLDER / "patch_B6_idrest.npz") as file:
        v, i = file["v_mV"].T.astype(np.float64), file["i_pA"].T.astype(np.float64) * 1e-3
        dt = float(file["dt_ms"])
    return Recording(
        v, i, dt, (700.0, 2700.0), "a cell of the Blue Brain Project", "BSD, Blue Brain Project (BluePyEfe)"
    )
