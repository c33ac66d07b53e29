"""Results that take too long for a chapter: small tables beside the chapters, computed in the nightly run.

A script in ``tests/nightly`` of the repository writes each of them, and a test computes one of its rows anew.
"""

import csv
import re

import numpy as np

from snnlab.course.places import chapters_folder

__all__ = ["load_table"]


def load_table(name: str) -> dict[str, np.ndarray]:
    """The columns of a table of results.

    Parameters
    ----------
    name : str
        The table's name, which is that of the script in ``tests/nightly``.

    Returns
    -------
    dict of str to ndarray
        Each column by its name, shape (rows,): float64, or str if one of its entries is no number.

    Raises
    ------
    ValueError
        If there is no table of this name.

    Examples
    --------
    >>> load_table("no such table")
    Traceback (most recent call last):
    ValueError: name must be that of a table beside the chapters, got 'no such table'
    """
    folder = chapters_folder()
    path = folder / "tables" / f"{name}.csv" if folder and re.fullmatch(r"\w+", name) else None
    if path is None or not path.is_file():
        raise ValueError(f"name must be that of a table beside the chapters, got {name!r}")
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return {column: _column([row[k] for row in rows]) for k, column in enumerate(header)}


def _column(entries: list[str]) -> np.ndarray:
    try:
        return np.array([float(entry) for entry in entries])
    except ValueError:
        return np.array(entries)
