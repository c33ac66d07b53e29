"""Exercise 22.1, calculate then verify: when the winner has made itself too slow."""

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["OVERTAKEN"]

_AHEAD, _PLUS = 1.5, 0.05  # mV: by how much the winner is driven further; what a spike adds
_PER_IMAGE = 12.0  # spikes
_IMAGES = _AHEAD / _PLUS / _PER_IMAGE

OVERTAKEN = Number(
    id="22.1",
    title="Whose turn is it?",
    statement=(
        "An image drives neuron A to a potential that is 1.5 mV higher than that of neuron B, and both have "
        "the same threshold. So A fires first, 12 times while the image is on, and B is silenced. Each spike "
        "of A raises its threshold by 0.05 mV; how it sinks back does not count in so short a time, and no "
        "weight changes. For how many images of this kind does A keep ahead? Give the number with its "
        "fraction."
    ),
    stub="ahead = ...",
    variable="ahead",
    labels=("Images",),
    tolerance=0.01,
    solution=_IMAGES,
    next_step=(
        "Learning works against it: each image that A wins also makes its weights fit better. Which of the "
        "two do you expect to be faster in the panel, with θ₊ at 0.05 mV?"
    ),
    mistakes=(
        Mistake(
            "spikes",
            _AHEAD / _PLUS,
            "{answer} is how many spikes it takes. A fires 12 of them at each image.",
        ),
        Mistake(
            "divided twice",
            _AHEAD / (_PLUS * _PER_IMAGE) / _PER_IMAGE,
            "You divided by the 12 spikes twice.",
        ),
        Mistake(
            "upside down",
            1.0 / _IMAGES,
            "This is the fraction of the lead that one image takes away. How many of them make a whole?",
        ),
        Mistake(
            "one spike an image",
            _AHEAD * _PER_IMAGE,
            "You multiplied the lead by the spikes. What does one spike take away from the lead, and what do "
            "12 of them?",
        ),
        Mistake(
            "whole images",
            3.0,
            "{answer} is rounded to whole images. A's lead is used up in the middle of one: give the number "
            "with its fraction.",
        ),
    ),
)
