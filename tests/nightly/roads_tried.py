"""Three tries on each road to digits: the number that is chosen, and what it is chosen by.

`accuracy` is that of 500 digits of the training set which nothing was learnt from, with seed 0. The roads
themselves are in `snnlab.learning.roads`.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.learning.roads.one_road import ROADS, one_road

KEYS = ("road", "number"), [(name, number) for name, road in ROADS.items() for number in road.tries]
RESULTS = ("accuracy",)


def row(name, number):
    return (one_road(name, 0, number, validating=True).accuracy,)


if __name__ == "__main__":
    main()
