"""A core for each compartment, so that compartments of a core share what they hear."""

import numpy as np

from snnlab.loihi.mapping.chip import (
    Limits,
    Placement,
    check_limits,
    place_in_order,
    placement_of,
    use_of_cores,
)
from snnlab.loihi.mapping.graph import Graph, check_graph
from snnlab.loihi.mapping.sharing import Core, classes_of, fill_all

__all__ = ["place"]


def place(graph: Graph, limits: Limits = Limits()) -> Placement:
    """Find a core for each compartment, or say which limit forbids it.

    Compartments that hear the same sources share a core's axons, whatever their numbers are, as
    `snnlab.loihi.mapping.sharing` tells. Where sharing saves no core they stay in the order of their numbers,
    spread evenly over as few cores as were found to do, and so do groups that are so large that looking
    would take more than some seconds. That it might do with fewer cores than were found is possible; `least`
    is what it takes at least, if a core holds one group only.

    Parameters
    ----------
    graph
        Compartments and synapses.
    limits
        What there is room for.

    Returns
    -------
    Placement
        Its `excess` says which limits are broken, and by how much. Print it.

    Examples
    --------
    A core would have to listen to 5000 inputs, however few compartments are on it:

    >>> from snnlab.loihi import layered_graph
    >>> for excess in place(layered_graph([5000, 100])).excess:
    ...     print(excess)
    input axons of a core: 5000 needed, 4096 there, 904 too many
    """
    graph, limits = check_graph(graph), check_limits(limits)
    placed = place_in_order(graph, limits)
    if placed.n_cores <= placed.least:
        return placed
    group, talks, best = np.asarray(graph.group), np.zeros(graph.n), placed
    for _ in range(2):
        core_of = _shared(graph, placed, limits, talks)
        whole = _on_cores(graph, group, core_of, limits)
        halved = _told_less(graph, core_of, limits)
        shared = whole if halved is core_of else _on_cores(graph, group, halved, limits)
        best = shared if shared.n_cores < best.n_cores else best
        if shared is whole or whole.n_cores > limits.cores:
            break
        talks = whole.messages[: graph.n].astype(np.float64)
    return best


def _on_cores(graph: Graph, group: np.ndarray, core_of: np.ndarray, limits: Limits) -> Placement:
    """The placement that has every compartment where it is said to be."""
    group_of = np.empty(int(core_of.max()) + 1, np.int64)
    group_of[core_of] = group
    return placement_of(graph, core_of, group_of, limits)


def _shared(graph: Graph, placed: Placement, limits: Limits, talks: np.ndarray) -> np.ndarray:
    """The core of each compartment, group by group, shared or in order, whatever takes fewer cores."""
    group, parts, first = np.asarray(graph.group), [], 0
    for g in range(int(group[-1]) + 1):
        here = np.flatnonzero(group == g)
        in_order = placed.core_of[here] - placed.core_of[here[0]]
        found = _shared_group(graph, here, limits, talks[here])
        if found is None or found.max() >= in_order.max():
            found = in_order
        parts.append(first + found)
        first = int(parts[-1].max()) + 1
    return np.concatenate(parts)


def _shared_group(graph: Graph, here: np.ndarray, limits: Limits, talks: np.ndarray) -> np.ndarray | None:
    """The core of each compartment of a group, from 0, where axons are shared; None if some have no room."""
    begins, ends = here[0], here[-1] + 1
    to = (graph.post >= begins) & (graph.post < ends)
    classes = classes_of(graph.axon[to], graph.post[to] - begins, here.size, graph.n_axons)
    allowed = limits.compartments, limits.input_axons, limits.words, limits.output_axons
    mean = np.bincount(classes.class_of, talks) / classes.size
    best: list[Core] | None = None
    for divide in (False, True) if classes.size.max() > 1 else (False,):
        on = fill_all(classes, allowed, mean, graph.bits, parts=divide)
        if on is not None and (best is None or len(on) < len(best)):
            best = on
    if best is None:
        return None
    core = np.repeat(np.arange(len(best)), [on.classes.size for on in best])
    of, many = (np.concatenate(column) for column in zip(*best, strict=True))
    order = np.lexsort((core, of))
    core_of = np.empty(here.size, np.int64)
    core_of[np.argsort(classes.class_of, kind="stable")] = np.repeat(core[order], many[order])
    return core_of


def _told_less(graph: Graph, core_of: np.ndarray, limits: Limits) -> np.ndarray:
    """Cores whose compartments talk to too many are halved, until none do or each is one compartment."""
    while True:
        n_cores = int(core_of.max()) + 1
        told = use_of_cores(graph, core_of, n_cores)["output axons of a core"]
        many = np.bincount(core_of, minlength=n_cores)
        halved = (told > limits.output_axons) & (many > 1)
        if not halved.any():
            return core_of
        order = np.argsort(core_of, kind="stable")
        place_on_core = np.empty_like(core_of)
        place_on_core[order] = np.arange(core_of.size) - np.repeat(np.cumsum(many) - many, many)
        first = np.arange(n_cores) + np.cumsum(halved) - halved
        core_of = first[core_of] + (halved[core_of] & (2 * place_on_core >= many[core_of]))
