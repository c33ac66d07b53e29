"""Exercise 4.1, calculate then verify: what three spikes leave of a threshold."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["THREE_SPIKES"]

_BETA, _TAU = 2.0, 100.0  # mV, ms
_PASSED = np.array([100.0, 70.0, 30.0])  # ms, since each spike
_LEFT = _BETA * np.exp(-_PASSED / _TAU)
_HEIGHT = float(_LEFT.sum())

THREE_SPIKES = Number(
    id="4.1",
    title="What three spikes leave",
    statement=(
        "A neuron has a threshold of −50 mV after a long silence. Each spike raises it by β = 2 mV, and "
        "the rise "
        "sinks back with τₐ = 100 ms. The neuron fires at 0, 30 and 70 ms, and not again. How far above "
        "−50 mV "
        "is the threshold at 100 ms? Work it out on paper."
    ),
    stub="height = ...  # mV",
    variable="height",
    labels=("Above −50 mV",),
    unit="mV",
    tolerance=0.01,
    solution=_HEIGHT,
    next_step=(
        "Each spike sinks on its own, and the threshold is the sum. That is why one number is memory "
        "enough: it "
        "carries all spikes at once, the old ones faded."
    ),
    mistakes=(
        Mistake(
            "only the last spike",
            float(_LEFT[-1]),
            "{answer} mV is what the last spike leaves. The two before it are not forgotten: a spike adds "
            "to the "
            "threshold, it does not set it.",
        ),
        Mistake(
            "nothing sinks",
            3 * _BETA,
            "{answer} mV are three whole jumps. Each of them sinks from the moment of its spike on.",
        ),
        Mistake(
            "all from the first",
            float(3 * _LEFT[0]),
            "{answer} mV lets all three jumps sink for 100 ms. The spike at 70 ms has had 30 ms only.",
        ),
        Mistake(
            "all from the last",
            float(3 * _LEFT[2]),
            "{answer} mV lets the jumps sink for the wrong times: for 30 ms all three, or for 0, 30 and 70 "
            "ms, which is when the spikes came. What counts is how long ago that is at 100 ms.",
        ),
        Mistake(
            "after the last spike",
            float((_LEFT * np.exp(_PASSED[-1] / _TAU)).sum()),
            "{answer} mV is the height right after the last spike, at 70 ms. Until 100 ms it sinks further.",
        ),
        Mistake(
            "potential",
            -50.0 + _HEIGHT,
            "{answer} mV is where the threshold stands. Wanted is how far that is above −50 mV.",
        ),
        Mistake(
            "gone, not left",
            float((_BETA - _LEFT).sum()),
            "{answer} mV is how much of the three jumps has gone. Wanted is what is left.",
        ),
        Mistake(
            "only the first spike",
            float(_LEFT[0]),
            "{answer} mV is what the spike at 0 leaves. The two after it have raised the threshold as well.",
        ),
        Mistake(
            "the first forgotten",
            float(_LEFT[1:].sum()),
            "{answer} mV leaves out the spike at 0. At 100 ms one time constant has passed since, and e^−1 "
            "of its jump is still there.",
        ),
    ),
)
