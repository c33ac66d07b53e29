"""Files of event cameras and of the Heidelberg digits, byte for byte, for our reader and for others."""

import struct
from pathlib import Path

import numpy as np

from snnlab.data import load_nmnist_100

__all__ = ["CAMERA", "aedat3", "digit_bytes", "write_event_files", "write_heidelberg"]

CAMERA = Path(__file__).parent / "files" / "camera.aedat4"
"""A recording that dv-processing 2.0.4 wrote."""


def aedat3(*parts, head=b"#!AER-DAT3.1\r\n#Format: RAW\r\n#!END-HEADER\r\n"):
    """A file of AEDAT 3.1; a part is the kind of its packet, how often its clock ran over, and its events."""
    raw = head
    for kind, overflow, events in parts:
        raw += struct.pack("<hhiiiiii", kind, 1, 8, 4, overflow, len(events), len(events), len(events))
        raw += b"".join(struct.pack("<II", v | p << 1 | y << 2 | x << 17, t) for x, y, p, v, t in events)
    return raw


def digit_bytes(events):
    """A recording as N-MNIST has it, five bytes an event."""
    t = np.rint(events.t * 1000).astype(np.int64)
    raw = np.stack([events.x, events.y, events.brighter * 128 + (t >> 16), (t >> 8) & 255, t & 255], axis=1)
    return raw.astype(np.uint8).tobytes()


def write_heidelberg(file: Path) -> Path:
    """Three digits as the data set has them: times in s of 16 bits, arrays of different lengths."""
    import h5py

    rng = np.random.default_rng(3)
    times, units = np.empty(3, h5py.vlen_dtype(np.float16)), np.empty(3, h5py.vlen_dtype(np.uint16))
    for k, n in enumerate((40, 7, 90)):
        times[k] = np.sort(rng.uniform(0.0, 1.0, n)).astype(np.float16)
        units[k] = rng.integers(0, 700, n).astype(np.uint16)
    with h5py.File(file, "w") as opened:
        opened["spikes/times"], opened["spikes/units"] = times, units
        opened["labels"], opened["extra/speaker"] = [3, 1, 2], [9, 8, 7]
    return file


def write_event_files(folder: Path) -> dict[str, Path]:
    """What all readers understand alike: valid events of pixels, and a clock that does not run over."""
    rng = np.random.default_rng(5)
    t = np.cumsum(rng.integers(1, 900, 120))
    x, y, p = rng.integers(0, 128, 120), rng.integers(0, 128, 120), rng.integers(0, 2, 120)
    drawn = [(*map(int, event), 1, int(at)) for *event, at in zip(x, y, p, t, strict=True)]
    late = bytes([0, 240, 0, 0, 0, 3, 4, 0, 0, 6])  # the clock of N-MNIST runs over, and one event more
    files = {
        "digit": (folder / "digit.bin", digit_bytes(load_nmnist_100().recordings[0]) + late),
        "gesture": (folder / "gesture.aedat", aedat3((1, 0, drawn[:50]), (1, 0, drawn[50:]))),
    }
    for file, raw in files.values():
        file.write_bytes(raw)
    return {"camera": CAMERA, **{name: file for name, (file, _) in files.items()}}
