"""Fill a table of results row by row, on all cores; a run that was stopped goes on where it was.

Each script of this folder but this one and the tests is one table, ``book/chapters/tables/SCRIPT.csv``::

    python tests/nightly/SCRIPT.py              # on as many cores as there are
    python tests/nightly/SCRIPT.py --cores 1    # in this process, unless it measures

It declares ``KEYS`` (the names of the columns that tell the rows apart, and their entries, the cheapest row
first), ``RESULTS`` (the names of the others) and ``row(*key)``, the results of one row; it ends
with ``main()``. After a change of what is computed, delete the file and run the script again. Where some of
the results are times, ``MEASURED`` names them; then rows are computed one after the other, each by a Python
of its own with one thread.

A row is written as soon as it is known, so that Ctrl-C costs those that are being computed and no other, and
one that fails costs itself alone; a line that something cut short is computed anew. When all are there they
are put in the order of ``KEYS``.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from types import ModuleType

from snnlab.progress import Bar

__all__ = ["TABLES", "fill", "main", "read"]

TABLES = Path(__file__).parents[2] / "book" / "chapters" / "tables"
_ONE_THREAD = dict.fromkeys(("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


def read(path: Path) -> list[list[str]]:
    """The lines of a table, its header first; none if there is no file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def fill(
    path: Path,
    header: Sequence[str],
    keys: Sequence[tuple],
    row: Callable[..., tuple],
    cores: int = 1,
    progress: bool = False,
) -> int:
    """Compute and append every row that the file lacks, `cores` at a time; returns how many these were."""
    _drop_half_a_line(path)
    there = read(path)
    if there and there[0] != list(header):
        raise ValueError(f"header must be that of {path.name}, got {header}: delete the file to start anew")
    known = {tuple(line[: len(keys[0])]) for line in there[1:]}
    missing = [key for key in keys if tuple(map(str, key)) not in known]
    path.parent.mkdir(exist_ok=True)
    bar = Bar(len(missing) if progress else 0)
    bar.show(0, f"0 of {len(missing)} rows")
    try:
        with path.open("a", encoding="utf-8", newline="") as file:
            lines = csv.writer(file, lineterminator="\n")
            if not there:
                lines.writerow(header)
            for done, (key, results) in enumerate(_computed(row, missing, cores), 1):
                lines.writerow([*key, *(f"{x:.6g}" for x in results)])
                file.flush()  # what is computed stays, whatever happens to the next
                bar.show(done, f"{done} of {len(missing)} rows", " ".join(map(str, key)))
    finally:
        bar.end()
    _put_in_order(path, keys)
    return len(missing)


def _computed(row: Callable[..., tuple], keys: Sequence[tuple], cores: int) -> Iterator[tuple[tuple, tuple]]:
    """Keys with the results of their rows, as they come; behind one that fails, those that had begun."""
    if min(cores, len(keys)) < 2:
        for key in keys:
            yield key, row(*key)
        return
    running: dict[Future[tuple], tuple] = {}
    wrong: BaseException | None = None
    left = iter(keys)
    with ThreadPoolExecutor(min(cores, len(keys))) as pool:
        while True:
            while wrong is None and len(running) < cores and (key := next(left, None)) is not None:
                running[pool.submit(row, *key)] = key
            if not running:
                break
            for found in wait(running, return_when=FIRST_COMPLETED).done:
                key = running.pop(found)
                if found.exception() is None:
                    yield key, found.result()
                else:
                    wrong = found.exception()
    if wrong is not None:
        raise wrong


def _drop_half_a_line(path: Path) -> None:
    """Leave out what stands behind the last end of a line."""
    if path.is_file():
        text = path.read_bytes()
        whole = text[: text.rfind(b"\n") + 1]
        if whole != text:
            path.write_bytes(whole)


def _put_in_order(path: Path, keys: Sequence[tuple]) -> None:
    """Sort the rows as their keys are; those of no key stand last."""
    header, *rows = read(path)
    place = {tuple(map(str, key)): k for k, key in enumerate(keys)}
    ordered = sorted(rows, key=lambda line: place.get(tuple(line[: len(keys[0])]), len(keys)))
    if ordered != rows:
        new = path.with_suffix(".new")
        with new.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *ordered])
        new.replace(path)


def _in_a_process(script: ModuleType) -> Callable[..., tuple]:
    """`row` of a script, computed by a Python of its own with one thread."""
    keys = script.KEYS[1]

    def row(*key: object) -> tuple:
        command = [sys.executable, str(script.__file__), "--row", str(keys.index(key))]
        done = subprocess.run(
            command, env=os.environ | _ONE_THREAD, stdout=subprocess.PIPE, encoding="utf-8", check=True
        )
        return tuple(json.loads(done.stdout.splitlines()[-1]))

    return row


def main() -> None:
    """Fill the table of the script that is run."""
    script = sys.modules["__main__"]
    name = Path(str(script.__file__)).stem
    parser = argparse.ArgumentParser(description=str(script.__doc__).partition("\n")[0])
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1, help="all of them, if left out")
    parser.add_argument("--row", type=int, help="print the results of this row alone, counted from 0")
    asked = parser.parse_args()
    columns, keys = script.KEYS
    if asked.row is not None:
        print(json.dumps([float(x) for x in script.row(*keys[asked.row])]))
        return
    measured = hasattr(script, "MEASURED")
    row = script.row if asked.cores < 2 and not measured else _in_a_process(script)
    header, cores = [*columns, *script.RESULTS], 1 if measured else asked.cores
    new = fill(TABLES / f"{name}.csv", header, keys, row, cores, progress=True)
    print(f"{name}.csv: {new} new rows of {len(keys)}")
