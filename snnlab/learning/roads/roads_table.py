"""The table of the roads as lines of text, in two parts that fit a page: what each brings, and takes."""

from collections.abc import Mapping

import numpy as np

from snnlab.repeats import spread

__all__ = ["road_lines"]

COLUMNS = (
    "road", "accuracy", "weights", "steps", "inputs", "spikes", "synaptic", "updates", "arithmetic", "chip",
    "seconds",
)  # fmt: skip
BRINGS = f"{'road':<16}{'right, %':<36}{'weights':>8}{'training ×':>12}"
TAKES = f"{'road':<16}{'steps':>6}{'spikes':>8}{'at synapses':>13}{'updates':>9}{'bare µJ':>9}{'chip µJ':>9}"


def road_lines(table: Mapping[str, np.ndarray]) -> list[str]:
    """A line for each road, in the order of their accuracy, below a line that names the columns; all twice.

    The first part is about the network and how it learnt, the second about one answer.

    Parameters
    ----------
    table
        Columns as `snnlab.course.load_table` reads them from ``five_roads``, at least ten seeds of a road.

    Returns
    -------
    list of str
        Accuracy as its spread, all else as the mean: the weights that were learnt, and the time that this
        took, as a multiple of the shortest, of medians. After an empty line steps of the clock; spikes of
        inputs and neurons together; operations at synapses; updates of neurons; energy of the arithmetic and
        on the chip, µJ.

    Raises
    ------
    ValueError
        If a column is missing, or a road has less than ten seeds.

    Examples
    --------
    >>> ten = {name: np.full(10, 2.0) for name in COLUMNS} | {"road": np.full(10, "a road")}
    >>> *_, head, line = road_lines(ten)
    >>> for text in (head, line):
    ...     print(text)
    road             steps  spikes  at synapses  updates  bare µJ  chip µJ
    a road               2       4            2        2    2.000     2.00
    """
    if missing := [name for name in COLUMNS if name not in table]:
        raise ValueError(f"table must have a column {missing[0]}, got {', '.join(table)}")
    roads = list(dict.fromkeys(np.asarray(table["road"]).tolist()))
    of = {
        road: {name: np.asarray(table[name])[table["road"] == road] for name in COLUMNS[1:]} for road in roads
    }
    shortest = min(float(np.median(road["seconds"])) for road in of.values())
    ranked = sorted(of.items(), key=lambda item: -item[1]["accuracy"].mean())
    brings, takes = zip(*(_lines(name, road, shortest) for name, road in ranked), strict=True)
    return [BRINGS, *brings, "", TAKES, *takes]


def _lines(name: str, road: Mapping[str, np.ndarray], shortest: float) -> tuple[str, str]:
    """One road in both parts."""
    mean = {column: float(values.mean()) for column, values in road.items()}
    right = f"{spread(100 * road['accuracy']):.1f}"
    chip = "-" if np.isnan(mean["chip"]) else f"{mean['chip']:.2f}"
    longer = float(np.median(road["seconds"])) / shortest
    return (
        f"{name:<16}{right:<36}{mean['weights']:>8,.0f}{longer:>12.1f}",
        f"{name:<16}{mean['steps']:>6,.0f}{mean['inputs'] + mean['spikes']:>8,.0f}{mean['synaptic']:>13,.0f}"
        f"{mean['updates']:>9,.0f}{mean['arithmetic']:>9.3f}{chip:>9}",
    )
