"""Exercise 9.4, sketch then plot: how much inhibition holds a large network at a rate."""

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["ENOUGH"]

_ETA, _THRESHOLD_RATE, _RATE = 2.4, 10.0, 20.0  # 1, Hz, Hz
_G = 4.0 * (1.0 + _THRESHOLD_RATE * (_ETA - 1.0) / _RATE)

ENOUGH = Number(
    id="9.4",
    title="Just enough inhibition",
    statement=(
        "In Brunel's network jumps are small, and in a very large one the mean potential comes to lie at the "
        "threshold. By the equation of the mean field, with all neurons at one rate ν, this is so where "
        "η + (1 − g/4) ν/ν_thr = 1. Take ν_thr = 10 Hz and η = 2.4. Solve for ν and sketch it against g "
        "from 4.5 to 8; then plot it with `plots.curves`. At which g does the network fire at 20 Hz?"
    ),
    stub="g = ...",
    variable="g",
    labels=("g",),
    tolerance=0.005,
    solution=_G,
    next_step=(
        "Of the neuron only ν_thr is left in this law, which is θ / (w K_E τ_m). What would double the rate: "
        "twice the time constant at the same η, or twice what η has above 1?"
    ),
    mistakes=(
        Mistake(
            "eta for what it has above one",
            4.0 * (1.0 + _THRESHOLD_RATE * _ETA / _RATE),
            "You set the sum equal to 0. The mean lies at the threshold, which is 1 in these units.",
        ),
        Mistake(
            "no quarter",
            1.0 + _THRESHOLD_RATE * (_ETA - 1.0) / _RATE,
            "You left out the quarter: there are four times fewer inhibitory neurons, so it is g/4.",
        ),
        Mistake(
            "no one",
            4.0 * _THRESHOLD_RATE * (_ETA - 1.0) / _RATE,
            "You left out the 1, which is the excitation: g/4 − 1 is 0.7, not g/4.",
        ),
        Mistake(
            "turned over",
            4.0 * (1.0 + _RATE / (_THRESHOLD_RATE * (_ETA - 1.0))),
            "You have the ratio the wrong way round: g/4 − 1 is ν_thr (η − 1) / ν. More inhibition, fewer "
            "spikes.",
        ),
        Mistake(
            "sign",
            4.0 * (1.0 - _THRESHOLD_RATE * (_ETA - 1.0) / _RATE),
            "With g = {answer} excitation wins, and the sum is above 1 at every rate. The sign of (1 − g/4) "
            "is lost.",
        ),
        Mistake(
            "one above one",
            4.0 * (1.0 + _THRESHOLD_RATE / _RATE),
            "You took 1 for η − 1. It is 1.4.",
        ),
        Mistake(
            "where nothing holds it",
            4.0,
            "At g = 4 inhibition is just as strong as excitation, and nothing holds the rate.",
        ),
    ),
)
