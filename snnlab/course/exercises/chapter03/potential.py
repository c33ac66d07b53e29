"""Exercise 3.3, write it: the potential of SRM0."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["POTENTIAL"]


def _eta(s):
    return -15.0 * np.exp(-s / 20.0)


def _epsilon(s):
    return np.where(s >= 0.0, s / 5.0 * np.exp(1.0 - s / 5.0), 0.0)


def potential(t, own, arrivals, w):
    """Rest, the response to the last own spike, the responses to all that has arrived."""
    own = own[own < t]
    u = -65.0 + w * _epsilon(t - arrivals).sum()
    return u + _eta(t - own[-1]) if own.size else u


def _all_own(t, own, arrivals, w):
    own = own[own < t]
    return -65.0 + w * _epsilon(t - arrivals).sum() + _eta(t - own).sum()


def _first_own(t, own, arrivals, w):
    own = own[own < t]
    u = -65.0 + w * _epsilon(t - arrivals).sum()
    return u + _eta(t - own[0]) if own.size else u


def _future_own(t, own, arrivals, w):
    u = -65.0 + w * _epsilon(t - arrivals).sum()
    return u + _eta(t - own[-1]) if own.size else u


def _no_own(t, own, arrivals, w):
    return -65.0 + w * _epsilon(t - arrivals).sum()


def _cut(t, own, arrivals, w):
    own = own[own < t]
    if own.size == 0:
        return potential(t, own, arrivals, w)
    return -65.0 + w * _epsilon(t - arrivals[arrivals > own[-1]]).sum() + _eta(t - own[-1])


def _rest_forgotten(t, own, arrivals, w):
    return potential(t, own, arrivals, w) + 65.0


def _weight_forgotten(t, own, arrivals, w):
    return potential(t, own, arrivals, 1.0)


def _last_input(t, own, arrivals, w):
    return potential(t, own, arrivals[arrivals <= t][-1:], w)


def _future_inputs(t, own, arrivals, w):
    s = t - arrivals
    return potential(t, own, arrivals, w) + w * (s / 5.0 * np.exp(1.0 - s / 5.0))[s < 0].sum()


def _unguarded(t, own, arrivals, w):
    own = own[own < t]
    return -65.0 + w * _epsilon(t - arrivals).sum() + _eta(t - own[-1])


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Round numbers, so that a student can repeat the try that failed. The first neuron has not fired yet."""
    cases = [(20.0, np.array([]), np.array([5.0, 12.0, 30.0]), 3.0)]
    for _ in range(10):
        t = round(rng.uniform(40, 60), 1)
        own = np.sort(np.round(rng.uniform(0, 100, 6), 1))
        own = np.array([5.0, 18.0, *own[own > 30]])
        arrivals = np.sort(np.round(rng.uniform(0, 100, 14), 1))
        cases.append((t, own, np.sort(np.append(arrivals, [4.0, t - 3.0])), round(rng.uniform(1, 5), 1)))
    return cases


POTENTIAL = Function(
    id="3.3",
    title="The formula as a function",
    statement=(
        "Write the function `potential`, the SRM0 formula. It gets the time `t` (ms), the neuron's own spike "
        "times `own` and the times `arrivals` of its input spikes (arrays in order, ms, with some that lie "
        "after `t`), and the weight `w` (mV). It returns $u(t)$ in mV. Rest is −65 mV, "
        "$\\eta(s) = -15\\, e^{-s/20}$ mV, and $\\epsilon(s) = (s/5)\\, e^{1 - s/5}$ from $s = 0$ on, 0 "
        "before. Use `np.exp`, and mind a neuron that has not fired yet."
    ),
    stub="def potential(t, own, arrivals, w):\n    return ...",
    variable="potential",
    arguments=("t", "own", "arrivals", "w"),
    unit="mV",
    tolerance=1e-6,
    solution=potential,
    draw=_draw,
    next_step=(
        "Change one line so that all own spikes count. How many numbers of the past would a neuron have to "
        "remember for the one function, and for the other? Mind what kind of curve η is."
    ),
    mistakes=(
        Mistake(
            "all own spikes",
            _all_own,
            "This is the cumulative form: every own spike counts. In SRM0 only the last one before t does.",
        ),
        Mistake(
            "first own spike",
            _first_own,
            "Your η is counted from the first own spike. It is the last one before t that counts.",
        ),
        Mistake(
            "own spikes of the future",
            _future_own,
            "Your η is counted from a spike that comes after t. Take the last of own[own < t].",
        ),
        Mistake(
            "no own spike",
            _no_own,
            "The input is right. The response to the neuron's last own spike is missing.",
        ),
        Mistake(
            "input cut off",
            _cut,
            "You count only the input since the last own spike. That is nearer to the integrate-and-fire "
            "neuron; SRM0 counts all input, as if there had been no spike.",
        ),
        Mistake(
            "rest forgotten",
            _rest_forgotten,
            "This is how far u lies above rest. The potential itself is wanted: add the −65 mV.",
        ),
        Mistake("weight forgotten", _weight_forgotten, "The responses to the input are not multiplied by w."),
        Mistake(
            "last input", _last_input, "Only the last input spike counts here. All that have arrived do."
        ),
        Mistake(
            "inputs of the future",
            _future_inputs,
            "Input that arrives after t counts already. ε(s) is 0 for s < 0.",
        ),
        Mistake(
            "never fired",
            _unguarded,
            "Your function stops with an error where the neuron has not fired yet: there is no last spike "
            "then, and no η.",
        ),
    ),
)
