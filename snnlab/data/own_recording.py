"""A recording of your own, from a text file or an array.

A recording is potentials, a current and a time step, and a file seldom says all of it. What it says is taken
from its header; what it leaves open is asked for, because a wrong guess makes a wrong neuron: volts for
millivolts are a cell that never fires, seconds for milliseconds one that fires a thousand times too often.
"""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, positive
from snnlab.data.annotated import Sweeps
from snnlab.data.csv_table import UNITS, CSVTable, read_csv
from snnlab.data.neo_files import is_neo, sweeps_of_neo
from snnlab.data.nwb_files import sweeps_of_nwb
from snnlab.data.recording import Recording

__all__ = ["load_recording"]

_WORDS = {"t": "time", "v": "the potential", "i": "the current"}
_EXAMPLES = {"t": "ms", "v": "mV", "i": "pA"}
_NAMES = {  # what columns are called, in small letters and without digits at the end
    "t": {"t", "time", "zeit", "temps", "tiempo"},
    "v": {"v", "vm", "voltage", "potential", "membrane potential", "membranepotential", "spannung"},
    "i": {"i", "im", "current", "injected current", "stimulus", "command", "strom"},
}


def load_recording(
    source: str | os.PathLike | ArrayLike,
    dt: float | None = None,
    units: Mapping[str, str] | None = None,
    *,
    columns: str | None = None,
    current: ArrayLike | None = None,
    step: tuple[float, float] | None = None,
    sweeps: Sequence[int] | None = None,
    name: str = "",
) -> Recording:
    """Read a current-clamp recording of your own.

    A file has a row for each sample. Its columns are one of time, or none; one of the potential for each
    sweep; and one of the current for all sweeps together or for each. They are parted by tabs, semicolons,
    commas or blanks, decimals have a point or a comma. A header that says what each column is and in which
    unit, such as ``time (ms)``, ``Vm 1 [mV]`` and ``I_pA``, is all that is needed.

    A rig's own format is read as well, ABF, NIX, NWB or what else Neo opens, with
    ``pip install "snnlab-course[data]"``, and so is a block of Neo. Its segments are the sweeps, its channels
    the columns, of each of which it says the unit.

    Parameters
    ----------
    source : file, block of Neo, or array of shape (steps,) or (steps, sweeps)
        A text file or one of a rig, or the potentials.
    dt : float, optional
        Time between samples, ms; needed where there is no column of time.
    units : dict, optional
        What the header does not say: ``{"t": "s", "v": "mV", "i": "pA"}``. An array has no header.
    columns : str, optional
        What each column is, where the header does not say it: a letter each, ``t``, ``v``, ``i``, or ``-``
        for one that is not wanted. ``"tvvvi"`` are time, three sweeps, and the current of all of them. Of a
        rig's file a letter for each channel of a sweep: ``"v-i"``.
    current : array, optional
        The current, where no column has it: shape (steps,), (steps, sweeps), or (sweeps,) for a step of that
        height in each sweep, from the start of `step` to its end, and nothing before and after.
    step : (start, stop), optional
        When the step of current begins and ends, ms from the first sample. If left out, it is found in the
        current, if nothing else in it goes half as far.
    sweeps : sequence of int, optional
        Which sweeps of a rig's file; all if left out.
    name : str
        For titles; that of the file if left out.

    Returns
    -------
    Recording
        In mV, nA and ms; what else a rig's file says stands in its `notes`.

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError, TypeError
        If what it holds can be read in two ways, or not at all; the sentence says what to write.
    ImportError
        If the package that reads the file is not installed.

    Examples
    --------
    >>> v = np.full((1000, 2), -65.0)
    >>> cell = load_recording(
    ...     v, 0.1, {"v": "mV", "i": "pA"}, current=[-50, 100], step=(20, 80), name="two flat sweeps"
    ... )
    >>> print(cell.v.shape, cell.step, cell.step_current)
    (1000, 2) (20.0, 80.0) [-0.05  0.1 ]
    """
    units = _checked_units(units)
    if step is not None:
        edges = finite_array("step", step, (1,), "(2,)")
        if edges.size != 2:
            raise ValueError(f"step must be (start, stop) in ms, got {edges.size} numbers")
        step = float(edges[0]), float(edges[1])
    rig = _of_rig(source, sweeps)
    if rig is not None:
        what = Path(source).name if isinstance(source, str | os.PathLike) else "source"
        given = _beside(rig, what, columns, units)
        dt = rig.dt if dt is None else dt
        step = rig.step if step is None else step
        if abs(positive("dt", dt) - rig.dt) > 0.01 * rig.dt:
            raise ValueError(f"dt must be that of {what} ({rig.dt:g} ms), got {dt:g}")
    elif sweeps is not None:
        raise ValueError(
            f"sweeps must be left out for text and arrays, whose columns are all read, got {sweeps!r:.60}"
        )
    elif isinstance(source, str | os.PathLike):
        path = Path(source)
        what, given = path.name, _of_table(read_csv(path), path.name, columns, units)
    else:
        if columns is not None:
            raise ValueError(f"columns must be of a file, got {columns!r} beside an array")
        what, given = "source", {"v": finite_array("source", source, (1, 2), "(steps,) or (steps, sweeps)")}
    v = np.atleast_2d(given["v"].T).T * _factor("v", units, what)
    if len(v) < 2 or len(v) < v.shape[1]:
        raise ValueError(
            f"{what} must have time first, shape (steps, sweeps), got {v.shape}: give its transpose"
        )
    time_step = _time_step(given.get("t"), dt, units, what)
    if not 1e-3 <= time_step <= 2.0:
        raise ValueError(
            f"dt of {what} must be from 0.001 to 2 ms, as spikes need it, got {time_step:g}: "
            "is its unit another one?"
        )
    if step is not None and "t" in given and abs(given["t"][0, 0]) > 1.5 * np.ptp(given["t"][:2, 0]):
        raise ValueError(
            f"step counts from the first sample, and the time of {what} must begin at 0 then, "
            f"got {given['t'][0, 0]:g}: columns can say - for it, with dt in ms"
        )
    if current is not None and "i" in given:
        raise ValueError(f"current must be left out where {what} has a column of it")
    if current is None and "i" not in given:
        raise ValueError(
            f"current must be given, since {what} has none: that of each sample, or "
            "current=[-100, 200] for the step of each sweep, with step=(start, stop)"
        )
    i = given["i"] if current is None else finite_array("current", current, (0, 1, 2), "(steps, sweeps)")
    i = _spread(i * _factor("i", units, what), v, step, time_step)
    _be_likely("v", v, "mV", 1.0, 300.0, what)
    _be_likely("i", i, "nA", 1e-3, 20.0, what)
    if not -120.0 < np.median(v) < -20.0:
        raise ValueError(
            f"the potential of {what} must have a median from -120 to -20 mV, got {np.median(v):g}: "
            "is it another column, or was a gain or an offset left in or taken away?"
        )
    span = _find_step(i, time_step) if step is None else step
    name = name or (rig.name if rig is not None else "") or Path(what).stem
    notes = dict(rig.notes) if rig is not None else {}
    licence = str(notes.pop("licence", "your own"))
    recording = Recording(v, i, time_step, (float(span[0]), float(span[1])), name, licence, notes)
    _be_a_step(recording)
    return recording


def _checked_units(units: Mapping[str, str] | None) -> dict[str, str]:
    if units is not None and not isinstance(units, Mapping):
        raise TypeError(f"units must be a dict, got {type(units).__name__}")
    checked = dict(units or {})
    for kind, unit in checked.items():
        if kind not in _WORDS:
            raise ValueError(f"units must be of t, v and i, got {kind!r}")
        if unit not in UNITS or UNITS[unit][0] != kind:
            known = ", ".join(name for name, (of, _) in UNITS.items() if of == kind)
            raise ValueError(f"units[{kind!r}] must be one of {known}, got {unit!r}")
    return checked


def _of_rig(source: Any, sweeps: Sequence[int] | None) -> Sweeps | None:
    """What a rig's own file or a block of Neo holds; None for text, which has no zeros in it, and arrays."""
    if is_neo(source):
        return sweeps_of_neo(source, sweeps, "source")
    if not isinstance(source, str | os.PathLike):
        return None
    path = Path(source)
    if path.is_file():
        with path.open("rb") as file:
            head = file.read(4096)
        if b"\0" not in head or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return None
    elif not path.is_dir():
        return None
    found = sweeps_of_nwb(path, sweeps, path.name) if path.suffix.lower() == ".nwb" else None
    return found or sweeps_of_neo(path, sweeps, path.name)


def _beside(rig: Sweeps, what: str, columns: str | None, units: dict[str, str]) -> dict[str, np.ndarray]:
    """The channels of all sweeps by what they are, sweeps side by side."""
    parts = [_of_table(table, what, columns, units) for table in rig.tables]
    many = {kind: part.shape[1] for kind, part in parts[0].items()}
    if "t" in many or many["v"] > 1 or many.get("i", 1) > 1:
        raise ValueError(
            f"columns must be given, since a sweep of {what} has {len(rig.tables[0].names)} channels "
            f"({', '.join(rig.tables[0].names)}): a letter v, i or - for each, at most one v and one i"
        )
    return {kind: np.concatenate([part[kind] for part in parts], axis=1) for kind in many}


def _of_table(
    table: CSVTable, what: str, columns: str | None, units: dict[str, str]
) -> dict[str, np.ndarray]:
    """The columns of a table by what they are; `units` takes what its header says of them."""
    n = table.values.shape[1]
    kinds = (
        list(columns)
        if columns is not None
        else [_kind(*x) for x in zip(table.names, table.units, strict=True)]
    )
    if columns is not None and (len(kinds) != n or not set(kinds) <= set("tvi-")):
        raise ValueError(
            f"columns must have a letter of t, v, i or - for each of the {n} columns of {what}, "
            f"got {columns!r}"
        )
    if not kinds:
        raise ValueError(
            f"columns must be given, since {what} has no header that names its {n} columns: "
            f"a letter each, such as columns={('tv' + n * 'i')[:n]!r}"
        )
    if "" in kinds:
        told = table.names[kinds.index("")] or "without a name"
        raise ValueError(
            f"columns must be given, since {what} has a column {told!r}, which may be anything: "
            f"a letter of t, v, i or - for each of its {n} columns"
        )
    for kind in "vi" if columns is None else "":
        names = [name for name, of in zip(table.names, kinds, strict=True) if of == kind]
        unlike = {re.sub(r"[\W\d_]+", "", name.lower()): name for name in names}
        if len(unlike) > 1:  # a command and its monitor are no two sweeps
            one, other = list(unlike.values())[:2]
            raise ValueError(
                f"columns must be given, since {what} calls {_WORDS[kind]} both {one!r} and {other!r}: "
                f"a letter of t, v, i or - for each of its {n} columns"
            )
    for kind, unit in zip(kinds, table.units, strict=False):
        if kind in _WORDS and unit and (UNITS[unit][0] != kind or units.setdefault(kind, unit) != unit):
            raise ValueError(
                f"units of {_WORDS[kind]} must be those of the header of {what} and all the same, "
                f"got {units.get(kind, kind)!r} beside {unit!r}"
            )
    found = {
        kind: table.values[:, [k for k, x in enumerate(kinds) if x == kind]]
        for kind in "tvi"
        if kind in kinds
    }
    if "v" not in found:
        raise ValueError(f"{what} must have a column of the potential, got {', '.join(kinds)}")
    if "t" in found and found["t"].shape[1] > 1:
        raise ValueError(
            f"{what} must have one column of time, got {found['t'].shape[1]}: columns can say - "
        )
    return found


def _kind(name: str, unit: str) -> str:
    """What a column is: time, potential or current, or an empty text if nobody can know."""
    plain = re.sub(r"[\s_\-.#]*\d*$", "", name.strip().lower())
    named = next((kind for kind, names in _NAMES.items() if plain in names), "")
    if not unit:
        return named
    return UNITS[unit][0] if named in ("", UNITS[unit][0]) else ""  # a current in volts is a monitor


def _factor(kind: str, units: dict[str, str], what: str) -> float:
    if kind not in units:
        raise ValueError(
            f"units must say in what {_WORDS[kind]} of {what} is measured, "
            f"such as units={{{kind!r}: {_EXAMPLES[kind]!r}}}"
        )
    return UNITS[units[kind]][1]


def _time_step(t: np.ndarray | None, dt: float | None, units: dict[str, str], what: str) -> float:
    """Time between samples, ms, from the column of time or as given; where there are both they agree."""
    if t is None:
        if dt is None:
            raise ValueError(f"dt must be given in ms, since {what} has no column of time")
        return positive("dt", dt)
    t = t[:, 0]
    every = (t[-1] - t[0]) / (t.size - 1)
    away = np.abs(t - t[0] - every * np.arange(t.size))
    if not every > 0 or away.max() > 0.3 * every:
        where = int(np.argmax(away))
        raise ValueError(
            f"time of {what} must rise by equal steps, got {t[where]:g} as its value {where + 1}: "
            "sweeps stand beside each other, and gaps are left out"
        )
    if dt is None:
        return _rounded(every * _factor("t", units, what))
    dt = positive("dt", dt)
    allowed = [UNITS[units["t"]][1]] if "t" in units else [1.0, 1e3]
    if not any(abs(every * factor - dt) < 0.01 * dt for factor in allowed):
        raise ValueError(f"dt must be that of the column of time ({every * allowed[0]:g} ms), got {dt:g}")
    return dt


def _spread(i: np.ndarray, v: np.ndarray, step: tuple[float, float] | None, dt: float) -> np.ndarray:
    """The current of each sample of each sweep, shape (steps, sweeps)."""
    steps, sweeps = v.shape
    if i.ndim == 1 and i.size == sweeps and steps != sweeps:
        if step is None:
            raise ValueError("step must be given as (start, stop) in ms where current has one number a sweep")
        t = np.arange(steps) * dt
        return np.where((t >= step[0] - dt / 2) & (t < step[1] - dt / 2), 1.0, 0.0)[:, None] * i
    i = i[:, None] if i.ndim == 1 else i
    if i.ndim != 2 or len(i) != steps or i.shape[1] not in (1, sweeps):
        rule = f"({steps},), ({steps}, {sweeps}) or ({sweeps},)"
        raise ValueError(f"current must have shape {rule}, got {np.squeeze(i).shape}")
    return np.broadcast_to(i, v.shape).copy()


def _be_likely(kind: str, x: np.ndarray, unit: str, least: float, most: float, what: str) -> None:
    """Refuse numbers of a size that no cell has: the unit is another one."""
    size = float(np.abs(x).max())
    if size > most or 0 < size < least:
        raise ValueError(
            f"{_WORDS[kind]} of {what} must be of a size that a cell can have, "
            f"got {x.min() + 0.0:g} to {x.max() + 0.0:g} {unit}: is its unit another one?"
        )


def _be_a_step(recording: Recording) -> None:
    """Refuse a ramp, two steps in a row, and a time at which the current is what it was before."""
    first, last = (round(as_real("step / dt", end / recording.dt)) for end in recording.step)
    if first == last:
        raise ValueError(f"step must be as long as a sample at least, got {recording.step} ms")
    part, i = recording._part(*recording.step), recording.i
    during, outside = i[part], i[: part.start] if part.start else i[part.stop :]
    if np.ptp(i) == 0 or not len(outside):
        return  # nothing is injected, or all the time the same
    height = np.abs(recording.step_current - np.median(outside, axis=0)).max()
    tenths = np.array([np.median(x, axis=0) for x in np.array_split(during, min(10, len(during)))])
    if not np.ptp(tenths, axis=0).max() < 0.3 * height:
        low, high = 1000 * tenths.min() + 0.0, 1000 * tenths.max() + 0.0  # and no -0
        raise ValueError(
            f"step must be a time in which the current has left its first value and stays as it is, "
            f"got {recording.step} ms, where it is from {low:g} to {high:g} pA"
        )


def _find_step(i: np.ndarray, dt: float) -> tuple[float, float]:
    """Start and end of the one step of current, ms: half way between its height and what flows at first."""
    spans = {span for span in (_spans(i[:, k]) for k in range(i.shape[1])) if span}
    if not spans:
        raise ValueError("step must be given as (start, stop) in ms, since the current never changes")
    longest = max(spans, key=len)
    if len(longest) > 1 or any(len(span) > 1 for span in spans):
        listed = ", ".join(f"({start * dt:g}, {stop * dt:g})" for start, stop in longest[:3])
        raise ValueError(
            f"step must be given as (start, stop) in ms, since the current leaves its first value "
            f"{len(longest)} times: {listed}{', …' if len(longest) > 3 else ''}"
        )
    starts, stops = np.array([span[0] for span in spans]).T
    if np.ptp(starts) > 1 or np.ptp(stops) > 1:
        raise ValueError(
            f"step must be the same in all sweeps, got starts from {starts.min() * dt:g} to "
            f"{starts.max() * dt:g} ms and ends from {stops.min() * dt:g} to {stops.max() * dt:g} ms"
        )
    return _rounded(np.median(starts) * dt), _rounded(np.median(stops) * dt)


def _rounded(x: float) -> float:
    """0.1 for 0.09999999999999999."""
    return float(f"{x:.9g}")


def _spans(i: np.ndarray) -> tuple[tuple[int, int], ...]:
    """From which sample to which the current is away from its first value, by half of how far it goes."""
    away = np.abs(i - np.median(i[: max(1, i.size // 100)]))
    noise = float(np.median(np.abs(np.diff(i))))
    if away.max() <= 5 * noise or away.max() == 0:
        return ()
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (away > away.max() / 2).astype(np.int8), [0]])))
    return tuple(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
