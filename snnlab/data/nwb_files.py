"""Spikes and current-clamp recordings in NWB, Neurodata Without Borders.

A file of NWB holds one session: a table of *units*, each with its spike times and whatever is known of it,
and series of samples, each with a factor that turns them into volts or amperes. A sweep in current clamp is
two series, a response and a stimulus, which the table of intracellular recordings joins, or a number of the
sweep in old files.

Source: O. Rübel et al. (2022), eLife 11, e78362; NWB 2, pynwb 4.
"""

import datetime
import json
import os
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from snnlab.checks import text
from snnlab.data.annotated import SpikeFile, Sweeps, check_spike_file
from snnlab.data.csv_table import CSVTable
from snnlab.data.recording import Recording, check_recording
from snnlab.spikes import Spikes

__all__ = ["spikes_of_nwb", "sweeps_of_nwb", "write_nwb"]

_SAID = (
    "session_description", "identifier", "session_start_time", "session_id", "experimenter", "institution",
    "lab", "experiment_description", "keywords", "related_publications",
)  # fmt: skip
_OF_SUBJECT = ("subject_id", "species", "strain", "sex", "age", "genotype")
_LONG = {"spike_times", "obs_intervals", "waveforms", "waveform_mean", "waveform_sd"}


def _pynwb(what: str) -> Any:
    try:
        import pynwb
    except ImportError:
        raise ImportError(f'{what} needs the package pynwb: pip install "snnlab-course[data]"') from None
    return pynwb


def _opened(path: Path) -> Any:
    os.stat(path)
    pynwb = _pynwb(f"reading {path.name}")
    try:
        return pynwb.NWBHDF5IO(str(path), mode="r", load_namespaces=True)
    except (OSError, ValueError, TypeError, LookupError) as problem:
        said = str(problem).partition("\n")[0]
        raise ValueError(f"{path.name} must be a file of NWB 2, but pynwb says: {said:.90}") from None


def _notes(file: Any) -> dict[str, Any]:
    """What a file says of the whole; what `write_nwb` had to put into one text becomes itself again."""
    notes = {key: getattr(file, key) for key in _SAID if getattr(file, key, None) not in (None, (), "")}
    if file.subject is not None:
        notes |= {key: x for key in _OF_SUBJECT if (x := getattr(file.subject, key, None)) is not None}
    if file.notes:
        try:
            inside = json.loads(file.notes)
        except json.JSONDecodeError:
            inside = None
        notes |= inside if isinstance(inside, dict) else {"notes": file.notes}
    return notes


def spikes_of_nwb(path: Path, duration: float | None) -> SpikeFile:
    """The table of units of an NWB file.

    Parameters
    ----------
    path : Path
    duration : float, optional
        How long was looked at, ms, needed where the table has no observed intervals.

    Raises
    ------
    ValueError
        If it has no units, or does not say how long was looked at.

    Examples
    --------
    >>> spikes_of_nwb(Path("no such.nwb"), None)
    Traceback (most recent call last):
    ...
    FileNotFoundError: [Errno 2] No such file or directory: 'no such.nwb'
    """
    with _opened(path) as opened:
        file = opened.read()
        table = file.units
        if table is None or not len(table) or "spike_times" not in table.colnames:
            raise ValueError(f"{path.name} must hold units with spike times, got none")
        trains = [np.asarray(table["spike_times"][k], float) for k in range(len(table))]
        units = [
            {_ours(key): _value(table[key][k]) for key in table.colnames if key not in _LONG}
            for k in range(len(table))
        ]
        start, stop = 0.0, None if duration is None else duration / 1e3
        if "obs_intervals" in table.colnames:
            seen = [np.asarray(table["obs_intervals"][k], float).reshape(-1, 2) for k in range(len(table))]
            for about, intervals in zip(units, seen, strict=True):
                if len(intervals) > 1:
                    about["obs_intervals"] = intervals * 1e3
            if any(len(intervals) for intervals in seen):
                start = min(float(x.min()) for x in seen if len(x))
                stop = max(float(x.max()) for x in seen if len(x))
        if stop is None:
            last = max((t.max(initial=0.0) for t in trains), default=0.0)
            raise ValueError(
                f"duration must be given in ms, since {path.name} does not say how long was looked at; "
                f"its last spike is at {last * 1e3:.9g} ms"
            )
        length = float(f"{(stop - start) * 1e3:.12g}")
        times = [np.minimum((t - start) * 1e3, length) if stop >= t.max(initial=0.0) else (t - start) * 1e3
                 for t in trains]  # fmt: skip
        return SpikeFile(Spikes.from_trains(times, duration=length), tuple(units), start * 1e3, _notes(file))


def _ours(key: str) -> str:
    return "name" if key == "unit_name" else key


def _value(x: Any) -> Any:
    """A cell of a table as a plain value; rows of another table by their numbers."""
    if hasattr(x, "index") and hasattr(x, "columns"):
        return [int(k) for k in x.index]
    return x.item() if isinstance(x, np.generic) else x


def sweeps_of_nwb(path: Path, chosen: Any, what: str) -> Sweeps | None:
    """The sweeps in current clamp of an NWB file, or None if it has none.

    Parameters
    ----------
    path : Path
    chosen : sequence of int, optional
        Which sweeps, in the order of the table of intracellular recordings, of their numbers or of their
        times; all if left out.
    what : str
        How it is called in sentences.

    Raises
    ------
    ValueError
        If sweeps differ in length or time step.

    Examples
    --------
    >>> sweeps_of_nwb(Path("no such.nwb"), None, "no such.nwb")
    Traceback (most recent call last):
    ...
    FileNotFoundError: [Errno 2] No such file or directory: 'no such.nwb'
    """
    with _opened(path) as opened:
        file = opened.read()
        pairs = _pairs(file)
        if not pairs:
            return None
        if chosen is not None:
            if not len(chosen) or not all(0 <= k < len(pairs) for k in chosen):
                raise ValueError(f"sweeps of {what} must be from 0 to {len(pairs) - 1}, got {chosen!r:.60}")
            pairs = [pairs[k] for k in chosen]
        series = [one for pair in pairs for one in pair if one is not None]
        if len({len(one.data) for one in series}) > 1:
            listed = [len(one.data) for one in series][:6]
            raise ValueError(f"sweeps of {what} must have one length, got {listed}: sweeps=[…] says which")
        times = {_time_step(one, what) for one in series}
        if len(times) > 1:
            raise ValueError(f"series of {what} must have one time step, got {sorted(times)} ms")
        if len({stimulus is None for _, stimulus in pairs}) > 1:
            raise ValueError(f"sweeps of {what} must all have a stimulus or none: sweeps=[…] says which")
        tables = [_table(*pair) for pair in pairs]
        first = pairs[0][0]
        notes = _notes(file) | {
            key: x for key in ("bias_current", "bridge_balance", "capacitance_compensation")
            if (x := getattr(first, key, None)) is not None
        }  # fmt: skip
        cell = first.electrode
        notes |= {"electrode": cell.name} | {
            key: x for key in ("location", "cell_id", "resistance") if (x := getattr(cell, key, None))
        }
        name = str(notes.pop("recording", ""))
        return Sweeps(tables, times.pop(), _step(file, first), name, notes)


def _pairs(file: Any) -> list[tuple[Any, Any]]:
    """Response and stimulus of each sweep; a stimulus that nobody names is None."""
    joined = file.intracellular_recordings
    if joined is not None and len(joined):
        rows = [
            (joined["responses"]["response"][k].timeseries, joined["stimuli"]["stimulus"][k].timeseries)
            for k in range(len(joined))
        ]
        return [
            (v, i if type(i).__name__ == "CurrentClampStimulusSeries" else None)
            for v, i in rows
            if type(v).__name__ == "CurrentClampSeries"
        ]
    inside = {True: file.acquisition, False: file.stimulus}
    found = [x for x in inside[True].values() if type(x).__name__ == "CurrentClampSeries"]
    given = [x for x in inside[False].values() if type(x).__name__ == "CurrentClampStimulusSeries"]
    found.sort(key=lambda x: (x.sweep_number or 0, x.starting_time or 0.0))
    if len(found) == len(given) == 1:
        return [(found[0], given[0])]
    numbered = {x.sweep_number: x for x in given if x.sweep_number is not None}
    return [(x, numbered.get(x.sweep_number)) for x in found]


def _time_step(series: Any, what: str) -> float:
    if series.rate:
        return float(f"{1e3 / series.rate:.9g}")
    t = np.asarray(series.timestamps, float) * 1e3
    every = (t[-1] - t[0]) / (t.size - 1) if t.size > 1 else 0.0
    if not every > 0 or np.abs(np.diff(t) - every).max() > 0.3 * every:
        raise ValueError(f"times of {what} must rise by equal steps, got others in {series.name!r}")
    return float(f"{every:.9g}")


def _table(response: Any, stimulus: Any) -> CSVTable:
    """Potential in mV and current in nA, from volts and amperes."""
    columns, names, units = [], [], []
    for series, unit, many in ((response, "mV", 1e3), (stimulus, "nA", 1e9)):
        if series is not None:
            factor, offset = float(series.conversion) * many, float(getattr(series, "offset", 0.0)) * many
            columns.append(np.asarray(series.data, float) * factor + offset)
            names.append("v" if unit == "mV" else "i")
            units.append(unit)
    return CSVTable(np.stack(columns, axis=1), tuple(names), tuple(units))


def _step(file: Any, first: Any) -> tuple[float, float] | None:
    """The epoch with the tag "step" that lies in the first sweep, ms from its first sample."""
    if file.epochs is None or "tags" not in file.epochs.colnames:
        return None
    begin = first.starting_time or 0.0
    end = begin + len(first.data) / first.rate if first.rate else np.inf
    for k in range(len(file.epochs)):
        start, stop = float(file.epochs["start_time"][k]), float(file.epochs["stop_time"][k])
        if "step" in list(file.epochs["tags"][k]) and begin <= start < stop <= end + 1e-9:
            return float(f"{(start - begin) * 1e3:.9g}"), float(f"{(stop - begin) * 1e3:.9g}")
    return None


def write_nwb(
    path: str | os.PathLike,
    source: Spikes | SpikeFile | Recording,
    *,
    session_start: datetime.datetime,
    description: str,
) -> None:
    """Write spikes or a recording to a file of NWB, which other programs read.

    Spikes become its table of units, and what is known of each unit the table's columns. A sweep of a
    recording becomes a current-clamp series and its stimulus, one sweep after the other, and the step of
    current an epoch.

    Parameters
    ----------
    path : file
        Where to; what is there is overwritten. Its name ends in ``.nwb``.
    source
        What to write.
    session_start : datetime
        When the recording began, with a time zone; NWB wants it, and nobody can guess it.
    description : str
        What was recorded, in a sentence.

    Raises
    ------
    OSError
        If the file cannot be written.
    ImportError
        If pynwb is not installed: ``pip install "snnlab-course[data]"``.

    Examples
    --------
    >>> import datetime, tempfile
    >>> from snnlab.data import load_spikes
    >>> spikes = Spikes([10.0, 30.0, 20.0], [0, 0, 1], duration=100)
    >>> when = datetime.datetime(2026, 1, 31, 12, tzinfo=datetime.timezone.utc)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "two.nwb"
    ...     write_nwb(file, spikes, session_start=when, description="two units")
    ...     print(load_spikes(file).spikes)
    Spikes(3 spikes of 2 units in 100 ms, 15.0 Hz a unit)
    """
    if not isinstance(path, str | os.PathLike):
        raise TypeError(f"path must be a file, got {type(path).__name__}")
    path = Path(path)
    if path.suffix.lower() != ".nwb":
        raise ValueError(f"path must end in .nwb, got {path.name!r}")
    if not isinstance(session_start, datetime.datetime):
        raise TypeError(f"session_start must be a datetime, got {type(session_start).__name__}")
    if session_start.tzinfo is None:
        raise ValueError(f"session_start must have a time zone, got {session_start}")
    if not isinstance(source, Recording):
        source = check_spike_file(source)
    description = text("description", description)
    pynwb = _pynwb("write_nwb")
    file = pynwb.NWBFile(
        session_description=description, identifier=str(uuid.uuid4()), session_start_time=session_start
    )
    if isinstance(source, Recording):
        source = check_recording(source)
        notes: Mapping[str, Any] = {"recording": source.name, "licence": source.licence, **source.notes}
        _add_recording(pynwb, file, source)
    else:
        notes = source.notes
        _add_units(file, source)
    known = {"session_start_time": session_start, "session_description": description}
    file.notes = json.dumps({k: x for k, x in notes.items() if k not in (*known, "identifier")}, default=str)
    with pynwb.NWBHDF5IO(str(path), mode="w") as opened:
        opened.write(file)


def _add_units(file: Any, source: SpikeFile) -> None:
    kinds: dict[str, type] = {}
    for about in source.units:
        for key, value in about.items():
            kind = str if isinstance(value, str) else float if isinstance(value, int | float) else type(value)
            if kind not in (str, float) or kinds.setdefault(key, kind) is not kind:
                raise ValueError(
                    f"units[…][{key!r}] must be a text in all units or a number in all, got {value!r:.60}"
                )
    for key in kinds:
        file.add_unit_column("unit_name" if key == "name" else key, "as it was given")
    start, stop = source.start / 1e3, (source.start + source.spikes.duration) / 1e3
    for k, train in enumerate(source.spikes):
        about = source.units[k] if source.units else {}
        columns = {
            "unit_name" if key == "name" else key: about.get(key, "" if kind is str else np.nan)
            for key, kind in kinds.items()
        }
        times = np.minimum((train + source.start) / 1e3, stop)
        file.add_unit(spike_times=times, obs_intervals=[[start, stop]], **columns)


def _add_recording(pynwb: Any, file: Any, recording: Recording) -> None:
    device = file.create_device(name="unknown")
    electrode = file.create_icephys_electrode(name="electrode", description="unknown", device=device)
    steps, sweeps = recording.v.shape
    rate, length = 1e3 / recording.dt, steps * recording.dt / 1e3
    for k in range(sweeps):
        shared = {"electrode": electrode, "rate": rate, "starting_time": k * length, "gain": 1.0}
        response = pynwb.icephys.CurrentClampSeries(
            name=f"response {k}", data=recording.v[:, k], conversion=1e-3, **shared
        )
        stimulus = pynwb.icephys.CurrentClampStimulusSeries(
            name=f"stimulus {k}", data=recording.i[:, k], conversion=1e-9, **shared
        )
        file.add_intracellular_recording(electrode=electrode, stimulus=stimulus, response=response)
        begin, end = (k * length + edge / 1e3 for edge in recording.step)
        file.add_epoch(start_time=begin, stop_time=end, tags=["step"])
