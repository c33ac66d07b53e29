"""Exercise 20.4, sketch then plot: sixty pairs, faster and faster."""

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["FASTER"]

_DELTA = 10.0  # ms
_ZERO = 1000.0 / (2.0 * _DELTA)  # Hz: the next pre is as far from a post as the last

FASTER = Number(
    id="20.4",
    title="Faster and faster",
    statement=(
        "Take α = 1 and both time constants 20 ms, and go on for very long with pairs of Δt = 10 ms. Sketch "
        "what they add to the weight, from 1 to 100 Hz, if all pairs of spikes count. Then plot it: "
        "`rule = STDP(1e-4, 1)`, `f = np.linspace(1, 100, 100)`, "
        "`w = [simulate_stdp(*pairing_protocol(10, k, 2000), 0.5, rule).w[0, 0] for k in f]`, "
        '`plots.curves({"all pairs": (f, np.array(w) - 0.5)}, "f (Hz)", "change")`. At which frequency, in '
        "Hz, do gain and loss first cancel?"
    ),
    stub="frequency = ...  # Hz",
    variable="frequency",
    labels=("Frequency",),
    unit="Hz",
    tolerance=0.005,
    solution=_ZERO,
    next_step=(
        "At that frequency every spike stands half-way between two of the other neuron, and nobody can say "
        "who comes first. Why is the change negative just above it?"
    ),
    mistakes=(
        Mistake(
            "no gap",
            1000.0 / _DELTA,
            "At {answer} Hz the next presynaptic spike comes at the same time as the postsynaptic one. They "
            "cancel earlier, where a postsynaptic spike is as far from the next presynaptic one as from the "
            "last.",
        ),
        Mistake(
            "period",
            2.0 * _DELTA,
            "{answer} ms is the time from one pair to the next at which they cancel. How many are that a "
            "second?",
        ),
        Mistake(
            "kilohertz",
            _ZERO / 1000.0,
            "{answer} is in pairs a millisecond. In Hz it is a thousand times as much.",
        ),
        Mistake(
            "time constant",
            1000.0 / (_DELTA + 20.0),
            "The time constant does not matter here, as it is the same on both sides. Compare the two "
            "distances: from pre to post, and from post to the next pre.",
        ),
        Mistake(
            "one point early",
            _ZERO - 1.0,
            "At {answer} Hz the sum is small and not zero: print the values of w beside f. Where is a spike "
            "midway between two of the other neuron?",
        ),
        Mistake(
            "one point late",
            _ZERO + 1.0,
            "At {answer} Hz the loss is ahead already: print the values of w beside f. Where is a spike "
            "midway between two of the other neuron?",
        ),
        Mistake(
            "that of the chapter",
            21.0,
            "The rule of the chapter turns at 21 Hz, with other numbers. Here α is 1 and both time "
            "constants are the same.",
        ),
    ),
)
