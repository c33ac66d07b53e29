"""Exercise 10.1, calculate then verify: when events cost as many updates as a clock."""

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["AS_OFTEN"]

_INPUTS, _TICK, _RATE = 400, 0.2, 4.0  # 1, ms, Hz
_TICKS = 1000.0 / _TICK  # a second
_RIGHT = _TICKS / _INPUTS  # Hz

AS_OFTEN = Number(
    id="10.1",
    title="As often as the clock",
    statement=(
        "A neuron has 400 inputs that fire at random, now at 4 Hz each. A clock updates it every 0.2 ms, "
        "events update it at each input spike. At which rate of each input, in Hz, would both update it "
        "equally often? Work it out on paper, then let the cell compare."
    ),
    stub="rate = ...  # Hz",
    variable="rate",
    labels=("Rate",),
    unit="Hz",
    tolerance=0.005,
    solution=_RIGHT,
    next_step=(
        "At 4 Hz the events make a third of the updates of the clock, nearly. A neuron of cortex has "
        "thousands of inputs: at which rate would 10,000 of them have to stay, for events to pay?"
    ),
    mistakes=(
        Mistake(
            "all inputs together",
            _TICKS,
            "This is the rate of the clock, and of all inputs together. Each of the 400 has its share of it.",
        ),
        Mistake(
            "a millisecond",
            _RIGHT / 1000.0,
            "This is in spikes a millisecond. A second has 1000 of them.",
        ),
        Mistake(
            "product",
            _INPUTS * _TICK,
            "You have multiplied the inputs by the tick. Set n r dt = 1 and solve it for r.",
        ),
        Mistake(
            "rate now",
            _INPUTS * _RATE,
            "That is how many input spikes come in a second now. The question is at which rate of each input "
            "they would be as many as the ticks.",
        ),
        Mistake(
            "how many times more",
            _TICKS / (_INPUTS * _RATE),
            "The clock makes that many times the updates of the events at 4 Hz. Raise the rate by this "
            "factor.",
        ),
        Mistake(
            "tick as a rate",
            1000.0 * _TICK / _INPUTS,
            "A tick of 0.2 ms comes 5000 times a second, not 200 times: divide 1000 ms by it.",
        ),
        Mistake(
            "rate at which the clock is forgotten",
            1000.0 / _INPUTS,
            "This would be right for a tick of 1 ms. Here five of them come in a millisecond.",
        ),
    ),
)
