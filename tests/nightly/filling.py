"""Fill a table of results row by row, so that a run that was stopped goes on where it was.

Each script of this folder but this one and the tests is one table, ``book/chapters/tables/SCRIPT.csv``::

    python tests/nightly/SCRIPT.py

It declares ``KEYS`` (the names of the columns that tell the rows apart, and their entries, the cheapest row
first), ``RESULTS`` (the names of the others) and ``row(*key)``, the results of one row; it ends
with ``main()``. After a change of what is computed, delete the file and run the script again.
"""

import csv
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

__all__ = ["TABLES", "fill", "main", "read"]

TABLES = Path(__file__).parents[2] / "book" / "chapters" / "tables"


def read(path: Path) -> list[list[str]]:
    """The lines of a table, its header first; none if there is no file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def fill(path: Path, header: Sequence[str], keys: Sequence[tuple], row: Callable[..., tuple]) -> int:
    """Compute and append every row that the file lacks; returns how many these were."""
    there = read(path)
    if there and there[0] != list(header):
        raise ValueError(f"header must be that of {path.name}, got {header}: delete the file to start anew")
    known = {tuple(line[: len(keys[0])]) for line in there[1:]}
    missing = [key for key in keys if tuple(map(str, key)) not in known]
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        if not there:
            lines.writerow(header)
        for key in missing:
            lines.writerow([*key, *(f"{x:.6g}" for x in row(*key))])
            file.flush()  # what is computed stays, whatever happens to the next
    return len(missing)


def main() -> None:
    """Fill the table of the script that is run."""
    script = sys.modules["__main__"]
    name = Path(str(script.__file__)).stem
    columns, keys = script.KEYS
    new = fill(TABLES / f"{name}.csv", [*columns, *script.RESULTS], keys, script.row)
    print(f"{name}.csv: {new} new rows of {len(keys)}")
