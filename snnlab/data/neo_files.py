"""Recordings and spikes of Neo: what its objects hold, and the rigs' own files that it opens.

Neo keeps a recording as a *block* of *segments*, each with its signals and its spike trains, and reads dozens
of formats into them: ABF of pCLAMP, SMR of Spike2, NIX, MATLAB and more. Here a segment is a sweep, a channel
of a signal a column as in a text file, and a train a unit. Units come with the numbers, and are converted.

Source: S. Garcia et al. (2014), Frontiers in Neuroinformatics 8, 10; Neo 0.14.
"""

import os
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from snnlab.checks import wholes
from snnlab.data.annotated import SpikeFile, Sweeps, check_spike_file
from snnlab.data.csv_table import CSVTable
from snnlab.data.recording import Recording, check_recording
from snnlab.spikes import Spikes

if TYPE_CHECKING:
    import neo

__all__ = ["blocks_of", "is_neo", "spikes_of_neo", "sweeps_of_neo", "to_neo"]

# What a reader of Neo raises at a file that is not what its suffix says; there is no class for it.
_UNREADABLE = (
    OSError, ValueError, TypeError, LookupError, AttributeError, AssertionError, NotImplementedError,
    ArithmeticError, EOFError, struct.error,
)  # fmt: skip


def _neo(what: str) -> Any:
    """The package, or what to install."""
    try:
        import neo
    except ImportError:
        raise ImportError(f'{what} needs the package neo: pip install "snnlab-course[data]"') from None
    return neo


def is_neo(source: object) -> bool:
    """Whether `source` is a block or a segment of Neo, without importing Neo.

    Parameters
    ----------
    source
        Anything.

    Examples
    --------
    >>> is_neo("cell.abf")
    False
    """
    return type(source).__name__ in ("Block", "Segment") and type(source).__module__.startswith("neo.")


def blocks_of(source: Any) -> list[Any]:
    """The blocks of a file, of any format that Neo opens.

    Parameters
    ----------
    source : file, block or segment

    Raises
    ------
    OSError
        If there is no such file.
    ValueError
        If Neo does not know the suffix, or the file is not what its suffix says.
    ImportError
        If Neo, or what it needs for this format, is not installed.

    Examples
    --------
    >>> blocks_of("no such cell.abf")
    Traceback (most recent call last):
    ...
    FileNotFoundError: [Errno 2] No such file or directory: 'no such cell.abf'
    """
    if is_neo(source):
        return [source]
    path = Path(source)
    os.stat(path)
    neo = _neo(f"reading {path.name}")
    try:
        readers = neo.io.list_candidate_ios(path)
    except ValueError:
        raise ValueError(
            f"{path.name} must have a suffix that tells its format, got {path.suffix or 'none'!r}"
        ) from None
    said, missing = "", ""
    for reader in readers:
        if reader.__name__ == "PickleIO":
            said = "a pickle is a program, which would be run"
            continue
        options = {"mode": "ro"} if reader.__name__ == "NixIO" else {}
        try:
            opened = reader(str(path), **options)
            try:
                return opened.read()
            finally:
                getattr(opened, "close", lambda: None)()
        except ImportError as problem:
            missing = missing or str(problem)
        except _UNREADABLE as problem:
            first = f"{problem}".partition("\n")[0]
            said = said or f"{reader.__name__} says {type(problem).__name__}: {first:.90}"
    if missing and not said:
        raise ImportError(f"reading {path.name} needs one more package: {missing}")
    raise ValueError(f"{path.name} must be a file that Neo can read, but {said}")


def _segments(blocks: list[Any], name: str, chosen: Sequence[int] | None, what: str) -> list[Any]:
    """The segments of all blocks, one after the other, or those that the argument `name` has chosen."""
    found = [segment for block in blocks for segment in getattr(block, "segments", [block])]
    if chosen is None:
        return found
    places = wholes(name, chosen)
    if not places or max(places) >= len(found):
        raise ValueError(f"{name} of {what} must be from 0 to {len(found) - 1}, got {chosen!r:.60}")
    return [found[k] for k in places]


def _notes(*things: Any) -> dict[str, Any]:
    """Names and annotations of objects, of the outer ones first."""
    notes: dict[str, Any] = {}
    for thing in things:
        named = {key: getattr(thing, key, None) for key in ("name", "description", "rec_datetime")}
        notes |= {key: value for key, value in named.items() if value not in (None, "")}
        notes |= getattr(thing, "annotations", {})
    notes.pop("nix_name", None)  # by which Neo finds it again in a file of NIX
    return {key: x.item() if isinstance(x, np.generic) else x for key, x in notes.items()}


def sweeps_of_neo(source: Any, segments: Sequence[int] | None, what: str) -> Sweeps:
    """The signals of a file or an object of Neo; each segment is a sweep.

    Parameters
    ----------
    source : file, block or segment
    segments : sequence of int, optional
        Which segments, counted through all blocks; all if left out.
    what : str
        How it is called in sentences.

    Raises
    ------
    ValueError
        If there are no signals, or sweeps are unlike each other.

    Examples
    --------
    >>> cell = Recording(np.full((500, 2), -65.0), np.zeros((500, 2)), 0.1, (10.0, 20.0), "flat", "none")
    >>> sweeps = sweeps_of_neo(to_neo(cell), None, "cell")
    >>> print(len(sweeps.tables), sweeps.tables[0].names, sweeps.dt, sweeps.step)
    2 ('v', 'i') 0.1 (10.0, 20.0)
    """
    blocks = blocks_of(source)
    chosen = [part for part in _segments(blocks, "sweeps", segments, what) if part.analogsignals]
    if not chosen:
        raise ValueError(f"{what} must hold sampled signals, got none")
    tables = [_channels(segment) for segment in chosen]
    shapes = {(table.values.shape, table.units) for table in tables}
    if len(shapes) > 1:
        listed = ", ".join(str(table.values.shape) for table in tables[:4])
        raise ValueError(
            f"sweeps of {what} must have the same length and channels, got {listed}: sweeps=[…] says which"
        )
    times = {
        round(float(signal.sampling_period.rescale("ms")), 9) for x in chosen for signal in x.analogsignals
    }
    if len(times) > 1:
        raise ValueError(f"signals of {what} must have one time step, got {sorted(times)} ms")
    steps = [_step(segment) for segment in chosen]
    notes = _notes(*(blocks[:1] if len(blocks) == 1 else []), *(chosen if len(chosen) == 1 else []))
    return Sweeps(tables, times.pop(), steps[0], str(notes.pop("name", "")), notes)


def _channels(segment: Any) -> CSVTable:
    """The channels of a segment side by side, potentials in mV and currents in nA."""
    values, names, units = [], [], []
    for signal in segment.analogsignals:
        unit = _unit(signal)
        numbers = np.asarray(signal.rescale(unit) if unit else signal, float)
        called = signal.array_annotations.get("channel_names", [signal.name or ""] * numbers.shape[1])
        values.append(numbers)
        names += [str(name) for name in called]
        units += [unit] * numbers.shape[1]
    if len({len(numbers) for numbers in values}) > 1:
        raise ValueError(f"signals must be of one length, got {[len(numbers) for numbers in values]}")
    return CSVTable(np.concatenate(values, axis=1), tuple(names), tuple(units))


def _unit(signal: Any) -> str:
    """``"mV"`` for a potential, ``"nA"`` for a current, an empty text for what is neither."""
    kind = str(signal.dimensionality.simplified)
    return {"kg*m**2/(s**3*A)": "mV", "A": "nA"}.get(kind, "")


def _step(segment: Any) -> tuple[float, float] | None:
    """The epoch that is called the step, as `to_neo` writes it, from the first sample."""
    for epoch in segment.epochs:
        if epoch.name == "step" and epoch.size == 1:
            first = segment.analogsignals[0].t_start
            start = float(np.ravel((epoch.times - first).rescale("ms"))[0])
            length = float(np.ravel(epoch.durations.rescale("ms"))[0])
            return float(f"{start:.9g}"), float(f"{start + length:.9g}")
    return None


def spikes_of_neo(source: Any, segment: int | None, what: str) -> SpikeFile:
    """The spike trains of one segment of a file or an object of Neo.

    Parameters
    ----------
    source : file, block or segment
    segment : int, optional
        Which segment, counted through all blocks; needed where several have spikes.
    what : str
        How it is called in sentences.

    Raises
    ------
    ValueError
        If there are no spike trains, or several segments have some and none is chosen.

    Examples
    --------
    >>> block = to_neo(Spikes([30.0, 10.0, 20.0], [0, 0, 1], duration=100))
    >>> spikes_of_neo(block, None, "block").spikes
    Spikes(3 spikes of 2 units in 100 ms, 15.0 Hz a unit)
    """
    blocks = blocks_of(source)
    found = _segments(blocks, "part", None if segment is None else [segment], what)
    fired = [part for part in found if len(part.spiketrains)]
    if not fired:
        raise ValueError(f"{what} must hold spike trains, got none")
    if len(fired) > 1:
        places = [k for k, part in enumerate(found) if len(part.spiketrains)]
        raise ValueError(f"part must be given, since {what} has spikes in the segments {str(places)[1:-1]}")
    trains = list(fired[0].spiketrains)
    start = min(float(train.t_start.rescale("ms")) for train in trains)
    stop = max(float(train.t_stop.rescale("ms")) for train in trains)
    times = [np.atleast_1d(np.asarray(train.times.rescale("ms"), float)) for train in trains]
    orders = [np.argsort(t, kind="stable") for t in times]
    spikes = Spikes.from_trains([np.clip(t - start, 0.0, stop - start) for t in times], duration=stop - start)
    units = [
        _notes(train) | {key: np.asarray(x)[order] for key, x in train.array_annotations.items()}
        for train, order in zip(trains, orders, strict=True)
    ]
    return SpikeFile(spikes, tuple(units), start, _notes(*(blocks if len(blocks) == 1 else []), fired[0]))


def to_neo(source: Spikes | SpikeFile | Recording) -> "neo.Block":
    """A block of Neo, which its writers put into a file of NIX, MATLAB and others.

    Parameters
    ----------
    source
        Spikes become the trains of one segment, and what is known of the units their annotations. Each sweep
        of a recording becomes a segment with the signals ``v`` in mV and ``i`` in nA and an epoch ``step``.

    Raises
    ------
    ImportError
        If Neo is not installed: ``pip install "snnlab-course[data]"``.

    Examples
    --------
    >>> train = to_neo(Spikes([10.0, 30.0], duration=100)).segments[0].spiketrains[0]
    >>> print(train, train.t_stop)
    [10. 30.] ms 100.0 ms
    """
    neo = _neo("to_neo")
    if isinstance(source, Recording):
        return _block_of_recording(neo, check_recording(source))
    source = check_spike_file(source)
    notes = dict(source.notes)
    block = neo.Block(name=notes.pop("name", None), description=notes.pop("description", None))
    block.annotate(**{key: value for key, value in notes.items() if key != "rec_datetime"})
    block.rec_datetime = notes.get("rec_datetime")
    segment = neo.Segment()
    for train, about in zip(source.spikes, source.units or [{}] * source.spikes.n_units, strict=True):
        of_each = {k: x for k, x in about.items() if isinstance(x, np.ndarray) and x.shape == train.shape}
        rest = {key: x for key, x in about.items() if key not in of_each}
        stop = source.start + source.spikes.duration
        times = {"units": "ms", "t_start": source.start, "t_stop": stop}
        segment.spiketrains.append(
            neo.SpikeTrain(np.minimum(train + source.start, stop), **times, array_annotations=of_each, **rest)
        )
    block.segments.append(segment)
    return block


def _block_of_recording(neo: Any, recording: Recording) -> "neo.Block":
    import quantities  # which Neo needs

    block = neo.Block(name=recording.name, **{**recording.notes, "licence": recording.licence})
    start, stop = recording.step
    period = quantities.Quantity(recording.dt, "ms")
    for k in range(recording.v.shape[1]):
        segment = neo.Segment(name=f"sweep {k}")
        for name, values, unit in (("v", recording.v, "mV"), ("i", recording.i, "nA")):
            segment.analogsignals.append(
                neo.AnalogSignal(values[:, k : k + 1], units=unit, sampling_period=period, name=name)
            )
        times = {"times": [start], "durations": [stop - start], "units": "ms"}
        segment.epochs.append(neo.Epoch(**times, labels=["step"], name="step"))
        block.segments.append(segment)
    return block
