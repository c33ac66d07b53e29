"""Call every public function with what a hostile user would give it, and tell of each call that ends badly.

    python tests/fuzz/run.py                     200,000 cases, going on where it stopped
    python tests/fuzz/run.py --cases 5000        so many
    python tests/fuzz/run.py --seed 3 NAMES      another draw, and these functions alone
    python tests/fuzz/run.py --part 2/5          every fifth function, from the second

The arguments are those of the example in each docstring, with one of them or a pair changed
(`values.py`). The calls are made in a process of its own, with limits of memory and of seconds of the
processor (`worker.py`), and judged (`verdicts.py`). Seed and label say all of a case: it can be made again.
A plain list and not Hypothesis: a case that ends the process cannot be made smaller in it, and one changed
argument is small already.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests"))

from fuzz.examples import targets  # noqa: E402
from fuzz.known import known, new  # noqa: E402
from fuzz.results import Found, Results, read, write  # noqa: E402

__all__ = ["fuzz", "told"]

PLACE = ROOT / ".nightly" / "fuzz"
PATIENCE = 300.0  # s without a word from the other process, which has 120 of the processor at most
SECONDS = 5.0, 20.0  # of the processor: for a case, and once more for one that took too long
_ERROR = 1  # what Python ends with after an exception: the process is wrong and not the case
_ONE_THREAD = dict.fromkeys(("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


def fuzz(
    results: Path,
    names: Sequence[str] = (),
    *,
    seed: int,
    each: int,
    labels: dict[str, list[str]] | None = None,
    planted: Path | None = None,
    seconds: tuple[float, float] = SECONDS,
) -> Results:
    """Try `each` cases of the functions `names`, or those of `labels`, but for what `results` has already."""
    results.parent.mkdir(parents=True, exist_ok=True)
    order: dict[str, Any] = {"names": list(names), "seed": seed, "each": each, "labels": labels or {}}
    order |= {"results": str(results), "planted": str(planted) if planted else "", "seconds": seconds}
    file = results.with_suffix(".order.json")
    file.write_text(json.dumps(order), encoding="utf-8")
    while (code := _work(file, results)) != 0:
        _account(results, code)
    return read(results)


def _work(order: Path, results: Path) -> int:
    """Let the other process work until it ends; its exit code."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "widgets"), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | _ONE_THREAD | {"PYTHONPATH": paths, "MPLBACKEND": "Agg"}
    said = results.with_suffix(".err")
    with said.open("w", encoding="utf-8") as err, tempfile.TemporaryDirectory() as place:
        child = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("worker.py")), str(order)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=err,
            env=environment, cwd=place,
        )  # fmt: skip
        try:
            size, since = -1, time.monotonic()
            while child.poll() is None:
                time.sleep(0.05)
                now = results.stat().st_size if results.exists() else 0
                if now != size:
                    size, since = now, time.monotonic()
                elif time.monotonic() - since > PATIENCE:
                    child.kill()
        finally:
            child.kill()
            child.wait()
    return child.returncode


def _account(results: Path, code: int) -> None:
    """Write down what the case that ended the other process did."""
    found = read(results)
    if found.open is None or code == _ERROR:
        said = results.with_suffix(".err").read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"the process that makes the calls ended by itself with {code}: {said[-2000:]}")
    name, label = found.open
    slow = code == -getattr(signal, "SIGXCPU", 24)
    if not label:
        write(results, name=name, done=f"its example ended the process with {code}")
    elif slow and found.open not in found.again:
        write(results, name=name, case=label, again=True)
    else:
        verdict = "hang" if slow or code == -9 else "crash"
        write(results, name=name, case=label, verdict=verdict, said=f"ended with {code}")


def told(results: Results) -> str:
    """The functions without a case, the mistakes by function, place and verdict, and the counts."""
    lines = [f"not tried: {name}: {why}" for name, why in results.done.items() if why]
    groups: dict[tuple[str, str, str], list[Found]] = {}
    for found in results.bad():
        groups.setdefault(found.key, []).append(found)
    lines += [f"{len(group):4} × {group[0]}" for group in groups.values()]
    lines += [f"{count:7} {verdict}" for verdict, count in results.counts().items()]
    cases, bad = sum(results.counts().values()), len(results.bad())
    return "\n".join([*lines, f"{cases} cases of {len(results.verdicts)} functions, {bad} end badly"])


def _seed() -> int:
    """Of the commit, so that a run that was stopped goes on with the same cases."""
    command = ["git", "rev-parse", "--short=8", "HEAD"]
    return int(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout, 16)


def main() -> int:
    """Run and tell."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAMES", help="functions, all if left out")
    parser.add_argument("--cases", type=int, default=200_000, help="how many at least")
    parser.add_argument("--seed", type=int, help="that of the commit if left out")
    parser.add_argument("--part", default="1/1", help="every so many functions, and from which: 2/5")
    asked = parser.parse_args()
    seed = _seed() if asked.seed is None else asked.seed
    names = asked.names or list(targets())
    each = -(-asked.cases // len(names))
    part, parts = map(int, asked.part.split("/"))
    names = names[part - 1 :: parts]
    print(f"seed {seed}, {each} cases of each of {len(names)} functions", flush=True)
    results = fuzz(PLACE / f"{seed}-{each}-{part}-of-{parts}.jsonl", names, seed=seed, each=each)
    print(f"{told(results)}, seed {seed}")
    return 1 if new(results.bad(), known()) else 0


if __name__ == "__main__":
    sys.exit(main())
