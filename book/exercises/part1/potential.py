"""A function to write: the cumulative spike response model, with own kernels."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Function, Mistake


def _parameters(rng):
    return {
        "u_rest": -72.0 + int(rng.integers(0, 13)),
        "depth": 4.0 + int(rng.integers(0, 9)),
        "tau_eta": 15.0 + 5.0 * int(rng.integers(0, 8)),
        "tau_s": 3.0 + int(rng.integers(0, 6)),
    }


def _cases(rng):
    """Round numbers, own spikes and inputs before and after t; the first neuron has not fired yet."""
    cases = [(20.0, np.array([]), np.array([5.0, 12.0, 30.0]), 3.0)]
    for _ in range(9):
        t = round(float(rng.uniform(60, 80)), 1)
        own = np.array([12.0, 31.0, *np.sort(np.round(rng.uniform(42, 100, 4), 1)), 101.0])
        arrivals = np.sort(np.append(np.round(rng.uniform(0, 100, 12), 1), [t - 4.0, t + 5.0]))
        cases.append((t, own, arrivals, round(float(rng.uniform(1, 5)), 1)))
    return cases


def _build(variant):
    u_rest, depth, tau_eta, tau_s = (variant[name] for name in ("u_rest", "depth", "tau_eta", "tau_s"))

    def potential(t, own, arrivals, w):
        s = t - own[own < t]
        u = u_rest - depth * np.exp(-s / tau_eta).sum()
        s = t - arrivals[arrivals <= t]
        return u + w * (s / tau_s * np.exp(1 - s / tau_s)).sum()

    def eta(t, own):
        return potential(t, own, np.array([]), 0.0) - u_rest

    def last_own(t, own, arrivals, w):
        return potential(t, own[own < t][-1:], arrivals, w)

    def no_own(t, own, arrivals, w):
        return potential(t, own[:0], arrivals, w)

    def wrong_way(t, own, arrivals, w):
        return potential(t, own, arrivals, w) - 2 * eta(t, own)

    def future_own(t, own, arrivals, w):
        u = potential(t, own[:0], arrivals, w)
        return u - depth * np.exp(-(t - own) / tau_eta).sum()

    def future_inputs(t, own, arrivals, w):
        s = t - arrivals
        u = potential(t, own, arrivals[:0], w)
        return u + w * (s / tau_s * np.exp(1 - s / tau_s)).sum()

    def no_weight(t, own, arrivals, w):
        return potential(t, own, arrivals, 1.0)

    def no_rest(t, own, arrivals, w):
        return potential(t, own, arrivals, w) - u_rest

    return Function(
        id="1.2",
        title=EXERCISE.title,
        statement=(
            "A neuron of the spike response model remembers *all* its own spikes (the cumulative "
            "form). Write the function `potential`. It gets the time `t` (ms), the neuron's own "
            "spike times `own` and the times `arrivals` of its input spikes (arrays in order, ms, "
            "with some that lie after `t`), and the weight `w` (mV). It returns $u(t)$ in mV. The "
            f"neuron rests at {told(u_rest)} mV. Each own spike before `t` adds $\\eta(s) = "
            f"-{depth:g}\\, e^{{-s/{tau_eta:g}}}$ mV, each input spike $w\\, \\epsilon(s)$ with "
            f"$\\epsilon(s) = (s/{tau_s:g})\\, e^{{1 - s/{tau_s:g}}}$ from $s = 0$ on and 0 before, "
            "where $s$ is the time in ms since that spike. Your function may use the names "
            "`u_rest`, `depth`, `tau_eta` and `tau_s`, which are given."
        ),
        stub="def potential(t, own, arrivals, w):\n    return ...",
        variable=EXERCISE.variable,
        arguments=("t", "own", "arrivals", "w"),
        unit="mV",
        tolerance=1e-6,
        solution=potential,
        draw=_cases,
        next_step=(
            "An exponential η is one decaying number in disguise. Which one, and what does a spike do to it?"
        ),
        mistakes=(
            Mistake(
                "last own spike",
                last_own,
                "Only the last own spike counts in your function. That is SRM0; in the cumulative "
                "form all own spikes before t count.",
            ),
            Mistake(
                "no own spike", no_own, "The input is right. What the own spikes have left behind is missing."
            ),
            Mistake(
                "wrong way",
                wrong_way,
                "Your own spikes push the potential up. η is negative: a neuron that has fired is "
                "further from its threshold.",
            ),
            Mistake(
                "own spikes of the future",
                future_own,
                "Own spikes that come after t count already, and hugely. Take own[own < t].",
            ),
            Mistake(
                "inputs of the future",
                future_inputs,
                "An input that has not arrived at the time t counts already: leave out arrivals after t.",
            ),
            Mistake(
                "weight forgotten",
                no_weight,
                "Each input counts the same in your function, whatever its weight w.",
            ),
            Mistake(
                "rest forgotten",
                no_rest,
                "This is how far u lies above rest. The potential itself is wanted: add u_rest.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="potential",
    title="All that has been",
    chapter=3,
    points=3,
    variable="potential",
    parameters=_parameters,
    build=_build,
    comments={"u_rest": "mV", "depth": "mV", "tau_eta": "ms", "tau_s": "ms"},
)
