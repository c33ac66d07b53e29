"""Exercise 18.3, sketch then plot: the slope of a synapse's weight against the times of a pair of spikes."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["PAIR_CURVE"]

_HALF = np.array([6.41, 37.59])  # ms, from `pair_slope`; a test finds them anew
_PEAK, _TENTH = 16.0, np.array([2.31, 66.8])

PAIR_CURVE = Number(
    id="18.3",
    title="Who is to blame",
    statement=(
        "Two theta neurons are pushed for 5 ms each, so that they fire once, and from the first to the "
        "second leads a synapse of weight 0. The output, which is the trace of the second, is too strong "
        "until 30 ms after its push began. Sketch the slope of the loss by the weight against $\\Delta t = "
        "t_{\\rm post} - t_{\\rm pre}$, from −15 to 80 ms. Then plot `pair_slope(np.arange(-15, 80.5, "
        "0.5))`, `slope` against `difference`. Between which two $\\Delta t$, in ms, is the slope more than "
        "half of its largest value? Find both to within 2 %."
    ),
    stub="times = [..., ...]  # from, to, in ms",
    variable="times",
    labels=("From, in ms", "To, in ms"),
    tolerance=0.02,
    solution=_HALF,
    next_step=(
        "Gradient descent goes against this slope. Turn the error round, `error=-1`: now it looks like the "
        "causal half of STDP. Which half is missing, and what would it have to know?"
    ),
    mistakes=(
        Mistake(
            "both signs",
            np.array([-_HALF[1], _HALF[1]]),
            "On the left there is next to nothing: a presynaptic spike that comes afterwards moves nothing "
            "that is over. Both times are positive.",
        ),
        Mistake(
            "from 0 on",
            np.array([0.0, _HALF[1]]),
            "The second time is right. At 0 the slope is a few hundredths of its largest value: the second "
            "neuron is firing already, and the synapse takes time.",
        ),
        Mistake(
            "pre minus post",
            -_HALF[::-1],
            "You have taken the difference the other way round. It is the time of the second neuron less "
            "that of the first.",
        ),
        Mistake(
            "distances from the peak",
            np.array([_PEAK - _HALF[0], _HALF[1] - _PEAK]),
            "These are the distances from the peak, which is at 16 ms. The times themselves are wanted.",
        ),
        Mistake(
            "peak first",
            np.array([_PEAK, _HALF[1]]),
            "The second time is right. The first is that of the peak. Where does the slope reach half of it "
            "on the way up?",
        ),
        Mistake(
            "width",
            np.array([_HALF[0], _HALF[1] - _HALF[0]]),
            "The first time is right. The second is how long it lasts from there: at which difference does "
            "it end?",
        ),
        Mistake(
            "tenth",
            _TENTH,
            "Between these times it is more than a tenth of its largest value. Half is wanted.",
        ),
        Mistake(
            "reversed",
            _HALF[::-1],
            "Both times are right and stand in the opposite order: first the smaller one.",
        ),
        Mistake(
            "steps",
            _HALF / 0.5,
            "You have counted steps, of 0.5 ms each. The times are wanted in ms.",
        ),
        Mistake(
            "places in the array",
            (_HALF + 15.0) / 0.5,
            "These are places in your array, which begins at -15 ms. Which differences stand there?",
        ),
    ),
)
