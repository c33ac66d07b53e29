"""Spikes of your own, from the files of laboratories and of other simulators.

The kind is seen from the file: NWB, HDF5 of SONATA or of the Heidelberg digits, and what else Neo opens.
Times become ms and are counted from where the recording began.

Sources: K. Dai et al. (2020), PLOS Computational Biology 16, e1007696 (SONATA); B. Cramer et al. (2022), IEEE
Transactions on Neural Networks and Learning Systems 33, 2744 (the Heidelberg digits).
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from snnlab.checks import non_negative, whole
from snnlab.data.annotated import SpikeFile
from snnlab.data.neo_files import is_neo, spikes_of_neo
from snnlab.data.nwb_files import spikes_of_nwb
from snnlab.spikes import Spikes

if TYPE_CHECKING:
    import h5py

__all__ = ["load_spikes"]

_MS = {"": 1.0, "ms": 1.0, "millisecond": 1.0, "milliseconds": 1.0, "s": 1e3, "second": 1e3, "seconds": 1e3}


def load_spikes(
    source: "str | os.PathLike | Any",
    part: int | str | None = None,
    *,
    duration: float | None = None,
    n_units: int | None = None,
) -> SpikeFile:
    """Read spikes of your own, and what the file says of them.

    Parameters
    ----------
    source : file, block or segment
        A file of NWB (``.nwb``), of SONATA or the Heidelberg digits (``.h5``), or of any format that Neo
        opens; or what Neo has read already. All need ``pip install "snnlab-course[data]"``, and NIX the
        package nixio besides.
    part : int or str, optional
        Which segment of Neo, population of SONATA or digit of Heidelberg; needed where there are several.
    duration : float, optional
        How long was looked at, in ms; needed where the file does not say it, and refused where it says
        another.
    n_units : int, optional
        Number of units, silent ones too, where the file has only the ids of those that fired.

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError, TypeError
        If it holds no spikes, or more than one set of them and `part` does not say which.
    ImportError
        If the package that reads it is not installed; the sentence says which.

    Examples
    --------
    >>> import tempfile
    >>> import h5py
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "spikes.h5"
    ...     with h5py.File(file, "w") as written:
    ...         of_v1 = written.create_group("spikes/v1")
    ...         of_v1["timestamps"], of_v1["node_ids"] = [30.0, 10.0, 20.0], [0, 0, 2]
    ...     found = load_spikes(file, duration=100, n_units=4)
    >>> found.spikes
    Spikes(3 spikes of 4 units in 100 ms, 7.5 Hz a unit)
    >>> found.notes
    {'population': 'v1'}
    """
    if duration is not None:
        duration = non_negative("duration", duration)
    if n_units is not None:
        n_units = whole("n_units", n_units, 1)
    if is_neo(source):
        found = spikes_of_neo(source, _number(part), "source")
    elif not isinstance(source, str | os.PathLike):
        raise TypeError(f"source must be a file, or a block or segment of Neo, got {type(source).__name__}")
    elif Path(source).suffix.lower() in (".h5", ".hdf5"):
        return _of_hdf5(Path(source), part, duration, n_units)
    elif Path(source).suffix.lower() == ".nwb":
        if part is not None:
            raise ValueError(f"part must be left out, since NWB has one table of units, got {part!r}")
        found = spikes_of_nwb(Path(source), duration)
    else:
        found = spikes_of_neo(source, _number(part), Path(source).name)
    if n_units is not None and n_units != found.spikes.n_units:
        raise ValueError(f"n_units must be that of the file ({found.spikes.n_units}), got {n_units}")
    said = found.spikes.duration
    if duration is not None and abs(duration - said) > 1e-6 * said:
        raise ValueError(f"duration must be that of the file ({said:.9g} ms), got {duration:g}")
    return found


def _number(part: int | str | None) -> int | None:
    return None if part is None else whole("part", part)


def _of_hdf5(path: Path, part: int | str | None, duration: float | None, n_units: int | None) -> SpikeFile:
    """Spikes of SONATA, or of the Heidelberg digits."""
    os.stat(path)
    try:
        import h5py
    except ImportError:
        raise ImportError(
            f'reading {path.name} needs the package h5py: pip install "snnlab-course[data]"'
        ) from None
    try:
        file = h5py.File(path, "r")
    except OSError:
        raise ValueError(f"{path.name} must be a file of HDF5, as its suffix says") from None
    with file:
        inside = file.get("spikes")
        if not isinstance(inside, h5py.Group):
            raise ValueError(f"{path.name} must have a group 'spikes', got {sorted(file)!r:.80}")
        if "times" in inside and "units" in inside:
            times, ids, notes = _digit(file, path.name, part)
        else:
            times, ids, notes = _population(inside, path.name, part)
    if times.shape != ids.shape:
        raise ValueError(f"{path.name} must have a unit for each spike, got {ids.size} for {times.size}")
    if duration is None:
        raise ValueError(
            f"duration must be given in ms, since {path.name} does not say how long was looked at; "
            f"its last spike is at {times.max(initial=0.0):.9g} ms"
        )
    return SpikeFile(Spikes(times, ids, n_units=n_units, duration=duration), notes=notes)


def _population(
    inside: "h5py.Group", name: str, part: int | str | None
) -> tuple[np.ndarray, np.ndarray, dict]:
    found = {
        key: x for key, x in inside.items() if hasattr(x, "keys") and {"timestamps", "node_ids"} <= set(x)
    }
    if not found:
        raise ValueError(f"{name} must hold spikes of SONATA or of the Heidelberg digits, got neither")
    listed = sorted(found)
    if part is None and len(listed) > 1:
        raise ValueError(f"part must be given, since {name} has the populations {', '.join(listed)}")
    chosen = listed[0] if part is None else part
    if chosen not in found:
        raise ValueError(f"part of {name} must be one of {', '.join(listed)}, got {part!r}")
    times = found[chosen]["timestamps"]
    unit = times.attrs.get("units", "")
    unit = unit.decode() if isinstance(unit, bytes) else str(unit)
    if unit not in _MS:
        raise ValueError(f"times of {name} must be in ms or s, got {unit!r}")
    ids = np.asarray(found[chosen]["node_ids"], np.int64)
    return np.asarray(times, float) * _MS[unit], ids, {"population": str(chosen)}


def _digit(file: "h5py.File", name: str, part: int | str | None) -> tuple[np.ndarray, np.ndarray, dict]:
    many = len(file["spikes/times"])
    if part is None and many != 1:
        raise ValueError(f"part must be given, since {name} has {many} digits: from 0 to {many - 1}")
    k = whole("part", 0 if part is None else part, 0, many - 1)
    notes = {key: np.asarray(file[key][k]).item() for key in ("labels",) if key in file}
    if "extra/speaker" in file:
        notes["speaker"] = np.asarray(file["extra/speaker"][k]).item()
    times = np.asarray(file["spikes/times"][k], float) * 1e3
    return times, np.asarray(file["spikes/units"][k], np.int64), notes
