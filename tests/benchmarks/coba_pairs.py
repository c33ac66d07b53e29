"""Whether a network with conductances fires as often as with Brian2: pairs of 5 s.

    python tests/benchmarks/coba_pairs.py [--pairs 10]

It is W2's COBA with 4000 neurons. Both of a pair have the same connections and the same start. Brian2
computes in double precision. So does snnlab at first; the second time, in single precision, it soon fires
other spikes. A run of 1 s tells little then: its rate differs from that of another start by 2 to 3 %. So the
mean of the differences is printed with its standard error, in Hz and as a part of the rate.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
DURATION = 5000.0  # ms
PEERS = {
    "Brian2": ("peer_brian2", "coba_4000_double"),
    "double": ("peer_snnlab", "coba_4000_double"),
    "single": ("peer_snnlab", "coba_4000"),
}


def rates(peer: str, pairs: int) -> list[float]:
    """The rates of the runs of one peer, in this process."""
    sys.path.insert(0, str(HERE))
    from worker import load

    task = load(HERE / "w2", "task")
    task.DURATION, task.STARTS = DURATION, pairs
    file, function = PEERS[peer]
    call = getattr(load(HERE / "w2", file), function)(task)
    return [call(k)["rate"] for k in range(pairs)]


def compared(ours: list[float], theirs: list[float]) -> str:
    """The mean difference of pairs in a line."""
    differences = [a - b for a, b in zip(ours, theirs, strict=True)]
    mean, rate = statistics.mean(differences), statistics.mean(theirs)
    error = statistics.stdev(differences) / math.sqrt(len(differences))
    return (
        f"snnlab {statistics.mean(ours):.3f} Hz, Brian2 {rate:.3f} Hz: the difference is "
        f"{mean:.3f} ± {error:.3f} Hz, {mean / rate:.2%} ± {error / rate:.2%} ({len(ours)} pairs)"
    )


def main(arguments: list[str]) -> None:
    """Run both tools, print the comparisons."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--pairs", type=int, default=10, help="how many starts, two at least")
    words.add_argument("--cache", type=Path, help="where the environment of Brian2 is")
    words.add_argument("--only", choices=PEERS, help="print the rates of one peer, as JSON")
    asked = words.parse_args(arguments)
    if asked.only:
        print(json.dumps(rates(asked.only, asked.pairs)))
        return
    sys.path.insert(0, str(HERE.parent))
    from benchmarks.environments import cache_folder, python_of
    from benchmarks.race import PROJECT

    brian2 = python_of("brian2", asked.cache or cache_folder())
    ours = os.pathsep.join([str(PROJECT), os.environ.get("PYTHONPATH", "")])
    found = {}
    for peer in PEERS:
        python, path = (brian2, "") if peer == "Brian2" else (sys.executable, ours)
        command = [str(python), str(Path(__file__).resolve()), "--only", peer, "--pairs", str(asked.pairs)]
        with tempfile.TemporaryDirectory() as scratch:  # Brian2 writes a program
            done = subprocess.run(
                command,
                cwd=scratch,
                env={**os.environ, "PYTHONPATH": path},
                stdout=subprocess.PIPE,
                encoding="utf-8",
                check=True,
            )
        found[peer] = json.loads(done.stdout.splitlines()[-1])
    for precision in ("double", "single"):
        print(f"{precision} precision: {compared(found[precision], found['Brian2'])}")


if __name__ == "__main__":
    main(sys.argv[1:])
