"""A number from own parameters: when a neuron with a soft threshold has fired in half of its trials."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"v": "mV", "v_th": "mV", "rho_0": "Hz", "delta": "mV", "share": "%"}


def half_and_potential(v, v_th, rho_0, delta, share):
    """The hazard, then when half of the trials have survived it, and the potential for another share."""
    hazard = rho_0 / 1000 * math.exp((v - v_th) / delta)  # 1/ms
    time = math.log(2) / hazard
    needed = -math.log(1 - share / 100) / time
    return [time, v_th + delta * math.log(needed / (rho_0 / 1000))]


def _parameters(rng):
    v_th = -55.0 + 1.0 * int(rng.integers(0, 9))
    return {
        "v": round(v_th - 1 - 0.5 * int(rng.integers(0, 11)), 1),
        "v_th": v_th,
        "rho_0": 50.0 + 10.0 * int(rng.integers(0, 26)),
        "delta": round(1.5 + 0.1 * int(rng.integers(0, 26)), 1),
        "share": 80.0 + 1.0 * int(rng.integers(0, 19)),
    }


def _build(own):
    v, v_th, rho_0, delta, share = (own[name] for name in UNITS)
    hazard = rho_0 * math.exp((v - v_th) / delta)  # Hz
    time = 1000 * math.log(2) / hazard
    times = math.log2(100 / (100 - share))  # as often must half of the trials be survived
    higher = v + delta * math.log(times)
    return Number(
        id="1.1",
        title=EXERCISE.title,
        statement=(
            f"A neuron with a soft threshold is held at {told(v)} mV, and its chance of a spike does not "
            f"change until it has fired. Its hazard is ρ₀ exp((v − v_th)/Δ), with ρ₀ = {told(rho_0)} Hz, the "
            f"threshold v_th at {told(v_th)} mV and the softness Δ = {told(delta)} mV. This is done again "
            "and again. After how many ms has the first spike come in half of the trials? And at which "
            f"potential would it have to be held, in mV, for the first spike to have come in {told(share)} % "
            "of the trials by this time? Both to within 0.1 %."
        ),
        stub="first_spike = [..., ...]  # half of the trials after so many ms; potential in mV",
        variable=EXERCISE.variable,
        tolerance=0.001,
        solution=np.array([time, higher]),
        next_step="With half the softness, would the two potentials lie nearer to each other?",
        mistakes=(
            Mistake(
                "mean time",
                np.array([1000 / hazard, higher]),
                "The potential is right. The first number is the mean time to the first spike. By then it "
                "has come in 63 % of the trials.",
            ),
            Mistake(
                "half of the mean",
                np.array([500 / hazard, higher]),
                "The potential is right. You have taken half of the mean time. In half of the trials there "
                "is a spike when the survivor function is at one half.",
            ),
            Mistake(
                "seconds",
                np.array([time / 1000, higher]),
                "The potential is right. The first number is in s, since the hazard is in Hz. Wanted are ms.",
            ),
            Mistake(
                "at the threshold",
                np.array([1000 * math.log(2) / rho_0, higher]),
                "The potential is right. You have taken the hazard at the threshold. The neuron is held "
                "below it, where the hazard is smaller.",
            ),
            Mistake(
                "above for below",
                np.array([1000 * math.log(2) / rho_0 * math.exp((v - v_th) / delta), higher]),
                "The potential is right. Your hazard grows below the threshold. It falls there.",
            ),
            Mistake(
                "in proportion",
                np.array([time, v + delta * math.log(share / 50)]),
                "The time is right. You let the share of trials grow in proportion to the hazard. It is the "
                "logarithm of what has survived that does.",
            ),
            Mistake(
                "from the threshold",
                np.array([time, v_th + delta * math.log(times)]),
                "The time is right. You have gone up from the threshold. The hazard is compared with that at "
                "the potential of before.",
            ),
            Mistake(
                "downwards",
                np.array([time, v - delta * math.log(times)]),
                "The time is right. You have gone down. For more spikes the potential has to be higher.",
            ),
            Mistake(
                "by how much",
                np.array([time, higher - v]),
                "The time is right. The second number is by how much higher it has to be held. At which "
                "potential is that?",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="latency",
    title="The first spike",
    chapter=4,
    points=2,
    variable="first_spike",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=half_and_potential,
)
