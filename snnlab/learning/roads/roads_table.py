"""The table of the roads as lines of text: what each brings and what it takes, over its seeds."""

from collections.abc import Mapping

import numpy as np

from snnlab.repeats import spread

__all__ = ["road_lines"]

COLUMNS = (
    "road", "accuracy", "weights", "steps", "inputs", "spikes", "synaptic", "updates", "arithmetic", "chip",
    "seconds",
)  # fmt: skip
HEAD = (
    f"{'road':<16}{'right, %':<40}{'weights':>8}{'steps':>7}{'spikes':>8}{'at synapses':>13}{'updates':>9}"
    f"{'bare µJ':>9}{'chip µJ':>9}{'training ×':>12}"
)


def road_lines(table: Mapping[str, np.ndarray]) -> list[str]:
    """A line for each road, in the order of their accuracy, below a line that names the columns.

    Parameters
    ----------
    table
        Columns as `snnlab.course.load_table` reads them from ``five_roads``, at least ten seeds of a road.

    Returns
    -------
    list of str
        Accuracy as its spread, all else as the mean: the weights that were learnt; steps of the clock; spikes
        of inputs and neurons together; operations at synapses; updates of neurons; energy of the arithmetic
        and on the chip, µJ; and the time that learning took, as a multiple of the shortest, of medians.

    Raises
    ------
    ValueError
        If a column is missing, or a road has less than ten seeds.

    Examples
    --------
    >>> ten = {name: np.full(10, 2.0) for name in COLUMNS} | {"road": np.full(10, "a road")}
    >>> road_lines(ten)[1][:56]
    'a road          200.0 ± 0.0 (10 seeds, 200.0 to 200.0)  '
    """
    if missing := [name for name in COLUMNS if name not in table]:
        raise ValueError(f"table must have a column {missing[0]}, got {', '.join(table)}")
    roads = list(dict.fromkeys(np.asarray(table["road"]).tolist()))
    of = {
        road: {name: np.asarray(table[name])[table["road"] == road] for name in COLUMNS[1:]} for road in roads
    }
    shortest = min(float(np.median(road["seconds"])) for road in of.values())
    ranked = sorted(of.items(), key=lambda item: -item[1]["accuracy"].mean())
    return [HEAD, *(_line(name, road, shortest) for name, road in ranked)]


def _line(name: str, road: Mapping[str, np.ndarray], shortest: float) -> str:
    mean = {column: float(values.mean()) for column, values in road.items()}
    right = f"{spread(100 * road['accuracy']):.1f}"
    chip = "-" if np.isnan(mean["chip"]) else f"{mean['chip']:.2f}"
    return (
        f"{name:<16}{right:<40}{mean['weights']:>8,.0f}{mean['steps']:>7,.0f}"
        f"{mean['inputs'] + mean['spikes']:>8,.0f}{mean['synaptic']:>13,.0f}{mean['updates']:>9,.0f}"
        f"{mean['arithmetic']:>9.3f}{chip:>9}{float(np.median(road['seconds'])) / shortest:>12.1f}"
    )
