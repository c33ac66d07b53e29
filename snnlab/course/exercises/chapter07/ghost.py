"""Exercise 7.5, the inverse problem: which tone has its ghost there."""

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["GHOST"]

_TRUE, _GHOST = 350.0, -450.0  # µs
_RIGHT = 1e6 / (_TRUE - _GHOST)  # Hz

GHOST = Number(
    id="7.5",
    title="The ghost",
    statement=(
        "In a row of coincidence detectors from −600 to 600 µs, two places fire most, and equally: one at "
        "350 µs, where the sound is, and one at −450 µs. Between them the row is quiet. What is the "
        "frequency of the tone, in Hz?"
    ),
    stub="frequency = ...  # Hz",
    variable="frequency",
    labels=("Frequency",),
    unit="Hz",
    tolerance=0.005,
    solution=_RIGHT,
    next_step=(
        "A tone a little higher would move the ghost towards the sound, and the sound not at all. So whoever "
        "hears several frequencies at once can tell which is which."
    ),
    mistakes=(
        Mistake(
            "the place of the ghost",
            1e6 / -_GHOST,
            "{answer} Hz has a period of 450 µs, where the ghost is. What counts is how far the two places "
            "lie apart.",
        ),
        Mistake(
            "the place of the sound",
            1e6 / _TRUE,
            "{answer} Hz has a period of 350 µs, where the sound is. What counts is how far the two places "
            "lie apart.",
        ),
        Mistake(
            "the sign lost",
            1e6 / (-_GHOST - _TRUE),
            "You took 450 − 350. One of the two is negative: from −450 to 350 µs it is farther.",
        ),
        Mistake(
            "half a period",
            _RIGHT / 2,
            "You took the 800 µs for half a period. Half a period away the ears are out of step, and the row "
            "is quiet.",
        ),
        Mistake(
            "twice the frequency",
            2 * _RIGHT,
            "With a period of 400 µs there would be another ghost half way, at −50 µs, and there the row is "
            "quiet.",
        ),
        Mistake("the period", _TRUE - _GHOST, "{answer} is the period in µs. Wanted is the frequency."),
        Mistake("in kHz", _RIGHT / 1000, "{answer} would be right in kHz. The answer is asked in Hz."),
        Mistake(
            "per microsecond",
            1 / (_TRUE - _GHOST),
            "{answer} is one over the period in µs. There are a million of them in a second.",
        ),
        Mistake(
            "the whole row",
            1e6 / 1200,
            "{answer} Hz has a period as long as the row. The ghost is nearer than that.",
        ),
    ),
)
