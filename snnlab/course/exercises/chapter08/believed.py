"""Exercise 8.5, calculate then verify: what is left of an information once the bias is taken off."""

import math

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["BELIEVED"]

_RAW, _STIMULI, _RESPONSES, _TRIALS = 0.35, 8, 5, 100  # bits
_BIAS = (_RESPONSES - 1) * (_STIMULI - 1) / (2 * _TRIALS * math.log(2))

BELIEVED = Number(
    id="8.5",
    title="What is left",
    statement=(
        "A neuron was shown 8 stimuli, 100 trials in all. Its counts went from 0 to 4, and each of these "
        "five responses is possible for each stimulus. As counted, the responses tell 0.35 bit about the "
        "stimulus. How much is left when the bias is taken off? To three digits."
    ),
    stub="information = ...  # bits",
    variable="information",
    labels=("Information",),
    unit="bit",
    tolerance=0.01,
    solution=_RAW - _BIAS,
    next_step=(
        "More than half of what was counted was chance. With 100 trials there are 2.5 of them for each "
        "stimulus and response: the package would refuse to believe even what is left."
    ),
    mistakes=(
        Mistake("the bias", _BIAS, "{answer} bit is the bias. Take it off what was counted."),
        Mistake(
            "nats",
            _RAW - _BIAS * math.log(2),
            "You left out the ln 2: this bias is in nats, and the information in bits.",
        ),
        Mistake(
            "added",
            _RAW + _BIAS,
            "You added the bias. Chance makes responses look specific, so that counted information is too "
            "large.",
        ),
        Mistake(
            "none taken off",
            _RAW - _RESPONSES * _STIMULI / (2 * _TRIALS * math.log(2)),
            "You took 5 · 8. It is (5 − 1)(8 − 1): that many cells of the table are free once its margins "
            "are given.",
        ),
        Mistake(
            "two forgotten",
            _RAW - 2 * _BIAS,
            "Your bias is twice too large, larger than all that was counted: the 2 in 2 N ln 2 is missing.",
        ),
        Mistake(
            "trials of one stimulus",
            _RAW - _BIAS * _STIMULI,
            "You divided by the trials of one stimulus. N is all of them, 100.",
        ),
        Mistake(
            "four responses",
            _RAW - (_RESPONSES - 2) * (_STIMULI - 1) / (2 * _TRIALS * math.log(2)),
            "You counted four responses. From 0 to 4 there are five, and one is taken off: 4 · 7.",
        ),
        Mistake(
            "stimuli in full",
            _RAW - (_RESPONSES - 1) * _STIMULI / (2 * _TRIALS * math.log(2)),
            "You took 4 · 8. One is taken off the stimuli as well: (5 − 1)(8 − 1).",
        ),
        Mistake(
            "responses in full",
            _RAW - _RESPONSES * (_STIMULI - 1) / (2 * _TRIALS * math.log(2)),
            "You took 5 · 7. One is taken off the responses as well: (5 − 1)(8 − 1).",
        ),
        Mistake(
            "one for the table",
            _RAW - (_RESPONSES * _STIMULI - 1) / (2 * _TRIALS * math.log(2)),
            "You took 5 · 8 − 1 free cells. The rows and the columns are given one by one: (5 − 1)(8 − 1).",
        ),
        Mistake(
            "trials times stimuli",
            _RAW - _BIAS / _STIMULI,
            "You took 800 trials. There were 100 in all, over the eight stimuli.",
        ),
        Mistake(
            "log10",
            _RAW - _BIAS * math.log(2) / math.log10(2),
            "You took the logarithm of 2 to base 10, and more than everything is gone. ln 2 is 0.693.",
        ),
        Mistake(
            "all in nats",
            (_RAW - _BIAS) * math.log(2),
            "The end was multiplied by ln 2. The 0.35 are bits already, and so is what is left.",
        ),
    ),
)
