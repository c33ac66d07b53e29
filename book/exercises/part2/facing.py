"""A number from own parameters: two directions, weighed by what three cells said and did not say."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"north": "Hz", "east": "Hz", "counts": "spikes", "window": "ms"}


def chance_silence_and_window(north, east, counts, window):
    """The likelihood of each direction, the factor of a silence, and the window that decides nothing."""
    likely = [1.0, 1.0]
    for k, rates in enumerate((north, east)):
        for rate, n in zip(rates, counts, strict=True):
            mean = rate * window / 1000
            likely[k] *= mean**n * math.exp(-mean)
    silent = counts.index(0)
    factor = math.exp((east[silent] - north[silent]) * window / 1000)
    spikes = sum(n * math.log(a / b) for a, b, n in zip(north, east, counts, strict=True))
    return [100 * likely[0] / sum(likely), factor, 1000 * spikes / (sum(north) - sum(east))]


def _parameters(rng):
    while True:
        north, east = ((2.0 + rng.integers(0, 56, 3)).tolist() for _ in range(2))
        counts = [0, *rng.integers(1, 6, 2).tolist()]
        own = {
            "north": north,
            "east": east,
            "counts": [counts[k] for k in rng.permutation(3)],
            "window": 40.0 + 10.0 * int(rng.integers(0, 12)),
        }
        apart = [a - b for a, b in zip(north, east, strict=True)]
        silent = apart[own["counts"].index(0)]
        if min(map(abs, apart)) < 4 or abs(sum(apart)) < 8 or abs(sum(apart) - silent) < 1:
            continue
        chance, factor, window = chance_silence_and_window(**own)
        if 8 < chance < 92 and 20 < window < 900 and (factor < 0.8 or factor > 1.25):
            return own


def _row(numbers):
    *most, last = (told(x) for x in numbers)
    return f"{', '.join(most)} and {last}"


def _build(own):
    north, east, counts = (np.array(own[name]) for name in ("north", "east", "counts"))
    window = own["window"]
    silent = int(np.argmin(counts))

    def percent(odds):
        """Of the first direction, from the logarithm of its odds."""
        return 100 / (1 + math.exp(-odds))

    spikes, silence = counts @ np.log(north / east), (north - east).sum() * window / 1000
    factor = math.exp(-(north - east)[silent] * window / 1000)
    even = 1000 * spikes / (north - east).sum()
    right = np.array([percent(spikes - silence), factor, even])
    _, *rest = right
    quiet = (north - east)[silent] * window / 1000
    return Number(
        id="2.1",
        title=EXERCISE.title,
        statement=(
            "A head points north or east, and before anything was counted both were equally probable. Three "
            f"cells fire with `north` = {_row(own['north'])} Hz if it is north, and with `east` = "
            f"{_row(own['east'])} Hz if it is east. In a window of {told(window)} ms their `counts` are "
            f"{_row(own['counts'])}. Take them for independent Poisson neurons. How probable is north now, "
            "in per cent? By which factor has the cell that stayed silent changed the odds of north against "
            "east? And in a window of which length, in ms, would the same counts leave both directions "
            "equally probable? To within 0.5 %."
        ),
        stub="measures = [..., ..., ...]  # north in %; factor of the silent cell; window in ms",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step="In a longer window than this last one, which direction wins, and what speaks for it?",
        mistakes=(
            Mistake(
                "spikes alone",
                np.array([percent(spikes), *rest]),
                "Two are right. For the first you have let the spikes speak alone. Each cell also has its "
                "exponential: what it did not say counts.",
            ),
            Mistake(
                "silent cell left out",
                np.array([percent(spikes - silence + quiet), *rest]),
                "Two are right. For the first you have left out the cell that was silent. Its silence "
                "speaks against the direction that it prefers.",
            ),
            Mistake(
                "the other direction",
                np.array([100 - right[0], *rest]),
                "Two are right. The first is the probability of east.",
            ),
            Mistake(
                "odds",
                np.array([math.exp(spikes - silence), *rest]),
                "Two are right. The first number is the odds of north against east. Make a probability of "
                "them, in per cent.",
            ),
            Mistake(
                "fraction",
                np.array([right[0] / 100, *rest]),
                "Two are right. The first is a fraction of 1, and per cent are wanted.",
            ),
            Mistake(
                "factor upside down",
                np.array([right[0], 1 / factor, even]),
                "Two are right. The second is the factor for east against north. Silence speaks for the "
                "direction at which the cell fires less.",
            ),
            Mistake(
                "chance of silence",
                np.array([right[0], math.exp(-north[silent] * window / 1000), even]),
                "Two are right. The second is how probable its silence is if it is north. Compare it with "
                "how probable it is if it is east.",
            ),
            Mistake(
                "seconds",
                np.array([right[0], factor, even / 1000]),
                "Two are right. The third is in s, and ms are wanted.",
            ),
            Mistake(
                "base 10",
                np.array([right[0], factor, even / math.log(10)]),
                "Two are right. The third has a logarithm to base 10 in it. What it is compared with comes "
                "from an exponential to base e.",
            ),
            Mistake(
                "two cells decide",
                np.array([right[0], factor, 1000 * spikes / ((north - east).sum() - (north - east)[silent])]),
                "Two are right. For the window you have left the silent cell out of the exponentials. It is "
                "silent for as long as that, too.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="pause",
    title="Left to chance",
    chapter=8,
    points=3,
    variable="measures",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=chance_silence_and_window,
)
