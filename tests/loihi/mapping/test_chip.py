"""What has room on the chip: hand-counted cores, nengo-loihi's memory, and every limit broken by one."""

import numpy as np
import pytest

from snnlab.loihi import Graph, Layer, Limits, Synapse, axon_words, graph_of_layers, layered_graph, place
from snnlab.loihi.mapping.chip import Excess, Placement
from snnlab.loihi.mapping.graph import check_graph


@pytest.mark.parametrize(
    ("synapses", "bits", "words"),
    [
        (1, 8, 1), (64, 8, 9), (65, 8, 10), (100, 8, 14), (1024, 8, 144), (784, 3, 49), (10, 8, 2),
        (30, 18, 9), (200, 13, 44), (7, 7, 1), (128, 13, 28),
    ],
)  # fmt: skip
def test_memory_of_an_axon(synapses, bits, words):
    """`SynapseConfig.bits_per_axon` of nengo-loihi 1.1.0 with 64 synapses a block, divided by 64."""
    assert axon_words(synapses, bits) == words
    assert axon_words(np.array([synapses, 0]), bits).tolist() == [words, 0]


def counted(graph: Graph, placement: Placement) -> list[list[int]]:
    """Compartments, input axons, output axons and words of each core, one synapse after another."""
    table = []
    bits = graph.weight_bits + int(graph.longest_delay).bit_length()
    ends = list(zip(graph.pre.tolist(), graph.post.tolist(), strict=True))
    for core in range(placement.n_cores):
        here = np.flatnonzero(placement.core_of == core)
        index = next(b for b in range(6, 13) if len(here) <= 2**b)
        axons: dict[int, int] = {}
        told = set()
        for pre, post in ends:
            if placement.core_of[post] == core:
                axons[pre] = axons.get(pre, 0) + 1
            if pre < graph.n and placement.core_of[pre] == core:
                told.add((pre, int(placement.core_of[post])))
        words = 0
        for count in axons.values():
            words += int(min(axon_words(count, bits + index), axon_words(len(here), bits)))
        table.append([len(here), len(axons), len(told), words])
    return table


@pytest.mark.parametrize(
    ("graph", "limits"),
    [
        (layered_graph([40, 30, 10]), Limits()),
        (layered_graph([40, 30, 10], 7, longest_delay=5), Limits(8, 12, 30, 40, 100)),
        (layered_graph([200, 150, 150, 5], 20, weight_bits=3), Limits(128, 64, 90, 100, 60)),
        (Graph(50, np.arange(50), (np.arange(50) + 1) % 50), Limits(128, 8, 9, 9, 9)),
    ],
    ids=["dense", "sparse", "deep", "ring"],
)
def test_every_core_counted_by_hand(graph, limits):
    placement = place(graph, limits)
    ours = np.column_stack([
        placement.compartments, placement.input_axons, placement.output_axons, placement.words
    ])  # fmt: skip
    assert ours.tolist() == counted(graph, placement)
    if placement.fits:
        assert (ours <= limits[1:]).all() and placement.n_cores <= limits.cores
    else:
        assert placement.n_cores > limits.cores
    groups = check_graph(graph).group
    assert (placement.group_of[placement.core_of] == groups).all()


@pytest.mark.parametrize(
    ("graph", "excess"),
    [
        (layered_graph([4097, 3]), Excess("input axons of a core", 4097, 4096)),
        (layered_graph([1, 128 * 1024 + 1]), Excess("cores of the chip", 129, 128)),
        (layered_graph([2, 2], weight_bits=9), Excess("bits of a weight", 9, 8)),
        (layered_graph([2, 2], longest_delay=63), Excess("steps of a delay", 63, 62)),
    ],
)
def test_one_too_many(graph, excess):
    """A chip that is one short says so; with one less everything has room."""
    placement = place(graph)
    assert placement.excess == (excess,) and not placement.fits
    assert str(excess) in str(placement) and str(excess).endswith(
        f"{excess.needed - excess.allowed} too many"
    )


@pytest.mark.parametrize("sizes", [[4096, 3], [1, 128 * 1024]])
def test_just_enough(sizes):
    assert place(layered_graph(sizes)).fits


def test_what_no_split_helps_is_refused_without_trying_for_ever():
    """A compartment whose own fan-in is too much for memory and output axons of a tiny core."""
    tiny = Limits(cores=20, compartments=4, input_axons=50, output_axons=1, words=3)
    excess = {e.limit for e in place(layered_graph([40, 8, 8]), tiny).excess}
    assert excess == {"words of synaptic memory of a core", "output axons of a core"}


def test_the_memory_splits_a_dense_layer():
    """1024 compartments that hear 784 inputs: 144 words an axon are seven cores' worth."""
    placement = place(layered_graph([784, 1024, 10]))
    assert placement.fits and placement.n_cores == 9
    assert (placement.compartments[:8] == 128).all() and (placement.words[:8] == 784 * 18).all()
    assert placement.tightest == "synaptic memory"
    assert 784 * int(axon_words(147, 8)) > 16384  # seven cores of 147 would not do


def test_messages_and_hops():
    """Cores 0 to 3 share a tile, core 35 is in tile 8, below tile 0."""
    graph = Graph(40, pre=np.array([0, 0, 0, 36, 40]), post=np.array([1, 7, 35, 0, 3]), n_inputs=1,
                  group=np.arange(40))  # fmt: skip
    placement = place(graph)
    assert placement.n_cores == 40
    assert placement.messages.tolist() == [3] + 35 * [0] + [1] + 3 * [0] + [1]
    assert placement.hops_across[[0, 36, 40]].tolist() == [1, 1, 0]  # core 7: one tile east; 36: tile 9
    assert placement.hops_along[[0, 36, 40]].tolist() == [1, 1, 0]


def test_the_graph_of_layers():
    """A weight that is 0 is no synapse, and costs neither memory nor a message."""
    rng = np.random.default_rng(1)
    w = [rng.integers(-100, 100, (6, 9)) * (rng.random((6, 9)) < 0.5), rng.integers(-100, 100, (3, 6))]
    graph = graph_of_layers([Layer(w[0], Synapse(bits=6), delay=3), Layer(w[1], Synapse(bits=8))])
    assert (graph.n, graph.n_inputs, graph.weight_bits, graph.longest_delay) == (9, 9, 8, 3)
    stored = np.zeros((9, 18), int)
    stored[graph.post, graph.pre] = 1
    assert np.abs(w[0] // 8 * 8).astype(bool).sum() >= stored[:6, 9:].sum() > 0
    np.testing.assert_array_equal(stored[6:, :6], np.abs(w[1]) > 1)
    assert not stored[:6, :9].any() and not stored[6:, 6:].any()
    assert graph.group.tolist() == 6 * [0] + 3 * [1]


def test_a_layered_graph_is_spread_evenly():
    graph = layered_graph([10, 5, 4], 4)
    assert np.bincount(graph.pre, minlength=19)[9:].tolist() == 10 * [2]
    assert np.bincount(graph.pre, minlength=19)[:5].sum() == 16
    assert np.bincount(graph.post).tolist() == 9 * [4]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Graph(2, [2], [0]), "pre must be whole, from 0 to 1, got 2"),
        (lambda: Graph(2, [0, 1], [0]), r"pre and post must have the same shape \(synapses,\)"),
        (lambda: Graph(0, [], []), "n must be at least 1, got 0"),
        (lambda: Graph(2, [np.nan], [0]), "pre must be finite"),
        (lambda: Graph(2, [0], [1], group=[0, 2]), "group must have shape .2,. and rise from 0"),
        (lambda: Graph(2, [0], [1], group=[0]), "group must have shape .2,. and rise from 0"),
        (
            lambda: Graph(30_000_000, [0], [0]),
            "compartments and inputs must be at most 20000000, got 30000000",
        ),
        (lambda: layered_graph([3]), "sizes must be at least two, inputs and a layer, got 1"),
        (lambda: layered_graph([3, 0]), "sizes must be at least 1, got 0"),
        (lambda: layered_graph([10**5, 10**5]), "the number of synapses must be at most"),
    ],
)
def test_what_is_no_graph_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        check_graph(make())


def test_no_synapse_at_all():
    placement = place(Graph(3, [], []))
    assert placement.fits and placement.words.tolist() == [0] and placement.messages.tolist() == [0, 0, 0]
    with pytest.raises(TypeError, match="graph must be a Graph, got int"):
        place(3)


def test_arguments_that_cannot_be():
    for call, error, message in (
        (lambda: axon_words(-5, 8), ValueError, "synapses must be whole, from 0 to 1099511627776, got -5"),
        (lambda: axon_words(2.5, 8), ValueError, "synapses must be whole, from 0 to 1099511627776, got 2.5"),
        (lambda: axon_words(5, 0), ValueError, "bits must be at least 1, got 0"),
        (lambda: place(layered_graph([2, 2]), 3), TypeError, "limits must be Limits, got int"),
        (lambda: layered_graph(5), TypeError, "sizes must be a sequence of whole numbers, got 5"),
    ):
        with pytest.raises(error, match=message):
            call()
