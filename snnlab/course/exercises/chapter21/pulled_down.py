"""Exercise 21.1, calculate then verify: how fast chance pulls a weight down."""

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["PULLED_DOWN"]

_PRE, _POST, _A, _ALPHA, _TAU = 40.0, 12.0, 0.01, 1.1, 0.020  # Hz, Hz, 1, 1, s
_UP = _PRE * _POST * _A * _TAU
_CHANGE = _UP * (1.0 - _ALPHA)

PULLED_DOWN = Number(
    id="21.1",
    title="Pulled down",
    statement=(
        "An input fires at 40 Hz and the neuron at 12 Hz, both at random, and neither knows of the other. "
        "The largest potentiation of a pair is A₊ = 0.01, depression is larger by the factor α = 1.1, and "
        "both time constants are 20 ms. By how much does the weight change in one second on average, far "
        "from its bounds? Work it out on paper, with the sign."
    ),
    stub="change = ...  # in one second",
    variable="change",
    labels=("Change in one second",),
    tolerance=0.01,
    solution=_CHANGE,
    next_step=(
        "From the middle to the lower bound it would take almost a minute. How often would the input have to "
        "make the neuron fire to be safe?"
    ),
    mistakes=(
        Mistake(
            "up",
            -_CHANGE,
            "The size is right, the sign is not: α is larger than 1, so depression wins.",
        ),
        Mistake(
            "milliseconds",
            _CHANGE / 1000.0,
            "This is the change in a millisecond. With rates in Hz the time constant is 0.02 s.",
        ),
        Mistake(
            "mixed units",
            1000.0 * _CHANGE,
            "{answer} in one second would throw the weight from bound to bound. The rates are in Hz, the "
            "time constant in ms: bring both to seconds.",
        ),
        Mistake(
            "potentiation only",
            _UP,
            "This is what potentiation adds. Depression takes α times as much away in the same second.",
        ),
        Mistake(
            "depression only",
            -_ALPHA * _UP,
            "This is what depression takes away. Potentiation adds almost as much in the same second.",
        ),
        Mistake(
            "sum",
            (1.0 + _ALPHA) * _UP,
            "You added potentiation and depression. They have opposite signs.",
        ),
        Mistake(
            "without tau",
            _PRE * _POST * _A * (1.0 - _ALPHA),
            "A pair changes the weight by A only if its spikes come at one time. Averaged over all lags, "
            "each side of the window counts for A times τ.",
        ),
        Mistake(
            "neuron only",
            _CHANGE / _PRE,
            "The rate of the input is missing: there are 40 · 12 pairs of spikes a second and a second of "
            "lag.",
        ),
        Mistake(
            "input only",
            _CHANGE / _POST,
            "The rate of the neuron is missing: without its spikes an input has no pairs.",
        ),
    ),
)
