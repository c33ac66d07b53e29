"""Exercise 2.2, write it: one step of Euler's method.

The exact step stands in the chapter itself, so it would be no exercise.
"""

import math

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["ONE_STEP"]


def euler_step(v, i, dt, tau_m, r_m, v_rest):
    """The speed of the first moment, kept for the whole step."""
    return v + dt / tau_m * (-(v - v_rest) + r_m * i)


def _exact(v, i, dt, tau_m, r_m, v_rest):
    decay = math.exp(-dt / tau_m)
    return decay * v + (1 - decay) * (v_rest + r_m * i)


def _rest_forgotten(v, i, dt, tau_m, r_m, v_rest):
    return v + dt / tau_m * (-v + r_m * i)


def _leak_away(v, i, dt, tau_m, r_m, v_rest):
    return v + dt / tau_m * ((v - v_rest) + r_m * i)


def _time_constant_forgotten(v, i, dt, tau_m, r_m, v_rest):
    return v + dt * (-(v - v_rest) + r_m * i)


def _step_forgotten(v, i, dt, tau_m, r_m, v_rest):
    return v + (-(v - v_rest) + r_m * i) / tau_m


def _time_upside_down(v, i, dt, tau_m, r_m, v_rest):
    return v + tau_m / dt * (-(v - v_rest) + r_m * i)


def _current_at_once(v, i, dt, tau_m, r_m, v_rest):
    return v - dt / tau_m * (v - v_rest) + r_m * i


def _resistance_forgotten(v, i, dt, tau_m, r_m, v_rest):
    return v + dt / tau_m * (-(v - v_rest) + i)


def _only_the_change(v, i, dt, tau_m, r_m, v_rest):
    return dt / tau_m * (-(v - v_rest) + r_m * i)


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Round numbers, so that a student can repeat the try that failed."""
    return [
        (
            round(rng.uniform(-80, -45), 1),
            round(rng.uniform(-0.2, 0.6), 2),
            round(rng.uniform(0.5, 30), 1),
            round(rng.uniform(5, 40), 1),
            round(rng.uniform(40, 200), 0),
            round(rng.uniform(-75, -60), 1),
        )
        for _ in range(12)
    ]


ONE_STEP = Function(
    id="2.2",
    title="One step, as Euler takes it",
    statement=(
        "Write the function `euler_step`. It gets the potential `v` (mV) at the start of a step, the "
        "current `i` (nA) during the step, the length `dt` of the step and the time constant `tau_m` (both "
        "ms), the resistance `r_m` (MΩ) and the resting potential `v_rest` (mV). It returns the potential "
        "at the end of the step if $v$ keeps the speed that it has at the start. Nothing fires here."
    ),
    stub="def euler_step(v, i, dt, tau_m, r_m, v_rest):\n    return ...",
    variable="euler_step",
    arguments=("v", "i", "dt", "tau_m", "r_m", "v_rest"),
    unit="mV",
    tolerance=1e-6,
    solution=euler_step,
    draw=_draw,
    next_step=(
        "Now take one step of three time constants without a current, from 10 mV above rest. Where does "
        "Euler land, and where should the level be?"
    ),
    mistakes=(
        Mistake(
            "exact",
            _exact,
            "This is the exact step, which comes next in the chapter. Euler does not know it yet: he knows "
            "the speed at the start, dv/dt, and goes on with it for dt.",
        ),
        Mistake(
            "rest forgotten",
            _rest_forgotten,
            "Without a current your neuron goes to 0 mV and not to v_rest. The leak pulls by the distance "
            "from rest, v - v_rest.",
        ),
        Mistake(
            "leak away from rest",
            _leak_away,
            "Your leak pushes away from rest. A potential above rest has to fall, so v - v_rest needs a "
            "minus.",
        ),
        Mistake(
            "time constant forgotten",
            _time_constant_forgotten,
            "The speed is tau_m times too large. The right-hand side of the equation is tau_m * dv/dt.",
        ),
        Mistake(
            "step forgotten",
            _step_forgotten,
            "Your potential moves as far in a short step as in a long one: the speed is not multiplied by "
            "dt.",
        ),
        Mistake(
            "time upside down",
            _time_upside_down,
            "The shorter the step, the further your potential goes: dt and tau_m are swapped. It is "
            "dt/tau_m.",
        ),
        Mistake(
            "current at once",
            _current_at_once,
            "The leak is right, but r_m * i arrives in full within one step. It is part of the speed, so it "
            "is multiplied by dt/tau_m too.",
        ),
        Mistake(
            "resistance forgotten",
            _resistance_forgotten,
            "The current i is added to a potential without r_m. A current becomes a potential by r_m * i.",
        ),
        Mistake(
            "only the change",
            _only_the_change,
            "This is by how much the potential changes. The new potential is wanted: add it to v.",
        ),
    ),
)
