"""The drawn graph: every pair that is joined has an arrow, and the sign shows without its colour."""

import numpy as np
import pytest
from matplotlib.patches import FancyArrowPatch

from snnlab.networks import Network, Population, degrees, fixed_probability, from_list, from_matrix
from snnlab.plots import network_graph


def arrows(picture):
    return [patch for patch in picture.fig.axes[0].patches if isinstance(patch, FancyArrowPatch)]


def neurons(picture):
    return picture.fig.axes[0].lines


def test_each_joined_pair_has_one_arrow_and_several_synapses_are_counted():
    net = Network(cells=Population(12), rng=np.random.default_rng(1))
    for _ in range(2):
        net.connect("cells", "cells", fixed_probability(0.15, autapses=True))
    lines = net.connections("cells", "cells")
    picture = network_graph(lines)
    pairs, count = np.unique(np.stack([lines.pre, lines.post]), axis=1, return_counts=True)
    assert len(arrows(picture)) == pairs.shape[1] < lines.pre.size
    assert (pairs[0] == pairs[1]).any() and count.max() == 2
    told = [text.get_text() for text in picture.fig.axes[0].texts]
    assert told.count("2×") == (count == 2).sum()
    for k, line in enumerate(str(picture).splitlines()[1:13]):
        heard = {int(j) for j in line.partition("hears ")[2].rstrip(".").split(", ") if j != "nobody"}
        assert heard == set(lines.pre[lines.post == k].tolist())
    assert f"12 neurons and {degrees(lines).inward.sum()} synapses" in str(picture)


def test_the_sign_is_told_by_shape_line_and_head_as_well():
    picture = network_graph(from_matrix([[0, -2, 0, 1], [1, 0, 0, -1], [0, 0, 0, 1], [0, 0, 0, 0]]))
    looks = [(mark.get_marker(), mark.get_markeredgecolor()) for mark in neurons(picture)]
    assert len(set(looks)) == len({mark for mark, _ in looks}) == 4
    excites, inhibits = arrows(picture)[:2]  # of 0, and of 1
    assert excites.get_linestyle() != inhibits.get_linestyle()
    assert type(excites.get_arrowstyle()) is not type(inhibits.get_arrowstyle())
    assert excites.get_linewidth() < inhibits.get_linewidth()
    assert [line.split(",")[0] for line in str(picture).splitlines()[1:5]] == [
        "0 excites", "1 inhibits", "2 sends nothing", "3 does both",
    ]  # fmt: skip
    assert str(picture).endswith("Its shortest cycle: 0, 1 and back.")


def test_names_are_drawn_as_they_are_written():
    """A dollar begins no formula: of one that cannot be read there would be no picture at all."""
    picture = network_graph(from_matrix([[0.0, 1.0], [1.0, 0.0]]), names=["$\\frac$", "b"])
    picture.fig.canvas.draw()
    assert picture.fig.axes[0].texts[0].get_text() == "$\\frac$"


def test_a_presynaptic_set_is_drawn_in_full_and_the_rest_pale():
    picture = network_graph(from_list([0, 1, 2], [2, 2, 3], n_pre=4, n_post=4), heard_by=2, names="abcd")
    assert [patch.get_alpha() == 1.0 for patch in arrows(picture)] == [True, True, False]
    assert [mark.get_alpha() == 1.0 for mark in neurons(picture)] == [True, True, True, False]
    assert str(picture).splitlines()[3:] == [
        "c excites, and hears a, b.",
        "d sends nothing, and hears c.",
        "In full: what c hears.",
        "It has no cycle: it is feed-forward.",
    ]


def test_neurons_stand_where_they_are_put():
    places = np.array([[0.0, 0.0], [3.0, 1.0], [5.0, -1.0]])
    picture = network_graph(from_list([0, 1], [1, 2], n_pre=3, n_post=3), places)
    drawn = [(float(mark.get_xdata()[0]), float(mark.get_ydata()[0])) for mark in neurons(picture)]
    assert drawn == [tuple(place) for place in places.tolist()]
    alone = network_graph(from_list([0], [0], n_pre=1, n_post=1))
    assert len(arrows(alone)) == 1 and "Its shortest cycle: 0 and back." in str(alone)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: network_graph(from_list([], [], n_pre=31, n_post=31)), "at most 30 neurons to be drawn"),
        (lambda: network_graph(from_list([], [], n_pre=3, n_post=2)), r"n_post must be n_pre \(3\) within"),
        (lambda: network_graph(from_matrix([[1.0]]), names="ab"), "names must be one for each of 1 neurons"),
        (lambda: network_graph(from_matrix([[1.0]]), heard_by=1), "heard_by must be from 0 to 0, got 1"),
        (lambda: network_graph(from_matrix([[1.0]]), [[0.0]]), r"places must have shape \(1, 2\), got"),
    ],
)  # fmt: skip
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
