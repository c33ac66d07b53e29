"""The inverse problem: the factor of the tax and the spikes that an input causes, told by two speeds."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {
    "r_in": "Hz", "most": "", "tau_ms": "ms", "slow": "Hz", "at_slow": "1/s", "fast": "Hz", "at_fast": "1/s",
}  # fmt: skip


def tax_and_income(r_in, most, tau_ms, slow, at_slow, fast, at_fast):
    """Two equations, linear in what the input causes and in what depression has more."""
    tau = tau_ms / 1000
    known = np.array([at_slow, at_fast]) / (most * r_in)
    caused, more = np.linalg.solve([[1.0, -tau * slow], [1.0, -tau * fast]], known)
    return [1 + more, caused]


def _parameters(rng):
    while True:
        r_in, most = (
            10.0 + 2.0 * int(rng.integers(0, 21)),
            round(0.004 + 0.001 * int(rng.integers(0, 9)), 3),
        )
        tau_ms, slow = 14.0 + 2.0 * int(rng.integers(0, 9)), 4.0 + 1.0 * int(rng.integers(0, 9))
        fast = slow + 15.0 + 1.0 * int(rng.integers(0, 21))
        alpha, caused = rng.uniform(1.06, 1.3), rng.uniform(0.01, 0.05)

        def speed(rate, tau=tau_ms / 1000, gain=most * r_in, alpha=alpha, caused=caused):
            return gain * (caused - (alpha - 1) * tau * rate)

        own = {
            "r_in": r_in, "most": most, "tau_ms": tau_ms, "slow": slow,
            "at_slow": float(f"{speed(slow):.4g}"), "fast": fast, "at_fast": float(f"{speed(fast):.4g}"),
        }  # fmt: skip
        if own["at_slow"] > 3e-4 and own["at_fast"] < -3e-4:
            return own


def _build(own):
    r_in, most, tau_ms, slow, at_slow, fast, at_fast = (own[name] for name in UNITS)
    tau, gain = tau_ms / 1000, most * r_in
    falls = (at_slow - at_fast) / (fast - slow)  # for each Hz of the neuron
    more, caused = falls / gain / tau, (at_slow + falls * slow) / gain
    right = np.array([1 + more, caused])
    still = caused / (more * tau)
    return Number(
        id="5.3",
        title=EXERCISE.title,
        statement=(
            f"An input fires at {told(r_in)} Hz. Each of its spikes adds e spikes to those of the neuron, at "
            "once and on average; nothing else joins the two. The largest potentiation of a pair is $A_+$ = "
            f"{told(most)}, depression is larger by the factor α, both time constants are {told(tau_ms)} "
            f"ms, and all pairs count. While the neuron fires at {told(slow)} Hz the weight moves by "
            f"{told(at_slow)} a second, while it fires at {told(fast)} Hz by {told(at_fast)} a second. How "
            "large is α? And how large is e? To within 0.2 %."
        ),
        stub="drift = [..., ...]  # α; e",
        variable=EXERCISE.variable,
        tolerance=0.002,
        solution=right,
        next_step=(
            "At which rate of the neuron does this weight stand still, and what does a stronger input do?"
        ),
        mistakes=(
            Mistake(
                "what is more",
                np.array([more, caused]),
                "Your e is right. The first number is by how much depression is larger. The factor is 1 "
                "more.",
            ),
            Mistake(
                "milliseconds",
                np.array([1 + more / 1000, caused]),
                "Your e is right. For α you have put the time constant in ms and the rates in Hz. Bring them "
                "to one unit.",
            ),
            Mistake(
                "input forgotten in the tax",
                np.array([1 + more * r_in, caused]),
                "Your e is right. For α you have left out the rate of the input. Each of its spikes pays the "
                "tax.",
            ),
            Mistake(
                "tax and income of one rate",
                np.array([1 - at_fast / (gain * tau * fast), caused]),
                "Your e is right. For α you have taken the second speed for the tax alone. The input earns "
                "something there, too: the difference of both speeds is tax alone.",
            ),
            Mistake(
                "tax forgotten",
                np.array([1 + more, at_slow / gain]),
                "Your α is right. For e you have taken the first speed for the income alone. At that rate "
                "the neuron takes a tax already.",
            ),
            Mistake(
                "for a second",
                np.array([1 + more, caused * r_in]),
                "Your α is right. The second number is how many spikes the input causes in a second. e is "
                "for each of its spikes.",
            ),
            Mistake(
                "not divided by the step",
                np.array([1 + more, caused * gain]),
                "Your α is right. The second number is the income of the weight in a second. How many caused "
                "spikes bring that?",
            ),
            Mistake(
                "where it stands still",
                np.array([1 + more, still]),
                "Your α is right. The second number is the rate at which the weight stands still, in Hz.",
            ),
            Mistake(
                "reversed",
                right[::-1],
                "Both numbers are right, and have changed places: α is the first one.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="drift",
    title="Tax and income",
    chapter=21,
    points=2,
    variable="drift",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=tax_and_income,
)
