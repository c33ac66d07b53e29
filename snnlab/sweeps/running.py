"""The call of a reader: a function at every point of a grid."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from snnlab.checks import function as callable_
from snnlab.checks import true_or_false, whole
from snnlab.progress import Bar
from snnlab.sweeps.cluster import checked_client, on_cluster
from snnlab.sweeps.grid import checked_axes, lengths, point_of, takes_rng
from snnlab.sweeps.keeping import Keeper
from snnlab.sweeps.point import Answer, Task, answer, pack
from snnlab.sweeps.processes import on_cores
from snnlab.sweeps.swept import Failure, Swept
from snnlab.work_and_memory import afford, tell

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["sweep"]

_MOST_CORES = 1024


def sweep(
    function: Callable,
    grid: Mapping[str, Sequence],
    *,
    seed: int = 1,
    keep: str | os.PathLike | None = None,
    cores: int | None = None,
    client: "Client | None" = None,
    progress: bool = True,
) -> Swept:
    """Call a function at every point of a grid, on all cores or on a cluster.

    Ctrl-C costs the points that are being computed; with `keep` the same call goes on from there.

    Parameters
    ----------
    function : callable
        It takes each axis of `grid` by its name and gives a number, or an array of them that has the same
        shape everywhere; a NaN stays one. What it raises costs that point alone. If it takes `rng`, it gets a
        generator, which depends on `seed` and on the number of the point and not on who computes it.
    grid : dict
        For each argument its values: numbers, texts or truth values, each once.
    seed : int
        What all generators are drawn from.
    keep : str or path, optional
        A file to which each result is written as soon as it is known. If it is there, what it holds is not
        computed again; one of another function, grid or seed is refused, and one that another sweep writes.
        To the function belong its code, the values that it uses, and your functions that it calls. Modules
        and packages are not looked at: after a change there, delete the file. Points that failed are tried
        again.
    cores : int, optional
        How many processes, one thread in each; as many as there are cores if left out. With 1 everything is
        computed here.
    client : distributed.Client, optional
        A cluster of Dask that computes in place of this machine's cores. Its workers need `snnlab`.
    progress : bool
        Whether a bar on the standard error says how far it is.

    Returns
    -------
    Swept
        The values with their axes, and the points that failed. NaN there, and where the function gave NaN.

    Raises
    ------
    ValueError
        If results have different shapes, or if every point failed.
    ConnectionError
        If the cluster is gone.

    Examples
    --------
    >>> from snnlab.neurons import LIF, lif_rate
    >>> found = sweep(
    ...     lambda i, tau_m: lif_rate(i, LIF(tau_m=tau_m)),
    ...     {"i": [0.2, 0.3, 0.4], "tau_m": [10.0, 20.0]},
    ...     cores=1,
    ...     progress=False,
    ... )
    >>> print(found)
    i: 3 values, tau_m: 2 values; 6 points, 0 failed
    >>> print(found.values.round(1))
    [[ 63.   33.6]
     [112.   63. ]
     [149.3  87.7]]
    """
    axes = checked_axes(grid)
    callable_("function", function)
    task = Task(function, axes, takes_rng(function, axes), whole("seed", seed, most=2**63 - 1))
    cores = (os.cpu_count() or 1) if cores is None else whole("cores", cores, least=1, most=_MOST_CORES)
    client = None if client is None else checked_client(client)
    progress = true_or_false("progress", progress)
    if not isinstance(keep, str | os.PathLike | None):
        raise TypeError(f"keep must be the name of a file, got {keep!r:.60}")
    packed = b"" if client is None and cores == 1 else pack(task)
    keeper = Keeper(None if keep is None else Path(keep), task)
    n = int(np.prod(lengths(axes)))
    todo = [index for index in range(n) if index not in keeper.known]
    bar, errors = Bar(n if progress else 0), {}
    try:
        for index, said in _answers(task, packed, todo, cores, client):
            if said.value is None:
                errors[index] = said.error
            else:
                _check_shape(task, keeper.known, index, said.value)
                keeper.add(index, said.value)
            done = len(keeper.known) + len(errors)
            bar.show(done, f"{done} of {n} points", f"{len(errors)} failed" if errors else "")
    except (KeyboardInterrupt, ConnectionError):
        bar.end()
        bar = Bar(0)
        if keep is not None:
            tell(
                f"stopped: {len(keeper.known)} of {n} points are in {keep}; the same call goes on from there"
            )
        raise
    finally:
        bar.end()
        keeper.close()
    failures = tuple(Failure(point_of(axes, index), errors[index]) for index in sorted(errors))
    if len(failures) == n:
        raise ValueError(f"function must give a result at one point at least, got {failures[0]}")
    if failures and progress:
        tell("\n".join(["these points failed:", *(str(failure) for failure in failures[:10])]))
    return Swept(
        {name: np.asarray(values) for name, values in axes.items()}, _filled(axes, keeper.known), failures
    )


def _answers(
    task: Task, packed: bytes, todo: list[int], cores: int, client: "Client | None"
) -> Iterator[tuple[int, Answer]]:
    """Numbers of points with their answers, as they come from whoever computes."""
    if not todo:
        return iter(())
    if client is not None:
        return on_cluster(client, packed, todo)
    if cores == 1:
        return ((index, answer(task, index)) for index in todo)
    return on_cores(packed, todo, cores)


def _check_shape(task: Task, known: dict[int, np.ndarray], index: int, value: np.ndarray) -> None:
    """Refuse a result of another shape than those that are there."""
    if not known:
        afford("grid and the results of function", numbers=float(value.size) * np.prod(lengths(task.axes)))
        return
    other, there = next(iter(known.items()))
    if there.shape != value.shape:
        raise ValueError(
            f"function must give results of one shape, got {there.shape} at {point_of(task.axes, other)} and "
            f"{value.shape} at {point_of(task.axes, index)}"
        )


def _filled(axes: dict[str, list[Any]], known: dict[int, np.ndarray]) -> np.ndarray:
    """All results in one array, with NaN between them."""
    shape = next(iter(known.values())).shape
    values = np.full((int(np.prod(lengths(axes))), *shape), np.nan)
    for index, value in known.items():
        values[index] = value
    return values.reshape(*lengths(axes), *shape)
