"""Exercise 24.1, calculate then verify: what one forced spike does to two inputs."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["FORCED_PAIR"]

_STEP, _ALPHA, _PLUS, _MINUS = 0.04, 0.5, 5.0, 20.0  # 1, 1, ms, ms
_FORCED, _DELAY, _EARLY, _LATE = 0.2, 1.0, 0.7, 2.2  # ms


def _change(acts: float, t: float) -> float:
    """Of an input that fires at t when the forced spike acts at `acts`."""
    if t < acts:
        return _STEP * math.exp((t - acts) / _PLUS)
    return -_ALPHA * _STEP * math.exp((acts - t) / _MINUS)


_ACTS = _FORCED + _DELAY
_RIGHT = np.array([_change(_ACTS, _EARLY), _change(_ACTS, _LATE)])

FORCED_PAIR = Number(
    id="24.1",
    title="Forced",
    statement=(
        "A teacher makes the neuron fire at 0.2 ms, and the spike takes d = 1 ms back to the synapses. Input "
        "A fires at 0.7 ms, input B at 2.2 ms. With λ = 0.04, α = 0.5, $\\tau_+$ = 5 ms and $\\tau_-$ = 20 "
        "ms, by how much does the weight of A change, and by how much that of B, while both are far from "
        "their bounds? Two numbers with their signs, to three digits."
    ),
    stub="changes = [..., ...]  # of A, of B",
    variable="changes",
    labels=("Synapse A", "Synapse B"),
    tolerance=0.01,
    solution=_RIGHT,
    next_step="At which delay would B grow as well? And what would A do with no delay at all?",
    mistakes=(
        Mistake(
            "no delay",
            np.array([_change(_FORCED, _EARLY), _change(_FORCED, _LATE)]),
            "You let the forced spike act at 0.2 ms, before both inputs. At the synapses it arrives a "
            "millisecond later.",
        ),
        Mistake(
            "sign of both",
            -_RIGHT,
            "The signs are turned round: A fires before the spike arrives at its synapse, and grows.",
        ),
        Mistake(
            "both grow",
            np.abs(_RIGHT),
            "A is right. B fires after the spike has arrived, so it loses: mind its sign.",
        ),
        Mistake(
            "no alpha",
            _RIGHT / np.array([1.0, _ALPHA]),
            "A is right. What B loses is α times as large as a gain.",
        ),
        Mistake(
            "one time constant",
            np.array([_RIGHT[0], -_ALPHA * _STEP * math.exp((_ACTS - _LATE) / _PLUS)]),
            "A is right. B is on the other side of the window, whose time constant is the other one.",
        ),
        Mistake(
            "from the first input",
            np.array([_change(_DELAY, _EARLY), _change(_DELAY, _LATE)]),
            "You let the spike arrive at 1 ms. It is forced at 0.2 ms and takes 1 ms from there.",
        ),
        Mistake(
            "without lambda",
            _RIGHT / _STEP,
            "These are the exponentials, with α where it belongs. The step λ is missing.",
        ),
        Mistake(
            "time constants exchanged",
            np.array([
                _STEP * math.exp((_EARLY - _ACTS) / _MINUS),
                -_ALPHA * _STEP * math.exp((_ACTS - _LATE) / _PLUS),
            ]),
            "You have exchanged the time constants. A gains, and a gain fades with τ₊ = 5 ms; B loses, and "
            "a loss fades with τ₋ = 20 ms.",
        ),
        Mistake(
            "delay taken off",
            np.array([_change(_FORCED - _DELAY, _EARLY), _change(_FORCED - _DELAY, _LATE)]),
            "You took the delay off. The spike is on its way for 1 ms, so it acts later than 0.2 ms, not "
            "earlier.",
        ),
        Mistake(
            "no delay for B",
            np.array([_change(_ACTS, _EARLY), _change(_FORCED, _LATE)]),
            "A is right. For B the delay is missing: count from the moment at which the spike arrives at "
            "the synapse, as you did for A.",
        ),
    ),
)
