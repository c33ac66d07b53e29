"""The wave against Dijkstra's algorithm, which is written here with the heap of the standard library."""

import heapq
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from snnlab import Spikes
from snnlab.loihi import (
    Roads,
    Synapse,
    SynapseGroup,
    dijkstra_distances,
    grid_roads,
    path_to,
    send_wave,
    simulate_network,
)
from snnlab.loihi.applications.wavefront import ONE_SPIKE, Wave, relayed


def dijkstra(roads: Roads, source: int) -> list[int]:
    """The distance of every place; −1 where there is no way."""
    ways: dict[int, list[tuple[int, int]]] = {}
    for a, b, length in zip(
        roads.start, roads.end, np.broadcast_to(roads.length, len(roads.start)), strict=True
    ):
        ways.setdefault(int(a), []).append((int(b), int(length)))
    distance, heap = [-1] * roads.n, [(0, source)]
    while heap:
        far, place = heapq.heappop(heap)
        if distance[place] < 0:
            distance[place] = far
            for end, length in ways.get(place, []):
                heapq.heappush(heap, (far + length, end))
    return distance


@st.composite
def graphs(draw, longest):
    n = draw(st.integers(1, 12))
    place = st.integers(0, n - 1)
    ways = draw(st.lists(st.tuples(place, place, st.integers(1, longest)), max_size=40))
    start, end, length = (list(column) for column in zip(*ways, strict=True)) if ways else ([], [], [])
    return Roads(n, start, end, length)


@pytest.mark.equation("wave-distance")
@given(graphs(62))
def test_the_first_spike_comes_after_the_distance(roads):
    assert send_wave(roads, 0).distance.tolist() == dijkstra(roads, 0)


@given(graphs(200))
def test_dijkstra_of_the_package_and_of_scipy_agree(roads):
    """SciPy comes with scikit-learn. Of parallel roads its matrix takes one number: the shortest."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra as theirs

    matrix = np.full((roads.n, roads.n), np.inf)
    np.minimum.at(
        matrix, (np.array(roads.start, int), np.array(roads.end, int)), np.array(roads.length, float)
    )
    there = np.isfinite(matrix)
    far = theirs(csr_array((matrix[there], np.nonzero(there)), shape=matrix.shape), indices=0)
    ours = dijkstra_distances(roads, 0)
    np.testing.assert_array_equal(ours, np.where(np.isfinite(far), far, -1))
    assert ours.tolist() == dijkstra(roads, 0)


@given(graphs(400))
def test_long_ways_go_by_relays(roads):
    wave = send_wave(roads, 0)
    assert wave.distance.tolist() == dijkstra(roads, 0)
    assert wave.relays == sum((length - 1) // 62 for length in roads.length)


@given(graphs(130))
def test_the_path_read_back_is_as_long_as_the_distance(roads):
    wave = send_wave(roads, 0)
    ways = {}
    for a, b, length in zip(roads.start, roads.end, roads.length, strict=True):
        ways[a, b] = min(length, ways.get((a, b), length))
    for target in range(roads.n):
        path = path_to(wave, target).tolist()
        if wave.distance[target] < 0:
            assert path == []
        else:
            assert path[0] == 0 and path[-1] == target and len(set(path)) == len(path)
            assert sum(ways[step] for step in pairwise(path)) == wave.distance[target]


def test_each_fires_once_and_the_network_is_that_of_the_emulator():
    """The same compartments in `simulate_network`, run for longer: no echo, the same spikes."""
    rng = np.random.default_rng(2)
    roads = grid_roads(rng.integers(1, 90, (6, 7)))
    wave = send_wave(roads, 10)
    assert sorted(wave.spikes.units) == list(range(wave.spikes.n_units))
    pre, post, delay, n = relayed(roads)
    q = np.zeros((int(wave.spikes.duration) + 500, n), int)
    q[0, 10] = 64
    own = np.arange(n)
    groups = [
        SynapseGroup(pre, post, 1, delay, Synapse(sign_mode=2)),
        SynapseGroup(own, own, -255, 1, Synapse(exponent=7, sign_mode=3)),
    ]
    run = simulate_network(q, groups, ONE_SPIKE)
    assert run.spikes.times.tolist() == wave.spikes.times.tolist()
    assert sorted(run.spikes.units) == sorted(wave.spikes.units)
    assert wave.events == pre.size + n  # every synapse is used once, those to itself included


def test_a_wave_that_starts_where_no_way_begins():
    wave = send_wave(Roads(3, [], [], []), 1)
    assert wave.distance.tolist() == [-1, 0, -1] and wave.spikes.units.tolist() == [1]
    lonely = send_wave(Roads(2, [1], [0], [5]), 0)
    assert lonely.distance.tolist() == [0, -1] and lonely.came_from.tolist() == [-1, -1]


def test_a_map_of_squares():
    cost = np.array([[1, 1, 1], [9, 0, 1], [1, 1, 1]])
    wave = send_wave(grid_roads(cost), 0)
    assert wave.distance.reshape(3, 3).tolist() == [[0, 1, 2], [9, -1, 3], [6, 5, 4]]
    assert path_to(wave, 6).tolist() == [0, 1, 2, 5, 8, 7, 6]


def test_arguments_that_cannot_be():
    roads = Roads(2, [0], [1], [3])
    with pytest.raises(ValueError, match="source must be a place from 0 to 1, got 2"):
        send_wave(roads, 2)
    with pytest.raises(ValueError, match="source must be a place from 0 to 1, got 7"):
        dijkstra_distances(roads, 7)
    with pytest.raises(ValueError, match="target must be a place from 0 to 1, got 5"):
        path_to(Wave(np.array([0, 3]), np.array([-1, 0]), Spikes([0.0, 3.0], [0, 1], duration=4), 0, 1), 5)
    for wrong, said in ((0, "got 0"), (2.5, "got 2.5"), (-3, "got -3"), (2_000_000, "got 2e\\+06")):
        with pytest.raises(ValueError, match=f"length must be whole, from 1 to 1048576, {said}"):
            send_wave(roads._replace(length=[wrong]), 0)
    with pytest.raises(ValueError, match="end must be whole, from 0 to 1, got 2"):
        send_wave(roads._replace(end=[2]), 0)
    with pytest.raises(ValueError, match=r"start and end must have shape \(roads,\), got \(1,\) and \(2,\)"):
        send_wave(roads._replace(end=[1, 0]), 0)
    with pytest.raises(ValueError, match=r"length must be a number or have shape \(1,\), got \(2,\)"):
        relayed(roads._replace(length=[1, 2]))
    with pytest.raises(ValueError, match="n must be at least 1, got 0"):
        send_wave(Roads(0, [], [], []), 0)
    with pytest.raises(ValueError, match="cost must be whole, from 0 to 1048576, got -1"):
        grid_roads([[-1]])
    with pytest.raises(ValueError, match=r"cost must have shape \(rows, columns\), got \(2,\)"):
        grid_roads([1, 2])
    crowd = Roads(2, np.zeros(32640, int), np.ones(32640, int), 1)
    with pytest.raises(ValueError, match="a place must have at most 32639 roads into it, got 32640"):
        send_wave(crowd, 0)


def test_the_largest_crowd_arrives():
    most = Roads(2, np.zeros(32639, int), np.ones(32639, int), 1 + np.arange(32639) % 62)
    assert send_wave(most, 0).spikes.n_spikes == 2


def test_what_is_no_map_is_refused():
    said = "places and relays together must be at most 5000000, got 16912"
    with pytest.raises(ValueError, match=said):
        send_wave(Roads(2, [0] * 1000, [1] * 1000, 1 << 20), 0)
    with pytest.raises(TypeError, match="roads must be Roads, got NoneType"):
        send_wave(None, 0)
    with pytest.raises(ValueError, match="cost must hold one square at least"):
        grid_roads(np.zeros((0, 0)))
