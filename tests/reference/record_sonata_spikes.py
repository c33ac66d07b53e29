"""Record spikes as bmtk writes them in SONATA, and what libsonata reads of them.

    python record_sonata_spikes.py

wrote ``tests/data/files/spikes_bmtk.h5`` and, beside this script, sonata_spikes.npz: of each population its
``NAME_times`` (ms) and ``NAME_ids``, with bmtk 1.2.0, libsonata 0.2.2 and Python 3.11. The spikes are drawn.
libsonata gets a twin of that file, without compression, which its wheel cannot undo, and without what bmtk
writes as a text and libsonata wants as a number, the attribute ``sorting``.
"""

import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
FILE = HERE.parent / "data" / "files" / "spikes_bmtk.h5"


def main() -> None:
    import h5py  # here, so that this file can be read without them
    import libsonata
    from bmtk.utils.reports.spike_trains import SpikeTrains

    rng = np.random.default_rng(11)
    trains = SpikeTrains()
    for population, n_units, n_spikes in (("v1", 30, 120), ("lgn", 12, 60)):
        ids, times = rng.integers(0, n_units, n_spikes), rng.uniform(0.0, 1000.0, n_spikes)
        trains.add_spikes(node_ids=ids, timestamps=times, population=population)
    trains.to_sonata(str(FILE))
    record = {}
    with tempfile.TemporaryDirectory() as folder:
        twin = str(Path(folder, "twin.h5"))
        trains.to_sonata(twin, compression="none")
        with h5py.File(twin, "r+") as opened:
            for population in opened["spikes"].values():
                del population.attrs["sorting"]
        reader = libsonata.SpikeReader(twin)
        for name in reader.get_population_names():
            assert reader[name].time_units in ("ms", "milliseconds")
            ids, times = zip(*reader[name].get(), strict=True)
            record |= {f"{name}_ids": np.array(ids), f"{name}_times": np.array(times)}
        del reader
    np.savez_compressed(HERE / "sonata_spikes.npz", **record)


if __name__ == "__main__":
    main()
