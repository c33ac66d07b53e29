"""Exercise 1.3, the inverse problem: how many sodium channels a poison has left."""

from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.neurons import HodgkinHuxley

__all__ = ["POISONED"]

# As hh_threshold(10.0) measures them, µA/cm²; kept here so that opening a chapter does not wait.
_HEALTHY, _POISONED, _HALF = 2.24, 3.72, 5.36
_LEFT = 70.0  # %

POISONED = Number(
    id="1.3",
    title="The poisoned axon",
    statement=(
        "Tetrodotoxin, the poison of the puffer fish, stops up sodium channels one by one. A healthy axon "
        "fires from 2.24 µA/cm² on, given for 10 ms. After a small dose it takes 3.72 µA/cm². How many per "
        "cent of the sodium channels still work? You cannot see them, but you can build axons with fewer and "
        "measure: `hh_threshold(10, HodgkinHuxley(g_na=60))` is the threshold with half of the 120 mS/cm². "
        "Come within 1 %."
    ),
    stub="left = ...  # %",
    variable="left",
    unit="%",
    tolerance=0.01,
    solution=_LEFT,
    next_step=(
        "Block 30 % of the channels, and the threshold rises by two thirds; block 40 %, and it nearly "
        "doubles. Is there a share below which no current makes a spike worth the name?"
    ),
    mistakes=(
        Mistake(
            "conductance",
            HodgkinHuxley().g_na * _LEFT / 100,
            "{answer} is the conductance that is left, in mS/cm². The share of 120 mS/cm² is wanted, in per "
            "cent.",
        ),
        Mistake(
            "fraction",
            _LEFT / 100,
            "{answer} is the share as a fraction. In per cent it is a hundred times that.",
        ),
        Mistake(
            "blocked",
            100 - _LEFT,
            "{answer} % is the share that is stopped up. The question is how many still work.",
        ),
        Mistake(
            "proportional",
            100 * _HEALTHY / _POISONED,
            "{answer} % supposes that half of the channels means twice the threshold. Measure it: with "
            "g_na=60 the threshold is not twice 2.24.",
        ),
        Mistake(
            "straight line",
            100 - 50 * (_POISONED - _HEALTHY) / (_HALF - _HEALTHY),
            "{answer} % supposes a straight line from all channels to half of them. The threshold rises "
            "slowly at first, and faster the more are gone: measure in between, and halve the stretch in "
            "which the answer lies.",
        ),
        Mistake(
            "how much more current",
            100 * _POISONED / _HEALTHY,
            "{answer} % is the new threshold over the old one. Which g_na gives that threshold?",
        ),
    ),
)
