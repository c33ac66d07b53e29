"""Exercise 16.1, calculate then verify: what a surrogate says to a neuron that stayed silent."""

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["NUDGE"]

_RISE = 2.5  # thresholds of potential for each unit of weight
_W, _WIDTH = 0.28, 0.1
_V = _RISE * _W  # 0.7
_HUMP = (_WIDTH / (_WIDTH + abs(_V - 1))) ** 2  # 1/16
_RIGHT = 2 * (0 - 1) * _HUMP * _RISE

NUDGE = Number(
    id="16.1",
    title="What a silent neuron is told",
    statement=(
        "A neuron has one input of weight $w = 0.28$. At its highest its potential is $v = 2.5\\,w$, in "
        "units "
        "of the threshold, so it stays silent: $s = 0$. It should have fired, and the loss is $L = (s - "
        "1)^2$. "
        "The surrogate has width $b = 0.1$ and height 1, as in the equation above. Which gradient "
        "$\\partial L/\\partial w$ does the neuron get? Work it out on paper, then let the cell compare."
    ),
    stub="gradient = ...",
    variable="gradient",
    labels=("Gradient",),
    tolerance=0.005,
    solution=_RIGHT,
    next_step=(
        "Move it along with a rate of 0.1 and the weight becomes 0.31, still too weak. How often must you go "
        "on until it fires, and does the push get stronger or weaker on the way?"
    ),
    mistakes=(
        Mistake(
            "honest",
            0.0,
            "That is the honest derivative: the neuron stays silent if the weight changes a little. Put the "
            "hump in its place.",
        ),
        Mistake(
            "sign",
            -_RIGHT,
            "The size is right, the sign is not. More weight makes the spike likelier and the loss smaller, "
            "so "
            "the gradient is negative.",
        ),
        Mistake(
            "not squared",
            2 * (0 - 1) * _HUMP**0.5 * _RISE,
            "The hump is a square: b / (b + |x|) is a quarter here, and h a sixteenth.",
        ),
        Mistake(
            "distance from rest",
            2 * (0 - 1) * (_WIDTH / (_WIDTH + _V)) ** 2 * _RISE,
            "You have put v itself into the hump. It takes the distance from the threshold, v - 1.",
        ),
        Mistake(
            "inner derivative forgotten",
            2 * (0 - 1) * _HUMP,
            "This is the derivative by v. The question is about w, and v grows 2.5 times as fast.",
        ),
        Mistake(
            "factor 2 forgotten",
            (0 - 1) * _HUMP * _RISE,
            "The derivative of (s - 1)² is 2 (s - 1); the 2 is missing.",
        ),
        Mistake(
            "over its area",
            _RIGHT / (2 * _WIDTH),
            "You have divided the hump by its area 2b. That is what the relaxed neuron needs; here the "
            "height "
            "is 1.",
        ),
        Mistake(
            "width upside down",
            2 * (0 - 1) / (1 + _WIDTH * abs(_V - 1)) ** 2 * _RISE,
            "The distance is to be divided by the width, not multiplied by it: h = 1 / (1 + |x|/b)².",
        ),
        Mistake(
            "hump left out",
            2 * (0 - 1) * _RISE,
            "{answer} takes 1 for the derivative of the spike. The hump is 1 at the threshold only; at v = "
            "0.7 it is lower.",
        ),
        Mistake(
            "hump alone",
            _HUMP,
            "{answer} is the hump, one factor of the chain. Before it stands the derivative of the loss by "
            "s, behind it that of v by w.",
        ),
    ),
)
