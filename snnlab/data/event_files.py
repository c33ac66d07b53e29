r"""Recordings of event cameras: AEDAT, the files of N-MNIST and N-Caltech101, and arrays of tonic.

AEDAT 4 is read by the package aedat. AEDAT 3.1 is read here. After a header of lines that begin with ``#``
come packets. Each has 28 bytes that tell its kind and how many events it holds, and then of each event 32
bits of address and 32 of time (µs):

$$ \text{address} = 2^{17} x + 2^{2} y + 2 p + \text{valid} $$

where $p$ says whether the pixel has become brighter. N-MNIST has five bytes an event: $x$, $y$, $p$ and 23
bits of time. A $y$ of 240 is no pixel but adds $2^{13}$ µs to all times from there on. AEDAT 2 is not read,
since its addresses depend on the camera, and programs that read it disagree about which corner is 0.

Sources: iniVation, AEDAT file formats; G. Orchard et al. (2015), Frontiers in Neuroscience 9, 437.
"""

import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from snnlab.data.annotated import EventFile
from snnlab.data.events import Events
from snnlab.foreign_arrays import as_array

__all__ = ["load_events"]

_HEADER, _POLARITY = 28, 1  # bytes before the events of a packet; the kind of packet that has pixels


def load_events(source: str | os.PathLike | ArrayLike) -> EventFile:
    """Read a recording of an event camera.

    Parameters
    ----------
    source : file or structured array
        A file of AEDAT 4 (``.aedat4``, with ``pip install "snnlab-course[data]"``) or 3.1 (``.aedat``), or
        of N-MNIST or N-Caltech101 (``.bin``). Or an array of a data set of tonic, with fields ``t`` in µs,
        ``x``, ``y`` and ``p``.

    Returns
    -------
    EventFile
        Times in ms, sorted, counted from the first event.

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError, TypeError
        If it has no events of pixels, or ends in the middle of one.
    ImportError
        If the package aedat is needed and not installed.

    Examples
    --------
    >>> of_tonic = np.array([(3, 4, 7000, 1), (2, 4, 9000, 0)], [(k, "i8") for k in "xytp"])
    >>> found = load_events(of_tonic)
    >>> print(found.events.t, found.events.x, found.events.brighter, found.start, found.size)
    [0. 2.] [3 2] [ True False] 7.0 5
    """
    if not isinstance(source, str | os.PathLike):
        return _of_array(as_array("source", source, "events"))
    path = Path(source)
    with path.open("rb") as file:
        head = file.read(14)
    if head.startswith(b"#!AER-DAT4"):
        return _of_aedat4(path)
    if head.startswith(b"#!AER-DAT3.1"):
        return _of_aedat3(path)
    if head.startswith(b"#!AER-DAT"):
        said = head[9:].decode("ascii", "replace").split("\r")[0].strip()
        raise ValueError(
            f"{path.name} must be of AEDAT 3.1 or 4, got {said}, whose addresses depend on the camera: "
            "give the array that its own program makes"
        )
    if path.suffix.lower() == ".bin":
        return _of_bin(path)
    raise ValueError(
        f"{path.name} must be of AEDAT, or end in .bin as the files of N-MNIST, got {head[:10]!r}"
    )


def _gathered(
    x: np.ndarray,
    y: np.ndarray,
    t: np.ndarray,
    brighter: np.ndarray,
    size: tuple[int, int] | None,
    **notes: Any,
) -> EventFile:
    """Sorted by time, which is in whole µs, and counted from the first event."""
    if not t.size:
        raise ValueError("source must hold events of pixels, got none")
    order = np.argsort(t, kind="stable")
    x, y, t = x[order], y[order], t[order]
    width, height = size or (int(x.max()) + 1, int(y.max()) + 1)
    events = Events((t - t[0]) / 1000.0, x, y, brighter[order].astype(bool))
    return EventFile(events, width, height, int(t[0]) / 1000.0, notes)


def _of_array(array: np.ndarray) -> EventFile:
    names = array.dtype.names or ()
    if not {"t", "x", "y", "p"} <= set(names):
        raise ValueError(f"source must have the fields t, x, y and p, got {names or array.dtype}")
    if array.ndim != 1 or any(array[key].dtype.kind not in "iub" for key in "txyp"):
        raise ValueError(
            f"source must have whole numbers of µs and pixels, shape (events,), got {array.dtype}"
        )
    x, y, t = (array[key].astype(np.int64) for key in "xyt")
    if t.size and min(x.min(), y.min()) < 0:
        raise ValueError(f"x and y must be from 0 on, got {min(x.min(), y.min())}")
    return _gathered(x, y, t, array["p"] > 0, None)


def _of_aedat4(path: Path) -> EventFile:
    try:
        import aedat
    except ImportError:
        raise ImportError(
            f'reading {path.name} needs the package aedat: pip install "snnlab-course[data]"'
        ) from None
    try:
        decoder = aedat.Decoder(path)
        streams = decoder.id_to_stream()
        chosen = min((k for k, stream in streams.items() if stream["type"] == "events"), default=None)
        parts = [packet["events"] for packet in decoder if packet["stream_id"] == chosen]
    except (OSError, ValueError, RuntimeError, AssertionError) as problem:
        raise ValueError(f"{path.name} must be of AEDAT 4, but aedat says: {problem!s:.90}") from None
    if chosen is None or not parts:
        raise ValueError(f"{path.name} must hold events, got {sorted(s['type'] for s in streams.values())}")
    events = np.concatenate(parts)
    size = streams[chosen]["width"], streams[chosen]["height"]
    t = events["t"].astype(np.int64)
    return _gathered(events["x"], events["y"], t, events["on"], size, format="AEDAT 4")


def _of_aedat3(path: Path) -> EventFile:
    raw = path.read_bytes()
    lines, at = [], 0
    while raw[at : at + 1] == b"#":
        end = raw.find(b"\n", at) + 1 or len(raw)
        lines.append(raw[at:end].strip().decode("utf-8", "replace"))
        at = end
        if lines[-1] == "#!END-HEADER":
            break
    parts = []
    while at < len(raw):
        if len(raw) < at + _HEADER:
            raise ValueError(f"{path.name} must end with a whole packet, got {len(raw) - at} bytes more")
        kind = int(np.frombuffer(raw, "<i2", 1, at)[0])
        size, _, overflow, capacity, number = (int(k) for k in np.frombuffer(raw, "<i4", 5, at + 4))
        at += _HEADER
        if not 0 <= number <= capacity or size <= 0 or at + size * capacity > len(raw):
            raise ValueError(f"{path.name} must end with a whole packet, got {len(raw) - at} bytes in it")
        if kind == _POLARITY and size == 8:
            pairs = np.frombuffer(raw, "<u4", 2 * number, at).reshape(-1, 2)
            valid = pairs[(pairs[:, 0] & 1) == 1]
            parts.append(np.stack([valid[:, 0], valid[:, 1] + (np.int64(overflow) << 31)]))
        at += size * capacity
    address, t = np.concatenate(parts, axis=1).astype(np.int64) if parts else np.zeros((2, 0), np.int64)
    x, y = (address >> 17) & 0x7FFF, (address >> 2) & 0x7FFF
    return _gathered(x, y, t, (address >> 1) & 1, None, format="AEDAT 3.1", header=lines[1:-1])


def _of_bin(path: Path) -> EventFile:
    raw = np.fromfile(path, np.uint8)
    if raw.size % 5:
        raise ValueError(f"{path.name} must have five bytes an event, got {raw.size} bytes")
    x, y, high, mid, low = raw.reshape(-1, 5).astype(np.int64).T
    t = ((high & 127) << 16) + (mid << 8) + low + (np.cumsum(y == 240) << 13)
    seen = y != 240
    return _gathered(x[seen], y[seen], t[seen], high[seen] >> 7, None, format="N-MNIST")
