"""Exercise 6.1, calculate then verify: how many repetitions a histogram needs."""

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["REPETITIONS"]

_RATE, _BIN, _ERROR = 50.0, 4.0, 0.25  # Hz, ms, relative
_SPIKES = 1 / _ERROR**2  # 16
_EACH = _RATE * _BIN / 1000.0  # 0.2 spikes in a bin of one repetition

REPETITIONS = Number(
    id="6.1",
    title="How many repetitions?",
    statement=(
        "A neuron answers a click. Its spikes come by chance, and at the time of interest its rate is 50 Hz. "
        "You want that rate from a histogram with bins of 4 ms, with a relative error of 25 % (one standard "
        "deviation). How often must the click be repeated?"
    ),
    stub="repetitions = ...",
    variable="repetitions",
    labels=("Repetitions",),
    tolerance=0.01,
    solution=_SPIKES / _EACH,
    next_step=(
        "With half the bin you would need twice as many repetitions, and for half the error four times as "
        "many. Which of the two does an experimenter give up first?"
    ),
    mistakes=(
        Mistake(
            "spikes",
            _SPIKES,
            "{answer} is how many spikes the bin needs. One repetition puts only 0.2 of a spike into it.",
        ),
        Mistake(
            "not squared",
            1 / _ERROR / _EACH,
            "{answer} repetitions bring 4 spikes into the bin, and 4 spikes scatter by 2: an error of "
            "50 %. The relative error of n spikes is 1/√n, not 1/n.",
        ),
        Mistake(
            "milliseconds",
            _SPIKES / (_RATE * _BIN),
            "Multiplied as they stand, 50 Hz and 4 ms make no 200 spikes: 50 Hz are 0.05 spikes in each ms.",
        ),
        Mistake(
            "seconds",
            _SPIKES / _RATE,
            "{answer} s is the time in which 16 spikes come. Each repetition gives you 4 ms of it.",
        ),
        Mistake(
            "multiplied",
            _SPIKES * _EACH,
            "You multiplied where a division is needed: the fewer spikes one repetition brings, the more "
            "repetitions it takes.",
        ),
        Mistake(
            "bin forgotten",
            _SPIKES * _RATE,
            "{answer} has no bin in it. A wider bin catches more spikes, so it needs fewer repetitions.",
        ),
        Mistake(
            "one over the error",
            1 / _ERROR,
            "{answer} is one over the error. The number of spikes is the square of that, and one repetition "
            "brings only 0.2 of a spike into the bin.",
        ),
        Mistake(
            "bin of 1 ms",
            _SPIKES / (_RATE / 1000.0),
            "{answer} repetitions fill a bin of 1 ms. This one is 4 ms wide and catches four times as many "
            "spikes.",
        ),
    ),
)
