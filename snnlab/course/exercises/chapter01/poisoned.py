"""Exercise 1.3, the inverse problem: how many sodium channels a poison has left."""

from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.neurons import HodgkinHuxley

__all__ = ["POISONED"]

# As hh_threshold(10.0) measures them, µA/cm²; kept here so that opening a chapter does not wait.
_HEALTHY, _POISONED, _HALF = 2.24, 3.72, 5.36
_LEFT = 70.0  # %
# What a coarse search tries: the share in per cent, and hh_threshold(10.0) with it, µA/cm².
_TRIED = (
    (50, 5.36),
    (55, 4.87),
    (62, 4.28),
    (65, 4.06),
    (66, 3.99),
    (67, 3.92),
    (68, 3.85),
    (69, 3.79),
    (71, 3.66),
    (72, 3.59),
    (73, 3.53),
    (74, 3.47),
    (75, 3.41),
    (80, 3.14),
    (85, 2.88),
    (90, 2.65),
)


def _coarse(share: float, threshold: float) -> Mistake:
    """The answer of a search that stopped early."""
    few = threshold > _POISONED
    return Mistake(
        f"stopped at {share}",
        float(share),
        f"With {share} % left the axon fires from {threshold:.2f} µA/cm² on, {'above' if few else 'below'} "
        f"the {_POISONED} measured: {'more' if few else 'fewer'} channels still work. Go on from here, and "
        "halve the stretch in which the answer lies.",
    )


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
    labels=("Sodium channels left",),
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
            "With {answer} % left the axon fires only from 4.4 µA/cm² on: more channels still work. Did you "
            "divide 2.24 by 3.72? Half of the channels does not mean twice the threshold, as g_na=60 shows.",
        ),
        Mistake(
            "straight line",
            100 - 50 * (_POISONED - _HEALTHY) / (_HALF - _HEALTHY),
            "With {answer} % left the axon fires already from 3.3 µA/cm² on: fewer channels still work. A "
            "straight line from all channels to half of them leads here, but the threshold rises slowly at "
            "first, and faster the more are gone: measure in between, and halve the stretch in which the "
            "answer lies.",
        ),
        Mistake(
            "how much more current",
            100 * _POISONED / _HEALTHY,
            "{answer} % is the new threshold over the old one. Which g_na gives that threshold?",
        ),
        *(_coarse(share, threshold) for share, threshold in _TRIED),
    ),
)
