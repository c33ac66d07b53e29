"""What an answer takes on the chip: the published figures times what was counted."""

import math

import pytest

from snnlab.learning.roads.road import RoadRun
from snnlab.loihi import LOIHI
from snnlab.loihi.mapping.energy_of_road import energy_of_road

RUN = RoadRun(0.9, 79400, 100.0, inputs=130.4, spikes=90.3, synaptic=13943.0, updates=11000.0)


def test_each_count_costs_what_was_published():
    expected = 13943 * LOIHI["synaptic_ops"].energy + 11000 * LOIHI["active"].energy
    expected += 221 * LOIHI["messages"].energy
    assert energy_of_road(RUN) == pytest.approx(1e-12 * expected, rel=1e-12, abs=0)


def test_products_are_made_elsewhere():
    analog = RUN._replace(synaptic=RUN.synaptic + 500, products=500.0)
    assert energy_of_road(analog) == pytest.approx(
        energy_of_road(RUN) + 500e-12 * (3.7 + 0.9), rel=1e-12, abs=0
    )


def test_what_has_no_spikes_is_not_for_the_chip():
    assert math.isnan(energy_of_road(RUN._replace(spikes=0.0)))
