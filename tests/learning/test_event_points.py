"""What the table of EventProp and surrogates on Yin-Yang says: that the two are about as good."""

import numpy as np

from snnlab import spread
from snnlab.course import load_table


def test_eventprop_and_surrogates_are_within_two_points():
    table = load_table("event_points")
    right = {way: table["right"][table["way"] == way] for way in ("eventprop", "surrogate")}
    difference = right["eventprop"] - right["surrogate"]
    print(f"EventProp less the surrogate: {spread(difference):.1%}")
    assert difference.size == 10
    assert abs(np.mean(difference)) < 0.02
    assert min(right["eventprop"].min(), right["surrogate"].min()) > 0.9
