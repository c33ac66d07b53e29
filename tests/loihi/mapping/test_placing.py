"""Placements that share axons: planted packings are found, limits kept, and nothing is below the bound."""

import itertools

import numpy as np
import pytest

from snnlab.loihi import (
    SPLIT,
    Graph,
    Layer,
    Limits,
    Synapse,
    axon_words,
    graph_of_layers,
    place,
    place_in_order,
    recurrent_graph,
)
from snnlab.loihi.mapping import placing
from snnlab.loihi.mapping.chip import least_cores, placement_of
from snnlab.loihi.mapping.graph import check_graph, pairs
from snnlab.loihi.mapping.sharing import Looks, classes_of, fill_all


def of_cores(cores, n_inputs):
    """The graph of cores, lists of the inputs that each compartment hears; and who is where."""
    heard = list(itertools.chain(*cores))
    sizes = [len(sources) for sources in heard]
    n = len(heard)
    graph = Graph(n, n + np.concatenate(heard), np.repeat(np.arange(n), sizes), n_inputs)
    return graph, np.repeat(np.arange(len(cores)), [len(core) for core in cores])


def fans(many, heard, kinds=8):
    """On each core all hear the same."""
    return of_cores([[np.arange(heard) + heard * c] * many for c in range(kinds)], heard * kinds)


def overlapping_fans(rng):
    return of_cores([[rng.choice(6000, 4096, False)] * 26 for _ in range(8)], 6000)


def pools(rng, compartments, pool, sources, fan):
    """On each core all hear something of a pool, and the pools of cores overlap."""
    cores = []
    for _ in range(8):
        own = rng.choice(sources, pool, False)
        cores.append([rng.choice(own, int(k), False) for k in fan(compartments)])
    return of_cores(cores, sources)


def packed(rng):
    """Four fans of different sizes fill the memory of a core."""
    cores, first = [], 0
    for _ in range(8):
        core = []
        for words in rng.dirichlet(np.full(4, 3.0)) * 16384:
            core += [np.arange(first, first + words // 36, dtype=int)] * 128
            first += int(words // 36)
        cores.append(core)
    return of_cores(cores, first)


def of_chapter_28():
    """4160 that hear 64 others: those that hear the same are 64, and five cores have room for 13 times 64."""
    graph = recurrent_graph(4160, 64)
    return graph, np.arange(4160) % 65 // 13


def sheet(side=90, reach=3):
    """90 by 90 places that hear 7 by 7 neighbours each, in patches of 30 by 30."""
    y, x = np.divmod(np.arange(side**2), side)
    near = range(-reach, reach + 1)
    pre = [(y + dy) % side * side + (x + dx) % side for dy in near for dx in near]
    post = np.tile(np.arange(side**2), len(pre))
    return Graph(side**2, np.concatenate(pre), post), y // 30 * (side // 30) + x // 30


def log_uniform(rng):
    return lambda n: np.exp(rng.uniform(np.log(8), np.log(300), n))


PLANTED = [
    ("all hear the same, memory is full", 1, lambda rng: fans(128, 910)),
    ("all hear the same, axons are full", 2, lambda rng: fans(26, 4096)),
    ("all hear the same, compartments are full", 3, lambda rng: fans(1024, 113)),
    ("fans that overlap", 4, overlapping_fans),
    ("pools of sources", 5, lambda rng: pools(rng, 512, 4096, 20_000, lambda n: np.full(n, 64))),
    ("pools of few sources", 6, lambda rng: pools(rng, 250, 900, 4000, lambda n: rng.binomial(900, 0.25, n))),
    ("pools, fans of many sizes", 7, lambda rng: pools(rng, 400, 4096, 20_000, log_uniform(rng))),
    ("four fans a core", 8, packed),
    ("the graph of chapter 28", 9, lambda rng: of_chapter_28()),
    ("a sheet of neighbours", 10, lambda rng: sheet()),
]


def renumbered(graph, core_of, rng):
    """The same with compartments and inputs numbered at random, synapses in any order."""
    new = np.concatenate([rng.permutation(graph.n), graph.n + rng.permutation(graph.n_inputs)])
    order = rng.permutation(graph.pre.size)
    there = np.empty_like(core_of)
    there[new[: graph.n]] = core_of
    return graph._replace(pre=new[graph.pre][order], post=new[graph.post][order]), there


@pytest.mark.parametrize(("seed", "make"), [row[1:] for row in PLANTED], ids=[row[0] for row in PLANTED])
def test_a_planted_packing_is_found(seed, make):
    """Full cores, numbered at random: at most 1.2 times as many are needed."""
    rng = np.random.default_rng(seed)
    graph, planted = renumbered(*make(rng), rng)
    n_cores = int(planted.max()) + 1
    full = placement_of(check_graph(graph), planted, np.zeros(n_cores, int), Limits())
    assert full.fits and np.max(list(full.shares.values()), axis=0).min() > 0.85
    found = place(graph)
    print(f"{n_cores} planted, {found.n_cores} found, at least {found.least}; bound by {found.bound_by}")
    assert found.fits and found.least <= found.n_cores <= 1.2 * n_cores


def kept(graph, placement):
    """Whether a placement is one, keeps to the limits or says so, and is not below what is needed."""
    graph, limits = check_graph(graph), placement.limits
    assert placement.core_of.shape == (graph.n,)
    assert np.unique(placement.core_of).tolist() == list(range(placement.n_cores))
    assert (placement.group_of[placement.core_of] == graph.group).all()
    assert placement.compartments.sum() == graph.n and placement.compartments.max() <= limits.compartments
    use = placement.input_axons, placement.output_axons, placement.words
    broken = [many.max() > most for many, most in zip(use, limits[2:], strict=True)]
    assert placement.fits == (not any(broken) and placement.n_cores <= limits.cores)
    assert least_cores(graph, limits) == placement.least <= placement.n_cores
    assert sum(placement.bound_by.values()) == placement.n_cores
    return not any(broken)


@pytest.mark.parametrize("seed", range(40))
def test_random_graphs_keep_to_the_limits(seed):
    """Each compartment is on one core; no limit is broken that the order of the numbers keeps."""
    rng = np.random.default_rng(seed)
    n, n_inputs = int(rng.integers(1, 120)), int(rng.integers(0, 60))
    synapses = int(rng.integers(0, 8 * n))
    graph = Graph(
        n,
        rng.integers(0, n + n_inputs, synapses),
        rng.integers(0, n, synapses),
        n_inputs,
        np.sort(rng.integers(0, 3, n)) if seed % 2 and n > 60 else None,
        int(rng.integers(1, 9)),
        int(rng.integers(0, 63)),
        rng.integers(0, 2, synapses) if seed % 3 == 0 else None,
    )
    low, high = (20, 12, 12, 12), (60, 60, 80, 80)
    limits = Limits(1000, *(int(x) for x in rng.integers(low, high)))
    ours, in_order = place(graph, limits), place_in_order(graph, limits)
    assert kept(graph, in_order) <= kept(graph, ours)
    assert ours.n_cores <= in_order.n_cores


def partitions(n):
    """All ways to put n things into unnumbered heaps."""
    if n == 0:
        yield []
        return
    for smaller in partitions(n - 1):
        for heap in range(max(smaller, default=-1) + 2):
            yield [*smaller, heap]


@pytest.mark.parametrize("seed", range(5))
def test_the_bound_is_below_the_best_of_all_placements(seed):
    """Of six compartments there are 203 placements; ours is not below the best, the bound not above."""
    rng = np.random.default_rng(seed)
    graph = check_graph(Graph(6, rng.integers(0, 14, 24), rng.integers(0, 6, 24), 8))
    limits = Limits(6, 4, 9, 9, 12)
    best = 7
    for where in partitions(6):
        placement = placement_of(graph, np.array(where), np.zeros(max(where) + 1, int), limits)
        if placement.fits and placement.compartments.max() <= 4:
            best = min(best, placement.n_cores)
    found = place(graph, limits)
    assert found.least <= best < 7 and found.fits and best <= found.n_cores <= best + 1


def test_a_random_graph_that_cannot_fit_says_so():
    """Of 2000 compartments that hear 2 % of 10,000 by chance, few share enough: 30 a core, not 1024."""
    rng = np.random.default_rng(29)
    pre = rng.random((2000, 10_000)).argpartition(200, axis=1)[:, :200]
    graph = Graph(2000, 2000 + pre.ravel(), np.repeat(np.arange(2000), 200), 10_000)
    placement = place(graph, Limits(cores=25))
    assert kept(graph, placement) and not placement.fits
    assert {excess.limit for excess in placement.excess} == {"cores of the chip"}
    assert placement.tightest == "input axons" and set(placement.bound_by) == {"input axons"}
    assert 20 <= placement.compartments[:-1].mean() <= 36


def by_chance(n, heard, n_inputs):
    rng = np.random.default_rng(n)
    return Graph(n, n + rng.integers(0, n_inputs, n * heard), np.repeat(np.arange(n), heard), n_inputs)


@pytest.mark.parametrize("allowed", [0, 10_000, 200_000])
def test_looking_ends_where_it_is_to_end(allowed):
    """At most one class more is looked at than is allowed; what is not found by then is None."""
    n, heard, n_inputs = 1500, 60, 3000
    graph = check_graph(by_chance(n, heard, n_inputs))
    classes, looks = classes_of(graph.axon - n, graph.post, n, n_inputs), Looks(allowed)
    assert fill_all(classes, (1024, 4096, 16384, 4096), np.zeros(n), 8, looks, parts=False) is None
    one_class = (
        n + 12 * (1025 + 2 * heard) + graph.pre.size
    )  # tried by halves, and all who hear what it hears
    assert -one_class - 4 * n - n_inputs <= looks.left <= 0


@pytest.mark.parametrize("allowed", [0, 100_000, 5_000_000, 100_000_000])
def test_whatever_is_allowed_it_is_a_placement_and_not_worse_than_in_order(monkeypatch, allowed):
    graph, _ = renumbered(*sheet(75), np.random.default_rng(3))
    two = Graph(
        2 * graph.n,
        np.concatenate([graph.pre, graph.pre + graph.n]),
        np.concatenate([graph.post, graph.post + graph.n]),
        0,
        np.arange(2).repeat(graph.n),
    )
    monkeypatch.setattr(placing, "_LOOKS", allowed)
    ours, in_order = place(two), place_in_order(two)
    assert kept(two, ours) and ours.n_cores <= in_order.n_cores
    assert (ours.n_cores < in_order.n_cores) == (allowed == 100_000_000)


def test_a_sheet_of_four_times_as_many_takes_few_times_as_many_looks():
    """Those that share nothing with a core are not looked at."""
    taken = []
    for side in (60, 120):
        graph, _ = renumbered(*sheet(side, 1), np.random.default_rng(4))
        graph = check_graph(graph)
        classes, looks = classes_of(graph.axon, graph.post, graph.n, graph.n), Looks(1 << 40)
        allowed = 1024, 4096, 16384, 4096
        assert len(fill_all(classes, allowed, np.zeros(graph.n), 8, looks, parts=False)) <= side**2 // 850
        taken.append((1 << 40) - looks.left)
    print(taken)
    assert taken[1] < 6 * taken[0]


def test_two_that_hear_much_do_not_keep_the_order_from_ending(monkeypatch):
    """They have room on two cores only, and stand side by side: in order nearly each gets a core."""
    n, turns = 4000, []
    graph = by_chance(n, 2, 100)
    pre = np.concatenate([graph.pre, n + 100 + np.arange(4200)])
    post = np.concatenate([graph.post, np.repeat([2001, 2002], 2100)])
    graph = Graph(n, pre, post, 4300)
    use = placing.use_of_cores
    monkeypatch.setattr(placing, "use_of_cores", lambda *given: turns.append(given[2]) or use(*given))
    in_order = place_in_order(graph)
    assert in_order.fits is False and kept(graph, in_order) and len(turns) <= 80
    assert place(graph).n_cores == place(graph).least == 4


def test_pairs_are_those_of_a_set():
    rng = np.random.default_rng(6)
    for size in (0, 1, 40, 400):
        a, b = rng.integers(0, 9, size), rng.integers(0, 30, size)
        for order in (np.arange(size), np.lexsort((b, a)), np.argsort(b)):
            first, second, count = pairs(a[order], b[order], 30)
            key, many = np.unique(30 * a + b, return_counts=True)
            assert (30 * first + second).tolist() == key.tolist() and count.tolist() == many.tolist()


def test_classes_are_of_those_that_hear_the_same_as_often():
    axon, post = np.array([3, 5, 5, 3, 3, 3, 5, 1]), np.array([0, 0, 1, 1, 2, 2, 2, 4])
    classes = classes_of(axon, post, 5, 6)
    of = classes.class_of
    assert of[0] == of[1] and len({of[0], of[2], of[3], of[4]}) == 4
    assert classes.size[of[0]] == 2 and sorted(classes.size.tolist()) == [1, 1, 1, 2]
    twice = slice(classes.begin[of[2]], classes.begin[of[2] + 1])
    assert classes.axon[twice].tolist() == [3, 5] and classes.many[twice].tolist() == [2, 1]
    assert classes.listener[classes.listeners_begin[1] : classes.listeners_begin[2]].tolist() == [of[4]]


def split_and_mixed(rng):
    """The same one-bit weights as two groups and as mixed weights of 8 bits."""
    w = 128 * rng.integers(-1, 2, (40, 150))
    return [Layer(w, Synapse(1, 2, SPLIT))], [Layer(w, Synapse(8, 2))]


def test_the_memory_of_one_bit_in_two_groups():
    """Each axon of each sign has blocks of its own: by hand, from the signs of its weights."""
    two, mixed = split_and_mixed(np.random.default_rng(28))
    placement, in_bytes = place(graph_of_layers(two)), place(graph_of_layers(mixed))
    w = two[0].w
    words = axons = 0
    for sign in (1, -1):
        many = (sign * w > 0).sum(axis=0)
        axons += int((many > 0).sum())
        words += int(np.minimum(axon_words(many, 1 + 6), axon_words(40, 1))[many > 0].sum())
    assert placement.input_axons.tolist() == [axons] and placement.words.tolist() == [words]
    assert placement.messages[40:].sum() == axons <= 2 * 150  # an axon of each sign, and a message
    assert 2 * words < in_bytes.words[0] and in_bytes.input_axons.tolist() == [150]


def test_weights_of_one_sign_need_no_second_axon():
    graph = graph_of_layers([Layer(np.full((3, 2), 128), Synapse(1, 0, SPLIT))])
    assert graph.kind is None and place(graph).input_axons.tolist() == [2]
    with pytest.raises(ValueError, match=r"kind must have shape \(2,\), as pre, got \(1,\)"):
        place(Graph(2, [0, 1], [1, 0], kind=[1]))
