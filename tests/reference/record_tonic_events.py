"""Record what tonic reads of event cameras and of the Heidelberg digits.

    python record_tonic_events.py

wrote tonic_events.npz beside it, with tonic 1.7.0, aedat 2.3.0, h5py 3.16.0 and Python 3.11. The files are
those of ``tests/data/event_bytes.py``: one that dv-processing wrote, a digit of N-MNIST, and what is drawn.
Of each ``NAME_x``, ``NAME_y``, ``NAME_t`` (µs) and ``NAME_p``; of the Heidelberg digits `t`, `x`, the labels.
For AEDAT 3.1 tonic takes two values of a function of its own that returns three; here it returns two.
"""

import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from data.event_bytes import write_event_files, write_heidelberg  # noqa: E402


def main() -> None:
    import tonic  # here, so that this file can be read without it
    from tonic.datasets.hsd import HSD
    from tonic.datasets.nmnist import NMNIST

    header = tonic.io.read_aedat_header_from_file
    tonic.io.read_aedat_header_from_file = lambda file: header(file)[:2]
    record = {}
    with tempfile.TemporaryDirectory() as folder:
        files = write_event_files(Path(folder))
        camera = tonic.io.read_aedat4(str(files["camera"]))
        found = {
            "camera": {"x": camera["x"], "y": camera["y"], "t": camera["t"], "p": camera["on"]},
            "digit": tonic.io.read_mnist_file(str(files["digit"]), dtype=NMNIST.dtype),
            "gesture": tonic.io.read_dvs_ibm(str(files["gesture"]))[1],
        }
        for name, events in found.items():
            record |= {f"{name}_{key}": np.asarray(events[key]).astype(np.int64) for key in "xytp"}
        write_heidelberg(Path(folder, "digits.h5"))
        digits = SimpleNamespace(
            location_on_system=folder,
            data_filename="digits.h5",
            dtype=HSD.dtype,
            transform=None,
            target_transform=None,
        )
        labels = []
        for k in range(3):
            events, label = HSD.__getitem__(digits, k)
            record |= {f"heidelberg{k}_{key}": events[key] for key in "tx"}
            labels.append(int(label))
        record["heidelberg_labels"] = np.array(labels)
    np.savez_compressed(HERE / "tonic_events.npz", **record)


if __name__ == "__main__":
    main()
