"""A core for each compartment, so that compartments of a core share what they hear."""

import numpy as np

from snnlab.loihi.mapping.chip import (
    PATIENT,
    Limits,
    Placement,
    check_limits,
    placement_of,
    use_of_cores,
)
from snnlab.loihi.mapping.graph import Graph, check_graph, pairs
from snnlab.loihi.mapping.sharing import Core, Looks, classes_of, fill_all

__all__ = ["place", "place_in_order"]

_LOOKS = 600_000_000  # some seconds


def place(graph: Graph, limits: Limits = Limits()) -> Placement:
    """Find a core for each compartment, or say which limit forbids it.

    Compartments that hear the same sources share a core's axons, whatever their numbers are, as
    `snnlab.loihi.mapping.sharing` tells. Where sharing saves no core they stay in the order of their numbers,
    spread evenly over as few cores as were found to do. That it might do with fewer cores than were found is
    possible; `least` is what it takes at least, if a core holds one group only.

    The time is bounded: beside what grows linearly with the synapses, classes and axons are looked at at
    most 600 million times, some seconds, and each group may use its part. Where that does not do, as
    with 30,000 compartments that hear 100 others by chance, a group stays in the order of its numbers. It
    never takes more cores than `place_in_order`.

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
    graph, limits = _by_axon(check_graph(graph)), check_limits(limits)
    placed = place_in_order(graph, limits)
    if placed.n_cores <= placed.least:
        return placed
    group, talks, best, looks = np.asarray(graph.group), np.zeros(graph.n), placed, Looks(_LOOKS)
    for _ in range(2):
        core_of = _shared(graph, placed, limits, talks, looks)
        if (core_of == placed.core_of).all():
            break
        whole = _on_cores(graph, group, core_of, placed)
        halved = _told_less(graph, core_of, limits)
        shared = whole if halved is core_of else _on_cores(graph, group, halved, placed)
        best = shared if shared.n_cores < best.n_cores else best
        if shared is whole or whole.n_cores > limits.cores:
            break
        talks = whole.messages[: graph.n].astype(np.float64)
    return best


def place_in_order(graph: Graph, limits: Limits = Limits()) -> Placement:
    """Find a core for each compartment in the order of their numbers, whoever hears what.

    Groups are split evenly over as few cores as were found to do. Where many small steps were too small, half
    as many cores more are tried at once, so that it ends.

    Parameters
    ----------
    graph, limits
        As for `place`.

    Returns
    -------
    Placement
        Its `excess` says which limits are broken, and by how much. Print it.

    Examples
    --------
    Neighbours share no input, and 65 of them hear one source too many for a core:

    >>> from snnlab.loihi import place, recurrent_graph
    >>> graph = recurrent_graph(4160, 64)
    >>> print(place_in_order(graph).n_cores, place(graph).n_cores)
    65 5
    """
    graph, limits = _by_axon(check_graph(graph)), check_limits(limits)
    group = np.asarray(graph.group)
    size = np.bincount(group)
    cores = -(-size // limits.compartments)
    helpless, turn = _alone(graph, limits), 0
    while True:
        core_of = _split(size, cores)
        group_of = np.repeat(np.arange(size.size), cores)
        use = use_of_cores(graph, core_of, group_of.size)
        heard = np.where(helpless[group_of], 0.0, use["input axons of a core"] / limits.input_axons)
        told = use["output axons of a core"] / limits.output_axons
        share = np.maximum(np.maximum(heard, told), use["words of synaptic memory of a core"] / limits.words)
        worst = np.zeros(size.size)
        np.maximum.at(worst, group_of, share)
        split = (worst > 1.0) & (cores < size)
        if not split.any():
            return placement_of(graph, core_of, group_of, limits)
        turn += 1
        factor = worst if turn < PATIENT else np.maximum(worst, 1.5)
        more = np.maximum(cores + 1, (cores * factor).astype(np.int64))
        cores = np.where(split, np.minimum(more, size), cores)


def _alone(graph: Graph, limits: Limits) -> np.ndarray:
    """Groups in which a single compartment listens to too many: no split helps."""
    _, post, _ = pairs(graph.axon, graph.post, graph.n)
    too_many = np.bincount(post, minlength=graph.n) > limits.input_axons
    groups = np.asarray(graph.group)
    return np.bincount(groups, too_many) > 0


def _split(size: np.ndarray, cores: np.ndarray) -> np.ndarray:
    """The core of each compartment where each group is spread evenly over its cores."""
    first = np.concatenate([[0], np.cumsum(cores)])
    parts = [first[g] + np.arange(n) * cores[g] // n for g, n in enumerate(size)]
    return np.concatenate(parts)


def _by_axon(graph: Graph) -> Graph:
    """The same synapses in the order of their axons and ends, in which they are counted the quickest."""
    axon, post, many = pairs(graph.axon, graph.post, graph.n)
    axon, post = np.repeat(axon, many), np.repeat(post, many)
    if graph.kind is None:
        return graph._replace(pre=axon, post=post)
    return graph._replace(pre=axon // 2, post=post, kind=axon % 2)


def _on_cores(graph: Graph, group: np.ndarray, core_of: np.ndarray, placed: Placement) -> Placement:
    """The placement that has every compartment where it is said to be; `placed` is another."""
    group_of = np.empty(int(core_of.max()) + 1, np.int64)
    group_of[core_of] = group
    return placement_of(graph, core_of, group_of, placed.limits, placed.least)


def _shared(graph: Graph, placed: Placement, limits: Limits, talks: np.ndarray, looks: Looks) -> np.ndarray:
    """The core of each compartment, group by group, shared or in order, whatever takes fewer cores."""
    group = np.asarray(graph.group)
    begin = np.searchsorted(group, np.arange(int(group[-1]) + 2))
    order = np.argsort(group[graph.post], kind="stable") if group[-1] else np.arange(graph.post.size)
    synapses = np.append(0, np.cumsum(np.bincount(group[graph.post], minlength=begin.size - 1)))
    core_of, first, number = np.empty(graph.n, np.int64), 0, np.empty(graph.n_axons, np.int64)
    for g in range(begin.size - 1):
        here, to = slice(begin[g], begin[g + 1]), order[synapses[g] : synapses[g + 1]]
        found = placed.core_of[here] - placed.core_of[begin[g]]
        if found[-1] > 0:
            mine = Looks(looks.left * talks[here].size // (graph.n - here.start))
            looks.left -= mine.left
            ours = _shared_group(graph, here, to, number, limits, talks[here], mine)
            looks.left += max(0, mine.left)
            found = found if ours is None or ours.max() >= found[-1] else ours
        core_of[here] = first + found
        first += int(found.max()) + 1
    return core_of


def _shared_group(
    graph: Graph,
    here: slice,
    to: np.ndarray,
    number: np.ndarray,
    limits: Limits,
    talks: np.ndarray,
    looks: Looks,
) -> np.ndarray | None:
    """The core of each compartment of a group, from 0, where axons are shared; None if none was found.

    `to` are the synapses that lead to it; `number` is room for a number for each axon.
    """
    n, post = talks.size, graph.post[to] - here.start
    which, synapses = graph.axon[to], np.arange(to.size)
    number[which] = synapses
    last = number[which] == synapses  # one synapse for each axon of this group, of which there may be few
    number[which[last]] = np.arange(last.sum())
    classes = classes_of(number[which], post, n, int(last.sum()))
    allowed = limits.compartments, limits.input_axons, limits.words, limits.output_axons
    mean = np.bincount(classes.class_of, talks) / classes.size
    best: list[Core] | None = None
    for divide in (False, True) if classes.size.max() > 1 else (False,):
        on = fill_all(classes, allowed, mean, graph.bits, looks, parts=divide)
        if on is not None and (best is None or len(on) < len(best)):
            best = on
    if best is None:
        return None
    core = np.repeat(np.arange(len(best)), [on.classes.size for on in best])
    of, many = (np.concatenate(column) for column in zip(*best, strict=True))
    order = np.lexsort((core, of))
    core_of = np.empty(n, np.int64)
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
