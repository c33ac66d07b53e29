"""Exercise 4.4, write it: the probability of a spike in one step."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["CHANCE"]


def _hazard(v: float, v_th: float, rho_0: float, delta: float) -> float:
    return rho_0 * math.exp((v - v_th) / delta)


def _solution(v, dt, v_th, rho_0, delta):
    return -math.expm1(-_hazard(v, v_th, rho_0, delta) * dt / 1000.0)


def _linear(v, dt, v_th, rho_0, delta):
    return _hazard(v, v_th, rho_0, delta) * dt / 1000.0


def _in_hertz(v, dt, v_th, rho_0, delta):
    return -math.expm1(-_hazard(v, v_th, rho_0, delta) * dt)


def _survivor(v, dt, v_th, rho_0, delta):
    return math.exp(-_hazard(v, v_th, rho_0, delta) * dt / 1000.0)


def _turned(v, dt, v_th, rho_0, delta):
    return -math.expm1(-_hazard(v_th, v, rho_0, delta) * dt / 1000.0)


def _rate(v, dt, v_th, rho_0, delta):
    return _hazard(v, v_th, rho_0, delta)


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Potentials from far below the threshold to above it, short and long steps."""
    cases = []
    for distance in (-9.0, -4.0, -2.0, -1.0, 0.0, 0.5, 2.0, 4.0, 6.0):
        v_th, delta = round(rng.uniform(-55, -45), 1), round(rng.uniform(1.5, 4.0), 1)
        dt, rho_0 = float(rng.choice([0.1, 1.0, 5.0])), float(rng.choice([50.0, 100.0, 200.0]))
        cases.append((round(v_th + distance, 1), dt, v_th, rho_0, delta))
    return cases


CHANCE = Function(
    id="4.4",
    title="The chance of a spike",
    statement=(
        "Write the function `spike_probability`. It gets the potential `v` (mV), the length `dt` of a step "
        "(ms), the "
        "threshold `v_th` (mV), the hazard at the threshold `rho_0` (Hz) and the softness `delta` (mV). It "
        "returns "
        "the probability that the neuron fires in this step, if the potential stays at `v` all the while."
    ),
    stub="def spike_probability(v, dt, v_th, rho_0, delta):\n    return ...",
    variable="spike_probability",
    arguments=("v", "dt", "v_th", "rho_0", "delta"),
    tolerance=1e-3,
    solution=_solution,
    draw=_draw,
    next_step=(
        "It never passes 1, however long the step and however high the potential. What would the neuron do "
        "if delta "
        "were a thousandth of a millivolt?"
    ),
    mistakes=(
        Mistake(
            "hazard times step",
            _linear,
            "The hazard times the step is right for short steps only. In a long one it passes 1: the "
            "neuron may "
            "already have fired when its next chance comes. What is the probability that it has not?",
        ),
        Mistake(
            "Hz times ms",
            _in_hertz,
            "This multiplies Hz by ms. A step of 1 ms is a thousandth of a second.",
        ),
        Mistake(
            "no spike",
            _survivor,
            "This is the probability that there is no spike.",
        ),
        Mistake(
            "upside down",
            _turned,
            "Your neuron fires the more, the further it is below its threshold: a sign in the exponent is "
            "turned "
            "round.",
        ),
        Mistake(
            "rate",
            _rate,
            "This is the hazard, a rate in Hz. How likely is a spike in a step, at that rate?",
        ),
    ),
)
