"""The map of the chip: a square for each core, filled where the placement says, and the same in words."""

import numpy as np

from snnlab import plots
from snnlab.loihi import Limits, layered_graph, place, place_in_order, recurrent_graph


def test_as_many_cores_are_filled_as_the_placement_uses():
    placement = place(layered_graph([784, 1024, 10]))
    ax = plots.core_map(placement).fig.axes[0]
    filled = [patch for patch in ax.patches if patch.get_facecolor()[3] > 0]
    assert len(ax.patches) == 128 and len(filled) == placement.n_cores == 9
    assert [text.get_text() for text in ax.texts] == [str(group) for group in placement.group_of]
    at = np.array([patch.get_xy() for patch in ax.patches])
    assert len(np.unique(np.round(at, 6), axis=0)) == 128


def test_what_has_no_room_is_told_and_the_chip_is_full():
    picture = plots.core_map(place_in_order(recurrent_graph(8256, 64)))
    assert sum(patch.get_facecolor()[3] > 0 for patch in picture.fig.axes[0].patches) == 128
    assert picture.alt.splitlines()[-1] == "No room: cores of the chip: 129 needed, 128 there, 1 too many."


def test_a_smaller_chip():
    picture = plots.core_map(place(layered_graph([10, 5]), Limits(cores=6)))
    assert len(picture.fig.axes[0].patches) == 6
    assert picture.alt.startswith("1 of 6 cores in 2 tiles of 4.\nGroup 0: 5 compartments on 1 core, ")
