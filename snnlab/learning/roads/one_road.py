"""One road, one seed: train a network for digits in one of the ways, and count what an answer takes."""

from snnlab.checks import positive, true_or_false, whole
from snnlab.learning.roads.binarise import BINARISE
from snnlab.learning.roads.constrain import CONSTRAIN
from snnlab.learning.roads.convert import CONVERT, CONVERT_ANALOG
from snnlab.learning.roads.road import Road, RoadRun, digit_split
from snnlab.learning.roads.stdp import STDP_ROAD
from snnlab.learning.roads.surrogate import SURROGATE
from snnlab.learning.roads.without_spikes import LINEAR, RECTIFIED

__all__ = ["ROADS", "one_road"]

ROADS: dict[str, Road] = {
    "binarise": BINARISE,
    "convert": CONVERT,
    "convert, analog": CONVERT_ANALOG,
    "constrain": CONSTRAIN,
    "surrogate": SURROGATE,
    "STDP": STDP_ROAD,
    "rectified": RECTIFIED,
    "linear": LINEAR,
}
"""The roads by their names; the last two have no spikes and are there to compare with."""


def one_road(name: str, seed: int = 0, number: float | None = None, *, validating: bool = False) -> RoadRun:
    """Go one road.

    Parameters
    ----------
    name : str
        One of `ROADS`.
    seed : int
        Of all chance in it.
    number : float, optional
        The number that is tried on this road, above 0; the chosen one if left out.
    validating : bool
        Whether something is still to be chosen: then it learns from the first 3500 digits and is asked for
        the other 500. Otherwise it learns from 4000 and is asked for the 1000 of the test.

    Returns
    -------
    RoadRun
        Accuracy, weights, spikes and operations of an answer, and how long learning took.

    Examples
    --------
    >>> run = one_road("linear")
    >>> print(f"{100 * run.accuracy:.0f} % right with {run.weights} weights")
    87 % right with 7840 weights
    """
    if name not in ROADS:
        raise ValueError(f"name must be one of {', '.join(ROADS)}, got {name!r}")
    road = ROADS[name]
    if number is None:
        number = road.chosen
    elif isinstance(road.chosen, int):  # epochs, steps, images
        number = whole("number", number, 1)
    else:
        number = positive("number", number)
    split = digit_split(validating=true_or_false("validating", validating))
    return road.run(split, number, whole("seed", seed, most=2**32 - 1))
