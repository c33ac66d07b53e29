"""Record what NEST makes of the script that is written for a small network.

    python record_nest_script.py PYTHON

where PYTHON has NEST; it wrote nest_script.npz beside it, with NEST 3.10.0. Keys: `script` (its text),
``numbers/...`` (what it read), and of each population ``POP_times`` (ms) and ``POP_units`` of its spikes.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from networks.nest_network import DURATION, small_network  # noqa: E402

from snnlab.networks.nest_script import write_nest_script  # noqa: E402


def main(python: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        script, arrays = write_nest_script(small_network(), Path(folder, "small.py"), DURATION)
        subprocess.run([python, str(script)], check=True)
        record = {"script": np.array(script.read_text(encoding="utf-8"))}
        with np.load(arrays) as numbers, np.load(Path(folder, "small_spikes_0.npz")) as spikes:
            record |= {f"numbers/{key}": numbers[key] for key in numbers} | dict(spikes)
    np.savez_compressed(HERE / "nest_script.npz", **record)


if __name__ == "__main__":
    main(sys.argv[1])
